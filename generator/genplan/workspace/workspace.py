"""A workspace: the folder that genplan.yml marks, with its plans, templates and output."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import LANGUAGES, listing, msg
from genplan.people.readers import READERS
from genplan.source.files import is_file
from genplan.source.keys import Keys
from genplan.source.model import (
    Annotated,
    BeforeValidator,
    Choice,
    Field,
    Flag,
    InvalidValue,
    Model,
    SchemaVersion,
    Text,
    WithJsonSchema,
    choice,
    read,
    shown,
)
from genplan.source.text import read_text
from genplan.source.yaml import Mapping, parse
from genplan.theme.themes import DEFAULT
from genplan.workspace import SETTINGS
from genplan.writers.options import AUTO, PDF_ENGINES, PDF_VARIANTS, PLAIN

PICTURES = "pictures"
"""The folder of pictures, unless the settings name another; beside the plan where there is no workspace."""


_MAX_FOLDER_BYTES = 255
"""The longest name that file systems take; for a path of folders, more than enough."""


def _folder(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or PureWindowsPath(value).anchor or ".." in PureWindowsPath(value).parts:
        raise InvalidValue(
            "GP203", msg("{value} is not a folder inside the workspace", value=shown(value)), msg("write a relative path, e.g. plans")
        )
    if len(value.encode()) > _MAX_FOLDER_BYTES:
        raise InvalidValue("GP203", msg("the folder's name is too long"), msg("write a short path, e.g. plans"))
    return value


def _language(value: object) -> object:
    if value not in LANGUAGES:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a language of messages", value=shown(value)),
            msg("write one of: {offered}", offered=listing(LANGUAGES)),
        )
    return value


def _pdf_variant(value: object) -> object:
    if value not in PDF_VARIANTS:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a PDF variant", value=shown(value)),
            msg("write one of: {offered}", offered=listing(PDF_VARIANTS)),
        )
    return value


def _pdf_engine(value: object) -> object:
    if value not in PDF_ENGINES:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a PDF engine", value=shown(value)),
            msg("write one of: {offered}", offered=listing(PDF_ENGINES)),
        )
    return value


BY_PLAN, BY_DEPARTMENT = "plan", "department"


class CollectBy(Choice):
    """What a collected file holds the documents of."""

    PLAN = BY_PLAN
    DEPARTMENT = BY_DEPARTMENT


Folder = Annotated[Text, BeforeValidator(_folder)]


def _file(value: object) -> str:
    path = _folder(value)
    if PurePath(path).suffix.lower() not in READERS:
        raise InvalidValue(
            "GP203",
            msg("{value} is not a supported roster file", value=shown(value)),
            msg("name one of {formats}", formats=listing(READERS)),
        )
    return path


KEYS = Keys.of({"people": ("花名册",), "language": ("语言",)})
"""The keys of the settings in Chinese."""


class Settings(Model):
    """What genplan.yml may say."""

    schema_: SchemaVersion = Field(1, alias="schema")
    """Version of this format: 1."""
    plans: Folder = "plans"
    """Folder of the plans."""
    templates: Folder = "templates"
    """Folder that is laid over the built-in theme."""
    pictures: Folder = PICTURES
    """Folder of the pictures that documents may show, besides those in the templates' folder."""
    output: Folder = "output"
    """Folder that documents are written to."""
    people: Annotated[Text, BeforeValidator(_file)] | None = None
    """Roster, as CSV or XLSX, with columns 工号, 姓名, 部门, 岗位, 直接上级, 入职日期 and 离职日期; results are checked against it."""
    pdf_variant: Annotated[str, BeforeValidator(_pdf_variant), WithJsonSchema({"enum": list(PDF_VARIANTS)})] = PLAIN
    """The standard that PDFs conform to: plain, pdf/a-3a, pdf/ua-1 or pdf/a-3a+ua-1."""
    pdf_engine: Annotated[str, BeforeValidator(_pdf_engine), WithJsonSchema({"enum": list(PDF_ENGINES)})] = AUTO
    """What makes PDFs: weasyprint, typst, or auto, which is WeasyPrint where this machine has what it needs, else Typst."""
    theme: Text = DEFAULT
    """Look of the documents: modern, quiet, vivid, official (公文), or a folder of templates/themes."""
    editions: tuple[Text, ...] = ()
    """Editions of documents about people: names of templates/editions.yml, or all. Without them, one document shows everything."""
    watermark: Text = ""
    """Line of text behind every page: draft, confidential, or a text of one's own of at most 20 characters."""
    collect: tuple[Text, ...] = ()
    """Kinds of documents about people, such as notice, that are also written to one file to print, in order."""
    collect_by: choice(CollectBy) = CollectBy.PLAN  # type: ignore[valid-type]
    """Whose documents such a file holds: those of a plan, or those of a department of a plan; of one period in any case."""
    duplex: Flag = False
    """Whether each document in such a file starts on a new sheet, for printing on both sides: after an odd page comes an empty one."""
    language: Annotated[str, BeforeValidator(_language), WithJsonSchema({"enum": list(LANGUAGES)})] = LANGUAGES[0]
    """Language of messages where neither the user (`--lang`, GENPLAN_LANG) nor the system states one: en, zh-CN or zh-TW."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of a workspace, and how its documents are written."""

    root: Path
    plans: Path
    templates: Path
    pictures: Path
    output: Path
    people: Path | None = None
    pdf_variant: str = PLAIN
    pdf_engine: str = AUTO
    theme: str = DEFAULT
    editions: tuple[str, ...] = ()
    watermark: str = ""
    collect: tuple[str, ...] = ()
    collect_by: str = BY_PLAN
    duplex: bool = False


