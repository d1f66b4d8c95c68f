"""Whether a regulation has text below each of its headings, and leaves its numbers to the document."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.plan.load import PlanFile
from genplan.plan.regulation import ARTICLE, ChapterPart, ChapterText, Passage, is_prose_regulation, typed_article
from genplan.plan.sections import parse_sections

_DEEPEST = 6


def headings_hold_text(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP353: each chapter, section and article of a regulation says something."""
    for chapter in plan.chapters:
        if not chapter.parts:
            yield _empty(plan, msg("chapter"), chapter)
        for part in chapter.parts:
            if not part.passages:
                yield _empty(plan, msg("section"), part)
            yield from (_empty(plan, msg("article"), passage) for passage in part.passages if passage.empty)


def _empty(plan: PlanFile, what: str, heading: ChapterText | ChapterPart | Passage) -> Diagnostic:
    message = msg("the {part} has no text", part=what)
    if heading.title:
        message = msg("{part} `{title}` has no text", part=what, title=heading.title)
    advice = (
        msg("write its text below the heading; or remove it")
        if is_prose_regulation(plan.plan)
        else msg("add `articles:` (条), or `text:` (文字) in an article; or remove it")
    )
    return diagnose("GP353", heading.span, message, help=advice)


def headings_have_a_level(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP354: the headings of a regulation in prose are those of chapters, sections and articles."""
    if not is_prose_regulation(plan.plan):
        return
    for passage in (passage for chapter in plan.chapters for part in chapter.parts for passage in part.passages):
        for level in range(ARTICLE + 1, _DEEPEST + 1):
            for section in parse_sections(passage.markdown, passage.line, level, passage.span.file):
                if section.heading:
                    message = msg("a heading with {level} `#` is too deep for a regulation", level=level)
                    advice = msg("write # for a chapter, ## for a section, ### for an article; below these, use paragraphs and lists")
                    yield diagnose("GP354", section.span, message, help=advice, label=section.heading)


def numbers_left_out(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP355: numbers of chapters, sections and articles are given by the document, not typed."""
    typed_number = [(heading.typed_number, heading.span) for heading in _headings(plan) if heading.typed_number]
    typed_number += [number for heading in _headings(plan) if isinstance(heading, Passage) for number in _in_text(heading)]
    if typed_number:
        (first, span), *others = sorted(typed_number, key=lambda item: item[1].order)
        message = msg("the number `{number}` is typed; documents number automatically and leave it out", number=first)
        advice = msg("remove it; `regulation: articles` adds 第一章 第一节 第一条, `regulation: outline` adds 一、（一）1.")
        related = [Related(place, number) for number, place in others]
        yield diagnose("GP355", span, message, help=advice, related=related)


def _headings(plan: PlanFile) -> Iterator[ChapterText | ChapterPart | Passage]:
    for chapter in plan.chapters:
        yield chapter
        for part in chapter.parts:
            yield part
            yield from part.passages


def _in_text(passage: Passage) -> Iterator[tuple[str, Span]]:
    """Find numbers of articles typed at the start of paragraphs of prose."""
    before = ""
    for line, text in enumerate(passage.markdown.split("\n"), passage.line):
        number = typed_article(text) if not before.strip() else ""
        if number:
            yield number, Span(passage.span.file, line, 1)
        before = text
