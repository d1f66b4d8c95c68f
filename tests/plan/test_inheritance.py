"""Plans that extend another: what is merged, what is replaced, what is left out, and where it stands."""

from decimal import Decimal
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.plan.inheritance import merge_mappings, read_written
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.plan_text import plan_text
from genplan.source.yaml import Mapping, parse, plain

ROOT = Path(__file__).parents[2]
BASE = """\
---
schema: 1
id: sales
title: 销售序列考核方案
department: 销售部
cycle: [monthly, quarterly]
rounding: {places: 1, mode: down}
qualifications: [沟通, 谈判]
indicators:
  - {name: 销售额, weight: 60%, target: 100, scoring: {method: ratio, cap: 120%}}
  - {name: 回款率, weight: 40%, target: 100%, scoring: ratio}
bonuses: [专项加分, {name: 建议, points: 2}]
grades: [{name: 优秀, from: 90}, {name: 合格, from: 0}]
appeal: {window: 5个工作日内, handler: 人力资源部}
---
开头。

# 考核目的

兑现目标。

# 适用范围

全体员工。
"""


def load(folder: Path, own: str, base: str = BASE, **others: str) -> Outcome[PlanFile | None]:
    (folder / "_base.md").write_text(base, "utf-8")
    for name, text in others.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    (folder / "plan.md").write_text(own, "utf-8")
    return load_plan(folder / "plan.md", "plans/plan.md")


def loaded(folder: Path, own: str, base: str = BASE, **others: str) -> PlanFile:
    plan, found = load(folder, own, base, **others)
    assert plan is not None, found
    assert not found
    return plan


def test_a_plan_has_all_of_its_base_but_the_id(tmp_path: Path):
    plan = loaded(tmp_path, "---\nextends: _base.md\nposition: 销售代表\n---\n")
    assert plan.id == "plan"
    assert [each.name for each in plan.plan.indicators] == ["销售额", "回款率"]
    assert [section.heading for section in plan.sections] == ["", "考核目的", "适用范围"]


def test_members_are_merged_by_name_and_lists_of_text_replaced(tmp_path: Path):
    own = """\
---
继承: _base.md
任职要求: [驾照]
考核指标:
  - {名称: 新客户, 权重: 10%}
  - {名称: 销售额, 权重: 50%, 计分: {封顶: 150%}}
加分项: [{name: 专项加分, cap: 5}]
取整: {小数位: 2}
---
"""
    plan = loaded(tmp_path, own).plan
    weights = [(each.name, each.weight and each.weight.number) for each in plan.indicators]
    assert weights == [("销售额", 50), ("回款率", 40), ("新客户", 10)]
    sales = plan.indicators[0]
    assert (sales.rule.TAG, sales.rule.cap, sales.target.value) == ("ratio", Decimal("1.5"), 100)
    assert plan.qualifications == ("驾照",)
    assert [(each.name, each.cap) for each in plan.bonuses] == [("专项加分", 5), ("建议", None)]
    assert (plan.rounding.places, plan.rounding.mode.value) == (2, "down")


def test_a_rule_that_names_its_method_replaces_the_other(tmp_path: Path):
    own = "---\nextends: _base.md\nindicators: [{name: 销售额, scoring: {method: ratio, floor: 60%}}]\n---\n"
    rule = loaded(tmp_path, own).plan.indicators[0].rule
    assert (rule.floor, rule.cap) == (Decimal("0.6"), None)


