"""A plan's data may be in a YAML file beside its prose, so that editors complete keys by the schema."""

from pathlib import Path

import pytest

from genplan.plan.load import load_plan

DATA = "schema: 1\ntitle: 方案\ndepartment: 部门\nduties: [{area: 社群, items: [运营社群]}]\n"


@pytest.fixture
def files(tmp_path: Path):
    def write(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
        return tmp_path / "plan.md"

    return write


def test_data_and_prose_are_one_plan(files):
    plan, diagnostics = load_plan(files(plan_yml=DATA, plan_md="# 考核目的\n\n提升质量。\n"), "plans/plan.md")
    assert diagnostics == []
    assert plan.plan.title == "方案"
    assert [section.heading for section in plan.sections] == ["考核目的"]
    assert str(plan.span("title")) == "plans/plan.yml:2:8"
    assert plan.sections[0].span.file == "plans/plan.md"
    assert plan.others == ("plan.yml",)
    assert plan.texts == {"plans/plan.md": "# 考核目的\n\n提升质量。\n", "plans/plan.yml": DATA}


def test_the_prose_may_be_empty(files):
    plan, diagnostics = load_plan(files(plan_yml=DATA, plan_md=""), "plan.md")
    assert diagnostics == []
    assert plan.sections == ()


def test_a_plan_may_extend_one_with_a_data_file(files):
    path = files(base_yml=DATA, base_md="# 附则\n\n解释权归人力资源部。\n", plan_md="---\nextends: base.md\ntitle: 另一方案\n---\n")
    plan, diagnostics = load_plan(path, "plan.md")
    assert diagnostics == []
    assert (plan.plan.title, plan.plan.department) == ("另一方案", "部门")
    assert plan.others == ("base.md", "base.yml")


def test_data_in_two_places_are_refused(files):
    plan, (diagnostic,) = load_plan(files(plan_yml=DATA, plan_md=f"---\n{DATA}---\n"), "plan.md")
    assert plan is None
    assert (diagnostic.code, str(diagnostic.span), diagnostic.span.end_column) == ("GP217", "plan.md:1:1", 4)


def test_results_of_the_same_name_are_no_data(files):
    plan, diagnostics = load_plan(files(plan_yml="- {工号: '01', 姓名: 甲}\n", plan_md=f"---\n{DATA}---\n"), "plan.md")
    assert diagnostics == []
    assert plan.others == ()


@pytest.mark.parametrize(("data", "code"), [("", "GP003"), ("- a\n", "GP003"), ("a: [\n", "GP101")])
def test_faults_of_the_data_file_name_it(files, data, code):
    plan, diagnostics = load_plan(files(plan_yml=data, plan_md="# 考核目的\n"), "plan.md")
    assert plan is None
    assert {(each.code, each.span.file) for each in diagnostics} == {(code, "plan.yml")}


def test_a_data_file_that_cannot_be_read_is_told(files):
    path = files(plan_yml="schema: \x00", plan_md="# 考核目的\n\n提升质量。\n")
    plan, (diagnostic,) = load_plan(path, "plan.md")
    assert plan is None
    assert (diagnostic.code, str(diagnostic.span)) == ("GP006", "plan.yml:1:9")
    plan, diagnostics = load_plan(files(plan_yml="schema: \x00", plan_md=f"---\n{DATA}---\n"), "plan.md")
    assert plan is not None
    assert diagnostics == []
