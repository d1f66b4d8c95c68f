"""The brand's typography in Word's styles: headings, links, the weight of body text, and the paper's colour.

Word knows a face as regular or bold: a weight of 600 and more is bold.
"""

from lxml import etree

from genplan.writers.docx.branding import Skin
from genplan.writers.docx.xml import W

_W = f"{{{W}}}"
_BOLD_FROM = 600
_HEADINGS = frozenset({"title", *(f"heading {level}" for level in range(1, 10))})
RUN = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint"),
    *("noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u"),
    *("effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"),
)
PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd"),
    *("tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi"),
    *("adjustRightInd", "snapToGrid", "spacing"),
)
"""Properties in the order that Word wants them in; of a paragraph's, those up to `spacing`."""
_BEFORE_BACKGROUND = {"writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries"}
_WHITE = "#ffffff"


def letter(styles: etree._Element, skin: Skin) -> None:
    """Put what the brand says of headings, links and body text into the styles of reference.docx; what it leaves out stays theirs."""
    if skin.body_weight >= _BOLD_FROM:
        defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        if defaults is not None:
            _switch(defaults, ("b", "bCs"), on=True)
    for style in styles.iterfind(f"{_W}style"):
        name = style.find(f"{_W}name")
        called = "" if name is None else str(name.get(f"{_W}val")).casefold()
        if called.removesuffix(" char") in _HEADINGS:
            _heading(style, skin)
        elif called == "hyperlink":
            _link(style, skin)


def _heading(style: etree._Element, skin: Skin) -> None:
    heading, run = skin.headings, properties(style, "rPr")
    if heading.weight is not None:
        _switch(run, ("b", "bCs"), on=heading.weight >= _BOLD_FROM)
    if heading.style is not None:
        _switch(run, ("i", "iCs"), on=heading.style != "normal")
    if heading.color is not None:
        put(run, RUN, "color", val=heading.color[1:].upper())
    if heading.line_height is not None and style.get(f"{_W}type") == "paragraph":
        size = run.find(f"{_W}sz")
        points = float(size.get(f"{_W}val", "0")) / 2 if size is not None else skin.size
        paragraph = properties(style, "pPr")
        put(paragraph, PARAGRAPH, "spacing", keep=True, line=str(round(points * heading.line_height * 20)), lineRule="atLeast")


def _link(style: etree._Element, skin: Skin) -> None:
    link, run = skin.link, properties(style, "rPr")
    if link.weight is not None:
        _switch(run, ("b", "bCs"), on=link.weight >= _BOLD_FROM)
    if link.background is not None:
        put(run, RUN, "shd", val="clear", color="auto", fill=link.background[1:].upper())
    if link.decoration is not None:
        put(run, RUN, "u", val="single" if link.decoration == "underline" else "none")
        _switch(run, ("strike",), on=link.decoration == "line-through")


def properties(style: etree._Element, tag: str) -> etree._Element:
    """Find a style's properties, or make room for them: a paragraph's stand before a run's."""
    own = style.find(f"{_W}{tag}")
    if own is None:
        own = etree.Element(f"{_W}{tag}")
        run = style.find(f"{_W}rPr")
        if tag == "pPr" and run is not None:
            run.addprevious(own)
        else:
            style.append(own)
    return own


def _switch(properties: etree._Element, tags: tuple[str, ...], *, on: bool) -> None:
    for tag in tags:
        if on:
            put(properties, RUN, tag)
        else:
            put(properties, RUN, tag, val="0")


def put(properties: etree._Element, order: tuple[str, ...], tag: str, *, keep: bool = False, **values: str) -> None:
    """Set a property, in its place among the others; `keep` what else it says."""
    attributes = {f"{_W}{name}": value for name, value in values.items()}
    for old in properties.findall(f"{_W}{tag}"):
        attributes = {str(name): str(value) for name, value in old.attrib.items()} | attributes if keep else attributes
        properties.remove(old)
    before = set(order[: order.index(tag)])
    at = sum(etree.QName(child).localname in before for child in properties)
    properties.insert(at, etree.Element(f"{_W}{tag}", attributes))


def paper(colors: dict[str, str]) -> str:
    """Write the colour of the paper, where it is not white."""
    color = colors.get("background", _WHITE)
    return "" if color == _WHITE else f'<w:background w:color="{color[1:].upper()}" w:themeColor="background1"/>'


def show_paper(settings: etree._Element, skin: Skin) -> None:
    """Have Word show the paper's colour, which it leaves out otherwise."""
    if paper(dict(skin.colors)) and settings.find(f"{_W}displayBackgroundShape") is None:
        at = sum(etree.QName(child).localname in _BEFORE_BACKGROUND for child in settings)
        settings.insert(at, etree.Element(f"{_W}displayBackgroundShape"))
