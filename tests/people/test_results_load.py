from dataclasses import replace

import pytest

from genplan.diagnostics import Outcome
from genplan.people.file_period import file_period, plan_period
from genplan.people.load import MAX_FILE_BYTES, load_results


def default_period(file, plan):
    """Give the period of rows that state none, and that stand in a file whose sheet says nothing either."""
    period, found = file_period(file, plan)
    return Outcome(period or (None if found else plan_period(plan)), found)


ROWS = "工号,姓名,社群新增用户数,用户活跃度,内容质量\n{}"


@pytest.fixture
def put(tmp_path):
    def write(name, rows):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROWS.format(rows), encoding="utf-8")
        return path

    return write


def codes(found):
    return [d.code for d in found]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        *(
            (f"{name}.csv", "2026-Q2")
            for name in ("2026-Q2(1)", "2026-Q2（1）", "2026Q2", "2026_Q2", "Q2-2026", "2026-Q2 - 副本", "Copy of 2026Q2")
        ),
        *(
            (f"{name}.xlsx", "2026-Q2")
            for name in ("2026年第二季度", "2026年二季度_最终版", "客服部2026年第二季度考核v2", "2026销售部Q2", "2026-Q2 20260615")
        ),
        ("team-2026-Q3.csv", "2026-Q3"),
        ("a/b.2026-Q4.yaml", "2026-Q4"),
        ("results/2026-Q2/team.csv", "2026-Q2"),
        ("results/2026/team-Q2-2026.csv", "2026-Q2"),
        ("results/2026/team.csv", "2026-Q3"),
        ("v12026.csv", "2026-Q3"),
        ("team v2 (1).csv", "2026-Q3"),
    ],
)
def test_period_of_a_file(plan, name, period):
    found, problems = default_period(f"plans/{name}", plan)
    assert (found.id if found else None, problems) == (period, [])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2026-06-30.csv", "`2026-06-30` in the name is a day, not a period"),
        ("导出20260630.csv", "`20260630` in the name is a day"),
        ("Q2.csv", "`Q2` in the name does not include the year"),
        ("二季度.csv", "does not include the year"),
        ("2026-Q5.csv", "`2026-Q5` in the name cannot be read as a period"),
        ("2027-W53.csv", "cannot be read"),
        ("FY2026.csv", "cannot be read"),
        ("26Q2.csv", "cannot be read"),
        ("2026-Q1 2026-Q2.csv", "more than one period"),
        ("2026-Q1 - Q2.csv", "cannot be read as a period"),
        ("2026-Q1 Q2.csv", "more than one period"),
        ("2026-Q2 20260705.csv", "more than one period"),
        ("2026-Q1/2026-Q2.csv", "the name says 2026-Q2 but the folder says 2026-Q1"),
        ("Q2/team.csv", "`Q2` in the name does not include the year"),
    ],
)
def test_a_name_that_is_about_time_and_no_period(plan, name, words):
    period, (problem,) = default_period(f"plans/{name}", plan)
    assert (period, problem.code) == (None, "GP464")
    assert words in problem.message
    assert "team-2026-Q3.csv" in problem.help


def test_what_stands_above_the_plan_says_nothing(make_plan):
    plan = replace(make_plan(), file="2025/plans/p.md")
    assert default_period("2025/plans/team.csv", plan).value.id == "2026-Q3"


@pytest.mark.parametrize(
    ("more", "name", "code"),
    [
        ("cycle: 季度", "2026-07.csv", "GP465"),
        ("cycle: 季度", "2026.csv", "GP465"),
        ("cycle: 月度", "2026-Q3.csv", "GP465"),
        ("period: 2026-Q3", "202607.csv", "GP465"),
        ("cycle: [季度, 月度]", "2026-07.csv", None),
        ("cycle: [季度, 不定期]", "2026-07.csv", None),
        ("cycle: 季度\nperiod: 2026-07", "2026-07.csv", None),
        ("weights: exact", "2026-07.csv", None),
    ],
)
def test_a_file_of_another_cycle(make_plan, more, name, code):
    period, found = default_period(f"plans/{name}", make_plan(more))
    assert codes(found) == ([code] if code else [])
    assert (period is None) is bool(code)


def test_a_period_that_the_plan_names(make_plan):
    plan = make_plan("period: {name: 双十一专项, start: 2026-11-01, end: 2026-11-15}")
    own = plan.plan.period.period
    for name in ("双十一专项.csv", "team-20261101-20261115.csv", "2026年11月1日-11月15日.csv"):
        assert default_period(f"plans/{name}", plan) == (own, [])


