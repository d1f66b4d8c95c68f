"""Rules over levels, in English and Chinese."""

from pathlib import Path

import pytest

from genplan.plan.level_rules import RuleError, holds, read_rule
from genplan.plan.load import PlanFile, load_plan

PLAN = """---
schema: 1
title: 考核方案
department: 机关
dimensions:
  - name: Values and behaviours
    indicators:
      - {name: Respect and dignity, id: respect, scoring: {method: rubric, levels: [优, 良, 中, 差]}}
      - {name: Working together, scoring: {method: rubric, levels: [优, 良, 中, 差]}}
  - name: 业绩
    indicators:
      - {name: 目标, scoring: {method: rubric, levels: [Exceeded, Met all, '3', 差]}}
grades:
  - {name: 甲, when: 没有指标为差}
  - {name: 乙}
---
"""


@pytest.fixture
def plan(tmp_path: Path) -> PlanFile:
    (tmp_path / "plan.md").write_text(PLAN, "utf-8")
    loaded, found = load_plan(tmp_path / "plan.md", "plan.md")
    assert loaded is not None, found
    return loaded


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("no indicator of Values and behaviours below 良", False),
        ("no element in values and behaviours below 中", True),
        ("Values and behaviours的任一指标低于良", True),
        ("any indicator 差", False),
        ("任一指标为差", False),
        ("Respect and dignity 优 and 目标 Met all or better", True),
        ("respect is 良 or better and Working together is below 良", True),
        ("respect below 优 or 目标 rated Exceeded", False),
        ("respect为优，且目标不低于Met all", True),
        ("respect低于优或目标为Met all", True),
        ("目标 3 or better", True),
        ("at least 2 indicators of Values and behaviours 中 or better", True),
        ("Values and behaviours的至少2项指标不低于良", False),
        ("most indicators of Values and behaviours 优", False),
        ("Values and behaviours的半数以上指标不低于中", True),
        ("all objectives of 业绩 Met all", True),
        ("业绩的所有指标为Exceeded", False),
        ("目标达到Met all及以上", True),
    ],
)
def test_rules(plan, rule, wanted):
    levels = {"respect": ["优"], "Working together": ["中"], "目标": ["Met all"]}
    assert holds(read_rule(plan, rule), levels) is wanted


@pytest.mark.parametrize(("rule", "holding"), [("no indicator 差", True), ("all indicators 差", False), ("any indicator 差", False)])
def test_what_has_no_level_is_passed_over(plan, rule, holding):
    assert holds(read_rule(plan, rule), {}) is holding


@pytest.mark.parametrize(
    ("rule", "level"),
    [
        ("大部分不错", ""),
        ("任一指标为差 以及", ""),
        ("no indicator below", ""),
        ("any indicator of 能力 差", ""),
        ("no indicator below 良", "良"),
        ("and any indicator 差", ""),
        ("respect 优 and", ""),
    ],
)
def test_other_rules_are_refused(plan, rule, level):
    with pytest.raises(RuleError) as error:
        read_rule(plan, rule)
    assert error.value.level == level
