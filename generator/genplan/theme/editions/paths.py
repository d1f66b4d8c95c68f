"""The keys of a template's context that an edition may hide, and what else tells the same.

`[]` stands for the entries of a list, as in docs/adding-a-kind.md. In what else tells the same, `[key=value]` stands for the entries of
a list, or for a mapping, where that key has that value.
"""

from collections.abc import Iterable

from genplan.methods import METHODS
from genplan.methods.method import Judged, Totals

GROUPS = ("result.charts", "summary.charts", "people.result.charts")
"""Mappings whose keys are always there: hidden, each of them is none."""

_PERSON: dict[str, tuple[str, ...]] = {
    "person.department": ("result.segments[].department",),
    "person.position": ("result.segments[].position",),
    "result": (),
    "result.total": (
        "result.exact",
        "result.sum",
        "result.subtotal",
        "result.equation",
        "result.joining",
        "result.steps",
        "result.segments[].sum",
        "result.segments[].subtotal",
        "result.lines[].weighted",
        "result.history.periods[].total",
        "result.history.periods[].change",
        "result.history.change",
        "result.history.direction",
        "result.charts.trend",
        "result.published.total",
        "result.published.difference",
        "result.published.readings",
        "result.computed_total",
        "result.calibration",
    ),
    "result.grade": (
        "result.tone",
        "result.computed_grade",
        "result.computed_coefficient",
        "result.calibration",
        "result.steps[stage=final_grade]",
        "result.steps[stage=calibration]",
        "result.decision",
        "result.published.grade",
        "result.coefficient",
        "result.then",
        "result.conditions",
        "result.steps[stage=grade]",
        "result.steps[stage=ceiling]",
        "result.steps[stage=coefficient]",
        "result.history.periods[].grade",
        "result.history.grade_change",
        "result.history.grade_before",
        "result.history.grade",
    ),
    "result.pay": (),
    "result.coefficient": ("result.steps[stage=coefficient]", "result.computed_coefficient"),
    "result.then": (),
    "result.rank": ("result.ranked", "result.history.periods[].rank", "result.history.periods[].ranked"),
    "result.ranked": ("result.history.periods[].ranked",),
    "result.comment": (),
    "result.conclusion": (),
    "result.published": (),
    "result.decision": (),
    "result.calibration": (
        "result.computed_total",
        "result.computed_grade",
        "result.computed_coefficient",
        "result.steps[stage=calibration]",
        "result.steps[stage=final_grade]",
    ),
    "result.lines[].actual": (
        "result.steps[].grounds",
        "result.lines[].inputs",
        "result.lines[].rolled",
        "result.lines[].gap",
        "result.lines[].measure",
    ),
    "result.lines[].attainment": ("result.steps[].grounds",),
    "result.lines[].score": (
        *(f"result.lines[rule.method={tag}].actual" for tag, method in METHODS.items() if isinstance(method.accepts, Judged | Totals)),
        "result.lines[].rolled",
        "result.steps[].grounds",
        "result.equation",
        "result.lines[].raters",
        "result.lines[].remarks",
        "result.lines[].before_bounds",
        "result.lines[].limited",
        "result.lines[].limit",
        "result.lines[].weighted",
        "result.lines[].gap",
        "result.lines[].measure",
        "result.lines[].lost",
        "result.lines[].share_of_full",
        "result.charts.radar",
        "result.history.moved",
    ),
    "result.lines[].weighted": ("result.equation",),
    "result.lines[].raters": ("result.lines[].remarks[].rater",),
    "result.lines[].remarks": (),
    "result.lines[].inputs": (),
    "result.lines[].rolled": (),
    "result.lines[].before_bounds": (),
    "result.lines[].limit": (),
    "result.lines[].gap": ("result.lines[].measure",),
    "result.lines[].lost": (),
    "result.steps": ("result.sum", "result.exact", "result.subtotal", "result.equation", "result.joining"),
    "result.segments": (),
    "result.history": ("result.charts.trend",),
    "result.history.moved": (),
    "result.charts": (),
    "result.charts.radar": (),
    "result.charts.trend": (),
}

_TOTALS = ("report.units[].total", "report.units[].change", "report.units[].chart[measure=total]")
"""The totals of a report on units, and what tells them."""

