"""Whether what is done with scores can be done: items, vetoes, bounds, ceilings and the distribution of grades."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.methods.items import Items
from genplan.plan.checks.names import advice
from genplan.plan.checks.weights import percent
from genplan.plan.load import PlanFile
from genplan.plan.model import Bounds, Distribution, Quota, VetoEffect
from genplan.source.yaml import Path

_INDICATOR, _COUNTED_ITEM = msg("indicator"), msg("counted item")
_COLUMNS = (("bonuses", msg("bonus item")), ("deductions", msg("deduction item")), ("vetoes", msg("veto item")))
_WITH_ARTICLE = {
    "indicator": msg("an indicator"),
    "counted item": msg("a counted item"),
    "bonus item": msg("a bonus item"),
    "deduction item": msg("a deduction item"),
    "veto item": msg("a veto item"),
}


def items_named_once(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323: the name of an item or a veto heads a column of results, and nothing else has it."""
    first: dict[str, tuple[str, Span]] = {}
    for placed in plan.indicators:
        for key, name in (("name", placed.indicator.name), ("id", placed.indicator.id), ("name", placed.key)):
            if name:
                first.setdefault(name, (_INDICATOR, plan.span(*placed.path, key)))
    for what, name, place in _columns(plan):
        other, earlier = first.setdefault(name, (what, place))
        if earlier != place:
            message = msg("`{name}` is the name of both {one} and {other}", name=name, one=_WITH_ARTICLE[other], other=_WITH_ARTICLE[what])
            if other == what:
                message = msg("{kind} `{name}` appears twice", kind=what, name=name)
            help_ = msg("rename one of them: results files have a column for each")
            yield diagnose("GP323", place, message, help=help_, related=[Related(earlier, msg("first occurrence"))])


def _columns(plan: PlanFile) -> Iterator[tuple[str, str, Span]]:
    """List what results have a column for besides indicators: what it is, its name, and where that stands."""
    for placed in plan.indicators:
        if isinstance(placed.indicator.rule, Items):
            for key in ("deductions", "bonuses"):
                for index, counted in enumerate(getattr(placed.indicator.rule, key)):
                    yield _COUNTED_ITEM, counted.name, plan.span(*placed.path, "scoring", key, index, "name")
    for key, what in _COLUMNS:
        for index, item in enumerate(getattr(plan.plan, key)):
            if getattr(item, "when", None) is None:
                yield what, item.name, plan.span(key, index, "name")


