"""The words that results use: for fields of a person, and for what the plan has."""

import difflib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from genplan.people.collected_figures import formulas, input_names
from genplan.people.header_parts import HeaderParts, split_header
from genplan.people.header_remark_words import NOTES
from genplan.people.votes import vote_columns
from genplan.plan.conditions import condition_figures
from genplan.plan.grades import are_decided
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import QuotaScope
from genplan.plan.pay import figures
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts


class Field(StrEnum):
    """A column of its own meaning, whatever the plan."""

    ID = "id"
    NAME = "name"
    DEPARTMENT = "department"
    POSITION = "position"
    GROUP = "group"
    PERIOD = "period"
    COMMENT = "comment"
    CONCLUSION = "conclusion"
    PUBLISHED_TOTAL = "published total"
    PUBLISHED_GRADE = "published grade"
    PUBLISHED_RANK = "published rank"
    GRADE = "grade"
    GRADED_BY = "graded by"
    GRADE_REASON = "reason for the grade"
    CALIBRATED_TOTAL = "calibrated total"
    FINAL_GRADE = "final grade"
    CALIBRATION_REASON = "reason for the calibration"
    CALIBRATED_BY = "calibrated by"
    PROBLEMS = "problems"
    SUGGESTIONS = "suggestions"
    MEASURES = "measures"
    PASSWORD = "password"  # noqa: S105 - the name of a column
    RATER = "rater"
    START = "start"
    END = "end"
    INDICATOR = "indicator"
    ACTUAL = "actual"
    UNIT = "unit of measure"
    LINE_REMARK = "remark on the indicator"
    CONFIRMED = "confirmed values"
    OWN_TARGET = "target"
    OWN_THRESHOLD = "threshold"
    OWN_STRETCH = "stretch"
    OWN_WEIGHT = "weight"
    OWN_POINTS = "points"
    OWN_NAME = "own indicator"


