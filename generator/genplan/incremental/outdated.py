"""Files of earlier builds that a build leaves out though they would be other files by now: of another edition, format, kind or person."""

from collections.abc import Container, Iterable, Sequence

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.documents.specs import DocumentSpec
from genplan.incremental.entries import source_of
from genplan.incremental.freshness import Freshness
from genplan.incremental.manifest import Manifest, Output
from genplan.messages import a_few, msg, plural
from genplan.theme.theme import Theme

_NAMED = 10


def outdated(
    freshness: Freshness,
    manifest: Manifest,
    plain: Sequence[DocumentSpec],
    documents: Iterable[DocumentSpec],
    written: Container[str],
    theme: Theme,
) -> list[str]:
    """List the files that none of this build's documents is written to, and whose plan or results have changed since they were made.

    `documents` are those of `plain` in every edition.
    """
    sources = {
        source_of(plan.path, manifest.output) for plan in {id(document.assessment): document.assessment.plan for document in plain}.values()
    }
    left: dict[str, list[Output]] = {}
    for output in manifest.outputs(sources):
        if output.entry.path not in written:
            left.setdefault(output.entry.path.removesuffix(f".{output.entry.format}"), []).append(output)
    if not left:
        return []
    candidates = ((document, output) for document in documents if not document.lacking for output in left.get(document.stem(theme), ()))
    return [output.entry.path for document, output in candidates if freshness.has_other_data(document, output)]


def report_outdated(paths: Sequence[str], output: str) -> list[Diagnostic]:
    """GP725: say that files are out of date."""
    if not paths:
        return []
    message = plural(
        "{count} file is out of date: its sources have changed, and this build did not include it: {paths}",
        "{count} files are out of date: their sources have changed, and this build did not include them: {paths}",
        len(paths),
        paths=a_few(paths, _NAMED),
    )
    advice = msg(
        "build with the options that made them (--edition, --format, --kind, --person); `genplan build --why FILE` shows what changed"
    )
    return [diagnose("GP725", Span(output), message, help=advice)]
