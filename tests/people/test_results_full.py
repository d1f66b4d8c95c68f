"""Raters, days, items, vetoes and formulas together: the formats agree, nothing gets lost, and no table makes reading raise."""

import csv
import io
from datetime import date

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from genplan.people.load import drop_repeated
from genplan.people.missing import check_missing
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
PLAN = """---
schema: 1
title: 社群运营部门考核方案
department: 社群运营部
period: 2026-Q3
raters: [{name: 直接上级, rater: supervisor}, {name: 本人, rater: self}, {name: 协作同事, rater: peer}]
indicators:
  - {name: 内容质量}
  - {name: 月留存率, target: 80%, scoring: ratio, compute: retained / (members + 1)}
bonuses: [{name: 优秀案例}]
vetoes: [{name: 重大客诉}]
---
"""
HEADERS = ["工号", "姓名", "评分人", "在岗开始", "内容质量", "retained", "members", "优秀案例", "重大客诉", "评语"]
LONG_HEADERS = ["工号", "评分人", "指标", "实际值", "在岗开始", "在岗结束"]

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)

words = st.text("好中差=1", min_size=1, max_size=3)
records = st.lists(
    st.tuples(
        st.sampled_from(["0007", "0008"]),
        st.just("测试"),
        st.sampled_from(["直接上级", "self", "同事", "peer", "无此人"]) | st.none(),
        st.just(date(2026, 8, 15)) | st.none(),
        st.integers(0, 101) | st.none(),
        st.integers(0, 3) | st.none(),
        st.integers(-1, 3) | st.none(),
        st.integers(-1, 5) | st.none(),
        st.booleans() | st.none(),
        words | st.none(),
    ),
    min_size=1,
    max_size=6,
)
cells = st.sampled_from(
    ["7", "8", "甲", "本人", "同事", "内容质量", "members", "重大客诉", "月留存率", "2026-08-15", "0", "1", "-1", "1%", "是"]
)


@pytest.fixture
def full(make_plan):
    return make_plan(text=PLAN)


def as_texts(record):
    return ["" if value is None else str(value) for value in record]


def as_csv(rows, headers=HEADERS):
    stream = io.StringIO()
    csv.writer(stream).writerows([headers, *map(as_texts, rows)])
    return stream.getvalue().encode()


def as_yaml(rows):
    return yaml.safe_dump([dict(zip(HEADERS, as_texts(row), strict=True)) for row in rows], allow_unicode=True).encode()


def as_xlsx(rows):
    book = Workbook()
    book.active.append(HEADERS)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # text that starts with = is text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sense(person):
    """All that a person's results say, without the places."""
    return {
        "person": (person.id, person.name, person.comment, person.presence, person.unusable),
        "actuals": {key: (actual.value, actual.exact) for key, actual in person.actuals.items()},
        "ratings": {key: [(rating.rater, rating.actual.value) for rating in ratings] for key, ratings in person.ratings.items()},
        "inputs": {key: {name: actual.value for name, actual in given.items()} for key, given in person.inputs.items()},
        "items": {name: item.value for name, item in person.items.items()},
        "vetoes": set(person.vetoes),
    }


def read(plan, data, file):
    table, found = read_table(data, file)
    assert (table is not None, found) == (True, [])
    return read_people(table, plan, Q3)


def said(outcome):
    """What was read and found; in which order a row is read depends on its columns, which YAML does not keep."""
    return [sense(person) for person in outcome.value], sorted((d.code, d.severity, d.message) for d in outcome.diagnostics)


@relaxed
@given(rows=records)
def test_all_formats_say_the_same(full, rows):
    from_csv = said(read(full, as_csv(rows), "t.csv"))
    assert from_csv == said(read(full, as_xlsx(rows), "t.xlsx"))
    assert from_csv == said(read(full, as_yaml(rows), "t.yaml"))


@relaxed
@given(rows=records)
def test_the_long_form_says_the_same(full, rows):
    long = [(*row[:4], row[9], name, value) for row in rows for name, value in zip(HEADERS[4:9], row[4:9], strict=True)]
    from_long = read(full, as_csv(long, ["工号", "姓名", "评分人", "在岗开始", "评语", "指标", "实际值"]), "t.csv")
    from_wide = read(full, as_csv(rows), "t.csv")
    assert said(from_long)[0] == said(from_wide)[0]
    assert {d.code for d in from_long.diagnostics} == {d.code for d in from_wide.diagnostics}


@relaxed
@given(rows=records)
def test_every_value_is_used_or_reported(full, rows):
    people, found = read(full, as_csv(rows), "t.csv")
    assert {person.id for person in people} == {row[0] for row in rows}
    used = sum(len(ratings) for person in people for ratings in person.ratings.values())
    assert found or used == sum(row[4] is not None for row in rows)
    for person in people:
        own = [row for row in rows if row[0] == person.id]
        comments = {*person.comment.split("\n"), *(comment.text for comment in person.comments)}
        assert comments - {""} == {row[9] for row in own if row[9]}
        assert (person.presence is not None) == any(row[3] for row in own)
        assert found or ("优秀案例" in person.items) == any(row[7] is not None for row in own)
        assert found or ("重大客诉" in person.vetoes) == any(row[8] for row in own)
        assert found or len(person.inputs.get("月留存率", ())) == sum(any(row[n] is not None for row in own) for n in (5, 6))


@relaxed
@given(rows=st.lists(st.lists(cells, max_size=7), max_size=8), headers=st.sampled_from([HEADERS, LONG_HEADERS]))
def test_no_table_raises(full, rows, headers):
    table, _ = read_table(as_csv(rows, headers), "t.csv")
    kept, _ = drop_repeated(read_people(table, full, Q3).value)
    check_missing(full, kept)
