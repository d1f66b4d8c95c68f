"""Make templates/reference.docx, the Word document whose styles and page every DOCX takes over.

Run it after a change here: `python tools/reference_docx.py`. People who restyle a workspace edit a copy in Word instead.
"""

import argparse
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from genplan.resources import templates
from genplan.theme.files import ThemeFiles
from genplan.theme.labels import BASE, load_locale
from genplan.theme.numbering import read_schemes
from genplan.writers.docx import multilevel
from genplan.writers.docx.archive import archive, entry
from genplan.writers.docx.branding import Skin, rewrite_theme, sync
from genplan.writers.docx.xml import W

OUTPUT = Path(__file__).parents[1] / "templates" / "reference.docx"

# Stands in until a workspace's brand.yml is written over it.
SKIN = Skin(
    colors=tuple(
        sorted(
            {
                "foreground": "#1f2933",
                "background": "#ffffff",
                "dark": "#1f2933",
                "light": "#eef3f8",
                "primary": "#1f4e79",
                "secondary": "#5b6b7b",
                "tertiary": "#a9b8c6",
                "success": "#2e7d4f",
                "danger": "#b3261e",
                "info": "#1f6f9f",
                "warning": "#9a5b00",
            }.items()
        )
    ),
    body_font="微软雅黑",
    heading_font="微软雅黑",
    latin_font="Arial",
    size=10.5,
    line_height=1.6,
)

BODY_FONTS = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>'
HEADING_FONTS = '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:cstheme="majorBidi"/>'
BOLD = "<w:b/><w:bCs/>"
PRIMARY = '<w:color w:val="000000" w:themeColor="accent1"/>'
MUTED = '<w:color w:val="000000" w:themeColor="accent2"/>'
RULE = 'w:color="000000" w:themeColor="accent1"'
HAIR = 'w:color="000000" w:themeColor="accent3"'
LIGHT = '<w:shd w:val="clear" w:color="auto" w:fill="000000" w:themeFill="background2"/>'


def size(points: float) -> str:
    """Write a text size."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def spacing(before: float = 0, after: float = 0, line: float = 0) -> str:
    """Write distances in points; `line` is the least distance between lines, 0 the document's."""
    least = f' w:line="{round(line * 20)}" w:lineRule="atLeast"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{least}/>'


