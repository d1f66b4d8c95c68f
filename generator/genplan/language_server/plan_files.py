"""Which files belong to plans, and which plans a file belongs to."""

import os
from collections.abc import Iterator
from pathlib import Path

from genplan.language_server.plan_text import PlanText, read_plan
from genplan.plan.inheritance import DATA_SUFFIX
from genplan.source.files import is_file
from genplan.workspace.workspace import find_workspace

PLAN_SUFFIX = ".md"


def is_plan(plan: PlanText) -> bool:
    """Return whether a document belongs to a plan: it is in the folder of the plans, or says itself that it is one.

    A YAML file does so too, if it is beside a Markdown file of its name.
    """
    path = plan.path
    if path.suffix.lower() == DATA_SUFFIX:
        return plan.states_its_version and is_file(path.with_suffix(PLAN_SUFFIX))
    if path.suffix.lower() != PLAN_SUFFIX or path.name.startswith("."):
        return False
    workspace = find_workspace(path.parent).value
    return plan.states_its_version or (workspace is not None and os.path.realpath(workspace.plans) == str(path.parent))


def may_become_plan(plan: PlanText) -> bool:
    """Return whether a document is a plan, or one that is being begun: front matter, or a YAML file, without any key yet."""
    return not plan.table.entries or is_plan(plan)


def plans_of(path: Path) -> list[Path]:
    """List the plans to check for a document: the plan itself, and those that extend it; a base, whose name starts with `_`, is none."""
    plan = path.with_suffix(PLAN_SUFFIX)
    own = [] if plan.name.startswith("_") else [plan]
    return [*own, *_extending(plan)]


def _extending(base: Path) -> Iterator[Path]:
    """List the plans in the folder that extend a plan."""
    for path in sorted(base.parent.glob(f"*{PLAN_SUFFIX}")):
        if path != base and not path.name.startswith((".", "_")):
            plan = read_plan(path)
            if plan is not None and any(each.path.with_suffix(PLAN_SUFFIX) == base for each in plan.with_bases()):
                yield path
