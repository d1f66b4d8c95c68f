"""A plan with all that a total can be composed of, over two periods: what its documents say."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from vocabulary import problems

from genplan.diagnostics import Severity
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLAN = HERE / "everything" / "everything.md"


@pytest.fixture(scope="module")
def assessment(theme: Theme) -> Assessment:
    assessment, found = assess(PLAN, PLAN.name, ROOT, theme)
    assert assessment is not None
    assert [d.code for d in found if d.severity is not Severity.NOTE] == ["GP447"], "a published total of 100 beside the computed 105"
    return assessment


@pytest.fixture
def text(assessment: Assessment, theme: Theme) -> Callable[[str, str], str]:
    """The text of a document: its kind, and where it goes, in part."""

    def make(kind: str, where: str = "") -> str:
        (order,) = [o for o in list_documents(assessment) if o.kind.name == kind and where in o.stem(theme)]
        return shown(order, theme)

    return make


def shown(order: DocumentSpec, theme: Theme) -> str:
    assert not order.lacking
    document, found = render(theme, order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None, found
    assert not list(problems(document.tree))
    return re.sub(r"\s+", "", "".join(document.tree.itertext()))


def test_every_document_renders(assessment: Assessment, theme: Theme):
    made = [shown(order, theme) for order in list_documents(assessment)]
    people, improving, periods = 5, 2, 2
    assert len(made) == 1 + 6 * people + improving + 2 * periods


@pytest.mark.parametrize(
    "words",
    [
        "加减分与否决",
        "创新提案提案被采纳并实施每发生1次加2分5分",
        "专项加分—按登记数值加分—",
        "迟到—每发生1次扣0.5分3分",
        "重大投诉经查实的重大用户投诉总分最高60分",
        "数据造假—总分计0分",
        "考核总分最低0分，最高105分。",
        "管理能力得分低于70分的，考核等级最高为合格；任一指标完成率低于10%的，考核等级最高为待改进（",
        "绩效系数按在岗天数占考核期天数的比例折算；产假、工伤停工留薪期等依法视同出勤的期间不予折减。",
        "得分范围：最低20分，最高110分",
        "计算式：期末留存/期初用户",
        "原始数据：期末留存（期末仍在群内的期初用户，单位：人）、期初用户",
        "按比例折算的人数不是整数的，四舍五入。",
        "优秀—20%",
        "待改进5%10%",
    ],
)
def test_scheme_says_how_totals_are_composed(text: Callable[..., str], words: str):
    assert words in text("scheme")


def test_scheme_of_a_plain_plan_does_not(theme: Theme):
    plan = ROOT / "plans" / "community-operations-specialist.md"
    assessment, _ = assess(plan, plan.name, ROOT, theme)
    assert assessment is not None
    scheme = next(shown(order, theme) for order in list_documents(assessment) if order.kind.name == "scheme")
    for words in ("加减分", "否决", "总分最", "强制分布", "计算式", "得分范围", "不论总分", "在岗天数"):
        assert words not in scheme


def test_result_beside_the_earlier_one(text: Callable[..., str]):
    result = text("result", "2026-Q3/result/0007")
    assert "2026年第二季度81.38—良好1/22026年第三季度105.00+23.62优秀1/3" in result
    assert "得分变化最大的指标：用户留存率由50分变为100分（+50.00）；新增用户数由80分变为110分（+30.00）；" in result


def test_remarks_stand_below_their_indicator(text: Callable[..., str]):
    """A colleague's is shown because there are three; of a transfer, each side's."""
    assert "部门经理说明：带队稳健协作同事说明：乐于分享" in text("result", "2026-Q3/result/0007")
    assert "扣分原因：错别字2处" in text("result", "2026-Q3/result/0008")
    assert "扣分原因：转岗前错1处" in text("result", "2026-Q3/result/0009")
    assert "说明" in text("scorecard", "2026-Q3/scorecard/0008")


def test_votes_are_printed_with_the_rater_who_cast_them(text: Callable[..., str]):
    assert "协作同事优3票、中1票" in text("result", "2026-Q3/result/0008")


def test_result_that_fell(text: Callable[..., str]):
    result = text("result", "2026-Q3/result/0008")
    assert "2026年第三季度60.00-17.45合格3/3" in result


@pytest.mark.parametrize("where", ["2026-Q2/result/0007", "2026-Q3/result/0009"])
def test_first_result_has_no_history(text: Callable[..., str], where: str):
    assert "历史对比" not in text("result", where)


def test_sides_of_a_transfer_keep_their_own_actuals(text: Callable[..., str]):
    result = text("result", "2026-Q3/result/0009")
    assert "期末留存：400期初用户：50080%" in result
    assert "期末留存：420期初用户：50084%" in result
    assert "期末留存：420期初用户：50080%" not in result


def test_summary_beside_the_earlier_one(text: Callable[..., str]):
    summary = text("summary", "2026-Q3")
    assert "2026年第二季度全体279.42—社群运营一部181.38—社群运营二部177.45—" in summary
    assert "2026年第三季度全体383.37+3.95社群运营一部1105.00+23.62社群运营二部272.56-4.89" in summary
    assert "本期平均分比2026年第二季度提高3.95分。得分变化最大的指标：预算执行由50分变为100分（+50.00）；" in summary
    assert "历史对比" not in text("summary", "2026-Q2")
