"""Kinds of document: each is a template in `templates/kinds/` whose first comment is its header.

{#---
scope: plan
needs: [indicators]
sections: [purpose, scope, principles]
---#}
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Outcome, Span, diagnose
from generator.plan.load import PlanFile
from generator.source.model import Annotated, BeforeValidator, Choice, Field, Flag, InvalidValue, Model, Text, choice, read, shown
from generator.source.text import read_text
from generator.source.yaml import Mapping, parse
from generator.theme.files import ThemeFiles
from generator.theme.locale import Locale

FOLDER = "kinds"
SUFFIX = ".html.j2"
_HEADER = re.compile(r"\A\{#---\n(.*?)\n---#\}", re.DOTALL)


class Scope(Choice):
    """What one document of the kind is about."""

    PLAN = "plan"
    PERSON = "person"
    CYCLE = "cycle"


NEEDS: dict[str, Callable[[PlanFile], bool]] = {
    "duties": lambda plan: bool(plan.plan.duties),
    "indicators": lambda plan: bool(plan.indicators),
    "chapters": lambda plan: bool(plan.plan.chapters),
    "results": lambda plan: bool(plan.plan.results),
}
"""What a kind may ask a plan to have."""


def _need(value: object) -> str:
    if not isinstance(value, str) or value not in NEEDS:
        raise InvalidValue("GP204", f"{shown(value)} is not a thing a kind can need", f"write some of: {', '.join(NEEDS)}")
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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document and the template that makes it."""

    name: str
    header: Header
    template: str

    def title(self, locale: Locale) -> str:
        """Say what its documents are called in a language: as its header does, else as the locale; its name where neither does."""
        return self.titled(locale) or self.name

    def titled(self, locale: Locale) -> str:
        """Give the title that the header or the locale has; nothing where neither has one."""
        own = self.header.title
        return own.get(locale.language) or own.get("") or locale.labels.get(f"kinds.{self.name}", "")


def load_kinds(files: ThemeFiles) -> Outcome[dict[str, Kind]]:
    """Read the header of every kind; of a template without one, that of the built-in template it stands over.

    Finds GP510 (no header) and what reading the header finds.
    """
    kinds: dict[str, Kind] = {}
    found = []
    for file_name in files.names(FOLDER, SUFFIX):
        name = file_name.removesuffix(SUFFIX)
        template = f"{FOLDER}/{file_name}"
        header, problems = _header([root / template for root in files.roots if (root / template).is_file()], f"templates/{template}")
        found += problems
        if header is not None:
            kinds[name] = Kind(name, header, template)
    return Outcome(kinds, found)


def _header(paths: list[Path], file: str) -> Outcome[Header | None]:
    for path in paths:
        text, unread = read_text(path, file)
        if text is None:
            return Outcome(None, unread)
        match = _HEADER.match(text)
        if match:
            node, problems = parse(match[1], file, first_line=2)
            return read(Header, node) if isinstance(node, Mapping) else Outcome(None, problems)
    return Outcome(None, [diagnose("GP510", Span(file, 1, 1), "the template has no header", help="start it with {#--- scope: plan ---#}")])
