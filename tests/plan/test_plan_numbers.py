"""Quantities and periods as people write them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.model import Dates
from genplan.plan.periods import dated_period, parse_period
from genplan.source.quantity import Quantity, parse_difference, parse_quantity


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("500", "500", False),
        (" 500 ", "500", False),
        ("0007", "7", False),
        ("82.50", "82.50", False),
        ("-3", "-3", False),
        ("+3", "3", False),
        ("1,200", "1200", False),
        ("1,234,567.8", "1234567.8", False),
        ("92%", "0.92", True),
        ("92.5 %", "0.925", True),
        ("0.01%", "0.0001", True),
        ("１，２００", "1200", False),
        ("９２．５％", "0.925", True),
        ("－３", "-3", False),
    ],
)
def test_quantities(text: str, value: str, percent: bool) -> None:  # noqa: FBT001 - a row of the table
    assert parse_quantity(text) == Quantity(Decimal(value), percent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "约500",
        "500人",
        "12,00",
        "1,20",
        ",200",
        "1 200",
        "1.2.3",
        "5e3",
        "--5",
        "92%%",
        "9 %2",
        "∞",
        "nan",
        "٣",
        "一百",
        "1_000",
        "9" * 16,
    ],
)
def test_not_quantities(text: str) -> None:
    assert parse_quantity(text) is None


@given(st.text())
def test_any_text_is_a_finite_quantity_or_none(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is None or quantity.value.is_finite()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20, min_value=-(10**14), max_value=10**14), st.booleans())
def test_what_was_written_is_kept_exactly(number: Decimal, percent: bool) -> None:  # noqa: FBT001 - drawn
    quantity = parse_quantity(f"{number:f}" + "%" * percent)
    assert quantity is not None
    assert quantity.written == number
    assert Fraction(quantity.value) == Fraction(number) / (100 if percent else 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W28", "2026-07-06", "2026-07-12"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-W01", "2027-01-04", "2027-01-10"),
        ("2024-W09", "2024-02-26", "2024-03-03"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.id, period.start, period.end) == (text, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "0000",
        "2026-Q5",
        "2026-Q0",
        "2026-H3",
        "2026-00",
        "2026-13",
        "2026-7",
        "2026-W7",
        "2026-W00",
        "2026-W54",
        "2027-W53",
        "9999-W53",
        "2026-w28",
        "2026Q3",
        "2026-q3",
        "２０２６",
    ],
)
def test_not_periods(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("text", ["1.5pp", "1.5 pp", "1.5个百分点", "１．５ 个百分点", "1.5個百分點", "1.5 percentage points", "1.5PP"])
def test_percentage_points(text: str) -> None:
    step = parse_difference(text)
    assert step == Quantity(Decimal("0.015"), points=True)
    assert step.written == Decimal("1.5")


def test_a_difference_is_also_a_number_or_a_percentage() -> None:
    assert parse_difference("3%") == Quantity(Decimal("0.03"), percent=True)
    assert parse_difference("25") == Quantity(Decimal(25))
    assert [parse_difference(text) for text in ("3%pp", "pp", "1点", "pp1", "1pp2")] == [None] * 5


@pytest.mark.parametrize(("text", "year"), [("2026-W01", 2026), ("2026-W53", 2026), ("2027-W01", 2027), ("2026-Q1", 2026)])
def test_the_year_a_period_is_counted_in(text: str, year: int) -> None:
    period = parse_period(text)
    assert period is not None
    assert period.year == year


@given(st.integers(1000, 9998))
def test_weeks_of_a_year_follow_one_another(year: int) -> None:
    weeks = [week for n in range(1, 54) if (week := parse_period(f"{year}-W{n:02}"))]
    (following,) = [week for week in [parse_period(f"{year + 1}-W01")] if week]
    assert len(weeks) in {52, 53}
    assert all(week.start.weekday() == 0 and week.end.weekday() == 6 for week in weeks)
    assert [week.start for week in [*weeks[1:], following]] == [week.end + timedelta(1) for week in weeks]


@pytest.mark.parametrize("form", ["{}-H{}", "{}-Q{}", "{}-{:02}"])
@given(year=st.integers(1000, 9998))
def test_periods_of_a_year_follow_one_another(form: str, year: int) -> None:
    count = {"{}-H{}": 2, "{}-Q{}": 4, "{}-{:02}": 12}[form]
    periods = [parse_period(form.format(year, n)) for n in range(1, count + 1)]
    assert [p.start for p in periods if p] == [date(year, 1, 1), *(p.end + timedelta(1) for p in periods[:-1] if p)]
    assert periods[-1] is not None
    assert periods[-1].end == date(year, 12, 31)


def test_a_dated_period_is_named_in_paths_by_its_dates() -> None:
    period = dated_period(date(2026, 11, 1), date(2026, 11, 15), "双十一专项")
    assert (period.id, period.name) == ("20261101-20261115", "双十一专项")


def test_dates_hold_against_a_name_that_says_otherwise() -> None:
    whole = Dates.model_validate({"name": "2026-Q3", "start": "2026-07-01", "end": "2026-09-30"})
    assert whole.period == parse_period("2026-Q3")
    part = Dates.model_validate({"name": "2026-Q3", "start": "2026-07-01", "end": "2026-07-31"})
    assert part.period == dated_period(part.start, part.end, "2026-Q3")
