"""Text within a paragraph: runs, links, fields, pictures in the line.

White space collapses as CSS does it in the PDF (`white-space: normal`): any stretch of it is one space, none stands where a
line of the source starts or ends a block or meets a `br`. A line break between two Chinese characters is a space there too.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from genplan.messages import msg
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.svg import words
from genplan.writers.docx.context import Context, Inherited, classes
from genplan.writers.docx.controls import BLANK, control, fillable, listed, properties, wrap
from genplan.writers.docx.inline_styles import merged, report_place, style_of
from genplan.writers.docx.pictures import EMU_PER_MM, EMU_PER_TWIP, WordPicture, drawing, drawn, load
from genplan.writers.docx.relations import kind
from genplan.writers.docx.xml import escape

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Curly quotes, ellipsis, dash and middle dot share code points with Latin: a hint tells Word whose font they take.
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_HINTED = '<w:rFonts w:hint="eastAsia" '
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(r"[^\w!#$%&'()*+,/:;=?@\[\]~.-]")
# Spaces that Word neither breaks at nor leaves out at the end of a line, so that their underline shows.
_BLANK = "\u00a0" * 24
_LOGO_HEIGHT = 6 * EMU_PER_MM
_LONGEST_ADDRESS = 2000

Node: TypeAlias = str | Element


class Format(NamedTuple):
    """How text is set: a character style by lower-case name, and what is said beside it."""

    style: str = ""
    bold: bool = False
    nowrap: bool = False
    link: bool = False
    run: str = ""
    """Properties that `style` attributes give to text."""


class ParagraphRuns:
    """Gathers the runs of one paragraph."""

    def __init__(self, context: Context, place: Inherited) -> None:
        self.context = context
        self.place = place
        self._parts: list[str] = []
        self._text = ""
        self._format = Format()
        self.spaced = True
        """The line starts here, or a space has just been written: further white space adds nothing."""

    def nodes(self, nodes: Sequence[Node]) -> str:
        """Write text and elements in their order, and return the runs."""
        format_ = self._format
        for node in nodes:
            if isinstance(node, str):
                self.text(node, format_)
            else:
                self._element(node, format_)
        return self.finish()

    def inside(self, element: Element, format_: Format) -> None:
        """Write what an element holds."""
        if element.text:
            self.text(element.text, format_)
        for child in element:
            self._element(child, format_)
            if child.tail:
                self.text(child.tail, format_)

    def _element(self, element: Element, format_: Format) -> None:
        if isinstance(element.tag, str):  # a comment's is not
            if element.get("style") and element.tag != "svg":
                own = style_of(self.context, element)
                format_ = format_._replace(run=merged(format_.run, merged(own.run, own.shade)))
            INLINE.get(element.tag, _unknown)(self, element, format_)

    def text(self, text: str, format_: Format) -> None:
        """Write text, its white space collapsed."""
        text = _SPACE.sub(" ", text)
        if self.spaced and text[:1] == " ":
            text = text[1:]
        if text:
            self.spaced = text[-1] == " "
            self.exact(text.replace(" ", "\u00a0") if format_.nowrap and " " in text.strip() else text, format_)

    def exact(self, text: str, format_: Format) -> None:
        """Write text as it is."""
        if format_ != self._format:
            self._flush()
            self._format = format_
        self._text += text

    def raw(self, xml: str, *, spaced: bool = False) -> None:
        """Write XML between the runs; `spaced` where white space after it adds nothing."""
        self._flush()
        self._parts.append(xml)
        self.spaced = spaced

    def mark(self) -> int:
        """Return where what is written next will begin, for `taken`."""
        self._flush()
        return len(self._parts)

    def taken(self, start: int) -> str:
        """Take back what was written since `mark`."""
        self._flush()
        xml = "".join(self._parts[start:])
        del self._parts[start:]
        return xml

    def end_line(self) -> None:
        """Take back the space that stands at the end of a line."""
        if self.spaced and self._text[-1:] in (" ", "\u00a0"):
            self._text = self._text[:-1]

    def field(self, instruction: str, format_: Format, result: str = "1") -> None:
        """Write a complex field; its result is there for programs that compute none."""
        properties = self.properties(format_, hint=False)
        inner = (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{escape(result)}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
        self.raw("".join(f"<w:r>{properties}{part}</w:r>" for part in inner))

    def finish(self) -> str:
        """Return the runs; empty where nothing was written."""
        self.end_line()
        return self.finish_exactly()

    def finish_exactly(self) -> str:
        """Return the runs, with the white space they end in."""
        self._flush()
        return "".join(self._parts)

    def properties(self, format_: Format, *, hint: bool) -> str:
        """Write the `w:rPr` of a format; nothing where the paragraph's style says it all."""
        bold = format_.bold and not self.place.bold
        style = format_.style or ("strong" if bold else "")
        id_ = self.context.style("character", style) if style else ""
        inner = merged(self.place.run, format_.run)
        if bold and style != "strong":
            inner = "<w:b/><w:bCs/>" + inner
        if hint:
            inner = inner.replace("<w:rFonts ", _HINTED, 1) if "<w:rFonts " in inner else _HINT + inner
        if id_:
            inner = f'<w:rStyle w:val="{id_}"/>{inner}'
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""

    def _flush(self) -> None:
        if self._text:
            hint = self.context.chinese and _CJK.search(self._text) is not None
            properties = self.properties(self._format, hint=hint)
            self._parts.append(f'<w:r>{properties}<w:t xml:space="preserve">{escape(self._text)}</w:t></w:r>')
            self._text = ""


InlineHandler: TypeAlias = Callable[[ParagraphRuns, Element, Format], None]


def _strong(line: ParagraphRuns, element: Element, format_: Format) -> None:
    line.inside(element, format_._replace(bold=True))


