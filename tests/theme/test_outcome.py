"""What was published, decided and concluded stands in all documents about a result, and all name the same points to improve."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from genplan.documents.specs import list_documents
from genplan.plan.model import LANGUAGES
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment, assess

ROOT = Path(__file__).parents[2]
SPECIALIST = ROOT / "plans" / "community-operations-specialist.md"
DEPARTMENT = (ROOT / "plans" / "community-operations-department.md").read_text("utf-8")
ABOUT_A_RESULT = ("result", "summary", "notice", "interview", "improvement")
HEAD = "---\nschema: 1\ntitle: 社群运营专员考核方案\ndepartment: 社群运营部\nperiod: 2026-Q3\nresults: r.csv\n"
TWO = "indicators: [{name: 增长, weight: 70%}, {name: 活跃, weight: 30%}]\n"
BOUNDED = "grades: [{name: 优秀, from: 90}, {name: 良好, from: 80}, {name: 待改进, from: 0}]\nimprovement: 良好\n"
DECIDED = "grades: [{name: 优秀}, {name: 良好}, {name: 待改进}]\nimprovement: 良好\n"


@cache
def theme_in(language: str) -> Theme:
    theme, _ = load_theme(None, language)
    assert theme is not None
    return theme


def texts(assessment: Assessment, language: str = "zh-CN", period: str = "2026-Q3") -> dict[str, str]:
    """The text of each kind's first document of a period, without white space."""
    theme = theme_in(language)
    held: dict[str, str] = {}
    for order in list_documents(assessment):
        if order.period_id == period and order.kind.name not in held:
            own = order.theme(theme)
            document, found = render(own, order.kind, order.context(own), date(2026, 7, 1))
            assert document is not None, found
            held[order.kind.name] = re.sub(r"\s+", "", "".join(document.tree.itertext()))
    return held


@cache
def of_the_sample(language: str) -> dict[str, str]:
    assessment, _ = assess(SPECIALIST, SPECIALIST.name, ROOT, theme_in(language), language=language)
    assert assessment is not None
    return texts(assessment, language, "2026-Q2")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., tuple[dict[str, str], list[str]]]:
    """The documents of a plan and results, and the codes of what was found."""

    def make(lines: str, results: str, language: str = "zh-CN") -> tuple[dict[str, str], list[str]]:
        path = tmp_path / "plan.md"
        path.write_text(f"{HEAD}{lines}---\n", encoding="utf-8")
        (tmp_path / "r.csv").write_text(results, encoding="utf-8")
        assessment, found = assess(path, path.name, tmp_path, theme_in(language), language=language)
        assert assessment is not None
        return texts(assessment, language), [d.code for d in found]

    return make


# The published case


def test_the_result_shows_both_totals_and_says_why_they_differ():
    text = of_the_sample("zh-CN")["result"]
    assert "项目公布计算公布与计算之差考核总分85.587.71-2.21" in text
    assert "公布总分为85.5分；按各项得分和方案规定的权重、规则计算，总分为87.71分，公布总分低2.21分。" in text
    assert "按方案权重（合计120%）直接加总为105.25分，各项得分的简单平均为87.86分，均不等于公布总分" in text
    assert "考核等级、绩效系数、名次和结果应用以计算结果为准。" in text


def test_other_documents_mention_it():
    held = of_the_sample("zh-CN")
    assert "公布总分计算总分0001案例员工85.587.71" in held["summary"]
    assert "此前公布的总分85.5分与计算总分87.71分不一致，以计算总分为准" in held["notice"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-TW", ["公布總分為85.5分", "公布總分低2.21分", "不等於公布總分", "待提升的指標為用户活跃度、内容质量"]),
        (
            "en",
            ["Thepublishedtotalis85.5", "2.21pointslower", "neithergivesthepublishedtotal", "Toimproveinthisperiod:用户活跃度,内容质量"],
        ),
    ],
)
def test_in_other_languages(language: str, words: list[str]):
    text = of_the_sample(language)["result"]
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["result", "summary", "notice", "interview"])
def test_the_conclusion_is_carried_along(kind: str, language: str):
    assert "工作表现基本满意；仍需提高用户活跃度和内容质量" in of_the_sample(language)[kind]


