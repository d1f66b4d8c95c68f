"""Inputs of which wrong numbers once came out, from the files to the totals: the right ones now, or an error."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from genplan.diagnostics import Severity
from genplan.people.load import load_results
from genplan.plan.checks import check_plan
from genplan.plan.load import load_plan
from genplan.scoring.scorecard import score_people

HEAD = "schema: 1\ntitle: 方案\ndepartment: 部\nperiod: 2026-Q3\nresults: r/*\n"
GRADES = "grades: [{name: 优, from: 90}, {name: 良, from: 60}, {name: 差, from: 0}]\n"
Come = Callable[..., tuple[dict[str, Decimal], set[str]]]


@pytest.fixture
def come_out(tmp_path: Path) -> Come:
    """Write a plan and a file of results; give totals by id, and the codes of errors."""

    def score(plan: str, results: str | bytes, name: str = "team-2026-Q3.csv") -> tuple[dict[str, Decimal], set[str]]:
        path = tmp_path / "plan.md"
        path.write_text(f"---\n{HEAD}{plan}{GRADES}---\n", encoding="utf-8")
        (tmp_path / "r").mkdir()
        (tmp_path / "r" / name).write_bytes(results.encode() if isinstance(results, str) else results)
        read, found = load_plan(path, "plan.md")
        assert read is not None, found
        people, more = load_results(read, tmp_path)
        cards, last = score_people(read, people)
        every = [*found, *check_plan(read), *more, *last]
        return {card.person.id: card.total for card in cards}, {each.code for each in every if each.severity is Severity.ERROR}

    return score


def test_units_in_headers(come_out: Come):
    plan = """indicators:
  - {name: 销售额, weight: 50%, unit: 元, target: 1000000, scoring: {method: ratio, cap: 120%}}
  - {name: 投诉率, weight: 50%, target: 3%, scoring: {method: inverse-ratio, variant: two-minus-ratio, cap: 120%}}
"""
    assert come_out(plan, "工号,姓名,销售额（万元）,投诉率（%）\n0001,张三,120,0.12\n") == ({"0001": 120}, set())


def test_remarks_in_headers(come_out: Come):
    plan = "indicators: [{name: 销售额, weight: 50%, target: 100, scoring: ratio}, {name: 质量, weight: 50%}]\n"
    assert come_out(plan, "工号,姓名,销售额（上年）,质量（自评）\n0001,张三,100,98\n") == ({}, {"GP460"})


RATED = """raters: [{name: 本人, rater: self, weight: 20%}, {name: 上级, rater: supervisor, weight: 80%}]
indicators: [{name: 销售额, weight: 50%, target: 100, scoring: ratio}, {name: 质量, weight: 50%}]
"""


@pytest.mark.parametrize(
    ("results", "totals", "codes"),
    [
        ("工号,姓名,评价人,销售额,质量\n0001,张三,本人,61,98\n0002,李四,本人,70,99\n", {}, {"GP430"}),
        ("工号,姓名,评价,销售额,质量\n0001,张三,本人,61,98\n", {}, {"GP466"}),
        ("工号,姓名,评价人,销售额,质量\n0001,张三,本人,61,98\n0001,张三,上级,,88\n", {"0001": Decimal("75.50")}, set()),
        ("工号,姓名,销售额,质量（本人）,质量（上级）\n0001,张三,61,98,88\n", {"0001": Decimal("75.50")}, set()),
    ],
)
def test_raters(come_out: Come, results: str, totals: dict[str, Decimal], codes: set[str]):
    assert come_out(RATED, results) == (totals, codes)


@pytest.mark.parametrize("name", ["2026-Q2(1).csv", "2026Q2.csv", "2026年第二季度.csv", "2026-Q2 - 副本.csv", "Q2-2026.csv"])
def test_names_of_files(come_out: Come, name: str, tmp_path: Path):
    totals, codes = come_out("indicators: [{name: A, weight: 100%}]\n", "工号,姓名,A\n01,张,80\n", name)
    assert (totals, codes) == ({"01": 80}, set())
    plan, _ = load_plan(tmp_path / "plan.md", "plan.md")
    assert plan is not None
    assert [person.period.id for person in load_results(plan, tmp_path).value] == ["2026-Q2"]


@pytest.mark.parametrize(
    ("name", "code"), [("Q2.csv", "GP464"), ("20260630.csv", "GP464"), ("202606.csv", "GP465"), ("2026-Q5.csv", "GP464")]
)
def test_names_of_files_that_are_refused(come_out: Come, name: str, code: str):
    assert come_out("indicators: [{name: A, weight: 100%}]\n", "工号,姓名,A\n01,张,80\n", name) == ({}, {code})


PERCENT = """indicators:
  - {name: 留存率, weight: 25%, scoring: {method: interpolation, points: [{at: 80%, score: 0}, {at: 100%, score: 100}]}}
  - name: 满意率
    weight: 25%
    scoring: {method: tiers, inclusive: lower, tiers: [{to: 80%, points: 0}, {from: 80%, to: 95%, points: 80}, {from: 95%, points: 100}]}
  - {name: 差错, weight: 25%, scoring: {method: deduction, points: 2}}
  - {name: 投诉率, weight: 25%, target: 3%, scoring: {method: inverse-ratio, variant: two-minus-ratio}}
