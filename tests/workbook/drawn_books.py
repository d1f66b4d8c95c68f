"""Random plans and people for workbooks: all methods, all that follows the weighted sum, every missing policy and rounding."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from genplan.diagnostics import Span
from genplan.plan.load import PlanFile
from genplan.plan.model import Plan
from genplan.source.yaml import Mapping

Data = dict[str, Any]
Value = float | int | str
Draw = Callable[[Random], Value]
Measure = tuple[Data, dict[str, Draw]]
"""An indicator as data, and how the cells of its columns are drawn."""

MODES = ("half-up", "half-even", "down")


def plan_file(data: Data) -> PlanFile:
    whole = {"schema": 1, "title": "绩效方案", "department": "测试部", "period": "2026-Q3"} | data
    return PlanFile(Plan.model_validate(whole), Mapping((), Span("plan.md", 1)), (), Path("plan.md"), "plan.md", "")


def amount(rng: Random, low: int, high: int) -> str:
    places = rng.choice((0, 0, 1, 2))
    return str(Decimal(rng.randint(low * 10**places, high * 10**places)).scaleb(-places))


def near(marks: list[str], low: int, high: int) -> Draw:
    """Draw a number, often one of the marks at which a score changes."""
    return lambda rng: float(rng.choice(marks)) if rng.random() < 0.4 else float(amount(rng, low, high))


def some(rng: Random, **values: object) -> Data:
    return {key: value for key, value in values.items() if rng.random() < 0.5}


def ascending(rng: Random, count: int, high: int) -> list[str]:
    return [str(Decimal(n).scaleb(-1)) for n in sorted(rng.sample(range(10, high * 10), count))]


def direct(rng: Random, name: str) -> Measure:
    top = rng.choice((100, 120))
    return {"scoring": {"method": "direct", "maximum": top}}, {name: near(["0", str(top)], 0, top)}


def ratio(rng: Random, name: str) -> Measure:
    target = amount(rng, 10, 200)
    rule = {"method": "ratio"} | some(rng, floor="60%", cap="120%", full=amount(rng, 1, 120))
    marks = [str(Decimal(target) * Decimal(share)) for share in ("0.6", "1", "1.2")]
    if rng.random() < 0.3:
        return {"target": "92%", "scoring": rule}, {name: lambda r: r.randint(30, 130) / 100}
    return {"target": target, "scoring": rule}, {name: near(marks, 0, 400)}


def inverse_ratio(rng: Random, name: str) -> Measure:
    target = amount(rng, 10, 50)
    variant = rng.choice(("target-over-actual", "two-minus-ratio"))
    rule = {"method": "inverse-ratio", "variant": variant, "when_zero": "110"} | some(rng, floor="60%", cap="120%", full="20")
    marks = ["0", target, str(Decimal(target) * Decimal("1.4")), str(Decimal(target) * Decimal("0.8"))]
    return {"target": target, "scoring": rule}, {name: near(marks, 0, 100)}


def tiers(rng: Random, name: str) -> Measure:
    walls = ascending(rng, rng.randint(1, 4), 60)
    bands: list[Data] = [{"points": amount(rng, 0, 120)} for _ in range(len(walls) + 1)]
    for wall, below, above in zip(walls, bands, bands[1:], strict=False):
        below["to"], above["from"] = wall, wall
    return {"scoring": {"method": "tiers", "inclusive": rng.choice(("upper", "lower")), "tiers": bands}}, {name: near(walls, 0, 70)}


def two_way(rng: Random, name: str) -> Measure:
    """Draw a table of attainments, read by a column of percentages or of plain numbers."""
    target, other, percent = amount(rng, 10, 200), f"{name}回款", rng.random() < 0.5
    walls, ends = ascending(rng, rng.randint(1, 4), 140), ascending(rng, rng.randint(1, 3), 99)
    rows = [*({"to": f"{wall}%"} for wall in walls), {}]
    columns = [*({"to": f"{end}%" if percent else end} for end in ends), {}]
    rule = {"method": "two-way", "rows_by": "attainment", "rows": rows, "by": other, "columns": columns}
    rule |= {"inclusive": rng.choice(("upper", "lower")), "scores": [[amount(rng, -9, 120) for _ in columns] for _ in rows]}
    marks = [str(Decimal(target) * Decimal(wall) / 100) for wall in walls]
    read = [str(Decimal(end) / 100) for end in ends] if percent else ends
    return {"target": target, "scoring": rule}, {name: near(marks, 0, 300), other: near(read, 0, 1 if percent else 100)}


def interpolation(rng: Random, name: str) -> Measure:
    places = ascending(rng, rng.randint(2, 5), 150)
    marks = list(places)
    if rng.random() < 0.5:
        places.reverse()
    if len(places) < 4:
        keys = dict(zip(("threshold", "target", "stretch"), places, strict=False))
        return keys | {"scoring": "interpolation"}, {name: near(marks, 0, 160)}
    points = [{"at": at, "score": amount(rng, 0, 120)} for at in places]
    rule = {"method": "interpolation", "points": points} | some(rng, floor=rng.choice(places))
    return {"scoring": rule}, {name: near(marks, 0, 160)}


def per_unit(rng: Random, name: str) -> Measure:
    target = amount(rng, 100, 500)
    per = rng.choice(("3%", "4", "0.3"))
    step = Decimal(target) * Decimal("0.03") if per == "3%" else Decimal(per)
    rule = {"method": "per-unit", "base": "80", "points": amount(rng, 1, 3), "per": per, "limit": "20"}
    rule |= {"steps": rng.choice(("whole", "prorated")), "polarity": rng.choice(("higher", "lower"))}
    marks = [str(Decimal(target) + n * step) for n in (-7, -3, -1, 0, 1, 3, 7, 50)]
    return {"target": target, "scoring": rule}, {name: near(marks, 0, 600)}


def deduction(rng: Random, name: str) -> Measure:
    rule = {"method": "deduction", "points": amount(rng, 1, 9)} | some(rng, full=amount(rng, 1, 120), minimum="-20")
    return {"scoring": rule}, {name: lambda r: r.randint(0, 30)}


def pass_fail(rng: Random, name: str) -> Measure:
    target = amount(rng, 0, 5)
    return {"target": target, "scoring": {"method": "pass-fail", "polarity": rng.choice(("higher", "lower"))}}, {name: near([target], 0, 8)}


def rubric(rng: Random, name: str) -> Measure:
    names = ["优*秀", "合格", 'A"a', "=a"][: rng.randint(2, 4)]
    levels = [{"name": level, "score": amount(rng, 0, 120)} for level in names]
    return {"scoring": {"method": "rubric", "levels": levels}}, {name: lambda r: r.choice(names)}


def computed(rng: Random, name: str) -> Measure:
    kept, before = f"{name}留存", f"{name}期初"
    data = {"compute": f"min({kept}, {before}) / {before}", "target": "80%", "scoring": {"method": "ratio", "cap": "120%"}}
    return data, {kept: lambda r: r.randint(0, 50), before: lambda r: r.choice((40, 50, 60, 3, 7))}


def items(rng: Random, name: str) -> Measure:
    minor, breach, idea = f"{name}轻伤", f"{name}违章", f"{name}建议"
    rule = {"method": "items", "deductions": [{"name": minor, "points": "10"}, {"name": breach, "points": amount(rng, 1, 6), "cap": "20"}]}
    rule |= some(rng, bonuses=[{"name": idea, "points": "2", "cap": "5"}], maximum="120", minimum="-5")
    counted = [minor, breach, *([idea] if "bonuses" in rule else [])]
    return {"scoring": rule}, {each: lambda r: r.randint(0, 5) for each in counted}


def roll_up(rng: Random, name: str) -> Measure:
    rule = {"method": "roll-up", "plan": "other.md"} | some(rng, out_of="120", full=amount(rng, 1, 120))
    return {"scoring": rule}, {name: near(["100", "120"], 0, 120)}


METHODS = (direct, roll_up, ratio, inverse_ratio, tiers, interpolation, per_unit, deduction, pass_fail, rubric, items, computed, two_way)


@dataclass(frozen=True)
class Drawn:
    """A plan, and what to fill in: a row of cells by header for each person."""

    plan: PlanFile
    rows: list[dict[str, Value]]


def draw(seed: int, people: int, *, own: bool = False) -> Drawn:
    """Draw a plan with all methods in it, or some, and its people's cells; with targets of people's own, of which few are left out."""
    rng = Random(seed)
    chosen = list(METHODS) if seed % 2 else rng.sample(METHODS, rng.randint(2, 6))
    measures = {f"指标{n}": method(rng, f"指标{n}") for n, method in enumerate(chosen)}
    indicators: list[Data] = [{"name": name} | data for name, (data, _) in measures.items()]
    own_targets = _own_targets(rng, indicators) if own else {}
    for indicator in indicators:
        if rng.random() < 0.2:
            indicator["bounds"] = some(rng, minimum="5", maximum="110")
    limits = Random(f"limits {seed}")
    if seed % 2:
        limited, by = limits.sample(indicators, 2)
        attained = "inverse" not in str(by["scoring"]) and "ratio" in str(by["scoring"])
        limited["cap_by"] = f"{by['name']}.{'完成率' if attained else '得分'}"
    tables = Random(f"tables {seed}")
    for name, rule in [(each["name"], each["scoring"]) for each in indicators if "two-way" in str(each["scoring"])]:
        plain = [n for n, (each, cells) in measures.items() if list(cells) == [n] and "'method': 'ratio'" in str(each["scoring"])]
        if plain and tables.random() < 0.5:
            rule["by"] = f"{plain[0]}.完成率"
            rule["columns"] = [{"to": f"{wall}%"} for wall in ascending(tables, len(rule["columns"]) - 1, 130)] + [{}]
            del measures[name][1][f"{name}回款"]
    data: Data = {"missing": ("error", "exclude", "zero")[seed % 3], "weights": rng.choice(("exact", "normalize"))}
    if seed % 4 == 3:
        data |= _pointed(rng, indicators)
    else:
        data |= _weighed(rng, indicators, normalize=data["weights"] == "normalize")
    data["rounding"] = {"places": rng.randint(0, 3), "mode": MODES[seed // 3 % 3]}
    data["bonuses"] = [{"name": "加分项", "points": "1.5", "cap": "4"}, {"name": "=奖励"}]
    data["deductions"] = [{"name": "扣分项", "points": "2"}]
    data["vetoes"] = [{"name": "重大事故"}, {"name": "投诉", "effect": "cap", "cap": "59.5"}]
    data |= {"total": some(rng, minimum="0", maximum="110")}
    walls = ascending(rng, 3, 100)[::-1]
    grades = [{"name": name, "from": wall} for name, wall in zip(("优", "良", "中"), walls, strict=True)] + [
        {"name": "差*", "from": "-500"}
    ]
    if rng.random() < 0.2:
        grades[0]["to"] = "105"
    data["grades"] = rng.sample(grades, 4)
    held = Random(f"conditions {seed}")
    data["ceilings"] = [{"when": _condition(held, data, measures), "grade": rng.choice(("良", "中"))} for _ in range(2)]
    data["vetoes"].append({"name": "条件否决", "when": _condition(held, data, measures, of_total=False), "effect": "cap", "cap": "70"})
    paid: dict[str, Draw] = {}
    if seed % 3 != 1:
        data["pay"], paid = _pay(Random(f"pay {seed}"), data["grades"])
    compares = any(method not in (direct, roll_up, deduction, items, rubric) for method in chosen)
    confirmed: dict[str, Value] = {"数值确认": "是"} if compares else {}
    cells = {header: value for _, columns in measures.values() for header, value in columns.items()} | own_targets
    careful = data["missing"] == "error"
    rows = [_person(rng, n, cells, 0.02 if careful else 0.12) | confirmed for n in range(people)]
    if any("旷职" in each.get("when", "") for each in (*data["ceilings"], *data["vetoes"])):
        rows = [row | ({"旷职": held.randint(0, 3)} if held.random() < 0.9 else {}) for row in rows]
    of_pay = Random(f"figures {seed}")
    return Drawn(plan_file(data), [row | {name: value(of_pay) for name, value in paid.items()} for row in rows])


def _condition(rng: Random, data: Data, measures: dict[str, Measure], *, of_total: bool = True) -> str:
    """Draw a condition, of all that conditions can be about."""
    name = rng.choice(list(measures))
    forms = [
        f"{name}.得分 < {rng.randint(20, 90)}",
        f"任一指标得分 < {rng.randint(0, 40)}",
        "旷职 > 1",
        "扣分项 >= 3",
        "加分项 - 扣分项 * 2 > -3",
    ]
    plain = [
        n
        for n, (each, cells) in measures.items()
        if list(cells) == [n] and isinstance(each["scoring"], dict) and each["scoring"]["method"] in ("ratio", "inverse-ratio")
    ]
    for ratio_ in plain:
        forms += [f"{ratio_}.完成率 < {rng.randint(40, 120)}%", f"任一指标完成率 < {rng.randint(20, 70)}%"]
    if of_total:  # with something that is always known, since the total is there before such a condition is decided
        forms = [f"总分 < {rng.randint(30, 90)}"] if rng.random() < 0.2 else forms
        if forms[0].startswith("总分"):
            return f"{forms[0]} and not 扣分项 > 2"
    word = rng.choice((" and ", " or "))
    return word.join(rng.choice(("", "not ")) + each for each in rng.sample(forms, rng.choice((1, 1, 2))))


def _pay(rng: Random, grades: list[Data]) -> tuple[Data, dict[str, Draw]]:
    """Draw pay by formula and by table, with the figures it takes; every grade gets a coefficient."""
    for grade in grades:
        grade["coefficient"] = amount(rng, 0, 2)
    walls = [Decimal(wall) for wall in ascending(rng, rng.randint(1, 3), 90)]
    rates = [f"{amount(rng, 0, 9)}%" for _ in range(len(walls) + 1)]
    ends: list[Data] = [{"to": str(wall)} for wall in walls]
    tiers = [end | {"rate": rate} for end, rate in zip([*ends, {}], rates, strict=True)]
    tiers[-1]["from"] = str(walls[-1])
    parts = [
        {"name": "绩效工资", "compute": "绩效基数 * 绩效系数 * 出勤率 + 总分 / 3"},
        {"name": "提成", "commission": {"of": "回款 - 退款", "mode": rng.choice(("whole", "progressive")), "tiers": tiers}},
    ]
    pay: Data = {"parts": parts, "rounding": {"places": rng.randint(0, 3), "mode": rng.choice(MODES)}}
    pay["inputs"] = [{"name": "回款", "unit": "万元"}, {"name": "出勤率", "unit": "%"}]
    marks = [str(wall / 10000) for wall in walls]
    figures: dict[str, Draw] = {
        "绩效基数": lambda r: float(amount(r, 2000, 900000)),
        "出勤率": lambda r: r.choice((1, 0.5, 0.965)),
        "回款": near(marks, 0, 1),
        "退款": lambda r: r.choice((0, 0, 5, 12000)),
    }
    return pay, figures


def _own_targets(rng: Random, indicators: list[Data]) -> dict[str, Draw]:
    """Leave targets to people; return how the cells are drawn."""
    drawn: dict[str, Draw] = {}
    for indicator in indicators:
        target = indicator.get("target", "%")
        if target.endswith("%") or indicator["scoring"] == "interpolation":
            continue
        marks = [target, *(amount(rng, 1, 400) for _ in range(3))]
        drawn[f"{indicator['name']}目标值"] = lambda r, marks=marks: float(r.choice(marks))
        indicator["target"] = "own"
    return drawn


def _pointed(rng: Random, indicators: list[Data]) -> Data:
    """Give the indicators points, in a points form or in a dimension with a weight; scores that are entered stay out of 100."""
    entered = {"scoring": {"method": "direct", "maximum": "100"}}
    pointed = [entered | each | {"points": amount(rng, 5, 40)} for each in indicators]
    if rng.random() < 0.5:
        return {"weights": "points", "indicators": pointed}
    cuts = [0, *sorted(rng.sample(range(1, 100), len(pointed) - 1)), 100]
    hundred = [each | {"points": str(b - a)} for each, a, b in zip(pointed, cuts, cuts[1:], strict=False)]
    return {"weights": "exact", "dimensions": [{"name": "维度", "weight": "100%", "indicators": hundred}]}


def _weighed(rng: Random, indicators: list[Data], *, normalize: bool) -> Data:
    def weighed(members: list[Data]) -> list[Data]:
        if normalize:
            return [member | {"weight": str(rng.randint(1, 60))} for member in members]
        cuts = [0, *sorted(rng.sample(range(1, 100), len(members) - 1)), 100]
        return [member | {"weight": f"{b - a}%"} for member, a, b in zip(members, cuts, cuts[1:], strict=False)]

    if rng.random() < 0.5:
        return {"indicators": weighed(indicators)}
    half = len(indicators) // 2
    groups = [weighed(indicators[:half]), indicators[half:]]
    if normalize:
        return {"dimensions": [{"name": f"维度{n}", "weight": f"{rng.randint(20, 90)}", "indicators": g} for n, g in enumerate(groups)]}
    return {
        "dimensions": [
            {"name": f"维度{n}", "weight": w, "indicators": g} for n, (w, g) in enumerate(zip(("60%", "40%"), groups, strict=True))
        ]
    }


def _person(rng: Random, number: int, cells: dict[str, Draw], gaps: float) -> dict[str, Value]:
    row: dict[str, Value] = {"工号": f"{number:04}", "姓名": f"=员工{number}"}
    row |= {header: value(rng) for header, value in cells.items() if rng.random() >= gaps}
    row |= {header: rng.randint(0, 4) for header in ("加分项", "=奖励", "扣分项") if rng.random() < 0.3}
    row |= {header: rng.choice(("是", "否")) for header in ("重大事故", "投诉") if rng.random() < 0.15}
    return row


def draw_ties(mode: str, people: int) -> Drawn:
    """Draw people whose totals lie halfway between two roundings, where the error of a binary digit would decide."""
    rng = Random(mode)
    shares = (Fraction(7, 23), Fraction(11, 23), Fraction(5, 23))
    data: Data = {"weights": "normalize"}
    data["indicators"] = [{"name": f"指标{n}", "weight": str(share * 23)} for n, share in enumerate(shares)]
    data["rounding"] = {"places": 2, "mode": mode}
    data["grades"] = [{"name": "优", "from": "60.01"}, {"name": "良", "from": "60"}, {"name": "差", "from": "0"}]
    rows: list[dict[str, Value]] = []
    for number in range(people):
        first = Decimal(rng.randint(5500, 6500)) / 100
        second = Decimal(rng.randint(5500, 6500)) / 100
        wanted = Decimal(rng.randint(5900, 6100)) / 100 + Decimal("0.005")
        last = (wanted * 23 - first * 7 - second * 11) / 5
        cells = (first, second, min(max(last, Decimal(0)), Decimal(100)))
        rows.append({"工号": f"{number:04}", "姓名": "测试甲"} | {f"指标{n}": float(cell) for n, cell in enumerate(cells)})
    return Drawn(plan_file(data), rows)


def draw_decided(people: int) -> Drawn:
    """Draw people whose grades are decided, some of them above what a ceiling leaves, and one person whose grade is not."""
    rng = Random("decided")
    grades = ("优秀", "良好", "一般", "不合格")
    data: Data = {"indicators": [{"name": "质量", "weight": "60%"}, {"name": "协作", "weight": "40%"}]}
    data["grades"] = [{"name": name} for name in grades]
    data["ceilings"] = [{"when": "质量.得分 < 60", "grade": "良好"}]
    rows: list[dict[str, Value]] = []
    for number in range(people):
        cells: dict[str, Value] = {"质量": float(rng.randint(40, 100)), "协作": float(rng.randint(0, 100))}
        decided = {"等级": rng.choice(grades), "评定人": "考核小组"} if number else {}
        rows.append({"工号": f"{number:04}", "姓名": "测试甲"} | cells | decided)
    return Drawn(plan_file(data), rows)


def draw_by_level(people: int) -> Drawn:
    """Draw people whose grades rules over levels decide; some have no level for an indicator, which is passed over."""
    rng = Random("by level")
    levels = ("优", "良", "中", "差")
    scored = [{"name": level, "score": str(score)} for level, score in zip(levels, (100, 85, 70, 40), strict=True)]
    names = ("业绩", "协作", "作风")
    data: Data = {
        "missing": "exclude",
        "indicators": [{"name": name, "weight": weight, "scoring": {"method": "rubric", "levels": scored}} for name, weight in
                       zip(names, ("40%", "30%", "30%"), strict=True)],
        "grades": [
            {"name": "优秀", "when": "没有指标低于良且至少2项指标不低于良"},
            {"name": "良好", "when": "半数以上指标为优或业绩为优且任一指标为良"},
            {"name": "一般", "when": "至少2项指标不低于中且作风不低于中"},
            {"name": "不合格"},
        ],
    }  # fmt: skip
    rows: list[dict[str, Value]] = []
    for number in range(people):
        cells: dict[str, Value] = {name: rng.choice(levels) for name in names if name == "业绩" or rng.random() < 0.9}
        rows.append({"工号": f"{number:04}", "姓名": "测试甲"} | cells)
    return Drawn(plan_file(data), rows)
