"""Dates, periods, numbers and shares as documents write them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.periods import dated_period, parse_period
from genplan.source.quantity import parse_quantity
from genplan.theme.context.values import quantity, share
from genplan.theme.labels import load_locale
from genplan.theme.locale import Locale, MissingLabelError, plain_number
from genplan.theme.theme import Theme


def test_date(theme: Theme):
    assert theme.locale.date(date(2026, 7, 1)) == "2026年7月1日"
    assert theme.locale.date(date(1999, 12, 31)) == "1999年12月31日"


@pytest.mark.parametrize(
    ("language", "written", "month"),
    [
        ("en", "November 30, 2026", "November 2026"),
        ("en-US", "November 30, 2026", "November 2026"),
        ("en-GB", "30 November 2026", "November 2026"),
    ],
)
def test_regions_have_the_labels_of_their_language_and_dates_of_their_own(theme: Theme, language: str, written: str, month: str):
    locale, found = load_locale(theme.files, language)
    assert found == []
    assert (locale.date(date(2026, 11, 30)), locale.month(date(2026, 11, 30))) == (written, month)
    assert locale.label("result.title") == load_locale(theme.files, "en").value.label("result.title")


def test_a_region_may_have_some_labels_of_its_own(theme: Theme, tmp_path: Path):
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/en-GB.yml").write_text("result: {total: Total mark}\n", "utf-8")
    locale, found = load_locale(replace(theme.files, roots=(tmp_path, *theme.files.roots)), "en-GB")
    assert found == []
    assert (locale.label("result.total"), locale.label("result.grade")) == ("Total mark", "Rating")


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2026", "2026年度"),
        ("2026-H1", "2026年上半年"),
        ("2026-H2", "2026年下半年"),
        ("2026-Q1", "2026年第一季度"),
        ("2026-Q4", "2026年第四季度"),
        ("2026-07", "2026年7月"),
        ("2026-12", "2026年12月"),
        ("2026-W01", "2026年第1周"),
        ("2026-W28", "2026年第28周"),
        ("2026-W53", "2026年第53周"),
        ("2027-W01", "2027年第1周"),
    ],
)
def test_period(theme: Theme, period: str, name: str):
    parsed = parse_period(period)
    assert parsed is not None
    assert theme.locale.period(parsed) == name


def test_period_of_two_dates(theme: Theme):
    start, end = date(2026, 11, 1), date(2026, 11, 15)
    assert theme.locale.period(dated_period(start, end)) == "2026年11月1日至2026年11月15日"
    assert theme.locale.period(dated_period(start, end, "双十一专项")) == "双十一专项"


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("30", None, "30"),
        ("30.00", None, "30"),
        ("30.50", None, "30.5"),
        ("100", None, "100"),
        ("0.0", None, "0"),
        ("1E+3", None, "1000"),
        ("0.000001", None, "0.000001"),
        ("30.5", 2, "30.50"),
        ("85", 0, "85"),
        ("8" * 45, None, "8" * 45),
        ("8" * 45, 2, "8" * 45 + ".00"),
        ("0." + "1" * 40, None, "0." + "1" * 40),
    ],
)
def test_number(number: str, places: int | None, text: str):
    assert plain_number(Decimal(number), places) == text
    assert Locale("zh-CN", {}).number(Decimal(number), places) == text


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("0.25", "25%"),
        ("0.1667", "16.67%"),
        ("1.2", "120%"),
        ("0.005", "0.5%"),
        ("1", "100%"),
        ("0", "0%"),
        ("1" * 45, "1" * 45 + "00%"),
        ("0." + "1" * 40, f"11.{'1' * 38}%"),
    ],
)
def test_percent(part: str, text: str):
    assert Locale("zh-CN", {}).percent(Decimal(part)) == text


def test_percent_with_places():
    assert Locale("zh-CN", {}).percent(Decimal("0.25"), 2) == "25.00%"


def test_share_is_rounded_for_display_half_up():
    assert share(Fraction(1, 6)) == Decimal("0.1667")
    assert share(Fraction(5, 100_000)) == Decimal("0.0001")
    assert share(None) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [("500", "500"), ("1,200", "1200"), ("92%", "92%"), ("92.50%", "92.5%"), ("１０％", "10%"), ("3.0", "3"), ("0.3", "0.3")],
)
def test_quantity(written: str, text: str):
    assert quantity(parse_quantity(written), Locale("zh-CN", {})) == text


def test_quantity_in_words():
    assert quantity("无重大事故", Locale("zh-CN", {})) == "无重大事故"
    assert quantity(None, Locale("zh-CN", {})) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False))
def test_number_keeps_its_value(number: Decimal):
    text = plain_number(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


# Labels


def test_label_fills_its_fields():
    locale = Locale("zh-CN", {"a.b": "{name}的{x}", "plain": "{}{ }"})
    assert locale.label("a.b", name="甲", x=1) == "甲的1"
    assert locale.label("plain") == "{}{ }"


@pytest.mark.parametrize("value", ["{x}", "{name.__class__}", "%s"])
def test_what_fills_a_field_is_text(value: str):
    assert Locale("zh-CN", {"a": "<{name}>"}).label("a", name=value) == f"<{value}>"


def test_field_may_have_any_name():
    assert Locale("zh-CN", {"a": "{self}{name}"}).label("a", self="甲", name="乙") == "甲乙"


@pytest.mark.parametrize(("name", "message"), [("nosuch", "nosuch"), ("a", "a: x")])
def test_missing_label_or_field(name: str, message: str):
    with pytest.raises(MissingLabelError) as error:
        Locale("zh-CN", {"a": "{x}"}).label(name)
    assert str(error.value) == message


def test_options_are_the_labels_below_a_name(theme: Theme):
    sections = theme.locale.options("sections")
    assert sections["purpose"] == "考核目的"
    assert all("." not in name for name in sections)


def test_no_two_sections_share_a_heading(theme: Theme):
    headings = list(theme.locale.options("sections").values())
    assert len(set(headings)) == len(headings)
