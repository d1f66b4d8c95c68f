"""The sample workspace of a company: it has nothing wrong, and its totals and pay are those worked out by hand."""

from collections import defaultdict
from pathlib import Path

import yaml
from test_schemes import by_hand

from genplan import api, resources

EXPECTED: dict[str, dict[str, dict[str, dict[str, str]]]] = yaml.safe_load(Path(__file__).with_name("company.yml").read_text("utf-8"))
SESSION = api.load([resources.company() / "plans"])

Figures = dict[str, dict[str, dict[str, str]]]


def worked_out(part: str) -> Figures:
    """Give the expected figures by plan, period and person."""
    return {
        plan: {period: {person: by_hand(written) for person, written in people.items()} for period, people in periods.items()}
        for plan, periods in EXPECTED[part].items()
    }


def test_nothing_is_wrong():
    assert [f"{each.span.file}: {each.message}" for each in SESSION.diagnostics if each.severity.value != "note"] == []


def test_totals_are_those_worked_out_by_hand():
    totals: Figures = defaultdict(lambda: defaultdict(dict))
    for assessment in SESSION.assessments:
        for card in assessment.cards:
            totals[assessment.plan.id][card.person.period.id][card.person.id] = f"{card.final_total:f}"
    assert totals == worked_out("totals")


def test_pay_is_that_worked_out_by_hand():
    paid: Figures = defaultdict(lambda: defaultdict(dict))
    for assessment in SESSION.assessments:
        for (period, person), pay in assessment.pay.items():
            paid[assessment.plan.id][period][person] = f"{pay.total:f}"
    expected = worked_out("pay")
    assert {plan: {period: paid[plan][period] for period in periods} for plan, periods in expected.items()} == expected
    assert paid.keys() == expected.keys()
