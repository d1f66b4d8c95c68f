"""Templates of a workspace that build on what is no longer there are found when the theme is loaded, without a document."""

from pathlib import Path

import pytest

from genplan.diagnostics import Diagnostic
from genplan.theme.theme import load_theme


def found(folder: Path, **templates: str) -> list[Diagnostic]:
    for name, text in templates.items():
        path = folder / "templates" / name.replace("__", "/")
        path = path.with_name(f"{path.name}.html.j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_theme(folder / "templates", "zh-CN").diagnostics


EXTENDS = '{% extends "builtin/kinds/result.html.j2" %}\n'


def test_block_that_no_template_above_has(tmp_path: Path):
    [only] = found(tmp_path, kinds__result=f"{EXTENDS}\n  {{% block runing_footer %}}x{{% endblock %}}\n")
    assert (only.code, str(only.span), only.span.end_column) == ("GP522", "templates/kinds/result.html.j2:3:12", 25)
    assert "did you mean `running_footer`?" in only.help
    assert "signatures" in only.help


def test_block_without_a_likeness_lists_the_blocks(tmp_path: Path):
    [only] = found(tmp_path, kinds__result=f"{EXTENDS}{{% block 页脚 %}}x{{% endblock %}}")
    assert only.help.startswith("the blocks there are: title, ")
    assert only.span.column == 10


@pytest.mark.parametrize(
    "text",
    [
        f"{EXTENDS}{{% block running_footer %}}x{{% endblock %}}",  # of the template two above
        f"{EXTENDS}{{% block content %}}{{% block own %}}x{{% endblock %}}{{{{ super() }}}}{{% endblock %}}",  # a block of its own, inside
        EXTENDS,
        '{% from "parts/tables.html.j2" import columns, head as h %}{% import "parts/tables.html.j2" as t %}{{ t.columns([1]) }}',
        "{% extends name %}{% block whatever %}{% endblock %}",  # not known before it is rendered
        '{% include "parts/none.html.j2" ignore missing %}',
        "{% block standing_alone %}{% endblock %}",
        "{% if %}",  # a mistake of syntax is told when it is rendered
    ],
)
def test_what_is_fine(tmp_path: Path, text: str):
    assert not found(tmp_path, kinds__result=text)


def test_a_part_of_its_own_name_is_fine(tmp_path: Path):
    assert not found(tmp_path, parts__own="{% macro a() %}{% endmacro %}", parts__other='{% from "parts/own.html.j2" import a %}')


def test_chain_through_another_template_of_the_workspace(tmp_path: Path):
    between = '{% extends "base.html.j2" %}{% block content %}{% block middle %}{% endblock %}{% endblock %}'
    last = '{% extends "between.html.j2" %}{% block middle %}{% endblock %}{% block centre %}{% endblock %}'
    assert [d.message.split("`")[1] for d in found(tmp_path, between=between, last=last)] == ["centre"]


def test_circle_of_templates_ends(tmp_path: Path):
    one, other = ('{% extends "b.html.j2" %}{% block x %}{% endblock %}', '{% extends "a.html.j2" %}{% block y %}{% endblock %}')
    assert not found(tmp_path, a=one, b=other)


def test_macro_that_a_part_does_not_have(tmp_path: Path):
    text = '{% from "parts/signatures.html.j2" import\n   signature as s %}\n{% import "parts/tables.html.j2" as t %}\n{{ t.colums([1]) }}'
    first, second = found(tmp_path, kinds__result=text)
    assert (first.code, str(first.span)) == ("GP523", "templates/kinds/result.html.j2:2:4")
    assert "did you mean `signatures`?" in first.help
    assert (second.code, str(second.span)) == ("GP523", "templates/kinds/result.html.j2:4:6")
    assert "did you mean `columns`?" in second.help


@pytest.mark.parametrize("tag", ["from {} import a", "import {} as a", "include {}", "extends {}"])
def test_template_that_is_not_there(tmp_path: Path, tag: str):
    [only] = found(tmp_path, parts__own="\n{% " + tag.format('"parts/signature.html.j2"') + " %}")
    assert (only.code, only.span.line) == ("GP505", 2)
    assert only.help == "did you mean `parts/signatures.html.j2`?"


def test_templates_that_cannot_be_read_are_left_to_rendering(tmp_path: Path):
    path = tmp_path / "templates" / "parts" / "own.html.j2"
    path.parent.mkdir(parents=True)
    path.write_bytes("{% block 甲 %}".encode("gbk"))
    assert not found(tmp_path)
