"""Scores of each method for chosen actuals, by its code and by its spreadsheet formula; the range of its scores, and full points."""

import re
from fractions import Fraction

import pytest
from worked import indicator_of

from genplan.methods import METHODS
from genplan.methods.items import Tally, tally_formula
from genplan.methods.method import Cells, Limit
from genplan.source.quantity import Quantity

SCORED = [
    # an indicator, the lowest and the highest score, full points, and actuals with their scores
    ("target: 80, scoring: ratio", "0 – ∞", "100", "0: 0, 60: 75, 80: 100, 100: 125"),
    ("target: 80, scoring: {method: ratio, full: 20, floor: 60%, cap: 120%}", "0 – 24", "20", "47: 0, 48: 12, 80: 20, 96: 24, 97: 24"),
    ("target: 80, scoring: {method: ratio, cap: 90%}", "0 – 90", "90", "60: 75, 80: 90"),
    (
        "target: 3, scoring: {method: inverse-ratio, variant: target-over-actual, floor: 50%, cap: 150%}",
        "0 – 150",
        "100",
        "1: 150, 2: 150, 2.5: 120, 3: 100, 6: 50, 6.1: 0",
    ),
    (
        "target: 3, scoring: {method: inverse-ratio, variant: target-over-actual, cap: 150%, when_zero: 160}",
        "0 – 160",
        "100",
        "1: 150, 4: 75",
    ),
    ("target: 3, scoring: {method: inverse-ratio, variant: target-over-actual, when_zero: 160}", "0 – ∞", "100", "1: 300, 4: 75"),
    (
        "target: 3, scoring: {method: inverse-ratio, variant: two-minus-ratio, full: 30}",
        "0 – 60",
        "30",
        "0: 60, 2: 40, 3: 30, 4.5: 15, 6: 0, 7: 0",
    ),
    ("target: 3, scoring: {method: inverse-ratio, variant: two-minus-ratio, cap: 120%}", "0 – 120", "100", "0: 120, 2.4: 120, 3: 100"),
    ("target: 3, scoring: {method: inverse-ratio, variant: two-minus-ratio, cap: 300%}", "0 – 200", "100", "0: 200, 3: 100"),
    ("target: 3, polarity: lower, scoring: {method: pass-fail, full: 5}", "0 – 5", "5", "2: 5, 3: 5, 3.1: 0"),
    ("target: 3, polarity: lower, scoring: {method: pass-fail, polarity: higher}", "0 – 100", "100", "2: 0, 3: 100, 4: 100"),
    ("scoring: {method: deduction, full: 20, points: 2.5, minimum: 4}", "4 – 20", "20", "0: 20, 3: 12.5, 6: 5, 7: 4"),
    ("scoring: {method: direct, minimum: 40, maximum: 90}", "40 – 90", "90", "40: 40, 90: 90"),
    ("scoring: {method: direct, maximum: 120}", "0 – 120", "100", "40: 40, 120: 120"),
    (
        "target: 200, scoring: {method: per-unit, base: 30, points: 2, per: 5%, limit: 6, steps: whole}",
        "24 – 36",
        "30",
        "160: 24, 169: 24, 171: 26, 180: 26, 181: 28, 191: 30, 200: 30, 209: 30, 210: 32, 230: 36, 250: 36",
    ),
    (
        "target: 200, scoring: {method: per-unit, points: 2, per: 10, limit: 6, steps: prorated}",
        "94 – 106",
        "100",
        "160: 94, 175: 95, 200: 100, 205: 101, 231: 106",
    ),
    (
        "target: 200, polarity: lower, scoring: {method: per-unit, points: 2, per: 10, limit: 6, steps: prorated}",
        "94 – 106",
        "100",
        "160: 106, 175: 105, 200: 100, 205: 99, 231: 94",
    ),
    (
        "target: 90%, scoring: {method: per-unit, points: 2, per: 1pp, limit: 6, steps: whole, polarity: lower}",
        "94 – 106",
        "100",
        "0.915: 98, 0.9: 100, 0.875: 104",
    ),
    (
        "scoring: {method: tiers, inclusive: upper, tiers: [{to: 25, points: 15}, {to: 30, points: 10}, {points: -5}]}",
        "-5 – 15",
        "15",
        "1: 15, 25: 15, 26: 10, 30: 10, 30.1: -5",
    ),
    (
        "scoring: {method: tiers, inclusive: lower, tiers: [{to: 25, points: 150}, {to: 30, points: 50%}, {points: 0}]}",
        "0 – 150",
        "100",
        "24: 150, 25: 50, 29: 50, 30: 0",
    ),
    (
        "threshold: 80, target: 100, stretch: 120, scoring: interpolation",
        "0 – 120",
        "100",
        "79: 0, 80: 0, 95: 75, 100: 100, 110: 110, 120: 120, 130: 120",
    ),
    ("threshold: 80, target: 100, scoring: {method: interpolation, floor: 90}", "0 – 100", "100", "89: 0, 90: 50, 95: 75, 101: 100"),
    (
        "target: 5, scoring: {method: interpolation, points: [{at: 8, score: 40}, {at: 5, score: 90%}, {at: 2, score: 110}], floor: 7}",
        "0 – 110",
        "90",
        "8: 0, 7.1: 0, 6.5: 65, 5: 90, 3.5: 100, 2: 110, 1: 110",
    ),
    ("scoring: {method: interpolation, points: [{at: 0, score: 40}, {at: 3, score: 140}]}", "40 – 140", "100", "-1: 40, 0.3: 50, 1.5: 90"),
    (
        (
            "target: 200, scoring: {method: two-way, inclusive: lower, rows: [{to: 80%}, {}], by: 回款率, columns: [{}], "
            "scores: [[-10], [60%]]}"
        ),
        "-10 – 60",
        "60",
        "159: -10, 160: 60",
    ),
    (
        (
            "target: 200, scoring: {method: two-way, inclusive: upper, rows: [{to: 150}, {to: 200}, {}], by: 回款率, columns: [{}], "
            "scores: [[10], [50], [130]]}"
        ),
        "10 – 130",
        "100",
        "150: 10, 151: 50, 200: 50, 201: 130",
    ),
    (
        "scoring: {method: items, deductions: [{name: 轻伤, points: 10}], bonuses: [{name: 建议, points: 2, cap: 6}], minimum: 20}",
        "20 – 100",
        "100",
        "19: 20, 20: 20, 70: 70, 100: 100, 101: 100",
    ),
    (
        "scoring: {method: items, bonuses: [{name: 建议, points: 2, cap: 6}, {name: 专利, points: 5, cap: 10}]}",
        "0 – 16",
        "100",
        "12: 12",
    ),
    (
        "scoring: {method: items, base: 30, deductions: [{name: 轻伤, points: 5, cap: 20}], bonuses: [{name: 建议, points: 2}]}",
        "10 – 100",
        "30",
        "12: 12",
    ),
    ("scoring: {method: roll-up, plan: months/plan.md}", "∞ – ∞", "100", "86.5: 86.5, 110: 110"),
    ("scoring: {method: roll-up, plan: months/plan.md, out_of: 120, full: 60}", "∞ – ∞", "100", "86: 43, 120: 60"),
]


