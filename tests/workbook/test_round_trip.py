"""What is filled in is what genplan reads."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_books import draw, plan_file
from openpyxl import load_workbook

from genplan.people.load import load_results
from genplan.theme.locale import Locale
from genplan.workbook.book import workbook_bytes
from genplan.workbook.layout import CHOICES, ENTRY, SCORES, SPARE_ROWS, SUMMARY

PLAN = {
    "title": "=绩效方案",
    "issued": "2026-06-15",
    "missing": "exclude",
    "indicators": [
        {"name": "满意度", "weight": "40%", "target": "92%", "unit": "%", "scoring": {"method": "ratio", "cap": "120%"}},
        {"name": "=1+1", "id": "direct", "weight": "30%"},
        {
            "name": "评价",
            "weight": "20%",
            "scoring": {"method": "rubric", "levels": [{"name": "+好", "score": 100}, {"name": "差", "score": 0}]},
        },
        {"name": "留存率", "weight": "10%", "target": "80%", "scoring": "ratio", "compute": "留存 / 期初"},
    ],
    "bonuses": ["@奖励"],
    "deductions": ["-处罚"],
    "vetoes": ["重大事故"],
    "grades": [{"name": "=优", "from": 80}, {"name": "差", "from": 0}],
}
ROWS = [
    {
        "工号": "0007",
        "姓名": "=张三",
        "部门": "+运营部",
        "岗位": "-专员",
        "满意度": 0.9,
        "=1+1": 88.5,
        "评价": "+好",
        "留存": 40,
        "期初": 50,
    }
    | {"@奖励": 2, "-处罚": 1, "重大事故": "是", "评语": "@继续努力"},
    {"工号": "0008", "姓名": "李四", "=1+1": 90, "重大事故": "否"},
]


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "2026-Q3.xlsx"
    path.write_bytes(data)
    return path


def test_round_trip(locale: Locale, fill_in: Callable, tmp_path: Path):
    plan = plan_file(PLAN)
    people, found = load_results(plan, tmp_path, [saved(tmp_path, fill_in(workbook_bytes(plan, (), locale), ROWS))])
    assert {each.code for each in found} == {"GP405", "GP488"}  # the department is none of the plan's, which is a note
    one, two = people
    assert (one.id, one.name, one.department, one.position, one.comment) == ("0007", "=张三", "+运营部", "-专员", "@继续努力")
    assert {key: actual.text for key, actual in one.actuals.items()} == {"满意度": "90%", "direct": "88.5", "评价": "+好", "留存率": "80%"}
    assert {name: item.text for name, item in one.items.items()} == {"@奖励": "2", "-处罚": "1"}
    assert set(one.vetoes) == {"重大事故"}
    assert one.period.id == "2026-Q3"
    assert (two.id, set(two.actuals), dict(two.vetoes)) == ("0008", {"direct"}, {})


def test_decided_grades_have_columns(locale: Locale, fill_in: Callable, tmp_path: Path):
    plan = plan_file({"indicators": [{"name": "质量", "weight": "100%"}], "grades": [{"name": "优秀"}, {"name": "良好"}]})
    row = {"工号": "0007", "姓名": "张三", "质量": 90, "等级": "良好", "评定人": "考核小组", "评定理由": "稳定"}
    data = fill_in(workbook_bytes(plan, (), locale), [row])
    (person,), found = load_results(plan, tmp_path, [saved(tmp_path, data)])
    assert not found
    assert person.decision is not None
    assert (person.decision.grade, person.decision.by, person.decision.reason) == ("良好", "考核小组", "稳定")
    sheet = load_workbook(io.BytesIO(data))[ENTRY]
    assert [cell.value for cell in sheet[1]][4:] == ["质量", "等级", "评定人", "评定理由", "评语"]
    (grades,) = [rule for rule in sheet.data_validations.dataValidation if "F2" in str(rule.sqref)]
    assert (grades.type, grades.formula1) == ("list", "'#选项'!$B$1:$B$2")


@pytest.mark.parametrize("weighted", [True, False])
def test_units_go_by_their_names_and_have_room_for_what_is_said(locale: Locale, fill_in: Callable, tmp_path: Path, *, weighted: bool):
    indicator = {"name": "满意度", "target": "92%", "scoring": "ratio"} | ({"weight": "100%"} if weighted else {})
    plan = plan_file({"title": "评估", "assessed_unit": "社群", "indicators": [indicator]})
    data = workbook_bytes(plan, (), locale)
    book = load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book[ENTRY][1]] == ["社群", "部门", "满意度", "存在问题", "改进建议", "改进措施", "评语", "数值确认"]
    rows = [{"社群": "产品群", "满意度": 0.9, "存在问题": "少", "改进建议": "增", "改进措施": "办"}]
    people, found = load_results(plan, tmp_path, [saved(tmp_path, fill_in(data, rows))])
    assert not found
    assert [(each.id, each.name, each.problems, each.suggestions, each.measures) for each in people] == [
        ("产品群", "产品群", "少", "增", "办")
    ]
    assert (SCORES in book.sheetnames) == weighted
    if weighted:
        assert [cell.value for cell in book[SCORES][1]][:2] == ["社群", "满意度"]
        assert book[SUMMARY]["A1"].value == "社群"
        assert book[SUMMARY].column_dimensions["B"].hidden


def test_people_known_stand_in_it(locale: Locale, fill_in: Callable, tmp_path: Path):
    plan = plan_file(PLAN)
    people, _ = load_results(plan, tmp_path, [saved(tmp_path, fill_in(workbook_bytes(plan, (), locale), ROWS))])
    data = workbook_bytes(plan, people, locale)
    again, found = load_results(plan, tmp_path, [saved(tmp_path, data)])
    assert [(p.id, p.name, p.department, p.position) for p in again] == [(p.id, p.name, p.department, p.position) for p in people]
    assert {each.code for each in found} == {"GP405", "GP488"}  # the department is none of the plan's, which is a note
    sheet = load_workbook(io.BytesIO(data))[ENTRY]
    assert sheet["A2"].number_format == "@"
    assert not sheet.cell(1 + len(people) + SPARE_ROWS, 5).protection.locked


@pytest.mark.parametrize("seed", range(6))
def test_every_column_is_understood(seed: int, locale: Locale, fill_in: Callable, tmp_path: Path):
    drawn = draw(seed, 4)
    _, found = load_results(drawn.plan, tmp_path, [saved(tmp_path, fill_in(workbook_bytes(drawn.plan, (), locale), drawn.rows))])
    assert {each.code for each in found} <= {"GP405"}


def test_text_is_never_a_formula(locale: Locale, fill_in: Callable):
    """Formulas are genplan's own: no text of a plan or a person is among them."""
    plan = plan_file(PLAN)
    book = load_workbook(io.BytesIO(fill_in(workbook_bytes(plan, (), locale), ROWS)))
    assert book.sheetnames == [ENTRY, SCORES, SUMMARY, CHOICES]
    assert {cell.data_type for row in book[ENTRY] for cell in row} <= {"s", "n"}
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {"=1+1", "=优", "+好"} <= {cell.value for cell in cells if cell.data_type == "s"}
    assert not [cell for cell in cells if cell.data_type == "f" and cell.value in ("=1+1", "=优")]


