"""A scoring rule in plain words, with the labels that documents use."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from genplan.plan.model import Indicator
from genplan.plan.quantity import Quantity
from genplan.plan.scoring import Deduction, Direct, Interpolation, InverseRatio, PassFail, PerUnit, Ratio, Rubric, Tiers

Label = Callable[..., str]
"""Gives the text of a label by its name, with its fields filled in."""


def plain(value: Decimal | Quantity) -> str:
    """Write a number without superfluous zeros, a percentage with its sign."""
    written = value.written if isinstance(value, Quantity) else value
    text = f"{written:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if isinstance(value, Quantity) and value.percent else text


def rule_words(indicator: Indicator, label: Label) -> str:
    """Say how an indicator is scored."""
    rule = indicator.method
    return _WORDS[type(rule)](rule, indicator, label)


def _direct(rule: Direct, _indicator: Indicator, label: Label) -> str:
    return label("rule.direct", minimum=plain(rule.minimum), maximum=plain(rule.maximum))


def _ratio(rule: Ratio, _indicator: Indicator, label: Label) -> str:
    return _joined(label, label("rule.ratio", full=plain(rule.full)), *_bounds(rule, label))


def _inverse_ratio(rule: InverseRatio, _indicator: Indicator, label: Label) -> str:
    variant = rule.variant.value.replace("-", "_")
    zero = [] if rule.when_zero is None else [label("rule.when_zero", points=plain(rule.when_zero))]
    return _joined(label, label(f"rule.inverse_{variant}", full=plain(rule.full)), *_bounds(rule, label), *zero)


def _bounds(rule: Ratio | InverseRatio, label: Label) -> list[str]:
    given = (("floor", rule.floor), ("cap", rule.cap))
    return [label(f"rule.{name}", **{name: plain(Quantity(share, percent=True))}) for name, share in given if share is not None]


def _tiers(rule: Tiers, _indicator: Indicator, label: Label) -> str:
    texts = []
    for at, tier in enumerate(rule.tiers):
        place = "below" if at == 0 else "above" if tier.to is None else "between"
        lower = tier.from_ or (rule.tiers[at - 1].to if at else None)
        marks = {"from": plain(lower) if lower else "", "to": plain(tier.to) if tier.to else ""}
        texts.append(label(f"rule.tier_{place}_{rule.inclusive.value}", points=plain(tier.points), **marks))
    return _joined(label, *texts)


def _interpolation(rule: Interpolation, _indicator: Indicator, label: Label) -> str:
    points = [label("rule.point", at=plain(point.at), score=plain(point.score)) for point in rule.points]
    return label("format.list").join(points) + label("rule.interpolation")


def _per_unit(rule: PerUnit, indicator: Indicator, label: Label) -> str:
    per = label("format.percentage_points", number=plain(rule.per.written)) if rule.per.points else plain(rule.per)
    if rule.is_share_of_percentage(indicator.target):
        per = label("rule.share_of_target", per=per)
    values = {"base": plain(rule.base), "per": per, "points": plain(rule.points), "limit": plain(rule.limit)}
    return _joined(label, label(f"rule.per_unit_{rule.better.value}", **values), label(f"rule.steps_{rule.steps.value}"))


def _deduction(rule: Deduction, indicator: Indicator, label: Label) -> str:
    unit = indicator.unit or label("rule.times")
    lowest = label("rule.until_lowest", lowest=plain(rule.lowest)) if rule.lowest else label("rule.until_none")
    return label("rule.deduction", full=plain(rule.full), points=plain(rule.points), unit=unit) + lowest


def _pass_fail(rule: PassFail, _indicator: Indicator, label: Label) -> str:
    return label(f"rule.pass_{rule.passes.value.replace('-', '_')}", full=plain(rule.full))


def _rubric(rule: Rubric, _indicator: Indicator, label: Label) -> str:
    texts = [
        label("rule.level", name=level.name, score=plain(level.score))
        + (label("rule.level_meaning", definition=level.definition) if level.definition else "")
        for level in rule.levels
    ]
    return _joined(label, *texts)


def _joined(label: Label, *texts: str) -> str:
    return label("rule.join").join(texts)


_WORDS: dict[type, Callable[[Any, Indicator, Label], str]] = {
    Direct: _direct,
    Ratio: _ratio,
    InverseRatio: _inverse_ratio,
    Tiers: _tiers,
    Interpolation: _interpolation,
    PerUnit: _per_unit,
    Deduction: _deduction,
    PassFail: _pass_fail,
    Rubric: _rubric,
}
