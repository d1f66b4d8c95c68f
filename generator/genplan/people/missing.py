"""Actuals that nobody gave, as the plan's `missing` treats them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from genplan.diagnostics import Diagnostic, Severity, Span, diagnose
from genplan.messages import Message, listing, msg
from genplan.people.model import PersonResult
from genplan.people.own_values import has_indicator
from genplan.people.raters import counting
from genplan.people.wording import quoted
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Missing

_POLICIES: dict[Missing, tuple[Severity, str]] = {
    Missing.ERROR: (Severity.ERROR, msg("fill it in; or declare `missing: exclude` (剔除) or `missing: zero` (计零) in the plan")),
    Missing.EXCLUDE: (Severity.NOTE, msg("its weight goes to the other indicators, as declared by `missing: exclude` (剔除) in the plan")),
    Missing.ZERO: (Severity.NOTE, msg("it counts as 0, as declared by `missing: zero` (计零) in the plan")),
}


def check_missing(plan: PlanFile, people: Sequence[PersonResult]) -> list[Diagnostic]:
    """GP405 for each actual that is missing: an error, or a note where the plan declares what becomes of it.

    It is a warning at least where nobody in a file has one, which is usually a column that was left out or misspelt and is reported once
    for the file, and where a person has none at all. A value that was given and is unusable is not missing.
    """
    severity, advice = _POLICIES[plan.plan.missing]
    groups = [*_by_file(people)]
    raised = Severity.WARNING if severity is Severity.NOTE else severity
    return [
        diagnose("GP405", span, message, help=advice, severity=raised if of_all else severity)
        for group in groups
        for span, message, of_all in _missing(plan, group)
    ] + [problem for group in groups for problem in _silent_raters(plan, group)]


def _silent_raters(plan: PlanFile, people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP430 as a warning: a rater who rated nobody in a file, where the plan declares what becomes of that; else it is an error."""
    present = {rating.rater for person in people for ratings in person.ratings.values() for rating in ratings}
    if not present or plan.plan.missing is Missing.ERROR:
        return
    for place, rater in enumerate(plan.plan.all_raters):
        if place not in present and rater.counted:
            message = msg("nobody in this file has a rating by `{rater}`", rater=rater.name)
            advice = msg("it counts as 0, as declared by `missing` in the plan; check that no column or row is missing")
            if plan.plan.missing is Missing.EXCLUDE:
                advice = msg(
                    "its weight goes to the other raters, as declared by `missing` in the plan; check that no column or row is missing"
                )
            yield diagnose("GP430", Span(people[0].span.file), message, help=advice, severity=Severity.WARNING)


def _by_file(people: Iterable[PersonResult]) -> Iterable[list[PersonResult]]:
    files: dict[str, list[PersonResult]] = defaultdict(list)
    for person in people:
        files[person.span.file].append(person)
    return files.values()


def _missing(plan: PlanFile, people: Sequence[PersonResult]) -> Iterator[tuple[Span, str, bool]]:
    """Return what is missing, and whether everybody lacks it, or the person everything."""
    empty = {id(person) for person in people if not (person.actuals or person.ratings or person.unusable)}
    rated = {id(person): {key for key, given in person.ratings.items() if counting(plan.plan, given)} for person in people}
    for placed in plan.indicators:
        key = placed.key
        having = [person for person in people if has_indicator(placed, person)]
        without = [person for person in having if not any(key in given for given in (person.actuals, rated[id(person)], person.unusable))]
        if len(without) == len(people) > 1:
            message = msg("none of the {people} people in this file has an actual (实际值) for `{key}`", people=len(people), key=key)
            yield Span(people[0].span.file), _with_cause(message, placed, without), True
        else:
            for person in without:
                message = msg("{person} has no actual (实际值) for `{key}`", person=quoted(person.id), key=key)
                yield person.span, _with_cause(message, placed, [person]), len(people) == 1 or id(person) in empty


def _with_cause(message: Message, placed: PlacedIndicator, people: Sequence[PersonResult]) -> Message:
    """Name the inputs without which an indicator cannot be computed: those that nobody has, or else those that somebody has not."""
    computation = placed.indicator.computation
    if computation is None:
        return message
    given_inputs = [person.inputs.get(placed.key, {}) for person in people]
    by_none = [name for name in computation.names if not any(name in given for given in given_inputs)]
    by_some = [name for name in computation.names if not all(name in given for given in given_inputs)]
    inputs = listing(f"`{name}`" for name in by_none or by_some)
    if placed.indicator.compute:
        return msg("{missing}: its formula has no value for {inputs}", missing=message, inputs=inputs)
    return msg("{missing}: none of {items} is filled in; write 0 where nothing occurred", missing=message, items=inputs)
