"""The three formats say the same, and no bytes whatever make a reader raise."""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from genplan.diagnostics import Span
from genplan.people.read_people import read_people
from genplan.people.readers import READERS, read_table
from genplan.plan.periods import parse_period
from genplan.source.spreadsheet_text import inert

PERIOD = parse_period("2026-Q3")
HEADERS = ["工号", "姓名", "部门", "社群新增用户数", "用户活跃度", "内容质量", "评语"]
NOWHERE = Span("")

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)

# `_x000D_` is a workbook's escape for a control character.
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8).filter(lambda text: "_x00" not in text)
letters = st.one_of(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), st.sampled_from('\n",;\t=+-@'))
prose = st.text(letters, max_size=30).filter(lambda text: "_x00" not in text)
_TOTALS = re.compile("[计計均最总總数數差率]|tot|av|med|max|min|head|dev", re.IGNORECASE)
names = words.filter(lambda text: not _TOTALS.search(text))
"""Of people: a row named 平均 is one of totals, which is reported; Hypothesis draws such words from the code itself."""
ids = st.from_regex(r"[0-9]{4}|[A-Z][0-9]{1,3}", fullmatch=True)
numbers = st.decimals(0, 1_500, places=2) | st.integers(0, 1_500).map(Decimal)
shares = st.integers(0, 12_000).map(lambda n: Decimal(n) / 100)
scores = st.decimals(0, 100, places=2)
people = st.lists(
    st.tuples(ids, names, words, numbers | st.none(), shares | st.none(), scores | st.none(), prose),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)


def as_texts(row):
    number, share, name, department, comment, person, score = row[3], row[4], row[1], row[2], row[6], row[0], row[5]
    texts = [person, name, department, number, None if share is None else f"{share}%", score, comment]
    return ["" if text is None else str(text) for text in texts]


def as_csv(rows):
    """Texts as spreadsheets save them: an apostrophe before what begins like a formula."""
    texts = [[inert(text) for text in as_texts(row)] for row in rows]
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADERS, *texts])
    return stream.getvalue().encode()


def as_yaml(rows):
    return yaml.safe_dump([dict(zip(HEADERS, as_texts(row), strict=True)) for row in rows], allow_unicode=True).encode()


def as_xlsx(rows):
    """Numbers as numbers, percentages as Excel has them: a hundredth under a format."""
    book = Workbook()
    book.active.append(HEADERS)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column)
            if isinstance(value, str):
                cell.value = value
                cell.data_type = "s"  # text that starts with = is text
            elif value is not None:
                cell.value = value / 100 if column == 5 else value
                cell.number_format = "0.00%" if column == 5 else "General"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def placeless(person):
    actuals = {key: actual.value for key, actual in person.actuals.items()}
    return replace(person, span=NOWHERE, actuals=actuals)


def read(plan, data, file):
    table, found = read_table(data, file)
    assert (table is not None, found) == (True, [])
    people, found = read_people(table, plan, PERIOD)
    return [placeless(person) for person in people], [d.code for d in found]


@relaxed
@given(rows=people)
def test_all_formats_say_the_same(plan, rows):
    from_csv = read(plan, as_csv(rows), "t.csv")
    assert from_csv == read(plan, as_xlsx(rows), "t.xlsx")
    assert from_csv == read(plan, as_yaml(rows), "t.yaml")
    assert from_csv[1] == []
    assert [person.id for person in from_csv[0]] == [row[0] for row in rows]


@relaxed
@given(rows=people)
def test_the_long_form_says_the_same(plan, rows):
    long = [["工号", "姓名", "部门", "评语", "指标", "实际值"]]
    for row in rows:
        texts = dict(zip(HEADERS, map(inert, as_texts(row)), strict=True))
        long += [[texts[h] for h in ("工号", "姓名", "部门", "评语")] + [name, texts[name]] for name in HEADERS[3:6]]
    stream = io.StringIO()
    csv.writer(stream).writerows(long)
    assert read(plan, stream.getvalue().encode(), "t.csv") == read(plan, as_csv(rows), "t.csv")


@pytest.mark.parametrize("suffix", sorted(READERS))
@relaxed
@given(data=st.binary(max_size=300))
@example(data=b"\0")
@example(data=b'"')
@example(data=b"\xff\xfe")
@example(data=b"[" * 300)
@example(data="工号,姓名\n\0,\x1b\n".encode())
def test_no_bytes_raise(plan, suffix, data):
    table, found = read_table(data, f"t{suffix}")
    if table is None:
        assert found
    else:
        read_people(table, plan, PERIOD)


INTACT = as_xlsx([("0007", "甲", "乙", Decimal(5), None, Decimal(80), "好")])


@relaxed
@given(st.data())
def test_no_damage_to_a_workbook_raises(plan, data):
    broken = bytearray(INTACT)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    table, found = read_table(bytes(broken), "t.xlsx")
    if table is None:
        assert found
    else:
        read_people(table, plan, PERIOD)


@relaxed
@given(rows=st.lists(st.lists(prose, max_size=6), max_size=6))
def test_no_table_raises(plan, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([["工号", "姓名", "指标", "实际值", "考核期"], *rows])
    table, _ = read_table(stream.getvalue().encode(), "t.csv")
    if table is not None:
        read_people(table, plan, PERIOD)
