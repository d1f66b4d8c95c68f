"""Editions: what of a document each circle of readers may see, declared in templates/editions.yml by the keys of the context."""

from genplan.theme.editions.edition import Edition
from genplan.theme.editions.load import load_editions

__all__ = ["Edition", "load_editions"]
