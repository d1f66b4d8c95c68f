"""Days are read as people write them, if the year comes first."""

import re
from datetime import date

import pytest

from genplan.source.days import PATTERN, parse_day
from genplan.source.keys import Keys
from genplan.source.model import Date, Model, read
from genplan.source.yaml import parse

DAY = date(2026, 7, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-05",
        "2026-7-5",
        "2026/7/5",
        "2026/07/05",
        "2026.7.5",
        "2026年7月5日",
        "2026年07月05号",
        "２０２６年７月５日",
        " 2026 年 7 月 5 日 ",
    ],
)
def test_days(text):
    assert parse_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "5/7/2026", "2026-7/5", "26-7-5", "2026年7月", "20260705", "2026-07-05T00:00", "7月5日", "2026-13-01", "0000-01-01", ""],
)
def test_other_texts_are_no_days(text):
    assert parse_day(text) is None


class Plan(Model):
    day: Date
    """A day."""


@pytest.mark.parametrize("text", ["2026/7/5", "2026年7月5日", "2026-07-05"])
def test_plans_take_them(text):
    node, _ = parse(f"day: {text}", "plan.md")
    plan, diagnostics = read(Plan, node, Keys.NONE)
    assert (plan.day, diagnostics) == (DAY, [])
    assert re.fullmatch(PATTERN, text) or date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [("5/7/2026", "`5/7/2026` is not a date"), ("2026/2/30", "`2026/2/30` is not a valid date"), ("[1]", "a list is not a date")],
)
def test_what_is_none_is_refused(text, message):
    node, _ = parse(f"day: {text}", "plan.md")
    _, (diagnostic,) = read(Plan, node, Keys.NONE)
    assert (diagnostic.code, diagnostic.message) == ("GP203", message)
