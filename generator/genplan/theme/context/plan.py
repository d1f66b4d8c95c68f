"""The plan, for templates."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from genplan.methods.items import Counted, Items
from genplan.methods.method import Judged
from genplan.methods.parameters import RuleModel
from genplan.methods.rubric import Rubric
from genplan.methods.two_way import TwoWay, by_words, own_words
from genplan.methods.wording import joined
from genplan.plan.conditions import limit_words
from genplan.plan.grades import are_by_rank, are_decided
from genplan.plan.indicator_weights import WeightedIndicator, weigh_indicators
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import (
    Bounds,
    Dimension,
    Distribution,
    DutyArea,
    Indicator,
    Input,
    Item,
    LineRemarks,
    NoticeDetails,
    WeightMode,
)
from genplan.plan.regulation import is_prose_regulation
from genplan.plan.weights import has_points, is_points_form, points_in
from genplan.source.model import Choice, Model
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.theme.brand import Brand
from genplan.theme.context.brand import brand_context
from genplan.theme.context.conditions import condition_words, excepted
from genplan.theme.context.equations import apportioned, exact_number
from genplan.theme.context.grades import grades_context
from genplan.theme.context.pay_words import plan_pay_context
from genplan.theme.context.raters import raters_context
from genplan.theme.context.regulation import regulation_context
from genplan.theme.context.values import SHARE_PLACES, name, quantity, share, title
from genplan.theme.kinds import Kind
from genplan.theme.locale import Locale, plain_number
from genplan.theme.prose import to_html

Context = dict[str, Any]

_SAME_NAME = (
    "title",
    "department",
    "position",
    "assessed_unit",
    "number",
    "version",
    "issued",
    "effective",
    "confidentiality",
    "summary",
    "reports_to",
    "position_code",
    "job_level",
)


def plan_context(
    plan: PlanFile, kind: Kind, brand: Brand, locale: Locale, kinds: Sequence[Kind] = (), positions: Sequence[PlanFile] = ()
) -> Context:
    """Return what every kind of document sees; `kinds` are those that are built of the plan, `positions` the plans in its annexes."""
    return {
        "kind": {"name": kind.name, "title": kind.title(locale)},
        "language": locale.language,
        "edition": None,
        "opinions": [
            {"name": each.name, "signer": each.signer, "dated": each.dated} for each in plan.plan.opinions if kind.name in each.documents
        ],
        "signing": [{"role": each.role, "undated": not each.dated} for each in plan.plan.signatures if kind.name in each.documents],
        "brand": brand_context(brand, locale.language),
        "plan": {
            **_plan(plan, brand, locale),
            "documents": [each.name for each in kinds],
            "positions": [{"plan": _plan(each, brand, locale), "indicators": _indicators(each, locale)} for each in positions],
        },
        "indicators": _indicators(plan, locale),
        "prose": _prose(plan, kind, locale),
        "other_sections": _other_sections(plan, kind, locale),
        **({"regulation": regulation_context(plan)} if "chapters" in kind.header.needs else {}),
    }


def _label(locale: Locale, group: str, option: Choice | None) -> str | None:
    return None if option is None else locale.label(f"{group}.{option.value}")


def _plan(plan: PlanFile, brand: Brand, locale: Locale) -> Context:
    model = plan.plan
    period = model.period.period if model.period else None
    weighed = weigh_indicators(plan)
    return {
        **{name: getattr(model, name) for name in _SAME_NAME},
        "id": plan.id,
        "organization": model.organization or brand.full_name,
        "cycle": [locale.label(f"cycle.{cycle.value}") for cycle in model.cycle],
        "period": locale.period(period) if period else None,
        "duties": [_area(area, plan) for area in model.duties],
        "direct_reports": list(model.direct_reports),
        "authority": list(model.authority),
        "relations": [{"with": relation.with_, "about": relation.about} for relation in model.relations],
        "qualifications": list(model.qualifications),
        "weighted": bool(weighed) and not is_unnumbered(model),
        "unnumbered": is_unnumbered(model),
        "normalized": model.weights is WeightMode.NORMALIZE,
        "points": _total_points(plan),
        "counts_label": locale.label("column.full_marks" if is_points_form(model) else "column.weight"),
        "published_total": _published_total(plan, weighed),
        "scales": _scales(plan, locale),
        "missing": model.missing.value,
        "rounding": {"places": model.rounding.places, "mode": locale.label(f"rounding.{model.rounding.mode.value}")},
        "raters": raters_context(plan, locale),
        "remarks": model.remarks is LineRemarks.YES,
        "process": [step.model_dump() for step in model.process],
        "bonuses": [_item(item) for item in model.bonuses],
        "deductions": [_item(item) for item in model.deductions],
        "vetoes": [
            {
                "name": veto.name,
                "when": condition_words(plan, veto.when, locale) if veto.when else None,
                "excepted": excepted(plan, veto.when) if veto.when else [],
                "effect": veto.effect.value,
                "cap": _points(veto.cap),
                "definition": veto.definition,
            }
            for veto in model.vetoes
        ],
        "total": _bounds(model.total),
        "proration": model.proration.value,
        "decided": are_decided(model),
        "by_rank": are_by_rank(model),
        "grades": grades_context(model),
        "ceilings": [
            {
                "when": condition_words(plan, ceiling.when, locale),
                "excepted": excepted(plan, ceiling.when),
                "grade": ceiling.grade,
            }
            for ceiling in model.ceilings
        ],
        "inputs": [{"name": each.name, "unit": each.unit, "definition": each.definition} for each in model.inputs],
        "distribution": _distribution(model.distribution, locale) if model.distribution else None,
        "pay": plan_pay_context(model.pay, locale) if model.pay else None,
        "results_use": [use.model_dump() for use in model.results_use],
        "publication": locale.label(f"publication.{model.publication.value}"),
        "appeal": model.appeal.model_dump() if model.appeal else None,
        "improvement": model.improvement.model_dump() if model.improvement else None,
        "notice": _notice(plan, locale),
        "interim_reviews": [dict(review) for review in model.interim_reviews],
        "development": [dict(goal) for goal in model.development],
        "clauses": [clause.value for clause in model.clauses],
        "signatories": [{**s.model_dump(exclude={"date"}), "date": s.date} for s in model.signatories],
        "chapters": [chapter.model_dump() for chapter in model.chapters],
    }


def _notice(plan: PlanFile, locale: Locale) -> Context:
    """Return who sends notices and whom their receipts go back to."""
    said = plan.plan.notice or NoticeDetails()
    sender = said.sender or locale.label("scorecard.hr")
    return {"sender": sender, "return_to": said.return_to or sender}


def _points(points: Decimal | None) -> str | None:
    return None if points is None else plain_number(points)


def _bounds(bounds: Bounds) -> Context:
    return {"minimum": _points(bounds.minimum), "maximum": _points(bounds.maximum)}


def _item(item: Item) -> Context:
    return {"name": item.name, "points": _points(item.points), "cap": _points(item.cap), "definition": item.definition}


def _distribution(distribution: Distribution, locale: Locale) -> Context:
    """Return the limits as shares of the people graded."""
    return {
        "rounding": locale.label(f"headcount.{distribution.rounding.value}"),
        "by": distribution.by.value,
        "ties": distribution.ties.value if distribution.ties else None,
        "quotas": [{"grade": quota.grade, "at_least": quota.at_least, "at_most": quota.at_most} for quota in distribution.quotas],
    }


def inputs(indicator: Indicator) -> list[Context]:
    """List the figures that the indicator's actual is computed with, in the order they are asked for."""
    rule = indicator.rule
    counted = [each for each, _ in rule.signed] if isinstance(rule, Items) else []
    figures: list[Input | Counted] = [*indicator.inputs, *counted]
    described = {fold(given.name): given for given in figures}
    names = indicator.computation.names if indicator.computation else ()
    return [
        {"name": name, "unit": given.unit if given else None, "definition": given.definition if given else None}
        for name in names
        for given in [described.get(fold(name))]
    ]


