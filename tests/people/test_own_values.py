"""A person's own targets, weights and points: columns of results, files of goals, and what may be wrong with them."""

from pathlib import Path

import pytest

from genplan import api

PLAN = """---
schema: 1
title: 销售经理考核方案
department: 销售部
position: 销售经理
period: 2026-Q3
indicators:
  - {name: 营收, weight: 60%, unit: 万元, target: TARGET, scoring: {method: ratio, cap: 120%}}
  - {name: 协作, weight: 40%}
KEYS
---
"""


def totals(tmp_path: Path, *, results: str = "", goals: str = "", target: str = "own") -> tuple[dict[str, str], set[str]]:
    keys = [f"{key}: {key}-2026-Q3.csv" for key, text in (("results", results), ("goals", goals)) if text]
    (tmp_path / "plan.md").write_text(PLAN.replace("TARGET", target).replace("KEYS", "\n".join(keys)), "utf-8")
    for name, text in (("results", results), ("goals", goals)):
        (tmp_path / f"{name}-2026-Q3.csv").write_text(text, "utf-8")
    session = api.load([tmp_path / "plan.md"])
    return {card.person.id: f"{card.total:f}" for card in api.score(session)}, {each.code for each in session.diagnostics}


@pytest.mark.parametrize(
    "header",
    [
        "营收目标值",
        "营收（目标值）",
        "营收（目标）",
        "营收-目标",
        "营收 目标",
        "目标营收",
        "营收_目标",
        "营收 target",
        "营收（目标值）（万元）",
        "营收目標值",
    ],
)
@pytest.mark.parametrize("target", ["own", "个人目标", "1000"])
def test_a_column_is_the_own_target(tmp_path: Path, header: str, target: str):
    results = f"工号,姓名,营收,{header},协作\n01,甲,1050,1200,90\n"
    assert totals(tmp_path, results=results, target=target) == ({"01": "88.50"}, set())  # 87.5 * 60% + 90 * 40%


def test_own_targets_are_converted(tmp_path: Path):
    results = "工号,姓名,营收,营收（目标，元）,营收目标值（元）,协作\n"
    assert "GP460" in totals(tmp_path, results=results + "01,甲,1050,,12000000,90\n")[1]
    results = "工号,姓名,营收,营收目标值（元）,协作\n01,甲,1050,12000000,90\n"
    assert totals(tmp_path, results=results) == ({"01": "88.50"}, {"GP461"})


def test_without_an_own_target_the_plans_counts(tmp_path: Path):
    results = "工号,姓名,营收,营收目标值,协作\n01,甲,1050,1200,90\n02,乙,799,,90\n"
    assert totals(tmp_path, results=results, target="799")[0] == {"01": "88.50", "02": "96.00"}
    assert totals(tmp_path, results=results) == ({"01": "88.50"}, {"GP435"})


@pytest.mark.parametrize(
    "goals",
    [
        "工号,姓名,营收目标值,营收权重,协作权重\n01,甲,1200,80%,20%\n",
        "工号,姓名,营收目标值,营收权重,协作权重\n01,甲,1200,80,20\n",
        "工号,姓名,营收目标值,营收权重,协作权重\n01,甲,1200,0.8,0.2\n",
        "工号,姓名,指标,目标值,权重\n01,甲,营收,1200,80%\n01,甲,协作,,20%\n",
        "责任书\n工号,姓名,指标,目标值,单位,权重\n01,甲,营收,0.12,亿元,80%\n01,甲,协作,,,20%\n",
        "工号,姓名,营收,,协作\n,,目标值,权重,权重\n01,甲,1200,80%,20%\n",
    ],
)
def test_goals_in_both_forms(tmp_path: Path, goals: str):
    total, codes = totals(tmp_path, results="工号,姓名,营收,协作\n01,甲,1050,90\n", goals=goals)
    assert (total, codes - {"GP461", "GP480"}) == ({"01": "88.00"}, set())  # 87.5 * 80% + 90 * 20%


def test_results_in_the_long_form(tmp_path: Path):
    results = "工号,姓名,指标,目标值,实际值\n01,甲,营收,1200,1050\n01,甲,协作,,90\n"
    assert totals(tmp_path, results=results) == ({"01": "88.50"}, set())


def test_what_is_plausible_depends_on_the_own_target(tmp_path: Path):
    results = "工号,姓名,营收,营收目标值,协作\n01,甲,1050,100,90\n"
    assert totals(tmp_path, results=results, target="1000") == ({}, {"GP463"})
    results = "工号,姓名,营收,营收目标值,协作\n01,甲,1050,1200,90\n"
    assert totals(tmp_path, results=results, target="100") == ({"01": "88.50"}, set())


@pytest.mark.parametrize(
    ("values", "code"),
    [("0", "GP436"), ("-1200", "GP436"), ("约1200", "GP406"), ("1200人", "GP462"), ("90%", "GP407")],
)
def test_own_targets_that_cannot_be_used(tmp_path: Path, values: str, code: str):
    results = f"工号,姓名,营收,营收目标值,协作\n01,甲,1050,{values},90\n"
    assert totals(tmp_path, results=results, target="1000") == ({}, {code})


