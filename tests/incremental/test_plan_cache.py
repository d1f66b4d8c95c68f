"""What a build stores for the next one: its shape, its tally, and which plans are tied together."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.documents.specs import list_documents
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.manifest import Manifest
from genplan.incremental.plan_cache import PlanCache, Tally, _has_shape, entangled
from genplan.workspace.assessment import Assessment

FINDING = diagnose("GP525", Span("a.pdf"), "a word stands alone")


@pytest.mark.parametrize(
    ("value", "shape", "fits"),
    [
        ({"a": 1}, {"a": 0}, True),
        ({"a": "1"}, {"a": 0}, False),
        ({"a": True}, {"a": 0}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1, "b": 2}, {"a": 0}, False),
        ({}, {"a": 0}, False),
        ([], {"a": 0}, False),
        (["x", "y"], [""], True),
        ([], [""], True),
        (["x", 1], [""], False),
        ("xy", [""], False),
        (["x", "y"], ("", ""), True),
        (["x"], ("", ""), False),
        (["x", "y", "z"], ("", ""), False),
        (["x", 1], ("", ""), False),
        ("xy", ("", ""), False),
        ([["a"], ["b"]], [[""]], True),
        ([["a"], [1]], [[""]], False),
        (None, object, True),
        ({"any": [1]}, object, True),
        (None, "", False),
    ],
)
def test_records_have_a_shape(value: object, shape: object, fits: bool) -> None:  # noqa: FBT001 - of the table
    assert _has_shape(value, shape) == fits


def test_a_tally_counts_documents_and_files(assessed: Callable[..., Outcome[Assessment | None]]) -> None:
    assessment, _ = assessed("0001,甲某,80,90\n")
    assert assessment is not None
    order = next(list_documents(assessment))
    tally = Tally([assessment])
    (plan,) = tally.plans
    assert plan.row() == ["plan", "0", "0", "0", "0"]
    entry = SimpleNamespace()
    tally.add(DocumentResult(order, "one", (entry, entry, entry), "", (FINDING,), ("one.pdf",)))
    tally.add(DocumentResult(order, "two", (entry, entry), "", (FINDING,), ("two.pdf", "two.docx")))
    assert plan.row() == ["plan", "2", "3", "2", "0"]
    assert plan.row(later=True) == ["plan", "2", "0", "5", "0"]
    tally.add(DocumentResult(order, "three", (), "it lacks results"))
    assert plan.row() == ["plan", "2", "3", "2", "1"]
    assert tally.failed == [("three", "it lacks results")]
    assert tally.diagnostics == [FINDING]
    assert plan.alone
    tally.add(DocumentResult(replace(order, password="k7-Rain"), "four"))
    assert not plan.alone
    tally.add(DocumentResult(order, "five"))
    assert not plan.alone


@pytest.mark.parametrize(
    ("ids", "kept", "tied"),
    [
        (["a", "b"], ["c"], False),
        (["a", "a"], [], True),
        (["a"], ["A"], True),
        (["a/b"], ["a-b"], True),
        ([], ["a", "é", "e\u0301"], True),
        ([], [], False),
    ],
)
def test_plans_that_may_share_a_folder_are_tied(ids: list[str], kept: list[str], tied: bool) -> None:  # noqa: FBT001 - of the table
    plans = [SimpleNamespace(plan=SimpleNamespace(id=each)) for each in ids]
    assert entangled(plans, {Path(str(at)): {"id": each} for at, each in enumerate(kept)}) == tied


def test_records_of_other_requests_and_plans_are_kept_apart(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        cache = PlanCache(manifest, "html")
        record = {"plans": ["a.md"], "page": None, "findings": "[]", "rows": [["a", "1", "2", "3", "4"]], "skipped": 0, "orphans": []}
        assert cache.whole() is None
        cache.store_whole(record)
        assert cache.whole() == record
        assert PlanCache(manifest, "pdf").whole() is None
        cache.begin({})
        assert cache.whole() is None
