"""The plan: everything that the front matter of a plan file may contain.

The docstring under each field is its entry in the plan reference and in the JSON Schema.
"""

from datetime import date

from genplan.methods.parameters import Missing, Points
from genplan.plan.model.chapters import Chapter
from genplan.plan.model.choices import Clause, Cycle, Encoding, LineRemarks, Proration, Publication, Regulation, WeightMode
from genplan.plan.model.duties import DutyArea, Relation
from genplan.plan.model.grading import Ceiling, Distribution, Grade, Item, Rounding, Veto, ceiling_form
from genplan.plan.model.indicators import Bounds, Dimension, Indicator, Input, Rater, RaterInGroup, Scale
from genplan.plan.model.pay import Pay
from genplan.plan.model.procedure import (
    Appeal,
    Dates,
    DevelopmentGoal,
    Improvement,
    InterimReview,
    NoticeDetails,
    Opinion,
    Signatory,
    SignatureField,
    Step,
    Use,
)
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
    extends: Name | None = None
    """Another plan in the same folder, whose content this plan has except for what it says otherwise: `_base.md`. Members of lists are
    merged by `name`, sections of prose by heading. Files that start with `_` are no plans of their own."""
    remove: Texts = ()
    """What this plan leaves out of the plan that it extends: names of indicators and other members of lists, keys, and headings."""
    id: Identifier | None = None
    """Short name, used for folders; by default the file's name."""
    title: Name
    """Title of the plan."""
    organization: Name | None = None
    """The organisation; by default the brand's name."""
    department: Name
    """Department the plan is for."""
    position: Name | None = None
    """Position the plan is for; if results have a column 岗位, the plan uses the rows with this position."""
    positions: Texts = ()
    """Plans of single positions, in the same folder: this plan's scheme has an annex with the indicators of each."""
    position_aliases: Texts = ()
    """Other names for the position in results."""
    assessed_unit: Annotated[Text, BeforeValidator(unit_word)] | None = None
    """What is assessed, if not people: `社群`, `班组`, `项目`. Results name each one in a column with this word or
    考核对象 as its header, ids are optional, and documents use the word."""
    number: Name | None = None
    """Document number."""
    version: Name | None = None
    """Version of the document."""
    issued: Date | None = None
    """Date of the document."""
    effective: Date | None = None
    """Date on which the plan takes effect."""
    confidentiality: Name | None = None
    """Confidentiality marking, printed in the header."""
    language: Annotated[str, BeforeValidator(language_code), WithJsonSchema(LANGUAGE_SCHEMA)] = DEFAULT_LANGUAGE
    """Language of headings and labels."""
    cycle: Annotated[tuple[choice(Cycle), ...], Also(one_or_many, {"enum": choice_words(Cycle)})] = ()  # type: ignore[valid-type]
    """Assessment cycle: one, or a list."""
    period: Annotated[Dates, Also(period_dates, PERIOD_SCHEMA)] | None = None
    """The current assessment period: `2026`, `2026-H1`, `2026-Q3`, `2026-07`, `2026-W28`, or `{name, start, end}`."""
    summary: Text | None = None
    """Purpose of the position, in a sentence or two."""
    reports_to: Text | None = None
    """Who the position reports to."""
    direct_reports: Texts = ()
    """Who reports to the position: positions, or a list of them."""
    position_code: Name | None = None
    """The position's code in the company's list of positions, printed in the job description."""
    job_level: Name | None = None
    """The position's level: `P5`, `M2`."""
    duties: tuple[Annotated[DutyArea, short_form("area")], ...] = ()
    """Duty areas with their items."""
    authority: Texts = ()
    """Decisions within the position's authority."""
    relations: tuple[Relation, ...] = ()
    """Who the position works with, and on what."""
    qualifications: Texts = ()
    """Skills and requirements."""
    weights: choice(WeightMode) = WeightMode.EXACT  # type: ignore[valid-type]
    """`exact`: weights add up to 100 %; `normalize`: each is divided by their sum, and documents show both; `points`: each indicator has
    points instead, and the total is the plain sum of scores."""
    points: Points | None = None
    """Total of all indicators' points, with `weights: points`; required if it is not 100."""
    dimensions: tuple[Dimension, ...] = ()
    """Weighted groups of indicators."""
    indicators: tuple[Indicator, ...] = ()
    """Indicators, in a plan without dimensions."""
    scales: tuple[Scale, ...] = ()
    """Scoring rules shared by several indicators: `{name: 五级, scoring: {…}}`, referred to as `scoring: 五级`."""
    missing: choice(Missing) = Missing.ERROR  # type: ignore[valid-type]
    """What happens to an indicator without an actual."""
    rounding: Annotated[Rounding, short_form("places")] = Rounding()
    """How totals are rounded: `{places, mode}`, or just the number of places."""
    raters: tuple[Rater, ...] = ()
    """Raters and their weights."""
    remarks: choice(LineRemarks) = LineRemarks.NO  # type: ignore[valid-type]
    """Whether the scorecard and the workbook have a column for a remark on each indicator: why points were taken, what a figure rests on.
    Results may have such columns either way: an indicator's name and 说明, 扣分原因, 依据, 备注, remark, reason or evidence."""
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
    """What is reduced for people who were there for only part of the period."""
    grades: tuple[Grade, ...] = ()
    """Grade bands."""
    ceilings: tuple[Annotated[Ceiling, BeforeValidator(ceiling_form)], ...] = ()
    """Grade ceilings: the best possible grade under certain conditions."""
    inputs: tuple[Annotated[Input, short_form("name")], ...] = ()
    """Columns of results that conditions use, if they need more than a name: `{name: 出勤率, unit: "%"}`."""
    distribution: Distribution | None = None
    """Headcount limits for grades."""
    pay: Pay | None = None
    """Pay that follows from results."""
    results_use: tuple[Use, ...] = ()
    """What results are used for."""
    publication: choice(Publication) = Publication.RESTRICTED  # type: ignore[valid-type]
    """Who may see results."""
    appeal: Appeal | None = None
    """How to appeal against a result."""
    improvement: Annotated[Improvement, short_form("below")] | None = None
    """Who gets an improvement plan: `{below: 良好}`, or just the grade; by default nobody."""
    interim_reviews: tuple[Annotated[InterimReview, short_form("name")], ...] = ()
    """Reviews in the middle of the period; contracts have a record to fill in for each: `{name: 中期检查, date: 2026-06-30}`."""
    development: tuple[Annotated[DevelopmentGoal, short_form("goal")], ...] = ()
    """Goals of everybody's personal development; interview records have a development plan with these, and room for more."""
    clauses: Annotated[tuple[choice(Clause), ...], Also(one_or_many, {"enum": choice_words(Clause)})] = ()  # type: ignore[valid-type]
    """Clauses that the scheme has in standard words, which a locale file may reword: how leavers, people on probation and those on long
    leave are assessed, how long records are kept, effect and interpretation, and a table in which employees sign that they have read it."""
    signatories: tuple[Signatory, ...] = ()
    """Who signs the plan."""
    opinions: tuple[Annotated[Opinion, short_form("name")], ...] = ()
    """Opinions to be written on documents, in this order: `{name: 考核委员会意见, signer: 主任委员, documents: [result]}`."""
    signatures: tuple[Annotated[SignatureField, short_form("role")], ...] = ()
    """Who signs documents about a person or a period, in this order; kinds not named here have their usual signatures."""
    notice: NoticeDetails | None = None
    """Who sends notices, and where their receipts go: `{sender, return_to}`."""
    regulation: choice(Regulation) | None = None  # type: ignore[valid-type]
    """The plan is a regulation, numbered by `articles` (第一章 第一节 第一条) or in `outline` (一、（一）1.). Without `chapters`, its
    text comes from the prose: `#` starts a chapter, `##` a section, `###` an article."""
    chapters: tuple[Chapter, ...] = ()
    """Chapters of a regulation."""
    documents: Texts = ()
    """The kinds of document to build; by default, all for which the plan has the required data."""
    results: Texts = ()
    """Results files, relative to the plan: a path or pattern, or a list of them. `company.xlsx#销售部` names a sheet of a workbook."""
    calibration: Texts = ()
    """Files of calibrations, as of `results`, if not in these: ids, with the columns 校准分 or 最终等级, 校准理由 and 校准人."""
    goals: Texts = ()
    """Files of what was agreed with each person: own targets, threshold and stretch values, weights and points; paths or patterns, as of
    results. Who is listed gets the documents that need no results."""
    sheet: Texts = ()
    """Sheets to read from these workbooks: a name, or a list of them. By default, those named after the position or department,
    or else all with a header for ids."""
    encoding: choice(Encoding) | None = None  # type: ignore[valid-type]
    """Encoding of these files, for CSV files whose encoding cannot be detected."""

    @property
    def groups(self) -> tuple[Dimension, ...]:
        """The dimensions, or a single nameless group with the plan's own indicators."""
        if self.dimensions or not self.indicators:
            return self.dimensions
        return (Dimension.model_construct(name="", weight=None, points=None, definition=None, indicators=self.indicators),)

    @property
    def entered_vetoes(self) -> tuple[Veto, ...]:
        """The vetoes that results have a column for: those that no condition decides."""
        return tuple(veto for veto in self.vetoes if veto.when is None)

    @property
    def all_indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the plan."""
        return tuple(i for group in self.groups for i in group.indicators)

    @property
    def all_raters(self) -> tuple[RaterInGroup, ...]:
        """All raters, those of groups in the place of their group; those of a group that does not count do not count either."""
        return tuple(each for rater in self.raters for each in rater.alone)

    @property
    def document_date(self) -> date | None:
        """The date of the plan's documents."""
        return self.issued or self.effective
