import pytest

from generator.results.file_period import file_period
from generator.results.load import MAX_FILE_BYTES, load_results

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
        ("2026-Q3.csv", "2026-Q3"),
        ("team-2026-Q3.csv", "2026-Q3"),
        ("社群2026-h1.xlsx", "2026-H1"),
        ("a/b.2026-07.yaml", "2026-07"),
        ("team_2026.csv", "2026"),
        ("team-2026-07-15.csv", None),
        ("v12026.csv", None),
        ("team.csv", None),
        ("2026-Q5.csv", None),
        ("2026-W28.csv", "2026-W28"),
        ("社群-2026-w53.xlsx", "2026-W53"),
        ("2027-W53.csv", None),
    ],
)
def test_period_of_a_file(name, period):
    found = file_period(name)
    assert (found.id if found else None) == period


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
