"""Make templates/themes/official/reference.docx out of templates/reference.docx: the same styles, as GB/T 9704-2012 has them.

Run it after a change here or there: `python tools/reference_official.py`.
"""

import argparse

import docx
from derived_reference import replace_styles, rewrite_theme_of, saved
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from reference_docx import (
    BOLD,
    HEADING_FONTS,
    MUTED,
    OUTPUT,
    Style,
    border,
    cells,
    condition,
    parse,
    part_of,
    size,
    spacing,
    table,
)

from genplan.writers.docx.branding import Skin, sync

MODERN = OUTPUT
OFFICIAL = OUTPUT.parent / "themes" / "official" / "reference.docx"

SKIN = Skin(
    colors=tuple(
        sorted(
            {
                "foreground": "#000000",
                "background": "#ffffff",
                "dark": "#000000",
                "light": "#ffffff",
                "primary": "#000000",
                "secondary": "#333333",
                "tertiary": "#000000",
                "success": "#2e7d4f",
                "danger": "#d7000f",
                "info": "#1f6f9f",
                "warning": "#9a5b00",
            }.items()
        )
    ),
    body_font="仿宋",
    heading_font="黑体",
    latin_font="Times New Roman",
    size=16,
    line_height=1.75,
)
PITCH = 28
RED = '<w:color w:val="000000" w:themeColor="accent5"/>'
RED_RULE = 'w:color="000000" w:themeColor="accent5"'
HAIR = 'w:color="000000" w:themeColor="text1"'
CHARACTERS_A_LINE = '<w:spacing w:val="-4"/>'
"""Condenses the characters slightly, so that 28 fit on a line."""


def faces(name: str) -> str:
    """Name a face that is not one of the document's two."""
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" w:cs="Times New Roman"/>'


