"""What commands that read plans have in common: the workspace, the theme, and the plans as assessed."""

import os
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from genplan.collector import uncollected
from genplan.diagnostics import Diagnostic, Span
from genplan.people.roster import read_roster
from genplan.people.workspace_plans import WorkspacePlans
from genplan.plan.model import DEFAULT_LANGUAGE
from genplan.theme.spec import NOWHERE, ThemeSpec
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.across_plans import check_together
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.workspace import Workspace, find_workspace, plan_paths


@dataclass(frozen=True)
class Session:
    """A theme and assessments, as far as they could be read, and all that was found on the way."""

    workspace: Workspace | None
    theme: Theme | None
    assessments: tuple[Assessment, ...]
    diagnostics: list[Diagnostic]
    spec: ThemeSpec = NOWHERE
    """How other processes load the theme."""
    read: Mapping[Path, Sequence[Diagnostic]] = field(default_factory=dict)
    """What was found in each plan and its results."""

    @property
    def roots(self) -> tuple[Path, ...]:
        """Where files named in diagnostics may stand, besides the working directory."""
        built_in = self.theme.files.roots[-1].parent if self.theme else None
        return tuple(root for root in (self.workspace.root if self.workspace else None, built_in) if root)


@uncollected()
def open_session(
    paths: Sequence[Path],
    results: Sequence[Path] | None = None,
    *,
    language: str | None = None,
    theme: str = "",
    leave_out: Container[Path] = (),
) -> Session:
    """Read everything that the paths name, or the whole workspace.

    `results`, if given, stand in for those that plans name, `language` for the plans' own, `theme` for the one that the workspace names;
    `leave_out` are plans that are skipped, by their absolute paths.
    """
    workspace, diagnostics = find_workspace(_real(paths[0]) if paths else Path.cwd())
    if diagnostics:
        return Session(None, None, (), diagnostics)
    chosen = ThemeChoice(theme, Span("--theme")) if theme else ThemeChoice(workspace.theme) if workspace else ThemeChoice()
    look, diagnostics = load_theme(workspace.templates if workspace else None, language or DEFAULT_LANGUAGE, chosen)
    files, problems = plan_paths(workspace, paths)
    diagnostics += problems
    if look is None:
        return Session(workspace, None, (), diagnostics)
    roster, problems = read_roster(workspace.people, display_name(workspace.people)) if workspace and workspace.people else (None, [])
    diagnostics += problems
    workspace_plans = WorkspacePlans(workspace.root if workspace else Path.cwd(), _all_plans(workspace, files), display_name, roster)
    assessments = []
    read: dict[Path, Sequence[Diagnostic]] = {}
    for path in (path for path in files if path.absolute() not in leave_out):
        root, pictures = (workspace.root, workspace.pictures) if workspace else (_real(path).parent, None)
        assessment, problems = assess(
            path, display_name(path), root, look, results, language=language, pictures=pictures, workspace_plans=workspace_plans
        )
        diagnostics += problems
        read[path.absolute()] = problems
        assessments += [assessment] if assessment else []
    templates = str(workspace.templates.absolute()) if workspace else None
    spec = ThemeSpec(templates, language or DEFAULT_LANGUAGE, chosen.name)
    diagnostics += check_together([assessment.plan for assessment in assessments])
    return Session(workspace, look, tuple(assessments), list(dict.fromkeys(diagnostics)), spec, read)


def _all_plans(workspace: Workspace | None, files: Sequence[Path]) -> tuple[Path, ...]:
    """List the plans of the workspace, and those that are named besides."""
    every = (*(plan_paths(workspace, ()).value if workspace else ()), *files)
    return tuple({os.path.realpath(path): path for path in every}.values())


def _real(path: Path) -> Path:
    """Follow links as far as they lead; Path.resolve raises where they run in a circle."""
    return Path(os.path.realpath(path))


def display_name(path: Path) -> str:
    """Name a file as the user would from the working directory."""
    try:
        name = os.path.relpath(path) if path.is_absolute() else str(path)
    except ValueError:  # another drive of Windows
        name = str(path)
    return name.replace(os.sep, "/")
