"""What documents of a plan without numbers leave out: everything that is computed from scores."""

from genplan.theme.editions.edition import Edition

_LINE = (
    *("score", "weighted", "counted", "counts", "weight", "published", "normalized", "reweighted"),
    *("before_bounds", "limit", "gap", "measure", "lost", "full", "share_of_full"),
)
_RESULT = (
    *("total", "exact", "sum", "subtotal", "equation", "joining", "steps", "computed_total", "rank", "ranked"),
    *("strongest", "weakest", "history", "charts.radar", "charts.trend"),
)
_SUMMARY = (
    *("average", "highest", "lowest", "ranking[].rank", "ranking[].total", "indicators", "weakest", "history"),
    *("charts.heat", "charts.trend"),
)

UNNUMBERED = Edition(
    "unnumbered",
    frozenset(
        [f"result.{key}" for key in _RESULT]
        + [f"summary.{key}" for key in _SUMMARY]
        + [f"{lines}[].{key}" for lines in ("result.lines", "result.segments[].lines") for key in _LINE]
        + ["result.segments[].sum", "result.segments[].subtotal"]
    ),
    alone=True,
)
