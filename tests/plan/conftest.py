"""Plans for the tests, made without a file so that properties can make many."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.plan.keys import KEYS
from genplan.plan.load import PlanFile
from genplan.plan.model import Plan
from genplan.source.frontmatter import split
from genplan.source.model import read

HEAD = "schema: 1\ntitle: 社群运营专员绩效考核方案\ndepartment: 社群运营部\n"


def _read_plan(data: str) -> Outcome[PlanFile | None]:
    text = f"---\n{HEAD}{data}\n---\n"
    parts, found = split(text, "plan.md")
    assert parts is not None, found
    plan, found = read(Plan, parts.data, KEYS)
    return Outcome(PlanFile(plan, parts.data, (), Path("plan.md"), "plan.md", text) if plan else None, found)


@pytest.fixture(scope="session")
def read_plan() -> Callable[[str], Outcome[PlanFile | None]]:
    """Read front matter, to which what every plan needs is added."""
    return _read_plan


@pytest.fixture(scope="session")
def plan_of() -> Callable[[str], PlanFile]:
    """Read front matter that must have the shape of a plan."""

    def make(data: str) -> PlanFile:
        plan, found = _read_plan(data)
        assert plan is not None, found
        return plan

    return make
