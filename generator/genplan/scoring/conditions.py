"""Whether conditions hold of a person. What is not known is not guessed: where it could matter, there is no result."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import listing, msg
from genplan.people.model import Actual, PersonResult
from genplan.people.wording import quoted
from genplan.plan.condition import COMPARE, Comparison, Condition, Fact, Reference, Subject, Test, compute, join, references
from genplan.plan.conditions import PlacedCondition, condition_figures, conditions, has_attainment, item_named, meant_by
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Proration
from genplan.scoring.limits import attainment_of
from genplan.scoring.line import ZERO, Line
from genplan.source.text import fold


@dataclass(frozen=True, slots=True)
class Ground:
    """What a condition was decided by: the reference, the indicator that it is to, if it is to one, and its value."""

    reference: Reference
    placed: PlacedIndicator | None
    value: Fraction


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds, None where that is not known; what decided it, and the names of what is missing or differs."""

    holds: bool | None
    grounds: tuple[Ground, ...] = ()
    missing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a person's period: its lines, and its share of the days."""

    result: PersonResult
    lines: Sequence[Line]
    share: Fraction


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person before their grade: the joined lines, and those of each record."""

    plan: PlanFile
    lines: Sequence[Line]
    records: Sequence[Record]

    def verdict(self, condition: Condition, total: Fraction | None = None) -> Verdict:
        """Decide a condition; `total` is the total that it may be about."""
        return _Judge(self, total).verdict(condition)

    def undecided(self, *, vetoes: bool, totals: Sequence[Fraction] = (ZERO,)) -> list[tuple[PlacedCondition, Verdict]]:
        """List the conditions of vetoes, or of ceilings, that cannot be decided for one of several totals."""
        placed = [each for each in conditions(self.plan) if each.vetoes == vetoes]
        verdicts = ((each, self.verdict(each.condition, total)) for each in placed for total in totals)
        found = {each.path: (each, verdict) for each, verdict in verdicts if verdict.holds is None}
        return list(found.values())


@dataclass
class _Judge:
    """Decides one condition, and notes what decided it."""

    facts: Facts
    total: Fraction | None
    grounds: dict[tuple[Reference, str], Ground] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    differing: dict[str, None] = field(default_factory=dict)

    def verdict(self, condition: Condition) -> Verdict:
        """Decide it."""
        holds = self.test(condition.test)
        return Verdict(holds, tuple(self.grounds.values()), tuple(self.missing), tuple(self.differing))

    def test(self, test: Test) -> bool | None:
        """Decide a part of it."""
        if not isinstance(test, Comparison):
            return join(test.word, [self.test(part) for part in test.parts])
        anything = next(
            (each for side in (test.left, test.right) for each in references(side) if each.subject is Subject.ANY),
            None,
        )
        if anything is None:
            return self.compared(test, None)
        members = self.members(anything)
        return join("or", [self.compared(test, placed) for placed in members]) if members else None

    def members(self, anything: Reference) -> list[PlacedIndicator]:
        """List the indicators that `any` is about: those that count and have such a thing, by what is the person's own."""
        counted = {line.weighed.placed.key for line in self.facts.lines if line.scored is not None}
        own = [line.weighed.placed for line in self.facts.records[0].lines if line.weighed.placed.key in counted]
        return [placed for placed in own if anything.fact is Fact.SCORE or has_attainment(placed.indicator)]

    def compared(self, test: Comparison, member: PlacedIndicator | None) -> bool | None:
        """Decide a comparison, with one indicator in place of `any`."""
        known: dict[Reference, Fraction | None] = {}

        def value(reference: Reference) -> Fraction | None:
            known[reference] = self.value(reference, member)
            return known[reference]

        left, right = compute(test.left, value), compute(test.right, value)
        if left is None or right is None:
            return None
        holds = COMPARE[test.sign](left, right)
        for reference, number in known.items():
            if number is not None and (holds or reference.subject is not Subject.ANY):
                placed = meant_by(self.facts.plan, reference, member)
                self.grounds[reference, placed.key if placed else ""] = Ground(reference, placed, number)
        return holds

    def value(self, reference: Reference, member: PlacedIndicator | None) -> Fraction | None:
        """Return what a reference is to; None where it is not known, or differs from record to record."""
        if reference.subject is Subject.TOTAL:
            return self.total
        placed = meant_by(self.facts.plan, reference, member)
        if placed is not None:
            return self.of_indicator(reference, placed)
        item = item_named(self.facts.plan, reference.name)
        if item is not None:
            counts = [record.result.items[item] for record in self.facts.records if item in record.result.items]
            return sum((count.number for count in counts), ZERO)
        name = condition_figures(self.facts.plan)[fold(reference.name)]
        return self.one(reference.name, [record.result.figures.get(name) for record in self.facts.records])

    def of_indicator(self, reference: Reference, placed: PlacedIndicator) -> Fraction | None:
        """Return an indicator's score, attainment or actual."""
        name = placed.indicator.name
        if reference.fact is Fact.SCORE:
            line = next(line for line in self.facts.lines if line.weighed.placed.key == placed.key)
            return self.noted(name, line.score if line.scored is not None else None)
        if reference.fact is Fact.ATTAINMENT:
            parts = [(self.attainment(record, placed.key), record.share) for record in self.facts.records]
            known = [(part, share) for part, share in parts if part is not None]
            return self.noted(name, sum((part * share for part, share in known), ZERO) if len(known) == len(parts) else None)
        return self.one(name, [record.result.actuals.get(placed.key) for record in self.facts.records])

    def attainment(self, record: Record, key: str) -> Fraction | None:
        """Return an attainment of one record."""
        line = next(line for line in record.lines if line.weighed.placed.key == key)
        return attainment_of(line, record.result.part if self.facts.plan.plan.proration is Proration.TARGET else Fraction(1))

    def one(self, name: str, given: Sequence[Actual | None]) -> Fraction | None:
        """Return what all records that state it say alike."""
        numbers = {actual.number for actual in given if actual is not None}
        if len(numbers) > 1:
            self.differing[name] = None
            return None
        return self.noted(name, numbers.pop() if numbers else None)

    def noted(self, name: str, value: Fraction | None) -> Fraction | None:
        """Return a value; where there is none, note what is missing."""
        if value is None:
            self.missing[name] = None
        return value


