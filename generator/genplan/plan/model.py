"""The plan: everything the front matter of a plan file may say.

The docstring under each field is its entry in the plan reference and in the JSON Schema.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from genplan.methods import method_of
from genplan.methods.method import Method
from genplan.methods.parameters import Part, RuleModel
from genplan.plan.formula import Formula, FormulaError, parse_formula
from genplan.plan.period_words import read_period
from genplan.plan.periods import FORMS, Period, dated_period, parse_period
from genplan.plan.scoring import UNSTATED, Scoring
from genplan.source.model import (
    Also,
    Annotated,
    BeforeValidator,
    Choice,
    Date,
    Field,
    InvalidValue,
    Model,
    Name,
    Number,
    SchemaVersion,
    Text,
    Whole,
    WithJsonSchema,
    choice,
    choice_words,
    one_or_many,
    short_form,
    shown,
)
from genplan.source.quantity import Quantity, parse_quantity

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Cycle(Choice):
    """How often the position is assessed."""

    WEEKLY = "weekly", "每周", "周度", "周"
    MONTHLY = "monthly", "月度", "月"
    QUARTERLY = "quarterly", "季度", "季"
    HALF_YEARLY = "half-yearly", "半年度", "半年"
    YEARLY = "yearly", "年度", "年"
    AD_HOC = "ad-hoc", "不定期", "临时"


class WeightMode(Choice):
    """What weights must make."""

    EXACT = "exact", "精确"
    NORMALIZE = "normalize", "归一化"


class Missing(Choice):
    """What becomes of an indicator that a person has no actual for."""

    ERROR = "error", "报错"
    EXCLUDE = "exclude", "剔除"
    ZERO = "zero", "计零"


class RoundingMode(Choice):
    """How a number is rounded."""

    HALF_UP = "half-up", "四舍五入"
    HALF_EVEN = "half-even", "四舍六入五成双"
    DOWN = "down", "舍去"


class Polarity(Choice):
    """Which direction is better."""

    HIGHER = "higher", "越高越好"
    LOWER = "lower", "越低越好"


class Nature(Choice):
    """Whether an indicator is counted or judged."""

    QUANTITATIVE = "quantitative", "定量"
    QUALITATIVE = "qualitative", "定性"


class Term(Choice):
    """The horizon an indicator looks at."""

    SHORT = "short", "短期"
    LONG = "long", "长期"


class RaterKind(Choice):
    """Who rates, seen from the person assessed."""

    SELF = "self", "自评", "本人"
    SUPERVISOR = "supervisor", "上级", "直接上级"
    PEER = "peer", "同事", "同级"
    SUBORDINATE = "subordinate", "下属", "下级"
    CUSTOMER = "customer", "客户"


class VetoEffect(Choice):
    """What a veto does to the total."""

    ZERO = "zero", "计零"
    CAP = "cap", "封顶"


class Headcount(Choice):
    """How a share of people becomes a number of people."""

    DOWN = "down", "舍去"
    HALF_UP = "half-up", "四舍五入"
    UP = "up", "进一"


class Encoding(Choice):
    """How a CSV file stores its characters."""

    UTF_8 = "utf-8", "utf8"
    GB18030 = "gb18030", "gbk", "gb2312"
    BIG5 = "big5", "大五码"
    UTF_16 = "utf-16", "utf16"


class Proration(Choice):
    """What is reduced for a person who was there for part of the period."""

    NONE = "none", "不折算"
    TARGET = "target", "折算目标值"
    COEFFICIENT = "coefficient", "折算系数"


class Prorated(Choice):
    """Whether an indicator takes part where targets are reduced."""

    YES = "yes", "是"
    NO = "no", "否"


class Regulation(Choice):
    """How a regulation is numbered."""

    ARTICLES = "articles", "章节条"
    OUTLINE = "outline", "层次序数"


class Publication(Choice):
    """Who gets to see results."""

    RESTRICTED = "restricted", "限定范围"
    OPEN = "open", "公开"


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as written: the number, and whether a percent sign stood behind it."""

    number: Decimal
    percent: bool


def _weight(value: object) -> Weight:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a weight", "write 30%, 0.3 or 30, one way throughout the plan")
    if quantity.value < 0:
        raise InvalidValue("GP205", f"{shown(value)}: a weight is not negative", "write a weight above 0")
    return Weight(quantity.written, quantity.percent)


