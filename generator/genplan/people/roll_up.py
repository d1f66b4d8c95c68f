"""Totals of other plans as actuals: of a year from its quarters, of a quarter from its months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from genplan.diagnostics import Diagnostic, Outcome, Related, Severity, Span, diagnose
from genplan.messages import a_few, msg, plural
from genplan.methods.parameters import Missing
from genplan.methods.roll_up import RollUp
from genplan.people.model import Actual, PersonResult, RolledTotal
from genplan.people.rolled_periods import Periods, Unclear, rolled_periods
from genplan.people.unit_conversion import TEXT_PLACES, VALUE_PLACES
from genplan.people.wording import quoted
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.periods import Period
from genplan.plan.roll_ups import roll_ups, takes_people_from_totals
from genplan.plan.rounding import round_to
from genplan.source.quantity import Quantity

_SHOWN_NAMES = 5
_BECOMES = {
    Missing.ERROR: (
        msg(
            "add their results, or the mean in a column `{column}` of this plan's results; "
            "or declare `missing: exclude` (剔除) or `zero` (计零) in `scoring`"
        ),
        Severity.ERROR,
    ),
    Missing.EXCLUDE: (msg("its weight goes to the other periods, as declared by `missing: exclude` (剔除)"), Severity.NOTE),
    Missing.ZERO: (msg("it counts as 0, as declared by `missing: zero` (计零)"), Severity.NOTE),
}
"""What becomes of a missing period, and how it is reported, by the rule's policy."""


@dataclass(frozen=True)
class Source:
    """Another plan whose totals are summed up: everybody with results, and the final totals of those who have one."""

    plan: PlanFile
    people: Sequence[PersonResult]
    totals: Mapping[tuple[str, str], Decimal]

    @property
    def periods(self) -> list[Period]:
        """The periods that there are results for, in order."""
        return sorted({person.period for person in self.people}, key=lambda period: (period.start, period.id))


def people_with_totals(plan: PlanFile, sources: Mapping[str, Source]) -> Outcome[list[PersonResult]]:
    """Make a person of everybody with results in the periods that are summed up; who and where they are is as in the last of these.

    Nobody is there while a period that counts has no results at all, unless the plan says what becomes of it. Finds GP457 (that).
    """
    if plan.plan.period is None:
        return Outcome([], [])
    period = plan.plan.period.period
    latest: dict[str, PersonResult] = {}
    for placed, rule in roll_ups(plan):
        source = sources.get(placed.key)
        if source is None:  # what is wrong with the other plan was found when it was read
            return Outcome([], [])
        periods = rolled_periods(rule, period, source.plan, source.periods)
        if isinstance(periods, Unclear):
            message = msg("`{key}`: {problem}", key=placed.key, problem=periods.message)
            return Outcome([], [diagnose("GP458", plan.span(*placed.path, "scoring"), message, help=periods.cure)])
        awaited = [each for each, _ in periods if each not in source.periods]
        if awaited and (rule.missing is Missing.ERROR or len(awaited) == len(periods)):
            message = msg(
                "`{file}` has no results for {periods} yet, so nobody is rolled up",
                file=source.plan.file,
                periods=a_few([each.id for each in awaited], _SHOWN_NAMES),
            )
            advice = msg("they follow when its results are there; or declare `missing: exclude` (剔除) or `zero` (计零) in `scoring`")
            place = plan.span(*placed.path, "scoring")
            return Outcome([], [diagnose("GP457", place, message, help=advice, severity=Severity.NOTE)])
        wanted = {each.id for each, _ in periods}
        for person in sorted((each for each in source.people if each.period.id in wanted), key=lambda each: each.period.start):
            latest[person.id] = person
    return Outcome([_as_new(person, period) for _, person in sorted(latest.items())], [])


def _as_new(person: PersonResult, period: Period) -> PersonResult:
    """Return who somebody is, for a period without results of its own."""
    return PersonResult(
        person.id,
        person.name,
        person.department,
        person.position,
        period,
        actuals={},
        comment="",
        span=person.span,
        group=person.group,
        password=person.password,
    )