def test_points_of_ones_own_are_for_points_forms(tmp_path: Path):
    results = "工号,姓名,营收,协作,营收分值,协作分值\n01,甲,1050,90,60,40\n"
    assert totals(tmp_path, results=results, target="1000") == ({}, {"GP438"})


def test_who_has_goals_gets_a_contract_before_there_are_results(tmp_path: Path):
    assert totals(tmp_path, goals="工号,姓名,营收目标值\n01,甲,1200\n02,乙,700\n") == ({}, set())
    built = api.load([tmp_path / "plan.md"])
    (assessment,) = built.assessments
    assert [person.id for person in assessment.awaited] == ["01", "02"]


def test_counted_items_start_from_own_points(tmp_path: Path):
    items = "{method: items, deductions: [{name: 差错, points: 5}]}"
    indicators = f"weights: points\nindicators:\n  - {{name: 产量, points: 60}}\n  - {{name: 质量, points: 40, scoring: {items}}}"
    head = PLAN[: PLAN.index("indicators:")]
    (tmp_path / "plan.md").write_text(f"{head}{indicators}\nresults: results-2026-Q3.csv\n---\n", "utf-8")
    rows = "工号,姓名,产量,差错,产量分值,质量分值\n01,甲,50,2,50,50\n02,乙,50,2,,\n"
    (tmp_path / "results-2026-Q3.csv").write_text(rows, "utf-8")
    cards = api.score(api.load([tmp_path / "plan.md"]))
    assert {card.person.id: f"{card.total:f}" for card in cards} == {"01": "90.00", "02": "80.00"}  # 50 + (50 - 10), 50 + (40 - 10)


KEY_RESULTS = """---
schema: 1
title: 软件工程师考核方案
department: 研发中心
period: 2026-Q3
dimensions:
  - name: OKR
    weight: 60%
    indicators:
      - {name: 关键结果1, own: yes}
      - {name: 关键结果2, own: yes}
  - {name: 行为, weight: 40%, indicators: [{name: 协作}]}
goals: goals-2026-Q3.csv
results: results-2026-Q3.csv
---
"""
SCORES = "工号,姓名,关键结果1,关键结果2,协作\n01,甲,80,60,90\n02,乙,80,,90\n"


def key_results(tmp_path: Path, goals: str, results: str = SCORES) -> tuple[dict[str, str], set[str]]:
    (tmp_path / "plan.md").write_text(KEY_RESULTS, "utf-8")
    (tmp_path / "goals-2026-Q3.csv").write_text(goals, "utf-8")
    (tmp_path / "results-2026-Q3.csv").write_text(results, "utf-8")
    session = api.load([tmp_path / "plan.md"])
    return {card.person.id: f"{card.total:f}" for card in api.score(session)}, {each.code for each in session.diagnostics}


@pytest.mark.parametrize("word", ["内容", "指标内容", "名称", "內容", "key result"])
def test_each_person_has_indicators_of_their_own(tmp_path: Path, word: str):
    goals = f"工号,姓名,指标,{word}\n01,甲,关键结果1,留存率升至75%\n01,甲,关键结果2,2026\n02,乙,关键结果1,重构上线\n"
    assert key_results(tmp_path, goals) == ({"01": "78.00", "02": "84.00"}, set())  # 70 or 80, * 60%, + 90 * 40%
    goals = f"工号,姓名,关键结果1{' ' if word.isascii() else ''}{word},关键结果2（{word}）\n01,甲,留存率升至75%,2026\n02,乙,重构上线,\n"
    assert key_results(tmp_path, goals) == ({"01": "78.00", "02": "84.00"}, set())


def test_own_weights_are_of_the_indicators_that_a_person_has(tmp_path: Path):
    goals = "工号,姓名,指标,内容,权重\n01,甲,关键结果1,留存率,75%\n01,甲,关键结果2,时长,25%\n02,乙,关键结果1,重构,100%\n"
    assert key_results(tmp_path, goals) == ({"01": "81.00", "02": "84.00"}, set())  # (80 * 75% + 60 * 25%) * 60% + 36
    assert "GP438" in key_results(tmp_path, goals.replace("100%", "90%"))[1]


def test_own_indicators_are_named_once_and_agreed(tmp_path: Path):
    goals = "工号,姓名,指标,内容\n01,甲,关键结果1,留存率\n01,甲,关键结果2,时长\n02,乙,关键结果1,重构\n"
    results = SCORES.replace("协作\n", "协作,关键结果1内容\n").replace("60,90\n", "60,90,收入\n")
    assert "GP437" in key_results(tmp_path, goals, results)[1]
    assert "GP650" in key_results(tmp_path, goals.replace("重构", "重构" * 101))[1]


def test_who_has_no_own_indicator_has_no_total(tmp_path: Path):
    goals = "工号,姓名,指标,内容\n01,甲,关键结果1,留存率\n01,甲,关键结果2,时长\n"
    results = SCORES.replace("乙,80,,90", "乙,,,90")
    assert key_results(tmp_path, goals, results) == ({"01": "78.00"}, {"GP357"})


def test_a_place_that_was_left_out_is_not_missing(tmp_path: Path):
    goals = "工号,姓名,指标,内容\n01,甲,关键结果1,留存率\n01,甲,关键结果2,时长\n02,乙,关键结果1,重构\n"
    assert key_results(tmp_path, goals, SCORES.replace("80,60,90", "80,,90"))[1] == {"GP405"}
