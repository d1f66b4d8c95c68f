"""A part that holds text, as a Jinja template: docxtpl makes the source of the XML, and a line of the source leads back to a paragraph."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.theme.word import Compiled, Mistake, compile_template, misread
from genplan.writers.docx.xml import W
from genplan.writers.word_file.contents import problems_of
from genplan.writers.word_file.opening import parse, serialized
from genplan.writers.word_file.places import ParagraphPlace
from genplan.writers.word_template.repair import mend, unify
from genplan.writers.word_template.tags import TAG, Story, Tag, inside

_TEMPORARY = ("paraId", "textId", "rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidSect", "rsidDel")
"""Attributes by which Word follows edits: they name a paragraph, so a repeated one must not have them."""
_UNKNOWN_TAG = re.compile(r"unknown tag '(?:tr|tc|p|r)'")
_LETTERS = msg("{%tr … %}, {%tc … %} and {%p … %} need a row, cell or paragraph of their own and must not contain % or }")


@dataclass(frozen=True)
class Filled:
    """The tags of a story in the order of the source's lines, and the template."""

    file: str
    part: str
    kind: str
    places: tuple[ParagraphPlace | None, ...]
    compiled: Compiled

    def render(self, context: Mapping[str, object]) -> Outcome[bytes | None]:
        """Fill in the story; XML that Word can read, or what is wrong."""
        text, mistakes = self.compiled.render(context)
        if mistakes:
            return Outcome(None, [_placed(mistake, self.places, self.file) for mistake in mistakes])
        helper = DocxTemplate(self.file)
        xml = helper.resolve_listing(text)
        try:
            parse(xml)
            root = helper.fix_tables(xml)
        except (etree.XMLSyntaxError, ValueError, AttributeError) as error:
            message = msg("the tags do not produce a valid Word document ({part}: {error})", part=self.part, error=error)
            advice = msg(
                "put both ends of each block at the same level: {%tr … %} in rows of their own, {%p … %} in paragraphs of their own"
            )
            return Outcome(None, [diagnose("GP618", Span(self.file), message, help=advice)])
        mend(root)
        # Tags can print whatever a part of the theme gives as Word's own XML.
        span = Span(self.file)
        diagnostics = [problem.at(span) for problem in dict.fromkeys(problems_of(root, self.kind))]
        return Outcome(None if diagnostics else serialized(root), diagnostics)


def compile_story(environment: jinja2.Environment, data: bytes, part: str, kind: str, file: str) -> Outcome[Filled | None]:
    """Compile a part; None where it has no tags, or where they are wrong."""
    root = parse(data)
    _forget_edits(root)
    unify(root)
    story = Story(root, kind)
    diagnostics = story.check(file)
    diagnostics += _misread(environment, story.tags, file)
    if has_errors(diagnostics) or not story.tags:
        return Outcome(None, diagnostics)
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    source = DocxTemplate(file).patch_xml(xml)
    places = _align(source, story.tags)
    # A line of the source for each tag: the only break stands inside it, where Jinja takes no notice of it.
    source = TAG.sub(lambda match: _broken(match[0]), source)
    compiled = compile_template(environment, source, part)
    if isinstance(compiled, Mistake):
        return Outcome(None, [*diagnostics, _placed(compiled, places, file)])
    return Outcome(Filled(file, part, story.kind, places, compiled), diagnostics)


def _forget_edits(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if str(name).rpartition("}")[2] in _TEMPORARY]:
            del element.attrib[name]
    for name in ("proofErr", "lastRenderedPageBreak"):
        for element in list(root.iter(f"{{{W}}}{name}")):
            parent = element.getparent()
            assert parent is not None  # neither is ever a root
            parent.remove(element)


def _broken(tag: str) -> str:
    start = 3 if tag[2:3] in ("-", "+") else 2
    return f"{tag[:start]}\n{tag[start:]}"


def _misread(environment: jinja2.Environment, tags: list[Tag], file: str) -> list[Diagnostic]:
    """Find every tag that Jinja cannot read by itself; one half of a block is given its other half."""
    diagnostics = []
    for tag in tags:
        if tag.text.startswith("{{"):
            error = misread(environment, f"{{{{ {tag.inside} }}}}")
        elif tag.word in ("for", "if"):
            error = misread(environment, f"{{% {tag.inside} %}}{{% end{tag.word} %}}")
        else:
            continue
        if error is not None:
            message = msg("{place}: `{tag}`: {error}", place=tag.place, tag=tag.text, error=error)
            diagnostics.append(diagnose("GP502", Span(file), message, help=msg("correct the tag")))
    return diagnostics


def _align(source: str, tags: list[Tag]) -> tuple[ParagraphPlace | None, ...]:
    """Say for each tag of the source where it was written. docxtpl keeps their order, but for tags of cells, and adds a few of its own."""
    free = list(range(len(tags)))
    at = 0
    places: list[ParagraphPlace | None] = []
    for match in TAG.finditer(source):
        same = [index for index in free if tags[index].inside == inside(match[0])]
        nearest = min(same, key=lambda index: abs(index - at), default=None)
        if nearest is not None:
            free.remove(nearest)
            at = nearest + 1
        places.append(tags[nearest].place if nearest is not None else tags[at - 1].place if at else None)
    return tuple(places)


def _placed(mistake: Mistake, places: tuple[ParagraphPlace | None, ...], file: str) -> Diagnostic:
    place = places[mistake.line - 2] if 0 <= mistake.line - 2 < len(places) else None
    diagnostic = mistake.diagnostic(Span(file))
    advice = _LETTERS if _UNKNOWN_TAG.search(diagnostic.message) else diagnostic.help
    message = msg("{place}: {message}", place=place, message=diagnostic.message) if place else diagnostic.message
    return diagnose(diagnostic.code, diagnostic.span, message, help=advice)
