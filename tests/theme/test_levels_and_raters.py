"""Documents of plans without numbers, and of raters who are to stay anonymous."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import assess

HEAD = "---\nschema: 1\ntitle: 年度考核办法\ndepartment: 机关\nperiod: 2026\nresults: r.csv\n"
LEVELS = """scales: [{name: 四级, scoring: {method: rubric, levels: [优, 良, 中, 差]}}]
indicators: [{name: 业绩, scoring: 四级}, {name: 协作, scoring: 四级}, {name: 作风, scoring: 四级}]
grades: [{name: 优秀, when: 没有指标低于良}, {name: 称职, when: 没有指标为差}, {name: 不称职}]
improvement: 优秀
"""
RATERS = """raters: [{name: 领导, rater: supervisor, weight: 60%}, {name: 同事, rater: peer, weight: 40%},
  {name: 客户, rater: customer, counts: no}]
indicators: [{name: 业绩, weight: 100%}]
"""


@pytest.fixture
def made(tmp_path: Path, theme: Theme) -> Callable[[str, str], dict[str, str]]:
    """The text of each kind's first document, without white space."""

    def make(lines: str, results: str) -> dict[str, str]:
        (tmp_path / "plan.md").write_text(f"{HEAD}{lines}---\n", "utf-8")
        (tmp_path / "r.csv").write_text(results, "utf-8")
        assessment, found = assess(tmp_path / "plan.md", "plan.md", tmp_path, theme)
        assert assessment is not None, found
        held: dict[str, str] = {}
        for order in list_documents(assessment):
            if order.kind.name not in held and not order.lacking:
                document, problems = render(theme, order.kind, order.context(theme), date(2026, 7, 1))
                assert document is not None, problems
                held[order.kind.name] = re.sub(r"\s+", "", "".join(document.tree.itertext()))
        return held

    return make


def test_a_plan_with_levels_alone_prints_no_numbers(made):
    held = made(LEVELS, "工号,姓名,业绩,协作,作风,作风说明\n7,甲,优,良,中,迟到\n")
    assert "称职考核等级等级评为称职，依据：没有指标为差。" in held["result"]
    assert "业绩优协作良作风中说明：迟到" in held["result"]
    assert "作风中说明：迟到级别低于中间一级的指标为未达标。" in held["improvement"]
    assert "优秀没有指标低于良称职没有指标为差不称职其余" in held["scheme"]
    for kind in ("result", "summary", "notice", "interview", "improvement", "scorecard", "scheme", "contract"):
        assert not re.search(r"总分|得分|权重|名次|满分|\d分|加权", held[kind]), (kind, held[kind])


def test_the_last_grade_says_that_no_rule_holds(made):
    held = made(LEVELS, "工号,姓名,业绩,协作,作风\n7,甲,优,良,差\n")
    assert "上列各等级的规则均不符合的，评为不称职。" in held["result"]


ROWS = "工号,姓名,评分人,业绩,评语,业绩说明\n7,甲,领导,90,稳重,带队好\n7,甲,客户,60,客气,\n"


@pytest.mark.parametrize("colleagues", [1, 2])
def test_fewer_than_three_colleagues_stay_anonymous(made, colleagues):
    held = made(RATERS, ROWS + "7,甲,同事,80,啰嗦,拖延\n" * colleagues)
    assert "同事不足3人，为使评分人匿名，其评分和评语不单独列示。" in held["result"]
    assert "稳重客气" in held["result"]
    assert "领导带队好" in held["result"].replace("说明：", "")
    for text in held.values():
        assert not re.search("啰嗦|拖延", text)


def test_three_colleagues_are_a_group(made):
    held = made(RATERS, ROWS + "7,甲,同事,80,啰嗦,拖延\n7,甲,同事,90,,\n7,甲,同事,70,,\n")
    assert "不足3人" not in held["result"]
    assert "啰嗦" in held["result"]
    assert "同事说明：拖延" in held["result"]
    assert "领导60%90同事40%80客户仅供参考60" in held["result"]