SONG_TITLE, KAI, SONG = (faces(name) for name in ("方正小标宋简体", "楷体", "宋体"))
INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
NO_INDENT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
CENTER = '<w:jc w:val="center"/>'
GRID = "".join(border(side, 4, HAIR) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def heading(level: int, run: str) -> Style:
    """Give a heading of the text: as large as the text, and indented like it."""
    return Style(
        f"heading {level}", "Normal", "Body Text", f"Heading {level} Char", priority=9,
        paragraph=f'<w:keepNext/><w:keepLines/>{spacing()}{INDENT}<w:outlineLvl w:val="{level - 1}"/>', run=run,
    )  # fmt: skip


STYLES = (
    Style(
        "Body Text", "Normal", linked="Body Text Char", priority=1,
        paragraph=f'{spacing()}{INDENT}<w:jc w:val="both"/>', run=CHARACTERS_A_LINE,
    ),
    Style(
        "Title", "Normal", "Body Text", "Title Char", priority=10,
        paragraph=f"<w:keepNext/><w:keepLines/>{spacing(0, PITCH / 2, 35)}{CENTER}", run=SONG_TITLE + size(22),
    ),
    Style(
        "Subtitle", "Normal", "Body Text", "Subtitle Char", priority=11,
        paragraph=f"<w:keepNext/>{spacing(5.7, PITCH / 2)}{CENTER}",
    ),
    Style("Organization", "Normal", "Title", priority=12, paragraph=f"<w:keepNext/>{spacing(0, 12)}{CENTER}"),
    heading(1, HEADING_FONTS),
    heading(2, KAI),
    heading(3, BOLD),
    Style("Article", "Body Text", "Article", priority=13, paragraph=INDENT),
    Style("Lead", "Body Text", "Body Text", priority=14, paragraph=f"{spacing()}{INDENT}"),
    Style("Note", "Normal", "Body Text", priority=15, paragraph=spacing(4.2, 8.5, 15.8), run=size(10.5)),
    Style(
        "caption", "Normal", "Body Text", priority=35, paragraph=f"<w:keepNext/>{spacing(8.5, 4.2, 18)}{CENTER}",
        run=HEADING_FONTS + size(12),
    ),
    Style(
        "Cut", "Normal", "Body Text", priority=15,
        paragraph=f'<w:keepNext/><w:pBdr><w:top w:val="dashed" w:sz="6" w:space="3" {HAIR}/></w:pBdr>{spacing(14.2, 0, 15.8)}{CENTER}',
        run=size(10.5),
    ),
    Style(
        "TOC Heading", "Normal", "Body Text", priority=39, paragraph=f"<w:keepNext/>{spacing(0, 6, PITCH)}{CENTER}",
        run=HEADING_FONTS + size(16),
    ),
    *(
        Style(
            f"toc {level + 1}", "Normal", f"toc {level + 1}", priority=39, quick=False,
            paragraph='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>'
            f'{spacing(0, 2, 19.8)}<w:ind w:left="{480 * level}"/>',
            run=size(12),
        )
        for level in range(3)
    ),
    Style("Callout", "Normal", "Callout", priority=16, paragraph=f"<w:keepLines/>{spacing()}{INDENT}"),
    *(
        Style(name, "Normal", priority=20, paragraph=f'{spacing()}{INDENT}<w:jc w:val="both"/>', run=CHARACTERS_A_LINE)
        for name in ("List Bullet", "List Number", "Item")
    ),
    Style(
        "header", "Normal", priority=40, quick=False,
        paragraph='<w:tabs><w:tab w:val="center" w:pos="4422"/><w:tab w:val="right" w:pos="8844"/></w:tabs>' + spacing(line=10),
        run=size(8),
    ),
    Style(
        "footer", "Normal", priority=40, quick=False,
        paragraph=spacing(line=16) + '<w:ind w:right="320"/><w:jc w:val="right"/>',
        run=SONG + size(14),
    ),
    Style("Table Text", "Normal", priority=30, paragraph=spacing(2, 2, 15.8), run=size(10.5)),
    Style(
        "Figure Value", "Normal", "Figure Label", priority=31, paragraph=f"<w:keepNext/>{spacing(3, 0, 20)}{CENTER}",
        run=BOLD + size(16),
    ),
    Style("Figure Label", "Normal", priority=31, paragraph=f"{spacing(0, 3, 14)}{CENTER}", run=size(10.5)),
    Style("Table Head Number", "Table Head", priority=30, paragraph=CENTER),
    Style("Table Head Center", "Table Head", priority=30, paragraph=CENTER),
    Style("Figure Hero", "Figure Value", "Figure Label", priority=31),
    Style("Muted", "Default Paragraph Font", kind="character", priority=23, run=MUTED),
    Style(
        "Genplan Data", "Normal Table", kind="table", priority=50,
        table=table(GRID, cells(0, 79), condition("firstRow", HEADING_FONTS), condition("lastRow", BOLD), condition("firstCol")),
    ),
    Style("Table Head", "Table Text", priority=30, paragraph=f"<w:keepNext/>{CENTER}", run=HEADING_FONTS),
    Style(
        "Genplan Figures", "Normal Table", kind="table", priority=52,
        table=table("".join(border(side, 6, HAIR) for side in ("top", "left", "bottom", "right", "insideV")), cells(113, 57)),
    ),
    *(
        Style(
            name, "Normal Table", kind="table", priority=51,
            table=table(
                GRID, cells(0, 79), condition("firstRow", HEADING_FONTS), condition("lastRow", BOLD),
                condition("firstCol", HEADING_FONTS), condition("band1Vert", HEADING_FONTS), column_band=True,
            ),
        )
        for name in ("Genplan Form", "Genplan Signature")
    ),
)  # fmt: skip
"""Styles that differ from the modern reference; all others are unchanged."""

ADDED = (
    Style("Confidentiality", "Normal", priority=17, paragraph=spacing(), run=HEADING_FONTS),
    Style(
        "Letterhead", "Normal", "Document Number", priority=17,
        paragraph=f"<w:keepNext/>{spacing(34, 40, 50)}{CENTER}", run=SONG_TITLE + RED + '<w:spacing w:val="40"/>' + size(36),
    ),
    Style(
        "Document Number", "Normal", "Title", priority=17,
        paragraph=f"<w:keepNext/><w:pBdr>{border('bottom', 16, RED_RULE, 11)}</w:pBdr>{spacing(0, 56)}{CENTER}",
    ),
    Style("Footer Even", "footer", priority=40, quick=False, paragraph='<w:ind w:left="320" w:right="0"/><w:jc w:val="left"/>'),
    Style(
        "Sign Off", "Normal", priority=18,
        paragraph=f'<w:keepNext/><w:keepLines/>{spacing(56, 28)}<w:ind w:right="1280" w:rightChars="400"/><w:contextualSpacing/>'
        '<w:jc w:val="right"/>',
    ),
)  # fmt: skip
ALTERNATIVES = {"方正小标宋简体": "宋体", "仿宋": "FangSong", "黑体": "SimHei", "楷体": "KaiTi"}
"""What Word takes where a machine lacks the face, or knows it by another name."""


def restyle(styles: etree._Element) -> None:
    """Put the official styles in the place of those of the same name, and the new ones behind."""
    linked = tuple(
        Style(
            f"{style.name.title()} Char",
            "Default Paragraph Font",
            linked=style.name,
            kind="character",
            priority=style.priority,
            quick=False,
            run=style.run,
        )
        for style in STYLES
        if style.linked
    )
    replace_styles(styles, (*STYLES, *ADDED, *linked))
    defaults = styles.find(qn("w:docDefaults"))
    for element in defaults.iter(qn("w:sz"), qn("w:szCs")):
        element.set(qn("w:val"), str(round(SKIN.size * 2)))
    for element in defaults.iter(qn("w:spacing")):
        element.set(qn("w:line"), str(PITCH * 20))


def renumber(numbering: etree._Element) -> None:
    """Have lists run on at the indent of a paragraph, as numbered clauses do: the number, a space, the text."""
    for definition in numbering.iterfind(qn("w:abstractNum")):
        name = definition.find(qn("w:name"))
        if name is None or name.get(qn("w:val")) not in {"genplan-bullet", "genplan-decimal", "genplan-items", "genplan-clauses"}:
            continue
        for at, level in enumerate(definition.iterfind(qn("w:lvl"))):
            for gap in level.iterfind(qn("w:suff")):
                gap.set(qn("w:val"), "space" if name.get(qn("w:val")) == "genplan-bullet" else "nothing")
            for indent in level.iter(qn("w:ind")):
                indent.attrib.clear()
                indent.set(qn("w:left"), str(640 * at))
                indent.set(qn("w:firstLine"), "640")


def build() -> bytes:
    """Return the reference document of the theme."""
    document = docx.Document(str(MODERN))
    theme = rewrite_theme_of(document, SKIN)
    for kind, change in (("styles", restyle), ("numbering", renumber)):
        part = part_of(document, kind)
        assert isinstance(part, XmlPart)
        change(part.element)
        sync(part.element, theme)
    _name_fonts(part_of(document, "fontTable"))
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    document.settings.odd_and_even_pages_header_footer = True
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    body = document.element.body
    last = body[-2]
    for style in ADDED:
        paragraph = document.add_paragraph(f"{style.name}", style.name)
        last.addprevious(paragraph._p)  # noqa: SLF001
    document.core_properties.title = "genplan reference, official documents"
    return saved(document)


def _name_fonts(part: Part) -> None:
    fonts = parse(part.blob)
    for name, other in ALTERNATIVES.items():
        font = etree.SubElement(fonts, qn("w:font"), {qn("w:name"): name})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): other})
        etree.SubElement(font, qn("w:charset"), {qn("w:val"): "86"})
    part._blob = etree.tostring(fonts, encoding="UTF-8", xml_declaration=True)  # noqa: SLF001


def main() -> None:
    """Write the file, or with --check report whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if the file is out of date")
    if parser.parse_args().check:
        raise SystemExit(0 if OFFICIAL.read_bytes() == build() else f"{OFFICIAL} is out of date")
    OFFICIAL.write_bytes(build())


if __name__ == "__main__":
    main()
