"""A dimension is named once in a table, however many indicators it has, and printed weights make 100 %."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess

PLAN = """---
schema: 1
title: 多指标方案
department: 数据部
weights: normalize
documents: [scheme, contract, scorecard]
dimensions:
  - {{name: 工作业绩, weight: 60%, indicators: [{many}]}}
  - {{name: 工作态度, weight: 40%, indicators: [{{name: 态度}}]}}
---
"""


@pytest.mark.parametrize("count", [6, 7, 13, 30])
def test_a_dimension_is_named_once_in_a_table(tmp_path: Path, count: int) -> None:
    many = ", ".join(f"{{name: 指标{n}}}" for n in range(count))
    (tmp_path / "p.md").write_text(PLAN.format(many=many), "utf-8")
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, _ = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    for order in list_documents(assessment):
        document, problems = render(theme, order.kind, order.context(theme), date(2026, 10, 1))
        assert document is not None, problems
        for table in document.tree.iter("table"):
            cells = [cell for cell in table.iter("td") if "".join(cell.itertext()).strip() == "工作业绩"]
            assert len(cells) <= 1, order.kind.name
            assert [int(cell.get("rowspan", "1")) for cell in cells] in ([], [count])


def test_printed_weights_make_the_whole(tmp_path: Path) -> None:
    many = ", ".join(f"{{name: 指标{n}}}" for n in range(7))
    (tmp_path / "p.md").write_text(PLAN.format(many=many), "utf-8")
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, _ = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    context = next(iter(list_documents(assessment))).context(theme)
    weights = [indicator["of_total"] for group in context["indicators"] for indicator in group["indicators"]]  # type: ignore[attr-defined]
    assert sum(weights) == Decimal(1)
    assert weights[:7] == [Decimal("0.0858")] + [Decimal("0.0857")] * 6
