"""Whether each scoring method has what it computes with."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.polarity import rewards
from genplan.plan.quantity import EXACT, Quantity
from genplan.plan.scoring import (
    Deduction,
    Direct,
    Interpolation,
    InverseRatio,
    InverseVariant,
    PassFail,
    PerUnit,
    Ratio,
    Rubric,
    RuleModel,
    Tier,
    Tiers,
)

R = TypeVar("R", bound=RuleModel)


def _scored_by(plan: PlanFile, *rules: type[R]) -> Iterator[tuple[PlacedIndicator, R]]:
    for placed in plan.indicators:
        rule = placed.indicator.method
        if isinstance(rule, rules):
            yield placed, rule


def target_given(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP330, GP331: a method that compares with the target has one, and one that divides by it has it above zero."""
    for placed, method in _scored_by(plan, Ratio, InverseRatio, PerUnit, PassFail):
        target = placed.indicator.target
        if not isinstance(target, Quantity):
            key, what, advice = (
                ("scoring", "has no target", "add `target:` (目标值) with a number")
                if target is None
                else ("target", "its target is not a number", "write the number alone; words belong to `definition` (定义)")
            )
            message = f"`{placed.indicator.name}` is scored by {method.TAG} ({method.LABEL}), and {what}"
            yield diagnose("GP330", plan.span(*placed.path, key), message, help=f"{advice}, or score it `direct` (直接评分)")
        elif target.value <= 0 and _divides(method):
            message = f"the target of `{placed.indicator.name}` is not above zero, so nothing can be divided by it"
            yield diagnose("GP331", plan.span(*placed.path, "target"), message, help="state a target above zero")


def _divides(method: RuleModel) -> bool:
    return isinstance(method, Ratio | InverseRatio) or (isinstance(method, PerUnit) and method.per.percent)


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP332: floor below cap, minimum below maximum, lowest below full."""
    for placed, method in _scored_by(plan, Direct, Ratio, InverseRatio, Deduction):
        low, high = _BOUNDS.get(method.TAG, ("floor", "cap"))
        lower, upper = getattr(method, low), getattr(method, high)
        if lower is not None and upper is not None and lower >= upper:
            message = f"`{low}` of `{placed.indicator.name}` is not below its `{high}`"
            yield diagnose("GP332", plan.span(*placed.path, "scoring", low), message, help="exchange the two")


_BOUNDS = {"direct": ("minimum", "maximum"), "deduction": ("lowest", "full")}


def polarity_agrees(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP333: the declared polarity is that of the method."""
    for placed in plan.indicators:
        declared, rule = placed.indicator.polarity, placed.indicator.method
        rewarded = rewards(rule)
        if declared is not None and rewarded is not None and declared is not rewarded:
            message = f"{declared} is better for `{placed.indicator.name}`, but its {rule.TAG} ({rule.LABEL}) rewards {rewarded} actuals"
            yield diagnose("GP333", plan.span(*placed.path, "polarity"), message, help=f"{_OTHER_WAY[rule.TAG]}, or correct the polarity")


_OTHER_WAY = {
    "ratio": "score it by inverse-ratio (反向比率法)",
    "inverse-ratio": "score it by ratio (比率法)",
    "deduction": "score it by another method",
    "per-unit": "change `better`",
    "pass-fail": "change `passes`",
    "interpolation": "exchange the scores, or threshold and stretch",
}


