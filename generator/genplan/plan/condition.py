"""Conditions on results: `销售额.完成率 < 60% and 旷职 > 0`.

Two amounts are compared by `< <= > >= = !=`, and comparisons are joined by `and`, `or` and `not` (且、或、非). An amount is arithmetic, as
in formulas, of numbers, percentages and what results say: an indicator's actual (`销售额`), attainment (`销售额.完成率`) or score
(`销售额.得分`), the attainment or score of any indicator (`任一指标完成率`), the total (`总分`), or a column of results. A name with other
characters than letters and digits, or with a joint in it, is written in quotation marks: `"Respect and dignity".score < 2`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class Fact(StrEnum):
    """What of an indicator a condition is about."""

    ACTUAL = "actual"
    ATTAINMENT = "attainment"
    SCORE = "score"


class Subject(StrEnum):
    """What a reference is to. A name may be an indicator's or a column's, which only the plan tells."""

    NAMED = "named"
    ANY = "any"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number; of a percentage, `value` is a hundredth of what was written."""

    value: Fraction
    percent: bool
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that results say; `fact` is None where only a name is written."""

    subject: Subject
    name: str = ""
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """Arithmetic: `sign` is one of `+ - * /`, `min`, `max` and `abs`; `-` with one part is a negative."""

    sign: str
    parts: "tuple[Amount, ...]"


Amount: TypeAlias = Literal | Reference | Operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two amounts compared."""

    left: Amount
    sign: str
    right: Amount


@dataclass(frozen=True, slots=True)
class Junction:
    """Tests that hold together (`and`), of which one holds (`or`), or of which the one does not hold (`not`)."""

    word: str
    parts: "tuple[Test, ...]"


Test: TypeAlias = Comparison | Junction


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, and as understood."""

    text: str
    test: Test

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All comparisons, in the order written."""
        return tuple(_comparisons(self.test))

    @property
    def references(self) -> tuple[Reference, ...]:
        """All that the condition is about, in the order first written."""
        found = (each for comparison in self.comparisons for side in (comparison.left, comparison.right) for each in references(side))
        return tuple(dict.fromkeys(found))


def _comparisons(test: Test) -> Iterator[Comparison]:
    if isinstance(test, Comparison):
        yield test
    else:
        for part in test.parts:
            yield from _comparisons(part)


def references(amount: Amount) -> Iterator[Reference]:
    """List what an amount is computed from."""
    if isinstance(amount, Reference):
        yield amount
    elif isinstance(amount, Operation):
        for part in amount.parts:
            yield from references(part)


# Evaluation

COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
Lookup: TypeAlias = Callable[[Reference], Fraction | None]
"""Gives what is known; None for what is not."""


def compute(amount: Amount, known: Lookup) -> Fraction | None:
    """Work an amount out, exactly; None where something is not known, or a divisor is zero."""
    if isinstance(amount, Literal):
        return amount.value
    if isinstance(amount, Reference):
        return known(amount)
    values: list[Fraction] = []
    for part in amount.parts:
        value = compute(part, known)
        if value is None:
            return None
        values.append(value)
    return _operate(amount.sign, values)


def _operate(sign: str, values: list[Fraction]) -> Fraction | None:
    first, *others = values
    if not others:
        return {"-": -first, "abs": abs(first)}[sign]
    if sign in ("min", "max"):
        return min(values) if sign == "min" else max(values)
    if sign == "/":
        return first / others[0] if others[0] else None
    return {"+": first + others[0], "-": first - others[0], "*": first * others[0]}[sign]


def join(word: str, parts: list[bool | None]) -> bool | None:
    """Join what tests say; None stands for what is not known, which may not matter: false and anything is false."""
    if word == "not":
        return None if parts[0] is None else not parts[0]
    decisive = word == "or"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive
