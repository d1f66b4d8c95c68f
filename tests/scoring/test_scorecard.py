"""Scorecards: totals to the last digit, missing actuals, grades and ranks."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.people.load import load_results
from genplan.people.model import PersonResult
from genplan.plan.indicator_weights import is_weighted, weigh_indicators
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.model import OwnName
from genplan.scoring.line import Line, kept_lines
from genplan.scoring.scorecard import Scorecard, score_people

ROOT = Path(__file__).parents[2]
NAMES = ("新增用户数", "用户活跃度", "用户参与度", "内容质量", "用户满意度", "社群活动效果", "品牌曝光度")
WEIGHTS = (30, 30, 20, 15, 10, 10, 5)
SCORES = ("90", "85", "95", "80", "90", "80", "95")

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]


def indicators(weights: tuple[object, ...], names: tuple[str, ...] = NAMES, more: str = "") -> str:
    rows = "".join(f"  - {{name: {name}, weight: {weight}{more}}}\n" for name, weight in zip(names, weights, strict=True))
    return f"indicators:\n{rows}"


def cards(plan: PlanFile, *people: PersonResult) -> tuple[Scorecard, ...]:
    scored, found = score_people(plan, people)
    assert not found
    return scored


def card(plan: PlanFile, person: PersonResult) -> Scorecard:
    return cards(plan, person)[0]


# The worked case of source document A


@pytest.fixture
def published(make_plan: MakePlan) -> PlanFile:
    return make_plan("weights: normalize\n" + indicators(tuple(f"{w}%" for w in WEIGHTS)))


def test_published_case_normalised(published: PlanFile, person: MakePerson):
    scored = card(published, person(dict(zip(NAMES, SCORES, strict=True))))
    assert scored.exact == Fraction("105.25") / Fraction("1.2")
    assert scored.total == Decimal("87.71")
    assert f"{float(scored.exact):.4f}" == "87.7083"


def test_published_case_as_it_stands(published: PlanFile, person: MakePerson):
    scored = card(published, person(dict(zip(NAMES, SCORES, strict=True))))
    plain = sum((line.scored.score * line.weighed.in_group.published for line in scored.lines if line.scored), Fraction(0))
    assert plain == Fraction("105.25")
    assert sum(line.weighed.in_group.published for line in scored.lines) == Fraction("1.2")


def test_published_case_of_the_sample():
    plan, _ = load_plan(ROOT / "plans" / "community-operations-specialist.md", "community-operations-specialist.md")
    assert plan is not None
    people, found = load_results(plan, ROOT)
    assert not found
    scored, found = score_people(plan, people)
    assert [(d.code, "85.5" in d.message, "87.71" in d.message) for d in found] == [("GP447", True, True)]
    case = next(c for c in scored if c.person.name == "案例员工")
    assert (case.total, case.band.grade.name, case.rank, case.ranked) == (Decimal("87.71"), "良好", 1, 1)


def test_nested_weights(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(
        "dimensions:\n"
        "  - {name: 业绩, weight: 60%, indicators: [{name: 增长, weight: 50%}, {name: 活跃, weight: 50%}]}\n"
        "  - {name: 态度, weight: 40%, indicators: [{name: 协作}]}\n"
    )
    scored = card(plan, person({"增长": "90", "活跃": "80", "协作": "85"}))
    assert scored.exact == 85
    assert str(scored.total) == "85.00"


def test_dimension_without_weights_inside_shares_equally(make_plan: MakePlan):
    plan = make_plan("dimensions:\n  - {name: 成本, weight: 100%, indicators: [{name: 人力}, {name: 设备}, {name: 营销}]}\n")
    assert [w.weight for w in weigh_indicators(plan)] == [Fraction(1, 3)] * 3


def test_plan_without_weights_has_no_total(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("indicators: [{name: 增长}, {name: 活跃}]\n")
    assert not is_weighted(plan)
    assert cards(plan, person({"增长": "90", "活跃": "80"})) == ()


# Rounding


@pytest.mark.parametrize(
    ("mode", "places", "total"),
    [("half-up", 2, "80.13"), ("half-even", 2, "80.12"), ("down", 2, "80.12"), ("half-up", 0, "80"), ("half-up", 3, "80.125")],
)
def test_total_is_rounded_as_declared(make_plan: MakePlan, person: MakePerson, mode: str, places: int, total: str):
    plan = make_plan(f"rounding: {{places: {places}, mode: {mode}}}\n" + indicators(("100%",), ("增长",)))
    assert str(card(plan, person({"增长": "80.125"})).total) == total


def test_total_is_rounded_before_it_is_graded(make_plan: MakePlan, person: MakePerson, grades: str):
    plan = make_plan(grades + indicators(("100%",), ("增长",)))
    assert card(plan, person({"增长": "89.995"})).band.grade.name == "优秀"
    assert card(plan, person({"增长": "89.994"})).band.grade.name == "良好"


# Missing actuals


def test_missing_actual_is_an_error_unless_declared(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(indicators(("60%", "40%"), ("增长", "活跃")))
    assert cards(plan, person({"增长": "90"})) == ()


def test_zero_counts_a_missing_actual_as_zero(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("missing: zero\n" + indicators(("60%", "40%"), ("增长", "活跃")))
    scored = card(plan, person({"增长": "90"}))
    assert scored.total == 54
    assert [line.scored.score for line in scored.lines if line.scored] == [90, 0]


def test_exclude_gives_the_weight_to_the_others(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("missing: exclude\n" + indicators(("30%", "30%", "40%"), ("增长", "活跃", "协作")))
    scored = card(plan, person({"增长": "90", "活跃": "80"}))
    assert [line.weight for line in scored.lines] == [Fraction(1, 2), Fraction(1, 2), 0]
    assert scored.lines[2].scored is None
    assert scored.total == 85


def test_exclude_crosses_dimensions(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(
        "missing: exclude\ndimensions:\n"
        "  - {name: 业绩, weight: 60%, indicators: [{name: 增长}, {name: 活跃}]}\n"
        "  - {name: 态度, weight: 40%, indicators: [{name: 协作}]}\n"
    )
    scored = card(plan, person({"增长": "90", "协作": "60"}))
    assert [line.weight for line in scored.lines] == [Fraction(3, 7), 0, Fraction(4, 7)]


def test_zero_counts_for_somebody_without_any_actual(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("missing: zero\n" + indicators(("60%", "40%"), ("增长", "活跃")))
    scored, found = score_people(plan, [person({}, person_id="0007"), person({"增长": "90", "活跃": "80"}, person_id="0008")])
    assert ([(c.person.id, c.total) for c in scored], found) == ([("0007", 0), ("0008", 86)], [])


def test_nothing_to_score(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("missing: exclude\n" + indicators(("60%", "40%"), ("增长", "活跃")))
    scored, found = score_people(plan, [person({}, person_id="0007"), person({"增长": "90", "活跃": "80"}, person_id="0008")])
    assert [c.person.id for c in scored] == ["0008"]
    assert [(d.code, d.span.file, d.span.line) for d in found] == [("GP423", "results/team.csv", 2)]
    assert "0007" in found[0].message


@pytest.mark.parametrize("policy", ["error", "exclude", "zero"])
def test_unusable_actual_is_never_passed_over(make_plan: MakePlan, person: MakePerson, policy: str):
    plan = make_plan(f"missing: {policy}\n" + indicators(("60%", "40%"), ("增长", "活跃")))
    assert cards(plan, person({"增长": "90"}, unusable=frozenset({"活跃"}))) == ()


@given(data=st.data())
def test_weights_counted_make_exactly_one(make_plan: MakePlan, person: MakePerson, data: st.DataObject):
    numbers = data.draw(st.lists(st.integers(1, 1000), min_size=1, max_size=6))
    names = NAMES[: len(numbers)]
    plan = make_plan("weights: normalize\nmissing: exclude\n" + indicators(tuple(numbers), names))
    assert sum(w.weight for w in weigh_indicators(plan)) == 1
    held = data.draw(st.sets(st.sampled_from(names), min_size=1))
    assert sum(line.weight for line in card(plan, person(dict.fromkeys(held, "80"))).lines) == 1


# Grades


@pytest.mark.parametrize("total", ["59.99", "100.01"])
def test_total_outside_all_grades(make_plan: MakePlan, person: MakePerson, total: str):
    plan = make_plan("grades: [{name: 优秀, from: 90, to: 100}, {name: 合格, from: 60}]\n" + indicators(("100%",), ("增长",)))
    scored, found = score_people(plan, [person({"增长": total})])
    assert scored == ()
    assert [d.code for d in found] == ["GP422"]
    assert found[0].span.file == "plans/specialist.md"
    assert total in found[0].message


@pytest.mark.parametrize(("total", "grade"), [("100", "优秀"), ("90", "优秀"), ("89.99", "合格"), ("60", "合格")])
def test_lower_bound_is_included(make_plan: MakePlan, person: MakePerson, total: str, grade: str):
    plan = make_plan("grades: [{name: 优秀, from: 90, to: 100}, {name: 合格, from: 60}]\n" + indicators(("100%",), ("增长",)))
    assert card(plan, person({"增长": total})).band.grade.name == grade


# Ranks


def test_equal_totals_share_the_better_rank(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(indicators(("100%",), ("增长",)))
    reached = {"1": "70", "2": "90", "3": "90", "4": "80.004", "5": "80.001"}
    people = [person({"增长": score}, person_id=who) for who, score in reached.items()]
    assert [(c.person.id, c.rank, c.ranked) for c in cards(plan, *people)] == [
        ("1", 5, 5),
        ("2", 1, 5),
        ("3", 1, 5),
        ("4", 3, 5),
        ("5", 3, 5),
    ]


def test_ranks_count_within_a_period(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(indicators(("100%",), ("增长",)))
    rows = (("1", "2026-Q3", "70"), ("1", "2026-Q2", "60"), ("2", "2026-Q3", "75"))
    people = [person({"增长": score}, period=period, person_id=who) for who, period, score in rows]
    assert [(c.rank, c.ranked) for c in cards(plan, *people)] == [(2, 2), (1, 1), (1, 2)]


# What does not matter

scores = st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=3, max_size=3)


@given(rows=st.lists(scores, min_size=1, max_size=8), order=st.randoms(use_true_random=False))
def test_order_of_people_changes_nothing(make_plan: MakePlan, person: MakePerson, rows: list[list[Decimal]], order):
    plan = make_plan(indicators(("33%", "33%", "34%"), NAMES[:3]))
    people = [person(dict(zip(NAMES, row, strict=False)), person_id=str(at)) for at, row in enumerate(rows)]
    shuffled = order.sample(people, len(people))
    expected = {c.person.id: (c.exact, c.total, c.rank, c.ranked) for c in cards(plan, *people)}
    assert {c.person.id: (c.exact, c.total, c.rank, c.ranked) for c in cards(plan, *shuffled)} == expected
    assert [c.person.id for c in cards(plan, *shuffled)] == [p.id for p in shuffled]


@given(row=scores, order=st.permutations([("33%", 0), ("33%", 1), ("34%", 2)]))
def test_order_of_indicators_changes_no_total(make_plan: MakePlan, person: MakePerson, row: list[Decimal], order: list[tuple[str, int]]):
    actuals = dict(zip(NAMES, row, strict=False))
    straight = make_plan(indicators(("33%", "33%", "34%"), NAMES[:3]))
    shuffled = make_plan(indicators(tuple(w for w, _ in order), tuple(NAMES[at] for _, at in order)))
    assert card(straight, person(actuals)).exact == card(shuffled, person(actuals)).exact


@given(numbers=st.lists(st.integers(1, 999), min_size=3, max_size=3), times=st.integers(2, 1000), row=scores)
def test_scaling_all_weights_changes_nothing_under_normalize(
    make_plan: MakePlan, person: MakePerson, numbers: list[int], times: int, row: list[Decimal]
):
    actuals = dict(zip(NAMES, row, strict=False))
    one = make_plan("weights: normalize\n" + indicators(tuple(f"{n}%" for n in numbers), NAMES[:3]))
    many = make_plan("weights: normalize\n" + indicators(tuple(f"{n * times}%" for n in numbers), NAMES[:3]))
    assert card(one, person(actuals)).exact == card(many, person(actuals)).exact
    assert [w.weight for w in weigh_indicators(one)] == [w.weight for w in weigh_indicators(many)]


@given(row=scores)
def test_total_lies_between_the_lowest_and_the_highest_score(make_plan: MakePlan, person: MakePerson, row: list[Decimal]):
    plan = make_plan(indicators(("20%", "30%", "50%"), NAMES[:3]))
    assert min(row) <= card(plan, person(dict(zip(NAMES, row, strict=False)))).exact <= max(row)


def test_nobody_is_ranked_while_somebody_has_no_total(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan(indicators((50, 50), ("增长", "活跃")))
    people = [person({"增长": "80", "活跃": "90"}, person_id="1"), person({"增长": "80"}, person_id="2")]
    assert [(card.person.id, card.rank, card.ranked) for card in score_people(plan, people).value] == [("1", None, None)]
    assert [card.rank for card in score_people(plan, people[:1], {people[0].period.id}).value] == [None]
    assert [(card.rank, card.ranked) for card in score_people(plan, people[:1]).value] == [(1, 1)]


def test_places_in_which_a_person_has_nothing_have_no_line(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(indicators(("50%", "30%", "20%"), ("甲", "乙", "丙")))
    first, second, third = card(plan, person({"甲": "80", "乙": "70", "丙": "60"})).lines

    def named(line: Line, name: str) -> Line:
        placed = line.weighed.placed
        indicator = placed.indicator.model_copy(update={"own": OwnName(name)})
        return replace(line, weighed=replace(line.weighed, placed=replace(placed, indicator=indicator)))

    agreed, nothing = named(second, "按时交付"), named(third, "")
    assert kept_lines([first, agreed, nothing]) == [first, agreed]