def zero_defined(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP334: `target-over-actual` says what an actual of zero scores."""
    for placed, method in _scored_by(plan, InverseRatio):
        if method.variant is InverseVariant.TARGET_OVER_ACTUAL and method.when_zero is None:
            message = f"`{placed.indicator.name}` divides by the actual, and what an actual of 0 scores is not said"
            yield diagnose("GP334", plan.span(*placed.path, "scoring"), message, help="add `when_zero:` with the score for 0")


def tiers_meet(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP335: tiers stand from the lowest up, each starting where the one before ends, open at both ends."""
    for placed, rule in _scored_by(plan, Tiers):
        base = (*placed.path, "scoring", "tiers")
        faults = list(_tier_faults(rule.tiers))
        if faults and not any(_tier_faults(rule.tiers[::-1])):
            faults = [(0, "from", "the tiers stand from the highest down", "turn their order round, the lowest actuals first")]
        for index, key, fault, advice in faults:
            yield diagnose("GP335", plan.span(*base, index, key), f"`{placed.indicator.name}`: {fault}", help=advice)


_MEET = "let each tier start where the one before ends"


def _tier_faults(tiers: Sequence[Tier]) -> Iterator[tuple[int, str, str, str]]:
    """Give the tier and the key that is at fault, what is wrong, and the cure."""
    first, last = tiers[0], tiers[-1]
    if first.from_ is not None:
        yield 0, "from", f"actuals below {_shown(first.from_)} get no points", "leave out `from` of the first, lowest tier"
    for index, (low, high) in enumerate(pairwise(tiers), 1):
        end, start = low.to, high.from_ if high.from_ is not None else low.to
        key = "from" if high.from_ is not None else "to"
        if end is None:
            yield index - 1, "from", "only the last tier, which is the highest, may leave out `to`", _MEET
        elif start is not None and start.value > end.value:
            yield index, key, f"actuals from {_shown(end)} to {_shown(start)} get no points", _MEET
        elif start is not None and start.value < end.value:
            yield index, key, f"actuals from {_shown(start)} to {_shown(end)} fall into two tiers", _MEET
        elif high.to is not None and high.to.value <= end.value:
            yield (
                index,
                "to",
                f"the tier ends at {_shown(high.to)}, not above its start {_shown(end)}",
                "put them in order, lowest first",
            )
    if last.to is not None:
        yield (
            len(tiers) - 1,
            "to",
            f"actuals above {_shown(last.to)} get no points",
            "leave out `to` of the last, highest tier",
        )


def _has_points(placed: PlacedIndicator) -> bool:
    """Tell whether an interpolation's points are written, and do not follow from threshold, target and stretch."""
    written = placed.indicator.scoring
    return isinstance(written, Interpolation) and bool(written.points)


def points_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP336: an interpolation has two points or more, at actuals that only rise or only fall."""
    for placed, rule in _scored_by(plan, Interpolation):
        written = _has_points(placed)
        values = [point.at.value for point in rule.points]
        place = plan.span(*placed.path, "scoring", "points", key=True) if written else plan.span(*placed.path, "scoring")
        name = placed.indicator.name
        if len(values) < 2:  # noqa: PLR2004 - a line needs two points
            advice = "give `points:`, or numbers for `threshold` (底线值) and `target` (目标值)"
            yield diagnose("GP336", place, f"`{name}` needs two points to interpolate between", help=advice)
        elif not (all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values))):
            what = "points" if written else "threshold, target and stretch"
            message = f"the {what} of `{name}` are not in order: {', '.join(_shown(p.at) for p in rule.points)}"
            yield diagnose("GP336", place, message, help="let them rise all the way, or fall all the way; two may not be equal")


def percentages_agree(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP370: what a method compares an actual with is a percentage everywhere, or nowhere; 0 is both."""
    for placed in plan.indicators:
        compared = [(place, amount) for place, amount in _compared(plan, placed) if amount.value]
        shares = [place for place, amount in compared if amount.percent]
        plain = [(place, amount) for place, amount in compared if not amount.percent]
        if shares and plain:
            (place, amount), *others = plain
            message = f"`{placed.indicator.name}` is measured in percent, and {_shown(amount)} is no percentage"
            related = [Related(span, _shown(other)) for span, other in others] + [Related(span, "a percentage") for span in shares]
            yield diagnose(
                "GP370", place, message, help=f"write `{_shown(amount)}%` if that is meant, or all of them without a sign", related=related
            )


def _compared(plan: PlanFile, placed: PlacedIndicator) -> Iterator[tuple[Span, Quantity]]:
    """List the amounts that an indicator's method compares an actual with, and where they stand."""
    rule = placed.indicator.method
    if isinstance(rule, Direct | Rubric | Deduction):
        return
    for key in ("threshold", "target", "stretch"):
        amount = getattr(placed.indicator, key)
        if isinstance(amount, Quantity):
            yield plan.span(*placed.path, key), amount
    base = (*placed.path, "scoring")
    if isinstance(rule, Tiers):
        for index, tier in enumerate(rule.tiers):
            for key, amount in (("from", tier.from_), ("to", tier.to)):
                if amount is not None:
                    yield plan.span(*base, "tiers", index, key), amount
    if isinstance(rule, Interpolation) and _has_points(placed):
        for index, point in enumerate(rule.points):
            yield plan.span(*base, "points", index, "at"), point.at


def steps_measure_targets(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP370: a step in percentage points is of a target that is a percentage, and a step without a sign of one that is none."""
    for placed, rule in _scored_by(plan, PerUnit):
        target = placed.indicator.target
        if not isinstance(target, Quantity):
            continue
        step = _shown(rule.per)
        place = plan.span(*placed.path, "scoring", "per")
        if rule.per.points and not target.percent:
            message = f"a step of `{placed.indicator.name}` is {step}, and its target, {_shown(target)}, is no percentage"
            yield diagnose("GP370", place, message, help="write the step in the unit of the target, or as a percentage of it: `per: 3%`")
        elif target.percent and not rule.per.percent and not rule.per.points:
            message = f"a step of `{placed.indicator.name}` is {step}, and its target is a percentage, {_shown(target)}"
            yield diagnose("GP370", place, message, help=f"write `{step}pp` for percentage points, or `{step}%` for a part of the target")


def steps_have_size(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP337: a step has a size above zero."""
    for placed, rule in _scored_by(plan, PerUnit):
        if rule.per.value <= 0:
            message = f"a step of `{placed.indicator.name}` has no size"
            yield diagnose("GP337", plan.span(*placed.path, "scoring", "per"), message, help="write a number above 0, e.g. `per: 3%`")


def levels_once(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323: a rubric names each level once."""
    for placed, rule in _scored_by(plan, Rubric):
        names = [level.name for level in rule.levels]
        for index, name in enumerate(names):
            if name in names[:index]:
                first = plan.span(*placed.path, "scoring", "levels", names.index(name), "name")
                place = plan.span(*placed.path, "scoring", "levels", index, "name")
                related = [Related(first, "first here")]
                yield diagnose("GP323", place, f"level `{name}` stands twice", help="rename one of the two", related=related)


def _shown(amount: Quantity) -> str:
    return f"{amount.written.normalize(EXACT):f}{'%' if amount.percent else 'pp' if amount.points else ''}"
