"""Checks that take all plans of a workspace together."""

from collections.abc import Callable, Iterator, Sequence

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.plan.load import PlanFile
from genplan.workspace.samples import sample_names, sample_number


def check_together(plans: Sequence[PlanFile]) -> list[Diagnostic]:
    """Run every check over all plans."""
    return [finding for check in _CHECKS for finding in check(plans)]


def _ids_differ(plans: Sequence[PlanFile]) -> Iterator[Diagnostic]:
    """GP008: no two plans share an id."""
    for plan, first in _repeated(plans, lambda plan: plan.id):
        place = _place(plan, "id", plan.plan.id)
        related = [Related(_place(first, "id", first.plan.id), msg("first occurrence"))]
        yield diagnose(
            "GP008",
            place,
            msg("plan id `{id}` is already used", id=plan.id),
            help=msg("change the `id:` of one of the plans"),
            related=related,
        )


def _numbers_differ(plans: Sequence[PlanFile]) -> Iterator[Diagnostic]:
    """GP367: no two plans have the same document number, or the same title."""
    for key, (message, advice) in _UNIQUE.items():
        value = _value_of(key)
        for plan, first in _repeated(plans, value):
            related = [Related(first.span(key), msg("first occurrence"))]
            yield diagnose("GP367", plan.span(key), message.with_values(text=value(plan)), help=advice, related=related)


_UNIQUE = {
    "number": (msg("`{text}` is also the number of another plan"), msg("give each plan its own number")),
    "title": (msg("`{text}` is also the title of another plan"), msg("give each plan its own title")),
}


def _value_of(key: str) -> Callable[[PlanFile], str | None]:
    return lambda plan: getattr(plan.plan, key)


def _samples_filled_in(plans: Sequence[PlanFile]) -> Iterator[Diagnostic]:
    """GP368: a plan made from a sample has a number of its own. A plan under the sample's own name is the sample itself."""
    for plan in plans:
        for sample in sample_names():
            if plan.plan.number and plan.id != sample and plan.plan.number == sample_number(sample):
                message = msg("`{number}` is the number of the sample `{sample}`", number=plan.plan.number, sample=sample)
                help_ = msg("replace it and other details of the sample's company: title, targets, names, dates")
                yield diagnose("GP368", plan.span("number"), message, help=help_)


def _repeated(plans: Sequence[PlanFile], value: Callable[[PlanFile], str | None]) -> Iterator[tuple[PlanFile, PlanFile]]:
    """Pair each plan whose value another plan before it has with the first that has it."""
    first: dict[str, PlanFile] = {}
    for plan in plans:
        name = value(plan)
        if name and name in first:
            yield plan, first[name]
        elif name:
            first[name] = plan


def _place(plan: PlanFile, key: str, written: str | None) -> Span:
    return plan.span(key) if written else Span(plan.file, 1, 1)


_CHECKS: tuple[Callable[[Sequence[PlanFile]], Iterator[Diagnostic]], ...] = (_ids_differ, _numbers_differ, _samples_filled_in)
