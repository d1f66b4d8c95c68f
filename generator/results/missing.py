"""Actuals that nobody gave, as the plan's `missing` treats them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics import Diagnostic, Severity, Span, diagnose
from generator.plan.load import PlanFile
from generator.plan.model import Missing
from generator.results.model import PersonResult
from generator.results.wording import quoted

_POLICIES: dict[Missing, tuple[Severity, str]] = {
    Missing.ERROR: (Severity.ERROR, "fill it in; or declare `missing: exclude` (剔除) or `missing: zero` (计零) in the plan"),
    Missing.EXCLUDE: (Severity.NOTE, "its weight goes to the other indicators, as `missing: exclude` (剔除) in the plan says"),
    Missing.ZERO: (Severity.NOTE, "it counts as 0, as `missing: zero` (计零) in the plan says"),
}


def check_missing(plan: PlanFile, people: Sequence[PersonResult]) -> list[Diagnostic]:
    """GP405 for each actual that is missing: an error, or a note where the plan declares what becomes of it.

    An indicator that nobody in a file has is told once for the file. A value that was given and is unusable is not missing.
    """
    severity, advice = _POLICIES[plan.plan.missing]
    return [
        diagnose("GP405", span, message, help=advice, severity=severity)
        for group in _by_file(people)
        for span, message in _missing(plan, group)
    ]


def _by_file(people: Iterable[PersonResult]) -> Iterable[list[PersonResult]]:
    files: dict[str, list[PersonResult]] = defaultdict(list)
    for person in people:
        files[person.span.file].append(person)
    return files.values()


def _missing(plan: PlanFile, people: Sequence[PersonResult]) -> Iterator[tuple[Span, str]]:
    for placed in plan.indicators:
        key = placed.key
        without = [person for person in people if key not in person.actuals and key not in person.unusable]
        if len(without) == len(people) > 1:
            yield Span(people[0].span.file), f"none of the {len(people)} people in this file has an actual (实际值) for `{key}`"
        else:
            yield from ((person.span, f"{quoted(person.id)} has no actual (实际值) for `{key}`") for person in without)
