"""What has to be made again, and why, from what a manifest holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.documents.collections import list_collections
from genplan.documents.jobs import File, Job, JobResult
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.incremental.entries import Entry
from genplan.incremental.freshness import Freshness, Reason
from genplan.incremental.manifest import Manifest
from genplan.incremental.source_digests import SourceDigests
from genplan.storage.digests import file_digest
from genplan.theme.editions.edition import Edition
from genplan.theme.spec import NOWHERE
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment
from genplan.writers.options import Options

Assessed = Callable[..., Outcome[Assessment | None]]
ROWS = "0001,甲某,80,90\n0002,乙某,70,60\n"
FINDING = diagnose("GP525", Span("a.pdf"), "a word stands alone")


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason("versions"), "versions"),
        (Reason("look", ("labels", "brand.name")), "look: labels, brand.name"),
        (Reason("look", tuple("abcdef")), "look: a, b, c, d, e, f"),
        (Reason("look", tuple("abcdefgh")), "look: a, b, c, d, e, f and 2 more"),
    ],
)
def test_a_reason_names_what_changed(reason: Reason, text: str) -> None:
    assert str(reason) == text


@dataclass
class Builder:
    """Builds one document after the other into a folder, as far as its manifest is concerned."""

    manifest: Manifest
    theme: Theme
    folder: Path

    @property
    def past(self) -> Freshness:
        """A build begins."""
        return Freshness(self.manifest, self.theme)

    def job(self, order: DocumentSpec, **changes: object) -> Job:
        made = Job(
            order.stem(self.theme),
            order.kind.name,
            NOWHERE,
            "zh-CN",
            {},
            date(2026, 9, 30),
            ("html",),
            Options(),
            "",
            str(self.folder),
        )
        return replace(made, **({"context": order.context(self.theme), "pictures": str(self.folder)} | changes))

    def build(self, order: DocumentSpec, *, theme_unchanged: bool = True, **changes: object) -> None:
        past, job = self.past, self.job(order, **changes)
        state = past.state(order, job)
        files, entries = [], []
        for form in job.formats:
            path = self.folder / f"{job.stem}.{form}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("made", "utf-8")
            files.append(File(form, 4, file_digest(path), self.manifest.store.token(f"{job.stem}.{form}"), (FINDING,)))
            entries.append(Entry(f"{job.stem}.{form}", form, "plan", "方案", "部门", "", "", order.kind.name, "", "", "", "", 4))
        template = ("kinds/result.html.j2", file_digest(self.theme.files.find("kinds/result.html.j2")))
        logo = ("logo.png", file_digest(self.folder / "logo.png"))
        result = JobResult(job.stem, files=tuple(files), templates=(template,), pictures=(logo,), theme_unchanged=theme_unchanged)
        past.record_built(state, result, entries, "plan.md")

    def reasons(self, order: DocumentSpec, **changes: object) -> list[str]:
        return [str(reason) for reason in self.past.state(order, self.job(order, **changes)).stale.get("html", ())]


@pytest.fixture
def builder(tmp_path: Path, theme: Theme) -> Iterator[Builder]:
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "logo.png").write_bytes(b"1")
    with Manifest(folder) as manifest:
        yield Builder(manifest, theme, folder)


def result_of(assessed: Assessed, rows: str = ROWS, person: str = "0002", kind: str = "result", more: str = "") -> DocumentSpec:
    assessment, _ = assessed(rows, more)
    assert assessment is not None
    return next(o for o in list_documents(assessment) if o.kind.name == kind and (o.person is None or o.person.id == person))


def test_what_was_never_built_is_made_and_what_was_built_is_fresh(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    assert builder.reasons(order) == ["it was never built"]
    assert builder.past.state_by_sources(order, builder.job(order)) is None
    builder.build(order)
    assert builder.reasons(order) == []
    state = builder.past.state(order, builder.job(order))
    assert (set(state.up_to_date), state.stale) == ({"html"}, {})
    untouched = builder.past.state_by_sources(order, builder.job(order, context={}))
    assert untouched is not None
    assert set(untouched.up_to_date) == {"html"}


def test_what_was_made_under_another_theme_is_made_again(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order, theme_unchanged=False)
    assert builder.reasons(order) == ["its sources are unknown"]
    assert builder.past.state_by_sources(order, builder.job(order, context={})) is None


def test_another_score_is_other_data(builder: Builder, assessed: Assessed) -> None:
    builder.build(result_of(assessed))
    order = result_of(assessed, ROWS.replace("70,60", "71,60"))
    (reason,) = builder.reasons(order)
    assert reason.startswith("data of the document: result.total")
    assert builder.past.state_by_sources(order, builder.job(order, context={})) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"issued": date(2026, 10, 1)}, "options: issued"),
        ({"password": "k7-Rain"}, "options: password"),
        ({"options": Options(pdf_variant="pdf/ua-1")}, "options: pdf_variant"),
    ],
)
def test_other_options_are_named(builder: Builder, assessed: Assessed, changes: dict[str, object], reason: str) -> None:
    order = result_of(assessed)
    builder.build(order)
    assert builder.reasons(order, **changes) == [reason]
    assert builder.past.state_by_sources(order, builder.job(order, context={}, **changes)) is None


def test_no_password_is_told_from_another_and_none_is_kept(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order, password="k7-Rain")
    assert builder.reasons(order, password="k7-Rain") == []
    assert builder.reasons(order, password="k8-Rain") == builder.reasons(order) == ["options: password"]
    builder.manifest.commit()
    assert not [path for path in builder.folder.rglob("*") if path.is_file() and b"k7-Rain" in path.read_bytes()]


def test_another_picture_and_another_version_are_named(builder: Builder, assessed: Assessed, monkeypatch: pytest.MonkeyPatch) -> None:
    order = result_of(assessed)
    builder.build(order)
    (builder.folder / "logo.png").write_bytes(b"2")
    assert builder.reasons(order) == ["pictures: logo.png"]
    monkeypatch.setattr("genplan.incremental.fingerprint.versions", lambda _: (("jinja2", "0"),))
    versions, pictures = builder.reasons(order)
    assert versions.startswith("versions: genplan, Python, zlib, jinja2, markupsafe, markdown-it-py and ")
    assert pictures == "pictures: logo.png"


def test_another_template_is_named(builder: Builder, assessed: Assessed, monkeypatch: pytest.MonkeyPatch) -> None:
    order = result_of(assessed)
    builder.build(order)
    monkeypatch.setattr("genplan.incremental.fingerprint.template_file", lambda *_: builder.folder / "logo.png")
    assert builder.reasons(order) == ["templates: kinds/result.html.j2"]


def test_what_happened_to_the_file_is_seen(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order)
    path = builder.folder / f"{order.stem(builder.theme)}.html"
    path.write_text("other", "utf-8")
    assert builder.reasons(order) == ["the file was modified"]
    path.unlink()
    assert builder.reasons(order) == ["the file no longer exists"]
    path.write_text("made", "utf-8")
    assert builder.reasons(order) == []
    held = builder.manifest.get(f"{order.stem(builder.theme)}.html")
    assert held is not None
    assert held.stat == builder.manifest.store.token(held.entry.path)


def test_one_format_of_two_is_made(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order)
    both = builder.job(order, formats=("html", "docx"))
    state = builder.past.state(order, both)
    assert (set(state.up_to_date), {form: str(reason) for form, (reason,) in state.stale.items()}) == (
        {"html"},
        {"docx": "it was never built"},
    )
    assert builder.past.state_by_sources(order, both) is None


def test_what_is_fresh_tells_what_was_found_and_keeps_its_new_entry(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order)
    past = builder.past
    state = past.state(order, builder.job(order))
    renamed = state.up_to_date["html"].entry._replace(plan_title="别的方案")
    assert past.record_fresh(state, [renamed], "plan.md") == [FINDING]
    held = builder.manifest.get(renamed.path)
    assert held is not None
    assert (held.entry.plan_title, held.source) == ("别的方案", "plan.md")


def test_what_is_fresh_by_its_data_is_known_by_its_new_sources(builder: Builder, assessed: Assessed) -> None:
    builder.build(result_of(assessed))
    order = result_of(assessed, more="# a remark\n")
    job, past = builder.job(order), builder.past
    assert past.state_by_sources(order, builder.job(order, context={})) is None
    state = past.state(order, job)
    past.record_fresh(state, [state.up_to_date["html"].entry], "plan.md")
    held = builder.manifest.get(f"{job.stem}.html")
    assert held is not None
    assert held.source_digest == SourceDigests().of(order)
    assert builder.past.state_by_sources(order, builder.job(order, context={})) is not None


def test_other_data_are_told_apart_from_another_look(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order)
    held = builder.manifest.get(f"{order.stem(builder.theme)}.html")
    assert held is not None
    assert not builder.past.has_other_data(order, held)
    other = result_of(assessed, ROWS.replace("70,60", "71,60"))
    assert builder.past.has_other_data(other, held)
    assert not builder.past.has_other_data(other, replace(held, parts=()))
    english = replace(other, assessment=replace(other.assessment, language="en"))
    assert not builder.past.has_other_data(english, held)
    assert not builder.past.has_other_data(order, replace(held, source_digest=""))


def test_a_document_about_many_is_told_by_its_data(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed, kind="summary")
    builder.build(order)
    held = builder.manifest.get(f"{order.stem(builder.theme)}.html")
    assert held is not None
    assert held.source_digest == ""
    assert not builder.past.has_other_data(order, held)
    assert builder.past.has_other_data(result_of(assessed, ROWS.replace("70,60", "71,60"), kind="summary"), held)


def test_another_brand_alone_is_no_other_data(builder: Builder, assessed: Assessed) -> None:
    order = result_of(assessed)
    builder.build(order, context={**order.context(builder.theme), "brand": {"name": "别家"}})
    held = builder.manifest.get(f"{order.stem(builder.theme)}.html")
    assert held is not None
    elsewhere = replace(held, source_digest="")
    assert not builder.past.has_other_data(order, elsewhere)
    assert builder.past.has_other_data(result_of(assessed, ROWS.replace("70,60", "71,60")), elsewhere)


def test_sources_of_a_document(assessed: Assessed) -> None:
    def digest(order: DocumentSpec) -> str:
        return SourceDigests().of(order)

    order = result_of(assessed)
    assert digest(order) == digest(result_of(assessed)) != ""
    assert digest(result_of(assessed, kind="summary")) == ""
    assert digest(result_of(assessed, person="0001")) != digest(order)
    assert digest(result_of(assessed, kind="notice")) != digest(order)
    assert digest(replace(order, place=None)) != digest(order)
    assert digest(replace(order, person=None)) != digest(order)
    assert digest(replace(order, period=None)) != digest(order)
    assert digest(replace(order, assessment=replace(order.assessment, language="en"))) != digest(order)
    assert digest(result_of(assessed, ROWS.replace("70,60", "71,60"))) != digest(order)
    assert digest(result_of(assessed, more="id: plan\nposition: 专员\n")) != digest(order)


def test_sources_of_a_collection_are_those_of_its_parts_in_its_edition(assessed: Assessed) -> None:
    def collection(rows: str = ROWS, edition: Edition | None = None) -> DocumentSpec:
        assessment, _ = assessed(rows)
        assert assessment is not None
        (whole,) = list_collections([each for each in list_documents(assessment) if each.kind.name == "result"], "")
        return replace(whole, edition=edition)

    digest = SourceDigests().of(collection())
    assert digest == SourceDigests().of(collection()) != ""
    assert SourceDigests().of(collection(ROWS.replace("70,60", "71,60"))) != digest
    assert SourceDigests().of(collection(edition=Edition("public", frozenset({"result.total"})))) != digest


def test_a_person_depends_on_others_by_rank_alone(assessed: Assessed) -> None:
    order = result_of(assessed)
    assert SourceDigests().of(result_of(assessed, ROWS.replace("80,90", "81,90"))) == SourceDigests().of(order)
    assert SourceDigests().of(result_of(assessed, ROWS.replace("80,90", "10,10"))) != SourceDigests().of(order)
    assert SourceDigests().of(result_of(assessed, ROWS + "0003,丙某,10,10\n")) != SourceDigests().of(order)


def test_sources_of_one_plan_do_not_stand_for_another(assessed: Assessed) -> None:
    digests = SourceDigests()
    one, other = result_of(assessed), result_of(assessed, ROWS.replace("70,60", "71,60"))
    assert digests.of(one) != digests.of(other)
    assert digests.of(one) == SourceDigests().of(one)
