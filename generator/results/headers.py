"""What the headers of a results file stand for: fields of a person, or indicators of the plan."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from generator.plan.load import PlacedIndicator, PlanFile
from generator.results.grid import header_twice
from generator.results.model import Cell, Table
from generator.results.wording import quoted


class Field(StrEnum):
    """A column of its own meaning, whatever the plan."""

    ID = "id"
    NAME = "name"
    DEPARTMENT = "department"
    POSITION = "position"
    PERIOD = "period"
    COMMENT = "comment"
    INDICATOR = "indicator"
    ACTUAL = "actual"


WORDS: dict[Field, tuple[str, ...]] = {
    Field.ID: ("工号", "员工编号", "员工工号", "人员编号", "编号", "id", "employee id", "employee no", "staff id"),
    Field.NAME: ("姓名", "员工姓名", "name", "employee name"),
    Field.DEPARTMENT: ("部门", "所属部门", "department"),
    Field.POSITION: ("岗位", "职位", "position"),
    Field.PERIOD: ("考核期", "期间", "考核期间", "period"),
    Field.COMMENT: ("评语", "备注", "考核评语", "comment", "comments", "remark"),
    Field.INDICATOR: ("指标", "考核指标", "指标名称", "indicator"),
    Field.ACTUAL: ("实际值", "完成值", "得分", "actual", "value", "score"),
}
"""The headers of each field. Case, width and spaces make no difference, and a remark in brackets behind may stand: 工号（必填）."""

_LONG = frozenset({Field.INDICATOR, Field.ACTUAL})
_BRACKETS = re.compile(r"(.+?)[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")

Target = str
"""A `Field`, or the key of an indicator as a plain string."""


def fold(text: str) -> str:
    """Make what differs in case, width or spaces alone the same. For comparing only: it is never shown."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Vocabulary:
    """Words and what they stand for. A word as written goes before one that only resembles it, and that before one with a remark behind."""

    def __init__(self, words: Iterable[tuple[str, Target]]) -> None:
        self._written: dict[str, dict[Target, None]] = defaultdict(dict)
        self._folded: dict[str, dict[Target, None]] = defaultdict(dict)
        for word, target in words:
            self._written[word][target] = None
            self._folded[fold(word)][target] = None

    def look_up(self, text: str) -> tuple[Target, ...]:
        """List what `text` may stand for: nothing, one target, or several where it is ambiguous."""
        folded = fold(text)
        bare = _BRACKETS.fullmatch(folded)
        found = self._written.get(text) or self._folded.get(folded) or (self._folded.get(bare[1]) if bare else None)
        return tuple(found or ())

    def nearest(self, text: str) -> str | None:
        """Give the word that `text` most resembles."""
        near = difflib.get_close_matches(text, list(self._written), n=1, cutoff=0.6)
        return near[0] if near else None


def indicator_words(indicators: Iterable[PlacedIndicator]) -> Iterator[tuple[str, Target]]:
    """Give the words that name each indicator: its name, id, and both its dimension and name."""
    for placed in indicators:
        indicator = placed.indicator
        words = [indicator.name, indicator.id, placed.key, f"{placed.dimension.name}/{indicator.name}"]
        yield from ((word, placed.key) for word in words if word)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    `fields` and `indicators` go from what is meant to the header. `long` tells that each row holds one indicator of a person, named under
    `Field.INDICATOR`. `unclear` are headers that may mean several indicators, with the keys of these; `unusable` the indicators with two
    columns.
    """

    fields: Mapping[Field, str]
    indicators: Mapping[str, str]
    unclear: Mapping[str, tuple[str, ...]]
    unusable: frozenset[str]
    long: bool


def read_headers(table: Table, plan: PlanFile) -> Outcome[Columns | None]:
    """Find what each header stands for.

    Finds GP403 (no ids, the one case without a value), GP404 (unknown), GP411 (two headers that mean the same) and GP414 (ambiguous).
    """
    long = _is_long(table)
    vocabulary = _vocabulary(plan, long=long)
    meant: dict[Target, Cell] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    twice: set[Target] = set()
    unknown: list[Cell] = []
    found: list[Diagnostic] = []
    for header in table.headers:
        match vocabulary.look_up(header.text):
            case ():
                unknown.append(header)
            case (target,):
                if meant.setdefault(target, header) is not header:
                    twice.add(target)
                    found.append(header_twice(header, meant[target]))
            case several:
                unclear[header.text] = several
                found.append(ambiguous(header, several))
    fields = {target: cell.text for target, cell in meant.items() if isinstance(target, Field)}
    if Field.ID not in fields:
        return Outcome(None, [_no_ids(table)])
    found += [_unknown(table, header, vocabulary, set(meant), long=long) for header in unknown]
    indicators = {target: cell.text for target, cell in meant.items() if not isinstance(target, Field)}
    return Outcome(Columns(fields, indicators, unclear, frozenset(twice - set(fields)), long), found)


def _field_words(fields: Iterable[Field]) -> Iterator[tuple[str, Target]]:
    return ((word, field) for field in fields for word in WORDS[field])


def _is_long(table: Table) -> bool:
    fields = Vocabulary(_field_words(Field))
    named = {target for header in table.headers for target in fields.look_up(header.text)}
    return named >= _LONG


def _vocabulary(plan: PlanFile, *, long: bool) -> Vocabulary:
    """Only the long form has the columns of its two fields, and only the wide form those of indicators."""
    if long:
        return Vocabulary(_field_words(Field))
    fields = [field for field in Field if field not in _LONG]
    return Vocabulary([*_field_words(fields), *indicator_words(plan.indicators)])


def _no_ids(table: Table) -> Diagnostic:
    headers = ", ".join(quoted(header.text) for header in table.headers[:8])
    span = table.headers[0].span if table.headers else Span(table.file)
    advice = "head a column 工号 (or 编号, employee id); the first filled row holds the headers, separated by commas, tabs or semicolons"
    return diagnose("GP403", span, f"no column holds employee ids; the headers are: {headers}", help=advice)


def _unknown(table: Table, header: Cell, vocabulary: Vocabulary, meant: set[Target], *, long: bool) -> Diagnostic:
    """GP404: an error where the header is mostly the misspelt name of an indicator that has no column, for it would count as missing."""
    filled = sum(header.text in row.cells for row in table.rows)
    near = vocabulary.nearest(header.text)
    misspelt = near is not None and all(target not in meant and not isinstance(target, Field) for target in vocabulary.look_up(near))
    wide = "in this form, indicators stand in the column of their own" if long else "head it with an indicator's name or id, or remove it"
    return diagnose(
        "GP404",
        header.span,
        f"unknown column {quoted(header.text)}; its {filled} filled cell{'s are' if filled != 1 else ' is'} not used",
        help=f"did you mean `{near}`?" if near else wide,
        severity=Severity.NOTE if not filled else Severity.ERROR if misspelt else None,
    )


def ambiguous(cell: Cell, targets: Iterable[Target]) -> Diagnostic:
    """GP414: a word that may mean several indicators."""
    options = "` or `".join(f"{WORDS[target][0]}" if isinstance(target, Field) else target for target in targets)
    return diagnose("GP414", cell.span, f"{quoted(cell.text)} may mean more than one thing", help=f"write `{options}`")