"""


def test_percentages_against_plain_numbers(come_out: Come):
    assert come_out(PERCENT, "工号,姓名,留存率,满意率,差错,投诉率\n0001,张三,85,85,3%,2%\n") == ({}, {"GP407"})


def test_percentages(come_out: Come):
    # 25, 80, 94 and 133.33…, a quarter each
    totals, codes = come_out(PERCENT, "工号,姓名,留存率,满意率（%）,差错,投诉率\n0001,张三,85%,85,3,20‰\n")
    assert (totals, codes) == ({"0001": Decimal("83.08")}, set())


@pytest.mark.parametrize(
    ("compute", "totals", "codes"), [("r / m * 100", {}, {"GP463", "GP467"}), ("r / m", {"0001": Decimal("93.33")}, set())]
)
def test_computed_percentages(come_out: Come, compute: str, totals: dict[str, Decimal], codes: set[str]):
    plan = f"""indicators:
  - {{name: A, weight: 50%, target: 90%, scoring: {{method: per-unit, base: 80, points: 1, per: 1pp, limit: 20, steps: prorated}}}}
  - {{name: B, weight: 50%, target: 90%, compute: {compute}, scoring: {{method: ratio}}}}
"""
    # 80 + 10 for ten percentage points above the target, and 87 ÷ 90
    assert come_out(plan, "工号,姓名,A,r,m\n0001,张三,100%,87,100\n") == (totals, codes)


def test_an_empty_row_counts_zero(come_out: Come):
    plan = "missing: zero\nindicators: [{name: A, weight: 50%}, {name: B, weight: 50%}]\n"
    assert come_out(plan, "工号,姓名,A,B\n01,甲,90,\n02,乙,,\n") == ({"01": 45, "02": 0}, set())


def test_multiples_in_cells(come_out: Come, saved: Callable[[Workbook], bytes]):
    plan = """indicators:
  - {name: 销售额, weight: 50%, unit: 元, target: 100000, scoring: {method: ratio, cap: 120%}}
  - {name: 服务评分, weight: 50%}
"""
    book = Workbook()
    book.active.append(["工号", "姓名", "销售额", "服务评分"])
    cells = ("9.8万", "9.8万元", "98千元", "￥98,000", "98,000元", "1.2亿", "约98000", "98K", "98000.-")
    for number, cell in enumerate(cells):
        book.active.append([f"{number}", "甲", cell, 80])
    totals, codes = come_out(plan, saved(book), "team-2026-Q3.xlsx")
    assert totals == dict.fromkeys("012347", Decimal("89.00"))
    assert codes == {"GP406", "GP463"}  # 1.2亿 is 1200 times the target
