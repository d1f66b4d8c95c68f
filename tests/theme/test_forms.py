"""Forms that people fill in: their fields, and that no amount of data breaks them."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import writer

ROOT = Path(__file__).parents[2]
TYPES = {"text", "number", "date", "choice", "tick"}
BY_HAND = ("contract", "scorecard", "notice", "interview", "improvement", "appeal")
LONG_NAME = "阿卜杜拉赫曼·穆罕默德·伊本·哈立德·古丽米热·买买提江·托合提尼亚孜"
COMMENT = "工作扎实，仍有不足。" * 60


def fields(document: Document) -> Iterator[Element]:
    return (element for element in document.tree.iter() if element.get("data-name"))


def made(order: DocumentSpec, theme: Theme) -> Document:
    document, found = render(theme, order.kind, order.context(theme), order.issued(date(2026, 1, 1)))
    assert document is not None, found
    return document


@pytest.fixture(scope="module")
def samples(theme: Theme) -> Callable[[str], list[tuple[DocumentSpec, Document]]]:
    """Every document of a sample that people fill in."""

    @cache
    def read(name: str) -> list[tuple[DocumentSpec, Document]]:
        assessment, _ = assess(ROOT / "plans" / f"{name}.md", name, ROOT, theme)
        assert assessment is not None
        return [(order, made(order, theme)) for order in list_documents(assessment) if order.kind.name in BY_HAND]

    return read


@pytest.mark.parametrize("plan", sorted(path.stem for path in (ROOT / "plans").glob("*.md") if "policy" not in path.stem))
def test_fields_are_named_once_and_typed(samples: Callable[[str], list[tuple[DocumentSpec, Document]]], plan: str):
    for order, document in samples(plan):
        names = Counter(field.get("data-name", "") for field in fields(document))
        assert names
        assert not [name for name, count in names.items() if count > 1], order.kind.name
        assert not [name for name in names if not re.fullmatch(r"[^.\s]+(\.[^.]+)+|total", name)], order.kind.name
        assert {field.get("data-type") for field in fields(document)} <= TYPES
        assert all(field.get("data-options") for field in fields(document) if field.get("data-type") == "choice")


@pytest.mark.parametrize("kind", BY_HAND)
def test_whoever_signs_has_a_name_and_a_date(samples: Callable[[str], list[tuple[DocumentSpec, Document]]], kind: str):
    for order, document in samples("community-operations-specialist"):
        if order.kind.name == kind:
            signed = {name for field in fields(document) if (name := field.get("data-name", "")).startswith("signature.")}
            people = {name.split(".")[1] for name in signed}
            assert people
            assert signed == {f"signature.{who}.{what}" for who in people for what in ("name", "date")}


def test_nothing_is_left_blank_outside_a_field(samples: Callable[[str], list[tuple[DocumentSpec, Document]]]):
    for plan in ("community-operations-specialist", "community-operations-department"):
        for _, document in samples(plan):
            for element in document.tree.iter():
                classes = element.get("class", "").split()
                if {"fill", "tick", "blank"} & set(classes):
                    assert element.get("data-name"), "".join(element.itertext())


@pytest.fixture(scope="module")
def large(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Assessment]:
    """A plan of so many indicators with long names, and one person who met none of them."""

    @cache
    def assessed(count: int) -> Assessment:
        folder = tmp_path_factory.mktemp("large")
        names = [f"第{at}项社群运营关键过程与结果综合评价指标" for at in range(count)]
        rows = "".join(
            f"      - {{name: {name}, target: 1000, unit: 人次, scoring: {{method: ratio, floor: 60%, cap: 120%}}}}\n" for name in names
        )
        plan = folder / "large.md"
        plan.write_text(
            "---\nschema: 1\ntitle: 社群运营专员绩效考核方案\ndepartment: 社群运营部\nposition: 社群运营专员\nperiod: 2026-Q3\n"
            f"dimensions:\n  - name: 全部\n    weight: 100%\n    indicators:\n{rows}"
            "grades: [{name: 合格, from: 60, coefficient: 1.0}, {name: 待改进, from: 0, coefficient: 0.5, then: 制定改进计划。}]\n"
            "appeal: {window: 5个工作日内, handler: 人力资源部}\nimprovement: 合格\nresults: 2026-Q3.csv\n---\n",
            encoding="utf-8",
        )
        actuals = ",".join(str(100 + at) for at in range(count))
        head = ",".join(names)
        (folder / "2026-Q3.csv").write_text(f"工号,姓名,{head},评语\n0007,{LONG_NAME},{actuals},{COMMENT}\n", encoding="utf-8")
        assessment, found = assess(plan, "large.md", folder, theme)
        assert assessment is not None
        assert not found
        return assessment

    return assessed


@pytest.mark.parametrize("kind", BY_HAND)
@pytest.mark.parametrize("count", [1, 60])
def test_few_or_many_indicators_and_long_names_keep_to_the_page(
    large: Callable[[int], Assessment], theme: Theme, tmp_path: Path, require_tool: Callable[[str], str], kind: str, count: int
):
    (order,) = [order for order in list_documents(large(count)) if order.kind.name == kind]
    document = made(order, theme)
    data, found = writer("weasyprint")(document, make_look(theme, tmp_path))
    assert data is not None, found
    assert not found
    path = tmp_path / "form.pdf"
    path.write_bytes(data)
    boxes = subprocess.run([require_tool("pdftotext"), "-bbox", str(path), "-"], capture_output=True, encoding="utf-8", check=True).stdout
    edges = [float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(edges) <= 595.28 - 22 / 25.4 * 72 + 10.5 / 2 + 1  # a mark that closes a line has its blank half outside
    pages = boxes.split("<page ")[1:]
    last = re.sub(r"<[^>]+>|\s", "", pages[-1])
    title = "".join(document.tree.find(".//section[@class='signatures']/h2").itertext())
    assert title in last
    assert "日期" in last.partition(title)[2]
    assert all(len(re.findall("<word", page)) > 15 for page in pages)
