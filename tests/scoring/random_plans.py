"""Random plans, and people to score by them. A plan is data as front matter holds it, so that a test can rearrange it first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from genplan.diagnostics import Span
from genplan.people.computed_actuals import compute_actual
from genplan.people.computed_columns import computations
from genplan.people.model import Actual, Calibration, PersonResult, Presence, Rating
from genplan.people.own_values import with_own
from genplan.plan.load import PlanFile
from genplan.plan.model import Plan
from genplan.plan.periods import parse_period
from genplan.source.quantity import parse_quantity
from genplan.source.yaml import Mapping

Data = dict[str, Any]

PERIOD = parse_period("2026-Q3")
SPAN = Span("results/team.csv", 2)
MODES = ("half-up", "half-even", "down")
POLICIES = ("error", "exclude", "zero")
CONVENTIONS: dict[str, Callable[[Decimal], str]] = {"percent": "{}%".format, "points": str, "fraction": lambda w: str(w / 100)}


@dataclass(frozen=True)
class Measure:
    """An indicator as data, without its weight; `draw` gives an actual as results hold it, on a bound of the method more often than not."""

    data: Data
    draw: Callable[[Random], str]
    judged: bool
    counted: tuple[str, ...] = ()


def plan_file(data: Data) -> PlanFile:
    """Make a plan of its data."""
    plan = Plan.model_validate({"schema": 1, "title": "方案", "department": "社群运营部"} | data)
    return PlanFile(plan, _ROOT, (), _PATH, _PATH.name, "")


_PATH = Path("plan.md")
_ROOT = Mapping((), Span("plan.md", 1))


def number(rng: Random, low: int, high: int) -> str:
    places = rng.choice((0, 0, 1, 2))
    return str(Decimal(rng.randint(low * 10**places, high * 10**places)).scaleb(-places))


def ascending(rng: Random, count: int, low: int, high: int) -> list[Decimal]:
    return [Decimal(n).scaleb(-1) for n in sorted(rng.sample(range(low * 10, high * 10), count))]


def maybe(rng: Random, **values: object) -> Data:
    return {key: value for key, value in values.items() if rng.random() < 0.5}


def around(marks: list[Decimal], low: int, high: int) -> Callable[[Random], str]:
    return lambda rng: str(rng.choice(marks)) if rng.random() < 0.4 else number(rng, low, high)


# The methods


def direct(rng: Random) -> Measure:
    top = rng.choice((100, 120))
    return Measure({"scoring": {"method": "direct", "maximum": top}}, lambda r: number(r, 0, top), judged=True)


def entered(_rng: Random) -> Measure:
    return Measure({}, lambda r: number(r, 0, 100), judged=True)


def marks(rng: Random) -> str:
    """Draw a score in points, or as a percentage of the full marks."""
    return number(rng, 0, 120) + rng.choice(("", "", "%"))


def rubric(rng: Random) -> Measure:
    names = ["优秀", "合格", "待改进", "不合格"][: rng.randint(2, 4)]
    levels = [{"name": name, "score": marks(rng)} for name in names]
    return Measure({"scoring": {"method": "rubric", "levels": levels}}, lambda r: r.choice(names), judged=True)


def ratio(rng: Random) -> Measure:
    target = Decimal(number(rng, 1, 200))
    more = maybe(rng, floor="60%", cap=rng.choice(("100%", "120%")), full=number(rng, 1, 120))
    edges = [target, target * Decimal("0.6"), target * Decimal("1.2"), Decimal(0)]
    if rng.random() < 0.3:
        return Measure({"target": f"{target}%", "scoring": {"method": "ratio"} | more}, _percent(around(edges, 0, 300)), judged=False)
    return Measure({"target": str(target), "scoring": {"method": "ratio"} | more}, around(edges, 0, 400), judged=False)


def _percent(draw: Callable[[Random], str]) -> Callable[[Random], str]:
    return lambda rng: f"{draw(rng)}%"


def inverse_ratio(rng: Random) -> Measure:
    target = Decimal(number(rng, 1, 50))
    variant = rng.choice(("target-over-actual", "two-minus-ratio"))
    more = maybe(rng, floor="60%", cap=rng.choice(("100%", "120%")), full=number(rng, 1, 120))
    rule = {"method": "inverse-ratio", "variant": variant, "when_zero": number(rng, 0, 150)} | more
    edges = [target, target * Decimal("1.4"), target * Decimal("0.8"), target * 2, Decimal(0)]
    return Measure({"target": str(target), "scoring": rule}, around(edges, 0, 100), judged=False)


def tiers(rng: Random) -> Measure:
    walls = ascending(rng, rng.randint(1, 4), 1, 60)
    bands: list[Data] = [{"points": marks(rng)} for _ in range(len(walls) + 1)]
    for wall, below, above in zip(walls, bands, bands[1:], strict=False):
        below["to"] = str(wall)
        above.update(maybe(rng, **{"from": str(wall)}))
    rule = {"method": "tiers", "inclusive": rng.choice(("upper", "lower")), "tiers": bands}
    return Measure({"scoring": rule}, around(walls, 0, 70), judged=False)


def bands(walls: list[Decimal], sign: str = "") -> list[Data]:
    """Return the bands between walls."""
    return [*({"to": f"{wall}{sign}"} for wall in walls), {}]


def two_way(rng: Random) -> Measure:
    """Draw a table that is read by a column of results, of actuals or attainments."""
    target, attained = Decimal(number(rng, 1, 200)), rng.random() < 0.6
    walls = ascending(rng, rng.randint(0, 4), 1, 140)
    edges = [target, *(target * wall / 100 if attained else wall for wall in walls)]
    rule = {"method": "two-way", "inclusive": rng.choice(("upper", "lower")), "rows_by": "attainment" if attained else "actual"}
    rule |= {"rows": bands(walls, "%" if attained else ""), "by": "旷职", "columns": bands([Decimal(1), Decimal(2)][: rng.randint(0, 2)])}
    rule["scores"] = [[marks(rng) for _ in rule["columns"]] for _ in rule["rows"]]
    return Measure({"target": str(target), "scoring": rule}, around(edges, 0, 300), judged=False)


def interpolation(rng: Random) -> Measure:
    places = ascending(rng, rng.randint(2, 5), 0, 150)
    if rng.random() < 0.5:
        places.reverse()
    if rng.random() < 0.4 and len(places) < 4:
        values = dict(zip(("threshold", "target", "stretch"), map(str, places), strict=False))
        return Measure(values | {"scoring": "interpolation"}, around(places, 0, 160), judged=False)
    points = [{"at": str(at), "score": marks(rng)} for at in places]
    floor = maybe(rng, floor=str(rng.choice(places)))
    return Measure({"scoring": {"method": "interpolation", "points": points} | floor}, around(places, 0, 160), judged=False)


def per_unit(rng: Random) -> Measure:
    target = Decimal(number(rng, 10, 500))
    per, step = ("3%", target * Decimal("0.03")) if rng.random() < 0.5 else ("4", Decimal(4))
    rule = {
        "method": "per-unit",
        "points": number(rng, 1, 5),
        "per": per,
        "limit": number(rng, 1, 20),
        "steps": rng.choice(("whole", "prorated")),
    } | maybe(rng, base=number(rng, 0, 100), polarity=rng.choice(("higher", "lower")))
    edges = [target, target + 2 * step, target - step, target + 50 * step]
    return Measure({"target": str(target), "scoring": rule}, around(edges, 0, 600), judged=False)


def deduction(rng: Random) -> Measure:
    rule = {"method": "deduction", "points": number(rng, 1, 9)} | maybe(rng, full=number(rng, 1, 120), minimum=number(rng, -20, 1))
    return Measure({"scoring": rule}, lambda r: str(r.randint(0, 30)), judged=False)


def pass_fail(rng: Random) -> Measure:
    target = Decimal(rng.randint(0, 5))
    rule = {"method": "pass-fail", "polarity": rng.choice(("higher", "lower"))} | maybe(rng, full=number(rng, 1, 120))
    return Measure({"target": str(target), "scoring": rule}, around([target], 0, 8), judged=False)


def items(rng: Random) -> Measure:
    """Draw what is counted; names are made unique by the caller's number."""
    own = rng.randrange(10**9)
    rule: Data = {"method": "items"} | maybe(rng, base=number(rng, 0, 100), minimum=number(rng, -20, 1), maximum=number(rng, 50, 130))
    for key in ("deductions", "bonuses"):
        rule[key] = [
            {"name": f"{key}{own}{n}", "points": number(rng, 1, 9)} | maybe(rng, cap=number(rng, 1, 20)) for n in range(rng.randint(0, 2))
        ]
    rule["deductions"] = rule["deductions"] or [{"name": f"deductions{own}", "points": "3"}]
    names = tuple(each["name"] for key in ("deductions", "bonuses") for each in rule[key])
    return Measure({"scoring": rule}, lambda r: str(r.randint(0, 6)), judged=False, counted=names)


