"""Doing a job: a document is rendered once, written in every format asked for, and put in its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from generator.build.digests import Part, digest, file_digest
from generator.build.files import unwritable
from generator.build.jobs import File, Job, Made, Marker, ThemeSpec
from generator.build.looks import make_look, picture
from generator.build.making import Content, content_of, write
from generator.build.stores import store_of
from generator.diagnostics import Diagnostic, Outcome, Severity, has_errors
from generator.theme.environment import template_file, templates_used
from generator.theme.kinds import Kind
from generator.theme.theme import Theme, load_theme
from generator.theme.themes import Choice
from generator.writers.protect import lock

TEMPLATE, PLACING = "filling in the template", "putting the files in place"
_WRITING = {"pdf": "laying out the PDF", "docx": "writing the Word document", "html": "writing the page"}
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_LINKS = ("src", "href", "data", "poster", "{http://www.w3.org/1999/xlink}href", "xlink:href")


def _unmarked(_: str) -> None:
    """Tell nobody."""


def perform(job: Job, theme: Theme, mark: Marker = _unmarked, *, settled: bool = True) -> Made:
    """Make a document and write it in the formats of its job; where one fails, none is written."""
    theme = theme.speaking(job.language).value.assessing(_assessed_unit(job.context))
    kind = theme.kinds[job.kind]
    mark(TEMPLATE)
    content, found = content_of(kind, theme, job.context, job.issued, job.stem)
    if content is None:
        return _failed(job, found)
    look = make_look(theme, Path(job.folder))
    common = tuple(found)
    made: list[tuple[str, bytes, tuple[Diagnostic, ...]]] = []
    for name in job.formats:
        mark(_WRITING.get(name, f"writing {name}"))
        data, problems = write(content, name, look, job.options)
        if data is not None and job.password:
            data, more = lock(data, name, job.password)
            problems += more
        found += problems
        if data is not None:
            made.append((name, data, (*common, *problems)))
    if has_errors(found):
        return _failed(job, found)
    mark(PLACING)
    files, problems = _put(job, made)
    return Made(
        job.stem,
        content.metadata.title,
        files,
        reason(problems),
        (*found, *problems),
        templates_read(theme, kind),
        pictures_read(theme, Path(job.folder), _pictures(content)),
        settled,
    )


def _assessed_unit(context: Mapping[str, object]) -> str | None:
    plan = context.get("plan")
    return plan.get("assessed_unit") if isinstance(plan, Mapping) else None


def _failed(job: Job, found: Sequence[Diagnostic]) -> Made:
    return Made(job.stem, reason=reason(found), diagnostics=tuple(found))


def reason(found: Sequence[Diagnostic]) -> str:
    """Say why there is no document; nothing where no error was found."""
    return next((f"{d.code} {d.message}" for d in found if d.severity is Severity.ERROR), "")


def _put(job: Job, made: Sequence[tuple[str, bytes, tuple[Diagnostic, ...]]]) -> Outcome[tuple[File, ...]]:
    files: list[File] = []
    for name, data, found in made:
        relative = f"{job.stem}.{name}"
        try:
            token = store_of(job.output).put(relative, data)
        except OSError as error:
            return Outcome(tuple(files), [unwritable(relative, error)])
        files.append(File(name, len(data), digest(data), token, found))
    return Outcome(tuple(files), [])


def templates_read(theme: Theme, kind: Kind) -> Part:
    """List the templates that documents of a kind are made from, as far as they have been loaded."""
    names = [name for start in (kind.template, kind.word_template) if start for name in templates_used(theme.environment, start)]
    if kind.word_template:
        names += templates_used(theme.word_environment, "")
    return tuple((name, file_digest(template_file(theme.files, name))) for name in sorted(set(names)) if name)


def pictures_read(theme: Theme, folder: Path, names: Sequence[str]) -> Part:
    """Digest pictures that a document names."""
    return tuple((name, file_digest(picture(theme, folder, name))) for name in names)


def _pictures(content: Content) -> list[str]:
    """List the files that a document's tree names."""
    return sorted({name for name in _named(content.tree.tree) if name}) if content.tree else []


def _named(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        for attribute in _LINKS:
            link = element.get(attribute, "")
            if link and not link.startswith(("#", "data:", "mailto:", "http:", "https:")):
                yield unquote(link)
        yield from map(unquote, _URL.findall(element.get("style", "")))
        if element.tag == "style":
            yield from map(unquote, _URL.findall(element.text or ""))


@lru_cache(maxsize=4)
def theme_of(spec: ThemeSpec) -> Theme | None:
    """Load the theme of a job; processes that work on keep it."""
    return load_theme(Path(spec.templates) if spec.templates else None, spec.language, Choice(spec.name)).value
