"""Whose rows are which plan's, where several read one file."""

import pytest

from genplan.diagnostics import Severity
from genplan.people.load import load_results
from genplan.people.workspace_plans import WorkspacePlans
from genplan.plan.load import load_plan

PLAN = """---
schema: 1
title: {name}
department: {department}
position: {position}
period: 2026-Q3
indicators: [{{name: 业绩, weight: 70%}}, {{name: 态度, weight: 30%}}]
results: {results}
{more}
---
"""
ROWS = """工号,姓名,部门,岗位,业绩,态度
0101,甲,销售部,销售专员,95,55
0102,乙,财务部,会计,50,95
"""


@pytest.fixture
def company(tmp_path):
    """Write plans and a file that all read, and load the results of each; of `plans`, each is (position, department, further lines)."""

    def load(text, **plans):
        (tmp_path / "c.csv").write_text(text, encoding="utf-8")
        for name, (position, department, *more) in plans.items():
            plan = PLAN.format(name=name, position=position, department=department, results="c.csv", more="\n".join(more))
            plan = plan.replace("position: \n", "")
            (tmp_path / f"{name}.md").write_text(plan, encoding="utf-8")
        paths = [tmp_path / f"{name}.md" for name in plans]
        whole = WorkspacePlans(tmp_path, paths, lambda path: path.name)
        read = {path.stem: load_results(load_plan(path, path.name).value, tmp_path, None, whole) for path in paths}
        return {name: [person.id for person in people] for name, (people, _) in read.items()}, [
            d for _, found in read.values() for d in found
        ]

    return load


def told(found):
    return sorted({(d.code, d.severity, d.span.line) for d in found})


def test_the_column_of_positions_decides(company):
    people, found = company(ROWS, sales=("销售专员", "全公司"), acct=("会计", "全公司"))
    assert (people, found) == ({"sales": ["0101"], "acct": ["0102"]}, [])


@pytest.mark.parametrize("stated", ["销售专员", " 销售专员", "销售 专员", "销售专员\u200b", "销售代表"])
def test_how_a_position_may_be_written(company, stated):
    plans = {"sales": ("销售专员", "销售部", "position_aliases: [销售代表]"), "acct": ("会计", "财务部")}
    people, found = company(ROWS.replace("销售专员", stated), **plans)
    assert (people, found) == ({"sales": ["0101"], "acct": ["0102"]}, [])


def test_a_person_of_no_plan_is_told(company):
    people, found = company(
        ROWS + "0103,丙,财务部,出纳,80,80\n0104,丁,财务部,,80,80\n", sales=("销售专员", "全公司"), acct=("会计", "全公司")
    )
    assert people == {"sales": ["0101"], "acct": ["0102"]}
    assert told(found) == [("GP488", Severity.WARNING, 4)]
    assert found[0].message == "2 rows match no plan (they state `出纳`, `财务部`) and are not scored"


def test_a_person_of_two_plans_is_an_error(company):
    people, found = company(ROWS, one=("销售专员", "销售部"), two=("销售专员", "销售部"), acct=("会计", "财务部"))
    assert people == {"one": [], "two": [], "acct": ["0102"]}
    assert told(found) == [("GP489", Severity.ERROR, 2)]
    assert found[0].message == "the row matches one.md and two.md"


def test_nobody_of_the_plan_is_an_error(company):
    people, found = company(ROWS, hr=("招聘专员", "人力资源部"))
    assert (people, told(found)) == ({"hr": []}, [("GP488", Severity.ERROR, 2)])


def test_nobody_of_one_plan_is_told(company):
    people, found = company(ROWS, sales=("销售专员", "全公司"), acct=("会计", "全公司"), hr=("招聘专员", "人力资源部"))
    assert people == {"sales": ["0101"], "acct": ["0102"], "hr": []}
    assert told(found) == [("GP488", Severity.WARNING, 2)]
    assert found[0].message == "no row of this table belongs to the plan hr.md; all belong to other plans"


