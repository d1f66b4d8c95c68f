"""All that one build reads, as one digest: where it is what it was, nothing has to be scored or rendered to know that all is fresh."""

import glob
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from genplan.incremental.fingerprint import versions
from genplan.people.results_files import matching_files, named_files
from genplan.storage.digests import data_digest, file_digest, tree_digest
from genplan.workspace import SETTINGS
from genplan.workspace.assessment import Assessment
from genplan.workspace.workspace import Workspace
from genplan.workspace.writer_inputs import beside

_PLANS = "[!.]*.md"
"""All plans of a folder, and what they extend."""


def _of_positions(assessment: Assessment) -> list[str]:
    """List the plans in the annexes of a plan and what they extend; all plans of the folder while one of them cannot be read."""
    if len(assessment.positions) < len(assessment.plan.plan.positions):
        return [_PLANS]
    return [glob.escape(name) for other in assessment.positions for name in (other.path.name, *other.others)]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a build looks: the plans, the patterns of their results, the pictures that documents name, by their folder, and the theme."""

    workspace: Workspace | None
    plans: tuple[Path, ...]
    theme: tuple[Path, ...]
    formats: tuple[str, ...]
    results: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pictures: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """Digest plans, results and settings, by path."""
        listed = [self.workspace.root / SETTINGS] if self.workspace else []
        listed += [self.workspace.people] if self.workspace and self.workspace.people else []
        for plan in self.plans:
            root = self.workspace.root if self.workspace else Path(os.path.realpath(plan)).parent
            listed += [plan, *matching_files(plan.parent, self.results.get(str(plan), ()), root)]
        return {os.path.realpath(path): file_digest(path) for path in listed}

    def digest(self, stamp: str, files: Mapping[str, str]) -> str:
        """Digest everything; `stamp` is the theme's digest, `files` those of the other files."""
        pictures = [[folder, name, file_digest(beside(Path(folder), name))] for folder, names in self.pictures.items() for name in names]
        return data_digest([dict(files), pictures, stamp, [versions(form) for form in self.formats]])

    def stamp(self) -> str:
        """Digest the theme's files."""
        return tree_digest(self.theme)

    def _beside(self, assessment: Assessment) -> list[str]:
        """List the other plans, relative to the folder of a plan whose results depend on them."""
        if not assessment.entangled or self.workspace is None:
            return []
        folder = os.path.relpath(self.workspace.plans.absolute(), assessment.plan.path.absolute().parent)
        return [f"{folder}/{_PLANS}".replace(os.sep, "/").removeprefix("./")]

    def reading(self, assessments: Iterable[Assessment], pictures: Mapping[str, Sequence[str]]) -> "Inputs":
        """Return what was found to be read, once it was."""
        results = {
            str(each.plan.path.absolute()): [
                *named_files(each.plan.plan),
                *map(glob.escape, each.plan.others),
                *_of_positions(each),
                *each.rolled_from,
                *self._beside(each),
            ]
            for each in assessments
        }
        return Inputs(self.workspace, self.plans, self.theme, self.formats, results, pictures)
