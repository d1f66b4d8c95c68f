"""A regulation, for templates: chapters, sections and articles in the markup of the document tree."""

from typing import Any

from markupsafe import Markup, escape

from genplan.plan.load import PlanFile
from genplan.plan.model import Regulation
from genplan.plan.regulation import ChapterPart, Passage, is_prose_regulation, numbering_of, without_typed_article
from genplan.theme.prose import articles, to_html

Context = dict[str, Any]

_SCHEMES = {Regulation.ARTICLES: "regulation", Regulation.OUTLINE: "outline"}


def regulation_context(plan: PlanFile) -> Context | None:
    """Return the regulation that a plan is; None where it is none.

    `numbering` is the scheme of its headings, `headed` tells whether articles have headings. An article's `lead` is its first paragraph,
    which bears its number unless a heading does; `html` is the rest. In an outline there is no lead: headings and lists are numbered.
    """
    if not plan.chapters:
        return None
    style = numbering_of(plan.plan)
    passages = [passage for chapter in plan.chapters for part in chapter.parts for passage in part.passages]
    return {
        "numbering": _SCHEMES[style],
        "headed": any(passage.title for passage in passages),
        "preamble": _preamble(plan),
        "chapters": [
            {
                "title": chapter.title,
                "sections": [
                    {"title": part.title, "articles": [article for passage in part.passages for article in _articles(passage, part, style)]}
                    for part in chapter.parts
                ],
            }
            for chapter in plan.chapters
        ],
    }


def _preamble(plan: PlanFile) -> Markup | None:
    """Render what stands before the first chapter."""
    before = next((section for section in plan.prose if not section.heading), None) if is_prose_regulation(plan.plan) else None
    return to_html(before.markdown) if before else None


def _articles(passage: Passage, part: ChapterPart, style: Regulation) -> list[Context]:
    lists = _list_class(passage, part, style)
    if style is Regulation.OUTLINE:
        return [_article(passage.title, None, to_html(passage.markdown, lists) + _written(passage, passage.paragraphs, lists))]
    if not passage.markdown:
        lead = escape(passage.paragraphs[0]) if passage.paragraphs else None
        return [_article(passage.title, lead, _written(passage, passage.paragraphs[1:], lists))]
    if passage.title:
        return [_article(passage.title, None, to_html(passage.markdown, lists))]
    return [
        _article("", Markup(without_typed_article(text)) or None, blocks)  # noqa: S704 - it was rendered
        for text, blocks in articles(passage.markdown, lists)
    ]


def _article(title: str, lead: Markup | None, html: Markup) -> Context:
    return {"title": title, "lead": lead, "html": html}


def _list_class(passage: Passage, part: ChapterPart, style: Regulation) -> str:
    """Choose how lists count: （一） below articles, （1） below the third level of an outline, 1. below the levels above it."""
    if style is Regulation.ARTICLES:
        return "items"
    return "clauses" if passage.title and part.title else ""


def _written(passage: Passage, paragraphs: tuple[str, ...], lists: str) -> Markup:
    """Set paragraphs and items that are plain text."""
    text = Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)
    if not passage.items:
        return text
    opening = Markup('<ol class="{}">').format(lists) if lists else Markup("<ol>")
    return text + opening + Markup("").join(Markup("<li>{}</li>").format(item) for item in passage.items) + Markup("</ol>")
