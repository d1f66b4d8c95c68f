"""Ids as they are compared: in one width, without what cannot be seen, and without the formula that keeps their zeros in a CSV file."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import msg, plural
from genplan.people.model import Cell, PersonResult, Row, Table
from genplan.people.wording import quoted

_INVISIBLE = frozenset({"Cf"})
_VARIANTS = range(0xFE00, 0xFE10)
"""Variation selectors: they choose the shape of the character before them, and have none themselves."""
_AS_FORMULA = re.compile(r'=\s*"([^"]*)"')
_APOSTROPHE = re.compile(r"^['‘’`](?=[0-9A-Za-z]+$)")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_WHOLE = re.compile(r"[A-Za-z]*[0-9]{1,15}")
"""A number that spreadsheets keep whole (they compute with 15 digits), perhaps behind letters that its format shows."""


def visible(text: str) -> str:
    """Return a text in one width (NFKC), trimmed, and without characters that cannot be seen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE and ord(c) not in _VARIANTS).strip()


def clean_id(text: str) -> str:
    """Return the id that a cell means: `="0007"`, `'0007` and `０００７` are all 0007."""
    plain = visible(text)
    formula = _AS_FORMULA.fullmatch(plain)
    return _APOSTROPHE.sub("", formula[1].strip() if formula else plain)


def with_clean_ids(table: Table, header: str) -> Table:
    """Clean the ids under a header; a cell in which nothing is to be seen is empty."""
    return replace(table, rows=tuple(_cleaned(row, header) for row in table.rows)) if header else table


def _cleaned(row: Row, header: str) -> Row:
    cell = row.cells.get(header)
    text = clean_id(cell.text) if cell else ""
    if cell is None or text == cell.text:
        return row
    others = {name: each for name, each in row.cells.items() if name != header}
    return replace(row, cells={header: replace(cell, text=text), **others} if text else others)


def numbers_are_whole(ids: Iterable[Cell]) -> bool:
    """Return whether ids that are stored as numbers can have lost no zeros: all ids of the column have as many digits."""
    cells = list(ids)
    return len({len(cell.text) for cell in cells}) == 1 and all(_WHOLE.fullmatch(cell.text) for cell in cells if cell.native)


def ids_as_numbers(ids: Sequence[Cell]) -> Diagnostic | None:
    """GP487 or GP409: ids that are stored as numbers, reported once for the column, which is usually numbers throughout."""
    native = [cell for cell in ids if cell.native]
    if not native:
        return None
    first, *others = native
    if numbers_are_whole(ids):
        message = plural(
            "{count} id of this column is stored as a number of {digits} digits and used as it is",
            "the {count} ids of this column are stored as numbers of {digits} digits and used as they are",
            len(native),
            digits=len(first.text),
        )
        advice = msg(
            "if ids can start with zeros, store them as text: select the column, choose 设置单元格格式 → 文本, and enter them again"
        )
        return diagnose("GP487", first.span, message, help=advice)
    if others:
        message = plural(
            "the id {id} is stored as a number or date, not as text, as is {count} more in the column; leading zeros may be lost",
            "the id {id} is stored as a number or date, not as text, as are {count} more in the column; leading zeros may be lost",
            len(others),
            id=quoted(first.text),
        )
    else:
        message = msg("the id {id} is stored as a number or date, not as text; leading zeros may be lost", id=quoted(first.text))
    advice = msg("select the column, choose 设置单元格格式 → 文本, and enter the ids again; or put an apostrophe before each: '0007")
    return diagnose("GP409", first.span, message, help=advice)


def without_leading_zeros(identifier: str) -> str:
    """Return what ids have in common that differ in leading zeros alone."""
    return _ZEROS.sub("", identifier)


def drop_ambiguous_ids(people: Sequence[PersonResult]) -> Outcome[tuple[PersonResult, ...]]:
    """Leave out all whose ids differ in leading zeros alone: GP486, once an id."""
    first: dict[str, tuple[str, Span]] = {}
    by_id: dict[str, Diagnostic] = {}
    for person in people:
        known, span = first.setdefault(without_leading_zeros(person.id), (person.id, person.span))
        if known != person.id and person.id not in by_id:
            message = msg("{id} and {other} differ only in leading zeros", id=quoted(person.id), other=quoted(known))
            advice = msg("write a person's id the same way everywhere; in a workbook, as text (文本)")
            by_id[person.id] = diagnose(
                "GP486", person.span, message, help=advice, related=[Related(span, msg("{id} here", id=quoted(known)))]
            )
    doubtful = {without_leading_zeros(identifier) for identifier in by_id}
    return Outcome(tuple(person for person in people if without_leading_zeros(person.id) not in doubtful), list(by_id.values()))
