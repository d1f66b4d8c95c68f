"""Tables as people lay them out: titles above, headers in two rows, totals and signatures below."""

import pytest
from openpyxl import Workbook

from genplan.diagnostics import Severity
from genplan.people.expected_content import expected_content
from genplan.people.non_person_rows import names_totals
from genplan.people.read_people import read_people
from genplan.people.readers import read_sheets, read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
HEADER = "工号,姓名,内容质量"
DIMENSIONS = """---
schema: 1
title: 客服专员考核方案
department: 客服部
period: 2026-Q3
raters: [{name: 自评, rater: self, weight: 20%}, {name: 上级, rater: supervisor, weight: 80%}]
dimensions:
  - {name: 工作业绩, weight: 60%, indicators: [{name: 质量, weight: 50%}, {name: 效率, weight: 50%}]}
  - {name: 工作态度, weight: 40%, indicators: [{name: 质量, weight: 50%}, {name: 协作, weight: 50%}]}
---
"""
KEYS = ["工作业绩/质量", "效率", "工作态度/质量", "协作"]


def codes(found):
    return [d.code for d in found]


def read(plan, text, file="team.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    table, found = read_table(data, file, expected_content(plan))
    people, more = read_people(table, plan, Q3) if table else ([], [])
    return people, found + more


def values(people):
    return [(person.id, *(actual.text for actual in person.actuals.values())) for person in people]


@pytest.fixture
def dimensions(make_plan):
    return make_plan(text=DIMENSIONS)


@pytest.mark.parametrize(
    "above",
    [
        "2026年第三季度绩效考核表,,",
        "某某公司客服部\n\n2026年第三季度考核   制表日期：2026-10-08",
        "部门：客服部,,考核期：2026-Q3",
        "部门,客服部,考核期",
        "编号,KH-07,",
        ",,2026年第三季度考核表",
        "sep=,",
        "Report 2026; all teams; all ids",
    ],
)
def test_titles_above_the_headers(plan, above):
    people, found = read(plan, f"{above}\n{HEADER}\n0007,甲,80\n")
    assert (values(people), codes(found)) == ([("0007", "80")], ["GP480"])
    assert "甲" not in found[0].message


def test_a_title_does_not_choose_the_delimiter(plan):
    people, found = read(plan, "考核, 2026, 客服部, 一组\n工号;姓名;内容质量\n0007;甲;80\n")
    assert (values(people), codes(found)) == ([("0007", "80")], ["GP480"])


def test_results_above_the_headers_are_refused(plan):
    people, found = read(plan, f"0007,甲,80\n{HEADER}\n0008,乙,90\n")
    assert values(people) == [("0008", "90")]
    assert [(d.code, d.severity, d.span.line) for d in found] == [("GP498", Severity.ERROR, 1), ("GP480", Severity.NOTE, 1)]


def test_one_wrong_header_is_one_message(plan):
    people, found = read(plan, "2026年考核,,,\n人事代号,姓名,内容质量,用户活跃度\n0007,甲,80,90%\n,合计,80,\n")
    assert people == []
    assert codes(found) == ["GP480", "GP403"]
    assert found[1].span.line == 2


@pytest.mark.parametrize("header", ["员工番号", "工号码", "人员号码", "Employee Nr", "職員工號"])
def test_the_nearest_guess_for_the_header_of_ids(plan, header):
    _, (problem,) = read(plan, f"{header},姓名,内容质量\n0007,甲,80\n")
    assert (problem.code, problem.help) == ("GP403", f"if `{header}` contains the ids, name it 工号 (or 编号, employee id)")


@pytest.mark.parametrize(
    "row",
    [
        ",合计,80",
        "合计,,80",
        "合 计,,80",
        "合计：,2人,80",
        "小计,,80",
        "平均分,,80",
        ",平均值（2人）,80",
        "總計,,80",
        "Total,,80",
        ",Average,80",
        "grand total,,80",
        "部门平均,,80",
        "最高分,,80",
        HEADER,
    ],
)
def test_totals_are_left_out_wherever_they_stand(plan, row):
    people, found = read(plan, f"{HEADER}\n0007,甲,80\n{row}\n0008,乙,90\n{row}\n")
    assert (values(people), codes(found)) == ([("0007", "80"), ("0008", "90")], ["GP481"])
    assert "rows 3, 5" in found[0].message


@pytest.mark.parametrize(
    "rows",
    [
        "备注：以上为最终结果",
        "制表人：王五,,审核：李四",
        ",制表：王五,",
        "合计,,80\n审核人签字：,,\n日期：2026年10月8日",
        "说明：,,\n1、数据截至9月30日,,\n2、按季度考核,,",
        "Prepared by: W. Wu,,",
        "注：,,",
        "签字：________,,",
        "2026年10月8日",
        "部门负责人签字：,,总经理审批：",
        "制表人：,王五,",
        "审核人,,批准人",
        "——以下空白——,,",
        "考核日期 2026-10-08,,",
    ],
)
def test_remarks_and_signatures_below_the_table(plan, rows):
    people, found = read(plan, f"{HEADER}\n0007,甲,80\n{rows}\n")
    assert (values(people), codes(found)) == ([("0007", "80")], ["GP481"])
    assert not any(word in found[0].message for word in ("王五", "李四", "最终"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",丙,80", "GP417"),
        (",,80", "GP417"),
        ("12,合计,80", "GP499"),
        ("备注：见下,,\n0008,乙,90", "GP415"),
        (",总经理助理,80", "GP417"),
        (",主管,80", "GP417"),
        ("经理,张三,80", ""),
        ("审核人,李四,80", ""),
        (",主管,优秀", "GP417"),
        (",Max,80", "GP417"),
    ],
)
def test_what_may_be_about_somebody_is_never_left_out(plan, row, code):
    people, found = read(plan, f"{HEADER}\n0007,甲,80\n{row}\n")
    assert "GP481" not in codes(found) or "备注" in row
    if code:
        assert any(d.code == code and d.severity is Severity.ERROR for d in found)
    else:
        assert len(people) == 2


