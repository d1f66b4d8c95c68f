"""A function of a library, and the one that stands for it."""

import inspect
import sys
from dataclasses import dataclass, field
from typing import Any

_ABSENT = object()


@dataclass
class Replacement:
    """`new` stands for the attribute `name` of `owner`, a module or a class."""

    owner: Any
    name: str
    new: Any
    old: Any = field(init=False)

    def __post_init__(self) -> None:
        self.old = inspect.getattr_static(self.owner, self.name, _ABSENT)

    @property
    def fits(self) -> bool:
        """Whether there is something to stand for, and it takes the same parameters."""
        return self.old is not _ABSENT and _parameters(self.old) == _parameters(self.new)

    def install(self) -> None:
        """Put the new one in place."""
        setattr(self.owner, self.name, self.new)

    def remove(self) -> None:
        """Put the old one back."""
        setattr(self.owner, self.name, self.old)


def _parameters(thing: Any) -> list[str]:  # noqa: ANN401 - a function, a property, or a class
    function = thing.fget if isinstance(thing, property) else vars(thing).get("__init__") if isinstance(thing, type) else thing
    return list(inspect.signature(function).parameters) if inspect.isfunction(function) else []


def everywhere(home: Any, name: str, new: object) -> list[Replacement]:  # noqa: ANN401 - a module
    """Replace a function in the module that defines it, and in each of WeasyPrint's that took it over under the same name."""
    old = getattr(home, name)
    modules = [module for key, module in sorted(sys.modules.items()) if key.startswith("weasyprint.")]
    return [Replacement(module, name, new) for module in modules if module.__dict__.get(name) is old]
