"""The data of a document: what its template sees, as JSON, its look aside."""

import json
from datetime import date
from decimal import Decimal

import pytest
from markupsafe import Markup

from genplan.theme.data import to_json


def test_what_the_template_sees_is_what_is_written() -> None:
    context = {"person": {"name": "测试甲", "id": "0007"}, "result": {"rank": 4, "grade": None, "lines": [{"score": "88"}]}}
    assert json.loads(to_json(context)) == {"genplan": 1, **context}
    assert "测试甲".encode() in to_json(context)


def test_what_is_taken_out_of_the_context_is_not_written() -> None:
    assert b"0007" not in to_json({"person": {"name": "测试甲"}})


def test_looks_and_prose_are_left_out() -> None:
    assert json.loads(to_json({"brand": {}, "prose": {"目的": Markup("<p>x</p>")}, "other_sections": [], "period": None})) == {
        "genplan": 1,
        "period": None,
    }


def test_decimals_are_exact_and_dates_are_written_as_dates() -> None:
    data = json.loads(to_json({"weight": Decimal("0.10"), "many": Decimal("1E+3"), "issued": date(2026, 6, 15)}))
    assert data == {"genplan": 1, "weight": "0.10", "many": "1000", "issued": "2026-06-15"}


def test_what_no_template_may_see_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="object"):
        to_json({"plan": object()})
