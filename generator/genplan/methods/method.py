"""The interface of a scoring method. Each module of this package defines one; a row of `METHODS` registers it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, Protocol

from genplan.methods.parameters import Better, RuleModel
from genplan.methods.wording import Wording
from genplan.source.quantity import Quantity


class Limit(StrEnum):
    """A bound that decided a score."""

    FLOOR = "floor"
    CAP = "cap"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in points, how much of the target was attained (1 is all of it), and the bound that decided, if one did."""

    score: Fraction
    attainment: Fraction | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The lowest and the highest number of points that can come out; None where there is no bound."""

    lowest: Fraction | None
    highest: Fraction | None


def range_of(scores: Iterable[Decimal]) -> ScoreRange:
    """Reach from the lowest of some scores to the highest."""
    known = sorted(Fraction(score) for score in scores)
    return ScoreRange(known[0], known[-1]) if known else ScoreRange(None, None)


class IndicatorInfo(Protocol):
    """The properties of an indicator that a method may use."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def points(self) -> Decimal | None:
        """Its full marks in a points form; None in any other, where they are 100."""

    @property
    def unit(self) -> str | None:
        """The unit of its actuals."""

    @property
    def target(self) -> Quantity | str | None:
        """Its target."""

    @property
    def threshold(self) -> Quantity | str | None:
        """The lowest value that is accepted."""

    @property
    def stretch(self) -> Quantity | str | None:
        """The value beyond the target."""

    @property
    def scoring(self) -> RuleModel | None:
        """The rule as it was written, before defaults took the place of what it leaves out."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Actuals are measured as the target is."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Actuals tell how often something occurred, 0 or more."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Actuals are scores that somebody gives; `bounds` tells the lowest and the highest that a rule takes."""

    bounds: Callable[[Any], tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Levels:
    """Actuals are names of levels that somebody chooses; `levels` lists those of a rule with their scores."""

    levels: Callable[[Any], Sequence[tuple[str, Decimal]]]


Takes = Amounts | Counts | Scores | Levels
"""What results hold of an indicator."""
Judged = Scores | Levels
"""What a rater gives."""


class Target(Enum):
    """What a method does with the indicator's target."""

    UNUSED = "unused"
    """Nothing: a target in numbers is another thing than the actual."""
    OPTIONAL = "optional"
    """It compares the actual with it where there is one."""
    REQUIRED = "required"
    """It cannot do without one in numbers."""


class Computation(Protocol):
    """What works an actual out of several columns of results."""

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that it asks for."""

    def compute(self, inputs: Mapping[str, Fraction], /) -> Fraction:
        """Work the actual out, exactly."""


Place = tuple[str | int, ...]
"""Keys that lead to a value, from the indicator (of a fault) or from its rule (of an amount)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check finds: a code, the place below the indicator, what is wrong, the cure, and other places with what stands there.

    `key` points at the key of the place, not at its value.
    """

    code: str
    place: Place
    message: str
    cure: str
    related: tuple[tuple[Place, str], ...] = ()
    key: bool = False


Check = Callable[[Any, IndicatorInfo], Iterator[Fault]]
"""Finds what is wrong with a rule."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a formula refers to: the actual's cell, the target as a number, the ranges of levels and of their scores; empty without one."""

    actual: str
    target: str
    levels: str
    scores: str


@dataclass(frozen=True, slots=True)
class Example:
    """An indicator as a plan writes it, an actual as results write it, its score, and the full points of the indicator.

    Where the method counts several things, `columns` names them, and `actual` holds a value for each; both are separated by commas.
    """

    indicator: str
    actual: str
    score: str
    full: str
    columns: str = ""


def _no_amounts(_rule: Any) -> Iterator[tuple[Place, Quantity]]:  # noqa: ANN401 - a facet takes its own method's rule
    return iter(())


def _as_written(rule: Any, _indicator: IndicatorInfo) -> Any:  # noqa: ANN401 - as above
    return rule


def _unprorated(rule: Any, _part: Callable[[Quantity], Any]) -> Any:  # noqa: ANN401 - as above
    return rule


def _no_doubt(_rule: Any, _indicator: IndicatorInfo) -> str | None:  # noqa: ANN401 - as above
    return None


def _no_values(_rule: Any, _indicator: IndicatorInfo, _wording: Wording) -> Mapping[str, object]:  # noqa: ANN401 - as above
    return {}


def _entered(_rule: Any) -> Computation | None:  # noqa: ANN401 - as above
    return None


def _never(_rule: Any) -> bool:  # noqa: ANN401 - as above
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A scoring method. A facet takes the rule (what a plan writes under `scoring`), an instance of `parameters`."""

    parameters: type[RuleModel]
    """What a plan may write, with the method's names."""
    accepts: Takes
    """The kind of value that results hold."""
    target: Target
    """Whether the method uses the target."""
    score: Callable[[Any, Fraction | None, Any], Scored]
    """The score of an actual (a number, or a level), by the target in force and the rule."""
    score_range: Callable[[Any], ScoreRange]
    """The range of possible scores."""
    full_points: Callable[[Any, IndicatorInfo], Fraction]
    """Full points: the score for meeting expectations exactly."""
    rewards: Callable[[Any], Better | None]
    """Which actuals score higher; None where that depends, or is judged."""
    checks: tuple[Check, ...]
    """What must hold of a rule besides the types of its parameters."""
    describe: Callable[[Any, IndicatorInfo, Wording], str]
    """The rule in words, as documents and workbooks give it."""
    formula: Callable[[Cells, Any], str]
    """The score as a formula of a spreadsheet."""
    example: Example
    """An example that tests run end to end."""

    opposite_advice: str = "score it by another method"
    """What to write where the other direction is the better one."""
    amounts: Callable[[Any], Iterator[tuple[Place, Quantity]]] = _no_amounts
    """The amounts of the rule that actuals are compared with, and where they stand."""
    with_defaults: Callable[[Any, IndicatorInfo], Any] = _as_written
    """The rule with what follows from the indicator where it leaves something out."""
    computation: Callable[[Any], Computation | None] = _entered
    """What works the actual out of several columns, where results do not hold it."""
    prorated: Callable[[Any, Callable[[Quantity], Any]], Any] = _unprorated
    """The rule for a part of the period, given what makes a part of an amount."""
    is_prorated: bool = True
    """Whether targets and amounts are reduced to a part of the period where the plan does not say."""
    proration_doubt: Callable[[Any, IndicatorInfo], str | None] = _no_doubt
    """What is in doubt where the plan does not say whether to reduce."""
    likely_direction: Callable[[Any], Better | None] | None = None
    """Which actuals mostly score higher, where `rewards` gives no answer."""
    attainment_falls: Callable[[Any], bool] = _never
    """Whether the attainment falls as the actual gets better, and so does not tell what is unmet."""
    template_values: Callable[[Any, IndicatorInfo, Wording], Mapping[str, object]] = _no_values
    """The parameters that templates get otherwise than they are written."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Chinese names of the keys that no other part of a plan has."""

    @property
    def tag(self) -> str:
        """The name of the method in plans."""
        return self.parameters.TAG
