"""Kinds of document: each is a template in `templates/kinds/` whose first comment is its header.

{#---
scope: plan
needs: [indicators]
sections: [purpose, scope, principles]
---#}

Beside it, `NAME.docx` is a template written in Word, which the kind's Word documents are made from. Where there is only that
one, the header stands in `NAME.yml`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.plan.indicator_weights import is_weighted
from genplan.plan.load import PlanFile
from genplan.plan.roll_ups import has_results
from genplan.source.model import Annotated, BeforeValidator, Choice, Field, Flag, InvalidValue, Model, Text, Whole, choice, read, shown
from genplan.source.text import read_text
from genplan.source.yaml import Mapping, parse
from genplan.theme.conditions import CONDITIONS
from genplan.theme.files import ThemeFiles
from genplan.theme.locale import Locale

FOLDER = "kinds"
SUFFIX = ".html.j2"
WORD_SUFFIX = ".docx"
HEADER_SUFFIX = ".yml"
_OWNER_FILE = "~$"
"""Start of the names of the files that Word keeps beside those it has open."""
_LAST = 1000
"""The place of a kind that names none."""
_HEADER = re.compile(r"\A\{#---\n(.*?)\n---#\}", re.DOTALL)


class Scope(Choice):
    """What one document of the kind is about."""

    PLAN = "plan"
    PERSON = "person"
    CYCLE = "cycle"


NEEDS: dict[str, Callable[[PlanFile], bool]] = {
    "duties": lambda plan: bool(plan.plan.duties),
    "indicators": lambda plan: bool(plan.indicators),
    "standards": lambda plan: bool(plan.indicators or plan.plan.positions),
    "chapters": lambda plan: bool(plan.chapters),
    "results": lambda plan: has_results(plan) and (is_weighted(plan) or plan.plan.assessed_unit is None),
    "units": lambda plan: has_results(plan) and plan.plan.assessed_unit is not None,
    "pay": lambda plan: plan.plan.pay is not None,
    "appeal": lambda plan: plan.plan.appeal is not None,
    "improvement": lambda plan: plan.plan.improvement is not None,
}
"""What a kind may ask a plan to have."""
NEEDED = {
    "duties": msg("duties"),
    "indicators": msg("indicators"),
    "standards": msg("indicators"),
    "chapters": msg("chapters"),
    "results": msg("results with weights"),
    "units": msg("`assessed_unit` (考核对象) with results"),
    "pay": msg("`pay` (绩效工资)"),
    "appeal": msg("appeal"),
    "improvement": msg("improvement"),
}
"""What messages call each."""


def _need(value: object) -> str:
    if not isinstance(value, str) or value not in NEEDS:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a valid value for `needs`", value=shown(value)),
            msg("write some of: {needs}", needs=listing(NEEDS)),
        )
    return value


def _condition(value: object) -> str:
    if not isinstance(value, str) or value not in CONDITIONS:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a valid condition", value=shown(value)),
            msg("write one of: {conditions}", conditions=listing(CONDITIONS)),
        )
    return value


def _titles(value: object) -> object:
    """Take a text as the title in every language."""
    return {"": value} if isinstance(value, str) else value


Title = Annotated[dict[str, Text], BeforeValidator(_titles)]


class Header(Model):
    """What a kind says of itself."""

    title: Title = Field(default_factory=dict)
    """What the document is called: a text, or a mapping of language and text; without it, the label `kinds.NAME` says so."""
    scope: choice(Scope)  # type: ignore[valid-type]
    """One document a plan, a person and period, or a plan and period."""
    needs: tuple[Annotated[str, BeforeValidator(_need)], ...] = ()
    """What a plan must have for the kind to be built."""
    sections: tuple[Text, ...] = ()
    """The prose sections it places, by their names in the locale's `sections`."""
    other_sections: Flag = False
    """Whether it also takes the sections that it does not name."""
    blank: Flag = False
    """Of scope `person`: whether one blank document is made where the plan has no people."""
    only: Annotated[str, BeforeValidator(_condition)] | None = None
    """Of scope `person`: made only for the people of whom this holds."""
    shows_result: Flag = False
    """Of scope `person`: it shows the person's result where there is one, and is made without one too."""
    shows_pay: Flag = False
    """Of scope `person`: it shows what the person is paid where the plan's `pay` says `notice: yes`; it is then not made without that."""
    shows_people: Flag = False
    """Of scope `cycle`: it sees each person of the period with their result, line by line."""
    order: Whole = _LAST
    """Its place among the kinds, lowest first; kinds of one place go by their names."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document and the templates that make it, by their paths within the theme; at least one of them is there."""

    name: str
    header: Header
    template: str | None
    """Makes the document tree, which every format can be written from."""
    word_template: str | None = None
    """Written in Word: makes the Word document in place of the tree."""

    def title(self, locale: Locale) -> str:
        """Describe what its documents are called in a language: as its header does, else as the locale; its name where neither does."""
        return self.titled(locale) or self.name

    def titled(self, locale: Locale) -> str:
        """Return the title that the header or the locale has; nothing where neither has one."""
        own = self.header.title
        return own.get(locale.language) or own.get("") or locale.labels.get(f"kinds.{self.name}", "")