_CYCLE: dict[str, tuple[str, ...]] = {
    "summary": (),
    "summary.average": ("summary.history", "summary.charts.trend"),
    "summary.highest": (),
    "summary.lowest": (),
    "summary.ranking": (),
    "summary.ranking[].rank": ("report.units[].rank", "report.units[].ranked"),
    "summary.ranking[].id": ("pay.rows[].id",),
    "summary.ranking[].name": ("pay.rows[].name",),
    "summary.ranking[].department": ("pay.rows[].department", "summary.distribution.rows[].group"),
    "summary.ranking[].position": (),
    "summary.ranking[].total": (
        "summary.ranking[].published.total",
        "summary.ranking[].published.difference",
        "summary.ranking[].published.readings",
        "pay.rows[].total",
        "summary.ranking[].calibration",
        *_TOTALS,
    ),
    "summary.ranking[].grade": (
        "summary.ranking[].tone",
        "pay.rows[].grade",
        "summary.ranking[].decision",
        "summary.ranking[].calibration",
        "summary.ranking[].published.grade",
        "report.units[].grade",
    ),
    "summary.ranking[].published": (),
    "summary.ranking[].decision": (),
    "summary.ranking[].calibration": ("summary.grades[].before", "summary.distribution.rows[].before"),
    "summary.ranking[].coefficient": ("pay.rows[].coefficient",),
    "summary.ranking[].comment": ("report.units[].comment",),
    "summary.ranking[].conclusion": (),
    "summary.grades": ("summary.distribution",),
    "summary.distribution": (),
    "summary.indicators": ("summary.charts.heat", "summary.history.moved", "summary.weakest"),
    "summary.indicators[].average": (
        "summary.indicators[].lost",
        "summary.indicators[].weakest",
        "summary.weakest",
        "summary.charts.heat",
        "summary.history.moved",
    ),
    "summary.indicators[].lost": ("summary.indicators[].weakest", "summary.weakest"),
    "summary.indicators[].highest": (),
    "summary.indicators[].lowest": (),
    "summary.history": ("summary.charts.trend",),
    "summary.history.periods[].departments": (),
    "summary.history.moved": (),
    "summary.charts": (),
    "summary.charts.heat": (),
    "summary.charts.trend": (),
}

_REPORT: dict[str, tuple[str, ...]] = {
    "report": (),
    "report.units[].total": _TOTALS[1:],
    "report.units[].grade": (),
    "report.units[].rank": ("report.units[].ranked",),
    "report.units[].problems": (),
    "report.units[].suggestions": (),
    "report.units[].measures": (),
    "report.units[].comment": (),
}

_PLAN: dict[str, tuple[str, ...]] = {
    "plan.grades[].coefficient": (),
    "plan.grades[].then": (),
    "plan.raters": (),
    "plan.raters[].weight": ("plan.raters[].group_weight",),
    "plan.results_use": (),
    "plan.distribution": (),
}

_PAY: dict[str, tuple[str, ...]] = {"pay": ()}

UNLESS_SHOWN = ("pay", "result.pay")
"""What every edition hides unless it says otherwise."""

HIDEABLE: dict[str, tuple[str, ...]] = {**_PLAN, **_PERSON, **_CYCLE, **_REPORT, **_PAY}
"""What an edition may hide, to what tells the same in other words or places: a total is the last point of a trend as well."""

_IN_A_RANKING = {"id": "person.id", "name": "person.name", "department": "person.department", "position": "person.position"}
"""Columns of a summary's ranking that say who somebody is; the others are of their result."""
_RANKED, _EVERYBODY = "summary.ranking[].", "people[]."
_LINES, _SIDES = "result.lines[", "result.segments[].lines["


def with_all_that_tells(paths: frozenset[str]) -> tuple[str, ...]:
    """Add to what is hidden whatever tells the same, the lines of both sides of a transfer included; in a fixed order."""
    hidden = {other for path in paths for other in (path, *HIDEABLE[path])}
    sides = {path.replace(_LINES, _SIDES, 1) for path in hidden if path.startswith(_LINES)}
    return with_people(hidden | sides)


def with_people(paths: Iterable[str]) -> tuple[str, ...]:
    """Add the same of everybody where a document shows that (`people[].result.total`), whether it is hidden there or in the ranking."""
    hidden = set(paths)
    columns = [path.removeprefix(_RANKED) for path in hidden if path.startswith(_RANKED)]
    ranked = {_IN_A_RANKING.get(column, f"result.{column}") for column in columns}
    theirs = {other for path in ranked for other in (path, *HIDEABLE.get(path, ()))}
    theirs |= {path for path in hidden if path.startswith(("result", "person."))}
    whole = {"people"} if "summary.ranking" in hidden else {"people[].result.lines"} if "summary.indicators" in hidden else set()
    return tuple(sorted(hidden | {f"{_EVERYBODY}{path}" for path in theirs} | whole))
