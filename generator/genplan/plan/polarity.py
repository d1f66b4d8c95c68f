"""Which direction of an indicator is the better one."""

from genplan.plan.model import Indicator, Polarity
from genplan.plan.scoring import Deduction, Interpolation, InverseRatio, PassFail, Passing, PerUnit, Ratio, Rule


def rewards(rule: Rule) -> Polarity | None:
    """Tell which actuals a rule scores higher; None where that depends or is judged."""
    match rule:
        case Ratio():
            return Polarity.HIGHER
        case InverseRatio() | Deduction():
            return Polarity.LOWER
        case PerUnit(better=better):
            return Polarity(better.value)
        case PassFail(passes=passes):
            return Polarity.HIGHER if passes is Passing.AT_LEAST else Polarity.LOWER
        case Interpolation(points=(first, *_, last)) if first.at.value != last.at.value:
            rising = (first.at.value < last.at.value) == (first.score < last.score)
            return Polarity.HIGHER if rising else Polarity.LOWER
    return None


def polarity_of(indicator: Indicator) -> Polarity:
    """Give the direction the plan declares, or the one that the scoring method rewards; higher is better where neither tells."""
    return indicator.polarity or rewards(indicator.method) or Polarity.HIGHER