def load_kinds(files: ThemeFiles) -> Outcome[dict[str, Kind]]:
    """Read the header of every kind, in their order; of a template without one, that of the built-in template it stands over.

    Finds GP510 and GP614 (no header), GP621 (two headers) and what reading the header finds.
    """
    kinds: dict[str, Kind] = {}
    diagnostics: list[Diagnostic] = []
    pages = {name.removesuffix(SUFFIX) for name in files.names(FOLDER, SUFFIX)}
    documents = {name.removesuffix(WORD_SUFFIX) for name in files.names(FOLDER, WORD_SUFFIX) if not name.startswith(_OWNER_FILE)}
    for name in sorted(pages | documents):
        template = f"{FOLDER}/{name}{SUFFIX}" if name in pages else None
        word = f"{FOLDER}/{name}{WORD_SUFFIX}" if name in documents else None
        header, problems = _header_of_page(template, files) if template else _header_beside(name, files)
        diagnostics += problems + (_second_header(name, files) if template and word else [])
        if header is not None:
            kinds[name] = Kind(name, header, template, word)
    return Outcome(dict(sorted(kinds.items(), key=lambda item: (item[1].header.order, item[0]))), diagnostics)


def _header_of_page(template: str, files: ThemeFiles) -> Outcome[Header | None]:
    return _header([path for root in files.roots if (path := ThemeFiles((root,)).find(template))], f"templates/{template}")


def _header_beside(name: str, files: ThemeFiles) -> Outcome[Header | None]:
    """Read the header of a kind that has only a template written in Word."""
    place = f"{FOLDER}/{name}{HEADER_SUFFIX}"
    path = files.find(place)
    if path is None:
        advice = msg(
            "write templates/{place} with the keys title, scope and needs; `genplan new-template {name} --word` writes both",
            place=place,
            name=name,
        )
        return Outcome(
            None, [diagnose("GP614", Span(f"templates/{FOLDER}/{name}{WORD_SUFFIX}"), msg("the Word template has no header"), help=advice)]
        )
    text, unread = read_text(path, f"templates/{place}")
    if text is None or unread:
        return Outcome(None, unread)
    node, problems = parse(text, f"templates/{place}")
    if isinstance(node, Mapping):
        return read(Header, node)
    return Outcome(
        None, problems or [diagnose("GP614", Span(f"templates/{place}", 1, 1), msg("the file has no header"), help=msg("write title: …"))]
    )


def _second_header(name: str, files: ThemeFiles) -> list[Diagnostic]:
    place = f"{FOLDER}/{name}{HEADER_SUFFIX}"
    if files.find(place) is None:
        return []
    message = msg("`{name}` takes its header from {folder}/{name}{suffix}; this file is ignored", name=name, folder=FOLDER, suffix=SUFFIX)
    return [diagnose("GP621", Span(f"templates/{place}"), message, help=msg("delete one of the two files"))]


def _header(paths: list[Path], file: str) -> Outcome[Header | None]:
    for path in paths:
        text, unread = read_text(path, file)
        if text is None or unread:
            return Outcome(None, unread)
        match = _HEADER.match(text)
        if match:
            node, problems = parse(match[1], file, first_line=2)
            return read(Header, node) if isinstance(node, Mapping) else Outcome(None, problems)
    return Outcome(
        None, [diagnose("GP510", Span(file, 1, 1), msg("the template has no header"), help=msg("start it with {#--- scope: plan ---#}"))]
    )