WORDS: dict[Field, tuple[str, ...]] = {
    Field.ID: (
        *(
            "工号",
            "员工编号",
            "员工工号",
            "员工号",
            "员工ID",
            "员工编码",
            "员工代码",
            "职工号",
            "职工编号",
            "职工工号",
            "工牌号",
            "工牌编号",
            "人员编号",
        ),
        *("人员编码", "人员工号", "编号", "id", "employee id", "employee no", "employee number", "employee code"),
        *("emp id", "emp no", "staff id", "staff no", "staff number", "personnel number"),
    ),
    Field.NAME: ("姓名", "员工姓名", "name", "employee name"),
    Field.DEPARTMENT: ("部门", "所属部门", "department"),
    Field.POSITION: ("岗位", "职位", "position"),
    Field.GROUP: ("考核组", "考核小组", "考核组别", "group", "assessment group"),
    Field.PERIOD: ("考核期", "期间", "考核期间", "period"),
    Field.COMMENT: ("评语", "备注", "考核评语", "comment", "comments", "remark"),
    Field.CONCLUSION: ("结论", "考核结论", "评价结论", "公布结论", "conclusion", "published conclusion"),
    Field.PUBLISHED_TOTAL: (
        "公布总分",
        "公布得分",
        "综合评分",
        "综合得分",
        "考核总分",
        "总分",
        "总得分",
        "总成绩",
        "综合成绩",
        "考核成绩",
        "考核得分",
        "绩效得分",
        "最终得分",
        "published total",
        "total score",
        "final score",
        "overall score",
        "total",
    ),
    Field.PUBLISHED_GRADE: ("公布等级", "published grade", "published rating"),
    Field.PUBLISHED_RANK: ("名次", "排名", "公布名次", "公布排名", "考核名次", "考核排名", "综合排名", "rank", "ranking", "published rank"),
    Field.GRADE: (
        "等级",
        "考核等级",
        "评定等级",
        "认定等级",
        "审定等级",
        "等第",
        "考核等第",
        "绩效等级",
        "评级",
        "grade",
        "decided grade",
        "rating",
    ),
    Field.GRADED_BY: ("评定人", "认定人", "审定人", "评定机构", "评定部门", "认定机构", "graded by", "decided by", "rated by"),
    Field.GRADE_REASON: ("评定理由", "认定理由", "审定理由", "评定依据", "认定依据", "reason for the grade", "reason for the rating"),
    Field.CALIBRATED_TOTAL: (
        "校准分",
        "校准总分",
        "校准得分",
        "校准后总分",
        "校准后得分",
        "调整后总分",
        "调整后得分",
        "calibrated total",
        "calibrated score",
    ),
    Field.FINAL_GRADE: (
        "校准等级",
        "校准后等级",
        "校准等第",
        "等级调整",
        "调整等级",
        "调整后等级",
        "calibrated grade",
        "calibrated rating",
    ),
    Field.CALIBRATION_REASON: (
        "校准理由",
        "校准原因",
        "校准依据",
        "校准说明",
        "调整理由",
        "调整原因",
        "calibration reason",
        "reason for the calibration",
    ),
    Field.CALIBRATED_BY: ("校准人", "校准机构", "校准部门", "调整人", "calibrated by"),
    Field.PROBLEMS: ("存在问题", "存在的问题", "主要问题", "问题", "problems", "problems found"),
    Field.SUGGESTIONS: ("改进建议", "建议", "suggestions", "suggestions for improvement"),
    Field.MEASURES: ("改进措施", "优化措施", "商定措施", "措施", "measures", "measures agreed"),
    Field.PASSWORD: ("打开密码", "密码", "文件密码", "口令", "打開密碼", "密碼", "檔案密碼", "password", "open password"),
    Field.RATER: (
        "评分人",
        "评分者",
        "评价人",
        "评价者",
        "评估人",
        "考评人",
        "打分人",
        "评议人",
        "考核人",
        "rater",
        "assessor",
        "evaluator",
        "appraiser",
    ),
    Field.START: ("在岗开始", "起始日期", "from", "start"),
    Field.END: ("在岗结束", "截止日期", "to", "end"),
    Field.INDICATOR: ("指标", "考核指标", "指标名称", "indicator"),
    Field.ACTUAL: ("实际值", "完成值", "得分", "actual", "value", "score"),
    Field.CONFIRMED: ("数值确认", "确认数值", "数值核实", "confirmed values", "confirmed"),
    Field.UNIT: ("单位", "计量单位", "unit", "unit of measure"),
    Field.LINE_REMARK: NOTES,
    Field.OWN_TARGET: ("目标值", "目标", "target", "goal"),
    Field.OWN_THRESHOLD: ("底线值", "底线", "threshold"),
    Field.OWN_STRETCH: ("挑战值", "stretch"),
    Field.OWN_WEIGHT: ("权重", "weight"),
    Field.OWN_POINTS: ("分值", "points"),
    Field.OWN_NAME: ("内容", "指标内容", "名称", "关键结果", "content", "own indicator", "key result"),
}
"""The headers of each field. Case, width and spaces make no difference, and a harmless remark may follow: 工号（必填）."""

UNIT_WORDS: dict[Field, tuple[str, ...]] = {
    Field.ID: ("考核对象编号", "unit id"),
    Field.NAME: ("考核对象", "被考核对象", "assessed unit", "unit name"),
}
"""Further headers where a plan assesses units."""
FINAL_GRADE_WORDS = ("最终等级", "final grade", "final rating")
"""Headers of the grade that people decide, where the plan leaves all grades to them; elsewhere of the grade that a calibration gives."""
_UNIT_WORDS_WIDE = ("单位", "单位名称", "unit")
"""And of the name in the wide form: in the long one, 单位 may be what a value is measured in."""
OF_UNITS = frozenset({Field.PROBLEMS, Field.SUGGESTIONS, Field.MEASURES})
"""Fields that only reports on units print."""

CALIBRATED = (Field.CALIBRATED_TOTAL, Field.FINAL_GRADE, Field.CALIBRATION_REASON, Field.CALIBRATED_BY)
LONG = frozenset({Field.INDICATOR, Field.ACTUAL})
"""The fields of the form with one row an indicator."""
SCORES = frozenset({"得分", "score"})
"""Headers of the column of values that mean scores, and no actuals that have yet to be scored."""
OWN = (Field.OWN_TARGET, Field.OWN_THRESHOLD, Field.OWN_STRETCH, Field.OWN_WEIGHT, Field.OWN_POINTS, Field.OWN_NAME)
"""What a person may have of their own, an indicator each: columns of the long form, words beside an indicator's name in the wide one."""
OWN_AMOUNTS = OWN[:3]  # measured as the indicator's actuals are
_LONG_ONLY = LONG | {Field.UNIT, Field.LINE_REMARK, *OWN}
_NOTES = frozenset(map(fold, NOTES))

