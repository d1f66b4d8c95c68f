import pytest

from genplan.diagnostics import Span
from genplan.people.readers import read_table

FILE = "team.yaml"


def codes(found):
    return [d.code for d in found]


def test_values_stay_the_text_that_was_written():
    table, found = read_table("- 工号: 0007\n  name: no\n  活跃: 92%\n  备注: ~\n- {工号: '0008', 新增: 1.10}\n".encode(), FILE)
    assert found == []
    assert [h.text for h in table.headers] == ["工号", "name", "活跃", "备注", "新增"]
    assert [{k: c.text for k, c in row.cells.items()} for row in table.rows] == [
        {"工号": "0007", "name": "no", "活跃": "92%"},
        {"工号": "0008", "新增": "1.10"},
    ]
    assert table.rows[0].cells["活跃"].span == Span(FILE, 3, 7, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["GP403"]),
        ("[]", ["GP403"]),
        ("- {}", ["GP403"]),
        ("工号: 1", ["GP402"]),
        ("- 1\n- 2", ["GP402", "GP402"]),
        ("- 1\n- {工号: 1}", ["GP402"]),
        ("- {工号: 1, 姓名: [a]}", ["GP203"]),
        ("- {工号: 1, 工号: 2}", ["GP103"]),
        ("- {工号: &a 1}", ["GP102"]),
        ("- {工号: 1", ["GP101"]),
        ('- {工号: "\\x01"}', ["GP006"]),
        ("- {工号: }", ["GP401"]),
    ],
)
def test_what_is_wrong(text, expected):
    assert codes(read_table(text.encode(), FILE).diagnostics) == expected


def test_a_bad_value_is_unusable_and_others_stay():
    table, _ = read_table("- {工号: 1, 姓名: [a], 备注: x, 备注: y}".encode(), FILE)
    (row,) = table.rows
    assert row.unusable == {"姓名", "备注"}
    assert row.cells["工号"].text == "1"