@pytest.mark.parametrize(
    ("under", "over", "merged"),
    [
        ("a: 1", "b: 2", {"a": "1", "b": "2"}),
        ("a: 1\nb: 2", "b: 3\na: 4", {"a": "4", "b": "3"}),
        ("标题: 甲", "title: 乙", {"title": "乙"}),
        ("a: {b: 1, c: 2}", "a: {c: 3, d: 4}", {"a": {"b": "1", "c": "3", "d": "4"}}),
        ("a: {b: 1}", "a: 2", {"a": "2"}),
        ("a: 2", "a: {b: 1}", {"a": {"b": "1"}}),
        ("scoring: {method: ratio, cap: 2}", "scoring: {cap: 3}", {"scoring": {"method": "ratio", "cap": "3"}}),
        ("scoring: {method: ratio, cap: 2}", "scoring: {method: ratio}", {"scoring": {"method": "ratio"}}),
        ("scoring: {method: ratio, cap: 2}", "scoring: {scale: 五级}", {"scoring": {"scale": "五级"}}),
        ("other: {method: ratio, cap: 2}", "other: {method: tiers}", {"other": {"method": "tiers", "cap": "2"}}),
        ("a: [1, 2]", "a: [3]", {"a": ["3"]}),
        ("a: [1, {name: 2, b: 3}]", "a: [1, 4]", {"a": ["1", {"name": "2", "b": "3"}, "4"]}),
        ("a: [{name: x, b: 3}]", "a: [x]", {"a": [{"name": "x", "b": "3"}]}),
        ("a: [x, y]", "a: [{name: x, b: 3}]", {"a": [{"name": "x", "b": "3"}, "y"]}),
        ("a: [{name: x, b: 3}]", "a: [{name: ' x ', c: 4}]", {"a": [{"name": " x ", "b": "3", "c": "4"}]}),
        ("a: [{name: x}]", "a: [{b: 1}]", {"a": [{"b": "1"}]}),
        ("a: [{name: x}]", "a: [[x]]", {"a": [["x"]]}),
        ("a: [{name: x, b: 1}]", "a: [{name: x, b: 2}, {name: x, b: 3}]", {"a": [{"name": "x", "b": "2"}, {"name": "x", "b": "3"}]}),
    ],
)
def test_what_is_laid_over_what(under: str, over: str, merged: object):
    one, other = (parse(text, "a.md").value for text in (under, over))
    assert isinstance(one, Mapping)
    assert isinstance(other, Mapping)
    both = merge_mappings(one, other)
    assert plain(both) == (merged, [])
    assert both.span == other.span


def test_a_key_that_is_named_twice_is_not_lost():
    one, other = (parse(text, "a.md").value for text in ("title: 甲", "title: 乙\n标题: 丙\na: 1\na: 2\n"))
    assert isinstance(one, Mapping)
    assert isinstance(other, Mapping)
    assert [(key.value, value.value) for key, value in merge_mappings(one, other).entries] == [
        ("title", "乙"),
        ("标题", "丙"),
        ("a", "1"),
        ("a", "2"),
    ]


def test_sections_are_replaced_by_heading(tmp_path: Path):
    plan = loaded(tmp_path, "---\nextends: _base.md\n---\n# 适用范围\n\n销售代表。\n\n# 附则\n\n无。\n")
    assert [(each.heading, each.markdown, each.file, each.line) for each in plan.sections[1:]] == [
        ("考核目的", "兑现目标。", "plans/_base.md", 18),
        ("适用范围", "销售代表。", "plans/plan.md", 4),
        ("附则", "无。", "plans/plan.md", 8),
    ]


def test_values_stand_where_they_are_written(tmp_path: Path):
    plan = loaded(tmp_path, "---\nextends: _base.md\nindicators:\n  - {name: 销售额, weight: 60%}\n---\n")
    assert str(plan.span("indicators", 0, "weight")).startswith("plans/plan.md:4:")
    assert str(plan.span("indicators", 0, "target")).startswith("plans/_base.md:10:")
    assert str(plan.span("indicators", 1, "weight")).startswith("plans/_base.md:11:")


@pytest.mark.parametrize(
    ("words", "indicators", "grades", "appeal", "headings"),
    [
        ("回款率", ["销售额"], 2, True, 3),
        ("[indicators/回款率, 合格]", ["销售额"], 1, True, 3),
        ("[appeal]", ["销售额", "回款率"], 2, False, 3),
        ("[申诉, 考核目的, '# 适用范围']", ["销售额", "回款率"], 2, False, 1),
    ],
)
def test_what_is_removed_is_not_there(tmp_path: Path, words: str, indicators: list[str], grades: int, appeal: bool, headings: int):  # noqa: FBT001 - of the table
    plan = loaded(tmp_path, f"---\nextends: _base.md\nremove: {words}\n---\n")
    assert [each.name for each in plan.plan.indicators] == indicators
    assert (len(plan.plan.grades), plan.plan.appeal is not None, len(plan.sections)) == (grades, appeal, headings)


def test_what_was_removed_may_be_written_anew(tmp_path: Path):
    own = "---\nextends: _base.md\nremove: [回款率]\nindicators: [{name: 回款率, weight: 40%}]\n---\n"
    assert loaded(tmp_path, own).plan.indicators[1].target is None


def test_a_base_may_extend_another(tmp_path: Path):
    middle = "---\nextends: _base.md\nremove: [appeal]\nindicators: [{name: 回款率, target: 95%}]\n---\n"
    plan = loaded(tmp_path, "---\nextends: _middle.md\nposition: 销售代表\n---\n", _middle=middle)
    assert [each.file for each in plan.other_files] == ["plans/_middle.md", "plans/_base.md"]
    assert plan.plan.appeal is None
    assert f"{plan.plan.indicators[1].target.value}" == "0.95"
    assert plan.plan.indicators[0].target.value == 100


