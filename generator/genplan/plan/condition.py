"""Conditions on results: `销售额.完成率 < 60% and 旷职 > 0`.

Two amounts are compared by `< <= > >= = !=`, and comparisons are joined by `and`, `or` and `not` (且、或、非). An amount is arithmetic, as
in formulas, of numbers, percentages and what results say: an indicator's actual (`销售额`), attainment (`销售额.完成率`) or score
(`销售额.得分`), the attainment or score of any indicator (`任一指标完成率`), the total (`总分`), or a column of results. A name with other
characters than letters and digits, or with a joint in it, is written in quotation marks: `"Respect and dignity".score < 2`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from genplan.plan.formula import MAX_LENGTH, SIGNS, FormulaError
from genplan.source.model import decimal
from genplan.source.text import fold


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


# Reading

_TOTALS = frozenset({"total", "总分", "總分"})
_FACTS: dict[str, Fact] = {
    **dict.fromkeys(("完成率", "达成率", "達成率", "attainment"), Fact.ATTAINMENT),
    **dict.fromkeys(("得分", "score"), Fact.SCORE),
    **dict.fromkeys(("实际值", "實際值", "actual"), Fact.ACTUAL),
}
_ANY = ("任一指标", "任一指標", "任何指标", "任何指標", "任一项指标", "任一項指標")
_ANY_WORDS = {f"{word}{fact}": kind for word in _ANY for fact, kind in _FACTS.items() if kind is not Fact.ACTUAL} | {
    f"any.{fact}": _FACTS[fact] for fact in ("attainment", "score")
}
_JOINED = {
    **dict.fromkeys(("and", "且", "并且", "並且", "&&"), "and"),
    **dict.fromkeys(("or", "或", "或者", "||"), "or"),
    **dict.fromkeys(("not", "非"), "not"),
}
_COMPARED = {"==": "=", "＝": "=", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "＜": "<", "＞": ">", "<>": "!="}
_FEWEST = {"min": 2, "max": 2, "abs": 1}
_MOST = {"min": 20, "max": 20, "abs": 1}
_TOKEN = re.compile(
    r"(?P<quoted>(?:\"[^\"]+\"|'[^']+'|“[^”]+”|「[^」]+」)(?:\.[^\W\d]\w*)?)|(?P<number>\d+(?:\.\d+)?(?![\w.]*[A-Za-z_])\s*[%％]?)|(?P<joined>&&|\|\|)|(?P<compared><=|>=|==|!=|<>|[<>=≤≥≠⩽⩾＜＞＝])"
    r"|(?P<sign>[-+*/(),])|(?P<name>[^\W\d][\w]*(?:\.[^\W\d][\w]*)?)|(?P<other>\S)"
)
_AFTER_NUMBER = re.compile(r"(?<=[\d%)])\s*(并且|並且|或者|且|或)")
_ANY_IN_ENGLISH = re.compile(r"\bany\s+(?:indicator(?:'s)?\s+)?(attainment|score)\b", re.IGNORECASE)
_DEEPEST = 50


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        FormulaError: it is not one; the message says why.
    """
    written = " ".join(text.split())
    if len(written) > MAX_LENGTH:
        raise FormulaError(f"the condition is longer than {MAX_LENGTH} characters")
    plain = _AFTER_NUMBER.sub(r" \1 ", written.translate(SIGNS).replace("％", "%"))
    plain = _ANY_IN_ENGLISH.sub(lambda found: f"any.{found[1].lower()}", plain)
    return Condition(written, _Reader(plain).condition())