def _workspace(root: Path, settings: Settings) -> Workspace:
    return Workspace(
        root,
        root / settings.plans,
        root / settings.templates,
        root / settings.pictures,
        root / settings.output,
        people=root / settings.people if settings.people else None,
        pdf_variant=settings.pdf_variant,
        pdf_engine=settings.pdf_engine,
        theme=settings.theme,
        editions=settings.editions,
        watermark=settings.watermark,
        collect=settings.collect,
        collect_by=str(settings.collect_by.value),
        duplex=settings.duplex,
    )


def find_workspace(start: Path) -> Outcome[Workspace | None]:
    """Look for genplan.yml in a folder and above; None where there is none.

    Finds GP705 and what reading YAML finds.
    """
    for folder in (start, *start.parents):
        path = folder / SETTINGS
        if os.path.lexists(path):  # a pipe or a dead link of this name is a mistake, not a workspace less
            return _read(path, folder)
    return Outcome(None, [])


def _read(path: Path, folder: Path) -> Outcome[Workspace | None]:
    text, diagnostics = read_text(path, SETTINGS)
    if text is None or diagnostics:
        return Outcome(None, diagnostics)
    root, problems = parse(text, SETTINGS)
    if problems:
        return Outcome(None, problems)
    if root is None:
        return Outcome(_workspace(folder, Settings()), [])
    if not isinstance(root, Mapping):
        return Outcome(
            None, [diagnose("GP705", root.span, msg("the settings are not `key: value` lines"), help=msg("e.g. `plans: plans`"))]
        )
    settings, problems = read(Settings, root, KEYS)
    return Outcome(_workspace(folder, settings) if settings is not None else None, problems)


def plan_paths(workspace: Workspace | None, named: Sequence[Path]) -> Outcome[tuple[Path, ...]]:
    """List the plan files to work on: those named, folders standing for the Markdown files in them, or all of the workspace.

    Finds GP001 (no such path) and GP007 (no plans).
    """
    diagnostics: list[Diagnostic] = []
    if not named and workspace is None:
        message = msg("no {file} found in this folder or its parents", file=SETTINGS)
        return Outcome(
            (), [diagnose("GP007", Span(SETTINGS), message, help=msg("`genplan init DIR` creates a workspace that is ready to build"))]
        )
    paths: dict[str, Path] = {}
    for path in named or ([workspace.plans] if workspace else []):
        if os.path.isdir(path):  # noqa: PTH112 - as above
            listed = sorted(each for each in path.glob("*.md") if not each.name.startswith((".", "_")))
        elif os.path.exists(path) or is_file(path):  # noqa: PTH110 - reading it says whether it is a file
            listed = [path]
        else:
            listed = []
            diagnostics += (
                [diagnose("GP001", Span(str(path)), msg("no such file or folder"), help=msg("correct the path"))] if named else []
            )
        for each in listed:
            paths.setdefault(os.path.realpath(each), each)
    if not paths and not diagnostics:
        where = str(named[0]) if named else workspace.plans.name if workspace else ""
        advice = msg("`genplan new NAME --from SAMPLE` creates a plan to start from")
        diagnostics.append(diagnose("GP007", Span(where), msg("no plan found in this folder"), help=advice))
    return Outcome(tuple(paths.values()), diagnostics)