@pytest.mark.parametrize("name", ["Max", "Sum", "Min Li", "Count"])
def test_names_that_are_words_of_spreadsheets(plan, name):
    people, found = read(plan, f"{HEADER}\n0007,{name},80\n")
    assert (values(people), codes(found)) == ([("0007", "80")], [])


@pytest.mark.parametrize("text", ["总计", "合计3人", "平均：", "TOTALS", "Sub-total", "人均", "月度小计", "加权平均分"])
def test_words_for_totals(text):
    assert names_totals(text)


@pytest.mark.parametrize("text", ["总监", "甲", "平均主义者", "Summer", "Max Wu", "合计员", "0007", "总经理"])
def test_words_for_people(text):
    assert not names_totals(text)


def test_totals_of_a_department(plan):
    text = "部门,工号,姓名,内容质量\n一部,0007,甲,80\n一部小计,,,80\n二部,0008,乙,90\n二部小计：,,,90\n总计,,,170\n"
    people, found = read(plan, text)
    assert (values(people), codes(found)) == ([("0007", "80"), ("0008", "90")], ["GP481"])


def test_headers_of_a_second_table_are_refused(plan):
    _, found = read(plan, f"{HEADER},用户活跃度\n0007,甲,80,90%\n工号,姓名,用户活跃度,内容质量\n0008,乙,90%,70\n")
    assert [(d.code, d.severity, d.span.line) for d in found if d.code == "GP498"] == [("GP498", Severity.ERROR, 3)]


def test_headers_in_two_rows_on_every_page(make_plan):
    plan = make_plan(text=DIMENSIONS.replace("raters:", "# raters:"))
    heads = "工号,姓名,工作业绩,,工作态度,,评语\n,,质量,效率,质量,协作,"
    people, found = read(plan, f"{heads}\n0101,甲一,90,85,80,95,好\n{heads}\n0102,乙二,70,65,60,75,\n")
    assert (codes(found), values(people)) == (["GP481"], [("0101", "90", "85", "80", "95"), ("0102", "70", "65", "60", "75")])


def test_a_column_that_numbers_the_rows(plan):
    people, found = read(plan, f"序号,{HEADER}\n1,0007,甲,80\n")
    assert (values(people), [(d.code, d.severity) for d in found]) == ([("0007", "80")], [("GP404", Severity.NOTE)])


def test_totals_with_formulas_are_no_errors(plan, xlsx):
    rows = [["工号", "姓名", "内容质量"], ["0007", "甲", 80], ["合计", None, "=SUM(C2:C2)"]]
    people, found = read(plan, xlsx(rows), "team.xlsx")
    assert (values(people), codes(found)) == ([("0007", "80")], ["GP481"])


def two_rows(*, merged=True, titles=0, depth="above"):
    book = Workbook()
    sheet = book.active
    for _ in range(titles):
        sheet.append(["2026年第三季度绩效考核表"])
    own = ["工号", "姓名"] if depth == "above" else [None, None]
    sheet.append([*own, "工作业绩", None, "工作态度", None, "评语" if depth == "above" else None])
    own = ["工号", "姓名"] if depth == "below" else [None, None]
    sheet.append([*own, "质量", "效率", "质量", "协作", "评语" if depth == "below" else None])
    sheet.append(["0101", "甲一", 90, 85, 80, 95, "好"])
    if merged:
        top = titles + 1
        ranges = [f"C{top}:D{top}", f"E{top}:F{top}"]
        ranges += [f"{column}{top}:{column}{top + 1}" for column in "ABG"] if depth == "above" else []
        ranges += ["A1:G1"] if titles else []
        for each in ranges:
            sheet.merge_cells(each)
    return book


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("titles", [0, 1])
@pytest.mark.parametrize("depth", ["above", "below"])
def test_headers_in_two_rows(make_plan, saved, merged, titles, depth):
    plan = make_plan(text=DIMENSIONS.replace("raters:", "# raters:"))
    people, found = read(plan, saved(two_rows(merged=merged, titles=titles, depth=depth)), "team.xlsx")
    assert codes(found) == ["GP480"] * titles
    assert {key: actual.text for key, actual in people[0].actuals.items()} == dict(zip(KEYS, ["90", "85", "80", "95"], strict=True))
    assert people[0].comment == "好"


