"""Rules over levels as formulas."""

from collections.abc import Mapping

from genplan.plan.level_rules import Rule, Statement
from genplan.workbook import expressions as ex


def level_rule(rule: Rule, cells: Mapping[str, str]) -> str:
    """Tell whether a rule holds; `cells` hold the levels, by the key of the indicator. Blank cells are passed over."""
    return f"OR({','.join(f'AND({chr(44).join(_statement(each, cells) for each in group)})' for group in rule)})"


def _statement(statement: Statement, cells: Mapping[str, str]) -> str:
    found = "+".join(_accepted(cells[key], accepted) for key, accepted in statement.accepted.items())
    filled = "+".join(f"IF({ex.blank(cells[key])},0,1)" for key in statement.accepted)
    if statement.negated:
        return f"({found})=0"
    if statement.most:
        return f"2*({found})>({filled})"
    return f"AND(({found})=({filled}),({filled})>0)" if statement.fewest is None else f"({found})>={statement.fewest}"


def _accepted(cell: str, accepted: frozenset[str]) -> str:
    """Give 1 where a cell holds one of some levels."""
    tests = ",".join(f"EXACT(TRIM({cell}),{ex.text(level)})" for level in sorted(accepted))
    return f"IF(OR({tests}),1,0)" if tests else "0"
