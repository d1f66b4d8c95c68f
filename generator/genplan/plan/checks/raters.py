"""Whether raters are declared so that their scores can be joined."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.methods.method import Levels
from genplan.plan.load import PlanFile
from genplan.plan.model import Gives, Rater, RaterInGroup
from genplan.plan.rater_kinds import SINGLE
from genplan.source.yaml import Path


def _placed(plan: PlanFile) -> Iterator[tuple[Path, RaterInGroup]]:
    """List all raters, and the groups, with where they stand."""
    for i, rater in enumerate(plan.plan.raters):
        yield ("raters", i), rater
        yield from ((("raters", i, "members", j), each) for j, each in enumerate(rater.members))


def kinds_stated(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP477: a rater has a kind, and a group has raters in its place."""
    for path, rater in _placed(plan):
        grouped = isinstance(rater, Rater) and bool(rater.members)
        if rater.rater is None and not grouped:
            advice = msg(
                "add `rater:` (类型): self, supervisor, peer, subordinate, customer or panel; or `members:` (成员), if it is a group"
            )
            yield diagnose(
                "GP477", plan.span(*path, "name"), msg("nothing says what kind of rater `{rater}` is", rater=rater.name), help=advice
            )
        if grouped:
            for key in ("rater", "trim", "gives"):
                if key in rater.model_fields_set:
                    advice = msg("state it for the members; a group has a name, a weight and members")
                    yield diagnose(
                        "GP477",
                        plan.span(*path, key, key=True),
                        msg("`{key}` of the group `{rater}`", key=key, rater=rater.name),
                        help=advice,
                    )


def some_count(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP475: somebody's score counts, in each group that does; and what does not count has no weight."""
    raters = plan.plan.raters
    if raters and not any(rater.counted for rater in raters):
        advice = msg("remove `counts: no` (计入) from one of them, or remove `raters:` (评分人)")
        yield diagnose(
            "GP475", plan.span("raters", key=True), msg("all raters are for reference only, so nothing gives a score"), help=advice
        )
    for i, group in enumerate(raters):
        if group.members and group.counted and not any(each.counted for each in group.members):
            message = msg("all raters of the group `{group}` are for reference only", group=group.name)
            yield diagnose("GP475", plan.span("raters", i, "name"), message, help=msg("write `counts: no` (计入) for the group instead"))
    for path, rater in _placed(plan):
        if rater.weight is not None and not rater.counted:
            message = msg("`{rater}` is for reference only, so its weight counts for nothing", rater=rater.name)
            yield diagnose("GP475", plan.span(*path, "weight"), message, help=msg("remove `weight:` (权重), or `counts: no` (计入)"))


def trimmed_are_many(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP476: highest and lowest scores are dropped only where a person may have several such raters."""
    for path, rater in _placed(plan):
        if rater.trim is not None and rater.rater in SINGLE:
            message = msg("`{rater}` gives one score, so no highest and lowest can be dropped", rater=rater.name)
            advice = msg("remove `trim:` (去掉最高最低分), or correct the kind: peer, subordinate, customer or panel")
            yield diagnose("GP476", plan.span(*path, "trim", key=True), message, help=advice)


def scores_beside_levels(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP478: a rater gives scores in place of levels only if there are levels."""
    levels = any(isinstance(placed.indicator.method.accepts, Levels) for placed in plan.indicators)
    for path, rater in _placed(plan):
        if rater.gives is Gives.SCORES and not levels:
            message = msg("`{rater}` gives scores in place of levels, but no indicator has levels", rater=rater.name)
            yield diagnose("GP478", plan.span(*path, "gives"), message, help=msg("remove `gives:` (所给): scores are given anyway"))
