"""The roster of a workspace, and results checked against it."""

from datetime import date

import pytest

from genplan.diagnostics import Severity
from genplan.people.load import load_results
from genplan.people.roster import read_roster
from genplan.people.workspace_plans import WorkspacePlans

ROSTER = """某某公司花名册,,,,,,
工号,姓名,部门,岗位,直接上级,入职日期,离职日期
0007,测试甲,社群运营部,社群运营专员,测试丁,2024-03-01,
0008,测试乙,社群运营部,社群运营专员,测试丁,2026/9/1,
0009,测试丙,社群运营部,社群运营专员,测试丁,2024年3月1日,2026-06-30
0010,测试丁,社群运营部,社群运营经理,,2020-01-01,
合计,4人,,,,,
"""


@pytest.fixture
def check(make_plan, tmp_path):
    """Read results of a plan against a roster."""

    def run(rows, roster=ROSTER, more="period: 2026-Q3"):
        (tmp_path / "people.csv").write_text(roster, encoding="utf-8")
        people, found = read_roster(tmp_path / "people.csv", "people.csv")
        assert found == [d for d in found if d.severity is Severity.NOTE]
        plan = make_plan(f"{more}\nmissing: exclude\nresults: t.csv")
        (tmp_path / "plans" / "t.csv").write_text(rows, encoding="utf-8")
        _, found = load_results(plan, tmp_path, None, WorkspacePlans(tmp_path, roster=people))
        return [(d.code, d.severity, d.message) for d in found if d.code.startswith("GP49")]

    return run


HEADER = "工号,姓名,内容质量\n"


def test_a_roster(tmp_path):
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    roster, found = read_roster(tmp_path / "people.csv", "people.csv")
    assert [d.code for d in found] == ["GP480", "GP481"] or [d.code for d in found] == ["GP481", "GP480"]
    assert list(roster.members) == ["0007", "0008", "0009", "0010"]
    member = roster.members["0009"]
    assert (member.name, member.position, member.manager, member.joined, member.left) == (
        "测试丙",
        "社群运营专员",
        "测试丁",
        date(2024, 3, 1),
        date(2026, 6, 30),
    )


def test_results_that_agree(check):
    assert check(HEADER + '0007,测试甲,80\n="0008",测试乙,90\n') == []


def test_an_unknown_id(check):
    found = check(HEADER + "0007,测试甲,80\n8,测试乙,90\n0123,测试戊,70\n")
    assert [(code, message) for code, _, message in found if code == "GP493"] == [
        ("GP493", "`8` is not in the roster"),
        ("GP493", "`0123` is not in the roster"),
    ]


def test_another_name(check):
    (problem,) = check(HEADER + "0007,测试乙,80\n0008,测试乙,90\n")
    assert problem == ("GP494", Severity.ERROR, "the roster has another name for `0007`")


def test_another_position(check):
    found = check(HEADER + "0007,测试甲,80\n0008,测试乙,90\n0010,测试丁,90\n")
    message = "the position of `0010` is `社群运营经理` in the roster, which is not this plan's position"
    assert found == [("GP494", Severity.WARNING, message)]


def test_one_who_had_left(check):
    found = check(HEADER + "0007,测试甲,80\n0008,测试乙,90\n0009,测试丙,90\n")
    assert found == [("GP494", Severity.WARNING, "`0009` was not employed in 2026-Q3, according to the roster's dates")]


def test_who_is_missing(check):
    assert check(HEADER + "0007,测试甲,80\n") == [
        ("GP495", Severity.WARNING, "1 person of this plan has no results for 2026-Q3, although in the roster: `0008`")
    ]
    assert check(HEADER + "0007,测试甲,80\n", more="period: 2026-Q2") == [
        ("GP495", Severity.WARNING, "1 person of this plan has no results for 2026-Q2, although in the roster: `0009`")
    ]


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        ("姓名,部门\n甲,一部\n", "the roster has no column 工号"),
        ("工号,部门\n0007,一部\n", "the roster has no column 姓名"),
        ("工号,姓名\n0007,甲\n0007,乙\n", "`0007` appears twice"),
        ("工号,姓名\n0007,\n", "a row of the roster has no name"),
        ("工号,姓名\n,甲\n", "a row of the roster has no id"),
        ("工号,姓名,入职日期\n0007,甲,2026-02-30\n", "the value in the column 入职日期 is not a date"),
    ],
)
def test_a_roster_that_cannot_be_used(tmp_path, roster, message):
    (tmp_path / "people.csv").write_text(roster, encoding="utf-8")
    _, (problem,) = read_roster(tmp_path / "people.csv", "people.csv")
    assert (problem.code, problem.severity, problem.message) == ("GP492", Severity.ERROR, message)


def test_a_roster_that_is_not_there(tmp_path):
    roster, (problem,) = read_roster(tmp_path / "people.csv", "people.csv")
    assert (roster, problem.code) == (None, "GP001")
