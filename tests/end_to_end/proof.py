"""What is held of every document of a generated data set, whatever is in it: each finding is a line of text, and there should be none."""

import json
import re
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import agreement
import tinyhtml5
from blemishes import LINE, Blemish, blemishes
from generated import Case

from genplan.diagnostics import Severity
from genplan.documents.content import make_content
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import docx, html, inspection, pdf
from genplan.writers.options import Options

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TELLING = {"GP305", "GP320", "GP321", "GP340", "GP366", "GP369", "GP405", "GP422"}
"""What the plans are told without anything being wrong with the documents."""
_DATE = date(2026, 7, 1)


@dataclass(frozen=True)
class JobResult:
    """A document as written to a folder, what stands in it, and what was found wrong."""

    case: int
    kind: str
    stem: Path
    pages: int
    findings: tuple[str, ...]
    claims: bool = False
    """Whether the PDF claims to be of a standard."""
    blemishes: tuple[Blemish, ...] = ()
    """What is no error and yet wrong with the pages. All are findings, too, but for short lines, which are only counted."""


@dataclass(frozen=True)
class Opened:
    """A case as genplan reads it."""

    case: Case
    theme: Theme
    assessment: Assessment
    findings: tuple[str, ...]


def opened(case: Case) -> Opened:
    """Read a case's plan, results and theme."""
    theme, found = load_theme(case.root / "templates", "zh-CN", ThemeChoice(case.theme))
    assert theme is not None, found
    assessment, more = assess(case.plan, case.plan.name, case.root, theme)
    assert assessment is not None, more
    wrong = [f"{each.code} {each.message}" for each in (*found, *more) if each.code not in _TELLING and each.severity is not Severity.NOTE]
    return Opened(case, theme, assessment, tuple(wrong))


def chosen(case: Opened) -> Iterator[DocumentSpec]:
    """Choose a document of each kind: of the last period, and of another person from kind to kind and case to case."""
    by_kind: dict[str, list[DocumentSpec]] = {}
    for order in list_documents(case.assessment):
        by_kind.setdefault(order.kind.name, []).append(order)
    for place, listed in enumerate(by_kind.values()):
        last = [order for order in listed if order.period == listed[-1].period]
        yield last[(case.case.number + place) % len(last)]


def made(case: Opened, order: DocumentSpec, folder: Path, options: Options) -> JobResult:
    """Write a document as PDF and DOCX, and look it over."""
    stem = folder / f"{case.case.number:03}-{order.kind.name}"
    if order.lacking:
        return JobResult(case.case.number, order.kind.name, stem, 0, (f"lacks {order.lacking}",))
    theme = order.theme(case.theme)
    content, found = make_content(order, theme, _DATE)
    assert content is not None, found
    assert content.tree is not None
    look = make_look(theme, case.case.plan.parent)
    laid_out: list[Any] = []
    printed, more = pdf.write(content.tree, look, options, laid_out=laid_out)
    found += more
    written, more = docx.write(content.tree, look)
    found += more
    page, _ = html.write(content.tree, look)
    if printed is None or written is None or page is None:
        return JobResult(case.case.number, order.kind.name, stem, 0, tuple(str(each) for each in found))
    stem.with_suffix(".pdf").write_bytes(printed)
    stem.with_suffix(".docx").write_bytes(written)
    seen = inspection.inspect(laid_out[-1])
    tree = tinyhtml5.parse(page.decode(), namespace_html_elements=False)
    findings = [f"{each.code} {each.message}" for each in found if each.severity is not Severity.NOTE]
    findings += [f"{each.code} page {each.page}: {each.message}" for each in seen.findings]
    findings += [f"PDF text: {said}" for said in [_pdf_differs(tree, stem.with_suffix(".pdf"), case.case)] if said]
    findings += [f"Word text: {said}" for said in [_word_differs(tree, written)] if said]
    findings += [f"qpdf: {said}" for said in [_broken(stem.with_suffix(".pdf"))] if said]
    marred = blemishes(case.assessment, content.tree, laid_out[-1], lambda document: pdf.lay_out(document, look, options))
    findings += [str(each) for each in marred if each.what != LINE]
    return JobResult(case.case.number, order.kind.name, stem, seen.pages, tuple(findings), options.pdf_variant is not None, tuple(marred))


def _pdf_differs(tree: Element, path: Path, case: Case) -> str:
    expected, pages = agreement.reading(deepcopy(tree)), agreement.pages(path, case.theme)
    if case.language == "en":
        expected = agreement.AlternativeTotal(_unhyphenated(expected.text), tuple(map(_unhyphenated, expected.heads)))
        pages = [*map(_unhyphenated, pages)]
    return agreement.difference(expected.text, agreement.said(pages, expected))


def _unhyphenated(text: str) -> str:
    """Take out hyphens, which words of tables are broken with, and read dashes of one width as one."""
    return text.replace("-", "").replace("―", "—")


def _word_differs(tree: Element, data: bytes) -> str:
    """Compare what stands in the file: numbers are Word's own, and so are the pages of contents."""
    tree = deepcopy(tree)
    for element in tree.iter():
        if "caption" not in element.get("class", "").split():
            element.attrib.pop("data-number", None)
    with ZipFile(BytesIO(data)) as package:
        body = fromstring(package.read("word/document.xml"))
    text = "".join(_written(body))
    return agreement.difference(agreement.reading(tree, drawn=False).text, agreement.bare(agreement._one_glyph(text)))


def _written(element: Element, *, page: list[bool] | None = None) -> Iterator[str]:
    """Give the text of a Word file; the results of PAGEREF fields are left out."""
    state = page if page is not None else [False]
    for child in element:
        if child.tag == f"{_W}instrText" and "PAGEREF" in (child.text or ""):
            state[0] = True
        elif child.tag == f"{_W}fldChar" and child.get(f"{_W}fldCharType") == "end":
            state[0] = False
        elif child.tag == f"{_W}t" and not state[0]:
            yield child.text or ""
        yield from _written(child, page=state)


def invalid(validator: str, path: Path) -> str:
    """Give the errors that the Open XML SDK finds in a Word file."""
    run = subprocess.run([validator, str(path)], capture_output=True, encoding="utf-8", check=False)
    verdict = json.loads(run.stdout)
    return "" if verdict["ok"] is True and verdict["errors"] == [] else json.dumps(verdict["errors"] or run.stderr, ensure_ascii=False)


def _broken(path: Path) -> str:
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, encoding="utf-8", check=False)
    good = run.returncode == 0 and re.search("No syntax or stream encoding errors found", run.stdout)
    return "" if good else run.stdout + run.stderr
