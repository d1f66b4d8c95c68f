"""Indicators agreed with each person: a person's documents have theirs, the others the names of the places."""

from datetime import date
from pathlib import Path

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import assess

PLAN = """---
schema: 1
title: 软件工程师考核方案
department: 研发中心
period: 2026-Q3
dimensions:
  - name: OKR
    weight: 60%
    indicators: [{name: 关键结果1, own: yes}, {name: 关键结果2, own: yes}, {name: 关键结果3, own: yes}]
  - {name: 行为, weight: 40%, indicators: [{name: 协作}]}
grades: [{name: A, from: 90}, {name: B, from: 60}]
improvement: {below: A}
goals: goals-2026-Q3.csv
KEYS
---
"""
GOALS = "工号,姓名,指标,内容\n01,甲,关键结果1,留存率升至75%\n01,甲,关键结果2,时长减半\n02,乙,关键结果3,重构上线\n"
SCORES = "工号,姓名,关键结果1,关键结果2,关键结果3,协作\n01,甲,80,60,,90\n02,乙,,,80,90\n"


def documents(tmp_path: Path, theme: Theme, *, results: bool) -> dict[tuple[str, str], str]:
    (tmp_path / "p.md").write_text(PLAN.replace("KEYS", "results: results-2026-Q3.csv" if results else ""), "utf-8")
    (tmp_path / "goals-2026-Q3.csv").write_text(GOALS, "utf-8")
    (tmp_path / "results-2026-Q3.csv").write_text(SCORES, "utf-8")
    assessment, found = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    assert not found
    made = {}
    for order in list_documents(assessment):
        document, _ = render(order.theme(theme), order.kind, order.context(theme), date(2026, 7, 1))
        assert document is not None
        made[order.kind.name, order.person.id if order.person else ""] = "".join(document.tree.itertext())
    return made


def test_documents_of_a_person_have_their_own(tmp_path: Path, theme: Theme) -> None:
    made = documents(tmp_path, theme, results=True)
    for kind in ("contract", "scorecard", "result", "notice", "interview", "improvement"):
        first, second = made[kind, "01"], made[kind, "02"]
        assert "关键结果2：时长减半" in first, kind
        assert "关键结果3" not in first, kind
        assert "重构上线" not in first, kind
        assert "关键结果1" not in second, kind
        assert "重构上线" in second, kind


def test_documents_of_all_have_the_places(tmp_path: Path, theme: Theme) -> None:
    made = documents(tmp_path, theme, results=True)
    for kind in ("scheme", "summary"):
        assert "关键结果3" in made[kind, ""], kind
        assert "重构上线" not in made[kind, ""], kind
    assert "个人约定" in made["scheme", ""]


def test_contracts_have_them_before_there_are_results(tmp_path: Path, theme: Theme) -> None:
    made = documents(tmp_path, theme, results=False)
    assert "关键结果1：留存率升至75%" in made["contract", "01"]
    assert "关键结果1" not in made["scorecard", "02"]
