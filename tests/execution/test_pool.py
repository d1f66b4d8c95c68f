"""Workers: what one document does costs no other, and what it did is told."""

import multiprocessing
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
import pytest

from genplan.diagnostics import Outcome
from genplan.documents.jobs import Job, JobResult
from genplan.documents.specs import list_documents
from genplan.execution import pool, worker
from genplan.execution.build_documents import BuildSettings, build_documents
from genplan.execution.limits import MEBIBYTE, Limits
from genplan.execution.pool import Workers
from genplan.incremental.document_result import DocumentResult
from genplan.storage.processes import may_be_copied
from genplan.theme.spec import ThemeSpec
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import Assessment
from genplan.writers.options import DEFAULTS

Assessed = Callable[..., Outcome[Assessment | None]]

RESULT = """\
{% extends "builtin/kinds/result.html.j2" %}
{% block content %}
{% if person.name == "慢某" %}{% for a in range(99999) %}{% for b in range(99999) %}{% set c = b %}{% endfor %}{% endfor %}{% endif %}
{% if person.name == "大某" %}
{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}
{% endif %}
{% if person.name == "深某" %}{% for a in range(14) %}<div class="deep" style="display: flex">{% endfor %}层层相套
{% for a in range(14) %}</div>{% endfor %}{% endif %}
{{ super() }}
{% endblock %}
"""
LIMITS = Limits(seconds=16, memory=512 * MEBIBYTE)
"""Filling the memory takes two seconds, and on a busy machine several times as long."""


@pytest.fixture
def unruly(assessed: Assessed, tmp_path: Path) -> Callable[..., list[DocumentResult]]:
    """Build people's results from a template that takes too long for some, and too much memory for others."""
    kinds = tmp_path / "templates" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "result.html.j2").write_text(RESULT, encoding="utf-8")
    theme, found = load_theme(tmp_path / "templates", "zh-CN")
    assert theme is not None
    assert not found

    def build(count: int, rows: str, form: str = "html", limits: Limits = LIMITS) -> list[DocumentResult]:
        assessment, _ = assessed(rows)
        wanted = [order for order in list_documents(assessment) if order.kind.name == "result"]
        spec = ThemeSpec(str(tmp_path / "templates"), "zh-CN", "modern")
        workers = Workers(count, limits)
        try:
            return list(build_documents(wanted, BuildSettings((form,), theme, tmp_path / "out", date(2000, 1, 1), spec=spec), workers))
        finally:
            workers.close()

    return build


def test_a_document_that_hangs_and_one_that_eats_memory_cost_only_themselves(unruly: Callable[..., list[DocumentResult]]) -> None:
    rows = "".join(f"{n:04},{name},80,90\n" for n, name in enumerate(("甲某", "慢某", "乙某", "大某", "丙某", "丁某")))
    done = unruly(2, rows)
    assert [each.document.person.name for each in done] == ["甲某", "慢某", "乙某", "大某", "丙某", "丁某"]
    codes = [each.reason.partition(" ")[0] for each in done]
    assert codes == ["", "GP706", "", "GP707", "", ""], [each.reason for each in done]
    slow, big = done[1].diagnostics[0], done[3].diagnostics[0]
    assert slow.span.file.endswith("慢某-绩效考核结果")
    assert "line 3 of kinds/result.html.j2" in slow.message
    assert "rendering the template" in slow.message or "kinds/result.html.j2" in slow.message
    assert "kinds/result.html.j2" in big.message


def test_an_element_that_takes_too_long_to_lay_out_is_named(unruly: Callable[..., list[DocumentResult]]) -> None:
    (done,) = unruly(1, "0001,深某,80,90\n", "pdf")
    (found,) = done.diagnostics
    assert found.code == "GP706"
    assert re.search(r"laying out.*<div\.deep> “层层相套”", found.message), found.message


def crash_on_request(job: Job, _theme: object, *_: object, **__: object) -> JobResult:
    if "crash" in job.stem:
        os._exit(9)
    if "bug" in job.stem:
        raise ZeroDivisionError
    return JobResult(job.stem)


