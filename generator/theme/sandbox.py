"""The sandbox that templates run in: which methods, operators and filters they have, and how much a short expression may make.

What templates may use is listed here, not what they may not; docs/adding-a-kind.md has the same lists. Loops that build up text are not
bounded here: that is for the limits of the process a document is built in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_batch, do_replace, do_round, sync_do_join, sync_do_sum
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MAX_LENGTH = 100_000
"""Longest text or list that one operator or filter may make out of shorter ones."""
_MAX_BITS = 4_096
"""Largest whole number that `*` may make."""
_MAX_PLACES = 12
_NUMBERS = frozenset({float, int})
"""A float with one of them makes a float, which is never large."""

_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (
        str,
        frozenset(
            {"split", "splitlines", "strip", "lstrip", "rstrip", "startswith", "endswith", "removeprefix", "removesuffix"}
            | {"lower", "upper", "partition", "rpartition", "count", "find", "isdigit"}
        ),
    ),
    (dict, frozenset({"items", "keys", "values", "get"})),
    ((list, tuple), frozenset({"index", "count"})),
    (date, frozenset({"year", "month", "day", "isoformat"})),
    ((int, float, Decimal), frozenset()),
)
"""What values have for templates; of Jinja's own objects (`loop`, macros) it is what Jinja's sandbox allows."""

_FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby", "int", "items"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "safe", "select", "selectattr"),
    *("sort", "string", "title", "trim", "truncate", "unique", "upper"),
)


class Sandbox(ImmutableSandboxedEnvironment):
    """No template can reach code, or take memory without bound by a short expression."""

    intercepted_binops = frozenset({"**", "*", "+", "%"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jinja's own
        super().__init__(**options, finalize=_printable)
        self.filters: dict[str, Any] = {**{name: FILTERS[name] for name in _FILTERS}, **_BOUNDED}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - jinja's signature
        """Allow the methods in the table, and of other objects what Jinja allows."""
        for kind, names in _METHODS:
            if isinstance(obj, kind):
                return attr in names
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - jinja's signature
        """Give no `str.format`: a width in it makes text of any length."""

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - jinja's signature
        """Compute, unless the result would be too large; `%` does not format, and there is no power."""
        kinds = type(left), type(right)
        if operator in {"+", "*"} and float in kinds and _NUMBERS.issuperset(kinds):
            return self.binop_table[operator](left, right)
        if operator == "**" or (operator == "%" and isinstance(left, str)) or not _is_small(operator, left, right):
            raise SecurityError(f"`{operator}` on these values is not allowed in templates")
        return super().call_binop(context, operator, left, right)


def _printable(value: object) -> object:
    """Refuse what would stand in a document as Python writes it: None, True, a list."""
    if isinstance(value, str | int | float | Decimal | date | jinja2.Undefined) and not isinstance(value, bool):
        return value
    shown = "nothing (none)" if value is None else "true or false" if isinstance(value, bool) else f"a {type(value).__name__}"
    raise TypeError(f"{shown} cannot be printed")


def _is_small(operator: str, left: object, right: object) -> bool:
    if operator == "+":
        return _size(left) + _size(right) <= _MAX_LENGTH
    if operator == "*" and isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length() <= _MAX_BITS
    if operator == "*":
        times = next((value for value in (left, right) if isinstance(value, int)), 0)
        return (_size(left) or _size(right)) * times <= _MAX_LENGTH
    return True


def _size(value: object) -> int:
    """Count characters and entries, those of inner lists as well, until there are too many."""
    size = 0
    waiting = [value]
    while waiting and size <= _MAX_LENGTH:
        item = waiting.pop()
        if isinstance(item, Sequence):
            size += len(item)
            waiting += item if isinstance(item, list | tuple) else ()
    return size


def _bounded(length: int, name: str) -> None:
    if length > _MAX_LENGTH:
        raise SecurityError(f"`{name}` would make more than {_MAX_LENGTH} characters or entries")


@jinja2.pass_environment
def _batch(_environment: jinja2.Environment, value: Iterable[Any], size: int, fill_with: object = None) -> Iterable[list[Any]]:
    _bounded(size, "batch")
    return do_batch(value, size, fill_with)


@jinja2.pass_eval_context
def _join(context: jinja2.nodes.EvalContext, value: Iterable[Any], separator: str = "", attribute: str | int | None = None) -> str:
    parts = list(value)
    _bounded(len(separator) * len(parts) + _size(parts), "join")
    return sync_do_join(context, parts, separator, attribute)


@jinja2.pass_eval_context
def _replace(context: jinja2.nodes.EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    _bounded(len(str(text)) + str(text).count(old) * len(new), "replace")
    return do_replace(context, text, old, new, count)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    if abs(precision) > _MAX_PLACES:
        raise SecurityError(f"`round` to more than {_MAX_PLACES} places")
    return do_round(value, precision, method)  # type: ignore[arg-type] # it checks the method itself


@jinja2.pass_environment
def _sum(environment: jinja2.Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:  # noqa: ANN401 - of whatever is added
    parts = list(value)
    _bounded(_size(parts), "sum")
    return sync_do_sum(environment, parts, attribute, start)


_BOUNDED: Mapping[str, Any] = {"batch": _batch, "join": _join, "replace": _replace, "round": _round, "sum": _sum}
