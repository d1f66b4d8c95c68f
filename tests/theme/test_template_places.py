"""What is wrong with a template is said with its file and line, wherever the template stands."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme

RenderKind = Callable[..., Outcome[Document | None]]
Load = Callable[[Mapping[str, str | bytes]], Outcome[Theme | None]]

HEADER = "{#---\ntitle: 通知\nscope: plan\n---#}\n"
KIND = "kinds/memo.html.j2"


def problem(render_kind: RenderKind, files: Mapping[str, str | bytes], name: str = "memo") -> tuple[str, str]:
    document, found = render_kind(files, name)
    assert document is None
    assert len(found) == 1
    return found[0].code, str(found[0].span)


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("<p>\n{{ plan.titel }}\n</p>", "GP503", 6),
        ("{{ titel }}", "GP503", 5),
        ("\n\n{% if plan.titel %}x{% endif %}", "GP503", 7),
        ("{% for x in plan.titels %}{% endfor %}", "GP503", 5),
        ("{{ plan.appeal.handler.x }}", "GP503", 5),
        ("<p>\n{% if plan.version %}\n</p>", "GP502", 7),
        ("{{ plan.version }\n", "GP502", 5),
        ("{% fi %}", "GP502", 5),
        ("\n{{ 'x'|nosuchfilter }}", "GP502", 6),
        ("\n{{ 'x' is nosuchtest }}", "GP502", 6),
        ("\n{% include 'parts/nosuch.html.j2' %}", "GP505", 6),
        ("\n{% from 'parts/tables.html.j2' import nosuch %}{{ nosuch() }}", "GP503", 6),
        ("\n{% extends 'bas.html.j2' %}", "GP505", 6),
        ("\n{{ t('result.totl') }}", "GP515", 6),
        ("\n{{ t('scheme.cycle_text') }}", "GP515", 6),
        ("\n{{ plan.title + 1 }}", "GP506", 6),
        ("\n{{ plan.title|number }}", "GP506", 6),
        ("\n{{ 'heute'|date }}", "GP506", 6),
        ("\n{{ t() }}", "GP506", 6),
        ("\n{{ ''.__class__ }}", "GP504", 6),
    ],
)
def test_place_in_a_kind(render_kind: RenderKind, body: str, code: str, line: int):
    assert problem(render_kind, {KIND: HEADER + body}) == (code, f"templates/{KIND}:{line}")


def test_label_says_which(render_kind: RenderKind):
    _, found = render_kind({KIND: HEADER + "{{ t('result.totl') }}"})
    assert "`result.totl`" in found[0].message
    _, found = render_kind({KIND: HEADER + "{{ t('scheme.cycle_text') }}"})
    assert "scheme.cycle_text" in found[0].message
    assert "cycles" in found[0].message


def test_place_inside_an_imported_macro(render_kind: RenderKind):
    files = {
        "parts/own.html.j2": "{% macro line(x) %}\n<p>\n{{ x.nosuch }}</p>\n{% endmacro %}",
        KIND: HEADER + '{% from "parts/own.html.j2" import line %}\n{{ line(plan) }}',
    }
    assert problem(render_kind, files) == ("GP503", "templates/parts/own.html.j2:3")


def test_place_inside_an_included_part(render_kind: RenderKind):
    files = {"parts/own.html.j2": "\n\n{{ nosuch }}", KIND: HEADER + "{% include 'parts/own.html.j2' %}"}
    assert problem(render_kind, files) == ("GP503", "templates/parts/own.html.j2:3")


def test_place_inside_an_included_part_that_cannot_be_read(render_kind: RenderKind):
    files = {"parts/own.html.j2": "\n{% if %}", KIND: HEADER + "\n{% include 'parts/own.html.j2' %}"}
    assert problem(render_kind, files) == ("GP502", "templates/parts/own.html.j2:2")


def test_place_in_a_built_in_macro_that_a_workspace_calls(render_kind: RenderKind):
    files = {KIND: HEADER + '{% from "parts/tables.html.j2" import columns %}\n{{ columns([]) }}{{ columns(["x"]) }}'}
    code, place = problem(render_kind, files)
    assert (code, place.rpartition(":")[0]) == ("GP506", "builtin/parts/tables.html.j2")


def test_place_in_a_block_of_an_override(render_kind: RenderKind):
    files = {"kinds/scheme.html.j2": '{% extends "builtin/kinds/scheme.html.j2" %}\n{% block signatures %}\n{{ nosuch }}\n{% endblock %}'}
    assert problem(render_kind, files, "scheme") == ("GP503", "templates/kinds/scheme.html.j2:3")


def test_place_in_an_overridden_part_of_a_built_in_kind(render_kind: RenderKind):
    files = {"parts/tables.html.j2": "\n{% macro columns(x) %}{% endmacro %}"}
    code, place = problem(render_kind, files, "scheme")
    assert (code, place.rpartition(":")[0]) == ("GP503", "builtin/parts/indicators.html.j2")


def test_place_where_the_folder_has_another_name(tmp_path: Path, sample_context: dict[str, object]):
    path = tmp_path / "look" / KIND
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + "\n{{ nosuch }}", "utf-8")
    theme, _ = load_theme(tmp_path / "look", "zh-CN")
    assert theme is not None
    document, found = render(theme, theme.kinds["memo"], sample_context, date(2026, 7, 1))
    assert document is None
    assert str(found[0].span) == f"look/{KIND}:6"


def test_part_of_another_encoding(render_kind: RenderKind):
    files = {"parts/own.html.j2": "考核".encode("gbk"), KIND: HEADER + "\n{% include 'parts/own.html.j2' %}"}
    assert problem(render_kind, files) == ("GP501", f"templates/{KIND}:6")


def test_kind_of_another_encoding(load: Load):
    theme, found = load({KIND: (HEADER + "考核").encode("utf-16")})
    assert theme is not None
    assert "memo" not in theme.kinds
    assert [(d.code, d.span.file) for d in found] == [("GP002", f"templates/{KIND}")]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("<p>x</p>", "GP510", 1),
        ("{#---\ntitle: 通知\n---#}", "GP202", 2),
        ("{#---\ntitle: 通知\nscope: team\n---#}", "GP204", 3),
        ("{#---\ntitle: 通知\nscope: plan\nneeds: [wings]\n---#}", "GP204", 4),
        ("{#---\ntitle: 通知\nscope: plan\nblanc: true\n---#}", "GP201", 4),
        ("{#---\ntitle: [\n---#}", "GP101", 2),
        ("{#---\ntitle: 通\u2028知\nscope: plan\n---#}", "GP006", 2),
    ],
)
def test_header_of_a_kind(load: Load, text: str, code: str, line: int):
    theme, found = load({KIND: text})
    assert theme is not None
    assert "memo" not in theme.kinds
    assert [(d.code, d.span.file, d.span.line) for d in found] == [(code, f"templates/{KIND}", line)]
