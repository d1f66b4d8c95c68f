"""Hooks of MkDocs for the site of docs/ (mkdocs.yml)."""

import posixpath
import re

from mkdocs.structure.pages import Page

LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s:]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Leave of links to files outside docs/, which the site does not have, only their text."""
    folder = posixpath.dirname(page.file.src_uri)

    def shown(link: re.Match[str]) -> str:
        outside = posixpath.normpath(posixpath.join(folder, link[2])).startswith("..")
        return link[1] if outside else link[0]

    return LINK.sub(shown, markdown)
