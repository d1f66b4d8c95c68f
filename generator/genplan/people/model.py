"""Results as collected: who reached what, each value with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Span
from genplan.plan.periods import Period
from genplan.source.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell of a results file, as text, stripped; a percentage keeps its sign.

    `native` means that the file holds a number, a date or a truth value here, from which the text was made: leading zeros are gone.
    `hidden` means that the text may be a password, so that no message shows it.
    """

    text: str = field(repr=False)
    span: Span
    native: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: header to cell, empty cells left out.

    `unusable` names the headers under which nothing can be relied on; why has been reported.
    """

    cells: Mapping[str, Cell]
    span: Span
    unusable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A results file, or one sheet of it, as rows under headers, whatever format it came in.

    `sheet` is the sheet's name, `titles` what stands above the headers; `identifies_people` means that a header says whose the rows are.
    """

    file: str
    headers: tuple[Cell, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    titles: tuple[Cell, ...] = ()
    identifies_people: bool = True


@dataclass(frozen=True, slots=True)
class Actual:
    """What a person reached on one indicator: a number, or words where the method takes words.

    `exact` is present where a formula gave the number: `value` is then rounded to 12 places, `text` to 4, and `exact` is what counts.
    """

    value: Quantity | str
    text: str
    span: Span
    exact: Fraction | None = None

    @property
    def number(self) -> Fraction:
        """The exact number of an actual that is one."""
        assert isinstance(self.value, Quantity)
        return self.exact if self.exact is not None else Fraction(self.value.value)


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater entered for an indicator; `rater` is the place in the plan's list of raters.

    `votes` says how many raters of the kind chose this level, where votes were counted.
    """

    rater: int
    actual: Actual
    votes: int | None = None

    @property
    def count(self) -> int:
        """How many raters this is of."""
        return 1 if self.votes is None else self.votes


@dataclass(frozen=True, slots=True)
class LineRemark:
    """What was remarked on an indicator: the word that its column uses (扣分原因), the text, and which of the plan's raters did."""

    word: str
    text: str
    rater: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class RaterComment:
    """The comment of a rater who is to stay anonymous; `rater` is the place in the plan's list of raters."""

    rater: int
    text: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The days of a period that a record is about, both included: of a joiner, a leaver, or one side of a transfer."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of a person's result elsewhere, to stand beside what is computed; None where nothing was."""

    total: Actual | None = None
    grade: Actual | None = None
    rank: Actual | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A grade that people decided: one of the plan's, who decided it and why, as far as that is said."""

    grade: str
    by: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Calibration:
    """What people made of a result after it was computed: the total, the grade or both, who did and why, as far as that is said.

    None stands for a total or grade that they left alone; one of the two is there.
    """

    total: Decimal | None
    grade: str | None
    by: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class RolledTotal:
    """A period's part in a roll-up: the total that another plan gave, where it stands, and the share that it counts with.

    Where the person has no total, `total` is None: the period counts 0, or its share is 0 and has gone to the others.
    """

    period: Period
    total: Decimal | None
    share: Fraction
    span: Span


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person's results in one period. `actuals` goes by the indicators' keys; one without a value is absent.

    `unusable` names the indicators, bonus and deduction items and vetoes, the published total and the decided grade, whose value was given
    and cannot be used; that has been reported, so it is not missing besides.
    `ratings` holds, for an indicator that raters scored, what each entered, in the order of the plan's raters; such an indicator is not in
    `actuals`. A rater who entered nothing is absent; one of several peers, subordinates or customers comes as often as they are.
    `inputs` holds the collected figures of indicators that a formula computes; what it gives stands in `actuals`.
    `items` counts bonus and deduction items by name, `vetoes` names those that occurred, each with the place where that stands.
    `published` is what was published of the result, `conclusion` what was concluded from it in writing, `decision` the grade that people
    decided, `calibration` what people made of the computed total and grade.
    `password` opens the files about the person; it is empty where there is none, and stands in nothing that is written or said.
    `group` is that in which the person is ranked and graded, where the plan has such groups.
    `problems`, `suggestions` and `measures` are what a report on a unit says: what was found, proposed and agreed. Where results give no
    ids, a unit's `id` is its name.
    `comments` holds those of raters who are to stay anonymous; `comment` is everybody else's.
    `remarks` holds what was remarked on single indicators, by their keys.
    `figures` holds what pay is computed with, and what conditions are about, beside the result, by the names that the plan has for it; None
    for what was given and cannot be used, which has been reported.
    `own` holds what was agreed with the person alone, by indicator: `target`, `threshold`, `stretch`, `weight` and `points`, as far as
    there are any. `awaited` means that there are no results yet, only that.
    `rolled` holds, for an indicator that sums up another plan, the totals that its actual is the mean of.
    `presence` is present where the record is about part of the period; a transfer gives two records of one person and period.
    """

    id: str
    name: str
    department: str
    position: str
    period: Period
    actuals: Mapping[str, Actual]
    comment: str
    span: Span
    unusable: frozenset[str] = frozenset()
    ratings: Mapping[str, tuple[Rating, ...]] = field(default_factory=dict)
    inputs: Mapping[str, Mapping[str, Actual]] = field(default_factory=dict)
    items: Mapping[str, Actual] = field(default_factory=dict)
    vetoes: Mapping[str, Span] = field(default_factory=dict)
    presence: Presence | None = None
    own: Mapping[str, Mapping[str, Actual]] = field(default_factory=dict)
    awaited: bool = False
    published: Published = Published()
    conclusion: str = ""
    decision: Decision | None = None
    calibration: Calibration | None = None
    group: str = ""
    password: str = field(default="", repr=False)
    problems: str = ""
    suggestions: str = ""
    measures: str = ""
    figures: Mapping[str, Actual | None] = field(default_factory=dict)
    remarks: Mapping[str, tuple[LineRemark, ...]] = field(default_factory=dict)
    rolled: Mapping[str, tuple[RolledTotal, ...]] = field(default_factory=dict)
    comments: tuple[RaterComment, ...] = ()

    @property
    def days(self) -> int:
        """How many days of the period the record is about."""
        return self.presence.days if self.presence else self.period_days

    @property
    def period_days(self) -> int:
        """How many days the period has."""
        return (self.period.end - self.period.start).days + 1

    @property
    def part(self) -> Fraction:
        """Which part of the period the record is about."""
        return Fraction(self.days, self.period_days)
