"""Rows of several raters, joined into one person."""

import pytest

from genplan.diagnostics import Severity
from genplan.people.expected_content import expected_content
from genplan.people.missing import check_missing
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
PLAN = """---
schema: 1
title: 社群运营部门考核方案
department: 社群运营部
period: 2026-Q3
{raters}
indicators:
  - {{name: 内容质量, weight: 50%}}
  - {{name: 协作, weight: 20%, scoring: {{method: rubric, levels: [{{name: 优秀, score: 120}}, {{name: 合格, score: 100}}]}}}}
  - {{name: 社群新增用户数, weight: 30%, target: 500, scoring: ratio}}
---
"""
RATERS = """raters:
  - {name: 直接上级, rater: supervisor, weight: 60%}
  - {name: 自评分, rater: self, weight: 20%}
  - {name: 协作同事, rater: peer, weight: 20%}"""
HEADER = "工号,姓名,评分人,内容质量,协作,社群新增用户数,评语\n"


@pytest.fixture
def rated(make_plan):
    return make_plan(text=PLAN.format(raters=RATERS))


def read(plan, text):
    table, found = read_table(text.encode(), "team.csv")
    assert found == []
    return read_people(table, plan, Q3)


def marks(found):
    return [(d.code, d.span.line, d.span.cell) for d in found]


def given(person, key="内容质量"):
    return [(rating.rater, rating.actual.text) for rating in person.ratings.get(key, ())]


def test_rows_of_raters_join(rated):
    text = (
        HEADER + "7,甲,自评,95,合格,512,努力\n8,乙,直接上级,70,合格,300,\n7,甲,直接上级,85,优秀,,好\n7,,peer,90,,512,努力\n7,,同事,80,,,\n"
    )
    (person, other), found = read(rated, text)
    assert found == []
    assert given(person) == [(0, "85"), (1, "95"), (2, "90"), (2, "80")]
    assert given(person, "协作") == [(0, "优秀"), (1, "合格")]
    assert {key: actual.text for key, actual in person.actuals.items()} == {"社群新增用户数": "512"}
    assert person.comment == "努力\n好"
    assert person.span.line == 2
    assert (other.id, given(other)) == ("8", [(0, "70")])
    assert check_missing(rated, [person, other]) == []


def test_the_long_form_says_the_same(rated):
    rows = [
        "7,甲,自评,内容质量,95,努力",
        "7,甲,自评,协作,合格,努力",
        "7,,,社群新增用户数,512,",
        "7,甲,上级,内容质量,85,好",
        "7,,同级,内容质量,90,",
    ]
    (long,), found = read(rated, "工号,姓名,考评人,指标,实际值,评语\n" + "\n".join(rows))
    assert found == []
    assert given(long) == [(0, "85"), (1, "95"), (2, "90")]
    assert (given(long, "协作"), long.comment) == ([(1, "合格")], "努力\n好")
    assert {key: actual.text for key, actual in long.actuals.items()} == {"社群新增用户数": "512"}


@pytest.mark.parametrize(
    "text",
    [
        "工号,姓名,内容质量,协作,社群新增用户数\n7,甲,95,合格,512\n",
        "工号,姓名,指标,实际值\n7,甲,内容质量,95\n7,甲,协作,合格\n7,甲,社群新增用户数,512\n",
    ],
)
def test_scores_of_which_nothing_says_who_gave_them(rated, text):
    (person,), (problem,) = read(rated, text)
    assert (problem.code, person.unusable, set(person.actuals), person.ratings) == ("GP466", {"内容质量", "协作"}, {"社群新增用户数"}, {})
    assert "`内容质量`, `协作`" in problem.message
    assert "`内容质量（直接上级）`" in problem.help


@pytest.mark.parametrize(
    "text",
    [
        "工号,姓名,内容质量（上级）,内容质量(自评),内容质量-协作同事,协作【直接上级】,协作（自评得分）,社群新增用户数\n7,甲,85,95,90,优秀,合格,512\n",
        (
            "工号,姓名,指标,实际值\n7,甲,内容质量（上级）,85\n7,甲,内容质量(自评),95\n7,甲,内容质量 同级,90\n"
            "7,甲,协作（上级）,优秀\n7,甲,协作/本人,合格\n7,甲,社群新增用户数,512\n"
        ),
    ],
)
def test_a_column_for_each_rater(rated, text):
    (person,), found = read(rated, text)
    assert found == []
    assert (given(person), given(person, "协作")) == ([(0, "85"), (1, "95"), (2, "90")], [(0, "优秀"), (1, "合格")])
    assert {key: actual.text for key, actual in person.actuals.items()} == {"社群新增用户数": "512"}


