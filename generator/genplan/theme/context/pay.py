"""What people are paid, for templates: everybody of a period, or one person."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from genplan.plan.load import PlanFile
from genplan.plan.pay import reserved
from genplan.plan.periods import Period
from genplan.plan.rounding import round_to
from genplan.scoring.pay import Factor, PersonPay
from genplan.scoring.scorecard import Scorecard
from genplan.theme.context.equations import ABOUT, EXACT_PLACES, exact_number
from genplan.theme.context.person import coefficient
from genplan.theme.context.plan import Context
from genplan.theme.locale import Locale, plain_number


def pay_context(
    plan: PlanFile, all_cards: Sequence[Scorecard], paid: Mapping[tuple[str, str], PersonPay], period: Period, locale: Locale
) -> Context:
    """Return everybody's pay in a period, by department and id; it is known of all who have a scorecard."""
    cards = sorted((card for card in all_cards if card.person.period == period), key=lambda card: (card.person.department, card.person.id))
    pay = [paid[period.id, card.person.id] for card in cards]
    names = {folded: factor.name for each in pay for folded, factor in each.factors.items() if not reserved(factor.name)}
    places = plan.plan.pay.rounding.places if plan.plan.pay else 0
    return {
        "period": locale.period(period),
        "count": len(cards),
        "factors": list(names.values()),
        "parts": [
            {"name": part.name, "total": locale.number(sum((each.parts[at].amount for each in pay), Decimal(0)), places)}
            for at, part in enumerate(pay[0].parts)
        ],
        "paid": locale.number(sum((each.total for each in pay), Decimal(0)), places),
        "rows": [_row(plan, card, each, list(names), places, locale) for card, each in zip(cards, pay, strict=True)],
        "pools": _pools(pay, places, locale),
    }


def _row(plan: PlanFile, card: Scorecard, pay: PersonPay, names: Sequence[str], places: int, locale: Locale) -> Context:
    no_id = plan.plan.assessed_unit is not None and card.person.id == card.person.name
    factors = pay.factors
    return {
        "id": None if no_id else card.person.id,
        "name": card.person.name,
        "department": card.person.department,
        "total": plain_number(card.final_total, plan.plan.rounding.places),
        "grade": card.final_band.grade.name if card.final_band else None,
        "coefficient": coefficient(card.final_band, card.final_coefficient),
        "factors": [_factor(factors[name], locale) for name in names],
        "parts": [locale.number(part.amount, places) for part in pay.parts],
        "paid": locale.number(pay.total, places),
    }


def _factor(factor: Factor, locale: Locale) -> str:
    """Write a figure in the unit of pay; a percentage stays one."""
    if factor.text.endswith("%"):
        return factor.text
    shown = round_to(factor.value, EXACT_PLACES)
    return ("" if shown == factor.value else ABOUT) + locale.number(shown)


def _pools(pay: Sequence[PersonPay], places: int, locale: Locale) -> list[Context]:
    """List the pools that were shared, with what all shares in them come to."""
    found = {(part.name, part.pool.group): part.pool for each in pay for part in each.parts if part.pool}
    return [
        {"part": name, "group": group, "amount": locale.number(pool.amount, places), "shares": exact_number(pool.of)}
        for (name, group), pool in found.items()
    ]


def person_pay_context(plan: PlanFile, pay: PersonPay, locale: Locale) -> Context:
    """Return what one person is paid."""
    places = plan.plan.pay.rounding.places if plan.plan.pay else 0
    return {
        "parts": [{"name": part.name, "amount": locale.number(part.amount, places)} for part in pay.parts],
        "paid": locale.number(pay.total, places),
    }
