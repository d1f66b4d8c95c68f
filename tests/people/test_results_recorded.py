"""What results state of a person's result besides actuals: published totals and grades, conclusions, decided grades."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from genplan.people.load import load_results
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.people.recorded_results import merge_records
from genplan.people.vocabulary import Field, Vocabulary, field_words
from genplan.plan.checks import check_plan
from genplan.plan.load import PlanFile
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
GRADES = "grades: [{name: 优秀, from: 90}, {name: 良好, from: 0}]"
DECIDED = "grades: [{name: 优秀}, {name: 良好}]"


def read(plan: PlanFile, text: str):
    table, found = read_table(text.encode(), "team.csv")
    assert table is not None
    assert found == []
    return read_people(table, plan, Q3)


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (("公布总分", "综合评分", "总分", "公布總分", "綜合評分", "Published total"), Field.PUBLISHED_TOTAL),
        (("公布等级", "公布等第", "published grade"), Field.PUBLISHED_GRADE),
        (("名次", "排名", "公布名次", "公佈名次", "Rank"), Field.PUBLISHED_RANK),
        (("结论", "考核结论", "結論", "Conclusion"), Field.CONCLUSION),
        (("等级", "评定等级", "等級", "考核等第", "Grade"), Field.GRADE),
        (("评定人", "认定人", "評定人", "認定人", "graded by"), Field.GRADED_BY),
        (("评定理由", "认定理由", "評定理由", "reason for the grade"), Field.GRADE_REASON),
    ],
)
def test_headers_in_each_language(headers: tuple[str, ...], field: Field):
    vocabulary = Vocabulary(field_words(Field))
    assert {target.name for header in headers for target in vocabulary.look_up(header)} == {field}


def test_all_is_read(make_plan: Callable[..., PlanFile]):
    text = "工号,姓名,内容质量,综合评分,公布等级,结论,等级,评定人,评定理由\n0007,甲,90,85.5,合格,基本满意,良好,考核小组,有亮点\n"
    (person,), found = read(make_plan(GRADES), text)
    assert found == []
    assert person.published.total is not None
    assert person.published.grade is not None
    assert (person.published.total.value.value, person.published.grade.text) == (Decimal("85.5"), "合格")
    assert person.conclusion == "基本满意"
    assert person.decision is not None
    assert (person.decision.grade, person.decision.by, person.decision.reason) == ("良好", "考核小组", "有亮点")
    assert person.decision.span.line == 2


def test_what_the_plan_calls_so_is_its_own(make_plan: Callable[..., PlanFile]):
    plan = make_plan(
        text="---\nschema: 1\ntitle: 方案\ndepartment: 部门\nindicators: [{name: 总分, weight: 50%}, {name: 等级, weight: 50%}]\n---\n"
    )
    (person,), found = read(plan, "工号,姓名,总分,等级,综合评分\n0007,甲,90,80,85\n")
    assert found == []
    assert {key: actual.text for key, actual in person.actuals.items()} == {"总分": "90", "等级": "80"}
    assert person.decision is None
    assert person.published.total is not None
    assert person.published.total.text == "85"


@pytest.mark.parametrize(
    ("column", "cell", "code"), [("综合评分", "八十五", "GP406"), ("综合评分", "85%", "GP407"), ("等级", "优", "GP446")]
)
def test_what_cannot_be_used_keeps_the_person_from_being_scored(make_plan: Callable[..., PlanFile], column: str, cell: str, code: str):
    (person,), found = read(make_plan(GRADES), f"工号,姓名,内容质量,{column}\n0007,甲,90,{cell}\n")
    assert [d.code for d in found] == [code]
    assert person.unusable


@pytest.mark.parametrize(("cell", "rank"), [("2", 2), ("第2名", 2), ("２", 2), ("并列第2", 2), ("2/20", 2), ("2nd", 2), ("#2", 2)])
def test_ranks(make_plan: Callable[..., PlanFile], cell: str, rank: int):
    (person,), found = read(make_plan(GRADES), f"工号,姓名,内容质量,名次\n0007,甲,90,{cell}\n")
    assert found == []
    assert person.published.rank is not None
    assert person.published.rank.value.value == rank


@pytest.mark.parametrize("cell", ["前三", "2.5", "-1", "二"])
def test_ranks_that_are_none(make_plan: Callable[..., PlanFile], cell: str):
    (person,), found = read(make_plan(GRADES), f"工号,姓名,内容质量,名次\n0007,甲,90,{cell}\n")
    assert ([d.code for d in found], bool(person.unusable)) == (["GP406"], True)


def test_conclusions_of_several_rows_stand_together(make_plan: Callable[..., PlanFile]):
    more = GRADES + "\nraters: [{name: 经理, rater: supervisor, weight: 50%}, {name: 本人, rater: self, weight: 50%}]"
    text = "工号,姓名,评分人,内容质量,结论,公布总分\n0007,甲,经理,90,满意,88\n0007,甲,本人,80,尚可,\n"
    (person,), found = read(make_plan(more), text)
    assert found == []
    assert person.conclusion == "满意\n尚可"
    assert person.published.total is not None


def test_rows_of_one_person_agree(make_plan: Callable[..., PlanFile]):
    more = GRADES + "\nraters: [{name: 经理, rater: supervisor, weight: 50%}, {name: 本人, rater: self, weight: 50%}]"
    text = "工号,姓名,评分人,内容质量,公布总分\n0007,甲,经理,90,88\n0007,甲,本人,80,87\n"
    _, found = read(make_plan(more), text)
    assert [d.code for d in found] == ["GP421"]


def test_a_transfer_has_one_result(make_plan: Callable[..., PlanFile]):
    text = (
        "工号,姓名,在岗开始,在岗结束,内容质量,公布总分,等级,评定人,评语,结论\n"
        "0007,甲,,2026-08-15,90,88,良好,考核小组,先,\n0007,甲,2026-08-16,,80,,,,后,满意\n"
    )
    people, found = read(make_plan(GRADES), text)
    assert found == []
    person = merge_records(people)
    assert (person.comment, person.conclusion) == ("先\n后", "满意")
    assert person.published.total is not None
    assert person.decision is not None
    assert person.decision.grade == "良好"


def test_one_side_of_a_transfer_may_state_the_grade(make_plan: Callable[..., PlanFile], tmp_path: Path):
    plan = make_plan(DECIDED)
    path = tmp_path / "2026-Q3.csv"
    head = "工号,姓名,在岗开始,在岗结束,社群新增用户数,用户活跃度,内容质量,等级,评定人\n"
    path.write_text(f"{head}0007,甲,,2026-08-15,500,90%,90,,\n0007,甲,2026-08-16,,500,90%,90,良好,小组\n", encoding="utf-8")
    assert load_results(plan, tmp_path, [path]).diagnostics == []
    path.write_text(f"{head}0007,甲,,2026-08-15,500,90%,90,优秀,小组\n0007,甲,2026-08-16,,500,90%,90,良好,小组\n", encoding="utf-8")
    assert [d.code for d in load_results(plan, tmp_path, [path]).diagnostics] == ["GP421"]


@pytest.mark.parametrize(("effective", "codes"), [("2026-07-01", ["GP449"]), ("2026-06-30", []), ("2026-04-01", [])])
def test_periods_before_the_plan(make_plan: Callable[..., PlanFile], tmp_path: Path, effective: str, codes: list[str]):
    """A plan that took effect within the period holds for it."""
    path = tmp_path / "2026-Q2.csv"
    path.write_text("工号,姓名,社群新增用户数,用户活跃度,内容质量\n0007,甲,500,90%,90\n0008,乙,500,90%,90\n", encoding="utf-8")
    found = load_results(make_plan(f"effective: {effective}"), tmp_path, [path]).diagnostics
    assert [d.code for d in found] == codes


def test_the_period_of_the_plan_is_left_to_its_checks(make_plan: Callable[..., PlanFile], tmp_path: Path):
    """GP360 tells of it, and once is enough."""
    path = tmp_path / "2026-Q2.csv"
    path.write_text("工号,姓名,社群新增用户数,用户活跃度,内容质量\n0007,甲,500,90%,90\n", encoding="utf-8")
    plan = make_plan("effective: 2026-07-01\nperiod: 2026-Q2")
    assert load_results(plan, tmp_path, [path]).diagnostics == []
    assert [d.code for d in check_plan(plan)] == ["GP360"]
