"""What people are paid on the strength of their results: each part by itself, exactly, and rounded once.

Pay is never guessed: who lacks something that a part is computed with has no pay, and where the shares of a pool hang on that, nobody of
the pool has.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import a_few, msg
from genplan.people.measures import measure_of, measures, pay_factor
from genplan.people.model import PersonResult
from genplan.people.vocabulary import pay_figures
from genplan.people.wording import quoted
from genplan.plan.formula import Formula, FormulaError
from genplan.plan.load import PlanFile
from genplan.plan.model import Commission, Pool, PoolScope, Rounding
from genplan.plan.pay import Reserved, indicators_named, pay_names, reserved
from genplan.plan.rounding import round_to
from genplan.scoring.commission import Slice, commission_slices
from genplan.scoring.largest_remainder import largest_remainder
from genplan.scoring.scorecard import Scorecard
from genplan.source.text import fold

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that pay is computed with: its value in the unit of pay, how results write it, and where; of the result itself, nowhere."""

    name: str
    value: Fraction
    text: str
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class PoolShare:
    """A share of a pool: whose pool it is, where there are several, its amount, and the share out of all the shares."""

    group: str
    amount: Decimal
    share: Fraction
    of: Fraction


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A part of a person's pay: what came out before rounding, what after, and what it was computed from."""

    name: str
    exact: Fraction
    amount: Decimal
    factors: tuple[Factor, ...]
    slices: tuple[Slice, ...] = ()
    pool: PoolShare | None = None


@dataclass(frozen=True, slots=True)
class PersonPay:
    """What a person is paid: the sum of the parts, each rounded."""

    parts: tuple[PaidPart, ...]
    total: Decimal

    @property
    def factors(self) -> dict[str, Factor]:
        """All that the parts were computed from, by folded name."""
        return {fold(factor.name): factor for part in self.parts for factor in part.factors}

    @property
    def shown(self) -> str:
        """All that documents about the person show of their pay."""
        return ", ".join(f"{part.name} {part.amount:f}" for part in self.parts)


Factors: TypeAlias = Mapping[str, Factor]
"""By folded name."""
Whose: TypeAlias = tuple[str, str]
"""A person in a period: the ids of both."""


def pay_people(plan: PlanFile, people: Sequence[PersonResult], cards: Sequence[Scorecard]) -> Outcome[dict[Whose, PersonPay]]:
    """Work out everybody's pay; who is not in the value has none, because it is not known. Nobody has where the plan has no pay.

    `people` are all of the plan, those whose results are awaited included: a pool cannot be shared before these are there.
    Finds GP468 (something is missing), GP469 (a part that cannot be computed), GP470 (pay below zero), GP471 (a pool whose amount is not
    the same for all), GP472 (a pool nobody has a share in), GP473 (a pool with somebody whose share is unknown) and GP474 (two records of
    a person that say different things).
    """
    if plan.plan.pay is None:
        return Outcome({}, [])
    return _Payroll(plan, people, cards).pay()


_MOST_NAMED = 5


