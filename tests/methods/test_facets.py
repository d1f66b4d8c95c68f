"""What else a method says of a rule: the better direction, what is compared with actuals, and what is unclear for part of a period."""

from decimal import Decimal

import pytest
from worked import indicator_of

from genplan.methods.parameters import Polarity
from genplan.plan.polarity import likely_polarity
from genplan.source.quantity import Quantity

HIGHER, LOWER = Polarity.HIGHER, Polarity.LOWER
TIERS = "scoring: {method: tiers, inclusive: upper, tiers: [{to: %s, points: %s}, {from: %s, to: %s, points: 10}, {points: %s}]}"
TABLE = "scoring: {method: two-way, inclusive: upper, rows: [{to: %s}, {}], by: 乙, columns: [{to: 1}, {}], scores: [[%s, 20], [30, 60%%]]}"
POINTS = "scoring: {method: interpolation, points: [{at: 8%%, score: %s}, {at: 5%%, score: 90}], floor: 7%%}"
PER_UNIT = "target: 90, scoring: {method: per-unit, points: 2, per: 5%%, limit: 6, steps: whole%s}"


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("target: 80, scoring: ratio", HIGHER),
        ("target: 80, scoring: {method: inverse-ratio, variant: two-minus-ratio}", LOWER),
        ("target: 80, scoring: {method: pass-fail, polarity: higher}", HIGHER),
        ("target: 80, polarity: lower, scoring: pass-fail", LOWER),
        ("scoring: {method: deduction, points: 2}", LOWER),
        ("scoring: direct", None),
        (PER_UNIT % "", HIGHER),
        (PER_UNIT % ", polarity: lower", LOWER),
        ("polarity: lower, " + PER_UNIT % "", LOWER),
        (TIERS % (25, 15, 25, 30, 0), None),
        (POINTS % 40, LOWER),
        (POINTS % 100, HIGHER),
        ("target: own, scoring: interpolation", None),
        (TABLE % (5, 0), None),
        ("scoring: {method: items, bonuses: [{name: 建议, points: 2}]}", None),
        ("scoring: {method: rubric, levels: [好, 中, 差]}", None),
        ("scoring: {method: roll-up, plan: months.md}", HIGHER),
    ],
)
def test_what_scores_more(written: str, better: Polarity | None) -> None:
    indicator = indicator_of(written)
    assert indicator.method.rewards(indicator.rule) is better


@pytest.mark.parametrize(
    ("written", "better"),
    [
        (TIERS % (25, 15, 25, 30, 0), LOWER),
        (TIERS % (25, 15, 25, 30, 15), HIGHER),
        (TABLE % (5, 80), LOWER),
        (TABLE % (5, 70), HIGHER),
        ("polarity: higher, " + TABLE % (5, 80), HIGHER),
        ("scoring: direct", HIGHER),
    ],
)
def test_what_a_rule_leans_to(written: str, better: Polarity) -> None:
    assert likely_polarity(indicator_of(written)) is better


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("target: 80, scoring: ratio", None),
        ("target: 80, scoring: {method: inverse-ratio, variant: two-minus-ratio}", "its target is reduced"),
        ("target: 8%, scoring: {method: inverse-ratio, variant: two-minus-ratio}", None),
        (TIERS % (25, 15, 25, 30, 0), "the bounds of its tiers are not reduced"),
        (TIERS % ("25%", 15, "25%", "30%", 0), None),
        ("target: 80%, " + TABLE % (5, 0), "the bounds of its rows are not reduced"),
        (TABLE % ("5%", 0), None),
    ],
)
def test_what_is_unclear_for_part_of_a_period(written: str, doubt: str | None) -> None:
    indicator = indicator_of(written)
    assert indicator.method.proration_doubt(indicator.rule, indicator) == doubt


@pytest.mark.parametrize(
    ("written", "amounts"),
    [
        ("target: 80, scoring: ratio", []),
        (TIERS % (25, 15, 25, "30%", 0), ["tiers.0.to 25", "tiers.1.from 25", "tiers.1.to 30%"]),
        (POINTS % 40, ["points.0.at 8%", "points.1.at 5%", "floor 7%"]),
        ("threshold: 80, target: 100, scoring: interpolation", ["points.0.at 80", "points.1.at 100"]),
        ("target: 80, " + TABLE % ("5%", 0), []),
        ("target: 80%, " + TABLE % ("5%", 0), ["rows.0.to 5%"]),
        ("target: 80, " + TABLE % (5, 0), ["rows.0.to 5"]),
        (PER_UNIT % "", []),
    ],
)
def test_amounts_that_actuals_are_compared_with(written: str, amounts: list[str]) -> None:
    indicator = indicator_of(written)
    listed = indicator.method.amounts(indicator.rule)
    assert [f"{'.'.join(map(str, place))} {amount.written:f}{'%' * amount.percent}" for place, amount in listed] == amounts


@pytest.mark.parametrize(
    ("written", "halved"),
    [
        (TIERS % (25, 15, 25, 30, 0), ["12.5", "15"]),
        (POINTS % 40, ["0.04", "0.025", "0.035"]),
        (TABLE % (5, 0), ["2.5"]),
    ],
)
def test_amounts_for_half_a_period(written: str, halved: list[str]) -> None:
    indicator = indicator_of(written)
    rule = indicator.method.prorated(indicator.rule, lambda amount: Quantity(amount.value / Decimal(2)))
    ends = [amount for place, amount in indicator.method.amounts(rule) if place[-1] != "from"]
    assert [f"{amount.value.normalize():f}" for amount in ends] == halved


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("target: 80, scoring: ratio", False),
        (PER_UNIT % "", False),
        (PER_UNIT % ", polarity: lower", True),
        (TABLE % (5, 0), True),
    ],
)
def test_whether_the_score_shows_what_is_unmet(written: str, shown: bool) -> None:  # noqa: FBT001 - of the table
    indicator = indicator_of(written)
    assert indicator.method.unmet_by_score(indicator.rule) is shown


@pytest.mark.parametrize(("target", "codes"), [("", []), ("target: 80, ", []), ("target: 80%, ", ["GP348"]), ("target: own, ", ["GP348"])])
def test_of_what_rows_in_percent_are_bands_is_clear_unless_the_target_is_one_too(target: str, codes: list[str]) -> None:
    indicator = indicator_of(target + TABLE % ("5%", 0))
    assert [fault.code for check in indicator.method.checks for fault in check(indicator.rule, indicator)] == codes
