"""Itemized points (逐项计分法): base points, minus and plus points for each of several counted items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.checks import in_order
from genplan.methods.full_points import full_marks
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Limit, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Points, RuleModel
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Model, Name, Number, Text, WithJsonSchema


class Counted(Model):
    """A counted item and its points per occurrence."""

    name: Name
    """Name, as results files head its column."""
    points: Points
    """Points per occurrence."""
    cap: Points | None = None
    """At most so many points in all."""
    unit: Text | None = None
    """Counting unit: 起, 件."""
    definition: Text | None = None
    """What counts as such."""


class Items(RuleModel):
    """Base points, minus and plus points for each of several counted items."""

    TAG: ClassVar[str] = "items"
    LABEL: ClassVar[str] = "逐项计分法"
    method: Annotated[Literal["items"], WithJsonSchema({"enum": ["items", "逐项计分法"]})] = "items"
    base: Number = Decimal(100)
    """Points if nothing occurs; by default the full marks, or 0 if points are only added."""
    deductions: tuple[Counted, ...] = ()
    """Items for which points are deducted."""
    bonuses: tuple[Counted, ...] = ()
    """Items for which points are added."""
    minimum: Number = Decimal(0)
    """Minimum score."""
    maximum: Number = Decimal(100)
    """Maximum score; by default the full marks."""

    @property
    def signed(self) -> tuple[tuple[Counted, int], ...]:
        """The counted items, each with the sign of its points."""
        return tuple((each, -1) for each in self.deductions) + tuple((each, 1) for each in self.bonuses)


@dataclass(frozen=True, slots=True)
class Tally:
    """The points for given counts, before the minimum and maximum score apply."""

    rule: Items

    @property
    def names(self) -> tuple[str, ...]:
        """The counted items."""
        return tuple(each.name for each, _ in self.rule.signed)

    def compute(self, inputs: Mapping[str, Fraction]) -> Fraction:
        """Add up the points; items without a count did not occur."""
        return Fraction(self.rule.base) + sum((sign * _points(each, inputs.get(each.name)) for each, sign in self.rule.signed), Fraction(0))


def _points(each: Counted, count: Fraction | None) -> Fraction:
    points = (count or Fraction(0)) * Fraction(each.points)
    return points if each.cap is None else min(points, Fraction(each.cap))


def score(actual: Fraction, _target: Fraction | None, rule: Items) -> Scored:
    """Limit the points of a tally: 25, minus 10 for a minor injury and 5 for each of 2 violations → 5."""
    lowest, highest = Fraction(rule.minimum), Fraction(rule.maximum)
    if actual < lowest:
        return Scored(lowest, limit=Limit.FLOOR)
    return Scored(highest, limit=Limit.CAP) if actual > highest else Scored(actual)


def _with_defaults(rule: Items, indicator: IndicatorInfo) -> Items:
    base = full_marks(indicator) if rule.deductions else Decimal(0)
    implied = {"base": base, "maximum": full_marks(indicator)}
    return rule.model_copy(update={key: value for key, value in implied.items() if key not in rule.model_fields_set})


def _score_range(rule: Items) -> ScoreRange:
    """Return the bounds, narrowed by the items' caps."""
    taken, added = _most(rule.deductions), _most(rule.bonuses)
    lowest, highest = Fraction(rule.minimum), Fraction(rule.maximum)
    base = Fraction(rule.base)
    return ScoreRange(
        lowest if taken is None else max(lowest, min(highest, base - taken)),
        highest if added is None else min(highest, max(lowest, base + added)),
    )


def _most(items: tuple[Counted, ...]) -> Fraction | None:
    """Return the maximum points of items; None if unlimited."""
    if any(each.cap is None for each in items):
        return None
    return sum((Fraction(each.cap or 0) for each in items), Fraction(0))


def _full(rule: Items, _indicator: IndicatorInfo) -> Fraction:
    return Fraction(rule.base if rule.deductions else rule.maximum)


def _something_counted(rule: Items, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP376: the rule has at least one item."""
    if not rule.signed:
        cure = msg("add `deductions:` (扣分项) or `bonuses:` (加分项), each with a name and points")
        yield Fault("GP376", ("scoring",), msg("nothing is counted for `{indicator}`", indicator=indicator.name), cure)


def _minimum_below_maximum(rule: Items, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP332: the minimum is below the maximum."""
    yield from in_order(rule, indicator, "minimum", "maximum")


def _describe(rule: Items, _indicator: IndicatorInfo, wording: Wording) -> str:
    texts = [wording.label("rule.items_base", base=wording.number(rule.base))] if rule.base else []
    texts += [_item_words(each, "deduction" if sign < 0 else "bonus", wording) for each, sign in rule.signed]
    if rule.deductions and rule.minimum:
        texts.append(wording.label("rule.items_lowest", lowest=wording.number(rule.minimum)))
    elif rule.deductions:
        texts.append(wording.label("rule.items_until_none"))
    if rule.bonuses:
        texts.append(wording.label("rule.items_highest", highest=wording.number(rule.maximum)))
    return joined(wording, *texts)


def _item_words(each: Counted, kind: str, wording: Wording) -> str:
    unit = each.unit or wording.label("rule.times")
    said = wording.label(f"rule.items_{kind}", name=each.name, unit=unit, points=wording.number(each.points))
    said += "" if each.cap is None else wording.label(f"rule.items_{kind}_cap", cap=wording.number(each.cap))
    return said + (wording.label("rule.level_meaning", definition=each.definition) if each.definition else "")


def tally_formula(tally: Tally, cells: Mapping[str, str]) -> str:
    """Add up the points in a spreadsheet; an empty cell counts as 0."""
    parts = [number(tally.rule.base)]
    for each, sign in tally.rule.signed:
        points = f"N({cells[each.name]})*{number(each.points)}"
        parts.append(("-" if sign < 0 else "+") + (points if each.cap is None else f"MIN({points},{number(each.cap)})"))
    return "".join(parts)


def _formula(cells: Cells, rule: Items) -> str:
    return f"MAX({number(rule.minimum)},MIN({number(rule.maximum)},{cells.actual}))"


METHOD = Method(
    parameters=Items,
    accepts=Amounts(),
    target=Target.UNUSED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    computation=Tally,
    rewards=lambda _rule: None,
    checks=(_something_counted, _minimum_below_maximum),
    describe=_describe,
    formula=_formula,
    example=Example(
        "scoring: {method: items, deductions: [{name: 轻伤, points: 10}, {name: 违章, points: 5}]}",
        actual="1,2",
        score="80",
        full="100",
        columns="轻伤,违章",
    ),
    is_prorated=False,
)
