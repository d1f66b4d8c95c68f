"""Roll-ups: two implementations, written apart, give random people the same mean of random totals."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from random_plans import POLICIES, SPAN, actual, number, plan_file, weights
from second import Refused, mean_of_totals

from genplan.methods.roll_up import RollUp
from genplan.people.model import PersonResult
from genplan.people.roll_up import Source, roll_up
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period, parse_period
from genplan.plan.roll_ups import roll_ups

BATCHES, DRAWN = 10, 1000
YEAR = parse_period("2026")
FORMS = {"quarterly": [f"2026-Q{n}" for n in range(1, 5)], "monthly": [f"2026-{n:02}" for n in range(1, 13)]}


def person(id_: str, period: Period | None) -> PersonResult:
    assert period is not None
    return PersonResult(id_, "某", "一部", "专员", period, {}, "", SPAN)


def drawn(rng: Random) -> tuple[PlanFile, str, list[str]]:
    """Draw a rule, and list the periods that count."""
    cycle = rng.choice(list(FORMS))
    names = rng.sample(FORMS[cycle], rng.randint(1, len(FORMS[cycle])))
    written = weights(rng, len(names), normalize=False)
    rule = {"method": "roll-up", "plan": "other.md", "missing": rng.choice(POLICIES)}
    choice = rng.random()
    if choice < 0.4:
        rule["periods"] = [{"period": name, "weight": f"{weight}%"} for name, weight in zip(names, written, strict=True)]
    elif choice < 0.7:
        rule["periods"] = names
    else:
        names = FORMS[cycle]
    return plan_file({"indicators": [{"name": "平均", "weight": "100%", "scoring": rule}]}), cycle, names


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_agree(batch: int):
    rng = Random(batch)
    for _ in range(DRAWN):
        plan, cycle, names = drawn(rng)
        totals = {(name, "0007"): Decimal(number(rng, -5, 130)) for name in names if rng.random() < 0.8}
        people = [person("0007", parse_period(name)) for name, _ in totals]
        source = Source(plan_file({"cycle": cycle, "indicators": [{"name": "业绩", "weight": "100%"}]}), people, totals)
        ((rolled,), found) = roll_up(plan, [person("0007", YEAR)], {"平均": source})
        ((_, rule),) = roll_ups(plan)
        ours = rolled.actuals["平均"].exact if rolled.actuals else None
        listed = rule if rule.periods else rule.model_copy(update={"periods": roll_ups(listing(names))[0][1].periods})
        assert ours == theirs(listed, [totals.get((name, "0007")) for name in names]), (rule, totals, found)
        parts = rolled.rolled.get("平均", ())
        assert ours is None or sum((Fraction(part.total or 0) * part.share for part in parts), Fraction(0)) == ours


def listing(names: list[str]) -> PlanFile:
    rule = {"method": "roll-up", "plan": "other.md", "periods": names}
    return plan_file({"indicators": [{"name": "平均", "weight": "100%", "scoring": rule}]})


def theirs(rule: RollUp, totals: list[Decimal | None]) -> Fraction | None:
    try:
        return mean_of_totals(rule, [None if total is None else Fraction(total) for total in totals])
    except Refused:
        return None


def test_what_results_state_stands_in_for_totals_that_are_not_there():
    source = Source(plan_file({"cycle": "quarterly", "indicators": [{"name": "业绩", "weight": "100%"}]}), [], {})
    stated = replace(person("0007", YEAR), actuals={"平均": actual("81.5")})
    ((rolled,), found) = roll_up(listing(FORMS["quarterly"]), [stated], {"平均": source})
    assert rolled.actuals["平均"].text == "81.5"
    assert not found
