"""Files whose source is gone: a plan, a person or a kind that no longer exists, or is called otherwise."""

import os
from collections.abc import Iterable, Sequence

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.documents.file_names import safe_name
from genplan.documents.specs import DocumentSpec
from genplan.incremental.entries import source_of
from genplan.incremental.manifest import Manifest, Output
from genplan.messages import a_few, msg, plural
from genplan.storage.atomic_files import CANNOT_REMOVE, unwritable
from genplan.storage.stores import LocalFolder
from genplan.theme.theme import Theme

_NAMED = 10


def orphans(manifest: Manifest, every: Sequence[DocumentSpec], theme: Theme, variant: str, *, whole: bool) -> list[str]:
    """List the files that no order stands behind, of the plans that were read; if these are all (`whole`), of plans that are gone, too.

    Of documents that other options gave other names, those count whose plan, period, kind or person is gone.
    """
    stems = {document.stem(theme) for document in every}
    known = {_identity(document) for document in every}
    sources = {source_of(document.assessment.plan.path, manifest.output) for document in every}

    gone = {source for source in manifest.plans() - sources if whole and source and not os.path.lexists(manifest.output / source)}

    def orphaned(output: Output) -> bool:
        if output.source in gone or (output.entry.plan, output.entry.period, output.entry.kind, output.entry.person_id) not in known:
            return True
        return output.variant == variant and output.entry.path.removesuffix(f".{output.entry.format}") not in stems

    return [output.entry.path for output in manifest.outputs(sources | gone) if orphaned(output)]


def _identity(document: DocumentSpec) -> tuple[str, str, str, str]:
    period, person = document.period.id if document.period else "", document.person.id if document.person else ""
    return safe_name(document.assessment.plan.id), period, document.kind.name, person


def prune(manifest: Manifest, paths: Iterable[str]) -> tuple[list[str], list[Diagnostic]]:
    """Remove files, and the folders that they leave empty; gives those that were, and why others could not be (GP702, GP755).

    Raises:
        OSError: the manifest or the store fails.
    """
    gone = list(paths)
    diagnostics: list[Diagnostic] = []
    if isinstance(manifest.store, LocalFolder):
        gone, diagnostics = _removed(manifest.store, gone)
    else:
        manifest.store.remove(gone)
    for path in gone:
        manifest.forget(path)
    return gone, diagnostics


def _removed(folder: LocalFolder, paths: Iterable[str]) -> tuple[list[str], list[Diagnostic]]:
    """Remove files one by one: one that cannot be keeps no other."""
    gone: list[str] = []
    diagnostics: list[Diagnostic] = []
    for path in paths:
        try:
            folder.remove([path])
        except OSError as error:
            diagnostics.append(unwritable(path, error, CANNOT_REMOVE))
        else:
            gone.append(path)
    return gone, diagnostics


def vanished(paths: Sequence[str], output: str) -> list[Diagnostic]:
    """GP756: say that files are gone which this build wrote."""
    if not paths:
        return []
    message = plural(
        "{count} file of this build disappeared while others were being written: {paths}",
        "{count} files of this build disappeared while others were being written: {paths}",
        len(paths),
        paths=a_few(paths, _NAMED),
    )
    return [diagnose("GP756", Span(output), message, help=msg("find out what removes them, then build again"))]


def orphaned(paths: Sequence[str], output: str) -> list[Diagnostic]:
    """GP721: say that files are left whose source is gone."""
    if not paths:
        return []
    message = plural(
        "the source of {count} file no longer exists: {paths}",
        "the source of {count} files no longer exists: {paths}",
        len(paths),
        paths=a_few(paths, _NAMED),
    )
    return [diagnose("GP721", Span(output), message, help=msg("`genplan build --prune` removes them"))]
