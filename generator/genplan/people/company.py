"""The plans of a workspace beside the one whose results are read: whom each is for, and which files it reads."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from genplan.people.claims import Claim, claim_of
from genplan.people.locate import matching
from genplan.people.roster import Roster
from genplan.plan.load import PlanFile, load_plan


@dataclass(frozen=True)
class Company:
    """All plans of a workspace; none is read before somebody asks."""

    root: Path
    plans: Sequence[Path] = ()
    name: Callable[[Path], str] = str
    """How messages name a plan."""
    roster: Roster | None = None
    """Who there is, if the workspace says so."""
    asked: set[Path] = field(default_factory=set)
    """The plans whose results depend on what the others say."""

    def beside(self, plan: PlanFile, file: Path) -> list[Claim]:
        """Give whom the other plans are for that read the same file."""
        own = Path(os.path.realpath(plan.path))
        self.asked.add(own)
        return [claim for path, claim, files in self._read if path != own and file in files]

    @property
    def departments(self) -> frozenset[str]:
        """The departments that plans are for."""
        return frozenset(claim.department for _, claim, _ in self._read if claim.department)

    @cached_property
    def _read(self) -> list[tuple[Path, Claim, frozenset[Path]]]:
        read = []
        for path in self.plans:
            plan, _ = load_plan(path, self.name(path))  # what is wrong with it is reported where its turn comes
            if plan is not None:
                files = frozenset(matching(path.parent, plan.plan.results, self.root))
                read.append((Path(os.path.realpath(path)), claim_of(plan), files))
        return read
