"""Two-way tables (双向表): the score in the row of the actual, or the attainment, and the column of something else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal

from genplan.messages import msg, plural
from genplan.methods.bands import COLUMNS, ROWS, Band, Inclusive, band_amounts, band_bounds, band_faults, band_of, position, prorated_bands
from genplan.methods.full_points import at_most_full, points_of
from genplan.methods.method import (
    OWN_TARGET,
    Amounts,
    Cells,
    Example,
    Fault,
    IndicatorInfo,
    Method,
    Place,
    Scored,
    ScoreRange,
    Target,
    range_of,
)
from genplan.methods.parameters import ACTUAL_WORDS, ATTAINMENT_WORDS, Marks, Polarity, RuleModel
from genplan.methods.spreadsheet import decisive
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, BeforeValidator, Choice, Field, InvalidValue, WithJsonSchema, choice, shown
from genplan.source.quantity import Quantity
from genplan.source.text import fold


class RowsBy(Choice):
    """What the rows of a two-way table are bands of."""

    ACTUAL = "actual", "实际值"
    ATTAINMENT = "attainment", "完成率", "达成率"


@dataclass(frozen=True, slots=True)
class ColumnsBy:
    """What the columns are bands of: the actual of an indicator, or a column of results, by its name; or that indicator's attainment."""

    name: str
    attainment: bool


def _columns_by(value: object) -> ColumnsBy:
    """Read 回款率 or 回款率.完成率."""
    text = value.strip() if isinstance(value, str) else ""
    name, dot, fact = text.rpartition(".")
    if dot and fold(fact) in ATTAINMENT_WORDS and name:
        return ColumnsBy(name, attainment=True)
    if dot and fold(fact) in ACTUAL_WORDS and name:
        return ColumnsBy(name, attainment=False)
    if not text or dot:
        message = msg("{value} is neither an indicator nor its attainment, nor a column of results", value=shown(value))
        raise InvalidValue("GP347", message, msg("write e.g. 回款率 (its actual, or the column) or 回款率.完成率 (attainment)"))
    return ColumnsBy(text, attainment=False)


By = Annotated[Any, BeforeValidator(_columns_by), WithJsonSchema({"type": "string", "examples": ["回款率", "回款率.完成率"]})]


class TwoWay(RuleModel):
    """The score in the row of the actual, or the attainment, and the column of something else."""

    TAG: ClassVar[str] = "two-way"
    LABEL: ClassVar[str] = "双向表"
    method: Annotated[Literal["two-way"], WithJsonSchema({"enum": ["two-way", "双向表"]})] = "two-way"
    rows: Annotated[tuple[Band, ...], Field(min_length=1)]
    """Bands of the actual or the attainment, lowest first; each starts where the previous one ends."""
    rows_by: choice(RowsBy) | None = None  # type: ignore[valid-type]
    """Whether the rows are bands of the actual or of the attainment (actual ÷ target). By default of the attainment if they are percentages
    and the target is not; required if both are percentages."""
    by: By
    """What the columns are bands of: another indicator's actual (`回款率`), its attainment (`回款率.完成率`), or a column of results."""
    columns: Annotated[tuple[Band, ...], Field(min_length=1)]
    """Bands of that, lowest first; each starts where the previous one ends."""
    inclusive: choice(Inclusive)  # type: ignore[valid-type]
    """Whether a number exactly on a bound belongs to the band below it (`upper`) or above it (`lower`)."""
    scores: Annotated[tuple[tuple[Marks, ...], ...], Field(min_length=1)]
    """The scores, a list for each row with one for each column; in points or as percentages of the full marks."""

    def column_of(self, number: Fraction) -> "TwoWay":
        """Return the rule with that column alone that contains a number, which is what remains once it is known."""
        at = band_of(number, self.columns, self.inclusive)
        return self.model_copy(update={"columns": (Band(),), "scores": tuple((row[at],) for row in self.scores)})


def percents(bands: tuple[Band, ...]) -> set[bool]:
    """Tell whether the bounds of bands are percentages, plain numbers, or both; 0 is either."""
    return {bound.percent for band in bands for bound in (band.from_, band.to) if bound is not None and bound.value}


def _implied(rule: TwoWay, indicator: IndicatorInfo) -> RowsBy | None:
    """Return what the rows are bands of; None where that is not clear."""
    if rule.rows_by is not None or True not in percents(rule.rows):
        return rule.rows_by or RowsBy.ACTUAL
    if isinstance(indicator.target, Quantity):
        return None if indicator.target.percent else RowsBy.ATTAINMENT
    return None if indicator.target == OWN_TARGET else RowsBy.ACTUAL


