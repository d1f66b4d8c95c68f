"""What a reader expects in a results file: the headers a plan knows, and how two header rows combine into one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from genplan.people.line_remarks import is_remark_word
from genplan.people.own_words import is_own_word
from genplan.people.vocabulary import ColumnKind, Field, Target, Vocabulary, field_words, long_words, wide_words
from genplan.plan.load import PlanFile
from genplan.plan.model import DEFAULT_LANGUAGE, Encoding, Weight
from genplan.source.quantity import parse_quantity
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts

_NEUTRAL = (
    "考核指标",
    "指标",
    "关键指标",
    "考核项目",
    "考核内容",
    "考核维度",
    "基本信息",
    "员工信息",
    "个人信息",
    "人员信息",
    "被考核人",
    "被考核人信息",
    "KPI",
    "indicators",
    "employee",
    "employee information",
)
"""Groups of columns whose name says nothing of what stands in them."""
_ACTUALS = ("实际值", "实际", "实际完成", "实际完成值", "完成值", "actual", "actual value")
_OF_PEOPLE = frozenset({Field.ID, Field.NAME, Field.DEPARTMENT, Field.POSITION, Field.COMMENT})
"""Fields that mean the same below any heading."""
_REMARK = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_IN_BRACKETS = re.compile(r"^[(（\[【]|[)）\]】]$")
_DECORATION = re.compile(r"^[*＊※★☆\s]+|[*＊：:\s]+$")


@dataclass(frozen=True)
class ExpectedContent:
    """The headers, groups and names that a plan expects in its results.

    `keys` are what a header row holds at least one of; `groups` are the headings of columns that have a meaning, folded: a dimension with
    its weight, a rater or a neutral word with none.
    """

    words: Vocabulary[Target]
    keys: frozenset[Target]
    groups: Mapping[str, Weight | None] = field(default_factory=dict)
    raters: frozenset[str] = frozenset()
    encoding: Encoding | None = None
    """The one that the plan names for its CSV files."""
    language: str = DEFAULT_LANGUAGE
    names: frozenset[str] = frozenset()
    """People who are known, by whose names an encoding can be determined."""

    def known(self, text: str) -> bool:
        """Return whether a header is known."""
        return bool(self.words.look_up(text))

    def is_key(self, text: str) -> bool:
        """Return whether a header is that of what says whose row it is."""
        return bool(self.keys & set(self.words.look_up(text)))

    def field(self, text: str) -> Field | None:
        """Return the field that a header stands for, if it is one."""
        return next((Field(target.name) for target in self.words.look_up(text) if target.kind is ColumnKind.FIELD), None)

    def plain(self, text: str) -> str:
        """Return a header without the signs that forms put around it, where it is known without them: `*工号`, `工号：`."""
        bare = _DECORATION.sub("", text)
        return bare if bare and not self.known(text) and self.known(bare) else text

    def join(self, group: str, header: str) -> str | None:
        """Return the header that two rows make of a heading and what stands below it; None where the heading is not understood."""
        header = self.plain(header)
        if not group or not header or fold(group) == fold(header):
            return header or self.plain(group)
        for path in (f"{group}/{header}", *self._match_weight(group, header)):
            if self.known(path):
                return path
        return self._beside(group, header)

    def _beside(self, group: str, header: str) -> str | None:
        """Join what is no dimension and its indicator."""
        name, below = fold(group), self.words.look_up(header)
        if below and (name in _NEUTRAL_WORDS or self.field(header) in _OF_PEOPLE or (name in self.groups and self.field(header))):
            return header
        if below and name in self.raters:
            return f"{header}（{group}）"
        if below and (is_own_word(group) or (is_remark_word(group) and not self.field(header))):
            return f"{header}（{group}）"
        if self.known(group):
            remark = _IN_BRACKETS.sub("", header)
            return self.plain(group) if fold(remark) in _ACTUAL_WORDS else f"{self.plain(group)}（{remark}）"
        return None if below else f"{group}/{header}"

    def _match_weight(self, group: str, header: str) -> list[str]:
        """Return the path below a dimension that is written with its weight: 工作业绩（60%）."""
        remark = _REMARK.fullmatch(group)
        weight = self.groups.get(fold(remark[1])) if remark else None
        written = parse_quantity(remark[2]) if remark else None
        same = weight is not None and written is not None and (written.written, written.percent) == (weight.number, weight.percent)
        return [f"{remark[1]}/{header}"] if remark and same else []

    def is_group(self, text: str) -> bool:
        """Return whether a text is a heading of columns that has a meaning."""
        remark = _REMARK.fullmatch(text)
        names = {fold(text), fold(remark[1])} if remark else {fold(text)}
        return bool(names & (self.groups.keys() | self.raters | _NEUTRAL_WORDS))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in in_both_scripts(words))


_NEUTRAL_WORDS = _folded(_NEUTRAL)
_ACTUAL_WORDS = _folded(_ACTUALS)
_ID = Target(ColumnKind.FIELD, Field.ID)
ANY_CONTENT = ExpectedContent(Vocabulary(field_words(Field)), frozenset({_ID}))
"""Expected content without a plan: the fields of a person."""


def expected_content(plan: PlanFile, names: frozenset[str] = frozenset()) -> ExpectedContent:
    """Return what a plan expects in its results; `names` are the names of known people."""
    words = Vocabulary([*wide_words(plan), *long_words(plan)])
    keys = {_ID, Target(ColumnKind.FIELD, Field.NAME)} if plan.plan.assessed_unit else {_ID}
    groups = {fold(dimension.name): dimension.weight for dimension in plan.plan.dimensions}
    raters = frozenset(fold(rater.name) for rater in plan.plan.all_raters)
    return ExpectedContent(words, frozenset(keys), groups, raters, plan.plan.encoding, plan.plan.language, names)
