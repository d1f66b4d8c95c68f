"""Results whose values are numbers in every form that people and programs write them in."""

import csv
import io

from hypothesis import strategies as st

from fuzzing.mutations import ODD
from fuzzing.runner import Files

PLAN = """\
---
schema: 1
title: 方案
department: 部门
missing: exclude
documents: [result, summary]
indicators:
  - {name: 甲, weight: 40%, scoring: {method: direct, minimum: -1000000, maximum: 1000000}}
  - {name: 乙, weight: 30%, target: 80, scoring: ratio}
  - {name: 丙, weight: 20%, target: 95%, scoring: ratio}
  - {name: 丁, weight: 10%, scoring: {method: deduction, points: 2}}
grades:
  - {name: 好, from: 60}
  - {name: 差, from: -10000000}
results: results/*
---
"""
_SIGNS = st.sampled_from(["", "", "", "", "-", "+", "－", "−", "＋", "+-", "("])
_DIGITS = st.text("0123456789", max_size=6) | st.text("0123456789０１２３４５６７８９٣²,.，． '_", max_size=8)
_ENDS = st.sampled_from(
    ["", "", "", "%", "％", " %", "%%", "分", "万", " 次", "e3", "E-2", ")", "‰", "°", "\u200b", "\xa0", "/100", "*", "?"]
)
NUMBERS = st.builds("".join, st.tuples(_SIGNS, _DIGITS, st.sampled_from(["", "", ".", "．", ","]), _DIGITS, _ENDS))
_VALUES = NUMBERS | st.decimals(-100, 1000, places=2).map(str) | st.sampled_from(ODD)
_ROWS = st.lists(st.tuples(_VALUES, _VALUES, _VALUES, _VALUES), min_size=1, max_size=12)


@st.composite
def numbers(draw: st.DrawFn) -> Files:
    """Draw a workspace whose results are a CSV file with odd numbers."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=draw(st.sampled_from(",,,\t;")), lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    rows.writerow(["工号", "姓名", "甲", "乙", "丙", "丁"])
    rows.writerows([f"{n:04}", f"某{n}", *row] for n, row in enumerate(draw(_ROWS)))
    data = out.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030"])), "replace")
    return {"genplan.yml": b"schema: 1\n", "plans/plan.md": PLAN.encode(), "plans/results/2026-Q3.csv": data}
