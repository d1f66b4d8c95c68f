"""The plan: everything the front matter of a plan file may say.

The docstring under each field is its entry in the plan reference and in the JSON Schema.
"""

from datetime import date

from genplan.methods.parameters import Points
from genplan.plan.model.chapters import Chapter
from genplan.plan.model.choices import Cycle, Encoding, Missing, Proration, Publication, Regulation, WeightMode
from genplan.plan.model.duties import DutyArea, Relation
from genplan.plan.model.grading import Ceiling, Distribution, Grade, Item, Rounding, Veto
from genplan.plan.model.indicators import Bounds, Dimension, Indicator, Rater
from genplan.plan.model.procedure import Appeal, Dates, Improvement, Signatory, Step, Use
from genplan.plan.model.values import (
    DEFAULT_LANGUAGE,
    LANGUAGE_SCHEMA,
    PERIOD_SCHEMA,
    Identifier,
    Texts,
    language_code,
    period_dates,
    unit_word,
)
from genplan.source.model import (
    Also,
    Annotated,
    BeforeValidator,
    Date,
    Field,
    Model,
    Name,
    SchemaVersion,
    Text,
    WithJsonSchema,
    choice,
    choice_words,
    one_or_many,
    short_form,
)


class Plan(Model):
    """A plan for one position or department."""

    schema_: SchemaVersion = Field(alias="schema")
    """Version of this format: 1."""
    id: Identifier | None = None
    """Short name, used for folders; the file's name where absent."""
    title: Name
    """Title of the plan."""
    organization: Name | None = None
    """The organisation; the brand's name where absent."""
    department: Name
    """Department the plan is for."""
    position: Name | None = None
    """Position the plan is for; where results have a column 岗位, the rows that state it are the plan's."""
    position_aliases: Texts = ()
    """Other names of the position that results may state."""
    assessed_unit: Annotated[Text, BeforeValidator(unit_word)] | None = None
    """What is assessed, where that is not a person: `社群`, `班组`, `项目`. Results name each in a column headed by this word or by
    考核对象, ids may be left out, and documents speak of it."""
    number: Name | None = None
    """Document number."""
    version: Name | None = None
    """Version of the document."""
    issued: Date | None = None
    """Date the document bears."""
    effective: Date | None = None
    """Date from which the plan holds."""
    confidentiality: Name | None = None
    """Marking printed in the header."""
    language: Annotated[str, BeforeValidator(language_code), WithJsonSchema(LANGUAGE_SCHEMA)] = DEFAULT_LANGUAGE
    """Language of headings and labels."""
    cycle: Annotated[tuple[choice(Cycle), ...], Also(one_or_many, {"enum": choice_words(Cycle)})] = ()  # type: ignore[valid-type]
    """How often is assessed: one, or a list."""
    period: Annotated[Dates, Also(period_dates, PERIOD_SCHEMA)] | None = None
    """The dates now assessed: `2026`, `2026-H1`, `2026-Q3`, `2026-07`, `2026-W28`, or `{name, start, end}`."""
    summary: Text | None = None
    """What the position is for, in a sentence or two."""
    reports_to: Text | None = None
    """Who the position reports to."""
    duties: tuple[Annotated[DutyArea, short_form("area")], ...] = ()
    """Duty areas with their items."""
    authority: Texts = ()
    """What the position may decide."""
    relations: tuple[Relation, ...] = ()
    """Whom the position works with, and about what."""
    qualifications: Texts = ()
    """Skills and requirements."""
    weights: choice(WeightMode) = WeightMode.EXACT  # type: ignore[valid-type]
    """`exact`: weights make 100 %; `normalize`: each is divided by what they make, and both are shown; `points`: each indicator has its
    points instead, and the total is the plain sum of scores."""
    points: Points | None = None
    """What the points of all indicators make, under `weights: points`; to be stated where that is not 100."""
    dimensions: tuple[Dimension, ...] = ()
    """Weighted groups of indicators."""
    indicators: tuple[Indicator, ...] = ()
    """Indicators of a plan without dimensions."""
    missing: choice(Missing) = Missing.ERROR  # type: ignore[valid-type]
    """What becomes of an indicator without an actual."""
    rounding: Annotated[Rounding, short_form("places")] = Rounding()
    """How totals are rounded: `{places, mode}`, or the places alone."""
    raters: tuple[Rater, ...] = ()
    """Who rates."""
    process: tuple[Annotated[Step, short_form("step")], ...] = ()
    """Steps of the assessment, in order."""
    bonuses: tuple[Annotated[Item, short_form("name")], ...] = ()
    """Bonus items."""
    deductions: tuple[Annotated[Item, short_form("name")], ...] = ()
    """Deduction items."""
    vetoes: tuple[Annotated[Veto, short_form("name")], ...] = ()
    """Veto items."""
    total: Bounds = Bounds()
    """Bounds of the total."""
    proration: choice(Proration) = Proration.NONE  # type: ignore[valid-type]
    """What is reduced for people who were there for part of the period."""
    grades: tuple[Grade, ...] = ()
    """Grade bands."""
    ceilings: tuple[Ceiling, ...] = ()
    """Best grades under conditions."""
    distribution: Distribution | None = None
    """Headcount limits of grades."""
    results_use: tuple[Use, ...] = ()
    """What results are used for."""
    publication: choice(Publication) = Publication.RESTRICTED  # type: ignore[valid-type]
    """Who gets to see results."""
    appeal: Appeal | None = None
    """How a result may be contested."""
    improvement: Annotated[Improvement, short_form("below")] | None = None
    """Who is given an improvement plan: `{below: 良好}`, or the grade alone; nobody where absent."""
    signatories: tuple[Signatory, ...] = ()
    """Who signs the plan."""
    regulation: choice(Regulation) | None = None  # type: ignore[valid-type]
    """The plan is a regulation, numbered by `articles` (第一章 第一节 第一条) or in `outline` (一、（一）1.). Without `chapters`, its
    text is the prose: `#` heads a chapter, `##` a section, `###` an article."""
    chapters: tuple[Chapter, ...] = ()
    """Chapters of a regulation."""
    documents: Texts = ()
    """The kinds of document to build; all that the plan has what is needed for where absent."""
    results: Texts = ()
    """Results files, relative to the plan: a path or pattern, or a list of them. `company.xlsx#销售部` names a sheet of a workbook."""
    sheet: Texts = ()
    """Sheets of these workbooks to read: a name, or a list of them. Where absent, those that bear the name of the position or department,
    or else all with a header of ids."""
    encoding: choice(Encoding) | None = None  # type: ignore[valid-type]
    """Encoding of these files where they are CSV and it cannot be told from what stands in them."""

    @property
    def groups(self) -> tuple[Dimension, ...]:
        """The dimensions, or one nameless group of the plan's own indicators."""
        if self.dimensions or not self.indicators:
            return self.dimensions
        return (Dimension.model_construct(name="", weight=None, points=None, definition=None, indicators=self.indicators),)

    @property
    def all_indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order written."""
        return tuple(i for group in self.groups for i in group.indicators)

    @property
    def document_date(self) -> date | None:
        """The date the plan's documents bear."""
        return self.issued or self.effective
