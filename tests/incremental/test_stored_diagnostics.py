"""Diagnostics that a build stores, and tells again as they were."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.incremental.database import DamagedManifestError
from genplan.incremental.stored_diagnostics import from_json, to_json

numbers = st.none() | st.integers(1, 9)
spans = st.builds(Span, st.text(), numbers, numbers, numbers, st.none() | st.text(), private=st.booleans())
related = st.lists(st.builds(Related, spans, st.text()), max_size=2)
diagnostics = st.builds(
    lambda code, span, message, advice, label, others: diagnose(code, span, message, help=advice, label=label, related=others),
    st.sampled_from(["GP301", "GP361", "GP721"]),
    spans,
    st.text(),
    st.text(),
    st.text(),
    related,
)


@given(st.lists(diagnostics, max_size=3))
def test_what_was_stored_is_told_as_it_was(stored: list[Diagnostic]) -> None:
    told = from_json(to_json(stored))
    assert told == stored
    assert [each.span.private for each in told] == [each.span.private for each in stored]  # of a private file no line may be shown


ROW = json.loads(
    to_json([diagnose("GP361", Span("plan.md", 9, 1, 7), "m", help="h", label="l", related=[Related(Span("other.md", 1), "note")])])
)[0]


@pytest.mark.parametrize("text", ["", "{", "null", "5", '["a"]', "[[]]", "[{}]", "[" * 100_000])
def test_what_is_none_is_damage(text: str) -> None:
    with pytest.raises(DamagedManifestError, match="is not what was written"):
        from_json(text)


@pytest.mark.parametrize("name", ROW)
def test_a_diagnostic_that_lacks_something_is_damage(name: str) -> None:
    with pytest.raises(DamagedManifestError):
        from_json(json.dumps([{key: value for key, value in ROW.items() if key != name}]))


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "GP000"},
        {"severity": "loud"},
        {"message": 5},
        {"help": None},
        {"label": ["l"]},
        {"span": {"file": None, "line": 9}},
        {"span": {"file": "plan.md", "line": "9"}},
        {"span": {"file": "plan.md", "line": 9, "column": "1"}},
        {"span": {"file": "plan.md", "line": 9, "column": 1, "end_column": "7"}},
        {"span": {"file": "plan.md", "cell": 5}},
        {"span": {"file": "plan.md", "colour": "red"}},
        {"related": [{"span": {"file": 5}, "note": "note"}]},
        {"related": [{"span": {"file": "other.md"}, "note": 5}]},
        {"related": None},
    ],
)
def test_a_diagnostic_of_other_types_is_damage(changes: dict[str, object]) -> None:
    with pytest.raises(DamagedManifestError):
        from_json(json.dumps([ROW | changes]))
