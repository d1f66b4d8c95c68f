"""`genplan score`: numbers for people, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from genplan.cli.table import width


def test_the_published_case_is_normalised(genplan: Callable, plan: Path) -> None:
    ran = genplan("score", plan)
    assert ran.code == 0
    assert "warning[GP447]: the published total 85.5 of `0001` differs from the computed 87.71\n" in ran.err
    assert ran.out.startswith("社群运营专员绩效考核方案  2026-Q2\n")
    row = next(line for line in ran.out.splitlines() if "案例员工" in line)
    assert row.split() == ["1", "0001", "案例员工", "90", "85", "95", "80", "90", "80", "95", "85.5", "87.71", "良好"]


def test_columns_line_up_with_chinese_characters(genplan: Callable, plan: Path) -> None:
    lines = genplan("score", plan).out.split("\n\n")[1].splitlines()[1:]
    rule = lines[1]
    starts = [i for i, c in enumerate(rule) if c == "─" and (i == 0 or rule[i - 1] == " ")]
    for line in (lines[0], *lines[2:]):
        cells = 0
        edges = set()
        for at, character in enumerate(line):
            edges |= {cells} if at and character != " " and line[at - 1] == " " else set()
            cells += width(character)
        assert edges <= {start + extra for start in starts for extra in range(12)}
        assert cells <= width(rule)


def test_json_is_exact(genplan: Callable, plan: Path) -> None:
    ran = genplan("score", plan, "--format", "json")
    data = json.loads(ran.out, parse_float=pytest.fail)
    assert ran.code == 0
    card = data["scorecards"][0]
    assert (card["id"], card["total"], card["exact"], card["grade"], card["coefficient"]) == ("0001", "87.71", "2105/24", "良好", "1.0")
    assert card["published"] == {"total": "85.5", "grade": None}
    assert card["conclusion"].startswith("工作表现基本满意")
    assert card["decision"] is None
    for each in data["scorecards"]:
        assert sum(Fraction(line["weighted"]) for line in each["lines"]) == Fraction(each["exact"])
        assert sum(Fraction(line["exact_weight"]) for line in each["lines"]) == 1
        for line in each["lines"]:
            assert Fraction(line["score"]) * Fraction(line["exact_weight"]) == Fraction(line["weighted"])


def test_people_stand_by_period_and_rank(genplan: Callable, plan: Path) -> None:
    cards = json.loads(genplan("score", plan, "--format", "json").out)["scorecards"]
    places = [(card["period"], card["rank"]) for card in cards]
    assert places == sorted(places)
    assert [card["ranked"] for card in cards] == [1] + [12] * 12


def test_csv_holds_one_row_a_person(genplan: Callable, plan: Path) -> None:
    rows = list(csv.reader(io.StringIO(genplan("score", plan, "--format", "csv").out)))
    assert rows[0][:5] == ["period", "rank", "id", "name", "department"]
    assert rows[0][-2:] == ["total", "grade"]
    assert len(rows) == 14
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[1][2:4] == ["0001", "案例员工"]


def test_no_text_of_a_csv_is_a_formula(genplan: Callable, little: Callable) -> None:
    path = little("-0001,=1+1,80,90,x\n+2,@SUM(A1),70,60,\n0003,-2+3,1,1,\n")
    rows = list(csv.reader(io.StringIO(genplan("score", path, "--format", "csv").out)))
    assert "'=乙" in rows[0]
    assert {row[3] for row in rows[1:]} == {"'=1+1", "'@SUM(A1)", "'-2+3"}
    assert {row[2] for row in rows[1:]} == {"'-0001", "'+2", "0003"}
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_names_of_a_csv_are_read_back_as_they_were(genplan: Callable, little: Callable) -> None:
    who = {"-0001": "=1+1", "+2": "@SUM(A1)", "0003": "-2+3", "'=4": "'", "-5": "'甲'"}
    path = little("".join(f"'{id_},{name},80,90,x\n" if id_ == "'=4" else f"{id_},{name},80,90,x\n" for id_, name in who.items()))
    rows = list(csv.reader(io.StringIO(genplan("score", path, "--format", "csv").out)))
    path = little("".join(f"{row[2]},{row[3]},{row[5]},{row[6]},x\n" for row in rows[1:]))
    cards = json.loads(genplan("score", path, "--format", "json").out)["scorecards"]
    assert {card["id"]: card["name"] for card in cards} == who


def test_who_has_an_error_is_left_out_and_the_others_are_scored(genplan: Callable, little: Callable) -> None:
    path = little("0001,甲某,80,90,\n0002,乙某,80,,\n")
    for form in ("text", "json", "csv"):
        ran = genplan("score", path, "--format", form)
        assert ran.code == 1
        assert "0001" in ran.out
        assert "0002" not in ran.out
        assert "GP405" in ran.err


def test_without_results_there_are_no_scores(genplan: Callable, workspace: Path) -> None:
    genplan("new", "mine", "--from", "community-management-policy")
    ran = genplan("score", "plans/mine.md")
    assert (ran.code, ran.out) == (0, "")
    assert "no scores" in ran.err
    assert json.loads(genplan("score", "plans/mine.md", "--format", "json").out)["scorecards"] == []


def test_equal_totals_share_the_better_rank(genplan: Callable, little: Callable) -> None:
    path = little("0001,甲某,80,80,\n0002,乙某,80,80,\n0003,丙某,70,70,\n")
    cards = json.loads(genplan("score", path, "--format", "json").out)["scorecards"]
    assert [(card["id"], card["rank"]) for card in cards] == [("0001", 1), ("0002", 1), ("0003", 3)]


COMPOSED = """---
schema: 1
title: 综合考核方案
department: 社群运营部
period: 2026-Q3
indicators:
  - {name: 内容质量, weight: 70%}
  - {name: 违规, weight: 30%, scoring: {method: deduction, points: 5}}
