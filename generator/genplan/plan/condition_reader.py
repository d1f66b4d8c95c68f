"""Reads conditions (condition.py) from text."""

import re
from fractions import Fraction

from genplan.messages import msg
from genplan.methods.parameters import ACTUAL_WORDS, ATTAINMENT_WORDS
from genplan.plan.condition import Amount, Comparison, Condition, Fact, Junction, Literal, Operation, Reference, Subject, Test
from genplan.plan.formula import MAX_LENGTH, SIGNS, FormulaError
from genplan.source.model import decimal
from genplan.source.text import fold

_TOTALS = frozenset({"total", "总分", "總分"})
_FACTS: dict[str, Fact] = {
    **dict.fromkeys(ATTAINMENT_WORDS, Fact.ATTAINMENT),
    **dict.fromkeys(("得分", "score"), Fact.SCORE),
    **dict.fromkeys(ACTUAL_WORDS, Fact.ACTUAL),
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
        raise FormulaError(msg("the condition is longer than {limit} characters", limit=MAX_LENGTH))
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
        return FormulaError(msg("`{text}` is not expected here", text=text) if text else msg("the condition is not complete"))

    def joined(self, word: str) -> Test:
        """Read tests joined by `or`, each of tests joined by `and`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError(msg("the condition has too many parts"))
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
            raise FormulaError(msg("nothing is compared: write e.g. 销售额.完成率 < 60%")) if not self.peek()[1] else self.unexpected()
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
            raise FormulaError(msg("the condition has too many parts"))
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
            template = msg("`{function}` takes one amount") if function == "abs" else msg("`{function}` takes two amounts or more")
            raise FormulaError(template.with_values(function=function))
        return Operation(function, tuple(parts))


def _literal(text: str) -> Literal:
    percent = text.endswith("%")
    number = decimal(text.rstrip("% "))
    if number is None:
        raise FormulaError(msg("`{text}` is not a number", text=text))
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
        raise FormulaError(msg("`{word}` is nothing of an indicator: write {name}.完成率, {name}.得分 or {name}", word=word, name=name))
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