def _area(area: DutyArea, plan: PlanFile) -> Context:
    assessed_by = [p.indicator.name for p in plan.indicators if area.area in p.indicator.assesses and not p.indicator.is_left_out]
    return {**area.model_dump(), "assessed_by": list(dict.fromkeys(assessed_by))}


def counts(plan: PlanFile, indicator: Indicator, part: Decimal | None, locale: Locale) -> str | None:
    """Write how much an indicator counts: its points in a points form, else its share of the total, `part`."""
    if is_points_form(plan.plan):
        return _points(indicator.points)
    return None if part is None else locale.percent(part)


def _total_points(plan: PlanFile) -> str | None:
    """Add up the points of a points form; None in any other."""
    made = sum((points_in(group) for group in plan.plan.groups), Fraction(0))
    return exact_number(made) if is_points_form(plan.plan) else None


def _published_total(plan: PlanFile, weighed: Sequence[WeightedIndicator]) -> Decimal | None:
    """Add up the published weights of the outer level: dimensions, or indicators of a plan without."""
    if plan.plan.dimensions:
        outer = list({w.placed.dimension.name: w.group.published for w in weighed}.values())
    else:
        outer = [w.in_group.published for w in weighed]
    return share(sum((part for part in outer if part is not None), Fraction(0))) if outer else None


