"""Published schemes, written as plans without a trick: each total is the one worked out by hand."""

from pathlib import Path

import pytest
import yaml

from genplan import api
from genplan.plan.formula import parse_formula
from genplan.plan.rounding import round_to

HERE = Path(__file__).parent
TOTALS: dict[str, dict[str, object]] = yaml.safe_load((HERE / "totals.yml").read_text("utf-8"))
FINALS: dict[str, dict[str, list[object]]] = yaml.safe_load((HERE / "finals.yml").read_text("utf-8"))
GRADES: dict[str, dict[str, str]] = yaml.safe_load((HERE / "grades.yml").read_text("utf-8"))
PAY: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((HERE / "pay.yml").read_text("utf-8"))


def by_hand(written: object) -> str:
    """Give what stands behind the equals sign, having worked out again what stands before it."""
    sum_, _, total = (part.strip() for part in f"{written}".rpartition("="))
    if sum_:
        assert f"{round_to(parse_formula(sum_).compute({}), 2):f}" == total
    return total


@pytest.mark.parametrize("scheme", TOTALS)
def test_totals_are_those_worked_out_by_hand(scheme: str):
    session = api.load([HERE / "plans" / f"{scheme}.md"])
    assert not api.has_errors(session.diagnostics), [each.message for each in session.diagnostics]
    totals = {card.person.id: f"{card.total:f}" for card in api.score(session)}
    assert totals == {person: by_hand(written) for person, written in TOTALS[scheme].items()}


@pytest.mark.parametrize("scheme", FINALS)
def test_final_totals_and_grades_are_those_worked_out_by_hand(scheme: str):
    cards = api.score(api.load([HERE / "plans" / f"{scheme}.md"]))
    finals = {card.person.id: [f"{card.final_total:f}", card.final_band.grade.name] for card in cards}
    assert finals == {person: [f"{total}", grade] for person, (total, grade) in FINALS[scheme].items()}


@pytest.mark.parametrize("scheme", GRADES)
def test_grades_are_those_worked_out_by_hand(scheme: str):
    session = api.load([HERE / "plans" / f"{scheme}.md"])
    assert not api.has_errors(session.diagnostics), [each.message for each in session.diagnostics]
    assert {card.person.id: card.final_band.grade.name for card in api.score(session)} == GRADES[scheme]


@pytest.mark.parametrize("scheme", PAY)
def test_pay_is_that_worked_out_by_hand(scheme: str):
    session = api.load([HERE / "plans" / f"{scheme}.md"])
    (assessment,) = session.assessments
    paid = {id_: {part.name: f"{part.amount:f}" for part in pay.parts} for (_, id_), pay in assessment.pay.items()}
    by_part = {person: {part: by_hand(written) for part, written in parts.items()} for person, parts in PAY[scheme].items()}
    assert paid == by_part
    assert all(pay.total == sum(part.amount for part in pay.parts) for pay in assessment.pay.values())
