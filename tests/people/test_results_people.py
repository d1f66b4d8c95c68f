from decimal import Decimal

import pytest

from genplan.diagnostics import Severity
from genplan.people.missing import check_missing
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period
from genplan.source.quantity import Quantity

Q3 = parse_period("2026-Q3")
HEADER = "工号,姓名,社群新增用户数,用户活跃度,内容质量\n"


def read(plan, text, default=Q3):
    table, found = read_table(text.encode(), "team.csv")
    assert found == []
    return read_people(table, plan, default)


def codes(found):
    return [d.code for d in found]


def values(person):
    return {key: actual.text for key, actual in person.actuals.items()}


def test_wide(plan):
    text = "工号,姓名,部门,岗位,new-members,用户活跃度,内容质量,评语\n0007,测试甲,一部,专员,512,92%,88.5,好\n"
    (person,), found = read(plan, text)
    assert found == []
    assert (person.id, person.name, person.department, person.position, person.comment) == ("0007", "测试甲", "一部", "专员", "好")
    assert person.period is Q3
    assert {key: actual.value for key, actual in person.actuals.items()} == {
        "new-members": Quantity(Decimal(512)),
        "用户活跃度": Quantity(Decimal("0.92"), percent=True),
        "内容质量": Quantity(Decimal("88.5")),
    }
    assert person.span.line == 2
    assert person.unusable == frozenset()


@pytest.mark.parametrize(
    "header", ["社群新增用户数", "社群新增用户数（人）", " 社群 新增用户数(目标500) ", "NEW-members", "ｎｅｗ-members【人】"]
)
def test_names_of_an_indicator(plan, header):
    (person,), found = read(plan, f"Employee  ID,姓名（必填）,{header}\n7,甲,5\n")
    assert (values(person), found) == ({"new-members": "5"}, [])


def test_long(plan):
    text = (
        "工号,姓名,部门,指标,实际值\n0007,甲,一部,new-members,512\n0008,乙,,内容质量,80\n0007,,,用户活跃度,92%\n0008,乙,二部,new-members,\n"
    )
    (first, second), found = read(plan, text)
    assert found == []
    assert (first.name, first.department, values(first)) == ("甲", "一部", {"new-members": "512", "用户活跃度": "92%"})
    assert (second.name, second.department, values(second)) == ("乙", "二部", {"内容质量": "80"})


def test_long_contradictions_and_repetitions(plan):
    text = "工号,姓名,指标,实际值\n7,甲,内容质量,80\n7,丙,内容质量,90\n7,甲,不存在,1\n7,,,5\n"
    (person,), found = read(plan, text)
    assert codes(found) == ["GP404", "GP404", "GP421", "GP408"]
    assert person.name == "甲"
    assert person.unusable == {"内容质量"}
    assert person.actuals == {}
    assert "丙" not in "".join(d.message + d.help for d in found)


def test_long_comments_of_several_rows_stand_below_each_other(plan):
    text = "工号,姓名,指标,实际值,评语\n7,甲,内容质量,80,稳定\n7,甲,用户活跃度,90%,有进步\n7,甲,new-members,5,稳定\n"
    (person,), found = read(plan, text)
    assert (person.comment, found) == ("稳定\n有进步", [])


def test_long_keeps_periods_apart(plan):
    people, found = read(plan, "工号,姓名,考核期,指标,实际值\n7,甲,2026-Q2,内容质量,80\n7,甲,2026-q3,内容质量,90\n")
    assert found == []
    assert [(p.period.id, values(p)) for p in people] == [("2026-Q2", {"内容质量": "80"}), ("2026-Q3", {"内容质量": "90"})]


def test_unknown_columns_are_told_with_what_they_hold(plan):
    _, found = read(plan, "工号,姓名,社群新增用户,空列,奖金\n7,甲,5,,100\n8,乙,6,,\n")
    assert [(d.code, d.severity, d.help) for d in found if "空列" not in d.message] == [
        ("GP404", Severity.ERROR, "did you mean `社群新增用户数`?"),
        ("GP404", Severity.WARNING, "use an indicator's name or id as its header, or remove it"),
    ]
    assert "2 filled" in found[0].message
    assert [d.severity for d in found if "空列" in d.message] == [Severity.NOTE]


def test_no_id_column(plan):
    people, found = read(plan, "姓名,社群新增用户数\n甲,5\n")
    assert people == []
    assert codes(found) == ["GP403"]
    assert "姓名" in found[0].message


def test_header_twice_in_other_words(plan):
    (person,), found = read(plan, "工号,姓名,编号,社群新增用户数,new-members\n7,甲,8,5,6\n")
    assert codes(found) == ["GP411", "GP411"]
    assert person.id == "7"
    assert (person.actuals, person.unusable) == ({}, {"new-members"})


