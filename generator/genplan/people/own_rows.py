"""The rows of a table that are a plan's, where other people stand in it as well."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, a_few, diagnose
from genplan.people.claims import Claim, StatedPlace, assign, decides, places
from genplan.people.ids import clean_id
from genplan.people.model import Row, Table
from genplan.people.secrecy import holds_password, names_password
from genplan.people.sought import Sought
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted

_CURE = "correct the position (岗位) or department (部门), add a plan for them, or name it by `position_aliases` (岗位别名)"


def needs_others(tables: Sequence[Table], sought: Sought, own: Claim) -> bool:
    """Tell whether it depends on the other plans which sheets and rows of a file are a plan's."""
    return sum(table.fits for table in tables) > 1 or any(decides(places(table, sought), own) for table in tables)


def own_rows(
    table: Table, sought: Sought, own: Claim, others: Sequence[Claim], departments: frozenset[str] = frozenset()
) -> Outcome[Table]:
    """Keep the rows that fall under a plan; rows of other plans that read the file are theirs. `departments` are those of all plans.

    Finds GP488 (rows that fall under no plan; an error where none falls under this one, though all may be meant for it) and GP489 (a row
    that falls under two plans).
    """
    stated = places(table, sought)
    if not table.fits or not table.rows or not decides(stated, own):
        return Outcome(table, [])
    claims = [own, *others]
    under = assign(stated, claims, departments | {claim.department for claim in claims})
    under = _with_transfers(table, sought, own, under)
    secret = any(names_password(header.text) for header in table.headers)
    if secret:
        under = [[own] if _may_have_slipped(place) else fallen for place, fallen in zip(stated, under, strict=True)]
    by_position = bool(own.positions) and any(place.position for place in stated)
    if not others and not by_position and not any(own in fallen for fallen in under):
        return Outcome(table, [_other_departments(table, own, {place.department for place in stated} & departments)])
    if not others:
        under = [fallen or ([own] if _is_unsaid(place, own) else []) for fallen, place in zip(under, stated, strict=True)]
    found = [_under_two(row, fallen) for row, fallen in zip(table.rows, under, strict=True) if own in fallen and len(fallen) > 1]
    kept = tuple(row for row, fallen in zip(table.rows, under, strict=True) if fallen == [own])
    strays = [(row, place) for row, fallen, place in zip(table.rows, under, stated, strict=True) if not fallen]
    if strays:
        found.append(_under_none(strays, secret=secret, nobody=not any(under)))
    elif not kept and not found:
        message = f"no row of this table falls under the plan {own.file}; all are other plans'"
        found.append(diagnose("GP488", table.rows[0].span, message, help=_CURE))
    return Outcome(replace(table, rows=kept), found)


def _with_transfers(table: Table, sought: Sought, own: Claim, under: list[list[Claim]]) -> list[list[Claim]]:
    """Give a plan the rows of its people that state days in a position of no plan: where they came from, or went, within the period."""
    fields = {field: header.text for header in table.headers if (field := sought.field(header.text))}
    days = [fields[field] for field in (Field.START, Field.END) if field in fields]
    ids = [row.cells.get(fields.get(Field.ID, "")) for row in table.rows]
    people = {clean_id(cell.text) for cell, fallen in zip(ids, under, strict=True) if cell and own in fallen}
    return [
        fallen or ([own] if cell and clean_id(cell.text) in people and any(header in row.cells for header in days) else [])
        for row, cell, fallen in zip(table.rows, ids, under, strict=True)
    ]


def _is_unsaid(place: StatedPlace, own: Claim) -> bool:
    """Tell whether a row of a file that no other plan reads says nothing of what the plan goes by."""
    return not (place.position if own.positions and place.position is not None else place.department)


def _under_none(strays: Sequence[tuple[Row, StatedPlace]], *, secret: bool, nobody: bool) -> Diagnostic:
    """GP488, with what the rows state unless the table has passwords, which may have slipped."""
    stated = dict.fromkeys(place.position or place.department or "" for _, place in strays)
    words = a_few([quoted(word) if word else "nothing" for word in stated], 4)
    what = "" if secret else f" (they state {words})"
    number = f"{len(strays)} row{'s fall' if len(strays) > 1 else ' falls'}"
    message = f"{number} under no plan{what}, and {'are' if len(strays) > 1 else 'is'} not scored"
    return diagnose("GP488", strays[0][0].span, message, help=_CURE, severity=Severity.ERROR if nobody else None)


def _may_have_slipped(place: StatedPlace) -> bool:
    """Tell whether a password seems to stand where a position should: the row is then refused for that, whosever it is."""
    return any(holds_password(text) for text in (place.position, place.department) if text)


def _other_departments(table: Table, own: Claim, of_others: Collection[str | None]) -> Diagnostic:
    message = (
        f"no row of this table states the department of the plan ({quoted(own.department)}); all {len(table.rows)} are taken for its people"
    )
    severity = None if of_others else Severity.NOTE  # mostly these are parts of the department
    return diagnose("GP488", table.rows[0].span, message, help=_CURE, severity=severity)


def _under_two(row: Row, claims: Sequence[Claim]) -> Diagnostic:
    plans = " and ".join(sorted(claim.file for claim in claims))
    advice = "give the plans different positions or departments, or have one of them read another file"
    return diagnose("GP489", Span(row.span.file, row.span.line, cell=row.span.cell), f"the row falls under {plans}", help=advice)