def roll_up(plan: PlanFile, people: Sequence[PersonResult], sources: Mapping[str, Source]) -> Outcome[list[PersonResult]]:
    """Give people the mean of their totals as the actual of each indicator that sums up another plan, by its key in `sources`.

    Where results state the mean, it stands if the person has no total there, and must else be the same. Finds GP457 (a total that is not
    there, or not known), GP458 (periods that cannot be told) and GP459 (results that disagree).
    """
    rolled = list(people)
    diagnostics: list[Diagnostic] = []
    for placed, rule in roll_ups(plan):
        source = sources.get(placed.key)
        if source is None:  # what is wrong with the other plan was found when it was read
            rolled = [replace(person, unusable=person.unusable | {placed.key}) for person in rolled]
            continue
        roller = _Roller(plan, placed, rule, source)
        for period in dict.fromkeys(person.period for person in rolled):
            members = [at for at, person in enumerate(rolled) if person.period == period]
            given, found = roller.roll([rolled[at] for at in members], period)
            diagnostics += found
            for at, person in zip(members, given, strict=True):
                rolled[at] = person
    return Outcome(rolled, diagnostics)


@dataclass
class _Gaps:
    """The ids of people by the periods in which they have no total: because they have no results, or because these have errors."""

    lacking: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def note(gaps: dict[str, list[str]], periods: Iterable[str], person: PersonResult) -> None:
        """Add a person to periods."""
        for period in periods:
            gaps.setdefault(period, []).append(person.id)