@pytest.mark.parametrize(
    "heads", ["工号,姓名,工作业绩,,工作态度,,评语\n,,质量,效率,质量,协作,", ",,工作业绩,,工作态度,,\n工号,姓名,质量,效率,质量,协作,评语"]
)
def test_headers_in_two_rows_of_csv(make_plan, heads):
    plan = make_plan(text=DIMENSIONS.replace("raters:", "# raters:"))
    people, found = read(plan, f"{heads}\n0101,甲一,90,85,80,95,好\n")
    assert (codes(found), values(people)) == ([], [("0101", "90", "85", "80", "95")])


def test_headers_in_three_rows(plan):
    people, found = read(plan, f"基本信息,,考核指标\n{HEADER}\n,,（分）\n0007,甲,80\n")
    assert (codes(found), values(people)) == ([], [("0007", "80")])
    _, found = read(plan, f",,上季度\n{HEADER}\n,,（分）\n0007,甲,80\n")
    assert codes(found) == ["GP483"]


def test_a_dimension_with_its_weight(make_plan, saved):
    plan = make_plan(text=DIMENSIONS.replace("raters:", "# raters:"))
    book = two_rows()
    book.active["C1"], book.active["E1"] = "工作业绩（60%）", "工作态度 (40%)"
    people, found = read(plan, saved(book), "team.xlsx")
    assert (codes(found), values(people)) == ([], [("0101", "90", "85", "80", "95")])
    book.active["E1"] = "工作态度（50%）"
    _, found = read(plan, saved(book), "team.xlsx")
    assert codes(found)[0] == "GP483"


@pytest.mark.parametrize("heading", ["上季度", "预算", "去年同期"])
def test_a_heading_that_is_not_understood(plan, heading):
    people, found = read(plan, f",,{heading},\n{HEADER},用户活跃度\n0007,甲,80,90%\n")
    assert [(d.code, d.severity) for d in found] == [("GP483", Severity.ERROR)]
    assert (people[0].actuals, people[0].unusable) == ({}, {"内容质量", "用户活跃度"})


def test_neutral_headings(plan):
    people, found = read(plan, f"员工信息,,考核指标\n{HEADER}\n0007,甲,80\n")
    assert (values(people), codes(found)) == ([("0007", "80")], [])


@pytest.mark.parametrize("header", ["*工号", "工号：", "工号*", "＊ 工号 ", "工\n号", "※工号"])
def test_signs_around_a_header(plan, header):
    people, found = read(plan, f'"{header}",姓名,内容质量：\n0007,甲,80\n')
    assert (values(people), codes(found)) == ([("0007", "80")], [])


def test_merged_departments_hold_for_all_their_rows(plan, saved):
    book = Workbook()
    for row in (["部门", "工号", "姓名", "内容质量"], ["一部", "0007", "甲", 80], [None, "0008", "乙", 90], ["二部", "0009", "丙", 70]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    people, found = read(plan, saved(book), "team.xlsx")
    assert ([person.department for person in people], codes(found)) == (["一部", "一部", "二部"], [])


def test_merged_ids_in_the_long_form(plan, saved):
    book = Workbook()
    for row in (["工号", "姓名", "指标", "实际值"], ["0007", "甲", "内容质量", 80], [None, None, "用户活跃度", "90%"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:B3")
    people, found = read(plan, saved(book), "team.xlsx")
    assert (values(people), codes(found)) == ([("0007", "80", "90%")], [])


def test_a_value_merged_over_two_people_is_refused(plan, saved):
    book = Workbook()
    for row in (["工号", "姓名", "内容质量"], ["0007", "甲", 80], ["0008", "乙", None]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    _, found = read(plan, saved(book), "team.xlsx")
    assert [(d.code, d.severity, d.span.cell) for d in found] == [("GP413", Severity.ERROR, "Sheet!C2:C3")]


def test_hidden_columns(plan, saved):
    book = Workbook()
    book.active.append(["工号", "姓名", "内容质量"])
    book.active.append(["0007", "甲", 80])
    book.active.column_dimensions["C"].hidden = True
    people, found = read(plan, saved(book), "team.xlsx")
    assert (values(people), codes(found)) == ([("0007", "80")], ["GP484"])
    assert found[0].message == "1 hidden column of this sheet is read: `内容质量`"


def test_each_sheet_is_read_by_itself(plan, saved):
    book = Workbook()
    for sheet, number in ((book.active, 7), (book.create_sheet("二组"), 8)):
        sheet.append(HEADER.split(","))
        sheet.append([f"000{number}", "甲", 80])
    sheets = read_sheets(saved(book), "team.xlsx", expected_content(plan))
    assert [(table.sheet, len(table.rows)) for table, _ in sheets if table] == [("Sheet", 1), ("二组", 1)]
