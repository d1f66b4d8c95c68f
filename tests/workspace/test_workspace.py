"""Finding a workspace, its settings and its plans."""

from pathlib import Path

import pytest

from genplan.workspace.workspace import SETTINGS, find_workspace, plan_paths


def make(root: Path, settings: str | bytes = "schema: 1\n", *plans: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    (root / SETTINGS).write_bytes(settings.encode() if isinstance(settings, str) else settings)
    for name in plans:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("---\n---\n")
    return root


def codes(found: list) -> list[str]:
    return [diagnostic.code for diagnostic in found]


@pytest.mark.parametrize(
    "settings", ["", "# only a remark\n", "schema: 1\n", "plans: plans\ntemplates: templates\noutput: output\n", "schema: '1'\n"]
)
def test_folders_have_the_usual_names_unless_the_settings_say_otherwise(tmp_path: Path, settings: str) -> None:
    workspace, found = find_workspace(make(tmp_path, settings))
    assert not found
    assert (workspace.root, workspace.plans, workspace.templates, workspace.output) == (
        tmp_path,
        tmp_path / "plans",
        tmp_path / "templates",
        tmp_path / "output",
    )


def test_settings_name_other_folders(tmp_path: Path) -> None:
    workspace, _ = find_workspace(make(tmp_path, "plans: 方案\noutput: 结果/文件\n"))
    assert (workspace.plans, workspace.output) == (tmp_path / "方案", tmp_path / "结果" / "文件")


def test_the_nearest_workspace_above_is_found(tmp_path: Path) -> None:
    make(tmp_path)
    inner = make(tmp_path / "a" / "b")
    deep = inner / "c" / "d"
    deep.mkdir(parents=True)
    assert find_workspace(deep).value.root == inner
    assert find_workspace(tmp_path / "a").value.root == tmp_path


def test_a_plan_file_finds_the_workspace_it_stands_in(tmp_path: Path) -> None:
    make(tmp_path, "schema: 1\n", "plans/a.md")
    assert find_workspace(tmp_path / "plans" / "a.md").value.root == tmp_path


def test_a_folder_of_the_settings_name_is_told(tmp_path: Path) -> None:
    (tmp_path / SETTINGS).mkdir()
    workspace, found = find_workspace(tmp_path)
    assert workspace is None
    assert [(d.code, d.span.file) for d in found] == [("GP001", SETTINGS)]


@pytest.mark.parametrize("name", ["a" * 5000, "考" * 300])
def test_a_name_that_no_file_can_have_is_no_workspace(tmp_path: Path, name: str) -> None:
    assert find_workspace(tmp_path / name).value is None


@pytest.mark.parametrize(
    "folder",
    ["/etc", "..", "../other", "plans/../..", "C:/", "C:plans", "\\\\server\\share", "a\\..\\..", "''", "' '", "[plans]", "{a: b}", "null"],
)
@pytest.mark.parametrize("key", ["plans", "templates", "output"])
def test_folders_outside_the_workspace_are_refused(tmp_path: Path, key: str, folder: str) -> None:
    workspace, found = find_workspace(make(tmp_path, f"{key}: {folder}\n"))
    assert workspace is None
    assert codes(found) == ["GP203"]
    assert found[0].span.file == SETTINGS
    assert found[0].span.line == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("- plans\n", "GP705"),
        ("plans\n", "GP705"),
        ("plan: plans\n", "GP201"),
        ("schema: 2\n", "GP206"),
        ("plans: a\nplans: b\n", "GP103"),
        ("plans: [\n", "GP101"),
        (b"plans: \xff\n", "GP002"),
        ("plans: *a\n", "GP102"),
        ("plans: a\x1bb\n", "GP006"),
        ("[" * 5000, "GP104"),
        (f"plans: {'考' * 86}\n", "GP203"),
    ],
)
def test_settings_that_do_not_fit_are_reported_at_their_place(tmp_path: Path, settings: str | bytes, code: str) -> None:
    workspace, found = find_workspace(make(tmp_path, settings))
    assert workspace is None
    assert code in codes(found)
    assert found[0].span.file == SETTINGS
    assert found[0].span.line


def test_plans_are_the_markdown_files_of_the_folder(tmp_path: Path) -> None:
    workspace = find_workspace(
        make(tmp_path, "", "plans/b.md", "plans/a.md", "plans/._a.md", "plans/notes.txt", "plans/results/c.md")
    ).value
    paths, found = plan_paths(workspace, ())
    assert not found
    assert [path.name for path in paths] == ["a.md", "b.md"]


def test_a_plan_named_twice_is_worked_on_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "", "plans/a.md", "plans/b.md")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.md").symlink_to("plans/a.md")
    named = [Path("plans/a.md"), tmp_path / "plans" / "a.md", Path("plans"), Path("plans/../plans/b.md"), Path("link.md")]
    paths, found = plan_paths(None, named)
    assert not found
    assert [path.name for path in paths] == ["a.md", "b.md"]


def test_a_path_that_leads_nowhere_does_not_stop_the_others(tmp_path: Path) -> None:
    make(tmp_path, "", "plans/a.md")
    (tmp_path / "circle").symlink_to("circle")
    paths, found = plan_paths(None, [tmp_path / "missing.md", tmp_path / "circle", tmp_path / ("x" * 5000), tmp_path / "plans" / "a.md"])
    assert codes(found) == ["GP001"] * 3
    assert [path.name for path in paths] == ["a.md"]


def test_without_plans_there_is_something_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for workspace, named in [(None, ()), (find_workspace(make(tmp_path / "w")).value, ()), (None, [tmp_path / "empty"])]:
        paths, found = plan_paths(workspace, named)
        assert not paths
        assert codes(found) == ["GP007"]
        assert "genplan" in found[0].help