def test_shared_names_are_ambiguous(two_dimensions):
    (person,), (problem,) = read(two_dimensions, "工号,姓名,满意度\n7,甲,90\n")
    assert problem.code == "GP414"
    assert problem.help == "write `内容质量/满意度` or `互动效果/满意度`"
    assert person.unusable == {"内容质量/满意度", "互动效果/满意度"}
    (person,), found = read(two_dimensions, "工号,姓名,内容质量/满意度,互动效果／满意度\n7,甲,90,80\n")
    assert (values(person), found) == ({"内容质量/满意度": "90", "互动效果/满意度": "80"}, [])


def test_the_dimension_beside_the_name(make_plan):
    plan = make_plan(text="---\nschema: 1\ntitle: 方案\ndepartment: 部\ndimensions: [{name: 业绩, indicators: [{name: 增长}]}]\n---\n")
    for header in ("业绩 增长", "增长（业绩）", "业绩：增长"):
        (person,), found = read(plan, f"工号,姓名,{header}\n7,甲,90\n")
        assert (values(person), found) == ({"增长": "90"}, [])


def test_a_bad_row_does_not_stop_others(plan):
    people, found = read(plan, HEADER + "7,甲,约五百,92%,90\n,乙,5,5%,5\n8,,5,5%,5\n9,丙,6,6%,6\n")
    assert [(d.code, d.span.line) for d in found] == [("GP417", 3), ("GP406", 2), ("GP415", 4)]
    assert [p.id for p in people] == ["7", "8", "9"]
    assert people[0].unusable == {"new-members"}
    assert set(people[0].actuals) == {"用户活跃度", "内容质量"}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("社群新增用户数", "512", None),
        ("社群新增用户数", "１，２００", None),
        ("社群新增用户数", "1E3", "GP406"),
        ("社群新增用户数", "NaN", "GP406"),
        ("社群新增用户数", "-", "GP406"),
        ("社群新增用户数", "512人", None),
        ("社群新增用户数", "512元", "GP462"),
        ("社群新增用户数", "92%", "GP407"),
        ("社群新增用户数", "0%", None),
        ("社群新增用户数", "1500", None),
        ("社群新增用户数", "1501", "GP463"),
        ("社群新增用户数", "99999", "GP463"),
        ("用户活跃度", "92%", None),
        ("用户活跃度", "92", "GP407"),
        ("用户活跃度", "0.92", "GP407"),
        ("用户活跃度", "270%", None),
        ("用户活跃度", "271%", "GP463"),
        ("用户活跃度", "0", None),
        ("内容质量", "0", None),
        ("内容质量", "100", None),
        ("内容质量", "100.01", "GP407"),
        ("内容质量", "-1", "GP407"),
        ("内容质量", "92%", "GP407"),
    ],
)
def test_actuals(plan, column, text, code):
    (person,), found = read(plan, f"工号;姓名;{column}\n7;甲;{text}\n")
    assert codes(found) == ([code] if code else [])
    assert bool(person.unusable) is bool(code)
    assert bool(person.actuals) is not bool(code)


@pytest.mark.parametrize(
    ("column", "text", "cure"),
    [
        ("社群新增用户数", "约512 人", "write the number in 人, as the plan measures it"),
        ("用户活跃度", "92", "write `92%`"),
        ("内容质量", "92%", "write only the number"),
    ],
)
def test_cures(plan, column, text, cure):
    _, (problem,) = read(plan, f"工号,姓名,{column}\n7,甲,{text}\n")
    assert problem.help.startswith(cure)


def test_periods(make_plan):
    plan = make_plan("period: {name: 双十一专项, start: 2026-11-01, end: 2026-11-15}")
    text = "工号,姓名,考核期,内容质量\n7,甲,2026-07,80\n8,乙,双十一专项,80\n9,丙,三季度,80\n10,丁,,80\n"
    people, found = read(plan, text)
    assert [(p.id, p.period.id) for p in people] == [("7", "2026-07"), ("8", "20261101-20261115"), ("10", "2026-Q3")]
    assert [(d.code, d.span.line) for d in found] == [("GP416", 4)]


def test_weeks_in_a_column(plan):
    people, found = read(plan, "工号,姓名,考核期,内容质量\n7,甲,2026-W53,80\n7,甲,2027-w01,90\n7,甲,2027-W53,90\n")
    assert [(p.period.id, p.period.start.isoformat(), p.period.end.isoformat()) for p in people] == [
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-W01", "2027-01-04", "2027-01-10"),
    ]
    assert [(d.code, d.span.line) for d in found] == [("GP416", 4)]


def test_no_period_is_told_once(plan):
    people, found = read(plan, "工号,姓名,内容质量\n7,甲,80\n8,乙,80\n", default=None)
    assert people == []
    assert codes(found) == ["GP416"]