@pytest.mark.parametrize(
    "text",
    [
        "工号,姓名,评分人,内容质量,社群新增用户数\n7,甲,综合,88,512\n",
        "工号,姓名,内容质量（综合）,社群新增用户数\n7,甲,88,512\n",
        "工号,姓名,指标,实际值\n7,甲,内容质量（加权得分）,88\n7,甲,社群新增用户数,512\n",
    ],
)
def test_scores_made_of_all_raters_already(rated, text):
    (person,), found = read(rated, text)
    assert (found, person.ratings) == ([], {})
    assert {key: actual.text for key, actual in person.actuals.items()} == {"内容质量": "88", "社群新增用户数": "512"}


@pytest.mark.parametrize(
    "header", ["自评内容质量", "内容质量自评", "内容质量自评得分", "自评-内容质量", "内容质量 (self)", "本人：内容质量"]
)
def test_ways_to_name_the_rater(rated, header):
    (person,), found = read(rated, f"工号,姓名,{header},社群新增用户数\n7,甲,88,512\n")
    assert (found, given(person)) == ([], [(1, "88")])


def test_a_combined_score_beside_raters_own(rated):
    (person,), (problem,) = read(rated, HEADER + "7,甲,综合,88,,,\n7,甲,自评,95,,,\n")
    assert (problem.code, problem.span.line, person.unusable, person.ratings) == ("GP408", 2, {"内容质量"}, {})


def test_one_column_names_its_rater_and_another_does_not(rated):
    (person,), (problem,) = read(rated, "工号,姓名,内容质量,协作（自评）\n7,甲,88,优秀\n")
    assert (problem.code, problem.span.cell, person.unusable) == ("GP466", "内容质量", {"内容质量"})


def test_raters_in_headers_and_in_a_column(rated):
    _, (problem, *_) = read(rated, "工号,姓名,评分人,内容质量（自评）\n7,甲,上级,88\n")
    assert (problem.code, problem.span.cell) == ("GP460", "内容质量（自评）")


def test_two_columns_of_one_rater(rated):
    (person,), (problem,) = read(rated, "工号,姓名,内容质量（自评）,内容质量（self）\n7,甲,88,90\n")
    assert (problem.code, person.unusable, person.ratings) == ("GP411", {"内容质量"}, {})


def test_the_judged_alone_need_a_rater(rated):
    (person,), found = read(rated, "工号,姓名,社群新增用户数,内容质量\n7,甲,512,\n")
    assert (found, set(person.actuals)) == ([], {"社群新增用户数"})


def test_without_raters_in_the_plan_the_column_is_unknown(make_plan):
    (person,), (problem,) = read(make_plan(text=PLAN.format(raters="")), HEADER + "7,甲,自评,95,合格,512,\n")
    assert (problem.code, problem.span.cell, set(person.actuals)) == ("GP404", "评分人", {"内容质量", "协作", "社群新增用户数"})


@pytest.mark.parametrize(
    ("word", "advice"), [("直接上司", "did you mean `直接上级`?"), ("HR", "write `直接上级` or `自评分` or `协作同事`")]
)
def test_unknown_raters_are_told_once(rated, word, advice):
    (first, second), (problem,) = read(rated, HEADER + f"7,甲,{word},95,,512,\n8,乙,{word},95,,,\n")
    assert marks([problem]) == [("GP424", 2, "评分人")]
    assert "2 rows" in problem.message
    assert problem.help == advice
    assert (first.unusable, first.ratings, set(first.actuals)) == ({"内容质量"}, {}, {"社群新增用户数"})
    assert second.unusable == {"内容质量"}


def test_a_kind_of_several_raters_names_none(make_plan):
    raters = "raters: [{name: 上级, rater: supervisor}, {name: 间接上级, rater: supervisor}, {name: 客户甲, rater: customer}]"
    plan = make_plan(text=PLAN.format(raters=raters))
    (person,), (problem,) = read(plan, HEADER + "7,甲,supervisor,95,,,\n")
    assert (problem.code, problem.help) == ("GP424", "write `上级` or `间接上级`")
    assert person.unusable == {"内容质量"}
    (person,), found = read(plan, HEADER + "7,甲,上级,95,,,\n7,甲,客户,80,,,\n")
    assert (given(person), found) == ([(0, "95"), (2, "80")], [])


