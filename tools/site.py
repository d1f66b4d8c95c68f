"""Hooks of MkDocs for the site of docs/ (mkdocs.yml)."""

import posixpath
import re

from mkdocs.structure.pages import Page

LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s:]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Leave of links to what the site does not have, files outside docs/ and folders, only their text."""
    folder = posixpath.dirname(page.file.src_uri)

    def shown(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2]))
        return link[1] if target.startswith("..") or "." not in target else link[0]

    return LINK.sub(shown, markdown)
