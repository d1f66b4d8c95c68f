"""Whatever is written, a plan is read or refused: diagnostics with places, and no exception."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genplan.diagnostics import Outcome
from genplan.plan.checks import check_plan
from genplan.plan.keys import ALIASES
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.model import Plan

SAMPLE = (Path(__file__).parents[2] / "plans" / "community-operations-department-quarterly.md").read_bytes()

words = st.sampled_from(
    ["甲", "乙", "30%", "0.3", "-1", "100", "", "~", "direct", "比率法", "2026-Q3", "2026-07-01", "normalize", "季度", "是", "a-1"]
)
keys = st.sampled_from(list(ALIASES)) | st.sampled_from([alias for aliases in ALIASES.values() for alias in aliases]) | words
values = st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=8)

METHODS = st.dictionaries(st.sampled_from(["method", "方法", "floor", "cap", "variant", "minimum"]), values, max_size=3)
OPTIONAL = dict.fromkeys(("weight", "target", "assesses", "polarity"), values)
INDICATORS = st.fixed_dictionaries({"name": words}, optional={**OPTIONAL, "scoring": words | METHODS})
fields = [field.alias or name for name, field in Plan.model_fields.items() if name not in ("schema_", "title", "department")]
names = st.sampled_from(["甲", "乙", "丙"])
numbers = st.integers(-1, 3)
shares = st.sampled_from(["0%", "30%", "100%", "120%"])
FORMULAS = st.sampled_from(["甲 / 乙", "乙 - 1", "max(丙, 甲)", "甲 ** 2"])
COMPUTED = st.fixed_dictionaries({"name": names}, optional={"compute": FORMULAS, "inputs": st.lists(names, max_size=2), "id": words})
BOUNDS = st.fixed_dictionaries({}, optional={"minimum": numbers, "maximum": numbers})
ITEMS = st.lists(st.fixed_dictionaries({"name": names}, optional={"cap": numbers}), max_size=3)
VETOES = st.lists(st.fixed_dictionaries({"name": names}, optional={"cap": numbers, "effect": st.sampled_from(["cap", "计零"])}), max_size=2)
CONDITIONS = st.builds("{} {} {}".format, names, st.sampled_from(["<", ">=", "或"]), numbers)
CEILINGS = st.lists(st.fixed_dictionaries({"when": CONDITIONS, "grade": names}), max_size=2)
QUOTAS = st.lists(st.fixed_dictionaries({"grade": names}, optional={"at_least": shares, "at_most": shares}), min_size=1, max_size=4)
plans = (
    st.dictionaries(st.sampled_from(fields), values, max_size=4)
    | st.fixed_dictionaries(
        {"indicators": st.lists(INDICATORS, max_size=3)}, optional={"grades": values, "duties": values, "results": words}
    )
    | st.fixed_dictionaries(
        {"indicators": st.lists(COMPUTED, max_size=3), "grades": st.lists(st.fixed_dictionaries({"name": names}), max_size=3)},
        optional={
            "total": BOUNDS,
            "bonuses": ITEMS,
            "deductions": ITEMS,
            "vetoes": VETOES,
            "ceilings": CEILINGS,
            "distribution": st.fixed_dictionaries({"rounding": st.just("down"), "quotas": QUOTAS}),
        },
    )
)


@settings(max_examples=300)
@given(data=plans)
def test_any_values_under_any_keys(read_plan: Callable[[str], Outcome[PlanFile | None]], data: dict) -> None:
    plan, found = read_plan(yaml.safe_dump(data, allow_unicode=True) if data else "")
    assert (plan is None) == bool(found)
    if plan is not None:
        found = check_plan(plan)
    assert all(d.span.line is not None and d.message for d in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(SAMPLE)),
    removed=st.integers(0, 40),
    put=st.binary(max_size=4) | st.sampled_from([b"[", b"{", b'"', b"\n", b"\t", b": "]),
)
def test_a_sample_with_a_slip_of_the_pen(tmp_path: Path, at: int, removed: int, put: bytes) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(SAMPLE[:at] + put + SAMPLE[at + removed :])
    plan, found = load_plan(path, "plan.md")
    assert (plan is None) == bool(found)
    if plan is not None:
        check_plan(plan)


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "''"])
@pytest.mark.parametrize("field", fields)
def test_the_wrong_kind_of_value_is_told(read_plan: Callable[[str], Outcome[PlanFile | None]], field: str, value: str) -> None:
    plan, found = read_plan(f"{field}: {value}")
    assert plan is not None or found[0].code in {"GP201", "GP202", "GP203", "GP204", "GP210"}


@pytest.mark.parametrize(
    "long", ["title: {}", "department: {}", "position: {}", "indicators: [{{name: {}}}]", "grades: [{{name: {}, from: 1}}]", "id: {}"]
)
@pytest.mark.parametrize(("letters", "refused"), [(100, False), (10_000, True)])
def test_names_have_a_length(tmp_path: Path, long: str, letters: int, refused: bool) -> None:  # noqa: FBT001 - a parameter of the table
    given = long.format("a" * letters)
    rest = {"schema": "1", "title": "甲", "department": "乙", "indicators": "[{name: 丙}]"}
    text = "\n".join(f"{key}: {value}" for key, value in rest.items() if not given.startswith(key)) + f"\n{given}\n"
    path = tmp_path / "a.md"
    path.write_text(f"---\n{text}---\n", "utf-8")
    plan, found = load_plan(path, "a.md")
    assert (plan is None) == refused, found
    assert all(len(each.message) < 200 for each in found)
