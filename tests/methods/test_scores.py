"""Each method gives what the domain's worked examples say, to the last digit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.methods.direct import Direct
from genplan.methods.direct import score as direct
from genplan.methods.inverse_ratio import InverseRatio, InverseVariant
from genplan.methods.inverse_ratio import score as inverse_ratio
from genplan.methods.method import Limit, Scored
from genplan.methods.ratio import Ratio
from genplan.methods.ratio import score as ratio
from genplan.plan.rounding import round_to

OVER = InverseVariant.TARGET_OVER_ACTUAL
MINUS = InverseVariant.TWO_MINUS_RATIO
positive = st.fractions(min_value=Fraction(1, 1000), max_value=10_000)
shares = st.decimals(min_value=0, max_value=10, places=2)


def rule_ratio(**values: object) -> Ratio:
    return Ratio.model_construct(**({"full": Decimal(100), "floor": None, "cap": None} | values))


def rule_inverse(variant: InverseVariant, **values: object) -> InverseRatio:
    return InverseRatio.model_construct(
        **({"variant": variant, "full": Decimal(100), "floor": None, "cap": None, "when_zero": None} | values)
    )


def test_direct_is_what_was_entered():
    assert direct(Fraction(90), None, Direct()) == Scored(Fraction(90))


@pytest.mark.parametrize(
    ("actual", "score", "limit"),
    [
        ("92", "18.4", None),
        ("130", "24", Limit.CAP),
        ("120", "24", None),
        ("55", "0", Limit.FLOOR),
        ("60", "12", None),
        ("0", "0", Limit.FLOOR),
    ],
)
def test_ratio(actual: str, score: str, limit: Limit | None):
    rule = rule_ratio(full=Decimal(20), floor=Decimal("0.6"), cap=Decimal("1.2"))
    scored = ratio(Fraction(actual), Fraction(100), rule)
    assert (scored.score, scored.limit) == (Fraction(score), limit)
    assert scored.attainment == Fraction(actual) / 100


@pytest.mark.parametrize(("variant", "score", "shown"), [(OVER, Fraction(250, 3), "83.33"), (MINUS, Fraction(80), "80.00")])
def test_inverse_ratio(variant: InverseVariant, score: Fraction, shown: str):
    scored = inverse_ratio(Fraction("3.6"), Fraction("3.0"), rule_inverse(variant))
    assert scored.score == score
    assert str(round_to(scored.score, 2)) == shown


def test_zero_actual_scores_what_the_plan_declares():
    scored = inverse_ratio(Fraction(0), Fraction(3), rule_inverse(OVER, when_zero=Decimal(120)))
    assert scored == Scored(Fraction(120), None, Limit.ZERO)


def test_zero_actual_needs_no_declaration_where_nothing_is_divided_by_it():
    assert inverse_ratio(Fraction(0), Fraction(3), rule_inverse(MINUS)).score == 200
    assert inverse_ratio(Fraction(0), Fraction(3), rule_inverse(MINUS, cap=Decimal("1.2"))).score == 120


def test_two_minus_ratio_is_not_below_zero():
    assert inverse_ratio(Fraction(9), Fraction(3), rule_inverse(MINUS)).score == 0


def test_a_third_stays_a_third():
    assert ratio(Fraction(1), Fraction(3), rule_ratio()).score * 3 == 100


@given(
    actual=st.fractions(min_value=0, max_value=10_000),
    target=positive,
    floor=shares,
    width=shares,
    variant=st.sampled_from([None, OVER, MINUS]),
)
def test_scores_stay_between_floor_and_cap(
    actual: Fraction, target: Fraction, floor: Decimal, width: Decimal, variant: InverseVariant | None
):
    cap = floor + width
    bounds = {"full": Decimal(20), "floor": floor, "cap": cap}
    if variant is None:
        score = ratio(actual, target, rule_ratio(**bounds)).score
    elif variant is OVER and not actual:
        return
    else:
        score = inverse_ratio(actual, target, rule_inverse(variant, **bounds)).score
    assert score == 0 or Fraction(floor) * 20 <= score <= Fraction(cap) * 20


@given(one=positive, more=positive, target=positive)
def test_better_actuals_never_score_less(one: Fraction, more: Fraction, target: Fraction):
    rule = rule_ratio(floor=Decimal("0.6"), cap=Decimal("1.2"))
    assert ratio(one + more, target, rule).score >= ratio(one, target, rule).score
    for variant in (OVER, MINUS):
        inverse = rule_inverse(variant, floor=Decimal("0.6"), cap=Decimal("1.2"))
        assert inverse_ratio(one + more, target, inverse).score <= inverse_ratio(one, target, inverse).score
