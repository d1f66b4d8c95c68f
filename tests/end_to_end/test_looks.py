"""Themes besides the modern one: every kind is built without a warning, and says the same in PDF and Word."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import agreement
import docx
import pytest
from docx.oxml.ns import qn


class Themed(NamedTuple):
    """The small workspace, built in a theme."""

    name: str
    output: Path


@pytest.fixture(scope="module", params=["official", "quiet", "vivid"])
def themed(request: pytest.FixtureRequest, small_built, tmp_path_factory: pytest.TempPathFactory) -> Themed:
    output = tmp_path_factory.mktemp(request.param)
    run = small_built.genplan("build", "--theme", request.param, "--format", "pdf,docx,html", "--output", output)
    assert run.returncode == 0, run.stderr
    assert set(re.findall(r"(?:warning|error)\[(GP\d+)\]", run.stderr)) == {"GP447"}  # the published total of the sample's case
    return Themed(request.param, output)


def test_pdf_says_what_the_tree_says(small_built, themed: Themed, require_tool: Callable) -> None:
    require_tool("pdftotext")
    found = {}
    for page in small_built.built("html", themed.output):
        expected = agreement.reading(agreement.parse(page))
        found[page.stem] = agreement.difference(
            expected.text, agreement.said(agreement.pages(page.with_suffix(".pdf"), themed.name), expected)
        )
    assert len(found) > 4
    assert not {name: parts for name, parts in found.items() if parts}


def test_word_says_what_the_tree_says(small_built, themed: Themed) -> None:
    """Numbers are Word's own; all other text stands in the file."""
    for path in small_built.built("docx", themed.output):
        tree = agreement.parse(path.with_suffix(".html"))
        for element in tree.iter():
            if not element.get("data-label"):  # the number of a caption stands in the file
                element.attrib.pop("data-number", None)
            for contents in element.findall("nav"):
                contents.clear()
        expected = agreement.reading(tree, drawn=False).text
        body = docx.Document(path).element.body
        for contents in body.findall(qn("w:sdt")):
            body.remove(contents)
        assert agreement.difference(expected, agreement.bare("".join(t.text or "" for t in body.iter(qn("w:t"))))) == "", path.name
