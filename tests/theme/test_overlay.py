"""A workspace's templates/ lies over the built-in one: file by file, block by block, label by label."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from genplan import resources
from genplan.diagnostics import Outcome
from genplan.theme.document import Document
from genplan.theme.files import ThemeFiles
from genplan.theme.stylesheet import own_sheets
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice

RenderKind = Callable[..., Outcome[Document | None]]
Load = Callable[[Mapping[str, str | bytes]], Outcome[Theme | None]]
HEADER = "{#---\ntitle: 通知\nscope: plan\n---#}\n"


def text(outcome: Outcome[Document | None]) -> str:
    document, found = outcome
    assert document is not None, found
    return "".join(document.tree.itertext())


def test_block_of_a_built_in_kind(render_kind: RenderKind):
    files = {
        "kinds/scheme.html.j2": '{% extends "builtin/kinds/scheme.html.j2" %}\n'
        "{% block cover_line %}甲公司{% endblock %}{% block content %}<p>前言</p>{{ super() }}{% endblock %}"
    }
    shown = text(render_kind(files, "scheme"))
    assert "甲公司" in shown
    assert shown.index("前言") < shown.rindex("考核目的")  # its heading, behind the table of contents


def test_override_keeps_the_header_it_does_not_state(load: Load):
    theme, found = load({"kinds/scheme.html.j2": '{% extends "builtin/kinds/scheme.html.j2" %}'})
    assert theme is not None
    assert not found
    assert theme.kinds["scheme"].header.sections[0] == "general"


def test_override_may_state_its_header(load: Load):
    theme, _ = load({"kinds/scheme.html.j2": HEADER})
    assert theme is not None
    assert theme.kinds["scheme"].title(theme.locale) == "通知"


def test_base_is_replaced_under_every_kind(render_kind: RenderKind):
    files = {
        "base.html.j2": '{% extends "builtin/base.html.j2" %}{% block running_footer %}<span class="left">内部资料</span>{% endblock %}'
    }
    assert "内部资料" in text(render_kind(files, "scheme"))


def test_part_is_replaced_under_every_kind(render_kind: RenderKind):
    files = {"parts/signatures.html.j2": "{% macro signatures(title, signatories, statement='') %}<p>另行签署</p>{% endmacro %}"}
    assert "另行签署" in text(render_kind(files, "scheme"))


def test_label_is_replaced_and_the_others_stay(load: Load):
    theme, found = load({"locales/zh-CN.yml": "scheme:\n  signatures: 会签\n"})
    assert theme is not None
    assert not found
    assert theme.locale.label("scheme.signatures") == "会签"
    assert theme.locale.label("scheme.use") == "结果应用"


def test_label_that_stands_twice_is_reported(load: Load):
    _, found = load({"locales/zh-CN.yml": "none: a\nnone: b\n"})
    assert [(d.code, str(d.span)) for d in found] == [("GP103", "templates/locales/zh-CN.yml:2:1")]


def test_language_without_labels():
    _, found = load_theme(None, "tlh")
    assert [(d.code, d.span.file) for d in found] == [("GP514", "templates/locales/tlh.yml")]


def test_style_sheets_are_joined(load: Load):
    theme, _ = load({"styles/custom.css": "h1 { color: red }"})
    assert theme is not None
    assert theme.stylesheet.endswith("h1 { color: red }")
    assert "table-layout: fixed" in theme.stylesheet


def test_workspace_of_the_checkout_itself_is_the_built_in_theme():
    theme, _ = load_theme(resources.templates(), "zh-CN")
    assert theme is not None
    assert theme.files.roots == (resources.templates(),)


# Finding files


@pytest.fixture
def files(tmp_path: Path) -> ThemeFiles:
    (tmp_path / "over" / "images").mkdir(parents=True)
    (tmp_path / "under" / "images").mkdir(parents=True)
    (tmp_path / "over" / "images" / "a.png").write_text("over")
    (tmp_path / "under" / "images" / "a.png").write_text("under")
    (tmp_path / "under" / "images" / "b.png").write_text("under")
    (tmp_path / "secret.png").write_text("secret")
    (tmp_path / "over" / "images" / "out.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "over" / "images" / "in.png").symlink_to(tmp_path / "over" / "images" / "a.png")
    (tmp_path / "over" / "up").symlink_to(tmp_path)
    return ThemeFiles((tmp_path / "over", tmp_path / "under"))


@pytest.mark.parametrize(
    ("name", "content"), [("images/a.png", "over"), ("images/b.png", "under"), ("images/in.png", "over"), ("./images/b.png", "under")]
)
def test_file_is_found(files: ThemeFiles, name: str, content: str):
    path = files.find(name)
    assert path is not None
    assert path.read_text() == content


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "images",
        "images/",
        "nosuch.png",
        "../secret.png",
        "images/../../secret.png",
        "images/../images/a.png",
        "..",
        "/etc/passwd",
        "//etc/passwd",
        "..\\secret.png",
        "images\\a.png",
        "C:/secret.png",
        "file:///etc/passwd",
        "images/out.png",
        "up/secret.png",
        "up/over/../secret.png",
    ],
)
def test_file_outside_is_not_found(files: ThemeFiles, name: str):
    assert files.find(name) is None


def test_absolute_path_of_a_file_inside_is_not_found(files: ThemeFiles):
    assert files.find(str(files.roots[0] / "images" / "a.png")) is None


def test_name_with_a_null_character_is_not_found(files: ThemeFiles):
    assert files.find("images/a.png\0") is None


def test_name_too_long_for_the_file_system_is_not_found(files: ThemeFiles):
    assert files.find("x" * 10_000) is None


def test_link_that_leads_to_itself_is_not_found(files: ThemeFiles):
    (files.roots[0] / "loop").symlink_to(files.roots[0] / "loop")
    assert files.find("loop") is None


def test_linked_template_outside_the_theme_is_not_read(render_kind: RenderKind, workspace: Callable[..., Path]):
    templates = workspace({})
    (templates / "parts").mkdir()
    (templates / "parts" / "link.html.j2").symlink_to(templates.parents[1] / "secret.html.j2")
    document, found = render_kind({"kinds/memo.html.j2": HEADER + "{% include 'parts/link.html.j2' %}"})
    assert document is None
    assert [d.code for d in found] == ["GP505"]


def test_names_are_listed_once(files: ThemeFiles):
    assert files.names("images", ".png") == ["a.png", "b.png", "in.png", "out.png"]


def test_imported_sheets_stand_before_the_one_that_imports_them(load: Load):
    theme, found = load(
        {
            "styles/custom.css": '\ufeff@import "styles/print.css" print;\n@import url(styles/all.css);\nh1 { color: red }',
            "styles/print.css": "@import 'styles/custom.css';h2 { color: green }",
            "styles/all.css": "h3 { color: blue }",
        }
    )
    assert theme is not None
    assert not found
    sheets = own_sheets(theme.files)
    assert [sheet.file for sheet in sheets] == [f"templates/styles/{name}.css" for name in ("print", "all", "custom")]
    assert [" ".join(str(sheet).split()) for sheet in sheets] == [
        "@media print{ h2 { color: green } }",
        "h3 { color: blue }",
        "h1 { color: red }",
    ]
    assert sheets[2].text.count("\n") == 2  # lines stay where they are
    assert "@import" not in theme.stylesheet


def test_sheet_of_a_theme_is_named_by_its_folder(tmp_path: Path):
    for name in ("styles/custom.css", "themes/official/styles/theme.css"):
        (tmp_path / "templates" / name).parent.mkdir(parents=True)
        (tmp_path / "templates" / name).write_text("p { color: red", "utf-8")
    _, found = load_theme(tmp_path / "templates", "zh-CN", ThemeChoice("official"))
    assert [str(d.span) for d in found] == ["templates/themes/official/styles/theme.css:1:3", "templates/styles/custom.css:1:3"]
    assert {d.code for d in found} == {"GP603"}