def roll_up(rng: Random) -> Measure:
    """Draw a rule whose actual is the mean of another plan's totals."""
    rule = {"method": "roll-up", "plan": "other.md"} | maybe(rng, out_of=rng.choice((100, 120)), full=number(rng, 1, 120))
    return Measure({"scoring": rule}, lambda r: number(r, 0, 120), judged=False)


METHODS = (direct, entered, roll_up, rubric, ratio, inverse_ratio, tiers, interpolation, per_unit, deduction, pass_fail, items, two_way)

# The plan


def bounds(rng: Random, low: tuple[int, int], high: tuple[int, int]) -> Data:
    return maybe(rng, minimum=number(rng, *low), maximum=number(rng, *high))


def weights(rng: Random, count: int, *, normalize: bool) -> list[Decimal]:
    """Draw weights in percent, that make 100 unless they are to be normalised."""
    if normalize:
        return [Decimal(rng.randint(1, 60)) for _ in range(count)]
    spare = 100 - count
    cuts = sorted(Decimal(rng.randint(0, spare * 10)).scaleb(-1) for _ in range(count - 1))
    return [1 + b - a for a, b in zip((Decimal(0), *cuts), (*cuts, Decimal(spare)), strict=True)]


def with_points(indicator: Data, points: str) -> Data:
    """Give an indicator points; a score that is entered may still be as high as its measure draws it."""
    entered_ = {} if "scoring" in indicator else {"scoring": {"method": "direct", "maximum": 100}}
    return indicator | entered_ | {"points": points}