def test_rows_may_say_what_the_name_does_not(make_plan, put, tmp_path):
    plan = make_plan("results: '*.csv'\nperiod: 2026-Q3")
    path = put("plans/20260930.csv", "")
    head = "工号,姓名,考核期,社群新增用户数,用户活跃度,内容质量\n"
    path.write_text(f"{head}1,甲,2026年第三季度,1,1%,1\n2,乙,2026Q2,1,1%,1\n", encoding="utf-8")
    people, found = load_results(plan, tmp_path)
    assert ([(person.id, person.period.id) for person in people], found) == ([("2", "2026-Q2"), ("1", "2026-Q3")], [])
    path.write_text(f"{head}1,甲,2026年第三季度,1,1%,1\n2,乙,,1,1%,1\n", encoding="utf-8")
    people, found = load_results(plan, tmp_path)
    assert ([person.id for person in people], codes(found)) == (["1"], ["GP464"])


def test_files_are_sorted_by_period_file_and_row(make_plan, put, tmp_path):
    plan = make_plan("results: ['results/*.csv', 'results/team-2026-Q3.csv']")
    put("plans/results/b-2026-Q1.csv", "3,丙,1,1%,1\n")
    put("plans/results/team-2026-Q3.csv", "2,乙,1,1%,1\n1,甲,1,1%,1\n")
    put("plans/results/~$team-2026-Q3.csv", "x")
    put("plans/results/a-2026-Q3.csv", "4,丁,1,1%,1\n")
    people, found = load_results(plan, tmp_path)
    assert found == []
    assert [(p.id, p.period.id, p.span.file) for p in people] == [
        ("3", "2026-Q1", "plans/results/b-2026-Q1.csv"),
        ("4", "2026-Q3", "plans/results/a-2026-Q3.csv"),
        ("2", "2026-Q3", "plans/results/team-2026-Q3.csv"),
        ("1", "2026-Q3", "plans/results/team-2026-Q3.csv"),
    ]


def test_the_plans_period_is_the_default(make_plan, put, tmp_path):
    put("plans/team.csv", "1,甲,1,1%,1\n")
    (person,), found = load_results(make_plan("period: 2026-H1\nresults: team.csv"), tmp_path)
    assert (person.period.id, found) == ("2026-H1", [])
    people, found = load_results(make_plan("results: team.csv"), tmp_path)
    assert (people, codes(found)) == ((), ["GP416"])


def test_a_plan_without_results(plan, tmp_path):
    assert load_results(plan, tmp_path) == ((), [])


def test_a_person_twice_in_one_period(make_plan, put, tmp_path):
    plan = make_plan("results: '*.csv'")
    put("plans/a-2026-Q3.csv", "1,甲,1,1%,1\n1,甲,2,1%,1\n")
    put("plans/b-2026-Q3.csv", "1,甲,3,1%,1\n01,乙,3,1%,1\n")
    people, found = load_results(plan, tmp_path)
    assert [(d.code, d.span.file, d.span.line) for d in found] == [
        ("GP408", "plans/a-2026-Q3.csv", 3),
        ("GP408", "plans/b-2026-Q3.csv", 2),
        ("GP486", "plans/b-2026-Q3.csv", 3),
    ]
    assert all(d.related[0].span.line == 2 for d in found)
    assert people == ()


@pytest.mark.parametrize("pattern", ["none/*.csv", "*.csv", "a**b", "results"])
def test_a_pattern_that_matches_nothing(make_plan, tmp_path, pattern):
    (tmp_path / "plans" / "results").mkdir(parents=True)
    people, (problem,) = load_results(make_plan(f"results: [{pattern if pattern[0] == chr(34) else repr(pattern)}]"), tmp_path)
    assert people == ()
    assert (problem.code, problem.span.file, problem.span.line) == ("GP401", "plans/specialist.md", 6)


@pytest.mark.parametrize("pattern", ["../../*.csv", "/etc/passwd", "x/../../../*", "*/../../../x.csv"])
def test_a_pattern_that_leads_out(make_plan, tmp_path, pattern):
    people, found = load_results(make_plan(f"results: '{pattern}'"), tmp_path)
    assert (people, codes(found)) == ((), ["GP420"])


def test_a_link_that_leads_out(make_plan, put, tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret-2026.csv"
    elsewhere.write_text(ROWS.format("1,甲,1,1%,1\n"), encoding="utf-8")
    put("plans/own-2026.csv", "2,乙,1,1%,1\n")
    (tmp_path / "plans" / "link-2026.csv").symlink_to(elsewhere)
    people, found = load_results(make_plan("results: '*.csv'"), tmp_path)
    assert ([p.id for p in people], codes(found)) == (["2"], ["GP420"])


def test_a_pattern_may_lead_up_inside_the_workspace(make_plan, put, tmp_path):
    put("results/t-2026.csv", "1,甲,1,1%,1\n")
    people, found = load_results(make_plan("results: ../results/*.csv"), tmp_path)
    assert ([p.id for p in people], found) == (["1"], [])


def test_missing_actuals_and_huge_files(make_plan, put, tmp_path):
    put("plans/a-2026.csv", "1,甲,1,,1\n")
    with (tmp_path / "plans" / "b-2026.csv").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    _, found = load_results(make_plan("results: '*.csv'"), tmp_path)
    assert codes(found) == ["GP418", "GP405"]
