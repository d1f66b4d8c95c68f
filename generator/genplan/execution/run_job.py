"""Doing a job: a document is rendered once, written in every format asked for, and put in its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, has_errors
from genplan.documents.content import WORD, Content, collected_content, content_of, write
from genplan.documents.jobs import File, Job, JobResult, Marker, headline
from genplan.messages import msg
from genplan.storage.atomic_files import unwritable
from genplan.storage.digests import Part, digest, file_digest
from genplan.storage.open_store import store_of
from genplan.storage.stores import Store, is_url
from genplan.theme.environment import templates_used
from genplan.theme.glyphs import unreadable
from genplan.theme.kinds import Kind
from genplan.theme.resource_checks.pictures import picture_name
from genplan.theme.resource_checks.places import place_of
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.resource_checks.tree import picture_needles
from genplan.theme.spec import ThemeSpec
from genplan.theme.template_files import template_file
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.writer_inputs import make_look, picture
from genplan.writers.look import Look
from genplan.writers.protect import lock
from genplan.writers.wording import text_of_word

TEMPLATE, PLACING = msg("rendering the template"), msg("moving the files into place")
_WRITING = {"pdf": msg("laying out the PDF"), "docx": msg("writing the Word document"), "html": msg("writing the page")}
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


def _unmarked(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class RenderedFiles:
    """A document in the formats of its job, not yet written anywhere, and what was found in making it.

    `content` is None, and `files` are empty or lack a format, only where there is an error.
    """

    theme: Theme
    content: Content | None
    files: Sequence[tuple[str, bytes, tuple[Diagnostic, ...]]]
    """Each format with its data, and with what was found in it and in what all formats have in common."""
    diagnostics: Sequence[Diagnostic]


def run_job(job: Job, theme: Theme, mark: Marker = _unmarked, *, theme_unchanged: bool = True) -> JobResult:
    """Make a document and write it in the formats of its job; where one fails, none is written."""
    rendered = render_files(job, theme, mark)
    if rendered.content is None or has_errors(rendered.diagnostics):
        return JobResult(job.stem, reason=reason(rendered.diagnostics), diagnostics=tuple(rendered.diagnostics))
    mark(PLACING)
    files, problems = _put(job, rendered.files)
    return JobResult(
        job.stem,
        rendered.content.metadata.title,
        files,
        reason(problems),
        (*rendered.diagnostics, *problems),
        templates_read(rendered.theme, rendered.content.kind),
        pictures_read(rendered.theme, Path(job.pictures), _pictures(rendered.content)),
        theme_unchanged,
    )


def render_files(job: Job, theme: Theme, mark: Marker = _unmarked) -> RenderedFiles:
    """Make a document in the formats of its job."""
    theme = theme.speaking(job.language).value.assessing(_assessed_unit(job.context))
    kind = theme.kinds[job.kind]
    mark(TEMPLATE)
    if theme.problems:
        return RenderedFiles(theme, None, (), theme.problems)
    content, diagnostics = _content(job, kind, theme)
    if content is None:
        return RenderedFiles(theme, None, (), diagnostics)
    look = make_look(theme, Path(job.pictures))
    diagnostics += [*_unusable_pictures(content, job.formats, look), *_unreadable(kind, theme, _text(content))]
    if has_errors(diagnostics):
        return RenderedFiles(theme, content, (), diagnostics)
    common = tuple(diagnostics)
    files: list[tuple[str, bytes, tuple[Diagnostic, ...]]] = []
    for name in job.formats:
        mark(_WRITING.get(name, msg("writing {format}", format=name)))
        data, problems = _write(content, name, look, job)
        diagnostics += problems
        if data is not None:
            files.append((name, data, (*common, *problems)))
    return RenderedFiles(theme, content, files, diagnostics)


def _content(job: Job, kind: Kind, theme: Theme) -> Outcome[Content | None]:
    if job.labels:
        return collected_content(kind, theme, job.context, job.labels, job.issued)
    return content_of(kind, theme, job.context, job.issued, job.stem)


def _write(content: Content, name: str, look: Look, job: Job) -> Outcome[bytes | None]:
    """Write a document in a format, with a lock where its person has a password."""
    data, problems = write(content, name, look, job.options)
    if data is not None and name == WORD and content.kind.word_template:
        problems += _unreadable(content.kind, content.theme, text_of_word(data))
    if data is not None and job.password:
        data, more = lock(data, name, job.password)
        problems += more
    return Outcome(data, problems)


def _unreadable(kind: Kind, theme: Theme, text: str) -> list[Diagnostic]:
    """Find what a document would show as boxes; where the data have it, they are reported by their place as well."""
    return [unreadable(character, Span(kind.name)) for character in theme.readable.lacking(text)]


def _text(content: Content) -> str:
    """Return what a document says; nothing where it has no tree."""
    bodies = content.tree.tree.findall("body") if content.tree else []
    return "".join(text for body in bodies for text in body.itertext())


def _assessed_unit(context: Mapping[str, object]) -> str | None:
    plan = context.get("plan")
    return plan.get("assessed_unit") if isinstance(plan, Mapping) else None


def reason(diagnostics: Sequence[Diagnostic]) -> str:
    """Explain why there is no document; nothing where no error was found."""
    return next((headline(d) for d in diagnostics if d.severity is Severity.ERROR), "")


def _unusable_pictures(content: Content, formats: Sequence[str], look: Look) -> list[Diagnostic]:
    """Find the pictures of a document's tree that cannot be shown, where brand.yml or a template names them: GP541 to GP544 and GP602.

    A document that is made from a template written in Word alone has none.
    """
    if content.tree is None or (content.kind.word_template and tuple(formats) == (WORD,)):
        return []
    theme, template = content.theme, content.kind.template
    assert template is not None  # what has a tree has one
    logos = {logo.path: logo.problem for logo in theme.brand.logos.values() if logo.problem}
    diagnostics: dict[Diagnostic, None] = {}
    for address in dict.fromkeys(_addresses(content.tree.tree)):
        if problem := logos.get(picture_name(address)):
            diagnostics[problem] = None
            continue
        try:
            look.picture(address)
        except UnusableError as error:
            diagnostics[error.at(place_of(picture_needles(address), template, theme.environment, theme.files))] = None
    return list(diagnostics)


def _put(job: Job, rendered: Sequence[tuple[str, bytes, tuple[Diagnostic, ...]]]) -> Outcome[tuple[File, ...]]:
    files: list[File] = []
    for name, data, diagnostics in rendered:
        relative = f"{job.stem}.{name}"
        try:
            token = _ready(job.output).put(relative, data)
        except OSError as error:
            return Outcome(tuple(files), [unwritable(relative, error)])
        files.append(File(name, len(data), digest(data), token, diagnostics))
    return Outcome(tuple(files), [])


@lru_cache(maxsize=8)
def _ready(place: str) -> Store:
    """Reach a store; its folder is made the first time, and not again where it goes away."""
    if not is_url(place):
        Path(place).mkdir(parents=True, exist_ok=True)
    return store_of(place)


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
    """List the pictures that a document's tree names."""
    return sorted({picture_name(address) for address in _addresses(content.tree.tree)}) if content.tree else []


def _addresses(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "img":
            yield element.get("src", "")
        yield from _URL.findall(element.get("style", ""))
        if element.tag == "style":
            yield from _URL.findall(element.text or "")


@lru_cache(maxsize=4)
def theme_of(spec: ThemeSpec) -> Theme | None:
    """Load the theme of a job; processes that work on keep it."""
    return load_theme(Path(spec.templates) if spec.templates else None, spec.language, ThemeChoice(spec.name)).value
