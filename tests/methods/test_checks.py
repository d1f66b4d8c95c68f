"""What is said of parameters that are wrong, and where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.diagnostics import Diagnostic
from genplan.plan.checks import check_plan
from genplan.plan.load import load_plan

PLAN = (
    "---\nschema: 1\ntitle: 方案\ndepartment: 部门\nindicators:\n  - name: 甲\n    weight: 100%\n    target: 100\n    scoring: RULE\n---\n"
)


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[str], list[Diagnostic]]:
    """Check a plan of one indicator that is scored by a rule, written in braces on line 9 from column 14."""

    def check(rule: str) -> list[Diagnostic]:
        (tmp_path / "p.md").write_text(PLAN.replace("RULE", rule), "utf-8")
        plan, found = load_plan(tmp_path / "p.md", "p.md")
        return [*found, *(check_plan(plan) if plan else ())]

    return check


@pytest.mark.parametrize(
    ("rule", "code", "marked", "message", "advice"),
    [
        (
            "{method: ratio, cap: 12}",
            "GP205",
            "12}",
            "`12` without a percent sign means 12 × 100 %",
            "write `12%` if a percentage is meant",
        ),
        ("{method: ratio, cap: 1001%}", "GP205", "1001%", "`1001%` is not between 0 % and 1000 %", "write a percentage, e.g. 120%"),
        ("{method: ratio, cap: -1%}", "GP205", "-1%", "`-1%` is not between 0 % and 1000 %", "write a percentage, e.g. 120%"),
        ("{method: ratio, cap: x}", "GP203", "x}", "`x` is not a share", "write a percentage, e.g. 60%"),
        (
            "{method: per-unit, per: x, points: 1}",
            "GP203",
            "x,",
            "`x` is not a number or percentage",
            "write digits, e.g. 25, 3% (of the target) or 1pp",
        ),
        ("{method: per-unit, per: 0, points: 1, steps: whole, limit: 5}", "GP337", "0,", None, "write a number above 0, e.g. `per: 3%`"),
        ("{method: ratio, floor: 90%, cap: 80%}", "GP332", "90%", None, "swap the two"),
        (
            "{method: rubric, levels: [{name: 好, score: 9}, {name: 差}]}",
            "GP364",
            "差}",
            "level `差` has no score, but others have",
            "give each level a `score:` (分数), or none; then rules decide the grades",
        ),
        (
            "{method: interpolation, points: [{at: 1, score: 2}, {at: 1, score: 3}]}",
            "GP336",
            "points:",
            "the points of `甲` are neither ascending nor descending: 1, 1",
            "write them in ascending or descending order; no two may be equal",
        ),
        ("{method: interpolation, points: [{at: 2, score: 2}, {at: 1, score: 3}, {at: 1, score: 4}]}", "GP336", "points:", None, None),
        (
            "{method: interpolation, points: [{at: 1, score: 2}, {at: 2, score: 3}], floor: 3}",
            "GP336",
            "3}",
            None,
            "write a value from 1 to 2",
        ),
    ],
)
def test_a_wrong_parameter_is_told_at_its_place_with_its_cure(
    faults: Callable[[str], list[Diagnostic]], rule: str, code: str, marked: str, message: str | None, advice: str | None
) -> None:
    found = next((each for each in faults(rule) if each.code == code), None)
    assert found is not None, faults(rule)
    assert found.span.line == 9
    assert rule[(found.span.column or 0) - 14 :].startswith(marked)
    assert message in {None, str(found.message)}
    assert advice in {None, str(found.help)}


@pytest.mark.parametrize("cap", ["0%", "1000%", "9.99", "120%"])
def test_a_share_of_up_to_a_thousand_percent_is_taken(faults: Callable[[str], list[Diagnostic]], cap: str) -> None:
    assert "GP205" not in [each.code for each in faults(f"{{method: ratio, cap: {cap}}}")]