def compute(formula: str) -> Fraction:
    """Compute a spreadsheet formula exactly."""
    text = re.sub(r"\{([^}]*)\}", lambda table: "[" + "".join(f"[{row}]," for row in table[1].split(";")) + "]", formula)
    text = re.sub(r"(?<![A-Z])\d+(\.\d+)?", r"Fraction('\g<0>')", text)
    functions = {
        "Fraction": Fraction,
        "N": lambda cell: cell,
        "IF": lambda condition, yes, no: yes if condition else no,
        "MAX": max,
        "MIN": min,
        "ROUND": lambda number, _digits: number,
        "TRUNC": lambda number: Fraction(int(number)),
        "INDEX": lambda table, row, column: table[int(row) - 1][int(column) - 1],
    }
    return Fraction(eval(re.sub(r"(?<![<>])=", "==", text), functions))


def in_words(bound: Fraction | None) -> str:
    return "∞" if bound is None else str(bound)


@pytest.mark.parametrize(("written", "reach", "full", "scores"), SCORED)
def test_what_actuals_score(written: str, reach: str, full: str, scores: str) -> None:
    indicator = indicator_of(written)
    method, rule, target = indicator.method, indicator.rule, indicator.target
    number = Fraction(target.value) if isinstance(target, Quantity) else None
    for pair in scores.split(", "):
        actual, expected = map(Fraction, pair.split(": "))
        assert method.score(actual, number, rule).score == expected, actual
        if actual or "IF(A=0" not in method.formula(Cells("A", "T", "", ""), rule):
            cells = Cells(f"({actual})", f"({number})", "", "", "0")
            assert compute(method.formula(cells, rule)) == expected, actual
    bounds = method.score_range(rule)
    assert f"{in_words(bounds.lowest)} – {in_words(bounds.highest)}" == reach
    assert str(method.full_points(rule, indicator)) == full


@pytest.mark.parametrize(
    ("counts", "points"),
    [("0, 0, 0", 90), ("1, 0, 0", 80), ("3, 2, 1", 64.5), ("9, 2, 3", 72.5), ("1.5, 0.5, 4", 85)],
)
def test_points_of_what_is_counted(counts: str, points: float) -> None:
    deductions = "[{name: 轻伤, points: 10, cap: 20}, {name: 违章, points: 5}]"
    rule = indicator_of(
        f"scoring: {{method: items, base: 90, deductions: {deductions}, bonuses: [{{name: 建议, points: 4.5, cap: 12.5}}]}}"
    ).rule
    tally, given = Tally(rule), dict(zip(("轻伤", "违章", "建议"), counts.split(", "), strict=True))
    assert tally.names == ("轻伤", "违章", "建议")
    assert tally.compute({name: Fraction(count) for name, count in given.items()}) == Fraction(points)
    assert compute(tally_formula(tally, given)) == Fraction(points)


def test_what_is_not_counted_did_not_occur() -> None:
    rule = indicator_of("scoring: {method: items, deductions: [{name: 轻伤, points: 10}, {name: 违章, points: 5}]}").rule
    assert Tally(rule).compute({"违章": Fraction(2)}) == 90


@pytest.mark.parametrize(
    ("actual", "limit", "with_floor"),
    [
        ("79", Limit.FLOOR, Limit.FLOOR),
        ("80", None, Limit.FLOOR),
        ("89", None, Limit.FLOOR),
        ("90", None, None),
        ("120", None, None),
        ("121", Limit.CAP, Limit.CAP),
    ],
)
def test_what_decided_an_interpolated_score(actual: str, limit: Limit | None, with_floor: Limit | None) -> None:
    for more, expected in ("", limit), (", floor: 90", with_floor):
        rule = indicator_of(f"scoring: {{method: interpolation, points: [{{at: 80, score: 0}}, {{at: 120, score: 120}}]{more}}}").rule
        assert METHODS["interpolation"].score(Fraction(actual), None, rule).limit == expected