def _emphasis(line: ParagraphRuns, element: Element, format_: Format) -> None:
    line.inside(element, format_._replace(style="emphasis"))


def _break(line: ParagraphRuns, _: Element, format_: Format) -> None:
    line.end_line()
    line.raw(f"<w:r>{line.properties(format_, hint=False)}<w:br/></w:r>", spaced=True)


def _span(line: ParagraphRuns, element: Element, format_: Format) -> None:
    if fillable(element):
        _control(line, element, format_)
    else:
        _plain_span(line, element, format_)


def _control(line: ParagraphRuns, element: Element, format_: Format) -> None:
    """Write what is filled in: the room for it, in a content control."""
    context = line.context
    own = control(element, context.labels.get(element, ""), context.document.metadata.language)
    start = line.mark()
    _plain_span(line, element, format_)
    content = line.taken(start)
    style = context.style_of("character", classes(element), format_.style)
    typed = line.properties(format_._replace(style=style), hint=False)
    if not content:
        content = f'<w:r>{typed}<w:t xml:space="preserve">{BLANK}</w:t></w:r>'
    context.forms.append(listed(own))
    line.raw(wrap(properties(own, next(context.ids), typed, content), content))


def _plain_span(line: ParagraphRuns, element: Element, format_: Format) -> None:
    names = classes(element)
    for name in names:
        if name in _FIELDS:
            line.field(_FIELDS[name][line.context.collected], format_)
    if "nowrap" in names:
        format_ = format_._replace(nowrap=True)
    style = line.context.style_of("character", names, format_.style)
    if style != format_.style:
        format_ = format_._replace(style=style)
    if "blank" in names and not "".join(element.itertext()).strip():
        line.exact(_BLANK, format_)
        line.raw("")
        return
    line.inside(element, format_)


_FIELDS = {"page-number": ("PAGE", "PAGE"), "page-count": ("NUMPAGES", "SECTIONPAGES")}
"""What Word counts in a document, and in one of a collection, which is a section."""


def _target(address: str) -> str | None:
    """Return the address as a relationship may state it; None where it is not one of the web or of mail.

    Word refuses a whole file for one address it cannot parse.
    """
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(address)
        fine = bool(parts.path if parts.scheme.lower() == "mailto" else parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match[0], errors="replace"), address) if fine else None


def _link(line: ParagraphRuns, element: Element, format_: Format) -> None:
    address = (element.get("href") or "").strip()
    target = _target(address)
    if target is None:
        message = msg("the link to “{address}” is written as plain text", address=address[:80])
        line.context.report("GP606", message, help=msg("link to http:, https: or mailto: addresses"))
    if target is None or format_.link:
        line.inside(element, format_)
        return
    relation = line.context.relations.add(kind("hyperlink"), target, external=True)
    # The border of a link is none for white space.
    line.raw(f'<w:hyperlink r:id="{relation}" w:history="1">', spaced=line.spaced)
    line.inside(element, format_._replace(style="hyperlink", link=True))
    line.raw("</w:hyperlink>", spaced=line.spaced)


def _picture(line: ParagraphRuns, element: Element, format_: Format) -> None:
    context = line.context
    source, alt = element.get("src", ""), element.get("alt", "")
    try:
        picture = load(context.look.picture(source))
    except UnusableError as error:
        context.report(error.code, error.message, help=error.cure)
        picture = None
    else:
        if picture is None:
            advice = msg("save it again as PNG, or as an SVG with width and height")
            context.report("GP607", msg("Word cannot show the picture `{source}`", source=source), help=advice)
    if picture is None:
        line.text(alt, format_)
        return
    report_place(context, element)
    width, height = _size(element, picture, line.place.width, context.prepared.page.height)
    line.raw(drawing(context.media.related(picture, context.relations), next(context.ids), alt, (width, height)))


def _drawing(line: ParagraphRuns, element: Element, format_: Format) -> None:
    """Show a drawing as SVG, and as PNG to programs that draw none; its words stand in its place where it cannot be drawn."""
    context = line.context
    alt = words(element)
    picture = drawn(element, context.look, line.place.width * EMU_PER_TWIP)
    if picture is None:
        context.report(
            "GP607",
            msg("Word cannot show the drawing “{alt}”", alt=alt[:40]),
            help=msg("state its size, and use what docs/document-tree.md lists"),
        )
        line.text(alt, format_)
        return
    line.raw(drawing(context.media.related(picture, context.relations), next(context.ids), alt, (picture.width, picture.height)))


def _size(element: Element, picture: WordPicture, widest: int, highest: int) -> tuple[int, int]:
    """Return the size to show: the stated width, a logo's usual height, or the natural size; within bounds in twips."""
    width, height = picture.width, picture.height
    try:
        wanted = round(float(element.get("data-width", "")) * EMU_PER_MM)
    except (ValueError, OverflowError):
        wanted = width * _LOGO_HEIGHT // height if "logo" in classes(element) else width
    shown = max(1, min(wanted, widest * EMU_PER_TWIP, width * highest * EMU_PER_TWIP // height))
    return shown, max(1, height * shown // width)


def _hidden(line: ParagraphRuns, element: Element, _: Format) -> None:
    line.context.unknown(element)


def _unknown(line: ParagraphRuns, element: Element, format_: Format) -> None:
    line.context.unknown(element)
    line.inside(element, format_)


INLINE: dict[str, InlineHandler] = {
    "strong": _strong,
    "em": _emphasis,
    "br": _break,
    "span": _span,
    "a": _link,
    "img": _picture,
    "svg": _drawing,
    # What these hold is not text that a reader of the page sees.
    "script": _hidden,
    "style": _hidden,
    "template": _hidden,
}
