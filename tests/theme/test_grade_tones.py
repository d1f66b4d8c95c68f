"""Which grades are good or bad, for colours."""

from pathlib import Path

import pytest

from genplan.plan.load import load_plan
from genplan.theme.context.grades import grade_tones

PLAN = """---
schema: 1
title: 考核方案
department: 运营部
cycle: quarterly
indicators: [{{name: 甲, weight: 100%}}]
grades:
{}
---
"""


@pytest.mark.parametrize(
    ("grades", "tones"),
    [
        (["{name: 甲, from: 0}"], {}),
        (["{name: 合格, from: 60}", "{name: 不合格, from: 0}"], {"合格": "good", "不合格": "bad"}),
        (["{name: 差, from: 0}", "{name: 优, from: 90}", "{name: 良, from: 60}"], {"优": "good", "差": "bad"}),
        (
            [
                "{name: 优, from: 90}",
                "{name: 良, from: 80, coefficient: 1}",
                "{name: 中, from: 60, coefficient: 0.8}",
                "{name: 差, from: 0}",
            ],
            {"优": "good", "中": "caution", "差": "bad"},
        ),
        (
            [f"{{name: {name}, from: {lower}}}" for name, lower in zip("优良中可差", (90, 80, 70, 60, 0), strict=True)],
            {"优": "good", "可": "caution", "差": "bad"},
        ),
        (["{name: 优, coefficient: 0.9}", "{name: 差}"], {"优": "good", "差": "bad"}),
    ],
)
def test_tones_of_grades(tmp_path: Path, grades: list[str], tones: dict[str, str]):
    path = tmp_path / "plan.md"
    path.write_text(PLAN.format("\n".join(f"  - {grade}" for grade in grades)), "utf-8")
    plan, found = load_plan(path, "plan.md")
    assert plan is not None, found
    assert grade_tones(plan.plan) == tones
