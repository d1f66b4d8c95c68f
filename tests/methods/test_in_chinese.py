"""Rules written in Chinese mean what they mean in English: names of methods, keys and fixed words."""

from pathlib import Path

import pytest

from genplan.methods.parameters import RuleModel
from genplan.plan.load import load_plan

PLAN = """\
---
schema: 1
title: 方案
department: 部门
indicators:
  - {{name: 甲, weight: 100%, {written}}}
---
"""


def rule(folder: Path, written: str) -> RuleModel:
    (folder / "plan.md").write_text(PLAN.format(written=written), "utf-8")
    plan, found = load_plan(folder / "plan.md", "plan.md")
    assert plan is not None, found
    (indicator,) = plan.plan.indicators
    assert indicator.scoring is not None
    return indicator.scoring


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("计分方法: 直接评分", "scoring: direct"),
        ("计分: {方法: 比率法, 满分: 20, 保底完成率: 60%, 封顶完成率: 120%}", "scoring: {method: ratio, full: 20, floor: 60%, cap: 120%}"),
        ("计分: {方法: 比率法, 保底值: 60%, 封顶: 120%}", "scoring: {method: ratio, floor: 60%, cap: 120%}"),
        (
            "计分: {方法: 反向比率法, 算法: 目标比实际, 实际值为零时得分: 120}",
            "scoring: {method: inverse-ratio, variant: target-over-actual, when_zero: 120}",
        ),
        ("计分: {方法: 反向比率法, 变体: 二减实际比目标}", "scoring: {method: inverse-ratio, variant: two-minus-ratio}"),
        ("计分: {方法: 反向比率法, 变体: 二减完成率}", "scoring: {method: inverse-ratio, variant: two-minus-ratio}"),
        ("计分: {方法: 非此即彼法, 方向: 不高于}", "scoring: {method: pass-fail, polarity: lower}"),
        ("计分: {方法: 非此即彼法, 方向: 越高越好}", "scoring: {method: pass-fail, polarity: higher}"),
        ("计分: {方法: 扣分法, 分值: 2}", "scoring: {method: deduction, points: 2}"),
        (
            "计分: {方法: 加减分法, 基础分: 30, 分值: 1, 每: 3%, 加减上限: 6, 计步: 整步}",
            "scoring: {method: per-unit, base: 30, points: 1, per: 3%, limit: 6, steps: whole}",
        ),
        (
            "计分: {方法: 加减分法, 分值: 1, 每: 1个百分点, 加减上限: 6, 不足计分单位的处理: 按比例}",
            "scoring: {method: per-unit, points: 1, per: 1pp, limit: 6, steps: prorated}",
        ),
        (
            "计分: {方法: 加减分法, 分值: 1, 每: 2, 加减上限: 6, 计步: 按整数单位}",
            "scoring: {method: per-unit, points: 1, per: 2, limit: 6, steps: whole}",
        ),
        (
            "计分: {方法: 层差法, 边界归属: 含上限, 分档: [{止: 25, 分值: 15}, {起: 25, 分值: 0}]}",
            "scoring: {method: tiers, inclusive: upper, tiers: [{to: 25, points: 15}, {from: 25, points: 0}]}",
        ),
        (
            "计分: {方法: 层差法, 区间含: 含下限, 档次: [{上界: 25, 分值: 15}, {下界: 25, 分值: 0}]}",
            "scoring: {method: tiers, inclusive: lower, tiers: [{to: 25, points: 15}, {from: 25, points: 0}]}",
        ),
        (
            "计分: {方法: 线性插值, 点: [{取值: 8, 分数: 0}, {取值: 5, 分数: 100%}]}",
            "scoring: {method: interpolation, points: [{at: 8, score: 0}, {at: 5, score: 100%}]}",
        ),
        (
            "计分: {方法: 双向表, 边界归属: 含上限, 行: [{}], 行依据: 实际值, 列依据: 乙, 列: [{}], 各格得分: [[1]]}",
            "scoring: {method: two-way, inclusive: upper, rows: [{}], rows_by: actual, by: 乙, columns: [{}], scores: [[1]]}",
        ),
        (
            "计分: {方法: 双向表, 边界归属: 含上限, 行: [{}], 行依据: 达成率, 列依据: 乙.达成率, 列: [{}], 各格得分: [[1]]}",
            "scoring: {method: two-way, inclusive: upper, rows: [{}], rows_by: attainment, by: 乙.完成率, columns: [{}], scores: [[1]]}",
        ),
        (
            "计分: {方法: 逐项计分法, 扣分项: [{名称: 轻伤, 分值: 10}], 加分项: [{名称: 建议, 分值: 2, 封顶: 6}]}",
            "scoring: {method: items, deductions: [{name: 轻伤, points: 10}], bonuses: [{name: 建议, points: 2, cap: 6}]}",
        ),
        (
            "计分: {方法: 说明法, 级别: [{名称: 好, 分数: 100}, {名称: 差, 分数: 0}]}",
            "scoring: {method: rubric, levels: [{name: 好, score: 100}, {name: 差, score: 0}]}",
        ),
        (
            "计分: {方法: 汇总, 汇总方案: m.md, 各期: [一季度, 二季度], 总分满分: 120, 缺失处理: 剔除}",
            "scoring: {method: roll-up, plan: m.md, periods: [一季度, 二季度], out_of: 120, missing: exclude}",
        ),
    ],
)
def test_a_rule_in_chinese_is_the_same(chinese: str, english: str, tmp_path: Path) -> None:
    assert rule(tmp_path, f"目标值: 10, {chinese}") == rule(tmp_path, f"target: 10, {english}")
