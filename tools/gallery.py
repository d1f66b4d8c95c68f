"""Draw docs/gallery: the first pages of every kind of document, in every language and theme, and the README that shows them.

Run it after a change of looks: `make gallery` or `python tools/gallery.py`. The plans and results it draws stand in docs/gallery/plans.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from PIL import Image

from genplan import resources
from genplan.diagnostics import Severity
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import DEFAULT, ThemeChoice
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import contact_sheet, pdf, typst

FOLDER = Path(__file__).parents[1] / "docs" / "gallery"
PLANS = FOLDER / "plans"
ENGINES = FOLDER.parent / "it" / "pictures" / "engines.png"
LANGUAGES = tuple(sorted((path.stem for path in (resources.templates() / "locales").glob("*.yml")), reverse=True))
THEMES = (DEFAULT, *sorted(path.name for path in (resources.templates() / "themes").iterdir() if path.is_dir()))
PERIOD = "2026-Q3"
MOST_PAGES = 3
WIDTH = 420
"""Pixels of a page."""
COLORS = 32
ISSUED = date(2026, 6, 15)


@dataclass(frozen=True, slots=True)
class Picture:
    """One document that the gallery shows."""

    kind: str
    language: str
    theme: str

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"{self.kind}.{self.language}.{self.theme}.png"


def kinds() -> tuple[str, ...]:
    """Name the built-in kinds, in their order."""
    return tuple(_theme("zh-CN", DEFAULT).kinds)


def wanted() -> Iterator[Picture]:
    """List all pictures: each kind in each language and theme."""
    for kind, language, theme in product(kinds(), LANGUAGES, THEMES):
        yield Picture(kind, language, theme)


def _theme(language: str, name: str) -> Theme:
    theme, found = load_theme(None, language, ThemeChoice(name))
    if theme is None or found:
        raise SystemExit("\n".join(f"{each.code} {each.message}" for each in found))
    return theme


def documents(language: str, theme: Theme) -> dict[str, DocumentSpec]:
    """Choose a document of each kind from the gallery's plans in a language: those of the period it shows, the first of its people."""
    chosen: dict[str, DocumentSpec] = {}
    for name in (f"{language}.md", f"{language}-policy.md"):
        assessment, found = assess(PLANS / name, name, PLANS, theme)
        found = [each for each in found if each.severity is not Severity.NOTE]
        if assessment is None or found:
            raise SystemExit("\n".join(f"{name}: {each.code} {each.message}" for each in found))
        for order in list_documents(assessment):
            if not order.lacking and (order.period is None or order.period.id == PERIOD):
                chosen.setdefault(order.kind.name, order)
    return chosen


def draw(order: DocumentSpec, theme: Theme) -> tuple[bytes, int]:
    """Draw the first pages of a document side by side; return the picture and the document's number of pages."""
    document, found = render(order.theme(theme), order.kind, order.context(theme), order.issued(ISSUED))
    data, problems = pdf.write(document, make_look(theme, PLANS)) if document else (None, [])
    if data is None or found or problems:
        raise SystemExit("\n".join(f"{order.kind.name}: {each.code} {each.message}" for each in [*found, *problems]))
    pages = contact_sheet.pages(data, WIDTH)
    return _small(contact_sheet.arrange(pages[:MOST_PAGES], MOST_PAGES)), len(pages)


def _small(sheet: bytes) -> bytes:
    """Draw with a palette of the sheet's own colours: chosen without dithering, it is the same whenever the sheet is."""
    drawn = io.BytesIO()
    picture = Image.open(io.BytesIO(sheet))
    picture.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(drawn, format="PNG", optimize=True)
    return drawn.getvalue()


def readme(titles: dict[tuple[str, str], str], counts: dict[Picture, int]) -> str:
    """Write the page that shows the pictures: a table for each kind."""
    lines = [
        "# Gallery",
        "",
        f"Every kind of document in every theme, and in three languages: the first {MOST_PAGES} pages of the PDF, drawn by `make gallery`",
        "from the plans and results in [plans](plans). Word documents look the same except for the fonts, which depend on the machine.",
        "Click a picture to enlarge it.",
        "",
        "Kinds: " + " · ".join(f"[{kind}](#{kind})" for kind in kinds()),
    ]
    for kind in kinds():
        lines += ["", f"## {kind}", "", "| | " + " | ".join(THEMES) + " |", "|---" * (len(THEMES) + 1) + "|"]
        for language in LANGUAGES:
            cells = []
            for theme in THEMES:
                picture = Picture(kind, language, theme)
                count = counts[picture]
                pages = f"{count} page{'s' if count > 1 else ''}"
                cells.append(f"[![{titles[kind, language]}, {theme}, {pages}]({picture.name})]({picture.name})<br>{pages}")
            lines.append(f"| {titles[kind, language]} ({language}) | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Redraw all pictures; delete those of kinds, languages and themes that no longer exist."""
    titles: dict[tuple[str, str], str] = {}
    counts: dict[Picture, int] = {}
    for language in LANGUAGES:
        for name in THEMES:
            theme = _theme(language, name)
            for kind, order in documents(language, theme).items():
                picture = Picture(kind, language, name)
                data, counts[picture] = draw(order, theme)
                (FOLDER / picture.name).write_bytes(data)
                titles[kind, language] = order.kind.title(theme.locale)
                print(f"{picture.name}: {counts[picture]} pages, {len(data) // 1024} KB")
    for path in FOLDER.glob("*.png"):
        if path.name not in {picture.name for picture in counts}:
            path.unlink()
    (FOLDER / "README.md").write_text(readme(titles, counts), encoding="utf-8")
    ENGINES.parent.mkdir(exist_ok=True)
    ENGINES.write_bytes(draw_engines())


def draw_engines() -> bytes:
    """Draw the first page of a result as each engine makes it, side by side."""
    theme = _theme("zh-CN", DEFAULT)
    order = documents("zh-CN", theme)["result"]
    document, _ = render(order.theme(theme), order.kind, order.context(theme), order.issued(ISSUED))
    assert document is not None
    made = [engine.write(document, make_look(theme, PLANS)).value for engine in (pdf, typst)]
    return _small(contact_sheet.arrange([contact_sheet.pages(data, WIDTH)[0] for data in made if data], len(made)))


if __name__ == "__main__":
    main()
