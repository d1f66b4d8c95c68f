"""An indicator's own formula, `retained / members_at_start`, as a formula of the spreadsheet."""

import ast
from collections.abc import Mapping

from genplan.methods.items import Tally, tally_formula
from genplan.methods.method import Computation
from genplan.methods.spreadsheet import number
from genplan.plan.formula import Formula
from genplan.source.model import decimal

_SIGNS: dict[type[ast.operator] | type[ast.unaryop], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.UAdd: "+",
    ast.USub: "-",
}


def translate(computation: Computation, cells: Mapping[str, str]) -> str:
    """Write what works an actual out, with the cell of each figure in place of its name."""
    if isinstance(computation, Tally):
        return tally_formula(computation, cells)
    assert isinstance(computation, Formula)  # there are these two
    formula = computation
    return _write(ast.parse(formula.text, mode="eval").body, formula.text, cells)


def _write(node: ast.expr, text: str, cells: Mapping[str, str]) -> str:
    match node:
        case ast.Name(id=name):
            return cells[name]
        case ast.Constant():
            value = decimal(ast.get_source_segment(text, node))
            assert value is not None  # checked when the formula was read
            return number(value)
        case ast.UnaryOp(op=sign, operand=operand):
            return f"({_SIGNS[type(sign)]}{_write(operand, text, cells)})"
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return f"{function.upper()}({','.join(_write(argument, text, cells) for argument in arguments)})"
        case ast.BinOp(left=left, op=operator, right=right):
            return f"({_write(left, text, cells)}{_SIGNS[type(operator)]}{_write(right, text, cells)})"
    raise AssertionError(node)  # the check of formulas lets nothing else through