def test_scores_need_a_rater_and_facts_do_not(rated):
    (person,), found = read(rated, HEADER + "7,甲,,,,512,\n7,甲,自评,90,,,\n")
    assert (found, set(person.actuals), given(person)) == ([], {"社群新增用户数"}, [(1, "90")])
    (person,), (problem,) = read(rated, HEADER + "7,甲,,95,合格,512,\n7,甲,自评,90,,,\n")
    assert marks([problem]) == [("GP424", 2, "内容质量")]
    assert (person.unusable, person.ratings) == ({"内容质量", "协作"}, {})


def test_facts_agree(rated):
    (person,), (problem,) = read(rated, HEADER + "7,甲,自评,90,,512,\n7,甲,上级,80,,512.0,\n7,甲,同事,80,,498,\n")
    assert marks([problem]) == [("GP421", 4, "社群新增用户数")]
    assert problem.related[0].span.line == 2
    assert (person.unusable, person.actuals) == ({"社群新增用户数"}, {})
    assert len(given(person)) == 3


def test_a_single_rater_twice(rated):
    (person,), (problem,) = read(rated, HEADER + "7,甲,自评,90,优秀,,\n7,甲,self,80,合格,,\n7,甲,上级,80,,,\n")
    assert marks([problem]) == [("GP408", 3, "评分人")]
    assert (person.unusable, person.ratings) == ({"内容质量", "协作"}, {})
    (person,), found = read(rated, HEADER + "7,甲,自评,90,,,\n7,甲,self,,合格,,\n")
    assert (found, set(person.ratings)) == ([], {"内容质量", "协作"})


def test_a_score_that_cannot_be_used_spoils_its_indicator(rated):
    (person,), found = read(rated, HEADER + "7,甲,自评,约90,优秀,,\n7,甲,上级,80,良,,\n")
    assert [d.code for d in found] == ["GP406", "GP406"]
    assert (person.unusable, person.ratings) == ({"内容质量", "协作"}, {})


@pytest.mark.parametrize("rows", [("自评,90,优秀", "外人,95,"), ("外人,95,", "自评,90,优秀")])
def test_what_one_row_spoils_stays_spoilt_when_rows_join(rated, rows):
    """Otherwise the other row's score would count alone, as if nobody else had given one."""
    (person,), found = read(rated, HEADER + "".join(f"7,甲,{row},512,\n" for row in rows))
    assert [d.code for d in found] == ["GP424"]
    assert (person.unusable, set(person.ratings), set(person.actuals)) == ({"内容质量"}, {"协作"}, {"社群新增用户数"})


def test_what_one_row_of_the_long_form_spoils_stays_spoilt_when_rows_join(make_plan, xlsx):
    rows = [["工号", "姓名", "指标", "实际值"], ["7", "甲", "用户活跃度", "90%"], ["7", "甲", "内容质量", "=A1"]]
    table, found = read_table(xlsx(rows), "team.xlsx")
    assert [d.code for d in found] == ["GP410"]
    (person,), found = read_people(table, make_plan(), Q3)
    assert (found, person.unusable, set(person.actuals)) == ([], {"内容质量"}, {"用户活跃度"})


def test_what_a_person_has_one_of_does_not_differ(rated):
    (person,), (problem,) = read(rated, HEADER + "7,甲,自评,90,,,\n7,乙,上级,80,,,\n")
    assert (problem.code, problem.span.cell, person.name) == ("GP421", "姓名", "甲")


@pytest.mark.parametrize(("policy", "codes"), [("exclude", ["GP430"]), ("zero", ["GP430"]), ("error", [])])
def test_a_rater_who_rated_nobody(make_plan, policy, codes):
    """Without a policy it is an error of each person's, when they are scored."""
    plan = make_plan(text=PLAN.format(raters=RATERS + f"\nmissing: {policy}"))
    people, _ = read(plan, "工号,姓名,内容质量（自评）,协作（自评）,内容质量（同事）,社群新增用户数\n7,甲,95,优秀,90,512\n")
    found = [d for d in check_missing(plan, people) if d.code == "GP430"]
    assert [d.code for d in found] == codes
    assert all(d.severity is Severity.WARNING and "`直接上级`" in d.message for d in found)


