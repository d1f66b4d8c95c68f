"""Mistakes in a workspace's style sheets: what WeasyPrint says of them, with the file, line and column where they stand.

WeasyPrint reads one sheet that all are joined to, and counts its lines.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import cssselect2
import tinycss2
import weasyprint
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.validation.expanders import EXPANDERS

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.stylesheet import Sheet
from genplan.writers.pdf.complaints import collecting
from genplan.writers.pdf.fetcher import BASE

_POSITION = re.compile(r" at (\d+):(\d+)")
_IGNORED = re.compile(r"Ignored `([^:`]*):(.*)` at \d+:\d+, (.*?)\.?", re.DOTALL)
_SELECTOR = "Invalid or unsupported selector"
_PRELUDE = "Expected a media type"
"""Comes before a message that has a place."""
_NEAR = 0.8
"""How alike a name must be to the one that is proposed in its stead, up to 1."""
_LONGEST = 60
"""Characters of a value that a message shows."""
_REMOVE = msg("remove it, or put it into styles/page.css if it is for browsers")
_MEDIA = msg("PDFs know the media all and print; conditions such as (min-width: …) are for browsers")
_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "Parse error",
        msg("this is not a rule"),
        msg("a rule is a selector and declarations in braces: look for a brace too many or too few"),
    ),
    ("Error:", msg("this is not a declaration"), msg("a declaration is `name: value;`: look for a missing colon or semicolon")),
    ("@import rule", msg("`@import` has no effect here"), msg("move it to the start of the sheet, before all rules")),
    ("Invalid media type", msg("the media are not known, so what is for them is left out"), _MEDIA),
    ("Unknown rule", msg("PDFs do not know this rule, which is left out"), _REMOVE),
    ("Unknown empty rule", msg("PDFs do not know this rule, which is left out"), _REMOVE),
)
"""How messages of WeasyPrint start, what they mean, and the cure."""


def check_sheets(sheets: Iterable[Sheet]) -> list[Diagnostic]:
    """Find the mistakes in sheets without making a document: GP603."""
    diagnostics: dict[Diagnostic, None] = {}
    for sheet in sheets:
        with collecting() as log:
            try:
                weasyprint.CSS(string=sheet.text, url_fetcher=_nothing, base_url=BASE)
            except RecursionError:  # said as the theme is loaded
                continue
        found, _ = mistakes([text for _, text in log.messages], sheet.text, (sheet,))
        diagnostics |= dict.fromkeys(found)
    return list(diagnostics)


def _nothing(url: str, *_: object) -> dict[str, Any]:
    """Stand for what imports that are misplaced would load."""
    return {"url": url, "string": "", "mime_type": "text/css"}


def mistakes(messages: Sequence[str], css: str, sheets: Sequence[Sheet]) -> tuple[list[Diagnostic], list[str]]:
    """Describe what WeasyPrint says of sheets that are joined to `css`; return that, and the messages about something else."""
    diagnostics: list[Diagnostic] = []
    others: list[str] = []
    for message in messages:
        position = _POSITION.search(message)
        span = _place(int(position[1]), int(position[2]), css, sheets) if position else None
        if span:
            diagnostics.append(_describe(message, span))
        else:
            others.append(message)
    selectors = list(_selectors(sheets)) if any(message.startswith(_SELECTOR) for message in others) else []
    settled = (_PRELUDE, _SELECTOR) if selectors else (_PRELUDE,)
    return [*diagnostics, *selectors], [message for message in others if not message.startswith(settled)]


def _place(line: int, column: int, css: str, sheets: Sequence[Sheet]) -> Span | None:
    """Find the place in a sheet of a line of all of them joined."""
    for sheet in sheets:
        start = css.find(sheet.text) if sheet.text else -1
        within = line - css.count("\n", 0, start) if start >= 0 else 0
        if 1 <= within <= sheet.text.count("\n") + 1:
            return Span(sheet.file, within, column)
    return None


def _describe(message: str, span: Span) -> Diagnostic:
    ignored = _IGNORED.fullmatch(message)
    if ignored:
        return _of_declaration(ignored[1].strip(), ignored[2].strip(), ignored[3], span)
    for start, what, cure in _KINDS:
        if message.startswith(start):
            return diagnose("GP603", span, what, help=cure)
    return diagnose("GP603", span, msg("PDF: {reason}", reason=_POSITION.sub("", message)))


def _of_declaration(name: str, value: str, reason: str, span: Span) -> Diagnostic:
    value = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    if reason == "unknown property":
        near = difflib.get_close_matches(name.lower(), _properties(), n=1, cutoff=_NEAR)
        cure = msg("did you mean `{near}`?", near=near[0]) if near else _REMOVE
        return diagnose("GP603", span, msg("PDFs do not know the property `{name}`", name=name), help=cure)
    if reason == "invalid value":
        message = msg("`{value}` is no value that PDFs know for `{name}`", value=value, name=name)
        return diagnose("GP603", span, message, help=msg("correct the value; what it would be without this rule applies"))
    return diagnose("GP603", span, msg("PDF: {reason}", reason=f"`{name}: {value}`: {reason}"))


@cache
def _properties() -> list[str]:
    """List the properties that WeasyPrint knows."""
    return sorted({name.replace("_", "-") for name in INITIAL_VALUES} | set(EXPANDERS))


def _selectors(sheets: Sequence[Sheet]) -> Iterator[Diagnostic]:
    """Find the selectors that cannot be read, of which WeasyPrint does not say where they stand."""
    for sheet in sheets:
        for rule in _rules(tinycss2.parse_stylesheet(sheet.text)):
            if not _is_selector(rule.prelude):
                selector = " ".join(tinycss2.serialize(rule.prelude).split())
                message = msg("`{selector}` is no selector that PDFs know, so its rule is left out", selector=selector[:_LONGEST])
                yield diagnose("GP603", Span(sheet.file, rule.source_line, rule.source_column), message, help=_OF_SELECTORS)


_OF_SELECTORS = msg("correct it; of a list of selectors, one that is wrong makes all of the rule be left out")


def _rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """List the rules of a sheet that have selectors, those for some media too."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in {"media", "layer", "supports"}:
            yield from _rules(tinycss2.parse_rule_list(node.content))


def _is_selector(prelude: Sequence[Any]) -> bool:
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return False
    return all(_known(selector.pseudo_element) for selector in selectors)


_known: Callable[[str | None], bool] = weasyprint.css.PSEUDO_ELEMENTS.__contains__
