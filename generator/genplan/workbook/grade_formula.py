"""How grades are found in a spreadsheet: by bounds of the total, or by rules over levels."""

from collections.abc import Callable, Mapping, Sequence

from genplan.methods.spreadsheet import chain, number
from genplan.plan.grades import Band, ranked_grades
from genplan.plan.level_rules import Rule, Statement, read_rule
from genplan.plan.load import PlanFile
from genplan.workbook import expressions as ex


def placed_by_level(plan: PlanFile, entries: Mapping[str, Callable[[int], str]]) -> Callable[[int], str]:
    """Find the place of the first grade whose rule holds in a row; the last grade has none. `entries` hold levels, by indicator."""
    rules = [read_rule(plan, each.grade.when) if each.grade.when else None for each in ranked_grades(plan.plan)]

    def place(row: int) -> str:
        cells = {key: cell(row) for key, cell in entries.items()}
        return chain([(level_rule(rule, cells) if rule else "TRUE", str(at)) for at, rule in enumerate(rules, 1)], "0")

    return place


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


def places(graded: Sequence[Band], total: str) -> list[tuple[str, str]]:
    """List the condition of each band of totals, with its place from the best down."""
    cases = []
    for place, band in enumerate(graded, 1):
        conditions = [f"{total}>={number(band.lower)}"]
        if band.upper is not None:
            conditions.append(f"{total}{'<=' if band.highest else '<'}{number(band.upper)}")
        cases.append((f"AND({','.join(conditions)})", str(place)))
    return cases