def test_an_indicator_that_nobody_rated_is_missing(rated):
    people, _ = read(rated, HEADER + "7,甲,自评,90,,512,\n8,乙,自评,90,优秀,512,\n")
    (problem,) = check_missing(rated, people)
    assert (problem.code, problem.span.line) == ("GP405", 2)
    assert "`协作`" in problem.message


def test_cells_the_reader_refused_are_not_told_again(rated, xlsx):
    table, found = read_table(xlsx([["工号", "姓名", "评分人", "内容质量"], ["7", "甲", "=A1", 90]]), "team.xlsx")
    assert [d.code for d in found] == ["GP410"]
    (person,), found = read_people(table, rated, Q3)
    assert (found, person.unusable) == ([], {"内容质量"})


MANY = """raters:
  - name: 上级评价
    weight: 60%
    members: [{name: 分管领导, rater: supervisor, weight: 70%}, {name: 主要领导, rater: supervisor, weight: 30%}]
  - {name: 职工, rater: subordinate, weight: 40%, trim: 3}
  - {name: 客户, rater: customer, counts: no}
  - {name: 考评组, rater: panel, counts: no, gives: scores}"""


@pytest.fixture
def many(make_plan):
    return make_plan(text=PLAN.format(raters=MANY))


def ballots(person):
    return [(rating.rater, rating.actual.text, rating.votes) for rating in person.ratings.get("协作", ())]


@pytest.mark.parametrize(
    "text",
    [
        "工号,姓名,评分人,协作·优秀,协作·合格\n7,甲,职工,12,3\n7,甲,分管领导,0,1\n",
        "工号,姓名,协作·优秀（职工）,协作/合格票数（职工）,协作·合格（分管领导）\n7,甲,12,3,1\n",
        "工号,姓名,评分人,指标,实际值\n7,甲,职工,协作·优秀,12\n7,甲,职工,协作·合格,3\n7,甲,分管领导,协作·合格,1\n",
    ],
)
def test_votes_are_counted_by_level(many, text):
    (person,), found = read(many, text)
    assert (found, person.unusable) == ([], frozenset())
    assert sorted(ballots(person)) == [(0, "合格", 1), (2, "优秀", 12), (2, "合格", 3)]


def test_votes_below_a_heading(many):
    text = "工号,姓名,评分人,协作,\n,,,优秀,合格\n7,甲,职工,12,3\n"
    table, found = read_table(text.encode(), "team.csv", expected_content(many))
    (person,), more = read_people(table, many, Q3)
    assert (found, more, ballots(person)) == ([], [], [(2, "优秀", 12), (2, "合格", 3)])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("7,甲,职工,1.5,3", "GP479"),
        ("7,甲,职工,1000001,3", "GP479"),
        ("7,甲,职工,-1,3", "GP407"),
        ("7,甲,职工,很多,3", "GP406"),
        ("7,甲,职工,12,\n7,甲,职工,12,", "GP479"),
        ("7,甲,综合,12,3", "GP479"),
    ],
)
def test_votes_that_cannot_be_counted(many, rows, code):
    (person,), found = read(many, f"工号,姓名,评分人,协作·优秀,协作·合格\n{rows}\n")
    assert (found[0].code, person.unusable) == (code, {"协作"})


def test_votes_of_nobody(many):
    (person,), (problem,) = read(many, "工号,姓名,协作·优秀,协作·合格\n7,甲,12,3\n")
    assert (problem.code, person.ratings) == ("GP466", {})


@pytest.mark.parametrize(("score", "code"), [("105.5", None), ("99", "GP407"), ("121", "GP407"), ("优秀", "GP406")])
def test_a_rater_may_give_scores_in_place_of_levels(many, score, code):
    (person,), found = read(many, f"工号,姓名,评分人,协作\n7,甲,考评组,{score}\n7,甲,职工,优秀\n")
    assert [each.code for each in found] == ([code] if code else [])
    assert given(person, "协作") == ([] if code else [(2, "优秀"), (4, score)])


def test_comments_of_anonymous_raters_are_kept_apart(many):
    (person,), _ = read(many, "工号,姓名,评分人,协作,评语\n7,甲,分管领导,优秀,好\n7,甲,职工,优秀,一般\n7,甲,客户,优秀,谢谢\n")
    assert (person.comment, [(each.rater, each.text) for each in person.comments]) == ("好\n谢谢", [(2, "一般")])