@dataclass(frozen=True)
class Case:
    """A random plan's data, and what is to be known to draw people."""

    data: Data
    measures: dict[str, Measure]


def random_case(rng: Random) -> Case:
    """Draw a plan of one to twelve indicators, flat or in dimensions, with any of the rules that follow the weighted sum."""
    measures = {f"指标{n}": rng.choice(METHODS)(rng) for n in range(rng.randint(1, 12))}
    indicators = [{"name": name} | m.data for name, m in measures.items()]
    for indicator in indicators:
        if rng.random() < 0.3:
            indicator["bounds"] = bounds(rng, (-10, 40), (50, 130))
    _limit(rng, measures, indicators)
    _read_by(rng, measures, indicators)
    points = rng.random() < 0.3
    normalize = not points and rng.random() < 0.4
    wording = CONVENTIONS[rng.choice(list(CONVENTIONS))]

    def with_weights(members: list[Data]) -> list[Data]:
        written = weights(rng, len(members), normalize=normalize)
        return [member | {"weight": wording(w)} for member, w in zip(members, written, strict=True)]

    def point(members: list[Data]) -> list[Data]:
        """Give members points that make 100."""
        return [with_points(member, str(w)) for member, w in zip(members, weights(rng, len(members), normalize=False), strict=True)]

    data: Data = {"weights": "normalize" if normalize else "exact", "missing": rng.choice(POLICIES)}
    if points:
        data["weights"] = "points"
        indicators = [with_points(member, number(rng, 1, 60)) for member in indicators]
    if rng.random() < 0.5:
        data["indicators"] = indicators if points else with_weights(indicators)
    else:
        cuts = [0, *sorted(rng.sample(range(1, len(indicators)), min(rng.randint(0, 3), len(indicators) - 1))), len(indicators)]
        groups = [indicators[a:b] for a, b in pairwise(cuts)]
        inside = groups if points else [rng.choice((with_weights, with_weights, point, list))(group) for group in groups]
        dimensions: list[Data] = [{"name": f"维度{n}", "indicators": group} for n, group in enumerate(inside)]
        data["dimensions"] = dimensions if points else with_weights(dimensions)
    data["rounding"] = {"places": rng.randint(0, 4), "mode": rng.choice(MODES)}
    if rng.random() < 0.4:
        kinds = [{"name": f"评分人{kind}", "rater": kind} for kind in ("self", "supervisor", "peer", "customer")[: rng.randint(1, 4)]]
        data["raters"] = random_raters(rng, kinds, with_weights if rng.random() < 0.7 else list)
    data |= _after_the_sum(rng, measures)
    rubrics = [name for name, m in measures.items() if isinstance(m.data.get("scoring"), dict) and m.data["scoring"]["method"] == "rubric"]
    if rubrics and "grades" in data and "raters" not in data and rng.random() < 0.5:
        data["grades"] = _by_level(rng, data["grades"], rubrics)
        data.pop("distribution", None)
    return Case(data, measures)


