"""Lists the small changes that may be made to a file, one at a time."""

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator/genplan"

_SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
_NOT_CODE = {"annotation", "returns", "decorator_list", "bases"}
_WITHOUT_EFFECT = (ast.Assert, ast.Import, ast.ImportFrom, ast.Pass)


@dataclass(frozen=True)
class Change:
    """A change of one place in a file; `apply` makes it in the tree of that file. `lines` are those of its statement."""

    file: str
    lines: range
    line: int
    text: str
    what: str
    tree: ast.Module
    apply: Callable[[], None]

    @property
    def module(self) -> str:
        """The name that the file is imported by."""
        return ".".join(("genplan", *Path(self.file).with_suffix("").parts)).removesuffix(".__init__")

    @property
    def key(self) -> tuple[str, str, str]:
        """What tools/mutants.toml names it by."""
        return self.file, self.text, self.what

    def sampling_key(self, seed: str) -> bytes:
        """Return what a sample is drawn by: the same for the same change, wherever it moves in its file."""
        return hashlib.sha256(f"{seed} {self.key}".encode()).digest()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}\n    {self.what}"


def changes(file: Path) -> Iterator[Change]:
    """List the changes of a file of genplan."""
    text = file.read_text("utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    for place in _places(tree, ast.Pass(lineno=1, end_lineno=1)):
        for other in _variants(place.node):
            ast.fix_missing_locations(ast.copy_location(other, place.node))
            line = getattr(place.shown, "lineno", place.statement.lineno)
            apply = partial(place.put, other)
            yield Change(
                file.relative_to(PACKAGE).as_posix(),
                _lines(place.statement),
                line,
                lines[line - 1].strip(),
                place.description(other),
                tree,
                apply,
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of the code that may be changed, what it is part of, the statement it is in, and what puts another in its place."""

    node: ast.AST
    parent: ast.AST
    statement: ast.stmt
    put: Callable[[ast.AST], None]

    @property
    def shown(self) -> ast.AST:
        """What is shown of the code."""
        return self.parent if isinstance(self.parent, ast.expr | ast.AugAssign | ast.keyword) else self.node

    def description(self, other: ast.AST) -> str:
        """Describe a change."""
        before = _brief(self.shown)
        self.put(other)
        after = _brief(self.shown if self.shown is not self.node else other)
        self.put(self.node)
        return f"{before}  ->  {after}"


def _places(node: ast.AST, statement: ast.stmt) -> Iterator[_Place]:
    for name, value in ast.iter_fields(node):
        if name in _NOT_CODE:
            continue
        parts = [(partial(value.__setitem__, at), each) for at, each in enumerate(value)] if isinstance(value, list) else []
        for put, part in parts or [(partial(setattr, node, name), value)]:
            if isinstance(part, ast.AST) and not isinstance(part, _WITHOUT_EFFECT) and not _has_no_effect(part):
                within = part if isinstance(part, ast.stmt) else statement
                yield _Place(part, node, within, put)
                yield from _places(part, within)


def _has_no_effect(node: ast.AST) -> bool:
    """Return whether code does nothing in a run without bugs: docstrings, `__all__`, type variables and aliases, `strict` for `zip`."""
    match node:
        case (
            ast.Expr(value=ast.Constant())
            | ast.Assign(targets=[ast.Name(id="__all__")])
            | ast.Assign(value=ast.Call(func=ast.Name("TypeVar")))
        ):
            return True
        case ast.AnnAssign(annotation=ast.Name("TypeAlias")) | ast.keyword(arg="strict", value=ast.Constant(True)):
            return True
    return False


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may replace a part of the code, each once."""
    if type(node) in _SWAPPED:
        yield _SWAPPED[type(node)]()
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.Call):
        yield from (
            ast.Call(node.func, node.args, [each for each in node.keywords if each is not one])
            for one in node.keywords
            if one.arg and not _has_no_effect(one)
        )
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, [], node.is_async)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Raise | ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield ast.Pass()
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(node.test, ast.Name | ast.Call | ast.Attribute):
        other = copy.copy(node)
        other.test = ast.UnaryOp(ast.Not(), node.test)
        yield other


def _constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"{value}x")
    elif isinstance(value, bytes):
        yield ast.Constant(value + b"x")


def _lines(statement: ast.stmt) -> range:
    """Return the lines of a statement, without those of statements in it."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(last, statement.lineno) + 1)


def _brief(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:200] or type(node).__name__
