"""What the headers of a results file stand for: fields of a person, or what the plan has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from generator.plan.load import PlanFile
from generator.results.grid import header_twice
from generator.results.model import Cell, Table
from generator.results.secrecy import names_password, quoted_header
from generator.results.vocabulary import (
    LONG,
    WORDS,
    Field,
    Kind,
    Target,
    Vocabulary,
    field_words,
    is_like_id_word,
    long_words,
    resolve,
    wide_words,
)
from generator.source.text import fold


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    `fields` and `targets` go from what is meant to the header. `long` tells that each row holds one value of a person, of what is named
    under `Field.INDICATOR`. `unclear` are headers that may mean several things, with these; `unusable` is what has two columns. `suspects`
    are unknown headers under which passwords may stand.
    """

    fields: Mapping[Field, str]
    targets: Mapping[Target, str]
    unclear: Mapping[str, tuple[Target, ...]]
    unusable: frozenset[Target]
    suspects: frozenset[str]
    long: bool

    @property
    def rated(self) -> bool:
        """Whether the table says who rated."""
        return Field.RATER in self.fields

    @property
    def secret(self) -> frozenset[str]:
        """The headers under which passwords stand, or may stand."""
        own = self.fields.get(Field.PASSWORD)
        return self.suspects | {own} if own else self.suspects


def read_headers(table: Table, plan: PlanFile) -> Outcome[Columns | None]:
    """Find what each header stands for.

    Finds GP403 (no ids, the one case without a value), GP404 (unknown), GP411 (two headers that mean the same), GP414 (ambiguous) and
    GP427 (an indicator that is computed).
    """
    long = _is_long(table)
    vocabulary = Vocabulary(long_words(plan) if long else wide_words(plan))
    meant: dict[Target, Cell] = {}
    unclear: dict[str, tuple[Target, ...]] = {}
    twice: set[Target] = set()
    unknown: list[Cell] = []
    found: list[Diagnostic] = []
    for header in table.headers:
        several = vocabulary.look_up(header.text)
        targets = resolve(several)
        if targets is None:
            unclear[header.text] = several
            found.append(ambiguous(header, several))
        elif not targets:
            unknown.append(header)
        else:
            earlier = {target: cell for target in targets if (cell := meant.setdefault(target, header)) is not header}
            twice |= set(earlier)
            found += [header_twice(header, cell) for cell in list(earlier.values())[:1]]
    fields = {Field(target.name): cell.text for target, cell in meant.items() if target.kind is Kind.FIELD}
    if Field.ID not in fields and not (plan.plan.assessed_unit and Field.NAME in fields):
        return Outcome(None, [_no_ids(table, plan, vocabulary)])
    filled = Counter(header for row in table.rows for header in row.cells)
    suspects = [header for header in unknown if names_password(header.text)]
    unlocked = {header.text: _unlocked(table, header, fields.get(Field.PASSWORD, "")) for header in suspects}
    found += [_password_column(header, unlocked[header.text]) for header in suspects if unlocked[header.text]]
    strangers = [header for header in unknown if not unlocked.get(header.text)]
    found += [_unknown(header, vocabulary, set(meant), filled[header.text], long=long) for header in strangers]
    found += [computed_column(t, cell, filled[cell.text]) for t, cell in meant.items() if t.kind is Kind.COMPUTED]
    targets_only = {target: cell.text for target, cell in meant.items() if target.kind not in (Kind.FIELD, Kind.COMPUTED)}
    return Outcome(Columns(fields, targets_only, unclear, frozenset(twice & set(targets_only)), _texts(suspects), long), found)


_COUNTING = frozenset({"序号", "序號", "行号", "行號", "no", "no.", "#", "s/n", "serialno."})
"""Headers of columns that number the rows."""


def _texts(headers: Iterable[Cell]) -> frozenset[str]:
    return frozenset(header.text for header in headers)


def _is_long(table: Table) -> bool:
    fields = Vocabulary(field_words(Field))
    named = {target.name for header in table.headers for target in fields.look_up(header.text)}
    return named >= LONG


