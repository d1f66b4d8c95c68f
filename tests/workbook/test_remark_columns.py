"""Columns of the workbook for remarks on indicators."""

from drawn_books import plan_file

from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period
from genplan.workbook.layout import lay_out

DATA = {"indicators": [{"name": "质量", "weight": "60%"}, {"name": "工作/态度", "weight": "40%"}]}


def test_no_column_where_the_plan_does_not_ask_for_it():
    assert [column.header for column in lay_out(plan_file(DATA), 1).columns][4:] == ["质量", "工作/态度", "评语"]


def test_results_take_the_columns():
    plan = plan_file(DATA | {"remarks": "有"})
    headers = [column.header for column in lay_out(plan, 1).columns]
    assert headers[4:] == ["质量", "工作/态度", "质量说明", "工作/态度说明", "评语"]
    table, _ = read_table(f"{','.join(headers)}\n7,甲,,,90,80,返工,迟到,\n".encode(), "team-2026-Q3.csv")
    (person,), found = read_people(table, plan, parse_period("2026-Q3"))
    assert (found, {key: given[0].text for key, given in person.remarks.items()}) == ([], {"质量": "返工", "工作/态度": "迟到"})
