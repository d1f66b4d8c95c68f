"""Two implementations of scoring, written apart, agree on random plans and people to the last digit."""

from fractions import Fraction
from random import Random

import pytest
from random_plans import Case, leave_to_people, plan_file, random_case, random_person, with_own_indicators
from second import second_opinions

from genplan.people.model import PersonResult
from genplan.plan.score_range import total_range
from genplan.scoring.scorecard import Scorecard, score_people

BATCHES = 20
PEOPLE_IN_BATCH = 500


def lines(card: Scorecard) -> tuple[dict[str, Fraction | None], dict[str, Fraction]]:
    scores = {line.weighed.placed.key: line.score if line.scored else None for line in card.lines}
    return scores, {line.weighed.placed.key: line.weight for line in card.lines}


def final(card: Scorecard) -> tuple[Fraction, str | None, Fraction | None]:
    return Fraction(card.final_total), card.final_band and card.final_band.grade.name, card.final_coefficient


def disagreements(case: Case, people: list[PersonResult]) -> list[tuple[object, object]]:
    plan = plan_file(case.data)
    first = {card.person.id: card for card in score_people(plan, people).value}
    found: list[tuple[object, object]] = []
    for person, other in zip(people, second_opinions(plan.plan, people), strict=True):
        card = first.get(person.id)
        ours = card and (card.exact, Fraction(card.total), card.band and card.band.grade.name, card.coefficient, final(card), *lines(card))
        theirs = other and (other.exact, other.rounded, other.grade, other.coefficient, other.final, other.scores, other.parts)
        if ours != theirs:
            found.append((ours, theirs))
    return found


def outside_reach(case: Case, people: list[PersonResult]) -> list[Fraction]:
    """Give the totals that lie outside what the plan is said to come to."""
    plan = plan_file(case.data)
    reach = total_range(plan)
    totals = [card.exact for card in score_people(plan, people).value if card.exact is not None]
    below = [total for total in totals if reach.lowest is not None and total < reach.lowest]
    return below + [total for total in totals if reach.highest is not None and total > reach.highest]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_agree(batch: int):
    rng = Random(batch)
    compared = 0
    while compared < PEOPLE_IN_BATCH:
        case = random_case(rng)
        people = [random_person(rng, case, f"{n:04}") for n in range(rng.choice((1, 2, 3, 8)))]
        if rng.random() < 0.3:
            leave_to_people(rng, case)
            people = [with_own_indicators(rng, case, person) for person in people]
        found = disagreements(case, people)
        assert not found, (found, case.data, people)
        usual = [person for person in people if not person.own]  # own weights and points may reach further than the plan's
        assert not outside_reach(case, usual), (case.data, people)
        compared += len(people)
