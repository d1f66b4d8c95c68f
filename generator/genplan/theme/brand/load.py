"""From a brand.yml to a brand."""

from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.source.model import read
from genplan.source.text import read_text
from genplan.source.yaml import Mapping, Node, locate, merge, parse
from genplan.theme.brand import colors, typography
from genplan.theme.brand.brand import Brand, Finder
from genplan.theme.brand.carried import SUBSTITUTES
from genplan.theme.brand.contrast import check_contrast
from genplan.theme.brand.families import Families, check_word_faces
from genplan.theme.brand.logos import load_logos
from genplan.theme.brand.model import BrandFile, Links
from genplan.theme.brand.place import SpanOf
from genplan.theme.brand.unused import unused

_BODY_SIZE = 10.5
_LINE_HEIGHT = 1.6
_REGULAR = 400
BUILT_IN_FAMILY = "Noto Sans SC"
"""The font that the built-in theme brings along."""


def load_brand(path: Path, file: str, find: Finder, over: Sequence[Path] = ()) -> Outcome[Brand | None]:
    """Read a brand.yml; `find` looks up the files that it refers to. Those of `over`, if any, change it key by key, each the one before.

    Finds what reading YAML finds, GP511 (colour), GP512 (missing file), GP513 (font that would have to be fetched), GP520 (a key that
    no document shows) and GP521 (contrast).
    """
    text, diagnostics = read_text(path, file)
    if text is None or diagnostics:
        return Outcome(None, diagnostics)
    root, diagnostics = parse(text, file)
    if root is None or not isinstance(root, Mapping):
        return Outcome(
            None, diagnostics or [diagnose("GP202", Span(file, 1, 1), msg("key `meta` is missing"), help=msg("add `meta: {name: …}`"))]
        )
    for other in over:
        changes, diagnostics = _changes(other)
        if diagnostics:
            return Outcome(None, diagnostics)
        root = merge(root, changes) if changes else root
    written, diagnostics = read(BrandFile, root)
    if written is None:
        return Outcome(None, diagnostics)
    place = _place(root)
    brand, problems = _resolve(written, place, find)
    diagnostics += problems
    diagnostics += unused(written, brand.colors["background"], place)
    if not has_errors(problems):
        diagnostics += check_contrast(brand, place)
    return Outcome(brand, diagnostics)


def _changes(path: Path) -> Outcome[Mapping | None]:
    """Read the part of a brand that a theme states."""
    file = f"templates/themes/{path.parent.name}/{path.name}"
    text, diagnostics = read_text(path, file)
    node, problems = parse(text, file) if text is not None else Outcome(None, [])
    return Outcome(node if isinstance(node, Mapping) else None, [*diagnostics, *problems])


def _place(root: Node) -> SpanOf:
    return lambda *path: locate(root, path)


def _resolve(written: BrandFile, place: SpanOf, find: Finder) -> Outcome[Brand]:
    diagnostics: list[Diagnostic] = []
    kinds = written.typography
    word = written.defaults.genplan.word
    name = written.meta.name
    short = name.short or name.full or ""
    shades = _colors(written, place, diagnostics)
    logos, problems = load_logos(written.logo, shades["background"], name.short or "", find, place)
    diagnostics += problems
    fonts, problems = typography.load_fonts(kinds, find, place)
    diagnostics += problems
    families = Families(written, place)
    body = kinds.base.family or BUILT_IN_FAMILY
    heading = kinds.headings.family or body
    diagnostics += check_word_faces(written, (body, heading), place)
    brand = Brand(
        name=short,
        full_name=name.full or short,
        logos=logos,
        links=_links(written.meta.link),
        colors=shades,
        fonts=fonts,
        body_font=families.drawn(kinds.base.family, "base") or BUILT_IN_FAMILY,
        heading_font=families.drawn(kinds.headings.family, "headings") or families.drawn(kinds.base.family, "base") or BUILT_IN_FAMILY,
        word_body_font=word.body or body,
        word_heading_font=word.headings or heading,
        word_latin_font=word.latin or word.body or body,
        body_size=kinds.base.size or _BODY_SIZE,
        body_weight=kinds.base.weight or _REGULAR,
        line_height=float(kinds.base.line_height or _LINE_HEIGHT),
        headings=typography.headings(kinds, written.color, place, diagnostics),
        link=typography.link(kinds, written.color, place, diagnostics),
        fallback=families.fallback,
        word_substitutes=tuple(sorted((SUBSTITUTES | word.substitutes).items())),
    )
    diagnostics += families.missing
    return Outcome(brand, diagnostics)


def _colors(written: BrandFile, place: SpanOf, diagnostics: list[Diagnostic]) -> dict[str, str]:
    shades: dict[str, str] = {}
    for role, fallback in colors.FALLBACK.items():
        value = getattr(written.color, role) or fallback
        shades[role] = colors.resolve(written.color, value, place("color", role), diagnostics) or fallback
    link = written.typography.link.color
    shades["link"] = (colors.resolve(written.color, link, place("typography", "link", "color"), diagnostics) if link else None) or shades[
        "info"
    ]
    return shades


def _links(written: Links | None) -> dict[str, str]:
    values: Mapped[str, object] = written.model_dump() if written else {}
    return {name: str(value) for name, value in values.items() if value is not None}