def random_raters(rng: Random, kinds: list[Data], weigh: Callable[[list[Data]], list[Data]]) -> list[Data]:
    """Draw raters: some in a group of their own, some for reference only, some without their highest and lowest score."""
    kinds = kinds[:2] + [kind | maybe(rng, trim=str(rng.choice((3, 3, 5)))) for kind in kinds[2:]]
    grouped = len(kinds) > 2 and rng.random() < 0.4
    raters = [{"name": "评分组", "members": weigh(kinds[:2])}, *kinds[2:]] if grouped else kinds
    if rng.random() < 0.3:
        return [*weigh(raters), {"name": "仅供参考者", "rater": "panel", "counts": "no"}]
    return weigh(raters)


def _after_the_sum(rng: Random, measures: dict[str, Measure]) -> Data:
    data: Data = {}
    for key, item in (("bonuses", "加分"), ("deductions", "扣分")):
        if rng.random() < 0.4:
            data[key] = [{"name": f"{item}{n}"} | maybe(rng, points=number(rng, 1, 4), cap=number(rng, 1, 9)) for n in range(2)]
    if rng.random() < 0.3:
        data["vetoes"] = [{"name": "否决0"}, {"name": "否决1", "effect": "cap", "cap": number(rng, 0, 80)}]
        if rng.random() < 0.5:
            data["vetoes"].append({"name": "否决2", "when": condition(rng, measures, data, of_total=False), "effect": "cap", "cap": "70"})
    if rng.random() < 0.4:
        data["total"] = bounds(rng, (0, 30), (60, 130))
    if rng.random() < 0.7:
        walls = ascending(rng, rng.randint(1, 4), 1, 110)[::-1]
        bands = [{"name": f"等级{n}", "from": str(wall)} | maybe(rng, coefficient=number(rng, 0, 2)) for n, wall in enumerate(walls)]
        bands.append({"name": "末等", "from": "-1000" if rng.random() < 0.8 else "0", "coefficient": "0.5"})
        if rng.random() < 0.2:
            bands[0]["to"] = "115"
        data["proration"] = rng.choice(("none", "coefficient"))
        if rng.random() < 0.5:
            data["ceilings"] = [{"when": condition(rng, measures, data), "grade": rng.choice(bands)["name"]} for _ in range(2)]
        data["grades"] = rng.sample(bands, len(bands))
        if rng.random() < 0.3:
            data |= _by_rank(rng, bands)
    return data


