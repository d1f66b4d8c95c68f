"""Which formats this machine can write."""

from collections.abc import Sequence
from importlib.util import find_spec

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg, plural
from genplan.writers.native import HOW_TO_GET, lacking

_PDF = "pdf"
_PRINTER = "weasyprint"


def possible(formats: Sequence[str], place: str) -> Outcome[tuple[str, ...]]:
    """Leave out the formats that cannot be written here; `place` names what asked for them.

    Finds GP550 (libraries that PDFs need) and GP551 (the Python package for them).
    """
    others = tuple(name for name in formats if name != _PDF)
    problem = _no_pdf(Span(place), others) if _PDF in formats else None
    return Outcome(others if problem else tuple(formats), [problem] if problem else [])


def _no_pdf(span: Span, others: Sequence[str]) -> Diagnostic | None:
    if find_spec(_PRINTER) is None:
        message = msg("the Python package `{package}` is not installed", package=_PRINTER)
        return diagnose(
            "GP551",
            span,
            listing((_skipped(others), message), ": "),
            help=msg("reinstall genplan with its dependencies: pip install --force-reinstall genplan"),
        )
    refused = lacking()
    if not refused:
        return None
    message = msg("{libraries} cannot be used ({reason})", libraries=listing(refused, " and "), reason=next(iter(refused.values())))
    return diagnose("GP550", span, listing((_skipped(others), message), ": "), help=HOW_TO_GET)


def _skipped(others: Sequence[str]) -> str:
    if not others:
        return msg("pdf is skipped")
    names = listing(others, " and ")
    return plural("pdf is skipped ({formats} is not)", "pdf is skipped ({formats} are not)", len(others), formats=names)
