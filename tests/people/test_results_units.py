"""Results of plans that assess units: who is named under what header, and what is said of them."""

import pytest

from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

W28 = parse_period("2026-W28")


@pytest.fixture
def unit_plan(make_plan):
    return lambda unit="社群": make_plan(f"assessed_unit: {unit}")


def read(plan, text):
    table, found = read_table(text.encode(), "2026-W28.csv")
    assert found == []
    return read_people(table, plan, W28)


def codes(found):
    return [d.code for d in found]


@pytest.mark.parametrize(
    "header",
    ["社群", "社群名称", "社群名稱", "考核对象", "考核對象", "被考核对象", "受評對象", "单位", "單位名稱", "姓名", "Assessed Unit", "unit"],
)
def test_headers_of_the_name(unit_plan, header):
    people, found = read(unit_plan(), f"{header},内容质量\n产品群,80\n")
    assert not found
    assert [(person.id, person.name, person.actuals["内容质量"].text) for person in people] == [("产品群", "产品群", "80")]


def test_ids_may_be_given(unit_plan):
    people, found = read(unit_plan(), "社群编号,社群,内容质量\n07,产品群,80\n,粉丝群,90\n")
    assert not found
    assert [(person.id, person.name) for person in people] == [("07", "产品群"), ("粉丝群", "粉丝群")]


def test_the_word_for_units_stands_for_nothing_else(unit_plan):
    people, found = read(unit_plan("部门"), "部门,岗位,内容质量\n客服一部,客服,80\n")
    assert not found
    assert [(person.name, person.department, person.position) for person in people] == [("客服一部", "", "客服")]


def test_the_long_form_may_say_what_a_value_is_measured_in(unit_plan):
    people, found = read(unit_plan(), "社群,指标,实际值,单位\n产品群,内容质量,80,分\n产品群,社群新增用户数,90,人\n")
    assert found == []
    assert {key: actual.text for key, actual in people[0].actuals.items()} == {"内容质量": "80", "new-members": "90"}


@pytest.mark.parametrize(
    "headers",
    ["存在问题,改进建议,改进措施", "存在問題,改善建議,改善措施", "主要问题,建议,措施", "Problems found,Suggestions,Measures agreed"],
)
def test_what_is_said_of_a_unit(unit_plan, headers):
    people, found = read(unit_plan(), f'社群,内容质量,{headers}\n产品群,80,"1. 一\n2. 二",三,四\n')
    assert not found
    assert (people[0].problems, people[0].suggestions, people[0].measures) == ("1. 一\n2. 二", "三", "四")


def test_rows_of_one_unit_add_up_what_they_say(unit_plan):
    people, found = read(
        unit_plan(), "社群,指标,实际值,存在问题\n产品群,内容质量,80,甲\n产品群,社群新增用户数,90,乙\n产品群,用户活跃度,9%,乙\n"
    )
    assert not found
    assert people[0].problems == "甲\n乙"


def test_results_of_people_have_no_such_columns(make_plan):
    _, found = read(make_plan(), "工号,姓名,内容质量,存在问题\n7,甲,80,少\n")
    assert [(d.code, d.span.cell) for d in found] == [("GP404", "存在问题")]


def test_an_indicator_of_that_name_goes_before(make_plan):
    head = "---\nschema: 1\ntitle: 评估\ndepartment: 社群运营部\nassessed_unit: 社群\n"
    plan = make_plan(text=head + "indicators: [{name: 建议, weight: 100%}]\n---\n")
    people, found = read(plan, "社群,建议\n产品群,80\n")
    assert not found
    assert people[0].actuals["建议"].text == "80"
    assert people[0].suggestions == ""


def test_nothing_names_the_units(unit_plan):
    people, found = read(unit_plan(), "群主,内容质量\n甲,80\n")
    assert people == []
    assert codes(found) == ["GP403"]
    assert "社群" in found[0].message
    assert "社群" in found[0].help


def test_a_row_without_a_name(unit_plan):
    people, found = read(unit_plan(), "社群,内容质量\n,80\n产品群,90\n")
    assert [person.name for person in people] == ["产品群"]
    assert [(d.code, d.span.line) for d in found] == [("GP417", 2)]
    assert "社群" in found[0].message