def _indicators(plan: PlanFile, locale: Locale) -> list[Context]:
    """List the groups of indicators: one nameless group where the plan has no dimensions. Shares of the total make 100 % as printed."""
    weighed = {w.placed.key: w for w in weigh_indicators(plan)}
    parts = apportioned([w.share for w in weighed.values()], SHARE_PLACES)
    groups = _groups(plan)
    of_total = {
        key: {"of_total": part, "counts": counts(plan, w.placed.indicator, part, locale)}
        for (key, w), part in zip(weighed.items(), parts, strict=True)
    }
    outer = [weighed[members[0].key].group if weighed else None for _, members in groups]
    weights: Sequence[Decimal | None] = apportioned([weight.effective for weight in outer if weight], SHARE_PLACES)
    return [
        {
            "name": group.name,
            "definition": group.definition,
            "published": share(weight.published) if weight else None,
            "weight": part if group.name else None,
            "points": exact_number(points_in(group)) if has_points(group) else None,
            "indicators": [indicator_context(p, weighed.get(p.key), locale) | of_total.get(p.key, {}) for p in members],
        }
        for (group, members), weight, part in zip(groups, outer, weights or [None] * len(outer), strict=True)
    ]


def _groups(plan: PlanFile) -> list[tuple[Dimension, list[PlacedIndicator]]]:
    """List the groups with their indicators, without those that the person has not, in the plan as it is for one."""
    kept = [placed for placed in plan.indicators if not placed.indicator.is_left_out]
    grouped = ((group, [placed for placed in kept if placed.dimension is group or not group.name]) for group in plan.plan.groups)
    return [(group, members) for group, members in grouped if members]


def indicator_context(placed: PlacedIndicator, weighed: WeightedIndicator | None, locale: Locale) -> Context:
    """Return one indicator.

    `published` is the weight as written, within its group; `weight` the one computed with, within its group; `of_total` its share of the
    total; `points` its full marks, where it has points in place of a weight.
    """
    indicator = placed.indicator
    return {
        "key": placed.key,
        "name": name(indicator, locale),
        "title": title(placed, locale),
        "dimension": placed.dimension.name,
        "published": share(weighed.in_group.published) if weighed else None,
        "weight": share(weighed.in_group.effective) if weighed else None,
        "of_total": share(weighed.share) if weighed else None,
        "points": _points(indicator.points),
        "definition": indicator.definition or (locale.label("target.own") if indicator.is_own and not indicator.own_name else None),
        "formula": indicator.formula,
        "counting": indicator.counting,
        "unit": indicator.unit,
        "source": indicator.source,
        "target": quantity(indicator.target, locale),
        "threshold": quantity(indicator.threshold, locale),
        "stretch": quantity(indicator.stretch, locale),
        "bounds": _bounds(indicator.bounds),
        "judged": isinstance(indicator.method.accepts, Judged),
        "compute": indicator.compute.text if indicator.compute else None,
        "inputs": inputs(indicator),
        "polarity": _label(locale, "polarity", indicator.polarity),
        "nature": _label(locale, "nature", indicator.nature),
        "term": _label(locale, "term", indicator.term),
        "rule": _rule(placed, locale),
        "assesses": list(indicator.assesses),
    }


