"""Columns of tables: heads follow their columns, percentages have equally many places."""

from xml.etree.ElementTree import fromstring

import pytest

from genplan.theme.columns import align_columns


def aligned(rows: str, head: str = "<tr><th>甲</th><th>乙</th></tr>", kind: str = "data") -> list[list[tuple[str, str]]]:
    """Text and class of each cell."""
    tree = fromstring(f'<body><table class="{kind}"><thead>{head}</thead><tbody>{rows}</tbody></table></body>')
    align_columns(tree)
    return [[("".join(cell.itertext()), cell.get("class", "")) for cell in row] for row in tree.iter("tr")]


def test_heads_are_aligned_as_most_of_their_cells():
    rows = "".join(f'<tr><td>一</td><td class="{name}">1</td></tr>' for name in ("number", "number", "center"))
    assert aligned(rows)[0] == [("甲", ""), ("乙", "number")]


def test_empty_cells_do_not_count_but_cells_to_fill_in_do():
    rows = '<tr><td/><td class="number">1</td></tr><tr><td class="center">二</td><td/></tr><tr><td/><td/></tr>'
    assert aligned(rows)[0] == [("甲", "center"), ("乙", "number")]
    assert aligned('<tr><td class="fill"/><td/></tr><tr><td class="center fill"/><td/></tr><tr><td class="fill"/><td/></tr>')[0][0] == (
        "甲",
        "",
    )


def test_a_head_over_several_columns_is_centred_and_one_with_a_class_keeps_it():
    head = '<tr><th colspan="2">甲</th></tr><tr><th class="center">乙</th><th>丙</th></tr>'
    rows = '<tr><td class="number">1</td><td class="number">2</td></tr>'
    assert aligned(rows, head)[:2] == [[("甲", "center")], [("乙", "center"), ("丙", "number")]]


def test_forms_are_as_they_were():
    rows = '<tr><td class="number">25%</td><td class="number">1</td></tr><tr><td class="number">16.67%</td><td class="number">1</td></tr>'
    assert [row[0] for row in aligned(rows, kind="form")] == [("甲", ""), ("25%", "number"), ("16.67%", "number")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["25%", "16.67%", "8.3%"], ["25.00%", "16.67%", "8.30%"]),
        (["25%", "100%"], ["25%", "100%"]),
        (["-5%", "+0.5%"], ["-5.0%", "+0.5%"]),
        (["25%", "≈16.67%", "—"], ["25%", "≈16.67%", "—"]),
        (["25", "16.67"], ["25", "16.67"]),
        (["<span>25% <svg/></span>", "<span>7.5% <svg/></span>"], ["25.0% ", "7.5% "]),
        (["25%<br/>封顶", "7.5%"], ["25%封顶", "7.5%"]),
    ],
)
def test_percentages_of_a_column_have_equally_many_places(written: list[str], shown: list[str]):
    rows = "".join(f'<tr><td>一</td><td class="number">{text}</td></tr>' for text in written)
    assert [row[1][0] for row in aligned(rows)[1:]] == shown


def test_other_columns_keep_their_percentages():
    assert aligned("<tr><td>25%</td><td>1</td></tr><tr><td>16.67%</td><td>2</td></tr>")[1][0] == ("25%", "")


def test_a_merged_cell_belongs_to_its_column():
    rows = '<tr><td rowspan="2">一</td><td class="number">25%</td></tr><tr><td class="number">16.67%</td></tr>'
    assert [row[-1] for row in aligned(rows)] == [("乙", "number"), ("25.00%", "number"), ("16.67%", "number")]