def test_a_worker_that_ends_costs_its_own_document(monkeypatch: pytest.MonkeyPatch, job: Job) -> None:
    monkeypatch.setattr(worker, "run_job", crash_on_request)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["fork"])
    monkeypatch.setattr(pool.multiprocessing, "get_context", lambda _=None, real=multiprocessing.get_context: real("fork"))
    workers = Workers(2, replace(LIMITS, memory=64 * 1024 * MEBIBYTE))  # forked from here, they hold what these tests hold
    stems = [f"{n}-{'crash' if n in {3, 7} else 'bug' if n == 5 else 'fine'}" for n in range(20)]
    made = list(workers.run(replace(job, stem=stem) for stem in stems))
    workers.close()
    assert [each.stem for each in made] == stems
    failed = {each.stem: each.reason.partition(" ")[0] for each in made if each.reason}
    assert failed == {"3-crash": "GP708", "7-crash": "GP708", "5-bug": "GP723"}


def test_jobs_are_taken_as_there_is_room(monkeypatch: pytest.MonkeyPatch, job: Job) -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for n in range(50):
            taken += 1
            yield replace(job, stem=f"{n}", kind="nothing")

    monkeypatch.setattr(pool, "_AHEAD", 4)
    workers = Workers(2, LIMITS)
    try:
        run = workers.run(jobs())
        next(run)
        assert taken <= 4 + 2 * 2
        assert len(list(run)) == 49
    finally:
        workers.close()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    spec = ThemeSpec(None, "zh-CN", "modern")
    return Job("a", "scheme", spec, "zh-CN", {}, date(2000, 1, 1), ("html",), DEFAULTS, str(tmp_path), str(tmp_path / "out"))


def test_few_documents_are_made_in_one_process(unruly: Callable[..., list[DocumentResult]], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = Workers._start

    def counted(self: Workers, theme: ThemeSpec) -> object:
        started.append(1)
        return start(self, theme)

    monkeypatch.setattr(Workers, "_start", counted)
    done = unruly(2, "".join(f"{n:04},某人,80,90\n" for n in range(3)))
    assert [bool(each.entries) for each in done] == [True] * 3
    assert len(started) == 1


def test_a_copy_of_this_process_is_watched_as_others_are(
    unruly: Callable[..., list[DocumentResult]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "may_be_copied", lambda _: True)
    own = psutil.Process().memory_info().rss  # which the copy holds as well, and these tests hold more than a build does
    limits = replace(LIMITS, memory=own + LIMITS.memory)
    done = unruly(2, "0001,慢某,80,90\n0002,大某,80,90\n0003,甲某,80,90\n", limits=limits)
    assert [each.reason.partition(" ")[0] for each in done] == ["GP706", "GP707", ""], [each.reason for each in done]


def test_no_copy_is_made_of_what_holds_much_or_has_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    held = psutil.Process().memory_info().rss
    monkeypatch.setattr(psutil.Process, "num_threads", lambda _: 1)
    assert may_be_copied(8 * held) == (sys.platform == "linux")
    assert not may_be_copied(2 * held)
    monkeypatch.setattr(psutil.Process, "num_threads", lambda _: 2)
    assert not may_be_copied(8 * held)


def test_that_no_process_can_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(1, LIMITS)

    def refuse(*_args: object, **_options: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", refuse)
    job = Job("a", "result", ThemeSpec(None, "zh-CN", "modern"), "zh-CN", {}, date(2000, 1, 1), ("html",), DEFAULTS, "", "")
    with pytest.raises(pool.CannotStartError, match="temporarily unavailable"):
        list(workers.run([job]))
    workers.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux alone")
def test_memory_that_is_taken_faster_than_anybody_looks_is_bounded(
    unruly: Callable[..., list[DocumentResult]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "memory_of", lambda _: 0)
    done = unruly(2, "0002,大某,80,90\n0003,甲某,80,90\n")
    assert [each.reason.partition(" ")[0] for each in done] == ["GP707", ""], [each.reason for each in done]
