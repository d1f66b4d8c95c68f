"""Lines as they are laid out: CLREQ's rules of where a line may not start or end, over random Chinese paragraphs."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from genplan.theme.typography import BOUNDARY, JOINER, bind_units
from genplan.writers.pdf import lay_out

NOT_AT_START = frozenset("，。、；：？！）》」』】〉〕］｝…—～·’”‰℃％%,.;:?!)]}")
NOT_AT_END = frozenset("（《「『【〈〔［｛“‘￥$([")
WORDS = "绩效考核指标目标完成社群运营专员部门主管评分等级权重总分结果数据来源考核期内客户满意度"
PIECES = ("30天", "5%", "100 分", "2026年7月1日", "KPI", "3.5倍", "≥90%", "12,000元", "第3季度", "Q3", "1～5项", "……", "——", "甲·乙")
APART = re.compile(r"[0-9]\n[0-9%天分元日月年倍项]|[年月第≥]\n[0-9]|——?\n—|…\n…")
_SILENT = str.maketrans("", "", JOINER + BOUNDARY)


def paragraph(chance: random.Random) -> str:
    text = ""
    length = chance.randint(8, 150)
    while len(text) < length:
        text += "".join(chance.choices(WORDS, k=chance.randint(1, 6)))
        what = chance.random()
        if what < 0.4:
            text += chance.choice("，。、；：？！）》」』】〉〕”’％‰℃")
        elif what < 0.55:
            text += chance.choice("（《「『【〈〔“‘￥")
        elif what < 0.8:
            text += chance.choice(PIECES)
    return text + "".join(chance.choices(WORDS, k=2)) + chance.choice(["。", "”。", "）。", ""])


def lines(box: boxes.Box) -> Iterator[str]:
    """Yield the text of each line below a box."""
    if isinstance(box, boxes.LineBox):
        yield "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox)).translate(_SILENT).strip()
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from lines(child)


def blocks(laid_out: weasyprint.Document, *tags: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield page, tag and lines of each block of these elements."""

    def walk(box: boxes.Box) -> Iterator[tuple[str, list[str]]]:
        if isinstance(box, boxes.BlockBox) and box.element_tag in tags:
            yield box.element_tag, list(lines(box))
        elif isinstance(box, boxes.ParentBox):
            for child in box.children:
                yield from walk(child)

    for number, page in enumerate(laid_out.pages):
        for tag, found in walk(page._page_box):
            yield number, tag, found


@pytest.mark.parametrize("seed", range(4))
def test_no_line_starts_or_ends_as_it_may_not(built_in_look, page, seed: int):
    chance = random.Random(seed)
    body = "".join(f'<div style="width: {chance.randint(40, 166)}mm" class="keep"><p>{paragraph(chance)}</p></div>' for _ in range(60))
    document = page(f"<main>{body}</main>")
    bind_units(document.tree)
    found = [each for _, _, each in blocks(lay_out(document, built_in_look), "p")]
    assert len(found) == 60
    assert sum(map(len, found)) > 200
    for each in found:
        for before, after in pairwise(each):
            assert after[0] not in NOT_AT_START, (before, after)
            assert before[-1] not in NOT_AT_END, (before, after)
        assert not APART.search("\n".join(each)), each
        assert len(each) == 1 or len(re.findall(r"\w", each[-1])) > 1, each


def test_no_heading_ends_in_a_line_of_one_character(built_in_look, page):
    text = "关于社群运营部门绩效考核结果应用与改进工作安排的若干规定"
    body = "".join(f'<div style="width: {width}mm" class="keep"><h2>{text[: 9 + width % 12]}</h2></div>' for width in range(30, 120))
    found = [each for _, _, each in blocks(lay_out(page(f"<main>{body}</main>"), built_in_look), "h2")]
    assert sum(len(each) > 1 for each in found) > 20
    assert all(len(each[-1]) > 1 for each in found if len(each) > 1)


def test_no_page_ends_with_a_heading_or_holds_a_single_line_of_a_paragraph(built_in_look, page):
    chance = random.Random(11)
    body = "".join(f"<h2>考核办法</h2><p>{paragraph(chance)}</p><p>{paragraph(chance)}{paragraph(chance)}</p>" for _ in range(60))
    parts = list(blocks(lay_out(page(f"<main>{body}</main>"), built_in_look), "h2", "p"))
    pages = {number for number, _, _ in parts}
    assert len(pages) > 3
    for number in pages:
        own = [(tag, len(found)) for at, tag, found in parts if at == number]
        assert own[-1][0] == "p", number
    for (at, tag, found), (next_at, next_tag, rest) in pairwise(parts):
        if at != next_at and tag == next_tag == "p" and not found[-1].endswith(("。", "。”")) and rest:
            assert min(len(found), len(rest)) > 1, (found, rest)


def test_chinese_and_digits_stand_apart_and_punctuation_closes_up(built_in_look, page):
    def width(text: str) -> float:
        laid_out = lay_out(page(f"<main><div>{text}</div></main>"), built_in_look)
        found = [
            box.width
            for sheet in laid_out.pages
            for box in sheet._page_box.descendants()
            if isinstance(box, boxes.TextBox) and box.text in text
        ]
        return sum(found)

    em = width("考")
    assert width("考3") - width("3") == pytest.approx(em * 13 / 12, rel=0.01)
    assert width("）。") == pytest.approx(1.5 * em, rel=0.01)
    assert width("（《") == pytest.approx(1.5 * em, rel=0.01)
    assert width("。考") == pytest.approx(2 * em, rel=0.01)