Undecided = tuple[PersonResult, PlacedCondition, Verdict]
"""A person, a condition that cannot be decided, and why."""


def report_undecided(undecided: Sequence[Undecided], people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP441 (something is missing; once a file for what nobody in it has) and GP442 (two records of a person that say different things)."""
    by_file: dict[tuple[str, str, tuple[str, ...]], list[Undecided]] = defaultdict(list)
    for each in undecided:
        person, placed, verdict = each
        if any(person.figures.get(name, placed) is None for name in verdict.missing):
            continue  # it was given, and that it cannot be used was reported when results were read
        for name in verdict.differing:
            message = msg(
                "`{name}` of {person} differs between the records before and after the transfer", name=name, person=quoted(person.id)
            )
            advice = msg(
                "`{condition}` takes one value for the whole period: write it in each row, or only in one", condition=placed.condition.text
            )
            yield diagnose("GP442", person.span, message, help=advice)
        if not verdict.differing:
            by_file[person.span.file, placed.condition.text, verdict.missing].append(each)
    for (file, text, names), lacking in by_file.items():
        lacked = listing(f"`{name}`" for name in names)
        why = msg("{names} is missing", names=lacked) if names else msg("it divides by zero")
        advice = msg("fill in {names}; write 0 if it is nothing", names=lacked) if names else msg("correct the figures")
        ids = list(dict.fromkeys(person.id for person, _, _ in lacking))
        if len(ids) > 1 and len(ids) == len({person.id for person in people if person.span.file == file}):
            message = msg(
                "whether `{condition}` holds cannot be decided for any of the {count} people in this file: {reason}",
                condition=text,
                count=len(ids),
                reason=why,
            )
            yield diagnose("GP441", Span(file), message, help=advice)
        else:
            for person, _, _ in lacking:
                message = msg(
                    "whether `{condition}` holds cannot be decided for {person}: {reason}",
                    condition=text,
                    person=quoted(person.id),
                    reason=why,
                )
                yield diagnose("GP441", person.span, message, help=advice)
