"""What holds of every plan and everybody scored by it."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from random_plans import Case, Data, plan_file, random_case, random_person

from genplan.people.model import PersonResult
from genplan.plan.model import Indicator
from genplan.scoring.scorecard import Scorecard, score_people
from genplan.scoring.shortfall import strengths_and_weaknesses, unmet

seeds = st.integers(0, 2**32)


def drawn(seed: int, **fixed: object) -> tuple[Case, list[PersonResult], Random]:
    rng = Random(seed)
    case = random_case(rng)
    case.data.update(fixed)
    return case, [random_person(rng, case, f"{n:04}") for n in range(3)], rng


def cards(data: Data, people: list[PersonResult]) -> tuple[Scorecard, ...]:
    return score_people(plan_file(data), people).value


def outcome(data: Data, people: list[PersonResult]) -> dict[str, tuple[object, ...]]:
    return {c.person.id: (c.exact, c.total, c.band and c.band.grade.name, c.coefficient, c.rank) for c in cards(data, people)}


def rearranged(data: Data, rng: Random) -> Data:
    """Shuffle dimensions and the indicators of each."""
    mixed = {key: rng.sample(data[key], len(data[key])) for key in ("indicators", "dimensions") if key in data}
    if "dimensions" in mixed:
        mixed["dimensions"] = [d | {"indicators": rng.sample(d["indicators"], len(d["indicators"]))} for d in mixed["dimensions"]]
    return data | mixed


def scaled(value: Any, times: Decimal) -> Any:
    """Multiply every weight in a plan's data, however deep it stands."""
    if isinstance(value, list):
        return [scaled(item, times) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: heavier(item, times) if key == "weight" else scaled(item, times) for key, item in value.items()}


def heavier(weight: str, times: Decimal) -> str:
    return f"{Decimal(weight.removesuffix('%')) * times}{'%' if weight.endswith('%') else ''}"


def method_range(indicator: Indicator) -> tuple[Fraction, Fraction | None]:
    """Give the lowest and the highest score that a method says it can give."""
    rule = indicator.rule
    match rule.TAG:
        case "direct" | "items":
            low, high = rule.minimum, rule.maximum
        case "ratio" | "inverse-ratio" | "roll-up":
            zero, cap = getattr(rule, "when_zero", None) or Decimal(0), getattr(rule, "cap", None)
            low, high = Decimal(0), max(cap * rule.full, zero) if cap is not None else None
        case "tiers":
            low, high = min(t.points for t in rule.tiers), max(t.points for t in rule.tiers)
        case "two-way":
            low, high = min(min(row) for row in rule.scores), max(max(row) for row in rule.scores)
        case "interpolation":
            least = [] if rule.floor is None else [Decimal(0)]
            low, high = min(*least, *(p.score for p in rule.points)), max(*least, *(p.score for p in rule.points))
        case "per-unit":
            low, high = rule.base - rule.limit, rule.base + rule.limit
        case "deduction":
            low, high = rule.minimum, rule.full
        case "pass-fail":
            low, high = Decimal(0), rule.full
        case "rubric":
            low, high = min(level.score for level in rule.levels), max(level.score for level in rule.levels)
    return Fraction(low), None if high is None else Fraction(high)


@given(seed=seeds)
def test_order_of_people_and_indicators_changes_nothing(seed: int):
    case, people, rng = drawn(seed)
    assert outcome(rearranged(case.data, rng), rng.sample(people, len(people))) == outcome(case.data, people)


@given(seed=seeds, times=st.decimals(min_value="0.01", max_value=1000, places=2))
def test_weights_scaled_together_change_nothing_under_normalize(seed: int, times: Decimal):
    case, people, _ = drawn(seed, weights="normalize")
    assert outcome(scaled(case.data, times), people) == outcome(case.data, people)


@given(seed=seeds)
def test_every_score_is_within_its_cap_and_floor(seed: int):
    case, people, _ = drawn(seed)
    model = plan_file(case.data).plan
    for card in cards(case.data, people):
        for line in card.lines:
            indicator = line.weighed.placed.indicator
            if line.actual is None and not any(given.share and given.count for given in line.raters):
                assert line.score == 0
                continue
            low, high = method_range(indicator)
            if not (line.raters and model.missing == "zero"):  # a rater who gave nothing may count 0, below every level
                assert low <= line.scored.score
            assert high is None or line.scored.score <= high
            assert indicator.bounds.minimum is None or line.score >= indicator.bounds.minimum
            assert indicator.bounds.maximum is None or line.score <= indicator.bounds.maximum
        assert model.total.minimum is None or card.exact >= model.total.minimum
        assert model.total.maximum is None or card.exact <= model.total.maximum


@given(seed=seeds)
def test_exclusion_preserves_the_whole(seed: int):
    case, people, _ = drawn(seed, missing="exclude")
    scored = cards(case.data, people)
    assume(scored)
    for card in scored:
        assert sum(line.weight * line.weighed.share / line.weighed.weight for line in card.lines) == 1
        present = [line for line in card.lines if line.scored is not None]
        assert all(line.weight == 0 for line in card.lines if line.scored is None)
        assert len({line.weight / line.weighed.weight for line in present}) == 1  # each keeps its proportion
        for line in card.lines:
            assert not line.raters or sum(r.share for r in line.raters) == (line.scored is not None)  # 0 for reference only


@given(seeds)
def test_points_to_improve_are_unmet_and_come_first_among_them(seed: int):
    case, people, _ = drawn(seed)
    for card in cards(case.data, people):
        strongest, weakest = strengths_and_weaknesses(card.lines)
        assert unmet(card.lines)[: len(weakest)] == weakest
        assert not set(strongest) & set(weakest)
