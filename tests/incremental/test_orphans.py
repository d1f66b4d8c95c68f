"""Files of earlier builds that nothing stands behind any more, and what is said of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.incremental.entries import Entry
from genplan.incremental.manifest import Manifest, Output
from genplan.incremental.orphans import orphaned, orphans, prune, vanished
from genplan.incremental.outdated import report_outdated
from genplan.storage.stores import Token
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment

Assessed = Callable[..., Outcome[Assessment | None]]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Manifest]:
    with Manifest(tmp_path / "output") as manifest:
        yield manifest


@pytest.fixture
def wanted(assessed: Assessed) -> list[DocumentSpec]:
    assessment, _ = assessed("0001,甲某,80,90\n0002,乙某,70,60\n", more="documents: [scheme, result]\n")
    assert assessment is not None
    return list(list_documents(assessment))


def built(document: DocumentSpec, theme: Theme, **changes: str) -> Output:
    """Describe the file of a document as a build of plan.md does, but for `changes` of its entry or of its name."""
    person = document.person
    entry = Entry(
        f"{changes.pop('stem', document.stem(theme))}.html",
        "html",
        changes.pop("plan", "plan"),
        "方案",
        "部门",
        changes.pop("period", document.period.id if document.period else ""),
        "",
        changes.pop("kind", document.kind.name),
        "",
        "",
        changes.pop("person_id", person.id if person else ""),
        "",
        4,
    )
    return Output(entry, "", (), (), "[]", changes.pop("source", "../plan.md"), changes.pop("variant", "plain"))


def left(held: Manifest, wanted: list[DocumentSpec], theme: Theme, *, whole: bool = True) -> list[str]:
    return orphans(held, wanted, theme, "plain", whole=whole)


def test_what_documents_stand_behind_is_none(held: Manifest, wanted: list[DocumentSpec], theme: Theme) -> None:
    assert len(wanted) == 3
    for document in wanted:
        held.put(built(document, theme))
    assert left(held, wanted, theme) == []


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({"stem": "plan/2026-Q3/result/renamed"}, True),
        ({"stem": "plan/2026-Q3/employee/result/0001", "variant": "editions"}, False),
        ({"stem": "other", "variant": "editions", "plan": "other"}, True),
        ({"stem": "other", "variant": "editions", "period": "2026-Q2"}, True),
        ({"stem": "other", "variant": "editions", "kind": "notice"}, True),
        ({"stem": "other", "variant": "editions", "person_id": "0003"}, True),
        ({"person_id": "0003"}, True),
        ({"stem": "other", "source": "../elsewhere.md"}, True),
        ({"stem": "other", "source": ""}, False),
    ],
)
def test_what_is_called_otherwise_or_is_about_something_else_is_left_over(
    held: Manifest,
    wanted: list[DocumentSpec],
    theme: Theme,
    changes: dict[str, str],
    gone: bool,  # noqa: FBT001 - of the table
) -> None:
    result = next(document for document in wanted if document.person and document.person.id == "0001")
    output = built(result, theme, **changes)
    held.put(output)
    assert left(held, wanted, theme) == ([output.entry.path] if gone else [])


def test_of_plans_that_were_not_read_only_those_that_are_gone_count_and_only_where_all_were_read(
    held: Manifest, wanted: list[DocumentSpec], theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "other.md").write_text("", "utf-8")
    for name in ("other", "gone"):
        held.put(built(wanted[0], theme, stem=name, source=f"../{name}.md"))
    assert left(held, wanted, theme) == ["gone.html"]
    assert left(held, wanted, theme, whole=False) == []


def test_what_is_removed_is_forgotten_with_the_folders_it_leaves_empty(held: Manifest, wanted: list[DocumentSpec], theme: Theme) -> None:
    folder = held.output
    outputs = [built(wanted[0], theme, stem=stem) for stem in ("a/b/one", "a/two", "three")]
    for output in outputs:
        path = folder / output.entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("made", "utf-8")
        held.put(output)
    assert prune(held, ["a/b/one.html", "three.html"]) == (["a/b/one.html", "three.html"], [])
    assert sorted(path.name for path in folder.rglob("*.html")) == ["two.html"]
    assert not (folder / "a/b").exists()
    assert list(held.stats()) == ["a/two.html"]


def test_what_cannot_be_removed_is_told_and_keeps_no_other(
    held: Manifest, wanted: list[DocumentSpec], theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/one.html").write_text("mine", "utf-8")
    (held.output / "link").symlink_to(tmp_path / "elsewhere")
    (held.output / "two.html").write_text("made", "utf-8")
    for stem in ("link/one", "two"):
        held.put(built(wanted[0], theme, stem=stem))
    gone, (found,) = prune(held, ["link/one.html", "two.html"])
    assert (gone, found.code) == (["two.html"], "GP755")
    assert (tmp_path / "elsewhere/one.html").is_file()
    assert list(held.stats()) == ["link/one.html"]


@dataclass
class Remote:
    """A store that is no folder of this machine."""

    place: str = "memory://"
    removed: list[str] = field(default_factory=list)

    def token(self, name: str) -> Token:
        return (name,)

    def remove(self, names: Iterable[str]) -> None:
        self.removed += names


def test_files_of_a_store_are_removed_together(wanted: list[DocumentSpec], theme: Theme, tmp_path: Path) -> None:
    store = Remote()
    with Manifest(tmp_path / "output", store) as held:
        for stem in ("one", "two"):
            held.put(built(wanted[0], theme, stem=stem))
        assert held.token("one.html") == '["one.html"]'
        assert prune(held, ["one.html"]) == (["one.html"], [])
        assert store.removed == ["one.html"]
        assert list(held.stats()) == ["two.html"]


TEN = tuple(f"{number}.html" for number in range(12))


@pytest.mark.parametrize(
    ("say", "code", "message", "advice"),
    [
        (
            vanished,
            "GP756",
            "{} of this build disappeared while others were being written: {}",
            "find out what removes them, then build again",
        ),
        (orphaned, "GP721", "the source of {} no longer exists: {}", "`genplan build --prune` removes them"),
    ],
)
def test_what_is_said_of_files_that_are_left_over_or_gone(say: Callable, code: str, message: str, advice: str) -> None:
    assert say([], "output") == []
    (one,) = say(["a.html"], "output")
    assert (one.code, one.span.file, one.message) == (code, "output", message.format("1 file", "a.html"))
    assert one.help == advice
    (many,) = say(TEN, "output")
    assert many.message == message.format("12 files", ", ".join(TEN[:10]) + " and 2 more")


def test_what_is_said_of_files_that_are_out_of_date() -> None:
    assert report_outdated([], "output") == []
    (one,) = report_outdated(["a.html"], "output")
    assert (one.code, one.span.file) == ("GP725", "output")
    assert one.message == "1 file is out of date: its sources have changed, and this build did not include it: a.html"
    assert one.help
    (many,) = report_outdated(TEN, "output")
    assert many.message.startswith("12 files are out of date: ")
    assert many.message.endswith(", ".join(TEN[:10]) + " and 2 more")
