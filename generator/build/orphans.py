"""Files whose source is gone: a plan, a person or a kind that is no longer there, or is called otherwise."""

import os
from collections.abc import Iterable, Sequence

from generator.build.documents import Order
from generator.build.manifest import Manifest, Output
from generator.build.names import safe_name
from generator.build.run import source_of
from generator.diagnostics import Diagnostic, Span, a_few, diagnose
from generator.theme.theme import Theme

_NAMED = 10


def orphans(manifest: Manifest, every: Sequence[Order], theme: Theme, variant: str, *, whole: bool) -> list[str]:
    """List the files that no order stands behind, of the plans that were read; if these are all (`whole`), of plans that are gone, too.

    Of documents that other options gave other names, those count whose plan, period, kind or person is gone.
    """
    stems = {order.stem(theme) for order in every}
    known = {_identity(order) for order in every}
    sources = {source_of(order.assessment.plan.path, manifest.output) for order in every}

    gone = {source for source in manifest.plans() - sources if whole and source and not os.path.lexists(manifest.output / source)}

    def orphaned(output: Output) -> bool:
        if output.source in gone or (output.entry.plan, output.entry.period, output.entry.kind, output.entry.person_id) not in known:
            return True
        return output.variant == variant and output.entry.path.removesuffix(f".{output.entry.format}") not in stems

    return [output.entry.path for output in manifest.outputs(sources | gone) if orphaned(output)]


def _identity(order: Order) -> tuple[str, str, str, str]:
    period, person = order.period.id if order.period else "", order.person.id if order.person else ""
    return safe_name(order.assessment.plan.id), period, order.kind.name, person


def prune(manifest: Manifest, paths: Iterable[str]) -> None:
    """Remove files, and the folders that they leave empty.

    Raises:
        OSError: a file cannot be removed.
    """
    gone = list(paths)
    manifest.store.remove(gone)
    for path in gone:
        manifest.forget(path)


def orphaned(paths: Sequence[str], output: str) -> list[Diagnostic]:
    """GP721: say that files are left whose source is gone."""
    if not paths:
        return []
    count = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
    message = f"nothing stands behind {count} any more: {a_few(paths, _NAMED)}"
    return [diagnose("GP721", Span(output), message, help="`genplan build --prune` removes them")]