def test_the_department_tells_plans_of_one_position_apart(company):
    rows = "工号,姓名,部门,岗位,业绩,态度\n1,甲,销售部,经理,95,55\n2,乙,财务部,经理,50,95\n3,丙,法务部,经理,60,60\n"
    people, found = company(rows, sales=("经理", "销售部"), acct=("经理", "财务部"))
    assert people == {"sales": ["1"], "acct": ["2"]}
    assert told(found) == [("GP488", Severity.WARNING, 4)]


def test_the_department_decides_where_there_is_no_position(company):
    rows = "工号,姓名,部门,业绩,态度\n1,甲,销售部,95,55\n2,乙,财务部,50,95\n3,丙,销售部一组,60,60\n"
    people, found = company(rows, sales=("", "销售部"), acct=("会计", "财务部"))
    assert (people, found) == ({"sales": ["1", "3"], "acct": ["2"]}, [])


def test_departments_that_are_parts_of_the_plans(company):
    rows = "工号,姓名,部门,岗位,业绩,态度\n1,甲,一组,销售专员,95,55\n2,乙,二组,销售专员,50,95\n"
    people, found = company(rows, sales=("销售专员", "销售部"))
    assert (people, found) == ({"sales": ["1", "2"]}, [])


def test_departments_that_say_nothing_of_the_plans_are_told(company):
    people, found = company("工号,姓名,部门,业绩,态度\n1,甲,一组,95,55\n", sales=("销售专员", "销售部"))
    assert (people, told(found)) == ({"sales": ["1"]}, [("GP488", Severity.NOTE, 2)])


def test_positions_say_nothing_to_a_plan_that_names_none(company):
    people, found = company("工号,姓名,部门,岗位,业绩,态度\n1,甲,一组,专员,95,55\n2,乙,,,60,60\n", sales=("", "销售部"))
    assert (people, told(found)) == ({"sales": ["1", "2"]}, [("GP488", Severity.NOTE, 2)])


def test_rows_that_state_nothing(company):
    people, found = company("工号,姓名,岗位,业绩,态度\n1,甲,,95,55\n2,乙,销售专员,50,95\n", sales=("销售专员", "销售部"))
    assert (people, found) == ({"sales": ["1", "2"]}, [])


def test_a_plan_for_all_has_all(company):
    people, found = company(ROWS, everybody=("", "全公司"))
    assert (people, found) == ({"everybody": ["0101", "0102"]}, [])


def test_the_first_row_of_a_person_states_it_for_all(company):
    rows = "工号,姓名,岗位,指标,实际值\n1,甲,销售专员,业绩,95\n1,,,态度,55\n2,乙,会计,业绩,50\n2,,,态度,95\n"
    people, found = company(rows, sales=("销售专员", "全公司"), acct=("会计", "全公司"))
    assert (people, found) == ({"sales": ["1"], "acct": ["2"]}, [])


def test_nothing_is_said_of_what_stands_in_a_table_with_passwords(company):
    _, found = company(
        "工号,姓名,岗位,业绩,态度,打开密码\n1,甲,k7-Rain99,95,55,\n2,乙,销售专员,50,95,k8-Rain99\n", sales=("销售专员", "销售部")
    )
    assert not any("Rain" in d.message + d.help for d in found)


def test_where_a_person_came_from_within_the_period_is_part_of_their_result(company):
    """A position of no plan, with its days: it is the first side of the transfer. Another person's row of it is nobody's."""
    head = "工号,姓名,岗位,在岗开始,在岗结束,业绩,态度\n"
    rows = "0101,甲,出纳,,2026-08-15,70,70\n0101,甲,销售专员,2026-08-16,,95,55\n0103,丙,出纳,,2026-08-15,80,80\n"
    people, found = company(head + rows, sales=("销售专员", "全公司"))
    assert people == {"sales": ["0101", "0101"]}
    assert told(found) == [("GP488", Severity.WARNING, 4)]


def test_a_side_of_a_transfer_that_falls_under_another_plan_is_its(company):
    head = "工号,姓名,岗位,在岗开始,在岗结束,业绩,态度\n"
    rows = "0101,甲,会计,,2026-08-15,70,70\n0101,甲,销售专员,2026-08-16,,95,55\n"
    people, found = company(head + rows, sales=("销售专员", "全公司"), acct=("会计", "全公司"))
    assert (people, found) == ({"sales": ["0101"], "acct": ["0101"]}, [])
