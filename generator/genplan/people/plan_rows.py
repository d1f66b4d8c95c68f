"""Selects the rows of a table that belong to a plan, where the file holds people of other plans too."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from genplan.messages import a_few, listing, msg, plural
from genplan.people.expected_content import ExpectedContent
from genplan.people.ids import clean_id
from genplan.people.model import Row, Table
from genplan.people.password_detection import holds_password, names_password
from genplan.people.plan_scope import Affiliation, PlanScope, assign_rows, can_separate, read_affiliations
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted

_CURE = msg("correct the position (岗位) or department (部门), add a plan for them, or list the position in `position_aliases` (岗位别名)")


def needs_other_plans(tables: Sequence[Table], expected: ExpectedContent, own: PlanScope) -> bool:
    """Return whether it depends on the other plans which sheets and rows of a file are a plan's."""
    return sum(table.identifies_people for table in tables) > 1 or any(
        can_separate(read_affiliations(table, expected), own) for table in tables
    )


def select_plan_rows(
    table: Table, expected: ExpectedContent, own: PlanScope, others: Sequence[PlanScope], departments: frozenset[str] = frozenset()
) -> Outcome[Table]:
    """Keep the rows that belong to the plan `own`. `others` are the plans that read the same file, `departments` those of all plans.

    Finds GP488 (rows that fall under no plan; an error where none falls under this one, though all may be meant for it) and GP489 (a row
    that falls under two plans).
    """
    affiliations = read_affiliations(table, expected)
    if not table.identifies_people or not table.rows or not can_separate(affiliations, own):
        return Outcome(table, [])
    scopes = [own, *others]
    matches = assign_rows(affiliations, scopes, departments | {scope.department for scope in scopes})
    matches = _with_transfers(table, expected, own, matches)
    secret = any(names_password(header.text) for header in table.headers)
    if secret:
        matches = [
            [own] if _may_have_slipped(affiliation) else matching for affiliation, matching in zip(affiliations, matches, strict=True)
        ]
    by_position = bool(own.positions) and any(affiliation.position for affiliation in affiliations)
    if not others and not by_position and not any(own in matching for matching in matches):
        return Outcome(table, [_other_departments(table, own, {affiliation.department for affiliation in affiliations} & departments)])
    if not others:
        matches = [
            matching or ([own] if _is_unsaid(affiliation, own) else []) for matching, affiliation in zip(matches, affiliations, strict=True)
        ]
    diagnostics = [
        _under_two(row, matching) for row, matching in zip(table.rows, matches, strict=True) if own in matching and len(matching) > 1
    ]
    rows = tuple(row for row, matching in zip(table.rows, matches, strict=True) if matching == [own])
    strays = [(row, affiliation) for row, matching, affiliation in zip(table.rows, matches, affiliations, strict=True) if not matching]
    if strays:
        diagnostics.append(_under_none(strays, secret=secret, nobody=not any(matches)))
    elif not rows and not diagnostics:
        message = msg("no row of this table belongs to the plan {file}; all belong to other plans", file=own.file)
        diagnostics.append(diagnose("GP488", table.rows[0].span, message, help=_CURE))
    return Outcome(replace(table, rows=rows), diagnostics)


def _with_transfers(table: Table, expected: ExpectedContent, own: PlanScope, matches: list[list[PlanScope]]) -> list[list[PlanScope]]:
    """Add to a plan's rows those in which its people state days in a position of no plan, before or after a transfer within the period."""
    fields = {field: header.text for header in table.headers if (field := expected.field(header.text))}
    days = [fields[field] for field in (Field.START, Field.END) if field in fields]
    ids = [row.cells.get(fields.get(Field.ID, "")) for row in table.rows]
    people = {clean_id(cell.text) for cell, matching in zip(ids, matches, strict=True) if cell and own in matching}
    return [
        matching or ([own] if cell and clean_id(cell.text) in people and any(header in row.cells for header in days) else [])
        for row, cell, matching in zip(table.rows, ids, matches, strict=True)
    ]


def _is_unsaid(affiliation: Affiliation, own: PlanScope) -> bool:
    """Return whether a row of a file that no other plan reads says nothing of what the plan goes by."""
    return not (affiliation.position if own.positions and affiliation.position is not None else affiliation.department)


def _under_none(strays: Sequence[tuple[Row, Affiliation]], *, secret: bool, nobody: bool) -> Diagnostic:
    """GP488, with what the rows state unless the table has passwords, which may have slipped."""
    affiliations = dict.fromkeys(affiliation.position or affiliation.department or "" for _, affiliation in strays)
    if secret:
        message = plural("{count} row matches no plan and is not scored", "{count} rows match no plan and are not scored", len(strays))
    else:
        message = plural(
            "{count} row matches no plan (it states {words}) and is not scored",
            "{count} rows match no plan (they state {words}) and are not scored",
            len(strays),
            words=a_few([quoted(word) if word else msg("nothing") for word in affiliations], 4),
        )
    return diagnose("GP488", strays[0][0].span, message, help=_CURE, severity=Severity.ERROR if nobody else None)


def _may_have_slipped(affiliation: Affiliation) -> bool:
    """Return whether a password seems to stand where a position should: the row is then refused for that, whosever it is."""
    return any(holds_password(text) for text in (affiliation.position, affiliation.department) if text)


def _other_departments(table: Table, own: PlanScope, of_others: Collection[str | None]) -> Diagnostic:
    message = msg(
        "no row of this table states the plan's department ({department}); all {rows} rows are counted as its people",
        department=quoted(own.department),
        rows=len(table.rows),
    )
    severity = None if of_others else Severity.NOTE  # mostly these are parts of the department
    return diagnose("GP488", table.rows[0].span, message, help=_CURE, severity=severity)


def _under_two(row: Row, scopes: Sequence[PlanScope]) -> Diagnostic:
    plans = listing(sorted(scope.file for scope in scopes), " and ")
    advice = msg("give the plans different positions or departments, or have one of them read another file")
    return diagnose(
        "GP489", Span(row.span.file, row.span.line, cell=row.span.cell), msg("the row matches {plans}", plans=plans), help=advice
    )
