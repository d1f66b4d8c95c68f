"""Every equation that a finished document prints holds, computed again from the document's text alone."""

import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from equations import broken, equations, roundings
from generated import FULL, make_case
from proof import opened

from genplan.documents.specs import list_documents
from genplan.theme.render import render

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
WORKERS = 4
"""The generated plans are taken in so many parts, one test each."""
MOST = 1
"""So many people of each generated plan."""


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, encoding="utf-8", check=True).stdout


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(text.text or "" for text in paragraph.iter(_TEXT)) for paragraph in body.iter(_PARAGRAPH))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("95.5×1/7＋95.5×6/7＝95.5，四舍五入保留2位小数，得95.50", True),
        ("95.5×14.29%＋95.5×85.72%＝95.5", False),
        ("119.4805×60%＋78.0519×40%≈102.9091", True),
        ("119.48×60%＋78.05×40%≈102.9091", False),
        ("82.5 × 50% + 80.5 × 50% = 81.5, rounded to 0 decimal places (halves rounded up): 82", True),
        ("82.5 × 50% + 80.5 × 50% = 81.5, rounded to 0 decimal places (rounded down): 82", False),
        ("90×100%≈85.0050，四舍五入保留2位小数，得85.00", False),
    ],
)
def test_what_does_not_hold_is_noticed(text: str, *, holds: bool) -> None:
    assert (broken(text) == []) is holds


def test_samples(samples, require_tool) -> None:
    require_tool("pdftotext")
    texts = {path: read(path) for form, read in (("pdf", pdf_text), ("docx", word_text)) for path in samples.built(form)}
    assert {path.name: wrong for path, text in texts.items() if (wrong := broken(text))} == {}
    assert sum(len(list(equations(text))) for text in texts.values()) >= 20
    assert sum(len(list(roundings(text))) for text in texts.values()) >= 20


def _texts(number: int, folder: Path) -> Iterator[str]:
    """Give the text of the last results of a generated plan, one person's each."""
    case = opened(make_case(number, folder))
    results = [order for order in list_documents(case.assessment) if order.kind.name == "result" and not order.lacking]
    for order in results[-MOST:]:
        document, found = render(case.theme, order.kind, order.context(case.theme), date(2026, 10, 1))
        assert document is not None, found
        yield "".join(document.tree.itertext())


@pytest.mark.parametrize("part", range(WORKERS))
def test_generated_plans(tmp_path: Path, part: int) -> None:
    """The text is that of the documents' tree, which `test_generated` compares with the PDF and Word files made of it."""
    seen = 0
    for number in range(part, FULL, WORKERS):
        for text in _texts(number, tmp_path / str(number)):
            assert broken(text) == [], number
            seen += len(list(equations(text)))
    assert seen >= 20