_YIELDING = OF_UNITS.union(
    (Field.PASSWORD, Field.RATER, Field.START, Field.END, Field.GROUP, Field.CONCLUSION, Field.CONFIRMED),
    (Field.PUBLISHED_TOTAL, Field.PUBLISHED_GRADE, Field.PUBLISHED_RANK, Field.GRADE, Field.GRADED_BY, Field.GRADE_REASON),
    CALIBRATED,
)
"""Fields that few tables have: where the plan calls something `start`, that is what the column means."""

_BRACKETS = re.compile(r"(.+?)[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")


class ColumnKind(StrEnum):
    """What a word may stand for. The value is how messages call it."""

    FIELD = "field"
    INDICATOR = "indicator"
    COMPUTED = "computed indicator"
    INPUT = "input of a formula"
    ITEM = "counted item"
    VETO = "veto item"
    OWN_TARGET = "own target"
    OWN_THRESHOLD = "own threshold"
    OWN_STRETCH = "own stretch value"
    OWN_WEIGHT = "own weight"
    OWN_POINTS = "own points"
    OWN_NAME = "own indicator"
    REMARK = "remark"
    VOTES = "votes for a level"


class Target(NamedTuple):
    """What a word stands for: a field, or what the plan has, by the key of an indicator or the name of anything else."""

    kind: ColumnKind
    name: str


T = TypeVar("T", bound=Hashable)


class Vocabulary(Generic[T]):
    """Words and what they stand for. A word as written goes before one that only resembles it, and that before one with a remark behind."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        self._written: dict[str, dict[T, None]] = defaultdict(dict)
        self._folded: dict[str, dict[T, None]] = defaultdict(dict)
        for word, target in words:
            self._written[word][target] = None
            self._folded[fold(word)][target] = None

    def look_up(self, text: str) -> tuple[T, ...]:
        """List what `text` may stand for: nothing, one target, or several."""
        folded = fold(text)
        bare = _BRACKETS.fullmatch(folded)
        return self._exactly(text) or tuple((self._folded.get(bare[1]) if bare else None) or ())

    def _exactly(self, text: str) -> tuple[T, ...]:
        return tuple(self._written.get(text) or self._folded.get(fold(text)) or ())

    def read(self, text: str, further: Iterable[str] = ()) -> tuple[tuple[T, ...], HeaderParts]:
        """List what `text` may stand for, with the remarks beside its name: in brackets, behind a separator, or one of `further`."""
        exact = self._exactly(text)
        if exact:
            return exact, HeaderParts(text, ())
        known = ((by_word, parts) for parts in split_header(text, further) if (by_word := self._folded.get(fold(parts.name))))
        by_word, parts = next(known, ({}, HeaderParts(text, ())))
        return tuple(by_word), parts

    def nearest(self, text: str) -> str | None:
        """Return the word that `text` most resembles."""
        near = difflib.get_close_matches(text, list(self._written), n=1, cutoff=0.6)
        return near[0] if near else None


def plan_words(plan: PlanFile) -> Iterator[tuple[str, Target]]:
    """Return the words for what the plan has: indicators, the inputs of their formulas and of pay, items and vetoes."""
    for placed in plan.indicators:
        kind = ColumnKind.COMPUTED if placed.indicator.computation else ColumnKind.INDICATOR
        yield from ((word, Target(kind, placed.key)) for word in _indicator_words(placed))
    for name, (placed, level) in vote_columns(plan).items():
        paths = [f"{word}{sign}{level}" for word in _indicator_words(placed) for sign in _PATH_SIGNS]
        yield from ((word, Target(ColumnKind.VOTES, name)) for path in paths for word in (path, f"{path}票数"))
    names = input_names(plan)
    for _, formula in formulas(plan):
        yield from ((name, Target(ColumnKind.INPUT, names[fold(name)])) for name in formula.names)
    yield from further_figures(plan).items()
    yield from ((name, Target(ColumnKind.ITEM, name)) for name in plan.item_names)
    yield from ((veto.name, Target(ColumnKind.VETO, veto.name)) for veto in plan.plan.entered_vetoes)


_PATH_SIGNS = ("/", "·", "・", "‧", "•", "–", "—", "-")
"""What may stand between a dimension's name and an indicator's: the key's sign, what documents print in each language, and their like."""


