"""Comparing what documents say finds differences, and takes a repeated head for none."""

import pytest
import tinyhtml5
from agreement import AlternativeTotal, difference, reading, said


def read(body: str) -> AlternativeTotal:
    return reading(tinyhtml5.parse(f"<body>{body}</body>", namespace_html_elements=False))


TABLE = "<table><thead><tr><th>指标<th>权重</thead><tr><td>甲<td>1<tr><td>乙<td>2</table>"


def test_numbers_stand_before_what_they_number_and_running_lines_are_left_out() -> None:
    tree = read('<header class="running">页眉</header><h2 data-number="一、">目的</h2><ul><li data-number="•">甲 乙\n<p>丙</p></li></ul>')
    assert tree.text == "一、目的•甲乙丙"


@pytest.mark.parametrize(
    ("pages", "agree"),
    [
        (["指标 权重\n甲 1\n乙 2"], True),
        (["指标 权重\n甲 1", "指标 权重\n乙 2"], True),
        (["指标 权重\n甲 1", "乙 2"], True),
        (["指标 权重\n甲 1", "指标 权重\n指标 权重\n乙 2"], False),
        (["甲 1\n乙 2"], False),
        (["指标 权重\n甲 1"], False),
        (["指标 权重\n乙 2\n甲 1"], False),
        (["指标 权重\n甲 1\n乙 2\n多"], False),
    ],
)
def test_a_head_may_be_repeated_at_the_top_of_a_page(pages: list[str], *, agree: bool) -> None:
    expected = read(TABLE)
    assert (difference(expected.text, said(pages, expected)) == "") == agree


def test_a_table_that_begins_a_page_keeps_its_head() -> None:
    expected = read("<p>前</p>" + TABLE + TABLE)
    assert said(["前", "指标权重甲1乙2", "指标权重甲1乙2"], expected) == expected.text


def test_a_difference_is_shown_where_it_begins() -> None:
    assert "一 ⟂" in difference("第一章", "第一节")
