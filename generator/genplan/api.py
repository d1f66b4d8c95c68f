"""The public API of genplan, which its own command line also uses.

    from genplan import api

    workspace = api.load(["plans"])                  # read, checked and scored; nothing is written
    for diagnostic in workspace.diagnostics: ...     # what is wrong, with file, line and column
    for scorecard in api.score(workspace): ...       # totals, grades and ranks, exact
    for document in api.documents(workspace):        # which documents there are
        data = api.render(workspace, document, "docx").value
    report = api.build(api.Request(formats=("pdf",)))   # what `genplan build` does

Nothing here raises for bad input: it is reported as diagnostics. Plans without errors have `assessment.sound`.
"""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, has_errors
from genplan.workspace.session import Session, open_session

if TYPE_CHECKING:
    from genplan.documents.specs import DocumentSpec
    from genplan.execution.build import BuildReport, Progress
    from genplan.execution.forecast import Forecast
    from genplan.execution.limits import Limits
    from genplan.execution.request import Request
    from genplan.execution.worker_manager import WorkerManager
    from genplan.scoring.scorecard import Scorecard
    from genplan.workspace.assessment import Assessment
    from genplan.writers.options import Options

__all__ = [
    "Assessment",
    "BuildReport",
    "Diagnostic",
    "DocumentSpec",
    "Forecast",
    "Limits",
    "Options",
    "Outcome",
    "Progress",
    "Request",
    "Scorecard",
    "Session",
    "Severity",
    "Span",
    "WorkerManager",
    "build",
    "check",
    "check_styles",
    "documents",
    "explain_file",
    "has_errors",
    "list_files",
    "load",
    "render",
    "score",
]

_LAZY = {
    "Assessment": "genplan.workspace.assessment",
    "BuildReport": "genplan.execution.build",
    "DocumentSpec": "genplan.documents.specs",
    "Forecast": "genplan.execution.forecast",
    "Limits": "genplan.execution.limits",
    "Options": "genplan.writers.options",
    "Progress": "genplan.execution.build",
    "Request": "genplan.execution.request",
    "Scorecard": "genplan.scoring.scorecard",
    "WorkerManager": "genplan.execution.worker_manager",
}
"""Imported on first use: reading, checking and scoring plans need none of the document code, which takes longer to import."""


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)


PathName = str | PathLike[str]


def load(
    paths: Iterable[PathName] = (), *, results: Iterable[PathName] | None = None, language: str | None = None, theme: str = ""
) -> Session:
    """Read plans with their results, check them, and score those without errors.

    Args:
        paths: Plans, or folders of plans; without any, all plans of the workspace of the current folder.
        results: Results files to read instead of those that the plans name.
        language: The language of documents, such as `en`, instead of the plans' own.
        theme: The theme of documents, instead of the workspace's.

    """
    files = None if results is None else [Path(path) for path in results]
    return open_session([Path(path) for path in paths], files, language=language, theme=theme)


def check(paths: Iterable[PathName] = ()) -> list[Diagnostic]:
    """Return all diagnostics of plans, their results and the workspace's style sheets, ordered by location."""
    session = load(paths)
    return sorted((*session.diagnostics, *check_styles(session)), key=lambda diagnostic: diagnostic.order)


def check_styles(session: Session) -> list[Diagnostic]:
    """Find the mistakes in the workspace's style sheets: GP603. Builds of PDFs find them too."""
    from genplan.theme.stylesheet import own_sheets  # noqa: PLC0415 - see _LAZY

    sheets = own_sheets(session.theme.files) if session.theme and not session.theme.problems else ()
    if not any(sheet.text.strip() for sheet in sheets):
        return []
    try:
        from genplan.writers.pdf.sheet_mistakes import check_sheets  # noqa: PLC0415 - WeasyPrint takes half a second to load
    except (ImportError, OSError):  # said where PDFs are built
        return []
    return check_sheets(sheets)


def score(session: Session) -> "tuple[Scorecard, ...]":
    """Return the scorecards of all people in all plans, in the order of the plans and of their results files."""
    return tuple(card for assessment in session.assessments for card in assessment.cards)


def documents(session: Session) -> "list[DocumentSpec]":
    """List the documents of all plans; a document with `lacking` cannot be made, for the reason given there."""
    from genplan.documents.specs import list_documents  # noqa: PLC0415 - see _LAZY

    return [document for assessment in session.assessments for document in list_documents(assessment)]


def render(
    session: Session, document: "DocumentSpec", form: str, *, options: "Options | None" = None, default_date: date | None = None
) -> Outcome[bytes | None]:
    """Make one document in one format (`pdf`, `docx`, `html`) in this process, without writing anything.

    `default_date` is the date of documents whose plan has none (2000-01-01). The value is None where the document cannot be made:
    `document.lacking` or the diagnostics say why.
    """
    from genplan.execution.build_documents import BuildSettings, render_document  # noqa: PLC0415 - see _LAZY
    from genplan.execution.request import EPOCH  # noqa: PLC0415
    from genplan.writers.options import DEFAULTS  # noqa: PLC0415

    assert session.theme is not None, "a session without a theme has no documents"
    settings = BuildSettings((form,), session.theme, Path(), default_date or EPOCH, options or DEFAULTS, session.spec)
    return render_document(document, settings)


def build(request: "Request", *, workers: "WorkerManager | None" = None, progress: "Progress | None" = None) -> "BuildReport":
    """Write the requested documents that are not up to date.

    `workers` make the documents; where it is None, the build starts its own and ends them. `progress` is called as the build goes on.
    """
    from genplan.execution.build import Unwatched  # noqa: PLC0415 - see _LAZY
    from genplan.execution.build import build as run  # noqa: PLC0415
    from genplan.execution.worker_manager import WorkerManager  # noqa: PLC0415
    from genplan.storage.temporary import set_up_temporary_folder  # noqa: PLC0415

    set_up_temporary_folder()
    if workers is not None:
        return run(request, workers, progress or Unwatched())
    own = WorkerManager(request.jobs, request.limits)
    try:
        return run(request, own, progress or Unwatched())
    finally:
        own.stop()


def list_files(request: "Request") -> "Forecast":
    """List the files that a build would write or leave unchanged."""
    from genplan.execution import forecast  # noqa: PLC0415 - see _LAZY

    return forecast.list_files(request)


def explain_file(request: "Request", file: PathName, progress: "Progress | None" = None) -> "Forecast":
    """Say why an output file would be built, or that it is up to date."""
    from genplan.execution import forecast  # noqa: PLC0415 - see _LAZY
    from genplan.execution.build import Unwatched  # noqa: PLC0415

    return forecast.explain_file(request, Path(file), progress or Unwatched())