def _indicator_words(placed: PlacedIndicator) -> list[str]:
    indicator = placed.indicator
    paths = [f"{placed.dimension.name}{sign}{indicator.name}" for sign in _PATH_SIGNS] if placed.dimension.name else []
    return [word for word in (indicator.name, indicator.id, placed.key, *paths) if word]


def field_words(fields: Iterable[Field]) -> Iterator[tuple[str, Target]]:
    """Return the words for fields of a person."""
    return ((word, Target(ColumnKind.FIELD, field)) for field in fields for word in in_both_scripts(WORDS[field]))


def words_of(plan: PlanFile, field: Field, *, wide: bool = True) -> tuple[str, ...]:
    """List the headers of a field in results of a plan, the one that names it best first."""
    if field is (Field.GRADE if are_decided(plan.plan) else Field.FINAL_GRADE):
        return (*WORDS[field], *FINAL_GRADE_WORDS)
    if field is Field.COMMENT and not wide:
        return tuple(word for word in WORDS[field] if fold(word) not in _NOTES)  # in the long form they are about the row's indicator
    unit = plan.plan.assessed_unit
    if unit is None or field not in UNIT_WORDS:
        return WORDS[field]
    own = (unit, f"{unit}名称", f"{unit}名稱") if field is Field.NAME else (f"{unit}编号", f"{unit}編號")
    return (*own, *UNIT_WORDS[field], *(_UNIT_WORDS_WIDE if wide and field is Field.NAME else ()), *WORDS[field])


def _fields(plan: PlanFile, *, wide: bool) -> list[tuple[str, Target]]:
    """Return the words for the fields that a plan has; the word for its units stands for nothing else."""
    fields = [field for field in Field if _has(plan, field) and not (wide and field in _LONG_ONLY)]
    words = [(word, Target(ColumnKind.FIELD, field)) for field in fields for word in in_both_scripts(words_of(plan, field, wide=wide))]
    unit = fold(plan.plan.assessed_unit or "")
    return [(word, target) for word, target in words if fold(word) != unit or target.name == Field.NAME]


def wide_words(plan: PlanFile) -> list[tuple[str, Target]]:
    """Return the words for the columns of the wide form, in which what the plan has stands in columns of its own."""
    own = list(plan_words(plan))
    folded = {fold(word) for word, _ in own}
    fields = _fields(plan, wide=True)
    return [(word, target) for word, target in fields if target.name not in _YIELDING or fold(word) not in folded] + own


def long_words(plan: PlanFile) -> list[tuple[str, Target]]:
    """Return the words for the columns of the long form."""
    return _fields(plan, wide=False)


def _has(plan: PlanFile, field: Field) -> bool:
    distribution = plan.plan.distribution
    if field in OF_UNITS or field is Field.GROUP:
        return plan.plan.assessed_unit is not None if field in OF_UNITS else bool(distribution and distribution.by is QuotaScope.GROUP)
    if field is Field.OWN_NAME:
        return any(indicator.is_own for indicator in plan.plan.all_indicators)
    return field is not Field.RATER or bool(plan.plan.all_raters)


def pay_figures(plan: PlanFile) -> dict[str, Target]:
    """Map the name of every column that pay is computed with to what it stands for: it may be a figure of an indicator, too."""
    names = input_names(plan)
    return {name: Target(ColumnKind.INPUT, names.get(folded, name)) for folded, name in figures(plan).items()}


def further_figures(plan: PlanFile) -> dict[str, Target]:
    """Map the name of every column that pay is computed with, or that conditions use, to what it stands for."""
    of_pay = pay_figures(plan)
    names = input_names(plan) | {fold(name): target.name for name, target in of_pay.items()}
    return {name: Target(ColumnKind.INPUT, names.get(folded, name)) for folded, name in condition_figures(plan).items()} | of_pay


def resolve(targets: tuple[Target, ...]) -> tuple[Target, ...] | None:
    """Return what a word stands for, or None where that cannot be determined.

    A figure that is collected may be an indicator or item too: both take the same value.
    """
    others = [target for target in targets if target.kind is not ColumnKind.INPUT]
    clear = len(targets) == 1 or (len(others) <= 1 and all(target.kind is not ColumnKind.FIELD for target in others))
    return targets if clear else None
