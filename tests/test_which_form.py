"""docs/hr/which-form.md, in each language: every plan on the page is complete and passes the checks."""

import re
from pathlib import Path

import pytest

from genplan import api

PAGES = {path.name: path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "docs" / "hr").glob("which-form*.md"))}
FORM = re.compile(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
FORMS = {name: dict(FORM.findall(page)) for name, page in PAGES.items()}
UNASKED = {"GP312", "GP361", "GP457"}
"""Grades without bounds and roll-ups ask for results, which the page's plans have none of; and a part may be in no document yet."""


@pytest.mark.parametrize(("name", "form"), [(name, form) for name, forms in FORMS.items() for form in forms])
def test_the_plan_passes(name: str, form: str, tmp_path: Path):
    (tmp_path / "genplan.yml").write_text("schema: 1\nplans: .\n", "utf-8")
    weights = next(iter(FORMS[name].values()))
    for beside in ("quarterly.md", "_sales.md"):  # plans that others of the page refer to
        (tmp_path / beside).write_text(f"---\n{weights}---\n", "utf-8")
    for goals, text in re.findall(r"^`(goals/\S+)` ?.*?^```csv\n(.*?)^```", PAGES[name], re.MULTILINE | re.DOTALL):
        (tmp_path / goals).parent.mkdir(exist_ok=True)
        (tmp_path / goals).write_text(text, "utf-8")
    (tmp_path / "plan.md").write_text(f"---\n{FORMS[name][form]}---\n", "utf-8")
    assert [each.message for each in api.check([tmp_path / "plan.md"]) if each.code not in UNASKED] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_the_table_leads_to_a_plan(name: str):
    anchors = set(re.findall(r"\(#([^)]+)\)", PAGES[name]))
    assert anchors == {form.lower().replace(" ", "-") for form in FORMS[name]}
    assert len(FORMS[name]) == len(next(iter(FORMS.values())))
