"""Functions that WeasyPrint's modules import by name from one another."""

import sys
from typing import Any

from genplan.writers.quick.replacement import Replacement


def everywhere(home: Any, name: str, new: object) -> list[Replacement]:  # noqa: ANN401 - a module
    """Replace a function in the module that defines it, and in each of WeasyPrint's that took it over under the same name."""
    old = getattr(home, name)
    modules = [module for key, module in sorted(sys.modules.items()) if key.startswith("weasyprint.")]
    return [Replacement(module, name, new) for module in modules if module.__dict__.get(name) is old]
