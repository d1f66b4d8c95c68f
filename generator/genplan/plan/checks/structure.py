"""Whether the parts of a plan fit together."""

from collections.abc import Iterable, Iterator

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Publication


def describes_something(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP342: there is at least one of duties, indicators, chapters and plans of positions."""
    model = plan.plan
    if not (model.duties or model.dimensions or model.indicators or model.positions or plan.chapters):
        advice = msg("add `duties:` (岗位职责), `indicators:` (考核指标) or `chapters:` (章)")
        if model.regulation:
            advice = msg(
                "add `duties:` (岗位职责), `indicators:` (考核指标) or `chapters:` (章); "
                "or start a chapter with a `#` heading below the front matter"
            )
        yield diagnose("GP342", plan.span("title", key=True), msg("the plan has no duties, indicators or chapters"), help=advice)


def dimensions_or_indicators(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP341: indicators stand in dimensions or in the plan, not both."""
    if plan.plan.dimensions and plan.plan.indicators:
        yield diagnose(
            "GP341",
            plan.span("indicators", key=True),
            msg("the plan has both `dimensions` and `indicators`"),
            help=msg("move these indicators into a dimension"),
            related=[Related(plan.span("dimensions", key=True), msg("dimensions are here"))],
        )


def names_once(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323: names that are referred to stand once."""
    model = plan.plan
    yield from _twice(msg("duty area"), ((a.area, plan.span("duties", i, "area")) for i, a in enumerate(model.duties)))
    yield from _twice(msg("dimension"), ((d.name, plan.span("dimensions", i, "name")) for i, d in enumerate(model.dimensions)))
    yield from _twice(msg("grade"), ((g.name, plan.span("grades", i, "name")) for i, g in enumerate(model.grades)))
    raters = [(r.name, plan.span("raters", i, "name")) for i, r in enumerate(model.raters)]
    raters += [(r.name, plan.span("raters", i, "members", j, "name")) for i, g in enumerate(model.raters) for j, r in enumerate(g.members)]
    yield from _twice(msg("rater"), raters)
    for group in model.groups:
        named = ((p.indicator.name, plan.span(*p.path, "name")) for p in plan.indicators if p.dimension is group or not group.name)
        yield from _twice(msg("indicator"), named)
    ids = ((p.indicator.id, plan.span(*p.path, "id")) for p in plan.indicators if p.indicator.id)
    yield from _twice(msg("indicator id"), ids)
    yield from _mistakable(plan)


def _mistakable(plan: PlanFile) -> Iterator[Diagnostic]:
    """Find indicators that go by another's key, as where one's name is another's id."""
    first: dict[str, PlacedIndicator] = {}
    for placed in plan.indicators:
        other = first.setdefault(placed.key, placed)
        if other.indicator.name != placed.indicator.name and (other.indicator.id is None or other.indicator.id != placed.indicator.id):
            related = [Related(plan.span(*other.path, "name"), other.indicator.name)]
            message = msg("`{key}` is ambiguous: two indicators match", key=placed.key)
            yield diagnose("GP323", plan.span(*placed.path, "name"), message, help=msg("give one of them another `id:`"), related=related)


def _twice(what: str, named: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for name, span in named:
        if name in first:
            yield diagnose(
                "GP323",
                span,
                msg("{kind} `{name}` appears twice", kind=what, name=name),
                help=msg("rename one of them"),
                related=[Related(first[name], msg("first occurrence"))],
            )
        else:
            first[name] = span


def headings_once(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP351: each top-level heading of the prose stands once."""
    first: dict[str, Span] = {}
    for section in plan.sections:
        if section.heading in first:
            yield diagnose(
                "GP351",
                section.span,
                msg("heading `{heading}` appears twice", heading=section.heading),
                help=msg("merge the two sections, or rename one"),
                related=[Related(first[section.heading], msg("first occurrence"))],
            )
        first.setdefault(section.heading, section.span)


def period_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP210: the period does not end before it starts."""
    dates = plan.plan.period
    if dates and dates.end < dates.start:
        yield diagnose("GP210", plan.span("period", "end"), msg("the period ends before it starts"), help=msg("swap `start` and `end`"))


def period_in_force(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP360: the period named is not over before the plan takes effect."""
    dates, effective = plan.plan.period, plan.plan.effective
    if dates and effective and dates.end < effective:
        message = msg("the period ends on {end}, before the plan takes effect on {effective}", end=dates.end, effective=effective)
        advice = msg("correct `effective` (生效日期), or name a period in which the plan is in force")
        related = [Related(plan.span("effective"), msg("the plan takes effect"))]
        yield diagnose("GP360", plan.span("period"), message, help=advice, related=related)


def results_restricted(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP340: personal results are not published to everybody."""
    if plan.plan.publication is Publication.OPEN:
        yield diagnose(
            "GP340",
            plan.span("publication"),
            msg("the plan publishes everyone's results"),
            help=msg("scores are personal data: restrict who sees them, or make sure that publishing them is lawful"),
        )
