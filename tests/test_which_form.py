"""docs/which-form.md: every plan on the page is complete, and passes the checks without an error or a warning about its numbers."""

import re
from pathlib import Path

import pytest

from genplan import api

PAGE = (Path(__file__).parents[1] / "docs" / "which-form.md").read_text("utf-8")
PLANS = dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
UNASKED = {"GP312", "GP361", "GP457"}
"""Grades without bounds and roll-ups ask for results, which the page's plans have none of; and a part may be in no document yet."""
BESIDE = {"quarterly.md": PLANS["Weights"], "_sales.md": PLANS["Weights"]}
"""Files that plans of the page refer to."""
GOALS = re.findall(r"^`(goals/\S+)` .*?^```csv\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
"""Files of what was agreed with people, as the page has them."""


@pytest.mark.parametrize("form", PLANS)
def test_the_plan_passes(form: str, tmp_path: Path):
    (tmp_path / "genplan.yml").write_text("schema: 1\nplans: .\n", "utf-8")
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(f"---\n{text}---\n", "utf-8")
    for name, text in GOALS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "plan.md").write_text(f"---\n{PLANS[form]}---\n", "utf-8")
    assert [each.message for each in api.check([tmp_path / "plan.md"]) if each.code not in UNASKED] == []


def test_every_row_of_the_table_leads_to_a_plan():
    anchors = set(re.findall(r"\(#([a-z-]+)\)", PAGE))
    assert anchors == {form.lower().replace(" ", "-") for form in PLANS}
