"""What a plan's prose asks of documents beyond text, looked at where the plan is read: pictures, and lists in lists."""

import os
from pathlib import Path

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.plan.load import PlanFile
from genplan.theme.prose import MAX_LEVEL, pictures_in, too_deep
from genplan.theme.resource_checks.pictures import is_picture_name, picture_name
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.theme import Theme
from genplan.workspace.writer_inputs import make_look


def check_prose(plan: PlanFile, theme: Theme, folder: Path, root: Path) -> list[Diagnostic]:
    """Find the pictures that documents cannot show (as `check_pictures`), and text that stands too deep in lists and quotations (GP547)."""
    message = msg("lists and quotations in this section are nested more than {limit} levels deep", limit=MAX_LEVEL // 2)
    deep = [
        diagnose("GP547", section.span, message, help=msg("use fewer levels")) for section in plan.sections if too_deep(section.markdown)
    ]
    return [*deep, *check_pictures(plan, theme, folder, root)]


def check_pictures(plan: PlanFile, theme: Theme, folder: Path, root: Path) -> list[Diagnostic]:
    """Find the pictures of a plan's prose that documents cannot show; `folder` is the one for pictures, in the workspace `root`.

    Finds GP541 to GP544 (what `read_picture` finds), GP602 (there is none of that name) and GP548 (the folder leads out of the workspace).
    """
    if not _is_inside(folder, root):
        message = msg("the pictures folder is a link that leads out of the workspace")
        return [diagnose("GP548", Span(os.path.relpath(folder, root)), message, help=msg("copy the pictures into the workspace"))]
    diagnostics: list[Diagnostic] = []
    shown = [(address, section.span) for section in plan.sections for address in pictures_in(section.markdown)]
    for address, place in dict.fromkeys(shown):
        try:
            make_look(theme, folder).picture(address)
        except UnusableError as error:
            cure = _cure(picture_name(address), plan.path.parent, folder, root) or error.cure
            diagnostics.append(diagnose(error.code, _place(address, plan, place), error.message, help=cure))
    return diagnostics


def _is_inside(folder: Path, root: Path) -> bool:
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))


def _cure(name: str, beside: Path, folder: Path, root: Path) -> str:
    """Say where to move a picture that stands elsewhere in the workspace."""
    for base in (beside, root):
        path = Path(os.path.realpath(base / name)) if is_picture_name(name) and "\0" not in name else root
        if path.is_file() and path.is_relative_to(os.path.realpath(root)) and not path.is_relative_to(os.path.realpath(folder)):
            there = path.relative_to(os.path.realpath(root)).as_posix()
            home = os.path.relpath(folder, root).replace(os.sep, "/")
            return msg(
                "move {path} to {folder}/{name}, and write {name}: pictures belong in {folder}/", path=there, folder=home, name=path.name
            )
    return ""


def _place(address: str, plan: PlanFile, section: Span) -> Span:
    """Find where a section names a picture: Markdown writes an address otherwise than it was written."""
    first = section.line or 1
    lines = plan.texts[section.file].split("\n")
    for number, line in enumerate(lines[first - 1 :], first):
        for written in (address, picture_name(address)):
            at = line.find(written) if written else -1
            if at >= 0:
                return Span(section.file, number, at + 1, at + 1 + len(written))
    return section