@pytest.mark.parametrize("kind", ["result", "summary", "notice"])
def test_points_to_improve_are_those_of_the_conclusion(kind: str):
    assert re.search("待提升(的)?指标为用户活跃度、内容质量[，。]", of_the_sample("zh-CN")[kind])


def test_the_interview_lists_the_same_points():
    text = of_the_sample("zh-CN")["interview"]
    assert "待提升用户活跃度25.00%85/1003.75内容质量12.50%80/1002.50" in text
    assert "优势用户参与度16.67%95/1000.83品牌曝光度4.17%95/1000.21用户满意度8.33%90/1000.83" in text


# One rule in all documents

LOW = "工号,姓名,增长,活跃,评语,结论\n01,甲,70,60,需加强,基本合格\n"


@pytest.mark.parametrize("kind", ABOUT_A_RESULT)
def test_every_document_about_a_result_states_the_rule_and_the_remarks(made: Callable, kind: str):
    """增长 costs 21 points and has the higher score, 活跃 costs 12 and has the lowest."""
    held, found = made(TWO + BOUNDED, LOW)
    assert found == []
    text = held[kind]
    assert "失分（满分与得分之差×权重）高于各项平均" in text
    assert "由多到少列至合计占全部失分的一半，最多三项" in text
    assert "基本合格" in text
    assert "需加强" in text
    assert "待提升" in text
    named = re.findall("待提升(?:的)?指标为([^。，、失]+)[。，]", text)
    assert set(named) <= {"增长"}
    assert named or kind == "interview"


def test_nothing_is_to_improve_where_nothing_stands_out(made: Callable):
    held, _ = made(TWO + BOUNDED, "工号,姓名,增长,活跃\n01,甲,100,100\n")
    assert "没有需要单独列出的待提升指标" in held["result"]
    assert "待提升指标为" not in held["notice"]
    assert "各项指标失分相当" in held["interview"]


# Other differences in words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("89", "公布总分高1.50分"),
        ("86", "公布总分低1.50分"),
        ("85", "公布总分是各项得分的简单平均，未按权重计算。"),
        ("88", "公布总分是将计算总分取整数所得。"),
        ("87.50", "公布总分87.5分与计算总分87.5分一致。"),
        ("90", "各项得分的简单平均为85.00分，不等于公布总分；"),
    ],
)
def test_the_difference_in_words(made: Callable, published: str, words: str):
    lines = "rounding: {places: 1}\n" if published == "87.50" else ""
    indicators = "indicators: [{name: 增长, weight: 75%}, {name: 活跃, weight: 25%}]\n"
    held, _ = made(lines + indicators + BOUNDED, f"工号,姓名,增长,活跃,公布总分\n01,甲,90,80,{published}\n")
    assert words in held["result"]


def test_a_total_by_the_published_weights(made: Callable):
    plan = "weights: normalize\nindicators: [{name: 增长, weight: 90%}, {name: 活跃, weight: 30%}]\n"
    held, _ = made(plan + BOUNDED, "工号,姓名,增长,活跃,公布总分\n01,甲,80,60,90\n")
    assert "公布总分是按方案权重（合计120%）直接加总所得，未作折算。" in held["result"]


def test_a_published_grade(made: Callable):
    held, found = made(TWO + BOUNDED, "工号,姓名,增长,活跃,公布等级\n01,甲,70,60,良好\n")
    assert found == ["GP447"]
    assert "考核等级良好待改进" in held["result"]
    assert "公布等级为良好，本次结果为待改进。" in held["result"]
    assert "公布等级计算等级01甲良好待改进" in held["summary"]


