"""Everybody's results in one period, for templates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from genplan.plan.indicator_weights import weigh_indicators
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.periods import Period
from genplan.plan.rounding import round_to
from genplan.scoring.distribution import by_group, check_quotas, in_groups, infeasible
from genplan.scoring.history import team_history
from genplan.scoring.scorecard import Scorecard, grade_name
from genplan.scoring.shortfall import Cost, most_costly, points_lost, share_of_full
from genplan.theme.context.anonymity import all_lines, shown_comment
from genplan.theme.context.charts import team_charts
from genplan.theme.context.equations import apportioned, score_places
from genplan.theme.context.grades import grade_tones
from genplan.theme.context.history import team_history_context
from genplan.theme.context.person import coefficient
from genplan.theme.context.plan import Context, counts
from genplan.theme.context.published import calibration_context, decision_context, published_context
from genplan.theme.context.values import SHARE_PLACES, title
from genplan.theme.locale import Locale, plain_number


def summary_context(plan: PlanFile, all_cards: Sequence[Scorecard], period: Period, locale: Locale) -> Context:
    """Return the ranking, the spread over grades, and each indicator's average; `all_cards` are the plan's, at least one of the period."""
    places = plan.plan.rounding.places
    cards = [card for card in all_cards if card.person.period == period]
    history = team_history(all_cards, period, plan.plan.department)
    totals = [card.final_total for card in cards]
    tones = grade_tones(plan.plan)
    return {
        "period": locale.period(period),
        "count": len(cards),
        "average": plain_number(round_to(_mean([Fraction(total) for total in totals]), places), places),
        "highest": plain_number(max(totals), places),
        "lowest": plain_number(min(totals), places),
        "ranking": [_row(plan, card, places, tones) for card in sorted(cards, key=lambda card: (-card.final_total, card.person.id))],
        "grades": _spread(plan, cards, tones),
        "distribution": _distribution(plan, cards),
        **_averages(plan, cards, score_places(places), locale),
        "history": team_history_context(plan, history, locale) if history else None,
        "charts": team_charts(plan, cards, history, locale),
    }


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _row(plan: PlanFile, card: Scorecard, places: int, tones: Mapping[str, str]) -> Context:
    no_id = plan.plan.assessed_unit is not None and card.person.id == card.person.name
    return {
        "rank": card.rank,
        "id": None if no_id else card.person.id,
        "name": card.person.name,
        "department": card.person.department,
        "position": card.person.position,
        "total": plain_number(card.final_total, places),
        "grade": grade_name(card.final_band),
        "tone": tones.get(card.final_band.grade.name, "") if card.final_band else None,
        "coefficient": coefficient(card.final_band, card.final_coefficient),
        "calibration": calibration_context(plan, card),
        "comment": shown_comment(card.person, all_lines(card)),
        "conclusion": card.person.conclusion,
        "published": published_context(plan, card),
        "decision": decision_context(plan, card),
    }


def _spread(plan: PlanFile, cards: Sequence[Scorecard], tones: Mapping[str, str]) -> list[Context]:
    """Count people by grade, in the order of the plan; `before` is the count without calibrations, where there are any."""
    counts = Counter(card.final_band.index for card in cards if card.final_band)
    before = Counter(card.band.index for card in cards if card.band)
    calibrated = any(card.calibrated for card in cards)
    parts = apportioned([Fraction(counts[index], len(cards)) for index in range(len(plan.plan.grades))], SHARE_PLACES)
    return [
        {
            "name": grade.name,
            "tone": tones.get(grade.name, ""),
            "count": counts[index],
            "share": part,
            "before": before[index] if calibrated else None,
        }
        for (index, grade), part in zip(enumerate(plan.plan.grades), parts, strict=True)
    ]


def _distribution(plan: PlanFile, cards: Sequence[Scorecard]) -> Context | None:
    """Hold the headcount of each grade against the limits of a forced distribution, group by group where they hold in groups.

    `before` is the headcount without calibrations, where there are any; `group` is none where limits hold for the plan.
    """
    distribution = plan.plan.distribution
    if distribution is None or not (distribution.quotas or in_groups(plan)):
        return None
    calibrated = any(card.calibrated for card in cards)
    names = [grade.name for grade in plan.plan.grades]
    groups = {name: check_quotas(distribution, members, names) for name, members in by_group(plan, cards).items()}
    return {
        "grouped": in_groups(plan),
        "rows": [
            {
                "group": group or None,
                "name": row.grade,
                "before": row.before if calibrated else None,
                "count": row.count,
                "fewest": row.fewest,
                "most": row.most,
                "kept": row.is_met,
            }
            for group, rows in groups.items()
            for row in rows
        ],
        "kept": all(row.is_met for rows in groups.values() for row in rows),
        "infeasible": any(infeasible(rows) for rows in groups.values()),
    }


def _averages(plan: PlanFile, cards: Sequence[Scorecard], places: int, locale: Locale) -> Context:
    """Average each indicator's scores over those who have one, and what it cost the total over all; name the points to improve in order."""
    costs = [_cost(cards, at) for at in range(len(cards[0].lines))]
    weakest = most_costly([cost for cost in costs if cost is not None])
    weighed = weigh_indicators(plan)
    weights = apportioned([each.share for each in weighed], SHARE_PLACES)
    rows = [
        _indicator(weighed[at].placed, cards, at, cost, places, locale)
        | {
            "weight": weights[at],
            "counts": counts(plan, weighed[at].placed.indicator, weights[at], locale),
            "weakest": at in weakest,
        }
        for at, cost in enumerate(costs)
    ]
    return {"indicators": rows, "weakest": [rows[at]["title"] for at in weakest]}


def _cost(cards: Sequence[Scorecard], at: int) -> Cost | None:
    """Return what an indicator cost the average total; None where nobody has a score."""
    standings = [share_of_full(card.lines[at]) for card in cards if card.lines[at].scored is not None]
    return Cost(at, _mean([points_lost(card.lines[at]) for card in cards]), _mean(standings)) if standings else None


def _indicator(placed: PlacedIndicator, cards: Sequence[Scorecard], at: int, cost: Cost | None, places: int, locale: Locale) -> Context:
    scores = [card.lines[at].score for card in cards if card.lines[at].scored is not None]
    return {
        "key": placed.key,
        "title": title(placed, locale),
        "name": placed.indicator.name,
        "dimension": placed.dimension.name,
        "average": plain_number(round_to(_mean(scores), places), places) if scores else None,
        "highest": plain_number(round_to(max(scores), places)) if scores else None,
        "lowest": plain_number(round_to(min(scores), places)) if scores else None,
        "lost": plain_number(round_to(cost.lost, places), places) if cost else None,
        "count": len(scores),
    }
