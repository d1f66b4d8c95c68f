"""Two sets of results side by side: who changes, by how much, and why."""

from dataclasses import replace
from fractions import Fraction

from genplan.scoring.comparison import Change, compare
from genplan.scoring.scorecard import score_people

PLAN = """
indicators:
  - {name: 增长, weight: 60%}
  - {name: 活跃, weight: 40%}
grades: [{name: 优秀, from: 90}, {name: 良好, from: 0}]
"""


def test_causes_add_up_and_stand_from_the_greatest_down(make_plan, person):
    plan = make_plan(PLAN)
    same = {"增长": "70", "活跃": "70"}
    before, _ = score_people(plan, [person({"增长": "80", "活跃": "90"}, person_id="1"), person(same, person_id="2")])
    after, _ = score_people(plan, [person({"增长": "95", "活跃": "85"}, person_id="1"), person(same, person_id="3")])
    first, new, gone = compare(before, after)
    assert (str(first.difference), first.regraded) == ("7.00", True)
    assert [(cause.key, cause.change) for cause in first.causes] == [("增长", Fraction(9)), ("活跃", Fraction(-2))]
    assert sum(cause.change for cause in first.causes) == first.after.exact - first.before.exact
    assert (new.card.person.id, new.before, new.difference, new.causes) == ("3", None, None, ())
    assert (gone.card.person.id, gone.after) == ("2", None)


def test_what_items_and_bounds_made_of_a_total_is_a_cause(make_plan, person):
    more = "bonuses: [{name: 创新, points: 2, cap: 5}]\ndeductions: [{name: 迟到, points: 1.5}]\ntotal: {maximum: 92}\n"
    plan = make_plan("indicators: [{name: 增长, weight: 100%}]\n" + more)

    def card(items):
        return score_people(plan, [replace(person({"增长": "90"}), items=person(items).actuals)]).value

    (change,) = compare(card({"迟到": "2"}), card({"创新": "2"}))
    assert (change.before.exact, change.after.exact) == (87, 92)
    assert [(cause.key, cause.before, cause.after) for cause in change.causes] == [("创新", 0, 4), ("迟到", -3, 0), ("bounds", 0, -2)]
    (change,) = compare(card({"创新": "1"}), card({"创新": "1", "迟到": "4"}))
    assert [(cause.key, cause.before, cause.after) for cause in change.causes] == [("迟到", 0, -6)]


def test_the_same_results_change_nothing(make_plan, person):
    cards, _ = score_people(make_plan(PLAN), [person({"增长": "80", "活跃": "90"})])
    (change,) = compare(cards, cards)
    assert (change.difference, change.regraded, change.causes) == (0, False, ())


def test_who_is_in_one_set_alone_has_another_grade_if_there_is_one(make_plan, person, grades):
    rows = "indicators: [{name: 增长, weight: 100%}]\n"
    (graded,), _ = score_people(make_plan(rows + grades), [person({"增长": "95"})])
    (plain,), _ = score_people(make_plan(rows), [person({"增长": "95"})])
    assert [Change(None, card, ()).regraded for card in (graded, plain)] == [True, False]
    assert [Change(card, None, ()).regraded for card in (graded, plain)] == [True, False]
    assert not Change(graded, graded, ()).regraded
    assert Change(None, graded, ()).difference is None
