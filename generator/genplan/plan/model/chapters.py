"""Chapters of a regulation."""

from genplan.plan.model.values import Texts
from genplan.source.model import (
    Annotated,
    Model,
    Text,
    short_form,
)


class Article(Model):
    """An article of a regulation: a heading, a text, items, or a combination."""

    title: Text | None = None
    """Its heading."""
    text: Text | None = None
    """Its text, one paragraph per line."""
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
    """A chapter of a regulation, consisting of articles or of sections with articles."""

    title: Text
    """Heading of the chapter."""
    articles: Articles = ()
    """Its articles, each a line of text or `{title, text, items}`; numbered continuously through all chapters."""
    sections: tuple[ChapterSection, ...] = ()
    """Its sections."""
