"""Conditions in words, and what decided them."""

from collections.abc import Mapping
from fractions import Fraction

from genplan.plan.comparison_amounts import in_percent
from genplan.plan.condition import Amount, Comparison, Condition, Fact, Literal, Operation, Reference, Subject, Test, references
from genplan.plan.conditions import concerned, meant_by
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.rounding import round_to
from genplan.scoring.conditions import Ground
from genplan.source.text import fold
from genplan.theme.context.equations import ABOUT, EXACT_PLACES
from genplan.theme.locale import Locale

_SIGNS = {"<": "less", "<=": "at_most", ">": "more", ">=": "at_least", "=": "equal", "!=": "unequal"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_PRECEDENCE = {"or": 0, "and": 1, "not": 2}


def condition_words(plan: PlanFile, condition: Condition, locale: Locale) -> str:
    """Write a condition as a sentence would say it."""
    return _Words(plan, locale).test(condition.test)


def excepted(plan: PlanFile, condition: Condition) -> list[str]:
    """List the indicators that `any attainment` passes over, because they have none."""
    anything = next((each for each in condition.references if each.subject is Subject.ANY), None)
    covered = {placed.key for placed in concerned(plan, anything)} if anything else set()
    return [placed.indicator.name for placed in plan.indicators if placed.key not in covered] if anything else []


def ground_words(plan: PlanFile, ground: Ground, locale: Locale) -> str:
    """Write what decided a condition: 回款率完成率 55%."""
    words = _Words(plan, locale)
    name = words.reference(ground.reference, ground.placed)
    return locale.label("condition.ground", name=name, value=words.measured(ground.value, ground.reference, ground.placed))


class _Words:
    """Writes the parts of a condition."""

    def __init__(self, plan: PlanFile, locale: Locale) -> None:
        self.plan = plan
        self.locale = locale
        self.units: Mapping[str, str | None] = {fold(given.name): given.unit for given in plan.plan.inputs}

    def test(self, test: Test, inside: int = 0) -> str:
        """Write a test, in brackets where what it stands in binds closer."""
        if isinstance(test, Comparison):
            return self.comparison(test)
        binds = _PRECEDENCE[test.word]
        parts = [self.test(part, binds) for part in test.parts]
        if test.word == "not":
            said = self.locale.label("condition.not", test=parts[0])
        else:
            said = self.locale.label(f"condition.{test.word}").join(parts)
        return self.locale.label("condition.brackets", inner=said) if binds < inside else said

    def comparison(self, test: Comparison) -> str:
        """Write a comparison, a bare number on the right."""
        left, sign, right = test.left, test.sign, test.right
        if isinstance(left, Literal):
            left, sign, right = right, _MIRRORED[sign], left
        named = next(iter(references(left)), None) or next(iter(references(right)))
        return self.locale.label(f"condition.{_SIGNS[sign]}", left=self.amount(left, named), right=self.amount(right, named))

    def amount(self, amount: Amount, beside: Reference) -> str:
        """Write an amount; a number in the unit of what stands beside it."""
        if isinstance(amount, Literal):
            return self.measured(amount.value, beside, meant_by(self.plan, beside), percent=amount.percent)
        if isinstance(amount, Reference):
            return self.reference(amount, meant_by(self.plan, amount))
        return self.operation(amount)

    def operation(self, amount: Operation) -> str:
        """Write arithmetic with its signs; numbers in it have no unit."""
        parts = [
            f"({self.operation(part)})" if isinstance(part, Operation) and part.sign in "+-*/" else self.bare(part) for part in amount.parts
        ]
        if amount.sign in ("min", "max", "abs"):
            return f"{amount.sign}({', '.join(parts)})"
        sign = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}[amount.sign]
        return f"−{parts[0]}" if len(parts) == 1 else sign.join(parts)

    def bare(self, amount: Amount) -> str:
        """Write a part of an arithmetic amount."""
        if isinstance(amount, Operation):
            return self.operation(amount)
        if isinstance(amount, Reference):
            return self.reference(amount, meant_by(self.plan, amount))
        return amount.text

    def reference(self, reference: Reference, placed: PlacedIndicator | None) -> str:
        """Name what a reference is to."""
        if reference.subject is Subject.TOTAL:
            return self.locale.label("condition.total")
        if reference.subject is Subject.ANY and placed is None:
            return self.locale.label(f"condition.any_{reference.fact.value if reference.fact else Fact.SCORE.value}")
        name = placed.indicator.name if placed else reference.name
        return self.locale.label(f"condition.{(reference.fact or Fact.ACTUAL).value}", name=name)

    def measured(self, value: Fraction, reference: Reference, placed: PlacedIndicator | None, *, percent: bool = False) -> str:
        """Write a number as what it is a number of; rounded, with a sign before it, where it has many digits."""
        if percent or reference.fact is Fact.ATTAINMENT or self.is_percent(reference, placed):
            shown = round_to(value, EXACT_PLACES + 2)
            return ("" if Fraction(shown) == value else ABOUT) + self.locale.percent(shown)
        shown = round_to(value, EXACT_PLACES)
        number = ("" if Fraction(shown) == value else ABOUT) + self.locale.number(shown)
        if reference.fact is Fact.SCORE or reference.subject is not Subject.NAMED:
            return self.locale.label("condition.points", number=number)
        unit = placed.indicator.unit if placed else self.units.get(fold(reference.name))
        return self.locale.label("condition.measured", number=number, unit=unit) if unit else number

    def is_percent(self, reference: Reference, placed: PlacedIndicator | None) -> bool:
        """Return whether the actual of an indicator, or a column, is a percentage."""
        if placed is not None:
            return bool(in_percent(placed.indicator)) and reference.fact in (None, Fact.ACTUAL)
        return (self.units.get(fold(reference.name)) or "") in ("%", "％")
