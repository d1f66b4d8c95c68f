"""A period's report on units, for templates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.plan.rounding import round_to
from genplan.scoring.line import Line
from genplan.scoring.scorecard import Scorecard
from genplan.scoring.unit_progress import IndicatorMovement, UnitPeriod, movement, unit_periods
from genplan.theme.context.anonymity import shown_comment
from genplan.theme.context.charts import report_chart
from genplan.theme.context.equations import EXACT_PLACES
from genplan.theme.context.history import signed
from genplan.theme.context.plan import Context, indicator_context
from genplan.theme.context.values import share, title
from genplan.theme.locale import Locale, plain_number

_MOST_PERIODS = 6
"""A table has room for so many periods beside each other."""
_PERCENT_PLACES = 2
_COUNT = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_TYPED = re.compile(rf"(?:{_COUNT})[.．、)）](?![0-9])\s*|[(（](?:{_COUNT})[)）]\s*")
"""A number before a line of text."""


def report_context(plan: PlanFile, people: Sequence[PersonResult], cards: Sequence[Scorecard], period: Period, locale: Locale) -> Context:
    """Return what each unit reached in the period, beside the periods before, and what is said about it."""
    units = unit_periods(plan, people, cards, period)
    return {
        "unit": plan.plan.assessed_unit,
        "period": locale.period(period),
        "start": locale.date(period.start),
        "end": locale.date(period.end),
        "count": len(units),
        "units": [_unit(plan, history, locale) for history in units],
    }


def _unit(plan: PlanFile, history: Sequence[UnitPeriod], locale: Locale) -> Context:
    now, before = history[-1], history[-2] if len(history) > 1 else None
    places = plan.plan.rounding.places
    card = now.card
    shown = history[-_MOST_PERIODS:]
    moved = [movement([each.lines[at] for each in history]) for at in range(len(now.lines))]
    return {
        "name": now.unit.name or now.unit.id,
        "id": "" if now.unit.id == now.unit.name else now.unit.id,
        "department": now.unit.department,
        "indicators": len(now.counted),
        "targeted": len(now.targeted),
        "met": len(now.targeted) - len(now.unmet),
        "unmet": [title(line.weighed.placed, locale) for line in now.unmet],
        "attainment": share(now.attainment),
        "total": plain_number(card.final_total, places) if card else None,
        "change": signed(card.final_total - before.card.final_total, places) if card and before and before.card else None,
        "grade": card.final_band.grade.name if card and card.final_band else None,
        "rank": card.rank if card else None,
        "ranked": card.ranked if card else None,
        "previous": locale.period(before.period) if before else None,
        "better": sum(each is not None and each.better is True for each in moved),
        "worse": sum(each is not None and each.better is False for each in moved),
        "steady": sum(each is not None and each.better is None for each in moved),
        "periods": [locale.period(each.period) for each in shown] if before else [],
        "lines": [
            _line(line, step, _beside(line, [each.lines[at] for each in shown]), locale) | {"unmet": line in now.unmet}
            for at, (line, step) in enumerate(zip(now.lines, moved, strict=True))
            if not line.weighed.placed.indicator.is_left_out
        ],
        "chart": report_chart(plan, history, locale),
        "problems": _points(now.unit.problems),
        "suggestions": _points(now.unit.suggestions),
        "measures": _points(now.unit.measures),
        "comment": shown_comment(now.unit, now.lines),
    }


def _points(text: str) -> list[str]:
    """Part what a cell says at its lines; numbers that were typed before all of them are left out, for documents number by themselves."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    typed = [_TYPED.match(line) for line in lines]
    return [line[match.end() :] if all(typed) and match else line for line, match in zip(lines, typed, strict=True)]


def _line(line: Line, moved: IndicatorMovement | None, history: Sequence[Line], locale: Locale) -> Context:
    return {
        **indicator_context(line.weighed.placed, line.weighed if _counts(line) else None, locale),
        "actual": _text(line),
        "attainment": share(line.scored.attainment) if line.scored else None,
        "previous": _text(history[-2]) if len(history) > 1 else None,
        "change": _change(moved) if moved else None,
        "measure": "percent" if moved and moved.percent else "unit" if moved else None,
        "trend": moved.direction.value if moved else None,
        "steps": moved.steps if moved else None,
        "better": moved.better if moved else None,
        "actuals": [_text(each) for each in history] if len(history) > 1 else [],
    }


def _beside(now: Line, shown: Sequence[Line]) -> list[Line]:
    """Return the lines of an indicator over the periods; of one that was agreed with the unit alone, the earlier ones without actuals."""
    if not now.weighed.placed.indicator.is_own:
        return list(shown)
    return [each if each is now else replace(each, actual=None) for each in shown]


def _counts(line: Line) -> bool:
    return bool(line.weighed.weight)


def _text(line: Line) -> str | None:
    return line.actual.text if line.actual else None


def _change(moved: IndicatorMovement) -> str:
    """Write a change with its sign: of a percentage in percentage points, else as the actual is measured."""
    number, places = (moved.change * 100, _PERCENT_PLACES) if moved.percent else (moved.change, EXACT_PLACES)
    text = plain_number(round_to(Fraction(number), places))
    return f"+{text}" if moved.change > 0 else text
