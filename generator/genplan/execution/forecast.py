"""What a build would do, without doing it: the files it would write, and why a file would be written again."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from genplan.diagnostics import Diagnostic, Span, diagnose, has_errors
from genplan.documents.specs import DocumentSpec
from genplan.execution.build import Progress
from genplan.execution.build_documents import BuildSettings, state_of, writable_formats
from genplan.execution.open_output import inspect_output
from genplan.execution.request import Request
from genplan.execution.selection import asked_engine, read_plans, select_documents, settings_of
from genplan.incremental.freshness import Freshness
from genplan.messages import msg
from genplan.storage.external_errors import ExternalError
from genplan.storage.output_lock import OutputInUseError
from genplan.workspace.session import Session, display_name
from genplan.writers.possible import possible


@dataclass(frozen=True)
class Forecast:
    """Lines that say what a build would do, what was found, and whether the answer is a good one (`ok`)."""

    lines: Sequence[str]
    diagnostics: Sequence[Diagnostic] = ()
    roots: Sequence[Path] = ()
    ok: bool = True


def list_files(request: Request) -> Forecast:
    """List the files that a build would write or leave as they are."""
    session = read_plans(request)
    formats, lacking = possible(request.formats, "--format", asked_engine(request, session.workspace))
    request = replace(request, formats=formats)
    diagnostics = list(session.diagnostics)
    lines: list[str] = []
    if session.theme is not None:
        selection = select_documents(session, request, session.theme)
        diagnostics = list(dict.fromkeys((*diagnostics, *selection.unusable)))
        if not selection.unusable:
            diagnostics += [*selection.diagnostics, *lacking]
            built = (document for document in selection.wanted if not document.lacking)
            lines = [f"{each.stem(session.theme)}.{name}" for each in built for name in writable_formats(each, request.formats).value]
    return Forecast(lines, diagnostics, session.roots, not has_errors(diagnostics))


def explain_file(request: Request, file: Path, progress: Progress) -> Forecast:
    """Explain why a file of the output would be built, or is up to date."""
    session = read_plans(request)
    if session.theme is None:
        return Forecast((), session.diagnostics, session.roots, ok=False)
    selection = select_documents(session, replace(request, filters={}), session.theme)
    if selection.unusable:
        return Forecast((), selection.unusable, session.roots, ok=False)
    settings = settings_of(session, request, "")
    path = _inside_url(str(file), settings.url) if settings.url else _inside(file, settings.output)
    form = path.rpartition(".")[2]
    documents = (*selection.wanted, *selection.in_all_editions(session.theme))
    document = next((each for each in documents if f"{each.stem(session.theme)}.{form}" == path), None)
    if document is None:
        return _unknown(session, settings, path)
    if document.lacking:
        return Forecast([msg("{path} cannot be built: {reason}", path=path, reason=document.lacking)], ok=False)
    return _compared(document, settings, request, form, progress)


def _compared(document: DocumentSpec, settings: BuildSettings, request: Request, form: str, progress: Progress) -> Forecast:
    """Compare a document with the file that an earlier build wrote."""

    def waiting() -> None:
        progress.say(msg("another build is running; waiting until it has finished"))

    try:
        with inspect_output(settings.output, settings.url, waiting) as manifest:
            return Forecast(_reasons(document, settings, form, Freshness(manifest, settings.theme, request.variant)))
    except ExternalError as error:
        return Forecast((), [error.diagnostic], ok=False)
    except (OSError, OutputInUseError) as error:
        path = f"{document.stem(settings.theme)}.{form}"
        return Forecast([msg("{path} will be built: the folder has no record of earlier builds ({error})", path=path, error=error)])


def _reasons(document: DocumentSpec, settings: BuildSettings, form: str, freshness: Freshness) -> list[str]:
    path = f"{document.stem(settings.theme)}.{form}"
    state = state_of(document, settings, freshness, (form,))
    if state is None:
        return [msg("{path} is not built in this format", path=path)]
    reasons: Sequence[object] = state.stale.get(form, ())
    if not reasons:
        return [msg("{path} is up to date: neither the file nor its sources have changed since it was built", path=path)]
    head = (
        msg("{path} will be built with --edition {edition}:", path=path, edition=document.edition.name)
        if document.edition
        else msg("{path} will be built:", path=path)
    )
    return [head, *(msg("  {reason}", reason=reason) for reason in reasons)]


def _inside(file: Path, output: Path) -> str:
    """Name a file as the output folder does, whether it was given from there or from the working directory."""
    whole = os.path.normpath(file.absolute())
    folder = os.path.normpath(output.absolute())
    inside = os.path.relpath(whole, folder) if whole.startswith(folder + os.sep) else str(file)
    return inside.replace(os.sep, "/")


def _inside_url(file: str, url: str) -> str:
    """Do the same of a URL; one that was taken for a path has lost a slash."""
    return file.removeprefix(f"{url}/").removeprefix(f"{Path(url)}/")


def _unknown(session: Session, settings: BuildSettings, path: str) -> Forecast:
    try:
        with inspect_output(settings.output, settings.url, None) as manifest:
            recorded = manifest.get(path)
    except (OSError, OutputInUseError):
        recorded = None
    if recorded:
        return Forecast([msg("{path} will not be built: its source no longer exists; `genplan build --prune` removes it", path=path)])
    message = msg("no document of these plans has this name")
    place = Span(path if settings.url else display_name(settings.output / path))
    diagnostics = [*session.diagnostics, diagnose("GP722", place, message, help=msg("`genplan build --dry-run` lists the names"))]
    return Forecast((), diagnostics, session.roots, ok=False)
