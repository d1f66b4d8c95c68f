"""LibreOffice recalculates the workbook, and gets what genplan gets: totals, ranks and grades the same, scores to 1e-9."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_books import MODES, Drawn, draw, draw_by_level, draw_decided, draw_ties
from openpyxl import load_workbook

from genplan.methods import METHODS
from genplan.people.load import load_results
from genplan.people.model import PersonResult
from genplan.scoring.pay import PersonPay, pay_people
from genplan.scoring.scorecard import Scorecard, score_people
from genplan.theme.locale import Locale
from genplan.workbook.book import workbook_bytes
from genplan.workbook.layout import SCORES, SUMMARY

PLANS, PEOPLE = 24, 15
TOLERANCE = Decimal("1e-9")
"""A single score is a binary number; what is rounded from them is equal."""


@dataclass(frozen=True)
class Recalculated:
    """A plan's people as genplan reads and scores them, and the rows of the sheets as LibreOffice computes them, by id."""

    drawn: Drawn
    people: dict[str, PersonResult]
    cards: dict[str, Scorecard]
    scores: dict[str, dict[str, Any]]
    summary: dict[str, dict[str, Any]]
    pay: dict[str, PersonPay]


@pytest.fixture(scope="module")
def books(require_tool: Callable, locale: Locale, fill_in: Callable, tmp_path_factory: pytest.TempPathFactory) -> list[Recalculated]:
    """Write all workbooks, fill them in, and have LibreOffice recalculate them at once."""
    soffice = require_tool("soffice")
    folder = tmp_path_factory.mktemp("books")
    drawn = [draw(seed, PEOPLE) for seed in range(PLANS)] + [draw(seed, PEOPLE, own=True) for seed in range(PLANS, PLANS + 8)]
    drawn += [draw_ties(mode, PEOPLE) for mode in MODES] + [draw_by_level(PEOPLE), draw_decided(PEOPLE)]
    paths = []
    for seed, each in enumerate(drawn):
        path = folder / f"plan{seed}-2026-Q3.xlsx"
        path.write_bytes(fill_in(workbook_bytes(each.plan, (), locale), each.rows))
        paths.append(path)
    out, profile = folder / "out", folder / "profile"
    command = [soffice, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [_read(each, path, out / path.name) for each, path in zip(drawn, paths, strict=True)]


def _read(drawn: Drawn, filled: Path, computed: Path) -> Recalculated:
    people, _ = load_results(drawn.plan, filled.parent, [filled])
    cards, _ = score_people(drawn.plan, people)
    book = load_workbook(computed, data_only=True)
    return Recalculated(
        drawn,
        {person.id: person for person in people},
        {card.person.id: card for card in cards},
        _rows(book[SCORES], 3, None),
        _rows(book[SUMMARY], 2, 5),
        {id_: pay for (_, id_), pay in pay_people(drawn.plan, people, cards).value.items()},
    )


def _rows(sheet: Any, first: int, columns: int | None) -> dict[str, dict[str, Any]]:
    rows = list(sheet.iter_rows(values_only=True, max_col=columns))
    return {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[first - 1 :] if row[0]}


def test_there_are_cases_enough(books: list[Recalculated]):
    cards = [card for book in books for card in book.cards.values()]
    methods = {line.weighed.placed.indicator.method.tag for card in cards for line in card.lines if line.actual}
    assert len(cards) >= 200
    assert methods == METHODS.keys()
    assert sum(card.exact * 1000 % 10 == 5 and card.total.as_tuple().exponent == -2 for card in cards) >= 30
    assert all(len(book.scores) == len(book.summary) == len(book.people) == PEOPLE for book in books)


def test_totals_grades_and_ranks_are_equal(books: list[Recalculated]):
    for book in books:
        for person, card in book.cards.items():
            row = book.summary[person]
            assert Decimal(format(row["总分"], ".15g")) == card.total, (book.drawn.plan.plan.rounding, person)
            assert row["等级"] == card.band.grade.name
            assert (row["名次"] or None) == card.rank


def test_decided_grades_are_held_down(books: list[Recalculated]):
    cards = books[-1].cards.values()
    assert {card.band.grade.name for card in cards} == {"优秀", "良好", "一般", "不合格"}
    assert any(card.person.decision.grade == "优秀" and card.band.grade.name == "良好" for card in cards)


def test_rules_over_levels_decide(books: list[Recalculated]):
    assert {card.band.grade.name for card in books[-2].cards.values()} == {"优秀", "良好", "一般", "不合格"}


def test_scores_are_equal(books: list[Recalculated]):
    for book in books:
        for person, card in book.cards.items():
            for line in card.lines:
                shown = book.scores[person][line.weighed.placed.indicator.name]
                if line.scored is None:
                    assert shown in ("", None)
                else:
                    exact = Decimal(line.score.numerator) / Decimal(line.score.denominator)
                    assert abs(Decimal(shown) - exact) <= TOLERANCE


def test_who_cannot_be_scored_has_no_number(books: list[Recalculated]):
    """A person whom genplan does not score shows why, and has no rank."""
    seen = set()
    for book in books:
        for person in book.people.keys() - book.cards.keys():
            row = book.summary[person]
            assert row["总分"] in ("缺失", "无效", "无等级")
            assert row["名次"] in ("", None)
            seen.add(row["总分"])
    assert "缺失" in seen


def test_pay_is_equal(books: list[Recalculated]):
    compared = 0
    for book in books:
        for person, pay in book.pay.items():
            row = book.scores[person]
            for part in pay.parts:
                assert Decimal(format(row[part.name], ".15g")) == part.amount, (book.drawn.plan.plan.pay, person)
            assert Decimal(format(row["应发合计"], ".15g")) == pay.total
            compared += 1
        if book.drawn.plan.plan.pay is not None:
            unpaid = [row for person, row in book.scores.items() if person in book.cards and person not in book.pay]
            assert all(row["应发合计"] == "" or row["应发合计"] is None for row in unpaid)
    assert compared >= 100