def _limit(rng: Random, measures: dict[str, Measure], indicators: list[Data]) -> None:
    """Let another indicator limit a score, sometimes."""
    if len(indicators) < 2 or rng.random() < 0.7:
        return
    limited, by = rng.sample(indicators, 2)
    scoring = measures[by["name"]].data.get("scoring")
    attained = isinstance(scoring, dict) and scoring["method"] in ("ratio", "inverse-ratio")
    limited["cap_by"] = f"{by['name']}.{rng.choice(('完成率', '得分')) if attained else '得分'}"


def _read_by(rng: Random, measures: dict[str, Measure], indicators: list[Data]) -> None:
    """Let two-way tables be read by another indicator, sometimes."""
    others = [name for name, measure in measures.items() if not measure.judged]
    for indicator in indicators:
        rule = indicator.get("scoring")
        by = rng.choice(others) if others else indicator["name"]
        if not isinstance(rule, dict) or rule["method"] != "two-way" or by == indicator["name"] or rng.random() < 0.4:
            continue
        scoring = measures[by].data["scoring"]
        attained = isinstance(scoring, dict) and scoring["method"] in ("ratio", "inverse-ratio", "two-way") and rng.random() < 0.7
        columns = bands(ascending(rng, rng.randint(0, 3), 1, 140), "%" if attained else "")
        rule |= {
            "by": f"{by}.完成率" if attained else by,
            "columns": columns,
            "scores": [[marks(rng) for _ in columns] for _ in rule["rows"]],
        }


def condition(rng: Random, measures: dict[str, Measure], data: Data, *, of_total: bool = True) -> str:
    """Draw a condition: one to three comparisons, joined by one word."""
    drawn = [_comparison(rng, measures, data, of_total=of_total) for _ in range(rng.choice((1, 1, 2, 3)))]
    return rng.choice((" and ", " or ")).join(rng.choice(("", "", "not ")) + each for each in drawn)


def _comparison(rng: Random, measures: dict[str, Measure], data: Data, *, of_total: bool) -> str:
    sign = rng.choice(("<", "<=", ">", ">=", "="))
    name, measure = rng.choice(list(measures.items()))
    counted = [item["name"] for key in ("bonuses", "deductions") for item in data.get(key, ())]
    forms = [f"{name}.得分 {sign} {number(rng, 30, 90)}", f"任一指标得分 < {number(rng, 5, 60)}", f"旷职 {sign} {rng.randint(0, 3)}"]
    forms += [f"总分 {sign} {number(rng, 30, 90)}"] if of_total else []
    forms += [f"{item} {sign} {rng.randint(0, 3)}" for item in counted[:1]]
    scoring = measure.data.get("scoring")
    if not measure.judged:
        forms.append(f"{name} {sign} {number(rng, 0, 100)}")
    if isinstance(scoring, dict) and scoring["method"] in ("ratio", "inverse-ratio"):
        forms += [f"{name}.完成率 {sign} {number(rng, 30, 130)}%", f"任一指标完成率 {rng.choice('<>')} {number(rng, 30, 130)}%"] * 2
    return rng.choice(forms)


def _by_level(rng: Random, grades: list[Data], rubrics: list[str]) -> list[Data]:
    """Have rules over levels decide the grades: each statement is about a level that all rubrics have."""

    def statement() -> str:
        subject = rng.choice(("任一指标", "所有指标", "没有指标", "半数以上指标", "至少2项指标", rng.choice(rubrics)))
        return subject + rng.choice(("为", "不低于", "低于")) + rng.choice(("优秀", "合格"))

    bare = [{key: value for key, value in grade.items() if key not in ("from", "to", "top")} for grade in grades]
    for grade in bare[:-1]:
        grade["when"] = rng.choice(("且", "或")).join(statement() for _ in range(rng.choice((1, 1, 2))))
    return bare


def _by_rank(rng: Random, bands: list[Data]) -> Data:
    """Have ranks decide on some of the grades, listed best first."""
    shares = ascending(rng, rng.randint(1, len(bands) - 1), 5, 90)
    grades = [{key: value for key, value in band.items() if key != "to"} for band in bands]
    for grade, share in zip(grades, shares, strict=False):
        grade["top"] = f"{share}%"
        if rng.random() < 0.6:
            del grade["from"]
    distribution = {"rounding": rng.choice(("down", "half-up", "up")), "ties": rng.choice(("in", "out"))}
    return {"grades": grades, "distribution": distribution | maybe(rng, by=rng.choice(("plan", "department", "group")))}


