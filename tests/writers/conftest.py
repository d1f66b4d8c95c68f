"""Documents to write, and the look of the built-in theme."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import tinyhtml5
from languages_kit import schemes_of

from genplan.theme.document import Document, Metadata
from genplan.theme.numbering import number
from genplan.theme.theme import load_theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers.look import Look

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built_in_look() -> Look:
    """The look of the built-in theme, with the samples' folder for pictures."""
    theme, found = load_theme(None, "zh-CN")
    assert theme is not None
    assert not found
    return make_look(theme, ROOT / "plans")


@pytest.fixture(scope="session")
def page() -> Callable[..., Document]:
    """Make a document of what stands in its body and head."""

    def make(body: str, head: str = "", **changes: object) -> Document:
        tree = tinyhtml5.parse(
            "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>社群运营专员绩效考核方案</title>"
            "<meta name='author' content='示例科技有限公司'><meta name='dcterms.created' content='2026-06-15T00:00:00Z'>"
            f"<meta name='dcterms.modified' content='2026-06-15T00:00:00Z'>{head}</head><body>{body}</body></html>",
            namespace_html_elements=False,
        )
        number(tree, schemes_of())
        facts = {"title": "社群运营专员绩效考核方案", "author": "示例科技有限公司", "subject": "考核方案", "keywords": "绩效"}
        rest = {"language": "zh-CN", "issued": date(2026, 6, 15), "identifier": "0123456789abcdef" * 2}
        return Document("scheme", tree, Metadata(**(facts | rest | changes)), schemes_of())

    return make
