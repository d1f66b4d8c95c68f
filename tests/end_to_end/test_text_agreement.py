"""A document says the same in every format: its tree, its PDF, and its Word file as LibreOffice prints it, numbers included."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from agreement import bare, difference, pages, parse, reading, running, said

KINDS = {
    "duties",
    "scheme",
    "standard",
    "policy",
    "contract",
    "scorecard",
    "result",
    "summary",
    "report",
    "notice",
    "interview",
    "improvement",
    "appeal",
}


def kinds(stems: list[Path]) -> set[str]:
    return {stem.parent.name for stem in stems}


def test_every_kind_of_every_sample_is_among_the_chosen(samples, chosen: list[Path]) -> None:
    assert kinds(chosen) == KINDS
    assert {stem.parent for stem in chosen} == {page.parent for page in samples.built("html")}


def test_pdf_says_what_the_tree_says(samples, require_tool: Callable) -> None:
    require_tool("pdftotext")
    found = {}
    for page in samples.built("html"):
        expected = reading(parse(page))
        found[page.stem] = difference(expected.text, said(pages(page.with_suffix(".pdf")), expected))
    assert len(found) > 30
    assert not {name: parts for name, parts in found.items() if parts}


def test_word_says_what_the_tree_says(chosen: list[Path], printed: dict[Path, Path], require_tool: Callable) -> None:
    require_tool("pdftotext")
    found = {}
    for stem in chosen:
        expected = reading(parse(stem.with_suffix(".html")), drawn=False)
        found[str(stem)] = difference(expected.text, said(pages(printed[stem]), expected))
    assert not {name: parts for name, parts in found.items() if parts}


@pytest.mark.parametrize("place", ["header", "footer"])
def test_running_lines_are_on_every_page_of_both(chosen: list[Path], printed: dict[Path, Path], require_tool: Callable, place: str) -> None:
    require_tool("pdftotext")
    for stem in chosen:
        tree = parse(stem.with_suffix(".html"))
        words = [bare("".join(span.itertext())) for span in next(tree.iter(place)) if span.tag == "span"]
        for path in (stem.with_suffix(".pdf"), printed[stem]):
            lines = running(path, place)
            titled = any("title-page" in section.get("class", "").split() for section in tree.iter("section"))
            for number, line in list(enumerate(lines, 1))[titled:]:
                pattern = ".*".join(re.escape(word) for word in words)
                counted = re.sub("第(页|頁)共(页|頁)", rf"第{number}\1共{len(lines)}\2", pattern)
                assert re.fullmatch(counted, line), (path, number, line)


def test_numbers_are_what_is_said_and_not_only_drawn(samples, require_tool: Callable) -> None:
    """The samples show every scheme of numbers that there is, so that agreement covers them."""
    numbers = {
        (e.get("data-list", "").partition("@")[0], e.get("data-level"))
        for page in samples.built("html")
        for e in parse(page).iter()
        if e.get("data-number")
    }
    assert {("outline", "0"), ("outline", "1"), ("regulation", "0"), ("regulation", "1"), ("bullet", "0"), ("decimal", "0")} <= numbers
