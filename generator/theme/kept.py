"""Text of macros that is kept: a macro that sees nothing but its arguments prints the same for the same ones.

Such are the macros of a template that is imported without context: widths of columns, head rows, a number with its unit. They are
called for each document with what they were called with for the one before.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from markupsafe import Markup

_MOST = 128
"""Results kept of one macro; then it starts anew."""
_LONGEST = 20_000
_LONGEST_ARGUMENT = 200
_LARGEST = 16
"""Entries of a list or dictionary that is looked into."""
_EXACT = frozenset({str, int, bool, type(None), Markup})
_NAME = "_kept"
"""Attribute of a macro that templates cannot see, as none that starts so."""
_Key = tuple[object, ...]


class KeepingTemplate(jinja2.Template):
    """Marks the macros of a module that is made without a context."""

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None  # noqa: A002, FBT001, FBT002 - jinja's names
    ) -> TemplateModule:
        """Make the module of the template."""
        module = super().make_module(vars, shared, locals)
        if vars is None and locals is None and self.name not in self.environment.changing:  # type: ignore[attr-defined]
            for value in list(module.__dict__.values()):
                if type(value) is Macro:
                    setattr(value, _NAME, {})
        return module


def changes_outside(template: nodes.Template) -> bool:
    """Tell whether a macro may change a namespace that is not its own, and so print other text the next time."""
    for macro in template.find_all(nodes.Macro):
        own = {target.name for made in macro.find_all(nodes.Assign) for target in made.find_all(nodes.Name) if target.ctx == "store"}
        if any(reference.name not in own for reference in macro.find_all(nodes.NSRef)):
            return True
    return False


def called(macro: Macro, context: nodes.EvalContext, args: tuple[object, ...], kwargs: dict[str, object]) -> Any:  # noqa: ANN401 - text, marked as safe or not
    """Call a macro, or give what it printed for these arguments."""
    kept: dict[_Key, str] | None = getattr(macro, _NAME, None)
    key = _key(args, kwargs) if kept is not None else None
    if kept is None or key is None:
        return macro(context, *args, **kwargs)
    key = (context.autoescape, *key)
    found = kept.get(key)
    if found is None:
        found = macro(context, *args, **kwargs)
        if len(found) <= _LONGEST:
            if len(kept) >= _MOST:
                kept.clear()
            kept[key] = found
    return found


def _key(args: tuple[object, ...], kwargs: dict[str, object]) -> _Key | None:
    """Tell arguments apart as far as templates can; None where there are others than plain data, or too many."""
    parts: list[object] = []
    for value in args:
        if not _add(parts, value):
            return None
    for name, value in kwargs.items():
        parts.append(name)
        if not _add(parts, value):
            return None
    return tuple(parts)


def _add(parts: list[object], value: object) -> bool:
    kind = type(value)
    if kind in _EXACT:
        if (kind is str or kind is Markup) and len(value) > _LONGEST_ARGUMENT:  # type: ignore[arg-type]
            return False
        parts += (kind, value)
        return True
    if kind is float or kind is Decimal:
        parts += (kind, str(value))  # 0.0 is -0.0, and 1.0 is 1.00, but not in print
        return True
    if kind is list or kind is tuple:
        if len(value) > _LARGEST:  # type: ignore[arg-type]
            return False
        parts += (kind, len(value))  # type: ignore[arg-type]
        return all(_add(parts, item) for item in value)  # type: ignore[attr-defined]
    if kind is dict:
        if len(value) > _LARGEST:  # type: ignore[arg-type]
            return False
        parts += (kind, len(value))  # type: ignore[arg-type]
        return all(_add(parts, item) for pair in value.items() for item in pair)  # type: ignore[attr-defined]
    return False