# Decided grades


def test_a_decided_grade_is_the_grade_and_says_who_decided(made: Callable):
    results = "工号,姓名,增长,活跃,等级,认定人,认定理由\n01,甲,70,60,待改进,部门考核小组,未完成重点任务\n"
    held, found = made(TWO + DECIDED, results)
    assert found == []
    words = "考核等级由部门考核小组评定。评定理由：未完成重点任务。"
    assert all(words in held[kind] for kind in ("result", "notice", "interview", "improvement"))
    assert "考核等级由部门考核小组评定。" in held["summary"]
    assert "考核等级达到良好的，为改进达标。" in held["improvement"]
    for kind in ("scheme", "contract", "scorecard"):
        assert "各等级未规定总分界限，考核等级由考核机构评定。" in held[kind]
        assert "未规定；" not in held[kind]


def test_nobody_is_named_where_nobody_is_known(made: Callable):
    held, found = made(TWO + DECIDED, "工号,姓名,增长,活跃,等级\n01,甲,70,60,良好\n")
    assert found == ["GP448"]
    assert "考核等级由考核机构评定，不按总分界限划分。" in held["result"]


def test_several_who_decided_stand_in_a_column(made: Callable):
    results = "工号,姓名,增长,活跃,等级,评定人\n01,甲,70,60,良好,一组\n02,乙,80,60,优秀,二组\n"
    held, _ = made(TWO + DECIDED, results)
    assert "评定等级评定人02乙优秀二组01甲良好一组" in held["summary"]


def test_a_published_grade_beside_a_decided_one(made: Callable):
    held, found = made(TWO + DECIDED, "工号,姓名,增长,活跃,公布等级,等级,评定人\n01,甲,70,60,优秀,良好,一组\n")
    assert found == ["GP447"]
    assert "公布等级评定等级评定人01甲优秀良好一组" in held["summary"]
    assert "名次以计算总分为准，考核等级以评定结果为准。" in held["result"]


def test_a_decided_grade_stands_beside_the_computed_one(made: Callable):
    results = "工号,姓名,增长,活跃,等级,评定人,评定理由\n01,甲,70,60,良好,考核小组,承担额外任务\n"
    held, found = made(TWO + BOUNDED, results)
    assert found == ["GP447"]
    assert (
        "经考核小组评定，等级为良好；按总分计算的等级为待改进，绩效系数和结果应用以计算等级为准。评定理由：承担额外任务。" in held["result"]
    )
    assert "计算等级评定等级评定人01甲待改进良好考核小组" in held["summary"]


def test_the_department_of_the_source_is_built(tmp_path: Path):
    """Its grades have no bounds, and two indicators share a name, which the results write as documents do."""
    plan = DEPARTMENT.replace("publication:", "period: 2026-Q3\nresults: r.csv\npublication:", 1)
    (tmp_path / "plan.md").write_text(plan, encoding="utf-8")
    head = "工号,姓名,新增率,活跃度,创意度,内容质量·满意度,使用率,参与度,互动效果·满意度,线索数量,转化率,客单价"
    costs = ",人力成本,硬件设备成本,营销成本,等级,评定人\n"
    row = "01,甲,10%,40%,90,90%,60%,25%,90%,600,5%,300,240000,20000,60000,良好,部门考核小组\n"
    (tmp_path / "r.csv").write_text(head + costs + row, encoding="utf-8")
    assessment, found = assess(tmp_path / "plan.md", "plan.md", tmp_path, theme_in("zh-CN"))
    assert assessment is not None
    assert {d.code for d in found} == {"GP305", "GP340"}
    held = texts(assessment)
    assert "99.09" in held["result"]
    assert "考核等级由部门考核小组评定。" in held["result"]
    assert "运营成本社群运营投入的各项成本，控制在预算之内，越低越好。" in held["scheme"]
