"""Text of macros that is kept: a macro that sees nothing but its arguments prints the same for the same ones.

Such are the macros of a template that is imported without context: widths of columns, head rows, a number with its unit. They are
called for each document with what they were called with for the one before.
"""

from collections.abc import Mapping
from decimal import Decimal
from operator import is_
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

_MOST = 128
"""Results kept of one macro; then it starts anew."""
_LONGEST = 20_000
_LONGEST_ARGUMENT = 200
_FEW = 40
"""Twice as many values and lists as arguments may consist of: what there is much of is about one person, and comes once."""
_EXACT = frozenset({str, int, bool, type(None), Markup})
_NAME = "_kept"
"""Attribute of a macro that templates cannot see, as none that starts so."""
_OFTEN = 9
"""From so many times on that a module is made, it is worth finding out what it sees."""
_Key = tuple[object, ...]


class KeepingTemplate(jinja2.Template):
    """Keeps a module that sees the same as before, and marks the macros of those that are kept."""

    _made = 0
    _seen: frozenset[str] | None = None
    _last: tuple[tuple[object, ...], TemplateModule] | None = None

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - jinja's name
        shared: bool = False,  # noqa: FBT001, FBT002 - jinja's
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - jinja's name
    ) -> TemplateModule:
        """Make the module of the template, or give the last one where it would be the same.

        With a context it is the same where what its text names is: charts see the brand, and nothing of the person.
        """
        if vars is None and locals is None:
            return self._marked(super().make_module(vars, shared, locals))
        self._made += 1
        if self._made == _OFTEN:
            seen = names_seen(self.environment, self.name)
            self._seen = None if seen is None else seen | self.environment.globals.keys()
        if self._seen is None:
            return super().make_module(vars, shared, locals)
        known, own = vars or {}, locals or {}
        held = tuple(known.get(name, missing) if own.get(name, missing) is missing else own[name] for name in self._seen)
        if self._last is None or not all(map(is_, self._last[0], held)):
            self._last = held, self._marked(super().make_module(vars, shared, locals))
        return self._last[1]

    def _marked(self, module: TemplateModule) -> TemplateModule:
        if self.name not in self.environment.changing:  # type: ignore[attr-defined]
            for value in list(module.__dict__.values()):
                if type(value) is Macro:
                    setattr(value, _NAME, {})
        return module


def names_seen(environment: jinja2.Environment, name: str | None, within: frozenset[str | None] = frozenset()) -> frozenset[str] | None:
    """List the names that a template, and those that see its context, take from there; None where that cannot be told beforehand."""
    if name is None or environment.loader is None or name in environment.changing:  # type: ignore[attr-defined]
        return None
    template = environment.parse(environment.loader.get_source(environment, name)[0])
    if any(template.find_all((nodes.Extends, nodes.Block, nodes.ContextReference, nodes.DerivedContextReference))):
        return None
    seen = set(find_undeclared_variables(template))
    for inner in template.find_all((nodes.Import, nodes.FromImport, nodes.Include)):
        if isinstance(inner, nodes.Include) or inner.with_context:  # type: ignore[attr-defined]
            place = inner.template  # type: ignore[attr-defined]
            if not isinstance(place, nodes.Const) or not isinstance(place.value, str):
                return None
            joined = environment.join_path(place.value, name)
            others = frozenset() if joined in within else names_seen(environment, joined, within | {name})
            if others is None:
                return None
            seen |= others
    return frozenset(seen)


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
    return _add_items(parts, value)


def _add_items(parts: list[object], value: object) -> bool:
    kind = type(value)
    if kind is not list and kind is not tuple and kind is not dict:
        return False
    held: list[object] = [item for pair in value.items() for item in pair] if kind is dict else value  # type: ignore[attr-defined, assignment]
    parts += (kind, len(held))
    return len(parts) + 2 * len(held) <= _FEW and all(_add(parts, item) for item in held)