def test_numbers_as_ids_are_told_once(plan, xlsx):
    table, _ = read_table(xlsx([["工号", "姓名", "内容质量"], [7, "甲", 80], ["0008", "乙", 80], [9, "丙", 80]]), "team.xlsx")
    people, (problem,) = read_people(table, plan, Q3)
    assert [p.id for p in people] == ["0008"]
    assert (problem.code, problem.span.cell) == ("GP409", "Sheet!A2")
    assert "1 more" in problem.message


def test_cells_the_reader_refused_are_not_told_again(plan, xlsx):
    rows = [["工号", "姓名", "社群新增用户数", "用户活跃度", "内容质量"], ["7", "=A1", "#DIV/0!", "=1+1", 80], ["=A2", "乙", 5, "6%", 7]]
    table, found = read_table(xlsx(rows), "team.xlsx")
    assert sorted(codes(found)) == ["GP406", "GP410", "GP410", "GP410"]
    (person,), found = read_people(table, plan, Q3)
    assert found == []
    assert person.unusable == {"new-members", "用户活跃度"}
    assert check_missing(plan, [person]) == []


def test_a_row_longer_than_the_headers_gives_no_actual(plan):
    table, (problem,) = read_table((HEADER + "7,甲,1,200,92%,80\n").encode(), "team.csv")
    (person,), found = read_people(table, plan, Q3)
    assert (problem.code, found) == ("GP412", [])
    assert (person.id, person.actuals, len(person.unusable)) == ("7", {}, 3)


@pytest.mark.parametrize(
    ("policy", "one", "all_"),
    [
        ("error", Severity.ERROR, Severity.ERROR),
        ("exclude", Severity.NOTE, Severity.WARNING),
        ("zero", Severity.NOTE, Severity.WARNING),
    ],
)
def test_missing(make_plan, policy, one, all_):
    """What nobody has is a column left out, or misspelt."""
    plan = make_plan(f"missing: {policy}")
    people, _ = read(plan, HEADER + "7,甲,1,,\n8,乙,2,90%,\n")
    found = check_missing(plan, people)
    assert [(d.code, d.severity, d.span.line) for d in found] == [("GP405", one, 2), ("GP405", all_, None)]
    assert "`7`" in found[0].message
    assert "none of the 2 people" in found[1].message
    assert not any("甲" in d.message for d in found)


@pytest.mark.parametrize("rows", ["7,甲,1,90%,\n", "7,甲,1,90%,80\n8,乙,,,\n"])
def test_a_person_alone_and_one_without_anything(make_plan, rows):
    plan = make_plan("missing: zero")
    people, _ = read(plan, HEADER + rows)
    assert {d.severity for d in check_missing(plan, people)} == {Severity.WARNING}


def test_messages_quote_safely(plan):
    _, found = read(plan, f"工号,姓名,社群新增用户数\n7,甲,{'长' * 500}\n")
    assert len(found[0].message) < 120


@pytest.mark.parametrize(
    ("row", "column", "most"),
    [
        ("2" * 101 + ",甲,部,岗,好", "工号", "100"),
        ("0007," + "甲" * 201 + ",部,岗,好", "姓名", "200"),
        ("0007,甲," + "部" * 10_000 + ",岗,好", "部门", "200"),
        ("0007,甲,部," + "岗" * 201 + ",好", "岗位", "200"),
        ("0007,甲,部,岗," + "好" * 5_001, "评语", "5,000"),
    ],
)
def test_a_text_that_is_too_long_costs_its_row_alone(plan, row, column, most):
    people, found = read(plan, f"工号,姓名,部门,岗位,评语,用户活跃度\n{row},92%\n0008,乙,部,岗,好,92%\n")
    assert [person.id for person in people] == ["0008"]
    assert [(each.code, each.span.cell, each.span.line) for each in found] == [("GP650", column, 2)]
    assert f"more than the {most} allowed in this column" in found[0].message


def test_texts_as_long_as_may_be_are_read(plan):
    (person,), found = read(plan, f"工号,姓名,部门,评语\n{'2' * 100},{'甲' * 200},{'部' * 200},{'好' * 5_000}\n")
    assert (len(person.id), len(person.name), len(person.comment), found) == (100, 200, 5_000, [])


def test_a_row_that_is_too_long_leaves_no_file_of_its_person_open(plan):
    rows = f"0007,甲,{'部' * 201},新增,Zx81-qq-70,用户活跃度,92%\n0007,甲,部,新增,,内容质量,88\n0008,乙,部,新增,Zx82-qq-70,内容质量,88\n"
    people, found = read(plan, f"工号,姓名,部门,岗位,打开密码,指标,实际值\n{rows}")
    assert [person.id for person in people] == ["0008"]
    assert "GP650" in codes(found)
    assert not any("Zx8" in each.message for each in found)
