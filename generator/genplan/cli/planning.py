"""What a build would do, told without doing it: --dry-run and --why."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console
from genplan.cli.gathering import gather, settings_of
from genplan.diagnostics import Span, diagnose, has_errors
from genplan.documents.password_policy import lockable
from genplan.documents.specs import DocumentSpec
from genplan.execution.build_documents import Settings, state_of
from genplan.execution.open_output import looked_into
from genplan.execution.request import Request
from genplan.incremental.freshness import Freshness
from genplan.storage.external_errors import ExternalError
from genplan.storage.output_lock import OutputInUseError
from genplan.workspace.session import Session, display_name, open_session
from genplan.writers.possible import possible


def dry_run(console: Console, request: Request) -> int:
    """List the files that there would be."""
    formats, lacking = possible(request.formats, "--format")
    request = replace(request, formats=formats)
    session = open_session(request.plans, language=request.language, theme=request.theme)
    found = list(session.diagnostics)
    if session.theme is not None:
        gathered = gather(session, request, session.theme)
        found = list(dict.fromkeys((*found, *gathered.unusable)))
        if not gathered.unusable:
            found += [*gathered.found, *lacking]
            for order in gathered.wanted:
                if not order.lacking:
                    console.data("\n".join(f"{order.stem(session.theme)}.{name}" for name in lockable(order, request.formats)))
    console.report(found, session.roots)
    return EXIT_INPUT if has_errors(found) else 0


def why(console: Console, request: Request, file: Path) -> int:
    """Say why a file of the output would be built, or is fresh."""
    session = open_session(request.plans, language=request.language, theme=request.theme)
    if session.theme is None:
        console.report(session.diagnostics, session.roots)
        return EXIT_INPUT
    gathered = gather(session, replace(request, filters={}), session.theme)
    if gathered.unusable:
        console.report(gathered.unusable, session.roots)
        return EXIT_INPUT
    settings = settings_of(session, request, "")
    path = _inside_url(str(file), settings.url) if settings.url else _inside(file, settings.output)
    form = path.rpartition(".")[2]
    documents = (*gathered.wanted, *gathered.in_all_editions(session.theme))
    order = next((order for order in documents if f"{order.stem(session.theme)}.{form}" == path), None)
    if order is None:
        return _unknown(console, session, settings, path)
    if order.lacking:
        console.data(f"{path} cannot be built: {order.lacking}")
        return EXIT_INPUT
    try:
        with looked_into(
            settings.output, settings.url, lambda: console.say("another build is running; waiting until it is done")
        ) as manifest:
            console.data(_told(order, settings, form, Freshness(manifest, settings.theme, request.variant)))
    except ExternalError as error:
        console.report([error.diagnostic])
        return EXIT_INPUT
    except (OSError, OutputInUseError) as error:
        console.data(f"{path} will be built: the folder tells nothing of earlier builds ({error})")
    return 0


def _told(order: DocumentSpec, settings: Settings, form: str, past: Freshness) -> str:
    path = f"{order.stem(settings.theme)}.{form}"
    state = state_of(order, settings, past, (form,))
    if state is None:
        return f"{path} is not made in this format"
    reasons: Sequence[object] = state.stale.get(form, ())
    if not reasons:
        return f"{path} is fresh: everything it is made from is as it was when it was built, and so is the file"
    asked = f" with --edition {order.edition.name}" if order.edition else ""
    return "\n".join([f"{path} will be built{asked}:", *(f"  {reason}" for reason in reasons)])


def _inside(file: Path, output: Path) -> str:
    """Name a file as the output folder does, whether it was given from there or from the working directory."""
    whole = os.path.normpath(file.absolute())
    folder = os.path.normpath(output.absolute())
    inside = os.path.relpath(whole, folder) if whole.startswith(folder + os.sep) else str(file)
    return inside.replace(os.sep, "/")


def _inside_url(file: str, url: str) -> str:
    """Do the same of a URL; one that was taken for a path has lost a slash."""
    return file.removeprefix(f"{url}/").removeprefix(f"{Path(url)}/")


def _unknown(console: Console, session: Session, settings: Settings, path: str) -> int:
    try:
        with looked_into(settings.output, settings.url, None) as manifest:
            held = manifest.get(path)
    except (OSError, OutputInUseError):
        held = None
    if held:
        console.data(f"{path} will not be built: nothing stands behind it any more; `genplan build --prune` removes it")
        return 0
    message = "no document of these plans has this name"
    advice = "`genplan build --dry-run` lists the names"
    console.report(
        [
            *session.diagnostics,
            diagnose("GP722", Span(path if settings.url else display_name(settings.output / path)), message, help=advice),
        ],
        session.roots,
    )
    return EXIT_INPUT