def vetoes_have_effect(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP338: a veto that caps the total says at what, and one that zeroes it has no cap."""
    for index, veto in enumerate(plan.plan.vetoes):
        if veto.effect is VetoEffect.CAP and veto.cap is None:
            message = msg("veto item `{veto}` caps the total but does not define the cap", veto=veto.name)
            yield diagnose(
                "GP338", plan.span("vetoes", index, "effect"), message, help=msg("add `cap:` (封顶) with the highest total allowed")
            )
        elif veto.effect is VetoEffect.ZERO and veto.cap is not None:
            message = msg("veto item `{veto}` makes the total 0, so its cap of {cap} has no effect", veto=veto.name, cap=f"{veto.cap:f}")
            help_ = msg("add `effect: cap` (效果: 封顶) if the total is to be capped, or remove `cap`")
            yield diagnose("GP338", plan.span("vetoes", index, "cap"), message, help=help_)


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP332: the bounds of an indicator's score, and of the total."""
    bounded: list[tuple[str, Bounds, Path]] = [
        (msg("the score of `{indicator}`", indicator=placed.indicator.name), placed.indicator.bounds, (*placed.path, "bounds"))
        for placed in plan.indicators
    ]
    for what, bounds, path in (*bounded, (msg("the total"), plan.plan.total, ("total",))):
        low, high = bounds.minimum, bounds.maximum
        if low is not None and high is not None and low >= high:
            message = msg("the minimum of {score}, {low}, is not below its maximum, {high}", score=what, low=f"{low:f}", high=f"{high:f}")
            help_ = msg("swap the two") if low > high else msg("correct or remove one of them")
            yield diagnose("GP332", plan.span(*path, "minimum"), message, help=help_)


def ceilings_refer(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP322: a ceiling names one of the grades of the plan."""
    if plan.plan.ceilings and not plan.plan.grades:
        yield _no_grades(plan, "ceilings")
        return
    for index, ceiling in enumerate(plan.plan.ceilings):
        yield from _grade(plan, ceiling.grade, ("ceilings", index, "grade"))


def quotas_refer(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP202, GP322, GP323: each quota limits a grade that exists, and a grade has one quota."""
    distribution = plan.plan.distribution
    if distribution and not plan.plan.grades:
        yield _no_grades(plan, "distribution")
    elif distribution:
        first: dict[str, Span] = {}
        for index, quota in enumerate(distribution.quotas):
            path: Path = ("distribution", "quotas", index, "grade")
            place = plan.span(*path)
            yield from _grade(plan, quota.grade, path)
            if quota.grade in first:
                message = msg("grade `{grade}` has two quotas", grade=quota.grade)
                related = [Related(first[quota.grade], msg("first occurrence"))]
                yield diagnose(
                    "GP323", place, message, help=msg("merge them: `at_least` and `at_most` may be in one quota"), related=related
                )
            elif quota.at_most is None and quota.at_least is None:
                message = msg("the quota of `{grade}` has no limit", grade=quota.grade)
                yield diagnose("GP202", place, message, help=msg("add `at_most:` (不超过) or `at_least:` (不少于), or remove it"))
            first.setdefault(quota.grade, place)


def _no_grades(plan: PlanFile, key: str) -> Diagnostic:
    return diagnose(
        "GP322", plan.span(key, key=True), msg("`{key}` refers to grades, but the plan has none", key=key), help=msg("add `grades:` (等级)")
    )


def _grade(plan: PlanFile, name: str, path: Path) -> Iterator[Diagnostic]:
    grades = [grade.name for grade in plan.plan.grades]
    if name not in grades:
        yield diagnose(
            "GP322",
            plan.span(*path),
            msg("there is no grade named `{name}`", name=name),
            help=advice(name, grades, msg("the grades are: {known}")),
        )


def quotas_can_be_kept(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP339: the limits of a distribution leave a way to grade everybody."""
    distribution = plan.plan.distribution
    if distribution is None:
        return
    for index, quota in enumerate(distribution.quotas):
        fewest, most = quota.at_least, quota.at_most
        if fewest is not None and most is not None and fewest > most:
            message = msg(
                "grade `{grade}` is limited to at least {fewest} and at most {most} of the people",
                grade=quota.grade,
                fewest=percent(Fraction(fewest)),
                most=percent(Fraction(most)),
            )
            place = plan.span("distribution", "quotas", index, "at_least")
            yield diagnose("GP339", place, message, help=msg("swap the two"))
    grades = [quota.grade for quota in distribution.quotas]
    if len(set(grades)) == len(grades):
        yield from _sums(plan, distribution)


def _sums(plan: PlanFile, distribution: Distribution) -> Iterator[Diagnostic]:
    fewest = _limits(distribution, lambda quota: quota.at_least)
    total = sum(fewest.values(), Fraction(0))
    if total > 1:
        message = msg("the grades are for at least {total} of the people together, more than everybody", total=percent(total))
        yield _sum(plan, distribution, fewest, "at_least", message)
    most = _limits(distribution, lambda quota: quota.at_most)
    total = sum(most.values(), Fraction(0))
    everywhere = {distribution.quotas[index].grade for index in most} >= {grade.name for grade in plan.plan.grades}
    if plan.plan.grades and everywhere and total < 1:
        message = msg("the grades are for at most {total} of the people together, and the others would have none", total=percent(total))
        yield _sum(plan, distribution, most, "at_most", message)


def _limits(distribution: Distribution, limit: Callable[[Quota], Decimal | None]) -> dict[int, Fraction]:
    return {index: Fraction(part) for index, quota in enumerate(distribution.quotas) if (part := limit(quota)) is not None}


_CURES = {"at_least": msg("lower a limit"), "at_most": msg("raise a limit, or remove the limit of the most common grade")}


def _sum(plan: PlanFile, distribution: Distribution, limits: dict[int, Fraction], key: str, message: str) -> Diagnostic:
    places = [
        (f"{distribution.quotas[index].grade} {percent(part)}", plan.span("distribution", "quotas", index, key))
        for index, part in limits.items()
    ]
    (label, place), *others = places
    related = [Related(span, text) for text, span in others]
    return diagnose("GP339", place, message, help=_CURES[key], label=label, related=related)