class _Reader:
    """Reads a condition, from the loosest joint to the tightest: or, and, not, a comparison, a sum, a product, a value."""

    def __init__(self, text: str) -> None:
        self.tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text)]
        self.at = 0
        self.depth = 0

    def condition(self) -> Test:
        """Read all of it."""
        test = self.joined("or")
        if self.at < len(self.tokens):
            raise self.unexpected()
        return test

    def peek(self) -> tuple[str, str]:
        """Return the kind of the next token and its text."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self, *texts: str) -> str:
        """Take the next token if it is one of these; return nothing otherwise."""
        kind, text = self.peek()
        word = _JOINED.get(text.lower(), "") if kind in ("name", "joined") else text
        if not word or word not in texts:
            return ""
        self.at += 1
        return word

    def unexpected(self) -> FormulaError:
        """Say what does not belong where it is."""
        text = self.peek()[1]
        return FormulaError(f"`{text}` is not expected here" if text else "the condition is not complete")

    def joined(self, word: str) -> Test:
        """Read tests joined by `or`, each of tests joined by `and`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("the condition has too many parts")
        parts = [self.joined("and") if word == "or" else self.negated()]
        while self.take(word):
            parts.append(self.joined("and") if word == "or" else self.negated())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def negated(self) -> Test:
        """Read a test with `not` before it, or without."""
        if self.take("not"):
            return Junction("not", (self.negated(),))
        if self.peek()[1] == "(" and (inner := self.bracketed()) is not None:
            return inner
        return self.comparison()

    def bracketed(self) -> Test | None:
        """Read a condition in brackets; None where the brackets hold an amount, which only their end tells."""
        at, depth = self.at, self.depth
        try:
            self.take("(")
            inner = self.joined("or")
            if self.take(")") and self.peek()[0] != "compared" and self.peek()[1] not in ("+", "-", "*", "/"):
                return inner
        except FormulaError:
            pass
        self.at, self.depth = at, depth
        return None

    def comparison(self) -> Test:
        """Read two amounts compared, or three: 60% <= 完成率 < 80%."""
        amounts, signs = [self.sum()], list[str]()
        while self.peek()[0] == "compared":
            signs.append(_COMPARED.get(self.peek()[1], self.peek()[1]))
            self.at += 1
            amounts.append(self.sum())
        if not signs:
            raise FormulaError("nothing is compared: write e.g. 销售额.完成率 < 60%") if not self.peek()[1] else self.unexpected()
        compared = [Comparison(amounts[at], sign, amounts[at + 1]) for at, sign in enumerate(signs)]
        return compared[0] if len(compared) == 1 else Junction("and", tuple(compared))

    def sum(self) -> Amount:
        """Read a sum."""
        amount = self.product()
        while sign := self.take("+", "-"):
            amount = Operation(sign, (amount, self.product()))
        return amount

    def product(self) -> Amount:
        """Read a product."""
        amount = self.value()
        while sign := self.take("*", "/"):
            amount = Operation(sign, (amount, self.value()))
        return amount

    def value(self) -> Amount:
        """Read a number, a reference, a function, or a sum in brackets."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("the condition has too many parts")
        amount = self._value()
        self.depth -= 1
        return amount

    def _value(self) -> Amount:
        if self.take("-"):
            return Operation("-", (self.value(),))
        if self.take("("):
            amount = self.sum()
            if not self.take(")"):
                raise self.unexpected()
            return amount
        kind, text = self.peek()
        if kind not in ("number", "name", "quoted") or text.lower() in _JOINED:
            raise self.unexpected()
        self.at += 1
        if kind == "quoted":
            return _quoted(text)
        if kind == "number":
            return _literal(text)
        while self.peek()[0] == "name" and self.peek()[1].lower() not in _JOINED:  # a name of several words
            text += f" {self.peek()[1]}"
            self.at += 1
        return self.call(text) if text in _FEWEST and self.peek()[1] == "(" else reference(text)

    def call(self, function: str) -> Amount:
        """Read the arguments of a function."""
        self.take("(")
        parts = [self.sum()]
        while self.take(","):
            parts.append(self.sum())
        if not self.take(")"):
            raise self.unexpected()
        if not _FEWEST[function] <= len(parts) <= _MOST[function]:
            raise FormulaError(f"`{function}` takes {'one amount' if function == 'abs' else 'two amounts or more'}")
        return Operation(function, tuple(parts))


def _literal(text: str) -> Literal:
    percent = text.endswith("%")
    number = decimal(text.rstrip("% "))
    if number is None:
        raise FormulaError(f"`{text}` is not a number")
    return Literal(Fraction(number) / (100 if percent else 1), percent, text.replace(" ", ""))


def _quoted(text: str) -> Reference:
    """Read a name in quotation marks, whatever characters it has, with what of it is meant behind a dot."""
    name, fact = text[1:], ""
    for mark in "\"'”」":
        if mark in name:
            name, _, fact = name.partition(mark)
    return Reference(Subject.NAMED, name, _fact(name, fact.removeprefix(".")) if fact else None)


def _fact(name: str, word: str) -> Fact:
    if fold(word) not in _FACTS:
        raise FormulaError(f"`{word}` is nothing of an indicator: write {name}.完成率, {name}.得分 or {name}")
    return _FACTS[fold(word)]


def reference(text: str) -> Reference:
    """Read a name, with what of it is meant behind a dot."""
    word = fold(text)
    if word in _TOTALS:
        return Reference(Subject.TOTAL)
    if word in _ANY_WORDS:
        return Reference(Subject.ANY, fact=_ANY_WORDS[word])
    name, dot, fact = text.partition(".")
    if fold(name) in _ANY and _FACTS.get(fold(fact), Fact.ACTUAL) is not Fact.ACTUAL:
        return Reference(Subject.ANY, fact=_FACTS[fold(fact)])
    if not dot:
        return Reference(Subject.NAMED, name)
    return Reference(Subject.NAMED, name, _fact(name, fact))
