"""A misspelt name in a template is told with its file, its line and the name that is nearest."""

from pathlib import Path

import pytest

from genplan.diagnostics import Diagnostic
from genplan.theme.environment import render_template
from genplan.theme.theme import load_theme

CONTEXT = {"result": {"total": 1, "lines": [{"score": 3}]}, "plan": {"title": "方案", "period": {"label": "三季度"}, "people": ["甲"]}}


def problem(folder: Path, text: str) -> Diagnostic:
    (folder / "own.html.j2").write_text(text, "utf-8")
    theme, _ = load_theme(folder, "zh-CN")
    assert theme is not None
    diagnostic = render_template(theme.environment, "own.html.j2", CONTEXT, theme.files.roots)
    assert isinstance(diagnostic, Diagnostic)
    assert diagnostic.code == "GP503"
    assert diagnostic.span.file.endswith("own.html.j2")
    return diagnostic


@pytest.mark.parametrize(
    ("text", "line", "meant"),
    [
        ("甲\n{{ result.totl }}", 2, "result.total"),
        ("{{ reslt.total }}", 1, "result"),
        ("{% if plan.titel %}{% endif %}", 1, "plan.title"),
        ("\n\n{{ 1 + (result.totl * 2)|abs }}", 3, "result.total"),
        ("{% block a %}\n{{ plan.period.lable }}\n{% endblock %}", 2, "plan.period.label"),
        ("{% for line in result.lines %}\n{{ line.scoer }}{% endfor %}", 2, "line.score"),
        ("{% for line in result.lins %}{% endfor %}", 1, "result.lines"),
        ("{% macro m(line) %}\n\n{{ line.scor }}{% endmacro %}\n{{ m(result.lines[0]) }}", 3, "line.score"),
        ("{% macro m(line) %}\n{{ lien }}{% endmacro %}\n{{ m(1) }}", 2, "line"),
        ("{% set heading = 1 %}\n{{ haeding }}", 2, "heading"),
        ('{{ plan["titel"] }}', 1, "plan.title"),
        ('{{ t_("x") }}', 1, "t"),
    ],
)
def test_the_nearest_name(tmp_path: Path, text: str, line: int, meant: str):
    diagnostic = problem(tmp_path, text)
    assert diagnostic.span.line == line
    assert diagnostic.help == f"did you mean `{meant}`?"


def test_in_an_included_part(tmp_path: Path):
    (tmp_path / "outer.html.j2").write_text('{% include "own.html.j2" %}', "utf-8")
    (tmp_path / "own.html.j2").write_text("\n{{ result.totl }}", "utf-8")
    theme, _ = load_theme(tmp_path, "zh-CN")
    assert theme is not None
    diagnostic = render_template(theme.environment, "outer.html.j2", CONTEXT, theme.files.roots)
    assert isinstance(diagnostic, Diagnostic)
    assert (diagnostic.span.line, diagnostic.help) == (2, "did you mean `result.total`?")
    assert diagnostic.span.file.endswith("own.html.j2")


@pytest.mark.parametrize("text", ["{{ zzz }}", "{{ plan.zzz }}", "{{ plan.title.zzz }}", "{{ plan.people[5] }}"])
def test_nothing_near(tmp_path: Path, text: str):
    assert "adding-a-kind" in problem(tmp_path, text).help
