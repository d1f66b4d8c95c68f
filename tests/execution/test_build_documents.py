"""Carrying out orders: what is written, what is not, and what is said of it."""

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.execution.build_documents import BuildSettings, build_document, build_documents
from genplan.execution.in_process import InProcess
from genplan.incremental.document_result import DocumentResult
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment

Assessed = Callable[..., Outcome[Assessment | None]]


def settings(theme: Theme, output: Path, *formats: str) -> BuildSettings:
    return BuildSettings(formats or ("html",), theme, output, date(2000, 1, 1))


def build(wanted: list[DocumentSpec], theme: Theme, output: Path, *formats: str) -> list[DocumentResult]:
    return list(build_documents(wanted, settings(theme, output, *formats), InProcess(theme)))


def written(output: Path) -> list[str]:
    return sorted(str(path.relative_to(output)) for path in output.rglob("*") if path.is_file())


@pytest.fixture
def wanted(assessed: Assessed) -> list[DocumentSpec]:
    return list(list_documents(assessed("0001,甲某,80,90\n0002,乙某,80,\n")[0]))


def test_every_format_of_a_document_is_written(wanted: list[DocumentSpec], theme: Theme, tmp_path: Path) -> None:
    done = build_document(wanted[0], settings(theme, tmp_path / "out", "pdf", "docx", "html"))
    assert not done.reason
    assert [entry.format for entry in done.entries] == ["pdf", "docx", "html"]
    assert written(tmp_path / "out") == sorted(entry.path for entry in done.entries)
    assert all((tmp_path / "out" / entry.path).stat().st_size == entry.size for entry in done.entries)


def test_what_lacks_something_is_left_out_and_the_rest_is_built(wanted: list[DocumentSpec], theme: Theme, tmp_path: Path) -> None:
    done = build(wanted, theme, tmp_path / "out")
    assert [(each.document.kind.name, each.reason) for each in done] == [
        ("scheme", ""),
        ("contract", ""),
        ("contract", ""),
        ("scorecard", ""),
        ("scorecard", ""),
        ("result", ""),
        ("result", "the results have errors"),
        ("summary", "no total for 0002"),
        ("notice", ""),
        ("notice", "the results have errors"),
        ("interview", ""),
        ("interview", "the results have errors"),
    ]
    assert len(written(tmp_path / "out")) == 8


def test_entries_say_who_and_what(wanted: list[DocumentSpec], theme: Theme, tmp_path: Path) -> None:
    entry = next(entry for each in build(wanted, theme, tmp_path) for entry in each.entries if entry.kind == "result")
    assert (entry.person_id, entry.person_name, entry.plan, entry.period, entry.period_label, entry.department) == (
        "0001",
        "甲某",
        "plan",
        "2026-Q3",
        "2026年第三季度",
        "部门",
    )


def test_a_plan_whose_name_is_no_text_is_refused(assessed: Assessed) -> None:
    assessment, found = assessed(name="plan\udcff")
    assert assessment is None
    assert [diagnostic.code for diagnostic in found] == ["GP552"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_on_a_full_disk_the_old_file_stays_and_the_reason_is_told(
    wanted: list[DocumentSpec], theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    output = tmp_path / "out"
    (before,) = build(wanted[:1], theme, output)
    path = output / before.entries[0].path
    old = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    (done,) = build(wanted[:1], theme, output)
    assert [diagnostic.code for diagnostic in done.diagnostics] == ["GP702"]
    assert done.diagnostics[0].span.file == before.entries[0].path
    assert done.reason.startswith("GP702")
    assert not done.entries
    assert path.read_bytes() == old
    assert written(output) == [before.entries[0].path]


def test_where_one_format_fails_none_is_written(
    wanted: list[DocumentSpec], theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genplan.diagnostics import Span, diagnose
    from genplan.documents import content

    fine = content.writer("html")
    failing = lambda *_: Outcome(None, [diagnose("GP601", Span("scheme"), "what it met")])  # noqa: E731
    monkeypatch.setattr(content, "writer", lambda name: failing if name == "docx" else fine)
    (done,) = build(wanted[:1], theme, tmp_path / "out", "html", "docx")
    assert done.reason == "GP601 what it met"
    assert not (tmp_path / "out").exists()


def test_a_template_with_a_mistake_stops_only_its_own_documents(assessed: Assessed, tmp_path: Path) -> None:
    kinds = tmp_path / "templates" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "scheme.html.j2").write_text("{{ plan.titel }}")
    theme, found = load_theme(tmp_path / "templates", "zh-CN")
    assert not found
    done = build(list(list_documents(assessed()[0])), theme, tmp_path / "out")
    assert [(each.document.kind.name, each.reason.partition(" ")[0]) for each in done] == [
        ("scheme", "GP503"),
        ("contract", ""),
        ("scorecard", ""),
    ]
    assert str(done[0].diagnostics[0].span) == "templates/kinds/scheme.html.j2:1"


def test_the_date_of_a_document_is_the_plans_or_the_default(assessed: Assessed, theme: Theme, tmp_path: Path) -> None:
    for more, expected in [("", "2000-01-01"), ("issued: 2026-06-15\n", "2026-06-15")]:
        (done,) = build(list(list_documents(assessed(more=more)[0]))[:1], theme, tmp_path / "out")
        assert f'content="{expected}T00:00:00Z"' in (tmp_path / "out" / done.entries[0].path).read_text("utf-8")
