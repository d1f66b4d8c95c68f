"""A scorecard's calculation, line by line, for the terminal and as data."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from genplan.cli.table import table
from genplan.messages import listing, localized, msg, plural
from genplan.methods.two_way import TwoWay, by_words, percents
from genplan.plan.load import PlanFile
from genplan.plan.weights import is_points_form
from genplan.scoring.composition import CompositionStep, Stage
from genplan.scoring.line import Line, kept_lines
from genplan.scoring.pay import PaidPart, PersonPay
from genplan.scoring.scorecard import Scorecard, grade_name
from genplan.theme.context.conditions import ground_words
from genplan.theme.context.equations import exact_number
from genplan.theme.context.values import quantity
from genplan.theme.locale import Locale


def trace_text(plan: PlanFile, card: Scorecard, locale: Locale, pay: PersonPay | None = None) -> str:
    """Write how a total was calculated: each input with its location, its score, and each stage up to the grade."""
    person = card.person
    head = f"{person.id} {person.name}  {person.period.id}  {card.final_total:f}  {grade_name(card.final_band) or ''}".rstrip()
    single = len(card.segments) == 1
    points = is_points_form(plan.plan)
    parts = [head, _lines(card.lines, locale, points=points, joined=not single, own=single and bool(card.segments[0].record.own))]
    parts += [
        part
        for at in range(len(card.segments))
        if not single
        for part in (_segment(card, at), _lines(card.segments[at].lines, locale, points=points, own=bool(card.segments[at].record.own)))
    ]
    parts += _rolled(card)
    parts.append(
        table(
            [msg("step"), msg("item"), msg("change"), msg("result")],
            [_step(plan, step, locale, points=points) for step in card.steps],
            {2, 3},
        )
    )
    rounding = plan.plan.rounding
    mode = locale.label(f"rounding.{rounding.mode.value}")
    parts.append(
        localized(plural("rounding: {count} decimal place, {mode}", "rounding: {count} decimal places, {mode}", rounding.places, mode=mode))
    )
    return "\n\n".join([*parts, *([_pay(pay)] if pay else [])])


def _pay(pay: PersonPay) -> str:
    """Write what each part of the pay was computed from, with the place of each figure."""
    rows = []
    for part in pay.parts:
        rows.append([part.name, "", exact_number(part.exact), f"{part.amount:f}", ""])
        rows += [["", each.name, exact_number(each.value), "", str(each.place or "")] for each in part.factors]
        rows += [["", msg("rate {rate}%", rate=exact_number(each.rate * 100)), exact_number(each.amount), "", ""] for each in part.slices]
        if part.pool:
            rows.append(["", msg("amount of the pool"), f"{part.pool.amount:f}", "", ""])
            rows.append(["", msg("share"), f"{exact_number(part.pool.share)} / {exact_number(part.pool.of)}", "", ""])
    rows.append([msg("pay in total"), "", "", f"{pay.total:f}", ""])
    return table([msg("pay"), msg("computed from"), msg("value"), msg("amount"), msg("source")], rows, {2, 3})


def pay_part_data(part: PaidPart) -> dict[str, object]:
    """Give a part of somebody's pay as data; numbers are exact, as text."""
    pool = part.pool
    return {
        "name": part.name,
        "amount": f"{part.amount:f}",
        "exact": str(part.exact),
        "factors": [
            {"name": each.name, "value": str(each.value), "place": None if each.place is None else str(each.place)} for each in part.factors
        ],
        "rates": [{"amount": str(each.amount), "rate": str(each.rate)} for each in part.slices],
        "pool": None if pool is None else {"amount": f"{pool.amount:f}", "share": str(pool.share), "of": str(pool.of)},
    }


def _lines(lines: Sequence[Line], locale: Locale, *, points: bool, joined: bool = False, own: bool = False) -> str:
    """Write lines as a table; lines that combine several records have no actual."""
    counts = [msg("points"), msg("counted")] if points else [msg("weight"), msg("weighted")]
    labels = [msg("indicator"), msg("actual"), msg("method"), msg("score"), *counts, msg("source")]
    lines = kept_lines(lines)
    rows = [_line(replace(line, actual=None) if joined else line, locale, points=points) for line in lines]
    if not own:
        return table(labels, rows, {1, 3, 4, 5})
    targets = [quantity(line.weighed.placed.indicator.target, locale) or "—" for line in lines]
    with_targets = [[row[0], target, *row[1:]] for row, target in zip(rows, targets, strict=True)]
    return table([labels[0], msg("own target"), *labels[1:]], with_targets, {1, 2, 4, 5, 6})


