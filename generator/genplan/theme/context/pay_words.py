"""How pay is computed, in words."""

from typing import Any

from genplan.plan.formula import Formula
from genplan.plan.model import Commission, Pay, PayPart, Pool
from genplan.plan.pay import Tier, tiers
from genplan.theme.locale import Locale

_SIGNS = str.maketrans({"*": "×", "/": "÷"})


def plan_pay_context(pay: Pay, locale: Locale) -> dict[str, Any]:
    """Return what the plan says of pay."""
    rounding = pay.rounding
    return {
        "unit": pay.unit,
        "rounding": {"places": rounding.places, "mode": locale.label(f"rounding.{rounding.mode.value}")},
        "notice": pay.notice,
        "parts": [{"name": part.name, "definition": part.definition, "words": _words(part, pay.unit, locale)} for part in pay.parts],
        "inputs": [{"name": given.name, "unit": given.unit, "definition": given.definition} for given in pay.inputs],
    }


def _words(part: PayPart, unit: str, locale: Locale) -> str:
    if part.commission is not None:
        return _commission_words(part.commission, unit, locale)
    if part.pool is not None:
        return _pool_words(part.pool, unit, locale)
    return _written(part.compute) if part.compute is not None else ""


def _written(formula: Formula) -> str:
    """Write a formula with the signs that people use."""
    return formula.text.translate(_SIGNS)


def _commission_words(commission: Commission, unit: str, locale: Locale) -> str:
    said = locale.label("rule.join").join(_tier_words(tier, unit, locale) for tier in tiers(commission))
    return locale.label(f"pay.commission_{commission.mode.value}", of=_written(commission.of), tiers=said)


def _tier_words(tier: Tier, unit: str, locale: Locale) -> str:
    rate, lower = locale.percent(tier.rate), locale.number(tier.lower)
    if tier.upper is None:
        return locale.label("pay.tier_above", lower=lower, rate=rate, unit=unit) if tier.lower else locale.label("pay.tier_all", rate=rate)
    upper = locale.number(tier.upper)
    if not tier.lower:
        return locale.label("pay.tier_below", upper=upper, rate=rate, unit=unit)
    return locale.label("pay.tier_between", lower=lower, upper=upper, rate=rate, unit=unit)


def _pool_words(pool: Pool, unit: str, locale: Locale) -> str:
    amount = _written(pool.amount) if pool.amount.names else locale.label("pay.amount", amount=pool.amount.text, unit=unit)
    who = locale.label(f"pay.pool_of_{pool.by.value if pool.by else 'all'}")
    return locale.label("pay.pool", amount=amount, share=_written(pool.share), who=who)