@dataclass(frozen=True)
class _Roller:
    """Sums up one plan for one indicator."""

    plan: PlanFile
    placed: PlacedIndicator
    rule: RollUp
    source: Source

    @cached_property
    def recorded(self) -> dict[tuple[str, str], PersonResult]:
        """Everybody with results in the other plan, by period and id."""
        return {(each.period.id, each.id): each for each in self.source.people}

    @property
    def span(self) -> Span:
        """Where the rule stands."""
        return self.plan.span(*self.placed.path, "scoring")

    def roll(self, people: Sequence[PersonResult], period: Period) -> Outcome[list[PersonResult]]:
        """Sum up for everybody in a period."""
        key = self.placed.key
        periods = rolled_periods(self.rule, period, self.source.plan, self.source.periods)
        if isinstance(periods, Unclear):
            related = [Related(people[0].span, msg("results for {period}", period=period.id))]
            message = msg("`{key}`: {problem}", key=key, problem=periods.message)
            found = diagnose("GP458", self.span, message, help=periods.cure, related=related)
            return Outcome([replace(person, unusable=person.unusable | {key}) for person in people], [found])
        gaps = _Gaps()
        disagreeing: list[Diagnostic] = []
        rolled = [self._rolled(person, periods, gaps, disagreeing) for person in people]
        found_gaps = [*self._lacking(gaps.lacking, len(people)), *self._unknown(gaps.unknown)]
        return Outcome(rolled, [*disagreeing, *found_gaps, *self._absent(people, periods)])

    def _rolled(self, person: PersonResult, periods: Periods, gaps: "_Gaps", diagnostics: list[Diagnostic]) -> PersonResult:
        """Give a person the mean of their totals, and note in which periods they have none."""
        key = self.placed.key
        stated = person.actuals.get(key)
        without = [each.id for each, _ in periods if (each.id, person.id) not in self.source.totals]
        broken = [each for each in without if (each, person.id) in self.recorded]
        parts = self._parts(person, periods)
        if broken:
            gaps.note(gaps.unknown, broken, person)
            return replace(person, unusable=person.unusable | {key})
        if stated is not None and parts is None:
            return person  # what results state stands in for totals that are not there
        if key not in person.unusable:
            gaps.note(gaps.lacking, without, person)
        if parts is None:
            refused = {key} if self.rule.missing is Missing.ERROR else set()
            return replace(person, unusable=person.unusable | refused)
        mean = sum((Fraction(part.total or 0) * part.share for part in parts), Fraction(0))
        disagreeing = list(self._disagreeing(person, stated, mean))
        if disagreeing:
            diagnostics += disagreeing
            return replace(person, unusable=person.unusable | {key})
        actual = Actual(Quantity(round_to(mean, VALUE_PLACES)), _text(mean), parts[0].span, mean)
        return replace(person, actuals={**person.actuals, key: actual}, rolled={**person.rolled, key: parts})

    def _parts(self, person: PersonResult, periods: Periods) -> tuple[RolledTotal, ...] | None:
        """Return each period's part; None where the person has no total that counts, or lacks one that must be there."""
        totals = [self.source.totals.get((each.id, person.id)) for each, _ in periods]
        counted = sum((share for (_, share), total in zip(periods, totals, strict=True) if total is not None), Fraction(0))
        refused = {Missing.ERROR: None in totals, Missing.EXCLUDE: not counted, Missing.ZERO: False}
        if refused[self.rule.missing]:
            return None
        whole = counted if self.rule.missing is Missing.EXCLUDE else Fraction(1)
        return tuple(
            RolledTotal(
                each,
                total,
                Fraction(0) if total is None and self.rule.missing is Missing.EXCLUDE else share / whole,
                self.recorded[each.id, person.id].span if total is not None else person.span,
            )
            for (each, share), total in zip(periods, totals, strict=True)
        )

    def _disagreeing(self, person: PersonResult, stated: Actual | None, mean: Fraction) -> Iterator[Diagnostic]:
        """GP459: results state another mean than the totals make; one that is rounded is the same."""
        if stated is None or not isinstance(stated.value, Quantity):
            return
        exponent = stated.value.value.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        if round_to(mean, places) != stated.value.value:
            message = msg(
                "`{key}` of {person} is {stated}, but the totals make {mean}",
                key=self.placed.key,
                person=quoted(person.id),
                stated=quoted(stated.text),
                mean=_text(mean),
            )
            advice = msg("correct the results, or leave the value out: it is computed")
            yield diagnose(
                "GP459",
                stated.span,
                message,
                help=advice,
                related=[Related(self.span, msg("totals of `{file}`", file=self.source.plan.file))],
            )

    def _lacking(self, lacking: Mapping[str, Sequence[str]], people: int) -> Iterator[Diagnostic]:
        """GP457: people have no total in a period."""
        becomes, severity = _BECOMES[self.rule.missing]
        for period, ids in lacking.items():
            of_all = len(ids) == people > 1
            message = plural(
                "`{key}`: {people} has no total in `{file}` for {period}",
                "`{key}`: {people} have no total in `{file}` for {period}",
                len(ids),
                people=a_few([quoted(id_) for id_ in ids], _SHOWN_NAMES),
            )
            if of_all:
                message = msg("`{key}`: nobody has a total in `{file}` for {period}")
            message = message.with_values(key=self.placed.key, file=self.source.plan.file, period=period)
            raised = Severity.WARNING if of_all and severity is Severity.NOTE else severity
            yield diagnose("GP457", self.span, message, help=becomes.with_values(column=self.placed.indicator.name), severity=raised)

    def _unknown(self, unknown: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
        """GP457: people's results in a period have errors."""
        for period, ids in unknown.items():
            file = self.source.plan.file
            message = msg(
                "`{key}`: the total of {people} for {period} is not known, because the results of `{file}` have errors",
                key=self.placed.key,
                people=a_few([quoted(id_) for id_ in ids], _SHOWN_NAMES),
                period=period,
                file=file,
            )
            yield diagnose("GP457", self.span, message, help=msg("`genplan check {file}` lists them; correct them", file=file))

    def _absent(self, people: Sequence[PersonResult], periods: Periods) -> Iterator[Diagnostic]:
        """GP459: people have totals, and are not in the results."""
        if takes_people_from_totals(self.plan):
            return
        here = {person.id for person in people}
        wanted = {each.id for each, _ in periods}
        absent = sorted({id_ for period, id_ in self.source.totals if period in wanted and id_ not in here})
        if absent:
            message = plural(
                "{people} has totals in `{file}`, but no row here",
                "{people} have totals in `{file}`, but no row here",
                len(absent),
                people=a_few([quoted(id_) for id_ in absent], _SHOWN_NAMES),
                file=self.source.plan.file,
            )
            advice = msg("add a row; whoever is not assessed here needs none")
            yield diagnose("GP459", people[0].span, message, help=advice, severity=Severity.NOTE)


def _text(mean: Fraction) -> str:
    plain = format(round_to(mean, TEXT_PLACES), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
