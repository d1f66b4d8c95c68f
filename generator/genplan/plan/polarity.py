"""Which direction of an indicator is the better one."""

from genplan.plan.model import Indicator, Polarity


def rewarded_polarity(indicator: Indicator) -> Polarity | None:
    """Tell which actuals its rule scores higher; None where that depends or is judged."""
    return indicator.method.rewards(indicator.rule)


def polarity_of(indicator: Indicator) -> Polarity:
    """Return the direction the plan declares, or the one that the scoring method rewards; higher is better where neither tells."""
    return indicator.polarity or rewarded_polarity(indicator) or Polarity.HIGHER


def likely_polarity(indicator: Indicator) -> Polarity:
    """Return the direction as `polarity_of` does, and where neither tells, the one that the rule leans to."""
    leans = indicator.method.likely_direction
    better = leans(indicator.rule) if leans and indicator.polarity is None else None
    return better or polarity_of(indicator)
