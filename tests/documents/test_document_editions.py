"""Editions: how they are declared, what documents they have, where these go and what stands on them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from genplan.documents.specs import in_editions, list_documents
from genplan.execution.build_documents import BuildSettings, build_document
from genplan.incremental.entries import Entry, read_register
from genplan.theme.editions import Edition
from genplan.theme.editions.load import load_editions
from genplan.theme.editions.paths import HIDEABLE, with_all_that_tells
from genplan.theme.files import ThemeFiles
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def declared(theme: Theme, tmp_path: Path) -> Callable[[str], tuple[dict[str, Edition], list]]:
    """Load the editions of a workspace whose editions.yml holds a text."""

    def load(text: str) -> tuple[dict[str, Edition], list]:
        (tmp_path / "editions.yml").write_text(text, "utf-8")
        return load_editions(ThemeFiles((tmp_path, *theme.files.roots)), theme.locale)

    return load


def test_workspace_changes_single_keys(declared) -> None:
    editions, found = declared("employee:\n  result.rank: shown\n  result.comment: hidden\n")
    assert not found
    assert editions["employee"].hidden == {"result.comment", "result.lines[].raters", "summary", "report", "pay"}
    assert list(editions) == ["employee", "manager", "hr"]


def test_workspace_adds_an_edition(declared) -> None:
    editions, found = declared("committee:\n  person.department: hidden\n")
    assert [(d.code, d.span.line) for d in found] == [("GP625", 1)]
    assert editions["committee"].hidden == {"person.department", "pay", "result.pay"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("employee:\n  result.rnak: hidden\n", 2, "did you mean `result.rank`?"),
        ("employee:\n  result.rank: hide\n", 2, "write `result.rank: hidden`"),
        ("employee:\n  person.name: hidden\n", 2, ""),
        ("employee: [result.rank]\n", 1, "write each edition's name"),
        ("- employee\n", 1, "write each edition's name"),
        ("all:\n  result.rank: hidden\n", 1, "none of: all, none"),
        ("../up:\n  result.rank: hidden\n", 1, "lower-case letters"),
    ],
)
def test_what_cannot_be_declared(declared, text: str, line: int, said: str) -> None:
    _, found = declared(text)
    assert [(d.code, d.span.file, d.span.line) for d in found] == [("GP624", "templates/editions.yml", line)]
    assert said in found[0].help


def test_every_key_that_can_be_hidden_is_a_documented_key() -> None:
    page = (DOCS / "adding-a-kind.md").read_text("utf-8")
    lines = {key.replace("indicators[].indicators[]", "result.lines[]") for key in HIDEABLE}
    for key in lines:
        assert f"`{key}" in page, key
        assert f"`{key}`" in (DOCS / "hr" / "editions.md").read_text("utf-8"), key


def test_what_tells_the_same_goes_too() -> None:
    context = {
        "result": {
            "rank": 1,
            "ranked": 8,
            "lines": [
                {"actual": "9", "rule": {"method": "direct"}, "score": "9"},
                {"actual": "7", "rule": {"method": "ratio"}, "score": "8"},
            ],
            "steps": [{"stage": "grade"}, {"stage": "coefficient", "result": "1.2"}],
            "segments": [{"lines": [{"score": "5", "actual": "5", "rule": {"method": "rubric"}}]}],
            "charts": {"radar": {"by": "indicator"}, "trend": None},
            "history": {"periods": [{"rank": 3, "ranked": 8, "total": "90"}]},
        },
    }
    kept = repr(context)
    result = Edition("e", frozenset({"result.rank", "result.lines[].score", "result.coefficient"})).reduce(context)["result"]
    assert repr(context) == kept
    assert (result["rank"], result["ranked"]) == (None, None)
    assert result["history"]["periods"] == [{"rank": None, "ranked": None, "total": "90"}]
    assert [(line["score"], line["actual"]) for line in result["lines"]] == [(None, None), (None, "7")]
    assert result["segments"][0]["lines"][0]["actual"] is None
    assert result["steps"] == [{"stage": "grade"}]
    assert result["charts"] == {"radar": None, "trend": None}


def test_groups_keep_their_keys() -> None:
    context = {"result": {"charts": {"radar": {"by": "indicator"}, "trend": None}}}
    assert Edition("e", frozenset({"result.charts"})).reduce(context) == {"result": {"charts": {"radar": None, "trend": None}}}


def test_all_that_tells_is_itself_well_written() -> None:
    for path in with_all_that_tells(frozenset(HIDEABLE)):
        assert path.split(".")[0] in {"plan", "person", "people", "people[]", "result", "summary", "report", "pay"}


def test_documents_of_editions(sample: Callable[[str], Assessment], theme: Theme) -> None:
    assessment = sample("community-operations-department-quarterly")
    plain = list(list_documents(assessment))
    assert in_editions(plain, ()) == plain
    made = in_editions(plain, tuple(theme.editions.values()))
    kinds = {(order.kind.name, order.edition.name if order.edition else "") for order in made}
    assert ("scheme", "") in kinds
    assert ("scheme", "hr") not in kinds
    assert ("summary", "manager") in kinds
    assert ("summary", "employee") not in kinds
    assert {("result", "employee"), ("result", "manager"), ("result", "hr"), ("contract", "employee")} <= kinds
    assert len({order.stem(theme) for order in made}) == len(made)
    assert all(f"/{order.edition.name}/" in order.stem(theme) for order in made if order.edition)


def test_edition_that_hides_results_has_no_documents_of_them(sample: Callable[[str], Assessment]) -> None:
    made = in_editions(list_documents(sample("community-operations-department-quarterly")), (Edition("pool", frozenset({"result"})),))
    kinds = {order.kind.name for order in made if order.edition}
    assert "contract" in kinds
    assert not kinds & {"result", "notice", "interview"}


def test_edition_stands_on_the_document_and_in_the_register(sample: Callable[[str], Assessment], theme: Theme, tmp_path: Path) -> None:
    order = next(order for order in list_documents(sample("community-operations-department-quarterly")) if order.kind.name == "result")
    done = build_document(replace(order, edition=theme.editions["employee"]), BuildSettings(("html",), theme, tmp_path, date(2026, 1, 1)))
    assert not done.reason
    entry = done.entries[0]
    assert (entry.edition, entry.edition_title) == ("employee", "员工版")
    assert entry.path.endswith("2026-Q3/employee/result/0021-测试甲-绩效考核结果-员工版.html")
    page = (tmp_path / entry.path).read_text("utf-8")
    assert "员工版" in page.partition("<section")[0]
    assert ">1/8<" not in page


def test_register_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    entry = Entry("a.pdf", "pdf", "p", "方案", "部门", "2026-Q3", "第三季度", "result", "结果", "结果", "0001", "甲", 4)
    row = {name: value for name, value in entry._asdict().items() if not name.startswith("edition")}
    path = tmp_path / ".genplan" / "register.json"
    path.parent.mkdir()
    path.write_text(json.dumps([row]), "utf-8")
    assert read_register(tmp_path) == [entry]
