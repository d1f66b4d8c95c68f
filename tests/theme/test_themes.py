"""Themes laid over the built-in one: the official one (公文), and a workspace's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from genplan import resources
from genplan.diagnostics import Span
from genplan.theme.kinds import Kind
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.theme.themes import ThemeChoice

OFFICIAL = ThemeChoice("official")
BRAND = 'meta: {name: {short: 云帆, full: 云帆网络科技有限公司}}\ncolor: {primary: "#6A1B4D", info: "#123456"}\n'


def loaded(templates: Path | None, choice: ThemeChoice = OFFICIAL):
    theme, found = load_theme(templates, "zh-CN", choice)
    assert theme is not None
    assert not found
    return theme


def text(theme, kind: str, context: dict) -> str:
    document, found = render(theme, theme.kinds[kind], context, date(2026, 6, 15))
    assert document is not None, found
    return "".join(document.tree.find("body").itertext())


def test_unknown_theme_is_told_and_the_built_in_one_stands_in():
    theme, found = load_theme(None, "zh-CN", ThemeChoice("offical", Span("--theme")))
    assert theme is not None
    assert [(each.code, each.span.file) for each in found] == [("GP535", "--theme")]
    assert "modern" in found[0].help
    assert "official" in found[0].help
    assert theme.brand.body_font == "Noto Sans SC"


@pytest.mark.parametrize("name", ["../official", ".", "", "official/styles", "/tmp"])
def test_a_theme_is_a_name_and_no_path(name: str):
    assert [each.code for each in load_theme(None, "zh-CN", ThemeChoice(name)).diagnostics] == ["GP535"]


def test_names_are_the_company_s_and_the_look_is_the_theme_s(workspace: Callable):
    brand = loaded(workspace({"brand.yml": BRAND})).brand
    assert brand.full_name == "云帆网络科技有限公司"
    assert (brand.colors["primary"], brand.colors["info"]) == ("#000000", "#123456")
    assert (brand.body_font, brand.heading_font, brand.body_size) == ("Noto Serif SC", "Noto Sans SC", 16)
    assert (brand.word_body_font, brand.word_heading_font) == ("仿宋", "黑体")


def test_a_workspace_changes_a_theme_in_its_folder(workspace: Callable):
    files = {
        "brand.yml": BRAND,
        "themes/official/brand.yml": "typography: {base: {size: 14pt}}\n",
        "themes/official/styles/theme.css": "p{color:red}",
    }
    theme = loaded(workspace(files))
    assert theme.brand.body_size == 14
    assert theme.brand.body_font == "Noto Serif SC"
    sheet = theme.stylesheet
    assert sheet.index("p{color:red}") > sheet.index("img { max-width")
    assert "h1, h2, h3, h4{color:#000000}" in sheet


def test_a_workspace_brings_a_theme_of_its_own(workspace: Callable):
    templates = workspace({"brand.yml": BRAND, "themes/plain/brand.yml": 'color: {primary: "#010203"}\n'})
    assert loaded(templates, ThemeChoice("plain")).brand.colors["primary"] == "#010203"
    assert loaded(templates, ThemeChoice()).brand.colors["primary"] == "#6a1b4d"


def test_a_mistake_in_a_theme_s_brand_is_placed_there(workspace: Callable):
    _, found = load_theme(workspace({"themes/plain/brand.yml": "color: {primry: red}\n"}), "zh-CN", ThemeChoice("plain"))
    assert [each.span.file for each in found] == ["templates/themes/plain/brand.yml"]


def test_sheets_of_a_theme_are_read_with_it_alone():
    sheet = (resources.templates() / "themes" / "official" / "styles" / "theme.css").read_text("utf-8")
    assert sheet in loaded(None).stylesheet
    assert sheet not in loaded(None, ThemeChoice()).stylesheet


def test_templates_extend_what_stands_below_them(workspace: Callable, sample_context: dict):
    """Workspace, then theme, then what is built in: each adds to the one below by the same name."""
    files = {
        "base.html.j2": '{% extends "builtin/base.html.j2" %}{% block running_header %}<span>甲</span>{{ super() }}{% endblock %}',
        "kinds/scheme.html.j2": '{% extends "builtin/kinds/scheme.html.j2" %}{% block content %}<p>前言</p>{{ super() }}{% endblock %}',
    }
    shown = text(loaded(workspace(files)), "scheme", sample_context)
    assert "甲" in shown
    assert "前言" in shown
    assert "文件" in shown
    assert "考核目的" in shown
    assert "— " in shown
    assert "页　共" not in shown


def test_letterhead_stands_over_what_an_organisation_issues(sample_context: dict):
    theme = loaded(None)
    assert "示例科技有限公司文件" in text(theme, "scheme", sample_context)
    other = Kind("other", theme.kinds["scheme"].header, "kinds/scheme.html.j2")
    document, _ = render(theme, other, sample_context | {"kind": {"name": "other", "title": "其他"}}, date(2026, 6, 15))
    assert document is not None
    assert "公司文件" not in "".join(document.tree.itertext())