def _with_defaults(rule: TwoWay, indicator: IndicatorInfo) -> TwoWay:
    """Return the rule with what its rows are bands of, and scores in points."""
    scores = tuple(tuple(points_of(score, indicator) for score in row) for row in rule.scores)
    return rule.model_copy(update={"rows_by": _implied(rule, indicator) or RowsBy.ACTUAL, "scores": scores})


def score(actual: Fraction, target: Fraction | None, rule: TwoWay) -> Scored:
    """The score of the row, of the one column that `column_of` left."""
    ((_,),) = {(len(row),) for row in rule.scores}
    attainment = None
    if rule.rows_by is RowsBy.ATTAINMENT:
        assert target is not None
        attainment = actual = actual / target
    return Scored(Fraction(rule.scores[band_of(actual, rule.rows, rule.inclusive)][0]), attainment)


def _all_scores(rule: TwoWay) -> list[Decimal]:
    return [score for row in rule.scores for score in row]


def _score_range(rule: TwoWay) -> ScoreRange:
    return range_of(_all_scores(rule))


def _full(rule: TwoWay, indicator: IndicatorInfo) -> Fraction:
    return at_most_full(indicator, *_all_scores(rule))


def _likely_direction(rule: TwoWay) -> Polarity | None:
    return Polarity.LOWER if sum(rule.scores[0]) > sum(rule.scores[-1]) else None


def _amounts(rule: TwoWay) -> Iterator[tuple[Place, Quantity]]:
    """List the bounds of rows that actuals are compared with: none where attainments are, or where percentages may mean either."""
    if rule.rows_by is RowsBy.ATTAINMENT or (rule.rows_by is None and True in percents(rule.rows)):
        return
    yield from band_amounts("rows", rule.rows)


def _prorated(rule: TwoWay, part_of: Callable[[Quantity], Any]) -> TwoWay:
    return rule.model_copy(update={"rows": prorated_bands(rule.rows, part_of)})


def _proration_doubt(rule: TwoWay, _indicator: IndicatorInfo) -> str | None:
    if True in percents(rule.rows):
        return None
    return msg("the bounds of its rows are not reduced")


