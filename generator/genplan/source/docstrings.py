"""What stands below a class's fields, for schemas and references.

Pydantic reads it when a class is made, parsing the source of each, which every start of a command would wait for.
"""

import ast
import inspect
from itertools import pairwise
from textwrap import dedent


def field_docstrings(model: type) -> dict[str, str]:
    """Return the docstring of each field that has one, by its name, those of the class's bases among them."""
    docstrings: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if each.__module__.partition(".")[0] == model.__module__.partition(".")[0]:
            docstrings |= _own(each)
    return docstrings


def _own(model: type) -> dict[str, str]:
    (definition,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(definition.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
