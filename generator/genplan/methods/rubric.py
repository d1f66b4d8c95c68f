"""Rubric (说明法): a level is entered, and each level has a score."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from genplan.methods.full_points import at_most_full, points_of
from genplan.methods.method import Cells, Example, Fault, IndicatorInfo, Levels, Method, Place, Scored, ScoreRange, Target, range_of
from genplan.methods.parameters import Marks, RuleModel
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Field, Model, Name, Text, WithJsonSchema


class Level(Model):
    """A level of a rubric."""

    name: Name
    """Name of the level, as entered in results."""
    score: Marks
    """Its score, in points or as a percentage of the full marks: `12`, `80%`."""
    definition: Text | None = None
    """Definition of the level."""


class Rubric(RuleModel):
    """A level is entered, and each level has a score."""

    TAG: ClassVar[str] = "rubric"
    LABEL: ClassVar[str] = "说明法"
    method: Annotated[Literal["rubric"], WithJsonSchema({"enum": ["rubric", "说明法"]})] = "rubric"
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    """The levels, best first."""


def _with_defaults(rule: Rubric, indicator: IndicatorInfo) -> Rubric:
    """Return the scores of the levels in points."""
    levels = (level.model_copy(update={"score": points_of(level.score, indicator)}) for level in rule.levels)
    return rule.model_copy(update={"levels": tuple(levels)})


def score(actual: str, _target: Fraction | None, rule: Rubric) -> Scored:
    """The score of the level entered: 合格 → 100."""
    return Scored(Fraction(next(level for level in rule.levels if level.name == actual).score))


def _levels(rule: Rubric) -> Sequence[tuple[str, Decimal]]:
    return [(level.name, level.score) for level in rule.levels]


def _score_range(rule: Rubric) -> ScoreRange:
    return range_of(level.score for level in rule.levels)


def _full(rule: Rubric, indicator: IndicatorInfo) -> Fraction:
    return at_most_full(indicator, *(level.score for level in rule.levels))


def _levels_once(rule: Rubric, _indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP323: level names in a rubric are unique."""
    names = [level.name for level in rule.levels]
    for index, name in enumerate(names):
        if name in names[:index]:
            first: Place = ("scoring", "levels", names.index(name), "name")
            place = ("scoring", "levels", index, "name")
            yield Fault("GP323", place, f"level `{name}` appears twice", "rename one of the two", related=((first, "first occurrence"),))


def _describe(rule: Rubric, _indicator: IndicatorInfo, wording: Wording) -> str:
    texts = [
        wording.label("rule.level", name=level.name, score=wording.number(level.score))
        + (wording.label("rule.level_meaning", definition=level.definition) if level.definition else "")
        for level in rule.levels
    ]
    return joined(wording, *texts)


def _formula(cells: Cells, _rule: Rubric) -> str:
    """Find the level by exact comparison: no wildcards, case-sensitive."""
    return f"SUMPRODUCT(EXACT({cells.levels},{cells.actual})*{cells.scores})"


METHOD = Method(
    parameters=Rubric,
    accepts=Levels(_levels),
    target=Target.UNUSED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    rewards=lambda _rule: None,
    checks=(_levels_once,),
    describe=_describe,
    formula=_formula,
    example=Example(
        "scoring: {method: rubric, levels: [{name: 优秀, score: 120}, {name: 合格, score: 100}, {name: 待改进, score: 70}]}",
        actual="合格",
        score="100",
        full="100",
    ),
    keys={"levels": ("级别",)},
)
