"""What a workspace's style sheets ask for that Typst documents do not show."""

from collections.abc import Iterator, Sequence

import tinycss2

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.stylesheet import Sheet
from genplan.writers.typst.cascade import PROPERTIES
from genplan.writers.typst.sheet import SHORTHANDS

_NO_MATTER = frozenset(
    {
        *("orphans", "widows", "table-layout", "border-collapse", "border-spacing", "overflow-wrap", "word-break", "box-sizing"),
        *("bookmark-level", "bookmark-label", "hyphenate-character", "hyphenate-limit-zone", "hyphenate-limit-chars"),
        *("font-variant-numeric", "align-items", "flex", "size", "overflow", "list-style", "list-style-type", "print-color-adjust"),
    }
)
"""Properties without effect on our documents, or with one that Typst has anyway."""
_PRINT = frozenset({"print", "all"})
_HELP = msg("leave it out, or have WeasyPrint make the PDFs (`pdf_engine: weasyprint` in genplan.yml)")


def unsupported(sheets: Sequence[Sheet]) -> list[Diagnostic]:
    """Find the properties of sheets that have no effect in PDFs made by Typst: GP603."""
    return [
        diagnose("GP603", Span(sheet.file, line, column), msg("Typst does not support `{name}`, which is left out", name=name), help=_HELP)
        for sheet in sheets
        for name, line, column in _properties(tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True))
    ]


def _properties(rules: Sequence[object]) -> Iterator[tuple[str, int, int]]:
    for rule in rules:
        content = getattr(rule, "content", None)
        if content is None:
            continue
        if getattr(rule, "lower_at_keyword", "") == "media":
            if tinycss2.serialize(rule.prelude).strip() in _PRINT:  # type: ignore[attr-defined] # at-rules have one
                yield from _properties(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True))
            continue
        if getattr(rule, "lower_at_keyword", "") == "font-face":
            continue
        for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if part.type == "declaration" and not _is_supported(part.lower_name):
                yield part.lower_name, part.source_line, part.source_column


def _is_supported(name: str) -> bool:
    return name.startswith("--") or name in PROPERTIES or name in SHORTHANDS or name in _NO_MATTER
