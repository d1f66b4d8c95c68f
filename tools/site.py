"""Hooks of MkDocs for the site of docs/ (mkdocs.yml)."""

import json
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s:]+)(#[^)\s]*)?\)")
TRANSLATIONS = ("zh-CN", "zh-TW")
INDEX = Path("search") / "search_index.json"


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Leave of links to what the site does not have, files outside docs/ and folders, only their text.

    In searches, the pages for HR, designers and IT come before the reference and what contributors read.
    """
    folder = posixpath.dirname(page.file.src_uri)
    if not folder:
        page.meta["search"] = {"boost": 0.2}

    def shown(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2]))
        return link[1] if target.startswith("..") or "." not in target else link[0]

    return LINK.sub(shown, markdown)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Let pages of a translation search in the index of their language: the theme looks for it below `base`."""
    if page.file.dest_uri.partition("/")[0] not in TRANSLATIONS:
        return output
    here = posixpath.relpath(".", posixpath.dirname(page.file.dest_uri.partition("/")[2]) or ".")
    return re.sub(r'"base": "[^"]*"', f'"base": "{here}"', output, count=1)


@event_priority(-200)  # after the plugin for languages, which joins the indexes of all at -100
def on_post_build(config: MkDocsConfig, **_: object) -> None:
    """Give each language an index of its own: its pages, and of those that are not translated the English ones."""
    site = Path(config.site_dir)
    site = site.parent if site.name in TRANSLATIONS else site
    whole = json.loads((site / INDEX).read_text("utf-8"))
    english = [each for each in whole["docs"] if each["location"].partition("/")[0] not in TRANSLATIONS]
    for language in TRANSLATIONS:
        start = f"{language}/"
        own = [{**each, "location": each["location"].removeprefix(start)} for each in whole["docs"] if each["location"].startswith(start)]
        translated = {each["location"].partition("#")[0] for each in own}
        rest = [each for each in english if each["location"].partition("#")[0] not in translated]
        _write(site / language / INDEX, {**whole, "docs": own + [{**each, "location": f"../{each['location']}"} for each in rest]})
    _write(site / INDEX, {**whole, "docs": english})


def _write(path: Path, index: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(index, ensure_ascii=False), "utf-8")