def _line(line: Line, locale: Locale, *, points: bool) -> list[str]:
    method = locale.label(f"method.{line.weighed.placed.indicator.method.tag}")
    limit = f"（{locale.label(f'result.limit_{line.scored.limit.value}')}）" if line.scored and line.scored.limit else ""
    limit += f"（{locale.label('result.limited')}）" if line.limited else ""
    limit += _beside(line, locale)
    score = exact_number(line.score) if line.scored else "—"
    actual = line.actual.text if line.actual else listing([exact_number(given.score) for given in line.raters]) or "—"
    place = str(line.actual.span) if line.actual else ""
    counts = exact_number(Fraction(line.weighed.placed.indicator.points or 0)) if points else f"{exact_number(line.weight * 100)}%"
    own = line.weighed.placed.indicator.own_name
    named = f"{line.weighed.placed.key}：{own}" if own else line.weighed.placed.key
    return [named, actual, method + limit, score, counts, exact_number(line.weighted), place]


def _beside(line: Line, locale: Locale) -> str:
    """Write what a two-way table was read by."""
    rule = line.weighed.placed.indicator.rule
    if line.beside is None or not isinstance(rule, TwoWay):
        return ""
    percent = True in percents(rule.columns)
    number = f"{exact_number(line.beside * 100)}%" if percent else exact_number(line.beside)
    return f"（{by_words(rule, locale)}：{number}）"


def _rolled(card: Scorecard) -> list[str]:
    """Write the totals of other periods that actuals are the means of, each with its share and its place."""
    rolled = {key: parts for segment in card.segments for key, parts in segment.record.rolled.items()}
    return [
        table(
            [key, msg("final total"), msg("weight"), msg("counted"), msg("source")],
            [
                [
                    part.period.id,
                    "—" if part.total is None else f"{part.total:f}",
                    f"{exact_number(part.share * 100)}%",
                    exact_number(Fraction(part.total or 0) * part.share),
                    "" if part.total is None else str(part.span),
                ]
                for part in parts
            ],
            {1, 2, 3},
        )
        for key, parts in rolled.items()
    ]


def _segment(card: Scorecard, at: int) -> str:
    segment = card.segments[at]
    days = segment.record.presence
    span = f"{days.start} – {days.end}" if days else ""
    return localized(
        msg("part {number}: {dates}  share {share}  {place}", number=at + 1, dates=span, share=segment.share, place=segment.record.span)
    )


def _step(plan: PlanFile, step: CompositionStep, locale: Locale, *, points: bool) -> list[str]:
    capped = f"（{locale.label('result.capped')}）" if step.capped and step.stage in (Stage.BONUS, Stage.DEDUCTION) else ""
    number = "" if step.number is None else exact_number(step.number)
    result = step.grade if step.result is None else exact_number(step.result)
    label = "step.sum_points" if points and step.stage is Stage.SUM else f"step.{step.stage.value}"
    why = f"（{step.reason}）" if step.reason else ""
    if step.condition:
        grounds = "，".join(ground_words(plan, ground, locale) for ground in step.grounds)
        why += f"{step.condition.text}（{grounds}）" if not step.name else f"（{step.condition.text}：{grounds}）"
    return [locale.label(label), step.name + capped + why, number, result]


def trace_data(card: Scorecard) -> list[dict[str, object]]:
    """Return the stages as data, with exact numbers as text."""
    return [
        {
            "stage": step.stage.value,
            "name": step.name or None,
            "grade": step.grade or None,
            "number": None if step.number is None else str(step.number),
            "result": None if step.result is None else str(step.result),
            "capped": step.capped,
            "reason": step.reason or None,
            "condition": step.condition.text if step.condition else None,
        }
        for step in card.steps
    ]
