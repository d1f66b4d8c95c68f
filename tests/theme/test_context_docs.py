"""docs/adding-a-kind.md lists what templates see, no more and no less, and its example can be built."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from vocabulary import problems

from genplan.diagnostics import Outcome
from genplan.documents.specs import in_editions, list_documents
from genplan.theme.kinds import NEEDS, Header, Scope
from genplan.theme.render import render
from genplan.theme.sandbox import _METHODS
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import FORMATS, maker, writer
from genplan.writers.options import DEFAULTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-kind.md").read_text("utf-8")
SAMPLES = sorted((ROOT / "plans").glob("*.md"))
EVERYTHING = Path(__file__).parent / "everything" / "everything.md"
"""A plan with all scoring methods and all that a total can be composed of, and results of two periods."""
CALIBRATED = ROOT / "tests" / "schemes" / "plans" / "s15-taiwan.md"
"""A plan with a calibration."""
SUMMED_UP = ROOT / "tests" / "schemes" / "plans" / "year.md"
"""A plan that sums up another."""
QUARTERS = ROOT / "tests" / "schemes" / "plans" / "quarter.md"
"""A plan with results of four periods."""
WITH_ANNEXES = ROOT / "tests" / "schemes" / "plans" / "service.md"
"""A scheme of several positions."""
BY_TABLE = ROOT / "tests" / "schemes" / "plans" / "two-way.md"
"""A plan with two-way tables."""
SAME_AGAIN = ("plan.positions[].plan", "plan.positions[].indicators[]")
"""What holds the same keys as `plan` and `indicators[]`."""
OWN_FILTERS = {"wrapped", "percent", "number", "date", "lines"}
SEGMENT_LINE = "result.segments[].lines[]"
REPORT_LINE = "report.units[].lines[]"
NAMES_OF_ONE = {"prose": "NAME", "brand.colors": "ROLE", "brand.logos": "SIZE", "brand.links": "NAME"}
"""Mappings whose keys are names, and what the page writes for them."""


@cache
def built_in() -> Theme:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    return theme


@cache
def assessments() -> tuple[Assessment, ...]:
    plans = (*SAMPLES, EVERYTHING, CALIBRATED, SUMMED_UP, QUARTERS, WITH_ANNEXES, BY_TABLE)
    found = [assess(plan, plan.name, ROOT, built_in()).value for plan in plans]
    return tuple(assessment for assessment in found if assessment is not None)


def leaves(value: object, path: str = "") -> Iterator[str]:
    """Name the innermost keys of a context: `plan.duties[].area`."""
    if path in SAME_AGAIN:
        yield path
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            name = NAMES_OF_ONE.get(path, key)
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path


@cache
def seen(scope: Scope) -> frozenset[str]:
    """The keys of every context of that scope, those that hold more where they are not none left out."""
    keys: set[str] = set()
    for assessment in assessments():
        plain = list(list_documents(assessment))
        for order in [*plain, *in_editions(plain, (built_in().editions["hr"],))]:
            if order.kind.header.scope is scope and not order.lacking:
                keys.update(leaves(order.context(built_in())))
    return frozenset(key for key in keys if not any(other.startswith((f"{key}.", f"{key}[")) for other in keys))


def documented(section: str) -> set[str]:
    """The keys in the first column of a table of the page."""
    part = PAGE.partition(f"<!-- keys: {section} -->")[2].partition("<!-- keys:")[0].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def line_keys(keys: set[str] | frozenset[str], line: str = "result.lines[]") -> set[str]:
    """A line has the keys of an indicator besides its own, and a segment's line those of a result's; the page names these once."""
    inner = {key.replace("indicators[].indicators[]", line, 1) for key in seen(Scope.PLAN) if key.startswith("indicators[].indicators[]")}
    return {key for key in set(keys) - inner if not key.startswith(SEGMENT_LINE)}


def test_keys_of_every_kind():
    assert documented("every kind") == seen(Scope.PLAN)


def test_keys_of_a_person():
    assert documented("person") - {"result.lines[]", SEGMENT_LINE} == line_keys(seen(Scope.PERSON) - seen(Scope.PLAN))


def test_keys_of_a_segments_line():
    keys = {key.replace(SEGMENT_LINE, "result.lines[]") for key in seen(Scope.PERSON) if key.startswith(SEGMENT_LINE)}
    assert keys <= seen(Scope.PERSON)


def test_keys_of_a_cycle():
    assert documented("cycle") - {REPORT_LINE} == line_keys(seen(Scope.CYCLE) - seen(Scope.PLAN), REPORT_LINE)


def test_context_is_plain_data():
    def check(value: object) -> None:
        if isinstance(value, Mapping):
            assert type(value) is dict
            for inner in value.values():
                check(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                check(inner)
        else:
            assert value is None or isinstance(value, str | int | Decimal | date), type(value)

    for assessment in assessments():
        for order in list_documents(assessment):
            if not order.lacking:
                check(order.context(built_in()))


def test_header_keys():
    part = PAGE.partition("## The header")[2].partition("## The template")[0]
    keys = re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
    assert set(keys) == set(Header.model_fields)
    assert all(f"`{need}`" in part for need in NEEDS)
    assert all(f"`{scope.value}`" in part for scope in Scope)


def test_blocks():
    part = PAGE.partition("fill in its blocks")[2].partition("Parts shared by kinds")[0]
    named = set(re.findall(r"`(\w+)`", part)) - {"outline", "regulation"}
    base = (ROOT / "templates" / "base.html.j2").read_text("utf-8")
    assert named == set(re.findall(r"{% block (\w+) %}", base))


def test_filters():
    listed = set(re.findall(r"`(\w+)`", PAGE.partition("<!-- filters -->")[2].partition("\n\n")[0]))
    assert listed | OWN_FILTERS == set(built_in().environment.filters)
    assert all(f"`\\|{name}" in PAGE for name in OWN_FILTERS)


def test_methods():
    part = PAGE.partition("Text has the methods")[2]
    allowed = {name for _, names in _METHODS for name in names} - {"lstrip", "rstrip", "rpartition", "index"}
    assert {name for name in allowed if f"`{name}`" not in part} == set()


def test_globals():
    for name in built_in().environment.globals:
        assert f"`{name}(" in PAGE


# The example


def example() -> tuple[str, str]:
    match = re.search(r"<!-- example: templates/(\S+) -->\n```jinja\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    return match[1], match[2]


@pytest.fixture
def with_example(load: Callable[..., Outcome[Theme | None]]) -> Theme:
    theme, found = load(dict([example()]))
    assert theme is not None
    assert not found
    return theme


def test_example_is_built_in_every_format(with_example: Theme):
    plan = ROOT / "plans" / "community-operations-specialist.md"
    assessment, _ = assess(plan, plan.name, ROOT, with_example)
    assert assessment is not None
    letters = [order for order in list_documents(assessment) if order.kind.name == "training"]
    assert [order.person.name for order in letters if order.person] == ["测试癸", "测试丑"]
    order = letters[0]
    assert order.stem(with_example) == "community-operations-specialist/2026-Q3/training/0016-测试癸-培训通知书"
    document, found = render(with_example, order.kind, order.context(with_example), date(2026, 7, 1))
    assert document is not None, found
    assert not list(problems(document.tree))
    text = "".join(document.tree.itertext())
    for part in ("测试癸", "2026年第三季度", "55.63", "待改进", "用户活跃度", "12.00", "导师辅导", "签字确认"):
        assert part in text
    for name in FORMATS:
        data, found = writer(maker(name, DEFAULTS))(document, make_look(with_example, plan.parent))
        assert not found
        assert data


def test_override_of_the_page_is_built(load: Callable[..., Outcome[Theme | None]]):
    match = re.search(r'```jinja\n({% extends "builtin/kinds/result\.html\.j2" %}.*?)```', PAGE, re.DOTALL)
    assert match is not None
    theme, found = load({"kinds/result.html.j2": match[1]})
    assert theme is not None
    assert not found
    plan = ROOT / "plans" / "community-operations-specialist.md"
    assessment, _ = assess(plan, plan.name, ROOT, theme)
    assert assessment is not None
    order = next(order for order in list_documents(assessment) if order.kind.name == "result")
    document, problem = render(theme, order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None, problem
    assert "本结果仅供本人阅知" in "".join(document.tree.itertext())
