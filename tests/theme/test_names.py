"""Indicators are named in documents as the plan names them, never by keys or ids."""

from datetime import date
from pathlib import Path

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess

PLAN = """---
schema: 1
title: 命名方案
department: 数据部
period: 2026-Q3
dimensions:
  - {name: 产出, weight: 50%, indicators: [{name: 投入/产出比, id: a3, weight: 50%}, {name: 满意度, weight: 50%}]}
  - {name: 协作, weight: 50%, indicators: [{name: 响应, id: b1, weight: 50%}, {name: 满意度, weight: 50%}]}
grades: [{name: 优, from: 90}, {name: 良, from: 0}]
improvement: 优
results: r.csv
---
"""
RESULTS = "工号,姓名,投入/产出比,产出/满意度,响应,协作/满意度\n0007,测试甲,60,90,95,70\n0008,测试乙,50,90,95,70\n"


def texts(folder: Path) -> dict[str, str]:
    """Fill in every kind of document, and give what is to be read in the last of each."""
    (folder / "p.md").write_text(PLAN, "utf-8")
    (folder / "r.csv").write_text(RESULTS, "utf-8")
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, found = assess(folder / "p.md", "p.md", folder, theme)
    assert assessment is not None
    assert [each.code for each in found if each.severity == "error"] == []
    said = {}
    for order in list_documents(assessment):
        document, problems = render(theme, order.kind, order.context(theme), order.issued(date(2026, 10, 1)))
        assert document is not None, problems
        said[order.kind.name] = "".join(document.tree.itertext())
    return said


def test_names_are_printed_as_written(tmp_path: Path) -> None:
    said = texts(tmp_path)
    assert "投入/产出比" in said["notice"]
    for kind, text in said.items():
        assert "a3" not in text, kind
        assert "b1" not in text, kind
        assert "投入·产出比" not in text, kind
    assert "协作·满意度" in said["interview"]
