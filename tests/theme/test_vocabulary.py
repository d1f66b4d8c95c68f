"""Every kind, for every sample plan, keeps to docs/document-tree.md."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import tinyhtml5
from vocabulary import CLASSES, ELEMENTS, problems

from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import assess

ROOT = Path(__file__).parents[2]
SAMPLES = [*sorted((ROOT / "plans").glob("*.md")), ROOT / "tests/schemes/plans/s17-sales.md"]
KINDS = sorted(path.name.removesuffix(".html.j2") for path in (ROOT / "templates" / "kinds").glob("*.html.j2"))
PAGE = (ROOT / "docs" / "document-tree.md").read_text("utf-8")


@cache
def built_in() -> Theme:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    return theme


@cache
def documents(plan: Path) -> tuple[tuple[DocumentSpec, Document], ...]:
    return tuple(_documents(plan))


def _documents(plan: Path) -> Iterator[tuple[DocumentSpec, Document]]:
    assessment, _ = assess(plan, plan.name, ROOT, built_in())
    assert assessment is not None
    for order in list_documents(assessment):
        if not order.lacking:
            document, found = render(built_in(), order.kind, order.context(built_in()), order.issued(date(2026, 1, 1)))
            assert document is not None, found
            yield order, document


@pytest.mark.parametrize("plan", SAMPLES, ids=lambda path: path.stem)
def test_document_keeps_to_the_vocabulary(plan: Path):
    for order, document in documents(plan):
        assert not list(problems(document.tree)), order.stem(built_in())


def test_samples_show_every_kind():
    assert {document.kind for plan in SAMPLES for _, document in documents(plan)} >= set(KINDS)


@pytest.mark.parametrize("plan", SAMPLES, ids=lambda path: path.stem)
def test_nothing_of_python_or_of_a_template_is_left(plan: Path):
    for order, document in documents(plan):
        text = "".join(document.tree.itertext())
        for sign in ("None", "True", "False", "Decimal(", "{{", "}}", "{%", "Undefined", "nan", "[]", "E+"):
            assert sign not in text, order.stem(built_in())
        assert document.metadata.title
        assert document.metadata.language == order.assessment.language


@pytest.mark.parametrize("plan", SAMPLES, ids=lambda path: path.stem)
def test_numbers_of_headings_run(plan: Path):
    for _, document in documents(plan):
        main = next(document.tree.iter("main"))
        counted = [e.get("data-number") for e in main.iter("h2") if "unnumbered" not in e.get("class", "")]
        assert len(set(counted)) == len(counted)
        assert all(counted)


def test_whatever_is_listed_is_documented():
    words = set(re.findall(r"[\w-]+", PAGE))
    assert words >= ELEMENTS - {"meta"}
    assert words >= {name for names in CLASSES.values() for name in names}


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<video></video>", "<video>"),
        ('<p class="odd">x</p>', "class"),
        ('<p style="color: red">x</p>', "style"),
        ("<p></p>", "empty"),
        ("<ul>x<li>a</li></ul>", "text"),
        ("<table class=data><colgroup><col style='width: 90%'></colgroup><tbody><tr><td>x</td></tr></tbody></table>", "90"),
        (
            "<table class=data><colgroup><col style='width: 100%'></colgroup><tbody><tr><td>x</td><td>y</td></tr></tbody></table>",
            "row of 2",
        ),
        ("<table class=data><colgroup><col style='width: 100%'></colgroup><tbody><tr><td rowspan=2>x</td></tr></tbody></table>", "reaches"),
        ("<table class=data><colgroup><col style='width: 100%'></colgroup><thead><tr><th>x</th></tr></thead></table>", "scope"),
        ("<img src=x>", "alt"),
        ("<h3>x</h3>", "after"),
        ("<h1>x</h1>", "2 <h1>"),
    ],
)
def test_the_look_through_finds_it(html: str, problem: str):
    tree = tinyhtml5.parse(f"<title>x</title><body><h1>x</h1>{html}</body>", namespace_html_elements=False)
    assert problem in " ".join(problems(tree))
