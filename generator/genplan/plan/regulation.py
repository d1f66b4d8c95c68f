"""A regulation as chapters, sections and articles: written under `chapters`, or as prose with headings of three levels."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from genplan.diagnostics import Span
from genplan.plan.model import Articles, Plan, Regulation
from genplan.plan.sections import Section, parse_sections

CHAPTER, SECTION, ARTICLE = 1, 2, 3
"""Levels of the headings in prose."""

_ANNEX = re.compile(r"附[件录錄表]|annex\b|appendix\b", re.IGNORECASE)
_COUNT = r"[0-9零〇一二三四五六七八九十百千]+"
_LATIN = r"[0-9]+|[ivxlc]+\b"
_TYPED = re.compile(
    rf"(第\s*{_COUNT}\s*(?:章|[节節](?![课課目日])|[条條](?![款件例]))|(?:chapter|section|article)\s+(?:{_LATIN}))[\s、.．:：]*"
    rf"|({_COUNT}、|[(（]{_COUNT}[)）]、?|[0-9]+[.．](?![0-9]))\s*",
    re.IGNORECASE,
)
_TYPED_ARTICLE = re.compile(rf"(第\s*{_COUNT}\s*[条條])[\s:：]+")

SpanFinder = Callable[..., Span]
"""Finds where a value stands, by the keys that lead to it; `key` asks for the last key itself."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands below one heading, or below none (an empty `title`).

    Written under `chapters` it is one article: paragraphs, and items. In prose it is Markdown, and where it has no title each of its
    paragraphs begins an article. `typed_number` is the number that stands before the title in the file and is not part of it.
    """

    title: str
    span: Span
    typed_number: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    markdown: str = ""
    line: int = 0
    """The line of the file that the Markdown starts on."""

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.paragraphs or self.items or self.markdown.strip())


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A section of a chapter; what stands in the chapter before its sections is in one without a title."""

    title: str
    span: Span
    passages: tuple[Passage, ...]
    typed_number: str = ""


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter with its sections."""

    title: str
    span: Span
    parts: tuple[ChapterPart, ...]
    typed_number: str = ""


def is_prose_regulation(plan: Plan) -> bool:
    """Return whether the plan's prose is its regulation."""
    return plan.regulation is not None and not plan.chapters


def numbering_of(plan: Plan) -> Regulation:
    """Describe how the regulation is numbered."""
    return plan.regulation or Regulation.ARTICLES


def is_chapter(section: Section) -> bool:
    """Return whether a section of a regulation's prose is a chapter: the others are annexes, and what stands before the first heading."""
    return bool(section.heading) and not _ANNEX.match(section.heading)


def without_number(title: str) -> tuple[str, str]:
    """Part a title from the number that was typed before it; a title that is nothing else keeps it."""
    match = _TYPED.match(title)
    if match is None or match.end() == len(title):
        return "", title
    return (match[1] or match[2]).strip(), title[match.end() :]


def typed_article(paragraph: str) -> str:
    """Return the number of an article that was typed at the start of a paragraph."""
    match = _TYPED_ARTICLE.match(paragraph)
    return match[1] if match else ""


def without_typed_article(paragraph: str) -> str:
    """Take such a number off."""
    return _TYPED_ARTICLE.sub("", paragraph, count=1)


def chapters_of(plan: Plan, sections: Sequence[Section], span: SpanFinder) -> tuple[ChapterText, ...]:
    """Return the chapters of a plan, wherever they are written."""
    if is_prose_regulation(plan):
        return tuple(_chapter_of_prose(section) for section in sections if is_chapter(section))
    return tuple(_chapters_of_data(plan, span))


def _chapters_of_data(plan: Plan, span: SpanFinder) -> Iterator[ChapterText]:
    for at, chapter in enumerate(plan.chapters):
        path: tuple[str | int, ...] = ("chapters", at)
        own = ChapterPart("", span(*path, "title"), tuple(_passages(chapter.articles, path, span)))
        parts = [own] if own.passages else []
        for number, section in enumerate(chapter.sections):
            inner = (*path, "sections", number)
            typed_number, title = without_number(section.title)
            parts.append(ChapterPart(title, span(*inner, "title"), tuple(_passages(section.articles, inner, span)), typed_number))
        typed_number, title = without_number(chapter.title)
        yield ChapterText(title, span(*path, "title"), tuple(parts), typed_number)


def _passages(articles: Articles, path: tuple[str | int, ...], span: SpanFinder) -> Iterator[Passage]:
    for at, article in enumerate(articles):
        typed_number, title = without_number(article.title or "")
        paragraphs = tuple(line.strip() for line in (article.text or "").splitlines() if line.strip())
        if not title and paragraphs and (number := typed_article(paragraphs[0])):
            typed_number, paragraphs = number, (without_typed_article(paragraphs[0]), *paragraphs[1:])
        yield Passage(title, span(*path, "articles", at), typed_number, paragraphs, article.items)


def _chapter_of_prose(section: Section) -> ChapterText:
    parts = []
    for inner in parse_sections(section.markdown, section.start, SECTION, section.file):
        passages = [_passage(passage) for passage in parse_sections(inner.markdown, inner.start, ARTICLE, section.file)]
        typed_number, title = without_number(inner.heading)
        parts.append(ChapterPart(title, inner.span, tuple(passages), typed_number))
    typed_number, title = without_number(section.heading)
    return ChapterText(title, section.span, tuple(parts), typed_number)


def _passage(section: Section) -> Passage:
    typed_number, title = without_number(section.heading)
    return Passage(title, section.span, typed_number, markdown=section.markdown, line=section.start)
