"""Whether each scoring method has what it computes with."""

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, diagnose
from generator.plan.load import PlacedIndicator, PlanFile
from generator.plan.model import Polarity
from generator.plan.quantity import Quantity
from generator.plan.scoring import Direct, InverseRatio, InverseVariant, Ratio

_BETTER = {"ratio": Polarity.HIGHER, "inverse-ratio": Polarity.LOWER}


def _compared(plan: PlanFile) -> Iterator[tuple[PlacedIndicator, Ratio | InverseRatio]]:
    for placed in plan.indicators:
        method = placed.indicator.method
        if isinstance(method, Ratio | InverseRatio):
            yield placed, method


def target_given(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP330, GP331: a method that divides by the target has one, above zero."""
    for placed, method in _compared(plan):
        target = placed.indicator.target
        if not isinstance(target, Quantity):
            key, what, advice = (
                ("scoring", "has no target", "add `target:` (目标值) with a number")
                if target is None
                else ("target", "its target is not a number", "write the number alone; words belong to `definition` (定义)")
            )
            message = f"`{placed.indicator.name}` is scored by {method.TAG} ({method.LABEL}), and {what}"
            yield diagnose("GP330", plan.span(*placed.path, key), message, help=f"{advice}, or score it `direct` (直接评分)")
        elif target.value <= 0:
            message = f"the target of `{placed.indicator.name}` is not above zero, so nothing can be divided by it"
            yield diagnose("GP331", plan.span(*placed.path, "target"), message, help="state a target above zero")


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP332: floor below cap, minimum below maximum."""
    for placed in plan.indicators:
        method = placed.indicator.method
        low, high = ("minimum", "maximum") if isinstance(method, Direct) else ("floor", "cap")
        lower, upper = getattr(method, low), getattr(method, high)
        if lower is not None and upper is not None and lower >= upper:
            message = f"`{low}` of `{placed.indicator.name}` is not below its `{high}`"
            yield diagnose("GP332", plan.span(*placed.path, "scoring", low), message, help="exchange the two")


def polarity_agrees(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP333: the declared polarity is that of the method."""
    for placed, method in _compared(plan):
        declared = placed.indicator.polarity
        if declared is not None and declared is not _BETTER[method.TAG]:
            other = "inverse-ratio (反向比率法)" if declared is Polarity.LOWER else "ratio (比率法)"
            rewards = f"{method.TAG} ({method.LABEL}) rewards {_BETTER[method.TAG]} actuals"
            message = f"{declared} is better for `{placed.indicator.name}`, but {rewards}"
            yield diagnose("GP333", plan.span(*placed.path, "polarity"), message, help=f"score it by {other}, or correct the polarity")


def zero_defined(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP334: `target-over-actual` says what an actual of zero scores."""
    for placed, method in _compared(plan):
        if isinstance(method, InverseRatio) and method.variant is InverseVariant.TARGET_OVER_ACTUAL and method.when_zero is None:
            message = f"`{placed.indicator.name}` divides by the actual, and what an actual of 0 scores is not said"
            yield diagnose("GP334", plan.span(*placed.path, "scoring"), message, help="add `when_zero:` with the score for 0")