class _Payroll:
    """The pay of a plan's people. Someone is known by their period and id."""

    def __init__(self, plan: PlanFile, people: Sequence[PersonResult], cards: Sequence[Scorecard]) -> None:
        assert plan.plan.pay is not None
        self.plan = plan
        self.rounding: Rounding = plan.plan.pay.rounding
        self.parts = plan.plan.pay.parts
        self.cards = {_who(card.person): card for card in cards}
        self.records: dict[Whose, list[PersonResult]] = defaultdict(list)
        for person in people:
            self.records[_who(person)].append(person)
        self.names = pay_names(plan)
        self.columns = set(pay_figures(plan))
        measured = measures(plan)
        self.units = {name: pay_factor(plan, measured[target]) for name, target in pay_figures(plan).items()}
        self.diagnostics: list[Diagnostic] = []

    def pay(self) -> Outcome[dict[Whose, PersonPay]]:
        """Work it all out."""
        factors = self.factors()
        paid: dict[Whose, list[PaidPart]] = {whose: [] for whose in self.cards}
        for part in self.parts:
            found: dict[Whose, PaidPart] = {}
            if part.pool is not None:
                found = self.shared(part.name, part.pool, factors)
            else:
                for whose, known in factors.items():
                    if each := self.computed(part.name, part.compute, part.commission, whose, known):
                        found[whose] = each
            for whose, each in found.items():
                paid[whose].append(each)
        summed = {whose: self.summed(whose, parts) for whose, parts in paid.items() if len(parts) == len(self.parts)}
        return Outcome(summed, self.diagnostics)

    def summed(self, whose: Whose, parts: Sequence[PaidPart]) -> PersonPay:
        """Add up the parts. Reports GP470."""
        total = sum((part.amount for part in parts), Decimal(0).scaleb(-self.rounding.places))
        if total < 0:
            message = msg("the pay of {person} is {total}, which is below zero", person=quoted(whose[1]), total=f"{total:f}")
            advice = msg("check the figures it is computed from; to pay nothing instead, write max(0, …) in the plan")
            self.diagnostics.append(diagnose("GP470", self.cards[whose].person.span, message, help=advice))
        return PersonPay(tuple(parts), total)

    def factors(self) -> Mapping[Whose, Factors]:
        """Gather what everybody's pay is computed with, as far as it is known. Reports GP468 and GP474."""
        found: dict[Whose, dict[str, Factor]] = {}
        lacking: dict[str, list[PersonResult]] = defaultdict(list)
        for whose, card in self.cards.items():
            known = found[whose] = dict[str, Factor]()
            for folded, name in self.names.items():
                factor = self.factor(name, card)
                if isinstance(factor, Factor):
                    known[folded] = factor
                elif factor:
                    lacking[name].append(card.person)
        self.report_missing(lacking)
        return found

    def factor(self, name: str, card: Scorecard) -> Factor | bool:
        """Return one thing that pay is computed with; True where it is missing, False where why it cannot be used was reported."""
        meant = reserved(name)
        if meant is not None:
            value = _of_result(card, meant)
            return True if value is None else Factor(name, value, _plain(value))
        records = self.records[_who(card.person)]
        indicators = indicators_named(self.plan, name)
        if indicators:
            given = [record.actuals.get(indicators[0].key) for record in records]
            unit = pay_factor(self.plan, measure_of(indicators[0]))
        else:
            given = [record.figures[name] for record in records if name in record.figures]
            unit = self.units[name]
            if None in given:
                return False
        stated = [actual for actual in given if actual is not None]
        if not stated:
            return True
        first, *others = [(actual.number, actual) for actual in stated]
        for number, other in others:
            if number != first[0]:
                message = msg(
                    "`{name}` of {person} differs between the records before and after the transfer",
                    name=name,
                    person=quoted(card.person.id),
                )
                advice = msg("pay takes one value for the whole period: write it in each row, or only in one")
                related = [Related(first[1].span, msg("the earlier record"))]
                self.diagnostics.append(diagnose("GP474", other.span, message, help=advice, related=related))
                return False
        return Factor(name, first[0] * unit, first[1].text, first[1].span)

    def report_missing(self, lacking: Mapping[str, Sequence[PersonResult]]) -> None:
        """GP468: reported once a file for what nobody in it has."""
        for name, without in lacking.items():
            for file, people in _by_file(without).items():
                everybody = [card for card in self.cards.values() if card.person.span.file == file]
                advice = (
                    msg("fill in a column `{name}`; write 0 if it is nothing", name=name)
                    if name in self.columns
                    else msg("fill in its actual (实际值)")
                )
                if len(people) == len(everybody) > 1:
                    message = msg(
                        "none of the {count} people in this file has `{name}`, which pay is computed with", count=len(people), name=name
                    )
                    self.diagnostics.append(diagnose("GP468", Span(file), message, help=advice))
                else:
                    for person in people:
                        message = msg("{person} has no `{name}`, which pay is computed with", person=quoted(person.id), name=name)
                        self.diagnostics.append(diagnose("GP468", person.span, message, help=advice))

    def value(self, name: str, formula: Formula, whose: Whose, factors: Factors) -> Fraction | None:
        """Compute a formula of a part; None where something it needs is not known. Reports GP469."""
        if not _known(formula, factors):
            return None
        try:
            return formula.compute({word: factors[fold(word)].value for word in formula.names})
        except FormulaError as error:
            blamed = factors.get(fold(error.divisor))
            place = blamed.place if blamed and blamed.place else self.cards[whose].person.span
            self.refuse(name, whose, str(error), msg("correct the figure"), place)
            return None

    def refuse(self, name: str, whose: Whose, why: str, advice: str, place: Span | None = None) -> None:
        """GP469: a part that cannot be computed."""
        message = msg("`{name}` of {person} cannot be computed: {reason}", name=name, person=quoted(whose[1]), reason=why)
        self.diagnostics.append(diagnose("GP469", place or self.cards[whose].person.span, message, help=advice))

    def computed(
        self, name: str, compute: Formula | None, commission: Commission | None, whose: Whose, factors: Factors
    ) -> PaidPart | None:
        """Compute a part of one person by its formula or table."""
        formula = compute if compute is not None else commission.of if commission is not None else None
        value = None if formula is None else self.value(name, formula, whose, factors)
        if formula is None or value is None:
            return None
        slices: tuple[Slice, ...] = ()
        if commission is not None:
            if value < 0:
                self.refuse(
                    name,
                    whose,
                    msg("it is paid on {amount}, which is below zero", amount=_plain(value)),
                    msg("write 0 where there is nothing to pay it on"),
                )
                return None
            slices = commission_slices(commission, value)
            value = sum((each.amount * each.rate for each in slices), ZERO)
        used = tuple(factors[fold(word)] for word in formula.names)
        return PaidPart(name, value, round_to(value, self.rounding.places, self.rounding.mode), used, slices)

    def shared(self, name: str, pool: Pool, factors: Mapping[Whose, Factors]) -> dict[Whose, PaidPart]:
        """Share out each pool of a part. Reports GP471, GP472 and GP473."""
        found: dict[Whose, PaidPart] = {}
        for place, group in self.pools(pool.by):
            unknown = [whose for whose in group if whose not in factors or not _known(pool.amount, factors[whose], pool.share)]
            if unknown:
                ids = a_few([quoted(id_) for _, id_ in unknown], _MOST_NAMED)
                message = msg("the pool `{name}` cannot be shared, because the share of {people} is not known", name=name, people=ids)
                advice = msg("complete their results; or remove the rows of people who have no part in it")
                self.diagnostics.append(diagnose("GP473", self.records[unknown[0]][0].span, message, help=advice))
                continue
            found |= self.one_pool(name, pool, place, group, factors)
        return found

    def pools(self, by: PoolScope | None) -> list[tuple[str, list[Whose]]]:
        """List the people who share a pool, by their ids, with the department or position that it is the pool of."""
        groups: dict[tuple[str, str], list[Whose]] = defaultdict(list)
        model = self.plan.plan
        for whose, records in self.records.items():
            last = records[-1]
            place = {
                None: "",
                PoolScope.DEPARTMENT: last.department or model.department,
                PoolScope.POSITION: last.position or model.position or "",
            }[by]
            groups[whose[0], place].append(whose)
        return [(place, sorted(group)) for (_, place), group in groups.items() if not all(self.awaits(whose) for whose in group)]

    def awaits(self, whose: Whose) -> bool:
        """Return whether nothing is known of a person but what was agreed before the results."""
        return all(record.awaited for record in self.records[whose])

    def one_pool(
        self, name: str, pool: Pool, place: str, group: Sequence[Whose], factors: Mapping[Whose, Factors]
    ) -> dict[Whose, PaidPart]:
        """Share out one pool among people who are all known."""
        amounts = [self.value(name, pool.amount, whose, factors[whose]) for whose in group]
        shares = [self.value(name, pool.share, whose, factors[whose]) for whose in group]
        amount = amounts[0]
        for whose, each in zip(group, amounts, strict=True):
            if amount is not None and each is not None and each != amount:
                message = msg(
                    "the amount of the pool `{name}` is {amount} for {person}, and {other_amount} for {other}",
                    name=name,
                    amount=_plain(each),
                    person=quoted(whose[1]),
                    other_amount=_plain(amount),
                    other=quoted(group[0][1]),
                )
                advice = msg("everybody in a pool has the same amount of it: correct the column, or share it `by:` (分配范围) department")
                self.diagnostics.append(diagnose("GP471", self.cards[whose].person.span, message, help=advice))
                return {}
        for whose, each in zip(group, shares, strict=True):
            if each is not None and each < 0:
                self.refuse(
                    name,
                    whose,
                    msg("its share in the pool is {share}, which is below zero", share=_plain(each)),
                    msg("correct the figures it is computed from"),
                )
                return {}
        known = [share for share in shares if share is not None]
        if amount is None or None in amounts or len(known) < len(group):
            return {}
        if amount < 0:
            self.refuse(
                name,
                group[0],
                msg("the pool holds {amount}, which is below zero", amount=_plain(amount)),
                msg("write the amount to be shared"),
            )
            return {}
        whole = sum(known, ZERO)
        if not whole:
            advice = msg("check the figures that shares are computed from; a pool can be given to nobody only if its amount is 0")
            message = msg("the pool `{name}` cannot be shared, because everybody's share in it is 0", name=name)
            if amount:
                self.diagnostics.append(diagnose("GP472", self.cards[group[0]].person.span, message, help=advice))
                return {}
            whole = Fraction(1)
        held = round_to(amount, self.rounding.places, self.rounding.mode)
        parts = largest_remainder(held, known, self.rounding.places)
        words = tuple(dict.fromkeys((*pool.amount.names, *pool.share.names)))
        return {
            whose: PaidPart(
                name,
                Fraction(held) * share / whole,
                part,
                tuple(factors[whose][fold(word)] for word in words),
                pool=PoolShare(place, held, share, whole),
            )
            for whose, share, part in zip(group, known, parts, strict=True)
        }


def _known(formula: Formula, factors: Factors, *others: Formula) -> bool:
    """Return whether all that formulas compute with is known."""
    return all(fold(name) in factors for each in (formula, *others) for name in each.names)


def _who(person: PersonResult) -> Whose:
    return person.period.id, person.id


def _of_result(card: Scorecard, meant: Reserved) -> Fraction | None:
    """Return the total or the coefficient that pay follows from."""
    values: dict[Reserved, Callable[[], Fraction | None]] = {
        Reserved.TOTAL: lambda: Fraction(card.final_total),
        Reserved.COEFFICIENT: lambda: card.final_coefficient,
    }
    return values[meant]()


def _plain(number: Fraction) -> str:
    shown = round_to(number, 4)
    text = f"{shown:f}".rstrip("0").rstrip(".")
    return text if Fraction(shown) == number else msg("about {number}", number=text)


def _by_file(people: Iterable[PersonResult]) -> dict[str, list[PersonResult]]:
    files: dict[str, list[PersonResult]] = defaultdict(list)
    for person in people:
        files[person.span.file].append(person)
    return files