def random_calibration(rng: Random, case: Case) -> Calibration | None:
    """Draw what people made of a result: seldom without grounds, or a total that cannot be."""
    if rng.random() < 0.6:
        return None
    grades = [grade["name"] for grade in case.data.get("grades", ())]
    total = Decimal(rng.randint(200, 1100)).scaleb(-1 if case.data["rounding"]["places"] and rng.random() < 0.9 else -2)
    stated = rng.choice(grades) if grades and rng.random() < 0.5 else None
    given = total if stated is None or rng.random() < 0.5 else None
    return Calibration(given, stated, rng.choice(("委员会", "委员会", "委员会", "")), rng.choice(("理由", "理由", "理由", "")), SPAN)


# The people


def actual(text: str) -> Actual:
    """Hold an actual as results do: a number where it is one, else words."""
    return Actual(parse_quantity(text) or text, text, SPAN)


def random_person(rng: Random, case: Case, person_id: str = "0007") -> PersonResult:
    """Draw a person's results: seldom, an actual, a rating or a whole rater is missing."""
    raters = len([each for rater in case.data.get("raters", ()) for each in rater.get("members", [rater])])
    careful = rng.random() < (0.9 if case.data["missing"] == "error" else 0.3)
    actuals: dict[str, Actual] = {}
    ratings: dict[str, tuple[Rating, ...]] = {}
    counts: dict[str, Actual] = {}
    for name, measure in case.measures.items():
        if not careful and rng.random() < 0.15:
            continue
        if measure.counted:
            counts |= {each: actual(measure.draw(rng)) for each in measure.counted if rng.random() < 0.8}
            continue
        if not (measure.judged and raters):
            actuals[name] = actual(measure.draw(rng))
            continue
        heard = [place for place in range(raters) if careful or rng.random() < 0.8]
        entered_by = [place for place in heard for _ in range(rng.choice((1, 1, 3, 5)) if place >= 2 else 1)]
        if entered_by:
            ratings[name] = tuple(_rating(rng, measure, place) for place in entered_by)
    counted = [item["name"] for key in ("bonuses", "deductions") for item in case.data.get(key, ())]
    items = {name: actual(str(rng.randint(0, 5))) for name in counted if rng.random() < 0.6}
    vetoes = {veto["name"]: SPAN for veto in case.data.get("vetoes", ()) if rng.random() < 0.2}
    presence = None
    if rng.random() < 0.3:
        first = PERIOD.start + timedelta(days=rng.randint(0, 60))
        presence = Presence(first, first + timedelta(days=rng.randint(0, 30)))
    unusable = frozenset(rng.sample([*case.measures, *counted], 1)) if rng.random() < 0.01 else frozenset()
    own = _own(rng, case) if rng.random() < 0.3 else {}
    actuals |= _tallied(case, counts, own)
    held = {name: value for name, value in actuals.items() if name not in unusable}
    rated = {name: value for name, value in ratings.items() if name not in unusable}
    return PersonResult(
        person_id,
        "测试甲",
        rng.choice(("社群运营部", "市场部", "")),
        "社群运营专员",
        PERIOD,
        held,
        "",
        SPAN,
        unusable,
        ratings=rated,
        items=items | counts,
        vetoes=vetoes,
        presence=presence,
        own=own,
        calibration=random_calibration(rng, case),
        figures={"旷职": actual(str(rng.randint(0, 3)))} if rng.random() < 0.9 else {},
        group=rng.choice(("一组", "一组", "二组", "")) if rng.random() < 0.2 else rng.choice(("一组", "二组")),
    )


