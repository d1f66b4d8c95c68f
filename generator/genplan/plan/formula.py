"""Formulas: an indicator's actual worked out from collected figures, `retained / members_at_start`.

The language is arithmetic and no more: names, numbers, `+ - * /`, brackets, `min`, `max` and `abs`. Two allow-lists, of words and of what
they make, keep everything else out, with Python's own parser between them; nothing is ever evaluated as Python. Chinese names and the signs
× ÷ （ ） ， are welcome.
"""

import ast
import keyword
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from genplan.messages import msg
from genplan.source.model import decimal

MAX_LENGTH = 500
_DEEPEST = 100
"""Python's own stack holds many times as much."""

SIGNS = str.maketrans("×÷（），＋－−＊／．０１２３４５６７８９", "*/(),+--*/.0123456789")
_WORD = re.compile(r"[\w.]+|\S")


class FormulaError(ValueError):
    """What is wrong with a formula, or with the numbers it was given.

    `column` counts from 1 where a place is known, and `divisor` is the name or the part of the formula that is zero, where that is wrong.
    """

    def __init__(self, message: str, column: int | None = None, divisor: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.divisor = divisor


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that can be computed. `text` is how it was written, `names` are the inputs it asks for, in the order met."""

    text: str
    names: tuple[str, ...]
    _plain: str
    _body: ast.expr

    def compute(self, inputs: Mapping[str, Fraction]) -> Fraction:
        """Work the formula out, exactly.

        Raises:
            FormulaError: a divisor is zero.
            KeyError: an input is missing.
        """
        return _value(self._body, self._plain, inputs)

    @property
    def factors(self) -> frozenset[Fraction]:
        """The numbers that the formula multiplies figures by: 100 in `retained / members * 100`; of a sum, those of each part."""
        return _factors(self._body, self._plain)


_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_SIGNED: dict[type[ast.unaryop], Callable[[Fraction], Fraction]] = {ast.UAdd: lambda a: a, ast.USub: lambda a: -a}
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {"min": min, "max": max, "abs": abs}
_FEWEST = {"min": 2, "max": 2, "abs": 1}
_MOST = {"min": 20, "max": 20, "abs": 1}


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        FormulaError: it is not one; the message says why, and where.
    """
    written = " ".join(text.split())
    plain = written.translate(SIGNS)
    if len(plain) > MAX_LENGTH:
        raise FormulaError(msg("the formula is longer than {limit} characters", limit=MAX_LENGTH))
    for word in _WORD.finditer(plain):
        _check_word(word[0], word.start() + 1)
    try:
        body = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        what = msg("the formula cannot be parsed") if plain.count("(") == plain.count(")") else msg("the formula has an unmatched bracket")
        raise FormulaError(what, getattr(error, "offset", None)) from None
    names: dict[str, None] = {}
    _check(body, plain, names)
    return Formula(written, tuple(names), plain, body)


def _check_word(word: str, column: int) -> None:
    """Let through numbers, names and the signs of arithmetic."""
    if keyword.iskeyword(word):
        raise FormulaError(msg("`{word}` is not allowed as a name in a formula", word=word), column)
    if not (word in "+-*/()," or word.isidentifier() or decimal(word) is not None):
        if len(word) == 1:
            raise FormulaError(msg("`{text}` is not arithmetic", text=word), column)
        message = msg(
            "`{word}` is neither a number nor a name (letters, Chinese characters, `_`, and digits after the first character)", word=word
        )
        raise FormulaError(message, column)


def _check(node: ast.expr, text: str, names: dict[str, None], depth: int = 0) -> None:
    """Let through only what `_value` computes."""
    column = len(text.encode()[: node.col_offset].decode()) + 1
    if depth > _DEEPEST:
        raise FormulaError(msg("the formula has too many parts"), column)
    match node:
        case ast.Name(id=name) if name not in _FUNCTIONS:
            names[name] = None
        case ast.Constant() if _number(node, text) is not None:
            pass
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            _check(left, text, names, depth + 1)
            _check(right, text, names, depth + 1)
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNED:
            _check(operand, text, names, depth + 1)
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]) if (
            function in _FUNCTIONS and _FEWEST[function] <= len(arguments) <= _MOST[function]
        ):
            for argument in arguments:
                _check(argument, text, names, depth + 1)
        case _:
            raise FormulaError(msg("`{text}` is not arithmetic", text=ast.get_source_segment(text, node)), column)


def _number(node: ast.Constant, text: str) -> Fraction | None:
    """Read the digits as written: the parser has made a binary fraction of them."""
    number = decimal(ast.get_source_segment(text, node))
    return None if number is None else Fraction(number)


def _value(node: ast.expr, text: str, inputs: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Name(id=name):
            return inputs[name]
        case ast.Constant():
            number = _number(node, text)
            assert number is not None  # checked when parsed
            return number
        case ast.UnaryOp(op=sign, operand=operand):
            return _SIGNED[type(sign)](_value(operand, text, inputs))
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return _FUNCTIONS[function](*(_value(argument, text, inputs) for argument in arguments))
        case ast.BinOp(left=left, op=operator, right=right):
            divisor = _value(right, text, inputs)
            if isinstance(operator, ast.Div) and not divisor:
                part = ast.get_source_segment(text, right) or ""
                name = right.id if isinstance(right, ast.Name) else part
                raise FormulaError(msg("`{part}` is zero, so it cannot be a divisor", part=part), divisor=name)
            return _OPERATORS[type(operator)](_value(left, text, inputs), divisor)
    raise AssertionError(node)  # the check lets nothing else through


def _factors(node: ast.expr, text: str) -> frozenset[Fraction]:
    match node:
        case ast.Constant():
            return frozenset({_number(node, text) or Fraction(0)})
        case ast.UnaryOp(operand=operand):
            return _factors(operand, text)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as operator, right=right):
            divides = isinstance(operator, ast.Div)
            pairs = [(a, b) for a in _factors(left, text) for b in _factors(right, text)]
            return frozenset(a / b if divides else a * b for a, b in pairs if b or not divides)
        case ast.BinOp(left=left, right=right):
            return _of_parts([left, right], text)
        case ast.Call(args=arguments):
            return _of_parts(arguments, text)
    return frozenset({Fraction(1)})


def _of_parts(nodes: list[ast.expr], text: str) -> frozenset[Fraction]:
    """Gather the factors of the parts of a sum; a number alone is none."""
    return frozenset(factor for node in nodes if not isinstance(node, ast.Constant) for factor in _factors(node, text))
