"""Every statement of the five source documents stands in a document built from a sample plan.

`statements.tsv` has a row for each: what the source states, the plan and the kind of document that say it, and in which phrases or figures.
Phrases are separated by ` | ` and compared without white space.
"""

import csv
from functools import cache
from pathlib import Path

import pytest
import tinyhtml5

TABLE = Path(__file__).with_name("statements.tsv")


def statements() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def shown(page: Path) -> str:
    """Give the text of a page's body, without white space, numbers of headings included."""
    body = tinyhtml5.parse(page.read_text("utf-8"), namespace_html_elements=False).find("body")
    parts = (part for element in body.iter() for part in (element.get("data-number", ""), element.text or "", element.tail or ""))
    return "".join("".join(parts).split())


def page_of(pages: list[Path], plan: str, document: str) -> Path:
    """Find the document of a plan: `scheme`, or `result 0001` for that of one person."""
    kind, _, person = document.partition(" ")
    found = [page for page in pages if page.parts[-4] == plan and page.parent.name == kind and page.name.startswith(person)]
    assert found, f"{plan} has no document {document}"
    return found[0]


def test_there_is_a_row_for_each_statement() -> None:
    counts = {"000": 48, "001a": 36, "001b": 32, "002": 36, "003": 32, "004": 66}
    rows = statements()
    assert len(rows) == 250
    assert {source: sum(row["source"] == source for row in rows) for source in counts} == counts


@pytest.mark.parametrize("source", ["000", "001a", "001b", "002", "003", "004"])
def test_each_statement_is_in_a_document(samples, source: str) -> None:
    pages = samples.built("html")
    lost = [
        (row["statement"], row["plan"], row["document"], phrase)
        for row in statements()
        if row["source"] == source
        for phrase in row["phrases"].split(" | ")
        if "".join(phrase.split()) not in shown(page_of(pages, row["plan"], row["document"]))
    ]
    assert not lost