def _no_ids(table: Table, plan: PlanFile, vocabulary: Vocabulary[Target]) -> Diagnostic:
    """GP403; a first row in which no header is known mostly holds a person, of whom nothing is to be shown."""
    count = len(table.headers)
    known = any(vocabulary.look_up(header.text) for header in table.headers)
    unit = plan.plan.assessed_unit
    lacking = f"names the units ({unit})" if unit else "holds employee ids"
    what = f"no column {lacking}; the headers are: {', '.join(quoted_header(header.text) for header in table.headers[:8])}"
    if not known and count > 1:
        what = f"the first filled row does not hold the headers: none of its {count} cells is one that genplan knows"
    span = table.headers[0].span if table.headers else Span(table.file)
    wanted = f"{unit} (or 考核对象, assessed unit)" if unit else "工号 (or 编号, employee id)"
    likely = next(
        (header for header in table.headers if known and not vocabulary.look_up(header.text) and is_like_id_word(header.text)), None
    )
    advice = f"head a column {wanted}; cells are separated by commas, tabs or semicolons"
    if likely and not unit:
        advice = f"if {quoted_header(likely.text)} holds the ids, head it 工号 (or 编号, employee id)"
    return diagnose("GP403", span, what, help=advice)


def _unlocked(table: Table, header: Cell, own: str) -> int:
    """Count the rows that have a password, it seems, under a header that is not the one for passwords, and none under that."""
    return sum((header.text in row.cells or header.text in row.unusable) and own not in row.cells for row in table.rows)


def _password_column(header: Cell, rows: int) -> Diagnostic:
    """GP431."""
    unused = f"the {rows} rows with one are" if rows > 1 else "the row with one is"
    message = f"passwords may stand in the column {quoted_header(header.text)}, which genplan does not know; {unused} not used"
    advice = "head the column 打开密码 if it locks files; if it does not, give it a name without “password”, or remove it"
    return diagnose("GP431", header.span, message, help=advice)


def _unknown(header: Cell, vocabulary: Vocabulary[Target], meant: set[Target], filled: int, *, long: bool) -> Diagnostic:
    """GP404: an error where the header is mostly the misspelt name of something without a column, for it would count as missing."""
    near = vocabulary.nearest(header.text)
    targets = vocabulary.look_up(near) if near is not None else ()
    if any(target.kind is Kind.COMPUTED for target in targets):
        near = None  # a column that would not be used either
    misspelt = near is not None and all(target not in meant and target.kind is not Kind.FIELD for target in targets)
    wide = "in this form, indicators stand in the column of their own" if long else "head it with an indicator's name or id, or remove it"
    return diagnose(
        "GP404",
        header.span,
        f"unknown column {quoted_header(header.text)}; its {filled} filled cell{'s are' if filled != 1 else ' is'} not used",
        help=f"did you mean `{near}`?" if near else wide,
        severity=Severity.NOTE if not filled or fold(header.text) in _COUNTING else Severity.ERROR if misspelt else None,
    )


def computed_column(target: Target, cell: Cell, filled: int) -> Diagnostic:
    """GP427: values of an indicator that is computed; `cell` names it, and so many cells are filled."""
    values = "the value entered for it is" if filled == 1 else f"the {filled} values entered for it are"
    message = f"`{target.name}` is computed by a formula (计算式); {values} not used"
    advice = "enter the inputs of the formula instead, or take `compute` out of the plan"
    return diagnose("GP427", cell.span, message, help=advice, severity=None if filled else Severity.NOTE)


def ambiguous(cell: Cell, targets: Iterable[Target]) -> Diagnostic:
    """GP414: a word that may mean several things."""
    message = f"{quoted_header(cell.text)} may mean more than one thing"
    ways = list(_ways(targets))
    if all(fold(word) != fold(cell.text) for word, _ in ways):
        return diagnose("GP414", cell.span, message, help="write " + " or ".join(f"`{word}`" for word, _ in ways))
    called = ", ".join(f"the {kind} `{word}`" for word, kind in ways)
    return diagnose("GP414", cell.span, message, help=f"rename all but one of these in the plan: {called}")


def _ways(targets: Iterable[Target]) -> Iterator[tuple[str, Kind]]:
    """Give the word that names each target best."""
    for target in targets:
        yield (WORDS[Field(target.name)][0] if target.kind is Kind.FIELD else target.name), target.kind
