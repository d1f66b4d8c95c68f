"""What macros printed is kept, and given again only where they would print the same."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pytest
from jinja2 import Environment

from genplan.theme.environment import make_environment
from genplan.theme.files import ThemeFiles
from genplan.theme.kept import names_seen
from genplan.theme.locale import Locale
from genplan.writers.docx.pictures import _svg

MACROS = """
{% macro shown(value, other="") %}<{{ value }}|{{ other }}>{% endmacro %}
{% macro first(values) %}{{ values[0] }}{% endmacro %}
{% macro entry(held) %}{% for name, value in held.items() %}{{ name }}={{ value }};{% endfor %}{% endmacro %}
{% macro kind(value) %}{% if value is boolean %}boolean{% elif value is integer %}integer{% else %}{{ value }}{% endif %}{% endmacro %}
{% macro around() %}[{{ caller() }}]{% endmacro %}
{% macro broken(value) %}{{ value.missing }}{% endmacro %}
"""
COUNTING = """
{% set held = namespace(count=0) %}
{% macro counted() %}{% set held.count = held.count + 1 %}{{ held.count }}{% endmacro %}
"""
COLORED = '{% from "inner.j2" import inner with context %}{% macro colored(x) %}{{ x }} {{ inner() }}{% endmacro %}'
INNER = "{% macro inner() %}{{ brand.color }}{% endmacro %}"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    for name, text in {"macros.j2": MACROS, "counting.j2": COUNTING, "colored.j2": COLORED, "inner.j2": INNER}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return make_environment(ThemeFiles((tmp_path,)), Locale("en", {}))


def print_of(environment: Environment, text: str, context: Mapping[str, object] | None = None) -> str:
    return environment.from_string(text).render(context or {})


CALLS = [
    ("shown", 1),
    ("shown", 1.0),
    ("shown", Decimal("1.0")),
    ("shown", Decimal("1.00")),
    ("shown", 0.0),
    ("shown", -0.0),
    ("shown", "a<b"),
    ("first", ["1"]),
    ("first", [1.5]),
    ("first", ["a", "b"]),
    ("entry", {"a": 1}),
    ("entry", {"a": 1.0}),
    ("entry", {"b": 1}),
    ("entry", {"a": 1, "b": 2}),
    ("entry", {"b": 2, "a": 1}),
    ("kind", True),
    ("kind", 1),
    ("kind", "boolean"),
    ("first", ["long" * 100]),
    ("first", [list(range(1, 2)) * 50, 1][1:]),
]


def test_each_argument_has_its_own_text(environment: Environment, tmp_path: Path) -> None:
    text = "{{% from 'macros.j2' import {0} %}}{{{{ {0}(value) }}}}"
    for _ in range(3):
        for name, value in CALLS:
            anew = make_environment(ThemeFiles((tmp_path,)), Locale("en", {}))
            assert print_of(environment, text.format(name), {"value": value}) == print_of(anew, text.format(name), {"value": value})


def test_safe_text_is_not_taken_for_other(environment: Environment) -> None:
    text = "{% from 'macros.j2' import shown %}{{ shown('<b>') }}{{ shown('<b>'|safe) }}{{ shown('<b>') }}"
    assert print_of(environment, text) == "<&lt;b&gt;|><<b>|><&lt;b&gt;|>"


def test_names_of_arguments_are_told_apart(environment: Environment) -> None:
    text = "{% from 'macros.j2' import shown %}{{ shown(1, other=2) }}{{ shown(2, other=1) }}{{ shown(other=1, value=2) }}{{ shown(1, 2) }}"
    assert print_of(environment, text) == "<1|2><2|1><2|1><1|2>"


def test_what_a_caller_says_is_not_kept(environment: Environment) -> None:
    text = "{% from 'macros.j2' import around %}{% for x in [1, 2, 1] %}{% call around() %}{{ x }}{% endcall %}{% endfor %}"
    assert print_of(environment, text) == "[1][2][1]"


def test_a_macro_that_counts_goes_on_counting(environment: Environment) -> None:
    text = "{% from 'counting.j2' import counted %}{{ counted() }}{{ counted() }}{{ counted() }}"
    assert print_of(environment, text) == "123"


def test_a_mistake_is_told_each_time(environment: Environment) -> None:
    for _ in range(2):
        with pytest.raises(Exception, match="missing"):
            print_of(environment, "{% from 'macros.j2' import broken %}{{ broken('a') }}")


def test_a_module_with_context_follows_what_it_sees(environment: Environment) -> None:
    text = "{% from 'colored.j2' import colored with context %}{{ colored(1) }}"
    red, blue = {"color": "red"}, {"color": "blue"}
    shown = [print_of(environment, text, {"brand": brand, "person": at}) for at, brand in enumerate([red, blue] * 10 + [red] * 10 + [blue])]
    assert shown == ["1 red", "1 blue"] * 10 + ["1 red"] * 10 + ["1 blue"]


def test_a_module_follows_names_that_hide_globals(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "ranged.j2").write_text("{% macro ranged() %}{{ range(3)|list|length }}{% endmacro %}", "utf-8")
    text = "{% from 'ranged.j2' import ranged with context %}{{ ranged() }}"
    assert [print_of(environment, text) for _ in range(12)] == ["3"] * 12
    assert print_of(environment, "{% from 'macros.j2' import shown %}{% set range = shown %}" + text) == str(len("<3|>"))


def test_names_seen_are_those_of_what_is_imported_with_context(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "open.j2").write_text("{% include where %}", "utf-8")
    assert names_seen(environment, "colored.j2") == {"brand"}
    assert names_seen(environment, "macros.j2") == frozenset()
    assert names_seen(environment, "open.j2") is None


def test_templates_do_not_see_what_is_kept(environment: Environment) -> None:
    text = "{% import 'macros.j2' as m %}{{ m.shown(1) }}{{ m.shown._kept }}"
    with pytest.raises(Exception, match="unsafe"):
        print_of(environment, text)


def test_drawings_are_written_as_elementtree_does() -> None:
    tree = fromstring(
        '<svg xmlns:x="urn:x" width="1mm" note="a&lt;b&amp;&quot;c&#10;d&#9;"><title>a&lt;b&amp;c"</title><g/>'
        '<text x="1">甲</text> tail &amp;<text font-family="A, B" y="2">乙</text></svg>'
    )
    copy = fromstring(tostring(tree))
    for text, family in zip(copy.iter("text"), ("Face, sans-serif", "Face, A, B"), strict=True):
        text.set("font-family", family)
    assert _svg(tree, "Face") == tostring(copy, encoding="unicode")
