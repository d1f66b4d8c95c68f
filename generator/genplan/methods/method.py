"""The interface of a scoring method. Each module of this package defines one; `METHODS` lists them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, Protocol

from genplan.messages import msg
from genplan.methods.parameters import Polarity, RuleModel
from genplan.methods.wording import Wording
from genplan.source.quantity import Quantity


class Limit(StrEnum):
    """A bound that decided a score."""

    FLOOR = "floor"
    CAP = "cap"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in points, the attainment (1 is all of the target), and the bound that decided it, if any."""

    score: Fraction
    attainment: Fraction | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The lowest and highest possible points; None if unbounded."""

    lowest: Fraction | None
    highest: Fraction | None


def range_of(scores: Iterable[Decimal]) -> ScoreRange:
    """Return the range from the lowest to the highest of some scores."""
    known = sorted(Fraction(score) for score in scores)
    return ScoreRange(known[0], known[-1]) if known else ScoreRange(None, None)


OWN_TARGET = "own"
"""The target of an indicator for which each person has one of their own."""


class IndicatorInfo(Protocol):
    """The properties of an indicator that a method may use."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def points(self) -> Decimal | None:
        """Its full marks in a points form; otherwise None, meaning 100."""

    @property
    def unit(self) -> str | None:
        """The unit of its actuals."""

    @property
    def target(self) -> Quantity | str | None:
        """Its target."""

    @property
    def threshold(self) -> Quantity | str | None:
        """The lowest acceptable value."""

    @property
    def stretch(self) -> Quantity | str | None:
        """The stretch goal beyond the target."""

    @property
    def polarity(self) -> Polarity | None:
        """The better direction, if the plan states it."""

    @property
    def scoring(self) -> RuleModel | None:
        """The rule as written, before defaults are filled in."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Actuals are measured like the target."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Actuals are counts of occurrences, 0 or more."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Actuals are scores given by somebody; `bounds` returns the lowest and highest that a rule allows."""

    bounds: Callable[[Any], tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Levels:
    """Actuals are names of levels chosen by somebody; `levels` lists a rule's levels with their scores."""

    levels: Callable[[Any], Sequence[tuple[str, Decimal]]]


@dataclass(frozen=True, slots=True)
class Totals:
    """Actuals are computed from totals of another plan; results may state them, too."""


Takes = Amounts | Counts | Scores | Levels | Totals
"""The kind of value in results."""
Judged = Scores | Levels
"""The kinds of value given by raters."""


class Target(Enum):
    """What a method does with the indicator's target."""

    UNUSED = "unused"
    """Ignores it: a numeric target would not be comparable with the actual."""
    OPTIONAL = "optional"
    """Compares the actual with it, if there is one."""
    REQUIRED = "required"
    """Requires a numeric target."""


class Computation(Protocol):
    """Computes an actual from several columns of results."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its inputs."""

    def compute(self, inputs: Mapping[str, Fraction], /) -> Fraction:
        """Compute the actual exactly."""


Place = tuple[str | int, ...]
"""Keys leading to a value: for a fault from the indicator, for an amount from its rule."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding of a check: a code, the location below the indicator, what is wrong, how to fix it, and other locations with a remark.

    `key` points at the key at the location, not at its value.
    """

    code: str
    place: Place
    message: str
    cure: str
    related: tuple[tuple[Place, str], ...] = ()
    key: bool = False


Check = Callable[[Any, IndicatorInfo], Iterator[Fault]]
"""Finds faults in a rule."""


@dataclass(frozen=True, slots=True)
class Cells:
    """References for a formula: the actual's cell, the target as a number, the ranges of levels and of their scores; empty if none.

    `other` is what a two-way table is read by besides.
    """

    actual: str
    target: str
    levels: str
    scores: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """An indicator as written in a plan, an actual as written in results, its score, and the indicator's full points.

    If the method counts several items, `columns` names them, and `actual` has a value for each; both are separated by commas.
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
    """A scoring method. Facets are called with the rule (what a plan writes under `scoring`), an instance of `parameters`."""

    parameters: type[RuleModel]
    """What a plan may write, with the method's names."""
    accepts: Takes
    """The kind of value that results contain."""
    target: Target
    """Whether the method uses the target."""
    score: Callable[[Any, Fraction | None, Any], Scored]
    """The score for an actual (a number or a level), given the effective target and the rule."""
    score_range: Callable[[Any], ScoreRange]
    """The range of possible scores."""
    full_points: Callable[[Any, IndicatorInfo], Fraction]
    """Full points: the score for meeting expectations exactly."""
    rewards: Callable[[Any], Polarity | None]
    """Which actuals score higher; None if that depends, or is a matter of judgement."""
    checks: tuple[Check, ...]
    """Requirements on a rule beyond the types of its parameters."""
    describe: Callable[[Any, IndicatorInfo, Wording], str]
    """The rule in words, for documents and workbooks."""
    formula: Callable[[Cells, Any], str]
    """The score as a spreadsheet formula."""
    example: Example
    """An example that tests run end to end."""

    opposite_advice: str = msg("score it by another method")
    """Advice if the opposite direction is better."""
    amounts: Callable[[Any], Iterator[tuple[Place, Quantity]]] = _no_amounts
    """The rule's amounts that actuals are compared with, and their locations."""
    with_defaults: Callable[[Any, IndicatorInfo], Any] = _as_written
    """The rule with omitted values filled in from the indicator."""
    computation: Callable[[Any], Computation | None] = _entered
    """How the actual is computed from several columns, if results don't contain it."""
    prorated: Callable[[Any, Callable[[Quantity], Any]], Any] = _unprorated
    """The rule for part of the period, given a function that reduces an amount."""
    is_prorated: bool = True
    """Whether targets and amounts are reduced for part of the period by default."""
    proration_doubt: Callable[[Any, IndicatorInfo], str | None] = _no_doubt
    """What is unclear if the plan doesn't say whether to reduce them."""
    likely_direction: Callable[[Any], Polarity | None] | None = None
    """Which actuals usually score higher, if `rewards` returns None."""
    unmet_by_score: Callable[[Any], bool] = _never
    """Whether the score shows what is unmet and attainment doesn't, e.g. since it falls as the actual gets better."""
    template_values: Callable[[Any, IndicatorInfo, Wording], Mapping[str, object]] = _no_values
    """Parameters whose values in templates differ from those written."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Chinese names of keys that no other part of a plan has."""

    @property
    def tag(self) -> str:
        """The name of the method in plans."""
        return self.parameters.TAG
