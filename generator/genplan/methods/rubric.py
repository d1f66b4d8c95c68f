"""Rubric (说明法): a level is entered, and each level has a score."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.full_points import at_most_full, points_of
from genplan.methods.method import Cells, Example, Fault, IndicatorInfo, Levels, Method, Place, Scored, ScoreRange, Target, range_of
from genplan.methods.parameters import Marks, RuleModel
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Field, Model, Name, Text, WithJsonSchema, short_form


class Level(Model):
    """A level of a rubric."""

    name: Name
    """Name of the level, as entered in results."""
    score: Marks | None = None
    """Its score, in points or as a percentage of the full marks: `12`, `80%`. If rules decide the grades (`when`), no level needs one."""
    definition: Text | None = None
    """Definition of the level."""

    @property
    def points(self) -> Decimal:
        """The score in points, once defaults are filled in."""
        return self.score or Decimal(0)


class Rubric(RuleModel):
    """A level is entered, and each level has a score."""

    TAG: ClassVar[str] = "rubric"
    LABEL: ClassVar[str] = "说明法"
    method: Annotated[Literal["rubric"], WithJsonSchema({"enum": ["rubric", "说明法"]})] = "rubric"
    levels: Annotated[tuple[Annotated[Level, short_form("name")], ...], Field(min_length=2)]
    """The levels, best first."""

    @property
    def unscored(self) -> bool:
        """Whether no level has a score."""
        return all(level.score is None for level in self.levels)


def _with_defaults(rule: Rubric, indicator: IndicatorInfo) -> Rubric:
    """Return the scores of the levels in points; those without one count from 0 for the last level."""
    last = len(rule.levels) - 1
    scores = [Decimal(last - at) if level.score is None else points_of(level.score, indicator) for at, level in enumerate(rule.levels)]
    levels = [level.model_copy(update={"score": score}) for level, score in zip(rule.levels, scores, strict=True)]
    return rule.model_copy(update={"levels": tuple(levels)})


def score(actual: str, _target: Fraction | None, rule: Rubric) -> Scored:
    """The score of the level entered: 合格 → 100."""
    return Scored(Fraction(next(level for level in rule.levels if level.name == actual).points))


def _levels(rule: Rubric) -> Sequence[tuple[str, Decimal]]:
    return [(level.name, level.points) for level in rule.levels]


def _score_range(rule: Rubric) -> ScoreRange:
    return range_of(level.points for level in rule.levels)


def _full(rule: Rubric, indicator: IndicatorInfo) -> Fraction:
    if isinstance(indicator.scoring, Rubric) and indicator.scoring.unscored:
        return Fraction(rule.levels[(len(rule.levels) - 1) // 2].points)  # the level in the middle is what is expected
    return at_most_full(indicator, *(level.points for level in rule.levels))


def _levels_once(rule: Rubric, _indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP323: level names in a rubric are unique."""
    names = [level.name for level in rule.levels]
    for index, name in enumerate(names):
        if name in names[:index]:
            first: Place = ("scoring", "levels", names.index(name), "name")
            place = ("scoring", "levels", index, "name")
            yield Fault(
                "GP323",
                place,
                msg("level `{name}` appears twice", name=name),
                msg("rename one of the two"),
                related=((first, msg("first occurrence")),),
            )


def _all_scored(rule: Rubric, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP364: all levels have a score, or none has."""
    written = indicator.scoring.levels if isinstance(indicator.scoring, Rubric) else rule.levels
    bare = [index for index, level in enumerate(written) if level.score is None]
    if bare and len(bare) < len(written):
        cure = msg("give each level a `score:` (分数), or none; then rules decide the grades")
        yield Fault(
            "GP364",
            ("scoring", "levels", bare[0], "name"),
            msg("level `{level}` has no score, but others have", level=written[bare[0]].name),
            cure,
        )


def _describe(rule: Rubric, indicator: IndicatorInfo, wording: Wording) -> str:
    if isinstance(indicator.scoring, Rubric) and indicator.scoring.unscored:
        said = [
            level.name + (wording.label("rule.level_meaning", definition=level.definition) if level.definition else "")
            for level in rule.levels
        ]
        return joined(wording, *said)
    texts = [
        wording.label("rule.level", name=level.name, score=wording.number(level.points))
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
    checks=(_levels_once, _all_scored),
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
