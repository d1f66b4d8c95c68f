"""The sandbox that templates run in: which methods, operators and filters they have, and how much a short expression may make.

What templates may use is listed here, not what they may not; docs/adding-a-kind.md has the same lists. Loops that build up text are not
bounded here: that is for the limits of the process a document is built in.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from types import FunctionType
from typing import Any, cast

import jinja2
from jinja2 import filters, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_batch, do_replace, do_round, sync_do_join, sync_do_sum
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from genplan.messages import msg

_MAX_LENGTH = 100_000
"""Longest text or list that one operator or filter may make out of shorter ones."""
_MAX_BITS = 4_096
"""Largest whole number that `*` may make."""
_MAX_PLACES = 12

_SINGLE: frozenset[type] = frozenset({float, int, Decimal})
"""Numbers, which have no length."""

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


_OF_DICTIONARIES = frozenset(dir(dict))
_OF_LOOPS = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
"""Numbers that any loop may be asked for."""
_MARKED = re.compile("[&<>'\"]")


class _Printing(CodeGenerator):
    """Writes what is printed in one step: refused where it is no text or number, and escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """No template can reach code, or take memory without bound by a short expression.

    What nearly all expressions are (a key of a dictionary, a number of the loop, a sum of floats) is told at once, and comes to the same.
    """

    intercepted_binops = frozenset({"**", "*", "+", "%"})
    code_generator_class = _Printing

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jinja's own
        super().__init__(**options, finalize=_printable)
        self.filters: dict[str, Any] = {**{name: getattr(filters, f"sync_do_{name}", FILTERS[name]) for name in _FILTERS}, **_BOUNDED}
        self.direct: frozenset[Callable[..., Any]] = frozenset()
        """Functions for templates that take their arguments alone, and are known to be safe."""
        self.printed = _printed

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja's signature
        """Return an attribute or a key."""
        kind = type(obj)
        if kind is dict and attribute not in _OF_DICTIONARIES:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if kind is LoopContext and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: jinja2.runtime.Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805, PYI063 - jinja's signature
        """Call a macro or a function."""
        kind = type(__obj)
        if kind is Macro or (kind is FunctionType and __obj in __self.direct):
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs) if kind is Macro else __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - jinja's signature
        """Allow the methods in the table, and of other objects what Jinja allows."""
        kind: type = type(obj)
        names = _methods(kind)
        return super().is_safe_attribute(obj, attr, value) if names is None else attr in names

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - jinja's signature
        """Give no `str.format`: a width in it makes text of any length."""

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - jinja's signature
        """Compute, unless the result would be too large; `%` does not format, and there is no power.

        A float with a number makes a float, which is never large.
        """
        kind, other = type(left), type(right)
        if (kind is float and (other is float or other is int)) or (kind is int and other is float):
            if operator == "*":
                return left * right
            if operator == "+":
                return left + right
        if operator == "**" or (operator == "%" and isinstance(left, str)) or not _is_small(operator, left, right):
            raise SecurityError(msg("`{operator}` on these values is not allowed in templates", operator=operator))
        return super().call_binop(context, operator, left, right)


@cache
def _methods(kind: type) -> frozenset[str] | None:
    """Return the methods that values of a type have, None where the table does not have it."""
    return next((names for known, names in _METHODS if issubclass(kind, known)), None)


def _printed(value: object) -> str:
    """Write a value into a document."""
    kind = type(value)
    if kind is str:
        text = cast("str", value)
        return escape(text) if _MARKED.search(text) else text
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is float or kind is int or kind is Decimal:
        return str(value)
    return escape(_printable(value))


def _printable(value: object) -> object:
    """Refuse what would stand in a document as Python writes it: None, True, a list."""
    if isinstance(value, str | int | float | Decimal | date | jinja2.Undefined) and not isinstance(value, bool):
        return value
    shown = (
        msg("nothing (none)")
        if value is None
        else msg("true or false")
        if isinstance(value, bool)
        else msg("a {type}", type=type(value).__name__)
    )
    raise TypeError(msg("{value} cannot be printed", value=shown))


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
        kind = type(item)
        if kind is str:
            size += len(item)  # type: ignore[arg-type]
        elif kind not in _SINGLE and isinstance(item, Sequence):
            size += len(item)
            waiting += item if isinstance(item, list | tuple) else ()
    return size


def _bounded(length: int, name: str) -> None:
    if length > _MAX_LENGTH:
        raise SecurityError(msg("`{name}` would produce more than {limit} characters or entries", name=name, limit=_MAX_LENGTH))


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
        raise SecurityError(msg("`round` to more than {limit} places", limit=_MAX_PLACES))
    return do_round(value, precision, method)  # type: ignore[arg-type] # it checks the method itself


@jinja2.pass_environment
def _sum(environment: jinja2.Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:  # noqa: ANN401 - of whatever is added
    parts = list(value)
    _bounded(_size(parts), "sum")
    return sync_do_sum(environment, parts, attribute, start)


_BOUNDED: Mapping[str, Any] = {"batch": _batch, "join": _join, "replace": _replace, "round": _round, "sum": _sum}
