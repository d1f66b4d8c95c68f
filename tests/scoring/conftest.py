"""Plans and people for the tests of scoring."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from genplan.diagnostics import Span
from genplan.people.model import Actual, PersonResult
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.periods import parse_period
from genplan.source.quantity import Quantity, parse_quantity

HEAD = "---\nschema: 1\ntitle: 社群运营专员绩效考核方案\ndepartment: 社群运营部\nperiod: 2026-Q3\n"
GRADES = "grades: [{name: 优秀, from: 90, coefficient: 1.2}, {name: 良好, from: 80}, {name: 待改进, from: 0}]\n"


@pytest.fixture(scope="session")
def make_plan(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], PlanFile]:
    """Load a plan from the lines that follow its title."""
    path = tmp_path_factory.mktemp("plans") / "specialist.md"

    def make(lines: str) -> PlanFile:
        path.write_text(f"{HEAD}{lines}\n---\n", encoding="utf-8")
        plan, found = load_plan(path, "plans/specialist.md")
        assert plan is not None, found
        return plan

    return make


def make_person(
    actuals: Mapping[str, str | Decimal], person_id: str = "0007", period: str = "2026-Q3", unusable: frozenset[str] = frozenset()
) -> PersonResult:
    """A person with what they reached, as written."""
    span = Span("results/team.csv", 2)
    when = parse_period(period)
    assert when is not None
    held = {key: Actual(_quantity(value), str(value), span) for key, value in actuals.items()}
    return PersonResult(person_id, "测试甲", "社群运营部", "社群运营专员", when, held, "", span, unusable)


def _quantity(value: str | Decimal) -> Quantity | str:
    return Quantity(value) if isinstance(value, Decimal) else parse_quantity(value) or value


@pytest.fixture(scope="session")
def person() -> Callable[..., PersonResult]:
    return make_person


@pytest.fixture(scope="session")
def grades() -> str:
    return GRADES