def test_a_key_that_stands_twice_is_still_reported(tmp_path: Path):
    _, found = load(tmp_path, "---\nextends: _base.md\nposition: 甲\n岗位: 乙\n---\n")
    assert [each.code for each in found] == ["GP103"]
    _, found = load(tmp_path, "---\nextends: _base.md\ntitle: 甲\n标题: 乙\n---\n")
    assert [each.code for each in found] == ["GP103"]


def test_what_is_wrong_with_a_base_is_found(tmp_path: Path):
    _, found = load(tmp_path, "---\nextends: _base.md\n---\n", BASE.replace("weight: 60%", "weight: many"))
    assert [(each.code, each.span.file, each.span.line) for each in found] == [("GP203", "plans/_base.md", 10)]
    _, found = load(tmp_path, "---\nextends: _base.md\n---\n", "no front matter")
    assert [(each.code, each.span.file) for each in found] == [("GP003", "plans/_base.md")]


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path):
    (tmp_path / "elsewhere.md").write_text(BASE, "utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/_base.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "plans/plan.md").write_text("---\nextends: _base.md\n---\n", "utf-8")
    plan, found = load_plan(tmp_path / "plans/plan.md", "plan.md")
    assert plan is None
    assert [each.code for each in found] == ["GP212"]


@pytest.mark.parametrize("name", ["[_base.md]", "{a: b}", "", "' '", "~"])
def test_a_base_is_one_name(tmp_path: Path, name: str):
    plan, (found,) = load(tmp_path, f"---\nextends: {name}\n---\n")
    assert plan is None
    assert (found.code, found.span.file, found.span.line) == ("GP212", "plans/plan.md", 2)
    if name != "~":
        assert found.message == "`extends` (继承) names no file"
        assert found.help == "write the name of a plan in the same folder: `extends: _base.md`"


@pytest.mark.parametrize("who", ["plan.md", "_base.md"])
def test_nothing_is_merged_of_a_file_with_control_characters(tmp_path: Path, who: str):
    (tmp_path / "_base.md").write_text(BASE, "utf-8")
    (tmp_path / "plan.md").write_text("---\nextends: _base.md\n---\n", "utf-8")
    (tmp_path / who).write_text((tmp_path / who).read_text("utf-8") + "\x00", "utf-8")
    written, found = read_written(tmp_path / "plan.md", "plan.md")
    assert written is None
    assert [(each.code, each.span.file) for each in found] == [("GP006", who)]


PLANS = [*sorted((ROOT / "plans").glob("*.md")), *sorted((ROOT / "tests/schemes/plans").glob("*.md"))]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_that_is_written_out_is_the_same(path: Path, tmp_path: Path):
    written, _ = read_written(path, path.name)
    assert written is not None
    (tmp_path / path.name).write_text(plan_text(written, path.name, remarks=True), "utf-8")
    again, found = read_written(tmp_path / path.name, path.name)
    assert again is not None, found
    assert plain(again.data).value == plain(written.data).value
    assert [(each.heading, each.markdown) for each in again.sections] == [(each.heading, each.markdown) for each in written.sections]


WORDS = ("a: b", "a #b", "- a", "'a'", '"a"', "a\nb", "[a", "{a", "&a", "*a", "!a", "%a", "@a", "`a", " a ", "a:", "0007", "? a", "---")


@pytest.mark.parametrize("text", ["", "null", "是", *WORDS])
def test_any_text_is_written_so_that_it_is_read_as_it_is(text: str, tmp_path: Path):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    (tmp_path / "a.md").write_text(f'---\nk: ["{quoted}", {{"k": "{quoted}"}}]\n---\n', "utf-8")
    written, _ = read_written(tmp_path / "a.md", "a.md")
    assert written is not None
    assert plain(written.data).value == {"k": [text, {"k": text}]}
    (tmp_path / "b.md").write_text(plan_text(written, "a.md", remarks=False), "utf-8")
    again, found = read_written(tmp_path / "b.md", "b.md")
    assert again is not None, found
    assert plain(again.data).value == plain(written.data).value


def test_remarks_say_what_comes_from_where(tmp_path: Path):
    loaded(tmp_path, "---\nextends: _base.md\nindicators: [{name: 回款率, target: 95%}]\n---\n")
    written, _ = read_written(tmp_path / "plan.md", "plan.md")
    assert written is not None
    lines = plan_text(written, "plan.md", remarks=True).split("\n")
    assert lines[1] == "# plan.md, with what it extends: _base.md"
    assert "  - name: 销售额  # _base.md:10" in lines
    assert lines[lines.index("  - name: 回款率") : lines.index("  - name: 回款率") + 3] == [
        "  - name: 回款率",
        "    weight: 40%  # _base.md:11",
        "    target: 95%",
    ]
