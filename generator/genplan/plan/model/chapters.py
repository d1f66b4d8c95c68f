"""Chapters of a regulation."""

from genplan.plan.model.values import Texts
from genplan.source.model import (
    Annotated,
    Model,
    Text,
    short_form,
)


class Article(Model):
    """An article of a regulation: a heading, a text, items, or several of these."""

    title: Text | None = None
    """Its heading."""
    text: Text | None = None
    """Its text, a paragraph a line."""
    items: Texts = ()
    """Its numbered items."""


Articles = tuple[Annotated[Article, short_form("text")], ...]


class ChapterSection(Model):
    """A section of a chapter."""

    title: Text
    """Heading of the section."""
    articles: Articles = ()
    """Its articles."""


class Chapter(Model):
    """A chapter of a regulation: articles, or sections of articles."""

    title: Text
    """Heading of the chapter."""
    articles: Articles = ()
    """Its articles, each a line of text or `{title, text, items}`; numbered through all chapters."""
    sections: tuple[ChapterSection, ...] = ()
    """Its sections."""
