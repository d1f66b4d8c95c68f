"""The other plans of a workspace: whom each is for, and which results files it reads."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from genplan.people.plan_scope import PlanScope, plan_scope
from genplan.people.results_files import matching_files, named_files
from genplan.people.roster import Roster
from genplan.plan.load import PlanFile, load_plan


@dataclass(frozen=True)
class WorkspacePlans:
    """All plans of a workspace, loaded on first use."""

    root: Path
    plans: Sequence[Path] = ()
    name: Callable[[Path], str] = str
    """How messages name a plan."""
    roster: Roster | None = None
    """The roster of the workspace, if it has one."""
    dependent_plans: set[Path] = field(default_factory=set)
    """The plans whose results depend on what the others say."""

    def scopes_sharing(self, plan: PlanFile, file: Path) -> list[PlanScope]:
        """Return the scopes of the other plans that read the same file, and note that `plan` depends on them."""
        own = Path(os.path.realpath(plan.path))
        self.dependent_plans.add(own)
        return [scope for path, scope, files in self._read if path != own and file in files]

    @property
    def departments(self) -> frozenset[str]:
        """The departments that plans are for."""
        return frozenset(scope.department for _, scope, _ in self._read if scope.department)

    @cached_property
    def _read(self) -> list[tuple[Path, PlanScope, frozenset[Path]]]:
        read = []
        for path in self.plans:
            plan, _ = load_plan(path, self.name(path))  # what is wrong with it is reported where its turn comes
            if plan is not None:
                files = frozenset(matching_files(path.parent, named_files(plan.plan), self.root))
                read.append((Path(os.path.realpath(path)), plan_scope(plan), files))
        return read
