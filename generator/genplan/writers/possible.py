"""Which formats this machine can write, and what makes PDFs here."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg, plural
from genplan.writers.native import HOW_TO_GET, lacking
from genplan.writers.options import AUTO, TYPST, WEASYPRINT

_PDF = "pdf"
_OR_TYPST = msg('or without any of them: pip install "genplan[typst]"')


def possible(formats: Sequence[str], place: str, engine: str = AUTO) -> Outcome[tuple[str, ...]]:
    """Leave out the formats that cannot be written here; `place` names what asked for them, `engine` what is to make PDFs.

    Finds GP550 (libraries that PDFs need) and GP551 (the Python package for them).
    """
    others = tuple(name for name in formats if name != _PDF)
    if _PDF not in formats or (usable := usable_engine(engine)).value:
        return Outcome(tuple(formats), [])
    found = [
        diagnose(each.code, Span(place), listing((_skipped(others), each.message), ": "), help=each.help) for each in usable.diagnostics
    ]
    return Outcome(others, found)


def usable_engine(asked: str) -> Outcome[str]:
    """Choose what makes PDFs here: what is asked for, or for AUTO what can. Empty with GP550 or GP551 where nothing can."""
    problems: list[Diagnostic] = []
    for engine in (WEASYPRINT, TYPST) if asked == AUTO else (asked,):
        if (problem := _PROBLEMS[engine]()) is None:
            return Outcome(engine, [])
        problems.append(problem)
    return Outcome("", problems[:1])


def _no_weasyprint() -> Diagnostic | None:
    if find_spec(WEASYPRINT) is None:
        return _not_installed(WEASYPRINT, "pip install --force-reinstall genplan")
    refused = lacking()
    if not refused:
        return None
    message = msg("{libraries} cannot be used ({reason})", libraries=listing(refused, " and "), reason=next(iter(refused.values())))
    return diagnose("GP550", Span(""), message, help=listing((HOW_TO_GET, _OR_TYPST), "\n"))


def _no_typst() -> Diagnostic | None:
    return None if find_spec(TYPST) else _not_installed(TYPST, 'pip install "genplan[typst]"')


def _not_installed(package: str, command: str) -> Diagnostic:
    message = msg("the Python package `{package}` is not installed", package=package)
    return diagnose("GP551", Span(""), message, help=msg("run: {command}", command=command))


_PROBLEMS: dict[str, Callable[[], Diagnostic | None]] = {WEASYPRINT: _no_weasyprint, TYPST: _no_typst}
"""What keeps each engine from being used."""


def _skipped(others: Sequence[str]) -> str:
    if not others:
        return msg("pdf is skipped")
    names = listing(others, " and ")
    return plural("pdf is skipped ({formats} is not)", "pdf is skipped ({formats} are not)", len(others), formats=names)
