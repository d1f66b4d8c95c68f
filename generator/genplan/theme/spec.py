"""Naming a theme, so that another process can load it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThemeSpec:
    """How to load a theme: the workspace's templates, if it has any, the language to start from, and the theme's name.

    `stamp` is the digest of all its files as they were when the job was made.
    """

    templates: str | None
    language: str
    name: str
    stamp: str = ""


NOWHERE = ThemeSpec(None, "", "")
"""Stands for a theme that only this process has."""