def test_text_stays_text_when_its_cell_is_edited(locale: Locale):
    """A spreadsheet reads a cell again when somebody leaves it, unless it is marked as text."""
    book = load_workbook(io.BytesIO(workbook_bytes(plan_file(PLAN), (), locale)))
    written = {cell.value: cell.quotePrefix for sheet in book for row in sheet for cell in row if cell.data_type == "s"}
    assert [written[text] for text in ("=1+1", "=优", "+好", "@奖励", "-处罚")] == [True] * 5
    assert not written["满意度"]


def test_the_sheet_guides(locale: Locale):
    plan = plan_file(PLAN)
    book = load_workbook(io.BytesIO(workbook_bytes(plan, (), locale)))
    sheet = book[ENTRY]
    headers = {cell.value: cell for cell in sheet[1]}
    assert list(headers)[:4] == ["工号", "姓名", "部门", "岗位"]
    assert "目标值：92%" in headers["满意度"].comment.text
    assert "120%" in headers["满意度"].comment.text
    assert "留存 / 期初" in headers["期初"].comment.text
    assert "+好计100分" in headers["评价"].comment.text
    assert sheet.freeze_panes == "C2"
    assert all(each.protection.sheet and not each.protection.password for each in book)
    assert headers["工号"].protection.locked
    rules = {str(rule.sqref).rstrip("0123456789:").split("2")[0]: rule for rule in sheet.data_validations.dataValidation}
    direct, level, veto = (rules[headers[name].column_letter] for name in ("=1+1", "评价", "重大事故"))
    assert (direct.type, direct.formula1, direct.formula2) == ("decimal", "0", "100")
    assert (level.type, veto.type) == ("list", "list")
    assert (rules[headers["@奖励"].column_letter].operator, rules[headers["@奖励"].column_letter].formula1) == ("greaterThanOrEqual", "0")
    assert book[CHOICES].sheet_state == "hidden"


def test_a_plan_without_weights_has_no_scores(locale: Locale):
    plan = plan_file({"indicators": [{"name": "满意度"}, {"name": "质量"}]})
    assert load_workbook(io.BytesIO(workbook_bytes(plan, (), locale))).sheetnames == [ENTRY, CHOICES]


def test_names_that_fields_have_go_by_another(locale: Locale):
    """An indicator called as a field is headed by its dimension and name."""
    plan = plan_file({"dimensions": [{"name": "业绩", "weight": "100%", "indicators": [{"name": "岗位"}, {"name": "质量"}]}]})
    headers = [cell.value for cell in load_workbook(io.BytesIO(workbook_bytes(plan, (), locale)))[ENTRY][1]]
    assert "业绩/岗位" in headers


def test_bytes_depend_on_the_plan_alone(locale: Locale):
    plan = plan_file(PLAN)
    data = workbook_bytes(plan, (), locale)
    assert data == workbook_bytes(plan, (), locale)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        properties = archive.read("docProps/core.xml").decode()
        assert properties.count("2026-06-15T00:00:00Z") == 2
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
