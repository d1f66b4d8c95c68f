"""Word documents from templates written in Word: the tags are docxtpl's, filled in by genplan's own Jinja.

The file is opened (`package`), the tags of its parts are found with their places (`tags`), each part becomes a Jinja template (`story`)
that is filled in and mended (`repair`), and all parts are zipped again without a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
from lxml import etree

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.theme.document import Metadata
from genplan.writers.docx.archive import ArchiveMember, archive, entry
from genplan.writers.docx.properties import core, extended
from genplan.writers.word_file.opening import UnusableFileError, parse, serialized
from genplan.writers.word_template.package import CONTENT_TYPES, ROOT, TYPES, Package, open_package

if TYPE_CHECKING:
    from genplan.writers.word_template.story import Filled

__all__ = ["WordTemplate", "fill"]

_CORE, _EXTENDED = "docProps/core.xml", "docProps/app.xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_KIND = f"{_RELATIONSHIP}/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


@dataclass(frozen=True)
class WordTemplate:
    """A template's bytes and its name for messages."""

    file: str
    data: bytes


def fill(
    template: WordTemplate, environment: jinja2.Environment, context: Mapping[str, object], metadata: Metadata
) -> Outcome[bytes | None]:
    """Fill in a template. The same template and context give the same bytes.

    Finds GP615 (the file cannot be a template), GP617 (docxtpl is not installed), GP618 and GP619 (tags out of step or not closed), GP622
    (tags in full width), GP630 to GP632 (fields, objects and parts that documents may not have), and what templates do wrong: GP502 to
    GP506 and GP515, each with its paragraph.
    """
    ready, diagnostics = _compiled(template, environment)
    diagnostics = list(diagnostics)
    if ready is None:
        return Outcome(None, diagnostics)
    filled: dict[str, ArchiveMember] = {}
    for name, story in ready.stories.items():
        data, problems = story.render(context)
        diagnostics += problems
        if data is not None:
            filled[name] = entry(name, data)
    if has_errors(diagnostics):
        return Outcome(None, diagnostics)
    own = {_CORE: entry(_CORE, core(metadata)), _EXTENDED: entry(_EXTENDED, extended(metadata.author))}
    return Outcome(archive((ready.entries | filled | {name: own[name] for name in own if name in ready.entries}).values()), diagnostics)


@dataclass(frozen=True)
class _Ready:
    """What the documents of a template share: its parts, compressed, and those with tags, compiled."""

    entries: dict[str, ArchiveMember]
    stories: Mapping[str, "Filled"]


@lru_cache(maxsize=32)
def _compiled(template: WordTemplate, environment: jinja2.Environment) -> Outcome[_Ready | None]:
    span = Span(template.file)
    try:
        from genplan.writers.word_template.story import compile_story  # noqa: PLC0415 - docxtpl may not be installed
    except ModuleNotFoundError as error:
        if error.name != "docxtpl":
            raise
        advice = 'pip install "genplan[word]"'
        return Outcome(None, [diagnose("GP617", span, msg("Word templates need docxtpl, which is not installed"), help=advice)])
    try:
        package = _described(open_package(template.data))
    except UnusableFileError as error:
        return Outcome(None, [problem.at(span) for problem in error.problems])
    diagnostics: list[Diagnostic] = []
    stories: dict[str, Filled] = {}
    for name, kind in package.stories.items():
        story, problems = compile_story(environment, package.parts[name], name, kind, template.file)
        diagnostics += problems
        if story is not None:
            stories[name] = story
    if has_errors(diagnostics):
        return Outcome(None, diagnostics)
    return Outcome(_Ready({name: entry(name, data) for name, data in package.parts.items()}, stories), diagnostics)


def _described(package: Package) -> Package:
    """Put the parts in a fixed order, and see that there is one that says what the document is."""
    parts = dict(package.parts)
    if _CORE not in parts:
        parts[_CORE] = b""
        types, root = parse(parts[TYPES]), parse(parts[ROOT])
        for row in [row for row in root if row.get("Type") == _CORE_KIND]:
            place = str(row.get("Target", "")).lstrip("/")
            if place not in package.stories and place not in (TYPES, ROOT):
                parts.pop(place, None)
            root.remove(row)
        etree.SubElement(types, f"{CONTENT_TYPES}Override", PartName=f"/{_CORE}", ContentType=_CORE_TYPE)
        etree.SubElement(root, f"{{{_RELATIONSHIP}}}Relationship", Id="genplanCore", Type=_CORE_KIND, Target=_CORE)
        parts[TYPES], parts[ROOT] = serialized(types), serialized(root)
    first = [TYPES, ROOT]
    return Package({name: parts[name] for name in (*first, *sorted(parts.keys() - set(first)))}, package.stories)
