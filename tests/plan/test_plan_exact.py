"""Numbers are exact: no float in the model of a plan, nor in the code that scores."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from genplan.plan.model import Plan
from genplan.source.model import Model

PACKAGE = Path(__file__).parents[2] / "generator/genplan"
SOURCES = sorted(path for folder in ("plan", "scoring") for path in (PACKAGE / folder).rglob("*.py"))


def _floats(tree: ast.AST) -> Iterator[int]:
    """Give the lines that hold a float literal or the name `float`, as a call or an annotation."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Constant) and isinstance(node.value, float)) or (isinstance(node, ast.Name) and node.id == "float"):
            yield node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_float_in_the_code(path: Path) -> None:
    assert list(_floats(ast.parse(path.read_text("utf-8")))) == []


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    if isinstance(annotation, type) and issubclass(annotation, Model):
        for field in annotation.model_fields.values():
            yield from _types(field.annotation)
    for argument in get_args(annotation):
        yield from _types(argument)


def test_no_float_in_the_model() -> None:
    held = list(_types(Plan))
    assert len(held) > 100
    assert float not in held
