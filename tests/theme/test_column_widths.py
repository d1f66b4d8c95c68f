"""Widths of columns, from what stands in them."""

import re

import pytest
import tinyhtml5

from genplan.theme.column_widths import fit_columns


def widths(
    head: list[str], rows: list[list[str]], stated: list[float] | None = None, classes: str = "data", language: str = "zh-CN"
) -> list[float]:
    """Fit a table and return the percentages of its columns."""
    stated = stated or [100 / len(head)] * len(head)
    html = f'<html lang="{language}"><body><table class="{classes}"><colgroup>'
    html += "".join(f'<col style="width: {width}%">' for width in stated) + "</colgroup><thead><tr>"
    html += "".join(f"<th>{text}</th>" for text in head) + "</tr></thead><tbody>"
    html += "".join("<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    tree = tinyhtml5.parse(html + "</tbody></table></body></html>", namespace_html_elements=False)
    fit_columns(tree, 16)
    return [float(re.search(r"[\d.]+", col.get("style")).group()) for col in tree.iter("col")]


def test_a_short_column_leaves_its_room_to_a_long_one():
    name, target, rule = widths(
        ["考核指标", "目标值", "计分规则"],
        [["On-time delivery of cross-functional projects", "100\u00a0个", "实际值÷目标值×100分；完成率低于60%计0分；完成率最高按120%计"]]
        * 3,
        [19, 36, 45],
    )
    assert target < 14
    assert name > 25
    assert name + target + rule == pytest.approx(100, abs=0.05)


def test_no_column_is_narrower_than_its_longest_piece():
    long = "长文本" * 40
    weight, _, _ = widths(["权重", "说明", "备注"], [["33.33%", long, long]], [1, 50, 49])
    assert weight * 42 / 100 > len("33.33") * 0.55 + 0.9
    name, _ = widths(["姓名", "说明"], [["欧阳测试", long]], [1, 99])
    assert name * 42 / 100 > 4


def test_a_head_of_many_characters_may_have_two_lines():
    (first, *_) = widths(["全部指标折算权重", *["说明"] * 3], [["5%", *["长文本" * 30] * 3]])
    assert 4 < first * 42 / 100 < 6.5


def test_rows_that_a_cell_spans_share_its_text():
    spanning = ['<td rowspan="4">社群运营与用户增长维度说明文字</td>', "甲" * 60]
    (spanned, _), (single, _) = (
        widths(["维度", "说明"], [first, *[rest] * 3])
        for first, rest in ((spanning, ["甲" * 60]), (["社群运营与用户增长维度说明文字", "甲" * 60], ["乙", "甲" * 60]))
    )
    assert spanned < single


def test_forms_and_columns_to_write_in_keep_their_proportion():
    assert widths(["姓名", "", "工号", ""], [["测试", "", "0001", ""]], [16, 34, 16, 34], "form") == [16, 34, 16, 34]
    fitted = widths(["考核指标", "计分规则", "得分"], [["指标", "规则" * 60, '<td class="fill"></td>']] * 3, [30, 40, 30])
    assert fitted[2] == pytest.approx(30, abs=0.1)


def test_a_fixed_table_and_one_with_odd_columns_stay_as_they_are():
    assert widths(["甲", "乙"], [["丙", "丁" * 90]], [70, 30], "data fixed") == [70, 30]
    assert widths(["甲", "乙"], [["丙", "丁" * 90, "戊"]], [70, 30]) == [70, 30]


def test_more_than_fits_is_shared_by_need():
    fitted = widths([f"第{n}列标题" for n in range(14)], [["1234567.89\u00a0万元"] * 14])
    assert sum(fitted) == pytest.approx(100, abs=0.1)
    assert max(fitted) - min(fitted) < 1
