"""A plan as it is loaded: its id, its sections with their lines, and the key of each indicator."""

from pathlib import Path

import pytest

from genplan.plan.load import PlanFile, load_plan

HEAD = "---\nschema: 1\ntitle: 方案\ndepartment: 社群运营部\n"
TWO = """\
dimensions:
  - {name: 内容质量, weight: 60%, indicators: [{name: 满意度}, {name: 深度}]}
  - {name: 互动效果, weight: 40%, indicators: [{name: 满意度}, {name: 满意度, id: own}]}
"""


def load(folder: Path, lines: str, prose: str = "") -> PlanFile:
    path = folder / "specialist.md"
    path.write_text(f"{HEAD}{lines}---\n{prose}", "utf-8")
    plan, found = load_plan(path, "plans/specialist.md")
    assert found == []
    assert plan is not None
    return plan


def test_a_plan_is_named_by_its_id_or_else_by_its_file(tmp_path: Path) -> None:
    assert load(tmp_path, "").id == "specialist"
    assert load(tmp_path, "id: community\n").id == "community"


def test_indicators_that_share_a_name_are_told_apart_by_their_dimension(tmp_path: Path) -> None:
    placed = load(tmp_path, TWO).indicators
    assert [each.key for each in placed] == ["内容质量/满意度", "深度", "互动效果/满意度", "own"]
    assert [each.shared for each in placed] == [True, False, True, True]
    assert [each.dimension.name for each in placed] == ["内容质量", "内容质量", "互动效果", "互动效果"]
    assert [each.path for each in placed] == [
        ("dimensions", 0, "indicators", 0),
        ("dimensions", 0, "indicators", 1),
        ("dimensions", 1, "indicators", 0),
        ("dimensions", 1, "indicators", 1),
    ]


def test_two_indicators_are_enough_to_share_a_name(tmp_path: Path) -> None:
    placed = load(tmp_path, TWO.replace(", {name: 满意度, id: own}", ", {name: 互动}")).indicators
    assert [(each.key, each.shared) for each in placed] == [
        ("内容质量/满意度", True),
        ("深度", False),
        ("互动效果/满意度", True),
        ("互动", False),
    ]


def test_indicators_without_dimensions_have_their_names_for_keys(tmp_path: Path) -> None:
    placed = load(tmp_path, "indicators: [{name: 满意度, weight: 50%}, {name: 深度, weight: 50%}, {name: 满意度, weight: 0%}]\n").indicators
    assert [(each.key, each.path, each.shared) for each in placed] == [
        ("满意度", ("indicators", 0), True),
        ("深度", ("indicators", 1), False),
        ("满意度", ("indicators", 2), True),
    ]


def test_values_and_keys_are_found_where_they_stand(tmp_path: Path) -> None:
    plan = load(tmp_path, TWO)
    value, key = plan.span("title"), plan.span("title", key=True)
    assert (value.file, value.line, value.column) == ("plans/specialist.md", 3, 8)
    assert (key.line, key.column) == (3, 1)
    assert plan.span("dimensions", 1, "weight").line == 7


def test_sections_stand_on_the_lines_of_the_file(tmp_path: Path) -> None:
    (section,) = load(tmp_path, "", "\n# 附则\n\n文\n").prose
    assert (section.heading, section.line, section.start) == ("附则", 7, 9)


@pytest.mark.parametrize("text", ["", "no front matter", f"{HEAD}", f"{HEAD}unknown: 1\n---\n"])
def test_what_has_not_the_shape_of_a_plan_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "specialist.md"
    path.write_text(text, "utf-8")
    plan, found = load_plan(path, "plans/specialist.md")
    assert plan is None
    assert {problem.span.file for problem in found} == {"plans/specialist.md"}


def test_a_plan_that_is_not_there_is_told(tmp_path: Path) -> None:
    plan, (found,) = load_plan(tmp_path / "none.md", "plans/none.md")
    assert (plan, found.code) == (None, "GP001")