def _rating(rng: Random, measure: Measure, place: int) -> Rating:
    """Draw what a rater gave: of levels, some are counted votes, and some are scores in their place."""
    given = actual(measure.draw(rng))
    if not isinstance(given.value, str):
        return Rating(place, given)
    scores = [level["score"] for level in measure.data["scoring"]["levels"]]
    if rng.random() < 0.1 and not any("%" in score for score in scores):
        part = Decimal(rng.randint(0, 100)).scaleb(-2)
        return Rating(place, actual(f"{part * Decimal(scores[0]) + (1 - part) * Decimal(scores[-1]):f}"))
    return Rating(place, given, rng.randint(1, 30) if rng.random() < 0.3 else None)


def _own(rng: Random, case: Case) -> dict[str, dict[str, Actual]]:
    """Draw what a person has of their own: targets, points that move to others, weights of whole groups."""
    own: dict[str, dict[str, Actual]] = {}
    for group in _groups(case):
        for each in group:
            target = each.get("target", "%")
            if not target.endswith("%") and each["scoring"] != "interpolation" and rng.random() < 0.5:
                own.setdefault(each["name"], {})["target"] = actual(number(rng, 1, 400))
            elif each.get("scoring") == "interpolation" and rng.random() < 0.5:
                marks_ = ascending(rng, 3, 0, 150)[:: rng.choice((1, -1))]
                own[each["name"]] = dict(zip(("threshold", "target", "stretch"), map(actual, map(str, marks_)), strict=True))
        if all("weight" in each for each in group) and rng.random() < 0.5:
            for each, part in zip(group, weights(rng, len(group), normalize=False), strict=True):
                own.setdefault(each["name"], {})["weight"] = actual(f"{part}%")
        elif all("points" in each for each in group) and rng.random() < 0.5:
            for each, other in zip(group, rng.sample(group, len(group)), strict=True):
                own.setdefault(each["name"], {})["points"] = actual(other["points"])
    return own


def leave_to_people(rng: Random, case: Case) -> None:
    """Make places for indicators of people's own of some that nothing refers to."""
    members = [each for group in _groups(case) for each in group]
    said = f"{[case.data.get(key) for key in ('vetoes', 'ceilings', 'grades')]} {[each.get('cap_by') for each in members]}"
    for each in members:
        if not case.measures[each["name"]].counted and each["name"] not in said and rng.random() < 0.5:
            each["own"] = "yes"


def with_own_indicators(rng: Random, case: Case, person: PersonResult) -> PersonResult:
    """Name a person's own indicators: at least one in each group that has places for them, all of those with points."""
    own = {name: dict(values) for name, values in person.own.items()}
    left_out: set[str] = set()
    for group in _groups(case):
        places = [each["name"] for each in group if "own" in each]
        points = any("points" in each for each in group)
        named = rng.sample(places, len(places) if points else rng.randint(1, len(places))) if places else []
        missing = set(places) - set(named)
        members = [each for each in group if each["name"] not in missing]
        if missing and "weight" in group[0]:
            for each, part in zip(members, weights(rng, len(members), normalize=False), strict=True):
                own.setdefault(each["name"], {})["weight"] = actual(f"{part}%")
        for name in named:
            own.setdefault(name, {})["own indicator"] = actual("个人重点工作")
        left_out |= missing
    kept = {key: {name: value for name, value in getattr(person, key).items() if name not in left_out} for key in ("actuals", "ratings")}
    return replace(person, own={name: values for name, values in own.items() if name not in left_out}, **kept)


def _groups(case: Case) -> list[list[Data]]:
    return [case.data["indicators"]] if "indicators" in case.data else [each["indicators"] for each in case.data["dimensions"]]


def _tallied(case: Case, counts: dict[str, Actual], own: dict[str, dict[str, Actual]]) -> dict[str, Actual]:
    """Compute the actuals of counted items as reading results does."""
    plan = plan_file(case.data)
    tallied = {}
    for each in computations(plan):
        given = {name: counts[name] for name in each.columns if name in counts}
        if given:
            placed = with_own(each.placed, own.get(each.placed.key, {}))
            computed = compute_actual(placed, placed.indicator.computation, given, SPAN).value
            assert computed is not None
            tallied[each.placed.key] = computed
    return tallied