def _bands_meet(rule: TwoWay, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP335: rows and columns are in ascending order without gaps, and open at both ends."""
    for key, bands, called in (("rows", rule.rows, ROWS), ("columns", rule.columns, COLUMNS)):
        for index, bound, fault, cure in band_faults(bands, called):
            yield Fault("GP335", ("scoring", key, index, bound), msg("`{indicator}`: {fault}", indicator=indicator.name, fault=fault), cure)


def _every_cell_has_a_score(rule: TwoWay, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP349: there is a score for each row and each column, and no more."""
    rows, columns = len(rule.rows), len(rule.columns)
    lists = plural("{count} list", "{count} lists", rows)
    cure = msg("write {lists} of {scores}, a list for each row", lists=lists, scores=_scores(columns))
    if len(rule.scores) != rows:
        message = plural(
            "`{indicator}` has {count} row, but scores for {lists}",
            "`{indicator}` has {count} rows, but scores for {lists}",
            rows,
            indicator=indicator.name,
            lists=len(rule.scores),
        )
        yield Fault("GP349", ("scoring", "scores"), message, cure)
    for index, row in enumerate(rule.scores):
        if len(row) != columns:
            message = plural(
                "`{indicator}` has {count} column, but row {row} has {scores}",
                "`{indicator}` has {count} columns, but row {row} has {scores}",
                columns,
                indicator=indicator.name,
                row=index + 1,
                scores=_scores(len(row)),
            )
            yield Fault("GP349", ("scoring", "scores", index), message, cure)


def _scores(count: int) -> str:
    return plural("{count} score", "{count} scores", count)


def _rows_are_clear(rule: TwoWay, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP348: what the rows are bands of is clear, exists, and fits their bounds."""
    alike, place = percents(rule.rows), ("scoring", "rows")
    if len(alike) > 1:
        yield Fault(
            "GP348",
            place,
            msg("some rows of `{indicator}` are percentages, and some are not", indicator=indicator.name),
            msg("write all bounds alike"),
        )
        return
    by = _implied(indicator.scoring if isinstance(indicator.scoring, TwoWay) else rule, indicator)
    if by is None:
        message = msg(
            "the rows of `{indicator}` may be bands of its actual or of its attainment: both are percentages", indicator=indicator.name
        )
        yield Fault("GP348", place, message, msg("add `rows_by: actual` (行依据: 实际值) or `rows_by: attainment` (完成率)"))
    if by is not RowsBy.ATTAINMENT:
        return
    if False in alike:
        message = msg("the rows of `{indicator}` are bands of its attainment, but no percentages", indicator=indicator.name)
        yield Fault("GP348", place, message, msg("write percentages: 80%; or `rows_by: actual` (行依据: 实际值)"))
    if indicator.target != OWN_TARGET and not (isinstance(indicator.target, Quantity) and indicator.target.value > 0):
        message = msg("`{indicator}` has no attainment: it has no target above 0", indicator=indicator.name)
        yield Fault("GP348", place, message, msg("add a `target` above 0, or write bounds of the actual"))
    if indicator.polarity is Polarity.LOWER:
        message = msg("`{indicator}` has no attainment: lower actuals are better", indicator=indicator.name)
        yield Fault("GP348", place, message, msg("write bounds of the actual, with `rows_by: actual` (行依据: 实际值)"))


def by_words(rule: TwoWay, wording: Wording) -> str:
    """Say what the columns are bands of."""
    return wording.label("rule.two_way_attainment_of", name=rule.by.name) if rule.by.attainment else str(rule.by.name)


def _words(bands: tuple[Band, ...], rule: TwoWay, wording: Wording) -> list[str]:
    """Say what each band contains."""
    return [
        wording.label(f"rule.band_{place}" if place == "all" else f"rule.band_{place}_{rule.inclusive.value}", **each)
        for each in band_bounds(bands, wording)
        for place in [position(each)]
    ]


def own_words(rule: TwoWay, wording: Wording) -> str:
    """Say what the rows are bands of, once defaults are filled in."""
    return wording.label(f"rule.two_way_{(rule.rows_by or RowsBy.ACTUAL).value}")


def _template_values(rule: TwoWay, _indicator: IndicatorInfo, wording: Wording) -> Mapping[str, object]:
    """Return the table in words: what rows and columns are bands of, the bands, and the scores."""
    return {
        "by": by_words(rule, wording),
        "rows_by": own_words(rule, wording),
        "rows": _words(rule.rows, rule, wording),
        "columns": _words(rule.columns, rule, wording),
    }


def _describe(rule: TwoWay, _indicator: IndicatorInfo, wording: Wording) -> str:
    own, other = own_words(rule, wording), by_words(rule, wording)
    columns = _words(rule.columns, rule, wording)
    texts = []
    for band, scores in zip(_words(rule.rows, rule, wording), rule.scores, strict=True):
        cells = (
            wording.label("rule.two_way_cell", name=other, band=column, points=wording.number(each))
            for column, each in zip(columns, scores, strict=True)
        )
        texts.append(wording.label("rule.two_way_row", name=own, band=band, cells=wording.label("rule.two_way_join").join(cells)))
    return joined(wording, *texts)


def _formula(cells: Cells, rule: TwoWay) -> str:
    """Look up the score by the number of the row and the number of the column."""
    own = decisive(f"{cells.actual}/{cells.target}" if rule.rows_by is RowsBy.ATTAINMENT else cells.actual)
    scores = ";".join(",".join(f"{each:f}" for each in row) for row in rule.scores)
    return f"INDEX({{{scores}}},{_band_number(own, rule.rows, rule)},{_band_number(decisive(cells.other), rule.columns, rule)})"


def _band_number(cell: str, bands: tuple[Band, ...], rule: TwoWay) -> str:
    """Count the bounds that a number is beyond."""
    beyond = ">" if rule.inclusive is Inclusive.UPPER else ">="
    return "+".join(["1", *(f"({cell}{beyond}{band.to.value:f})" for band in bands if band.to is not None)])


METHOD = Method(
    parameters=TwoWay,
    accepts=Amounts(),
    target=Target.OPTIONAL,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    rewards=lambda _rule: None,
    likely_direction=_likely_direction,
    checks=(_bands_meet, _every_cell_has_a_score, _rows_are_clear),
    describe=_describe,
    formula=_formula,
    example=Example(
        "target: 200, scoring: {method: two-way, inclusive: lower, rows: [{to: 80%}, {}], by: 回款率, columns: [{to: 90%}, {}], "
        "scores: [[0, 40], [60, 100]]}",
        actual="160,85%",
        score="60",
        full="100",
        columns="two-way,回款率",
    ),
    amounts=_amounts,
    prorated=_prorated,
    template_values=_template_values,
    proration_doubt=_proration_doubt,
    unmet_by_score=lambda _rule: True,
    keys={
        "rows": ("行",),
        "rows_by": ("行依据",),
        "columns": ("列",),
        "scores": ("各格得分",),
    },
)