raters:
  - {name: 直接上级, rater: supervisor, weight: 80%}
  - {name: 同事, rater: peer, weight: 20%}
bonuses: [{name: 创新奖励, points: 2, cap: 5}]
vetoes: [{name: 泄密, effect: cap, cap: 59}]
grades: [{name: 优秀, from: 90}, {name: 良好, from: 80}, {name: 合格, from: 0}]
ceilings: [{when: 违规.得分 < 97, grade: 良好}]
results: results/composed/*.csv
---
"""
ROWS = """工号,姓名,评分人,内容质量,违规,创新奖励,泄密
01,测试甲,直接上级,90,1,3,否
01,测试甲,同事,95,,,
02,测试乙,直接上级,95,0,,是
02,测试乙,同事,95,,,
"""


def composed(workspace: Path, rows: str = ROWS, name: str = "plans/results/composed/2026-Q3.csv") -> Path:
    (workspace / "plans" / "composed.md").write_text(COMPOSED, "utf-8")
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rows, "utf-8")
    return path


def test_trace_goes_from_the_cell_to_the_grade(genplan: Callable, workspace: Path) -> None:
    composed(workspace)
    ran = genplan("score", "plans/composed.md", "--trace", "--person", "01", "--lang", "zh-CN")
    assert ran.code == 0
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["内容质量", "90、95", "直接评分", "91", "70%", "63.7"] in lines
    assert ["违规", "1", "扣分法", "95", "30%", "28.5", "plans/results/composed/2026-Q3.csv:2[违规]"] in lines
    assert ["加权合计", "92.2"] in lines
    assert ["加分项", "创新奖励（已达上限）", "5", "97.2"] in lines
    assert ["评定等级", "优秀"] in lines
    assert ["等级上限", "违规.得分", "<", "97（违规得分为95分）", "良好"] in lines
    assert "测试乙" not in ran.out


def test_json_holds_the_whole_calculation(genplan: Callable, workspace: Path) -> None:
    composed(workspace)
    cards = json.loads(genplan("score", "plans/composed.md", "--format", "json").out)["scorecards"]
    vetoed = next(card for card in cards if card["id"] == "02")
    assert [step["stage"] for step in vetoed["steps"]] == ["sum", "veto", "rounding", "grade"]
    assert (vetoed["total"], vetoed["grade"]) == ("59.00", "合格")
    assert [(r["score"], r["share"]) for r in vetoed["lines"][0]["raters"]] == [("95", "4/5"), ("95", "1/5")]


def test_against_tells_who_changes_grade_and_why(genplan: Callable, workspace: Path) -> None:
    before = composed(workspace)
    after = composed(workspace, ROWS.replace("90,1,3", "70,1,"), "calibrated/2026-Q3.csv")
    ran = genplan("score", "plans/composed.md", "--results", before, "--against", after)
    assert ran.code == 0
    row = next(line.split() for line in ran.out.splitlines() if "测试甲" in line)
    assert row[3:8] == ["97.20", "81.00", "-16.20", "良好", "良好"]
    assert row[-1] == "-5"
    assert "内容质量 -11.2; 创新奖励 -5" in ran.out
    assert "changes of grade: 0 (nobody)" in ran.out


def test_trace_is_text(genplan: Callable, workspace: Path) -> None:
    composed(workspace)
    assert genplan("score", "plans/composed.md", "--trace", "--format", "csv").code == 2
    unknown = genplan("score", "plans/composed.md", "--person", "99")
    assert unknown.code == 1
    assert "GP704" in unknown.err


def test_csv_names_the_conditions_that_decided(genplan: Callable, workspace: Path):
    (workspace / "plans" / "conditions.md").write_text(
        "---\nschema: 1\ntitle: 方案\ndepartment: 销售部\nperiod: 2026-Q3\nindicators: [{name: 质量, weight: 100%}]\n"
        "grades: [{name: A, from: 90}, {name: B, from: 0}]\nceilings: [{when: 旷职 > 0, grade: B}]\n"
        "results: results/conditions/*.csv\n---\n",
        "utf-8",
    )
    (workspace / "plans" / "results" / "conditions").mkdir(parents=True, exist_ok=True)
    (workspace / "plans" / "results" / "conditions" / "2026-Q3.csv").write_text(
        "工号,姓名,质量,旷职\n01,测试甲,95,1\n02,测试乙,95,0\n", "utf-8"
    )
    rows = list(csv.reader(io.StringIO(genplan("score", "plans/conditions.md", "--format", "csv").out)))
    assert [row[-2:] for row in rows] == [["grade", "conditions met"], ["B", "旷职 > 0"], ["A", ""]]


OWN = """---
schema: 1
title: 软件工程师考核方案
department: 研发中心
period: 2026-Q3
indicators: [{name: 关键结果1, weight: 60%, own: yes}, {name: 关键结果2, weight: 40%, own: yes}]
results: results-2026-Q3.csv
---
"""


def test_own_indicators_are_named(genplan: Callable, tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(OWN, "utf-8")
    rows = "工号,姓名,关键结果1,关键结果1内容,关键结果1权重,关键结果2,关键结果2内容\n01,甲,80,留存率,,90,时长\n02,乙,70,重构,100%,,\n"
    (tmp_path / "results-2026-Q3.csv").write_text(rows, "utf-8")
    table = [row[5:] for row in csv.reader(io.StringIO(genplan("score", tmp_path / "p.md", "--format", "csv").out.lstrip("\ufeff")))]
    assert table == [
        ["关键结果1", "关键结果2", "total", "grade", "关键结果1 (content)", "关键结果2 (content)"],
        ["80", "90", "84.00", "", "留存率", "时长"],
        ["70", "", "70.00", "", "重构", ""],
    ]
    cards = json.loads(genplan("score", tmp_path / "p.md", "--format", "json").out)["scorecards"]
    assert [line["own_indicator"] for card in cards for line in card["lines"]] == ["留存率", "时长", "重构", None]
    trace = genplan("score", tmp_path / "p.md", "--trace").out
    assert "关键结果1：重构" in trace
    ran = genplan("sheet", tmp_path / "p.md")
    assert ran.code == 2
    assert "people have indicators of their own" in ran.err
