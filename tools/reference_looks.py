"""Make the reference.docx of the quiet and the vivid theme out of the modern one: the same styles, as their style sheets have them.

Run it after a change here or there: `python tools/reference_looks.py`.
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from derived_reference import replace_styles, rewrite_theme_of, saved
from docx.opc.part import XmlPart
from lxml import etree
from reference_docx import (
    AROUND_TOTAL,
    BOLD,
    CHARACTERS,
    HAIR,
    HEADING_FONTS,
    HEADINGS,
    LIGHT,
    MUTED,
    OUTPUT,
    PARAGRAPHS,
    PRIMARY,
    RULE,
    TABLES,
    Style,
    border,
    cells,
    condition,
    part_of,
    size,
    spacing,
    table,
)

from genplan.diagnostics import has_errors
from genplan.theme.theme import load_theme
from genplan.theme.themes import ThemeChoice
from genplan.writers.docx.branding import Skin, sync

THEMES = OUTPUT.parent / "themes"
INK = 'w:color="000000" w:themeColor="text1"'
LEFT = '<w:jc w:val="left"/>'
TABS = '<w:tabs><w:tab w:val="center" w:pos="4706"/><w:tab w:val="right" w:pos="9412"/></w:tabs>'
BY_NAME = {style.name: style for style in (*PARAGRAPHS, *CHARACTERS, *TABLES)}


def changed(name: str, **parts: str) -> Style:
    """Return a style of the modern reference with other properties."""
    return replace(BY_NAME[name], **parts)  # type: ignore[arg-type] # `parts` names texts alone


def heading(level: int, points: float, distances: tuple[float, float, float], run: str = "", paragraph: str = "") -> Style:
    """Return a heading with its `spacing`; `paragraph` is what borders and shading it has."""
    return changed(
        f"heading {level}",
        paragraph=f'<w:keepNext/><w:keepLines/>{paragraph}{spacing(*distances)}<w:outlineLvl w:val="{level - 1}"/>',
        run=HEADING_FONTS + BOLD + run + size(points),
    )


def running(name: str, border_: str, above: str = "") -> Style:
    """Return a running header or footer."""
    return changed(name, paragraph=f"{border_}{TABS}{spacing(line=10)}{above}", run=MUTED + size(8))


MIDDLE = '<w:textAlignment w:val="center"/>'


def bordered(*sides: str) -> str:
    """Write the borders of a paragraph."""
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>"


RULED = border("top", 8, INK) + border("bottom", 8, INK) + border("insideH", 4, HAIR)
FORM_RULES = border("top", 4, INK) + border("bottom", 4, INK) + border("insideH", 4, HAIR)
HEAD_RULE = f"<w:tcBorders>{border('bottom', 6, INK)}</w:tcBorders>"
QUIET = (
    changed("Title", paragraph=f"<w:keepNext/><w:keepLines/>{spacing(0, 9, 30)}{LEFT}", run=HEADING_FONTS + size(23)),
    changed("Subtitle", paragraph=f"<w:keepNext/>{spacing(0, 9)}{LEFT}"),
    changed(
        "Organization", paragraph=f"<w:keepNext/>{bordered(border('top', 12, INK, 8))}{spacing(0, 9)}{LEFT}", run=MUTED + size(9.5)
    ),
    changed("Title Page Title", paragraph=f"{spacing(0, 17, 42)}{LEFT}"),
    heading(1, 13, (12.5, 4.5, 18.2)),
    heading(2, 11, (11.3, 4.3, 15.4)),
    heading(3, HEADINGS[2][1], HEADINGS[2][2:]),
    changed("caption", run=HEADING_FONTS + MUTED + size(9.5)),
    changed("Callout", paragraph=f"<w:keepLines/>{bordered(border('left', 6, INK, 14))}{spacing(8, 8)}"
            '<w:ind w:left="280"/><w:contextualSpacing/>'),
    changed("TOC Heading", paragraph=f"<w:keepNext/>{spacing(14, 6)}{LEFT}", run=HEADING_FONTS + size(12)),
    running("header", "", MIDDLE),
    running("footer", ""),
    changed("Figure Value", run=HEADING_FONTS + size(18)),
    changed("Figure Hero", run=HEADING_FONTS + size(32)),
    changed(
        "Genplan Data",
        table=table(
            RULED, cells(0, 113),
            condition("firstRow", BOLD, HEAD_RULE), condition("lastRow", BOLD, AROUND_TOTAL), condition("firstCol", BOLD),
        ),
    ),
    *(
        changed(
            name,
            table=table(
                FORM_RULES, cells(0, 113),
                condition("firstRow", MUTED), condition("lastRow", BOLD), condition("firstCol", MUTED),
                condition("band1Vert", MUTED), column_band=True,
            ),
        )
        for name in ("Genplan Form", "Genplan Signature")
    ),
    changed("Genplan Figures", table=table(border("top", 6, INK) + border("bottom", 6, INK), cells(113, 113))),
)  # fmt: skip

SOLID = '<w:shd w:val="clear" w:color="auto" w:fill="000000" w:themeFill="accent1"/>'
ON_SOLID = '<w:color w:val="000000" w:themeColor="background1"/>'
BANDED = border("bottom", 12, RULE) + border("insideH", 4, HAIR)
VIVID = (
    changed(
        "Title",
        paragraph=f"<w:keepNext/><w:keepLines/>{bordered(*(border(side, 4, RULE, 12) for side in ('top', 'left', 'bottom', 'right')))}"
        f'{SOLID}{spacing(12, 24, 28)}<w:ind w:left="250" w:right="250"/>{LEFT}',
        run=HEADING_FONTS + BOLD + ON_SOLID + size(21),
    ),
    changed("Subtitle", paragraph=f"<w:keepNext/>{spacing(0, 9)}{LEFT}", run=BOLD + PRIMARY),
    changed("Organization", paragraph=f"<w:keepNext/>{spacing(0, 6)}{LEFT}", run=BOLD + PRIMARY + size(10.5)),
    changed("Title Page Title", paragraph=f"{spacing(24, 30, 42)}{LEFT}"),
    heading(
        1, 13, (12.5, 4.5, 18.2), run=PRIMARY,
        paragraph=bordered(
            border("top", 4, 'w:color="000000" w:themeColor="background2"', 2), border("left", 32, RULE, 8),
            border("bottom", 4, 'w:color="000000" w:themeColor="background2"', 2),
        ) + LIGHT,
    ),
    heading(2, 11.5, (10, 4, 16.1), run=PRIMARY),
    changed("caption", run=HEADING_FONTS + BOLD + PRIMARY + size(9.5)),
    changed("TOC Heading", paragraph=f"<w:keepNext/>{spacing(14, 6)}{LEFT}", run=HEADING_FONTS + BOLD + PRIMARY + size(12)),
    running("header", bordered(border("bottom", 16, RULE, 4)), MIDDLE),
    running("footer", ""),
    changed("Figure Hero", run=HEADING_FONTS + BOLD + PRIMARY + size(36)),
    changed(
        "Genplan Data",
        table=table(
            BANDED, cells(0, 113),
            condition("firstRow", BOLD + ON_SOLID, SOLID), condition("lastRow", BOLD, LIGHT), condition("firstCol", BOLD),
        ),
    ),
    *(
        changed(
            name,
            table=table(
                BANDED + (border("insideV", 4, HAIR) if name.endswith("Signature") else ""), cells(0, 113),
                condition("firstRow", BOLD + PRIMARY, LIGHT), condition("lastRow", BOLD, LIGHT),
                condition("firstCol", BOLD + PRIMARY, LIGHT), condition("band1Vert", BOLD + PRIMARY, LIGHT), column_band=True,
            ),
        )
        for name in ("Genplan Form", "Genplan Signature")
    ),
    changed(
        "Genplan Figures",
        table=table(border("top", 32, RULE), cells(170, 227)).replace(
            '<w:vAlign w:val="center"/>', f'{LIGHT}<w:vAlign w:val="center"/>'
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """A theme, and its styles that differ from those of the modern reference."""

    name: str
    styles: tuple[Style, ...]

    @property
    def path(self) -> Path:
        """Its reference document."""
        return THEMES / self.name / "reference.docx"


LOOKS = (Look("quiet", QUIET), Look("vivid", VIVID))


def restyle(styles: etree._Element, changes: tuple[Style, ...]) -> None:
    """Put styles in the place of those of the same name, and give the character styles that are linked to them the same type."""
    linked = (replace(BY_NAME[f"{style.name.title()} Char"], run=style.run) for style in changes if style.linked)
    replace_styles(styles, (*changes, *linked))


def skin_of(name: str) -> Skin:
    """Return the theme's own colours and fonts, which a workspace's brand.yml replaces."""
    theme, found = load_theme(None, "zh-CN", ThemeChoice(name))
    if theme is None or has_errors(found):
        raise SystemExit("\n".join(f"{each.code} {each.message}" for each in found))
    return Skin.of(theme.brand)


def build(look: Look) -> bytes:
    """Return the reference document of a theme."""
    document = docx.Document(str(OUTPUT))
    theme = rewrite_theme_of(document, skin_of(look.name))
    for kind in ("styles", "numbering"):
        part = part_of(document, kind)
        assert isinstance(part, XmlPart)
        if kind == "styles":
            restyle(part.element, look.styles)
        sync(part.element, theme)
    document.core_properties.title = f"genplan reference, {look.name}"
    return saved(document)


def main() -> None:
    """Write the files, or with --check report whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is out of date")
    check = parser.parse_args().check
    for look in LOOKS:
        data = build(look)
        if check and (not look.path.is_file() or look.path.read_bytes() != data):
            raise SystemExit(f"{look.path} is out of date")
        if not check:
            look.path.write_bytes(data)


if __name__ == "__main__":
    main()