def _rule(placed: PlacedIndicator, locale: Locale) -> Context:
    """Return the rule in words and its parameters; shares and points stay decimals, for the `percent` and `number` filters."""
    indicator, rule = placed.indicator, placed.indicator.rule
    said = _by_scale(rule, locale) or indicator.method.describe(rule, indicator, locale)
    return {
        **_parameters(rule, locale),
        **indicator.method.template_values(rule, indicator, locale),
        "unit": indicator.unit,
        "stated": indicator.scoring is not None,
        "label": locale.label(f"method.{rule.TAG}"),
        "words": joined(locale, said, *limit_words(indicator, locale)),
        "brief": joined(locale, _by_table(indicator, locale) or said, *limit_words(indicator, locale)),
    }


def _by_scale(rule: RuleModel, locale: Locale) -> str | None:
    """Refer to a shared scale of levels, which documents print once."""
    return locale.label("rule.by_scale", name=rule.scale) if rule.scale and isinstance(rule, Rubric) else None


def _by_table(indicator: Indicator, locale: Locale) -> str | None:
    """Refer to a two-way table that is printed as such."""
    rule = indicator.rule
    if not isinstance(rule, TwoWay):
        return None
    return locale.label("rule.two_way_table", own=own_words(rule, locale), other=by_words(rule, locale), name=indicator.name)


def _scales(plan: PlanFile, locale: Locale) -> list[Context]:
    """List the shared scales of levels, with scores as they are written: points, or shares of the full marks."""
    return [
        {
            "name": scale.name,
            "levels": [
                {
                    "name": each.name,
                    "score": quantity(each.score, locale) if each.score is not None else None,
                    "definition": each.definition,
                }
                for each in scale.scoring.levels
            ],
        }
        for scale in plan.plan.scales
        if isinstance(scale.scoring, Rubric)
    ]


def _parameters(model: Model, locale: Locale) -> Context:
    return {field.alias or name: _parameter(getattr(model, name), locale) for name, field in type(model).model_fields.items()}


def _parameter(value: object, locale: Locale) -> object:
    """Make a parameter plain: words as their values, amounts as they are written."""
    match value:
        case Choice():
            return value.value
        case Quantity():
            return quantity(value, locale)
        case Model():
            return _parameters(value, locale)
        case tuple():
            return [_parameter(item, locale) for item in value]
    return value


def _prose(plan: PlanFile, kind: Kind, locale: Locale) -> dict[str, Context]:
    """Return the sections that the kind places, by their names."""
    names = {heading: name for name, heading in locale.options("sections").items()}
    sections = {names[s.heading]: s for s in plan.prose if s.heading in names}
    return {
        name: {"heading": sections[name].heading, "html": to_html(sections[name].markdown)}
        for name in kind.header.sections
        if name in sections
    }


def _other_sections(plan: PlanFile, kind: Kind, locale: Locale) -> list[Context]:
    """List the sections whose headings have no place of their own in any document, if the kind takes them."""
    if not kind.header.other_sections:
        return []
    known = set(locale.options("sections").values())
    shown = [section for section in plan.prose if section.heading not in known]
    if is_prose_regulation(plan.plan):  # what stands before a regulation's first heading is its preamble
        shown = [section for section in shown if section.heading]
    return [{"heading": section.heading, "html": to_html(section.markdown)} for section in shown]
