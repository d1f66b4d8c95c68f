"""What is put between characters: nothing a reader sees, and nothing outside Chinese text."""

import pytest
import tinyhtml5

from genplan.theme.typography import BOUNDARY, JOINER, bind_units, typeset


def shown(body: str, language: str = "zh-CN") -> str:
    """Typeset a body and return its text, joiners as `~`, boundaries as `|`."""
    tree = tinyhtml5.parse(f'<html lang="{language}"><body>{body}</body></html>', namespace_html_elements=False)
    typeset(tree)
    return "".join(tree.find("body").itertext()).replace(JOINER, "~").replace(BOUNDARY, "|")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("满30天的人员。", "满30~天的人~员。"),
        ("自2026年7月1日起施行。", "自2026~年~7~月~1~日起施~行。"),
        ("完成率≥90%的", "完成率≥~90%~的"),
        ("第3季度", "第~3~季~度"),
        ("用KPI考核，Q3季度的B2级人员", "用|KPI|考核，Q3|季度的|B2|级人~员"),
        ("用 KPI 考核", "用 KPI 考~核"),
        ("甲——乙和丙～丁以及戊·己", "甲~——乙和丙~～丁以及戊~·己"),
    ],
)
def test_pieces_stay_together(written: str, expected: str):
    assert shown(f"<p>{written}</p>") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>考核结果（暂行）</h2>", "考核结果（暂~行）"),
        ("<p>经批准后<strong>施行</strong>。</p>", "经批准后施行。"),
        ("<ul><li>考核结果；<ul><li>指标得分</li></ul></li></ul>", "考核结~果；指标得~分"),
        ("<p>是</p>", "是"),
        ("<p>见https://example.com</p>", "见|https://example.com"),
    ],
)
def test_the_last_character_is_tied_to_the_one_before(body: str, expected: str):
    assert shown(body) == expected


def test_other_languages_are_left_alone():
    text = "满30天的KPI考核。"
    assert shown(f"<p>{text}</p>", "en") == text
    assert shown(f"<p>{text}</p>", "zh-TW") != text


def test_bookmarks_keep_what_a_heading_says():
    tree = tinyhtml5.parse('<html lang="zh-CN"><body><h2>用KPI考核</h2><h3>A</h3></body></html>', namespace_html_elements=False)
    typeset(tree)
    assert [heading.get("data-label") for heading in tree.find("body")] == ["用KPI考核", None]


def test_typesetting_twice_changes_nothing_more():
    tree = tinyhtml5.parse('<html lang="zh-CN"><body><p>第3季度用KPI考核满30天——甲～乙。</p></body></html>', namespace_html_elements=False)
    typeset(tree)
    once = "".join(tree.itertext())
    typeset(tree)
    assert "".join(tree.itertext()) == once


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>得100 分，另有 100 名</p>", "得100_分，另有 100_名"),
        ("<td>240000 <span>元</span></td>", "240000_元"),
        ("<p>within 5 working days of 2026 and 100 or more</p>", "within 5_working days of 2026 and 100 or more"),
        ("<p>earns 0 to 100 points, 30 % and 12 USD</p>", "earns 0 to 100_points, 30_% and 12_USD"),
        ("<p>3 </p><p>points</p>", "3 points"),
        ('<p>3 <span data-name="unit">points</span> and <span data-name="n">4 points</span></p>', "3 points and 4 points"),
        ("<p>第 3 季度</p>", "第 3_季度"),
    ],
)
def test_a_number_and_its_unit_have_a_no_break_space(written: str, expected: str):
    tree = tinyhtml5.parse(f"<html><body><table><tr>{written}</tr></table></body></html>", namespace_html_elements=False)
    bind_units(tree)
    assert "".join(tree.find("body").itertext()).replace("\u00a0", "_") == expected


def test_the_words_of_a_long_name_stay_whole():
    assert shown("<table><tr><td>买买提·吐尔逊江</td></tr></table>") == "买~买~提~·吐~尔~逊~江"
