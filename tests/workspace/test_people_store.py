"""People and scorecards held in little memory are those that were read and scored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genplan import resources
from genplan.documents.specs import orders
from genplan.theme.context import summary_context
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.people_store import Kept, Shelf, slim

SAMPLES = ("community-operations-specialist", "community-operations-department-quarterly")


def both(path: Path, theme: Theme) -> tuple[Assessment, Assessment]:
    """Assess a plan with everybody in memory, and with nobody."""
    whole, found = assess(path, path.name, path.parent, theme)
    kept, also_found = assess(path, path.name, path.parent, theme, shelf=Shelf())
    assert whole is not None
    assert kept is not None
    assert found == also_found
    return whole, kept


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_kept_is_what_was_read(name: str, theme: Theme) -> None:
    whole, kept = both(resources.samples() / f"{name}.md", theme)
    assert len(whole.cards) > 0
    assert list(kept.people) == list(whole.people)
    assert repr(list(kept.cards)) == repr(list(whole.cards))
    assert kept.cards[-1].total == whole.cards[-1].total
    assert list(kept.cards[1:]) == [kept.cards[at] for at in range(1, len(kept.cards))]
    assert kept.periods() == whole.periods()


@pytest.mark.parametrize("name", SAMPLES)
def test_documents_see_the_same(name: str, theme: Theme) -> None:
    whole, kept = both(resources.samples() / f"{name}.md", theme)
    assert [order.context(theme) for order in orders(kept)] == [order.context(theme) for order in orders(whole)]


def test_a_summary_needs_no_more_than_slim_cards(theme: Theme) -> None:
    whole, _ = both(resources.samples() / "community-operations-department-quarterly.md", theme)
    for period in whole.periods():
        assert summary_context(whole.plan, slim(whole.cards), period, theme.locale) == summary_context(
            whole.plan, whole.cards, period, theme.locale
        )
    assert not any(card.segments or card.steps or card.person.actuals for card in slim(whole.cards))


def test_passwords_are_kept_out_of_the_file(assessed: Callable, tmp_path: Path, theme: Theme) -> None:
    assessed("0001,甲某,80,90\n")
    (tmp_path / "plan" / "2026-Q3.csv").write_text("工号,姓名,甲,乙,打开密码\n0001,甲某,80,90,s3cret-word\n0002,乙某,70,60,\n", "utf-8")
    whole, kept = both(tmp_path / "plan.md", theme)
    assert isinstance(kept.people, Kept)
    file = kept.people._shelf._file
    file.seek(0)
    data = file.read()
    assert b"0001" in data
    assert b"s3cret-word" not in data
    assert kept.people[0].password == "s3cret-word"
    assert kept.passwords == whole.passwords == {("2026-Q3", "0001"): "s3cret-word"}
    assert [order.password for order in orders(kept)] == [order.password for order in orders(whole)]


def test_people_are_there_in_any_order(assessed: Callable, tmp_path: Path, theme: Theme) -> None:
    assessed("".join(f"{n:04},某{n},{n % 60 + 40},80\n" for n in range(150)))
    whole, kept = both(tmp_path / "plan.md", theme)
    assert [kept.people[at] for at in (149, 0, 63, 64, 128)] == [whole.people[at] for at in (149, 0, 63, 64, 128)]
    assert [(card.rank, card.ranked) for card in kept.cards] == [(card.rank, card.ranked) for card in whole.cards]
    with pytest.raises(IndexError):
        kept.people[150]


def test_slim_lines_of_one_score_keep_their_weights(tmp_path: Path, theme: Theme) -> None:
    """甲 of the second person weighs all, for want of 乙, so that its score costs twice as much."""
    lines = "indicators: [{name: 甲, weight: 50%}, {name: 乙, weight: 50%}]\nmissing: exclude\nperiod: 2026-Q3\nresults: r.csv\n"
    (tmp_path / "plan.md").write_text(f"---\nschema: 1\ntitle: 方案\ndepartment: 部门\n{lines}---\n", "utf-8")
    (tmp_path / "r.csv").write_text("工号,姓名,甲,乙\n0001,甲某,80,90\n0002,乙某,80,\n", "utf-8")
    whole, _ = both(tmp_path / "plan.md", theme)
    (period,) = whole.periods()
    summary = summary_context(whole.plan, slim(whole.cards), period, theme.locale)
    assert [row["lost"] for row in summary["indicators"]] == ["15.00", "2.50"]