def border(side: str, width: int, color: str, space: int = 0) -> str:
    """Write one border, its width in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" {color}/>'


@dataclass(frozen=True)
class Style:
    """A named style. `paragraph`, `run` and `table` are the insides of w:pPr, w:rPr and the table's own properties."""

    name: str
    based: str = ""
    following: str = ""
    linked: str = ""
    paragraph: str = ""
    run: str = ""
    table: str = ""
    kind: str = "paragraph"
    priority: int = 10
    quick: bool = True
    default: bool = False
    sample: str = ""

    @property
    def id(self) -> str:
        """The id that Word makes of the name."""
        return "".join(word[0].upper() + word[1:] for word in self.name.split())

    def xml(self) -> str:
        """Write the style; what is built into Word is told from what is not by its name."""
        custom = "" if self.name in BUILT_IN else ' w:customStyle="1"'
        default = ' w:default="1"' if self.default else ""
        rows = [f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>']
        for tag, other in (("basedOn", self.based), ("next", self.following), ("link", self.linked)):
            if other:
                rows.append(f'<w:{tag} w:val="{Style(other).id}"/>')
        rows.append(f'<w:uiPriority w:val="{self.priority}"/>')
        rows.append("<w:qFormat/>" if self.quick else "<w:semiHidden/><w:unhideWhenUsed/>" if self.default else "")
        rows.append(f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
        rows.append(f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
        return "".join((*rows, self.table, "</w:style>"))


BUILT_IN = frozenset(
    {
        "Normal", "Body Text", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "header", "footer",
        "List Bullet", "List Number", "List Continue", "Strong", "Emphasis", "Hyperlink", "Normal Table", "No List",
        "Default Paragraph Font", "Table Grid", "Placeholder Text", "TOC Heading", "toc 1", "toc 2", "toc 3",
        "Heading 1 Char", "Heading 2 Char", "Heading 3 Char", "Title Char", "Subtitle Char", "Body Text Char",
    }
)  # fmt: skip

IN_CELL = 3.1
"""Points above and below what stands in a cell. They are its paragraphs', since engines differ on whether a row's height has the cell's."""
TIGHT = spacing(IN_CELL, IN_CELL, 13.8)
CELL = 'w:w="{}" w:type="dxa"'


def cells(vertical: int, horizontal: int) -> str:
    """Write the margins inside a table's cells, in twips."""
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    return f"<w:tblCellMar>{''.join(f'<w:{side} {CELL.format(width)}/>' for side, width in sides)}</w:tblCellMar>"


def table(borders: str, margins: str, *conditions: str, column_band: bool = False) -> str:
    """Write a table style's properties for the table, its cells, and its special rows and columns."""
    band = '<w:tblStyleColBandSize w:val="1"/>' if column_band else ""
    return (
        f'<w:tblPr>{band}<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>'
        f'<w:tcPr><w:vAlign w:val="center"/></w:tcPr>{"".join(conditions)}'
    )


def condition(where: str, run: str = "", cell: str = "") -> str:
    """Write a conditional format, such as the one of a table's first row."""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    cell = f"<w:tcPr>{cell}</w:tcPr>" if cell else ""
    return f'<w:tblStylePr w:type="{where}">{run}{cell}</w:tblStylePr>'


# Borders in the colour of the shading are what makes room inside it, above and below.
FRAME = "".join(
    (
        border("top", 4, 'w:color="000000" w:themeColor="background2"', 4),
        border("left", 16, RULE, 9),
        border("bottom", 4, 'w:color="000000" w:themeColor="background2"', 4),
    )
)
LINES = "".join(border(side, 4, HAIR) for side in ("top", "bottom", "insideH"))
UNDER_HEAD = f"<w:tcBorders>{border('bottom', 6, RULE)}</w:tcBorders>"
AROUND_TOTAL = f"<w:tcBorders>{border('top', 6, RULE)}{border('bottom', 6, RULE)}</w:tcBorders>"

HEADINGS = (("heading 1", 14, 12.5, 4.5, 19.6), ("heading 2", 11.5, 10, 4, 16.1), ("heading 3", 10.5, 8.5, 2.8, 14.7))

PARAGRAPHS = (
    Style("Normal", default=True, priority=0, sample="正文 Normal"),
    Style(
        "Body Text", "Normal", linked="Body Text Char", priority=1,
        paragraph=f'{spacing(2.8, 2.8)}<w:ind w:firstLine="420" w:firstLineChars="200"/><w:jc w:val="both"/>',
        sample="正文文本：考核结果以评分表为准，各项得分按权重加权求和。",
    ),
    Style(
        "Title", "Normal", "Body Text", "Title Char", priority=10,
        paragraph=f'<w:keepNext/><w:keepLines/>{spacing(0, 8.5, 28.6)}<w:jc w:val="center"/>',
        run=f"{HEADING_FONTS}{BOLD}{PRIMARY}{size(22)}", sample="文件标题",
    ),
    Style(
        "Subtitle", "Normal", "Body Text", "Subtitle Char", priority=11,
        paragraph=f'<w:keepNext/>{spacing(0, 8.5)}<w:jc w:val="center"/>', run=MUTED, sample="副标题",
    ),
    Style(
        "Organization", "Normal", "Title", priority=12,
        paragraph=f'<w:keepNext/>{spacing(5.7, 5.7, 17.6)}<w:jc w:val="center"/>', run=MUTED + size(11),
        sample="发文单位",
    ),
    Style(
        "Title Page Organization", "Organization", "Title Page Title", priority=12,
        paragraph=f'{spacing(150, 11)}<w:jc w:val="left"/>', run=size(13), sample="封面上的发文单位",
    ),
    Style(
        "Title Page Title", "Title", "Title Page Subtitle", priority=10,
        paragraph=f"<w:pBdr>{border('top', 24, RULE, 17)}</w:pBdr>"
        f'{spacing(24, 17, 42)}<w:jc w:val="left"/>', run=size(32), sample="封面上的标题",
    ),
    Style("Title Page Logo", "Figure", priority=36, paragraph=f'{spacing(17, 6)}<w:jc w:val="left"/>', sample="封面上的标志"),
    Style("Title Page Subtitle", "Subtitle", priority=11, paragraph='<w:jc w:val="left"/>', run=size(14), sample="封面上的副标题"),
    Style(
        "Title Page Space", "Normal", priority=90, quick=False,
        paragraph='<w:spacing w:before="0" w:after="0" w:line="3600" w:lineRule="exact"/>', run=size(2),
    ),
    *(
        Style(
            name, "Normal", "Body Text", f"{name.title()} Char", priority=9,
            paragraph=f'<w:keepNext/><w:keepLines/>{spacing(before, after, line)}<w:outlineLvl w:val="{level}"/>',
            run=HEADING_FONTS + BOLD + (PRIMARY if level == 0 else "") + size(points), sample=f"标题 {level + 1}",
        )
        for level, (name, points, before, after, line) in enumerate(HEADINGS)
    ),
    Style(
        "Article", "Body Text", "Article", priority=13,
        paragraph='<w:ind w:firstLine="420" w:firstLineChars="200"/>', sample="条文：本制度适用于全体成员。",
    ),
    Style(
        "Statement", "Body Text", "Statement", priority=15,
        paragraph=f'{spacing(2.8, 7)}<w:ind w:firstLine="0" w:firstLineChars="0"/>', sample="签字前的声明。",
    ),
    Style(
        "Lead", "Body Text", "Body Text", priority=14,
        paragraph=f'{spacing(8, 6, 20)}<w:ind w:firstLine="0" w:firstLineChars="0"/>', run=size(12), sample="导语段落。",
    ),
    Style(
        "Note", "Normal", "Body Text", priority=15, paragraph=spacing(2.8, 5.7, 12.8), run=MUTED + size(8.5), sample="注：小字说明。"
    ),
    Style(
        "Sign Off", "Normal", priority=18,
        paragraph=f'<w:keepNext/><w:keepLines/>{spacing(26, 4)}<w:ind w:right="420" w:rightChars="200"/><w:contextualSpacing/>'
        '<w:jc w:val="right"/>',
        sample="落款",
    ),
    Style(
        "Cut", "Normal", "Body Text", priority=15,
        paragraph=f'<w:keepNext/><w:pBdr><w:top w:val="dashed" w:sz="6" w:space="3" w:color="000000" w:themeColor="accent2"/></w:pBdr>'
        f'{spacing(14.2, 0, 13.6)}<w:jc w:val="center"/>',
        run=MUTED + size(8.5), sample="沿此线剪下",
    ),
    Style(
        "caption", "Normal", "Body Text", priority=35,
        paragraph=f'<w:keepNext/>{spacing(8.5, 4.2, 15.2)}<w:jc w:val="center"/>', run=HEADING_FONTS + BOLD + size(9.5),
        sample="表 1 题注",
    ),
    Style(
        "Figure", "Normal", "Body Text", priority=36, paragraph=f'<w:keepLines/>{spacing(8.5, 4.2)}<w:jc w:val="center"/>',
        sample="图片所在段落",
    ),
    Style(
        "Callout", "Normal", "Callout", priority=16,
        paragraph=f"<w:keepLines/><w:pBdr>{FRAME}</w:pBdr>{LIGHT}{spacing(5.7, 5.7, 16.8)}"
        '<w:ind w:left="200"/><w:contextualSpacing/>',
        sample="提示：框内的说明。",
    ),
    Style("List Bullet", "Normal", priority=20, paragraph=spacing(2.3, 2.3), sample="项目符号"),
    Style("List Number", "Normal", priority=20, paragraph=spacing(2.3, 2.3), sample="编号"),
    Style("Item", "Normal", "Item", priority=20, paragraph=spacing(2.3, 2.3), sample="款项"),
    Style(
        "List Continue", "Normal", priority=21, paragraph=f'{spacing(2.3, 2.3)}<w:ind w:left="840"/>', sample="列表续段"
    ),
    Style(
        "header", "Normal", priority=40, quick=False,
        paragraph=f"<w:pBdr>{border('bottom', 6, RULE, 4)}</w:pBdr>"
        '<w:tabs><w:tab w:val="center" w:pos="4706"/><w:tab w:val="right" w:pos="9412"/></w:tabs>'
        f'{spacing(line=10)}<w:textAlignment w:val="center"/>',
        run=MUTED + size(8),
    ),
    Style(
        "footer", "Normal", priority=40, quick=False,
        paragraph=f"<w:pBdr>{border('top', 4, HAIR, 4)}</w:pBdr>"
        '<w:tabs><w:tab w:val="center" w:pos="4706"/><w:tab w:val="right" w:pos="9412"/></w:tabs>'
        f"{spacing(line=10)}",
        run=MUTED + size(8),
    ),
    Style("Table Text", "Normal", priority=30, paragraph=TIGHT, run=size(9.5), sample="表格文字"),
    Style("Table Head", "Table Text", priority=30, paragraph="<w:keepNext/>", run=HEADING_FONTS, sample="表头"),
    Style("Table Head Number", "Table Head", priority=30, paragraph='<w:jc w:val="right"/>'),
    Style("Table Head Center", "Table Head", priority=30, paragraph='<w:jc w:val="center"/>'),
    Style("Table Label", "Table Text", priority=30, run=HEADING_FONTS, sample="表格行标签"),
    Style("Table Number", "Table Text", priority=30, paragraph='<w:jc w:val="right"/>', sample="12.34"),
    Style("Table Center", "Table Text", priority=30, paragraph='<w:jc w:val="center"/>', sample="居中"),
    Style(
        "Figure Value", "Normal", "Figure Label", priority=31, paragraph=f"<w:keepNext/>{spacing(3, 0, 24)}",
        run=f"{HEADING_FONTS}{BOLD}{size(18)}", sample="良好",
    ),
    Style(
        "Figure Hero", "Figure Value", "Figure Label", priority=31, paragraph=f"<w:keepNext/>{spacing(3, 0, 40)}",
        run=f"{HEADING_FONTS}{BOLD}{PRIMARY}{size(32)}", sample="87.71",
    ),
    Style(
        "Figure Label", "Normal", priority=31, paragraph=spacing(0, 3, 13), run=MUTED + size(8.5),
        sample="综合得分",
    ),
    Style("TOC Heading", "Normal", "Body Text", priority=39, paragraph=f'<w:keepNext/>{spacing(11.3, 5.7, 19.2)}<w:jc w:val="center"/>',
          run=HEADING_FONTS + BOLD + size(12), sample="目录"),
    *(
        Style(f"toc {level + 1}", "Normal", f"toc {level + 1}", priority=39, quick=False,
              paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9412"/></w:tabs>{spacing(0, 0.6, 15.8)}'
              f'<w:ind w:left="{420 * level}"/>')
        for level in range(3)
    ),
    # Word wants a paragraph after a table that stands last or before another one; this keeps it from being seen.
    Style(
        "Table Gap", "Normal", priority=90, quick=False,
        paragraph='<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', run=size(2),
    ),
    # After a table that ends the document: one point, so that a full page does not make it an empty one.
    Style(
        "Table End", "Table Gap", priority=90, quick=False,
        paragraph='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    ),
)  # fmt: skip

CHARACTERS = (
    Style("Default Paragraph Font", kind="character", default=True, priority=1, quick=False),
    *(
        Style(f"{style.name.title()} Char", "Default Paragraph Font", linked=style.name, kind="character",
              priority=style.priority, quick=False, run=style.run)
        for style in PARAGRAPHS if style.linked
    ),
    Style("Strong", "Default Paragraph Font", kind="character", priority=22, run=BOLD),
    # Chinese type has no italics: a dot under each character is what stresses a word.
    Style("Emphasis", "Default Paragraph Font", kind="character", priority=20, run='<w:em w:val="underDot"/>'),
    Style("Muted", "Default Paragraph Font", kind="character", priority=23, run=MUTED),
    Style("Good", "Default Paragraph Font", kind="character", priority=23,
          run='<w:color w:val="000000" w:themeColor="accent4"/>'),
    Style("Bad", "Default Paragraph Font", kind="character", priority=23,
          run='<w:color w:val="000000" w:themeColor="accent5"/>'),
    Style("Blank", "Default Paragraph Font", kind="character", priority=24, run='<w:u w:val="single"/>'),
    Style("Tick", "Default Paragraph Font", kind="character", priority=24,
          run='<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/>'),
    # What is still to be filled in: it prints as what it is, room to write in, and so has no colour.
    Style("Placeholder Text", "Default Paragraph Font", kind="character", priority=99, quick=False),
    Style("Hyperlink", "Default Paragraph Font", kind="character", priority=99,
          run='<w:color w:val="000000" w:themeColor="hyperlink"/><w:u w:val="single"/>'),
)  # fmt: skip

TABLES = (
    Style(
        "Normal Table", kind="table", default=True, priority=99, quick=False,
        table='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>' + cells(0, 108) + "</w:tblPr>",
    ),
    Style(
        "Genplan Data", "Normal Table", kind="table", priority=50,
        table=table(
            border("top", 6, RULE) + "".join(border(side, 4, HAIR) for side in ("bottom", "insideH")), cells(0, 113),
            condition("firstRow", BOLD + PRIMARY, UNDER_HEAD), condition("lastRow", BOLD, AROUND_TOTAL), condition("firstCol", BOLD),
        ),
    ),
    Style(
        "Genplan Form", "Normal Table", kind="table", priority=51,
        table=table(
            LINES, cells(0, 113),
            condition("firstRow", MUTED, LIGHT), condition("lastRow", BOLD, LIGHT), condition("firstCol", MUTED, LIGHT),
            condition("band1Vert", MUTED, LIGHT),
            column_band=True,
        ),
    ),
    Style(
        "Genplan Figures", "Normal Table", kind="table", priority=52,
        table=table(border("top", 12, RULE) + border("bottom", 4, HAIR), cells(113, 113)),
    ),
    Style(
        "Genplan Signature", "Normal Table", kind="table", priority=53,
        table=table(
            LINES + border("insideV", 4, HAIR), cells(0, 113),
            condition("firstRow", BOLD, LIGHT), condition("firstCol", BOLD, LIGHT), condition("band1Vert", BOLD, LIGHT),
            column_band=True,
        ),
    ),
)  # fmt: skip

DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    + BODY_FONTS
    + '<w:color w:val="000000" w:themeColor="text1"/>'
    + size(SKIN.size)
    + '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    "<w:widowControl/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/><w:autoSpaceDN/>"
    + spacing(line=SKIN.size * SKIN.line_height)
    + "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
    'w:defQFormat="0" w:count="376"/>'
)

SETTINGS = f"""<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:ulTrailSpace/><w:doNotExpandShiftReturn/>
<w:useFELayout/>{
    "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"
 w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
 w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""

FONTS = f"""<w:fonts xmlns:w="{W}">{
    "".join(
        f'<w:font w:name="{name}"><w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (charset, family) in {
            SKIN.latin_font: ("00", "swiss"),
            SKIN.body_font: ("86", "auto"),
            SKIN.heading_font: ("86", "swiss"),
            "MS Gothic": ("80", "modern"),
        }.items()
    )
}</w:fonts>"""


def parse(text: str | bytes) -> etree._Element:
    """Read XML written over several lines."""
    return etree.fromstring(text, etree.XMLParser(remove_blank_text=True))


def part_of(document: Document, kind: str) -> Part:
    """Return the document's part of a relationship type, such as `theme`."""
    parts: dict[str, Part] = {relation.reltype.rpartition("/")[2]: relation.target_part for relation in document.part.rels.values()}
    return parts[kind]


def theme_of(document: Document) -> etree._Element:
    """Make the theme: Office's effects, our colours and fonts."""
    theme = parse(part_of(document, "theme").blob)
    theme.set("name", "Genplan")
    for scheme in theme.iterfind(".//{*}clrScheme"):
        scheme.set("name", "Genplan")
    for fonts in theme.iterfind(".//{*}fontScheme"):
        fonts.set("name", "Genplan")
        for font in fonts.findall("./*/{*}font"):
            if font.get("script") not in {"Hans", "Hant"}:
                parent = font.getparent()
                assert parent is not None
                parent.remove(font)
    rewrite_theme(theme, SKIN)
    return theme


def write_styles(document: Document, theme: etree._Element) -> None:
    """Replace the styles and lists of python-docx's template by ours."""
    rows = "".join(style.xml() for style in (*PARAGRAPHS, *CHARACTERS, *TABLES))
    nothing = Style("No List", kind="numbering", default=True, priority=99, quick=False).xml()
    styles = parse(f'<w:styles xmlns:w="{W}">{DEFAULTS}{rows}{nothing}</w:styles>')
    numbering = parse(f'<w:numbering xmlns:w="{W}"/>')
    locale, _ = load_locale(ThemeFiles((templates(),)), BASE)
    lists = multilevel.lists_of(read_schemes(locale.labels))
    ids = multilevel.define(numbering, lists)
    by_name = {
        str(name.get(qn("w:val"))).casefold(): style
        for style in styles.iterfind(qn("w:style"))
        if (name := style.find(qn("w:name"))) is not None
    }
    multilevel.link(numbering, by_name, ids, lists, "outline")
    for root, kind in ((styles, "styles"), (numbering, "numbering")):
        sync(root, theme)
        part = part_of(document, kind)
        assert isinstance(part, XmlPart)
        part.element[:] = list(root)


def write_samples(document: Document) -> None:
    """Show each style once, so that a Word user finds it by its looks and changes it there."""
    for style in PARAGRAPHS:
        if style.sample:
            document.add_paragraph(f"{style.sample}（{style.name}）", style.name if style.name[0].isupper() else style.name.title())
    line = document.add_paragraph("字符样式：", "Body Text")
    for style in CHARACTERS:
        if style.quick:
            line.add_run(f" {style.name} ", style.name)
    for style in TABLES:
        if style.quick:
            document.add_paragraph(style.name, "Caption")
            sample = document.add_table(3, 4)
            sample.style = document.styles.get_style_id(style.name, WD_STYLE_TYPE.TABLE) and style.name
            for cell in (cell for row in sample.rows for cell in row.cells):
                cell.paragraphs[0].text = "文字"
                cell.paragraphs[0].style = "Table Text"
    document.add_paragraph(style="Table Gap")


def build() -> bytes:
    """Return the reference document."""
    document = docx.Document()
    main = document.part
    for id_, relation in list(main.rels.items()):
        if relation.reltype.rpartition("/")[2] in {"stylesWithEffects", "customXml", "webSettings"}:
            main.rels.pop(id_)
    theme = theme_of(document)
    write_styles(document, theme)
    # python-docx takes these two for plain bytes, and gives no other way to set them.
    part_of(document, "theme")._blob = etree.tostring(theme, encoding="UTF-8", xml_declaration=True)  # noqa: SLF001
    part_of(document, "fontTable")._blob = etree.tostring(parse(FONTS), encoding="UTF-8", xml_declaration=True)  # noqa: SLF001
    document.settings.element[:] = list(parse(SETTINGS))

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.left_margin = section.right_margin = Mm(22)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    for grid_element in document.element.body.iter(qn("w:docGrid")):
        # Without a type the grid is off: lines keep the distance that their style says.
        grid_element.set(qn("w:linePitch"), "312")
    write_samples(document)

    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.keywords = "genplan reference", "genplan", "", ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    properties.last_modified_by, properties.revision = "genplan", 1
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        names = sorted(name for name in package.namelist() if not name.endswith((".jpeg", "/")))
        contents = {name: package.read(name) for name in names}
    contents["_rels/.rels"] = without_thumbnail(contents["_rels/.rels"])
    return archive(entry(name, contents[name]) for name in names)


def without_thumbnail(rels: bytes) -> bytes:
    """Drop the picture of python-docx's own template."""
    root = etree.fromstring(rels)
    for relation in list(root):
        if relation.get("Type", "").endswith("/thumbnail"):
            root.remove(relation)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def main() -> None:
    """Write the file, or with --check report whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if the file is out of date")
    if parser.parse_args().check:
        raise SystemExit(0 if OUTPUT.read_bytes() == build() else f"{OUTPUT.name} is out of date")
    OUTPUT.write_bytes(build())


if __name__ == "__main__":
    main()