def _value(value: object) -> "Quantity | str":
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("GP203", f"{shown(value)} where a value is expected", "write a number, a percentage or words")
    return parse_quantity(value) or value.strip()


def _period(value: object) -> object:
    if isinstance(value, dict):
        return value
    period = read_period(value) if isinstance(value, str) else None
    if period is None:
        advice = f"write {FORMS}, or a mapping with name, start and end"
        raise InvalidValue("GP210", f"{shown(value)} is not a period", advice)
    return {"start": period.start.isoformat(), "end": period.end.isoformat(), "name": period.id}


def _formula(value: object) -> Formula:
    try:
        return parse_formula(_written(value))
    except FormulaError as error:
        where = f" (character {error.column})" if error.column else ""
        advice = "use names, numbers, + - * / and brackets, min, max and abs"
        raise InvalidValue("GP211", f"{error}{where}", advice) from None


def _written(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("GP203", f"{shown(value)} where a formula is expected", "write e.g. retained / members_at_start")
    return value


def _identifier(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_ID or not _SLUG.fullmatch(value):
        raise InvalidValue(
            "GP203",
            f"{shown(value)} is not an id",
            f"use lower-case Latin letters, digits and hyphens, at most {_LONGEST_ID}, e.g. new-members",
        )
    return value


def _unit_word(value: object) -> object:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_UNIT or set(value) & set("{}\n"):
        advice = f"write the word for one of them, of at most {_LONGEST_UNIT} characters: 社群, 班组, 项目"
        raise InvalidValue("GP203", f"{shown(value)} is not a word for what is assessed", advice)
    return value.strip()


def _language(value: object) -> object:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise InvalidValue("GP204", f"{shown(value)} is not the code of a language", f"write e.g. {', '.join(LANGUAGES)}")
    return value


_LONGEST_ID = 100
_LONGEST_UNIT = 12
LANGUAGES = ("zh-CN", "zh-TW", "en")
"""The languages that genplan has labels in; a workspace may add others."""
DEFAULT_LANGUAGE = LANGUAGES[0]
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_LANGUAGE_SCHEMA = {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$", "examples": list(LANGUAGES)}
_PERIOD_SCHEMA = {"type": ["string", "integer"], "examples": ["2026", "2026-H1", "2026-Q3", "2026-07", "2026-W28"]}
_WEIGHT_SCHEMA = {"type": ["string", "number"], "pattern": r"^\d+(\.\d+)?\s*%?$", "examples": ["30%", 30]}

Identifier = Annotated[str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$"})]
WrittenWeight = Annotated[Any, BeforeValidator(_weight), WithJsonSchema(_WEIGHT_SCHEMA)]
Value = Annotated[Any, BeforeValidator(_value), WithJsonSchema({"type": ["string", "number"], "examples": [500, "92%", "无重大事故"]})]
Texts = Annotated[tuple[Text, ...], Also(one_or_many, {"type": ["string", "number"]})]


class Duty(Model):
    """One thing the position does."""

    text: Text
    """What is done."""
    standard: Text | None = None
    """How well it is to be done."""


class DutyArea(Model):
    """A group of duties, numbered as one."""

    area: Text
    """Name of the area; `assesses` refers to it."""
    summary: Text | None = None
    """What the area is for."""
    items: tuple[Annotated[Duty, short_form("text")], ...] = ()
    """The duties of the area, each a line of text or `{text, standard}`."""


class Relation(Model):
    """Whom the position works with."""

    with_: Text = Field(alias="with")
    """The other side."""
    about: Text
    """What about."""


class Bounds(Model):
    """Between what points lie; either may be left out."""

    minimum: Number | None = None
    """Not below this."""
    maximum: Number | None = None
    """Not above this."""


class Input(Model):
    """A figure that is collected, and that a formula computes with."""

    name: Name
    """Name in the formula, and of the column in results files."""
    unit: Text | None = None
    """Its unit."""
    definition: Text | None = None
    """What it means."""


class Indicator(Model):
    """What is measured."""

    id: Identifier | None = None
    """Short name for files and other tools; made from the name where absent."""
    name: Name
    """Name, as results files head their column."""
    weight: WrittenWeight | None = None
    """Share of the total, or of the dimension: `30%`, `0.3` or `30`, one convention a plan."""
    definition: Text | None = None
    """What the indicator means."""
    formula: Text | None = None
    """How the actual is worked out, in words."""
    counting: Text | None = None
    """What counts and what does not."""
    unit: Text | None = None
    """Unit of target and actual."""
    source: Text | None = None
    """Where the data comes from."""
    target: Value | None = None
    """Value to be reached: a number, a percentage, or words where nothing is computed from it."""
    threshold: Value | None = None
    """Lowest acceptable value."""
    stretch: Value | None = None
    """Value beyond the target."""
    polarity: choice(Polarity) | None = None  # type: ignore[valid-type]
    """Which direction is better; follows from the scoring method where absent."""
    nature: choice(Nature) | None = None  # type: ignore[valid-type]
    """Counted or judged."""
    term: choice(Term) | None = None  # type: ignore[valid-type]
    """Short or long term."""
    scoring: Scoring | None = None
    """How an actual becomes a score; absent, the score is entered (`direct`)."""
    bounds: Bounds = Bounds()
    """Bounds of its score, in points, whatever the method gives."""
    compute: Annotated[Any, BeforeValidator(_formula), WithJsonSchema({"type": "string"})] | None = None
    """Formula of the actual from collected figures: `retained / members_at_start`; columns of results are then its inputs."""
    inputs: tuple[Annotated[Input, short_form("name")], ...] = ()
    """The figures of the formula, where there is more to say of them than their names."""
    prorated: choice(Prorated) | None = None  # type: ignore[valid-type]
    """Whether `proration: target` reduces its target and points: an average is not reduced, an amount is. Absent, all but tiers are."""
    assesses: Texts = ()
    """The duty areas this indicator assesses, by name."""

    @property
    def method(self) -> Method:
        """The scoring method."""
        return method_of(self.scoring or UNSTATED)

    @property
    def rule(self) -> Any:  # noqa: ANN401 - an instance of the method's parameters
        """How it is scored, with what the plan leaves to its defaults."""
        rule: RuleModel = self.scoring or UNSTATED
        return method_of(rule).completed(rule, self)


class Dimension(Model):
    """A weighted group of indicators."""

    name: Name
    """Name of the dimension."""
    weight: WrittenWeight | None = None
    """Share of the total."""
    definition: Text | None = None
    """What the dimension is about."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Its indicators; their weights make 100 % inside the dimension, and are equal where none has one."""


class Rater(Model):
    """Who rates, and how much that counts."""

    name: Name
    """Who this is, as documents name it."""
    rater: choice(RaterKind)  # type: ignore[valid-type]
    """Who rates, seen from the person assessed."""
    weight: WrittenWeight | None = None
    """Share of the score."""


class Step(Model):
    """A step of the assessment process."""

    step: Text
    """Name of the step."""
    detail: Text | None = None
    """What is done."""
    responsible: Text | None = None
    """Who does it."""
    deadline: Text | None = None
    """By when."""


class Grade(Model):
    """A grade: a band from its lower bound, included, to the next band's, excluded; where none has bounds, one that people decide on."""

    name: Name
    """Name of the grade."""
    from_: Number | None = Field(None, alias="from")
    """Lowest total of the grade, included. If no grade has one, results state them (column 等级), and they rank as written, best first."""
    to: Number | None = None
    """Upper bound, excluded except in the highest grade; where absent, the lower bound of the next grade up."""
    coefficient: Annotated[Number, Field(ge=0)] | None = None
    """What pay is multiplied by."""
    then: Text | None = None
    """What follows from the grade."""


class Item(Model):
    """A bonus or deduction item: points for each occurrence that results count."""

    name: Name
    """Name, as results files head its column."""
    points: Annotated[Number, Field(gt=0)] = Decimal(1)
    """Points of one occurrence; 1 where results enter the points themselves."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """At most so many points in all."""
    definition: Text | None = None
    """What it is given for."""


class Veto(Model):
    """Something that caps or zeroes the total when it occurs."""

    name: Name
    """Name, as results files head its column."""
    effect: choice(VetoEffect) = VetoEffect.ZERO  # type: ignore[valid-type]
    """What it does to the total."""
    cap: Number | None = None
    """With the effect `cap`: the total is at most this."""
    definition: Text | None = None
    """What counts as such."""


class Ceiling(Model):
    """The best grade a person can get whose score on an indicator is too low."""

    indicator: Text
    """The indicator, by name or id."""
    below: Number
    """Applies where its score is below this."""
    grade: Text
    """The best grade then."""


class Quota(Model):
    """How many people may get a grade."""

    grade: Text
    """The grade."""
    at_most: Part | None = None
    """At most this share of the people graded."""
    at_least: Part | None = None
    """At least this share of them."""


class Distribution(Model):
    """Forced distribution: headcount limits of grades. It is reported, and never changes a grade."""

    rounding: choice(Headcount)  # type: ignore[valid-type]
    """How a share becomes a headcount."""
    quotas: Annotated[tuple[Quota, ...], Field(min_length=1)]
    """The limits."""


class Use(Model):
    """What results are used for."""

    when: Text
    """The case: a grade, or a result."""
    then: Text
    """What follows."""


class Appeal(Model):
    """How a result may be contested."""

    window: Text
    """Within what time."""
    handler: Text
    """Who handles it."""
    form: Text | None = None
    """How to appeal."""


class Improvement(Model):
    """Who is given an improvement plan."""

    below: Text
    """People whose grade, in the end, is lower than this one; grades rank by their bounds."""


class Signatory(Model):
    """Who signs the plan."""

    role: Text
    """As what: 编制, 审核, 批准."""
    name: Name | None = None
    """Who, where that is known."""
    date: Date | None = None
    """When it was signed."""


class Article(Model):
    """An article of a regulation: a heading, a text, items, or several of these."""

    title: Text | None = None
    """Its heading."""
    text: Text | None = None
    """Its text, a paragraph a line."""
    items: Texts = ()
    """Its numbered items."""


Articles = tuple[Annotated[Article, short_form("text")], ...]


class ChapterSection(Model):
    """A section of a chapter."""

    title: Text
    """Heading of the section."""
    articles: Articles = ()
    """Its articles."""


class Chapter(Model):
    """A chapter of a regulation: articles, or sections of articles."""

    title: Text
    """Heading of the chapter."""
    articles: Articles = ()
    """Its articles, each a line of text or `{title, text, items}`; numbered through all chapters."""
    sections: tuple[ChapterSection, ...] = ()
    """Its sections."""


class Rounding(Model):
    """How the total is rounded, before it is graded."""

    places: Annotated[Whole, Field(ge=0, le=6)] = 2
    """Decimal places."""
    mode: choice(RoundingMode) = RoundingMode.HALF_UP  # type: ignore[valid-type]
    """How the digit behind is treated."""


class Dates(Model):
    """A period; the short form `2026-Q3` gives the dates by itself."""

    name: Name | None = None
    """How documents name it."""
    start: Date
    """First day."""
    end: Date
    """Last day."""

    @property
    def period(self) -> Period:
        """The period these dates make."""
        short = parse_period(self.name or "")
        return (
            short if short and (short.start, short.end) == (self.start, self.end) else dated_period(self.start, self.end, self.name or "")
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
    assessed_unit: Annotated[Text, BeforeValidator(_unit_word)] | None = None
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
    language: Annotated[str, BeforeValidator(_language), WithJsonSchema(_LANGUAGE_SCHEMA)] = DEFAULT_LANGUAGE
    """Language of headings and labels."""
    cycle: Annotated[tuple[choice(Cycle), ...], Also(one_or_many, {"enum": choice_words(Cycle)})] = ()  # type: ignore[valid-type]
    """How often is assessed: one, or a list."""
    period: Annotated[Dates, Also(_period, _PERIOD_SCHEMA)] | None = None
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
    """`exact`: weights make 100 %; `normalize`: each is divided by what they make, and both are shown."""
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
        return (Dimension.model_construct(name="", weight=None, definition=None, indicators=self.indicators),)

    @property
    def all_indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order written."""
        return tuple(i for group in self.groups for i in group.indicators)

    @property
    def document_date(self) -> date | None:
        """The date the plan's documents bear."""
        return self.issued or self.effective
