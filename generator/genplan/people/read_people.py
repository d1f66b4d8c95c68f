"""Reads a table into people's results, in wide form (a row per person) or long form (a row per person and value)."""

from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, Outcome
from genplan.methods.method import Judged
from genplan.people.columns import Columns, read_columns
from genplan.people.ids import with_clean_ids
from genplan.people.merge_rows import merge_rows
from genplan.people.model import PersonResult, Table
from genplan.people.own_values import NOTHING_AGREED, Agreed
from genplan.people.password_detection import hide_passwords, names_password
from genplan.people.resolve_values import ValueResolver
from genplan.people.row_reader import RowReader
from genplan.people.vocabulary import ColumnKind, Field, Target
from genplan.people.votes import vote_columns
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period


def read_people(
    table: Table, plan: PlanFile, default: Period | None, undated_diagnostics: Sequence[Diagnostic] = (), agreed: Agreed = NOTHING_AGREED
) -> Outcome[list[PersonResult]]:
    """Read the results of each person in a table.

    `default` is the period of rows that state none; without one, `undated_diagnostics` say why, if known. `agreed` is what people have of
    their own by other files. A row whose person,
    period or days cannot be read is skipped. A value that cannot be used is omitted from the person's results and listed in `unusable`.
    Rows of one person are merged in the long form, and where the table says who rated; otherwise a person may appear twice, which
    `drop_repeated` detects across files as well.
    Finds GP403, GP404, GP411, GP414 and GP427 (headers), GP406, GP407 and GP425 (values), GP408 and GP421 (rows that are joined), GP409
    and GP487 (ids that are numbers), GP415 (no name), GP416 (no period), GP417 (no id), GP424 (raters), GP426 (days), GP446 (a decided
    grade), GP460 to GP463 (remarks, units, values to be confirmed), GP466 (nothing says who rated) and GP650 (a text that is too long).
    """
    columns, diagnostics = read_columns(table, plan, default)
    if columns is None:
        return Outcome([], diagnostics)
    table = with_clean_ids(table, columns.fields.get(Field.ID, ""))
    if columns.secret or _names_passwords(table, columns):
        table = hide_passwords(table, columns.secret)
    rated = _rated(plan)
    rows = RowReader(table, plan, columns, (default, undated_diagnostics), rated)
    drafts = rows.drafts()
    diagnostics += rows.diagnostics
    if columns.long or columns.rated:
        drafts = merge_rows(drafts, diagnostics)
    resolver = ValueResolver(plan, rated, diagnostics, agreed, allow_repeats=columns.rated)
    people = [resolver.person(draft) for draft in drafts]
    resolver.report()
    return Outcome(people, diagnostics)


def _names_passwords(table: Table, columns: Columns) -> bool:
    """Return whether a table in the long form names passwords among its indicators."""
    header = columns.fields.get(Field.INDICATOR, "")
    return columns.long and any(names_password(row.cells[header].text) for row in table.rows if header in row.cells)


def _rated(plan: PlanFile) -> frozenset[Target]:
    """List what is a rater's: where the plan has raters, all indicators that are judged, and votes for their levels."""
    votes = {Target(ColumnKind.VOTES, name) for name in vote_columns(plan)}
    judged = [placed.key for placed in plan.indicators if isinstance(placed.indicator.method.accepts, Judged)]
    return frozenset(Target(ColumnKind.INDICATOR, key) for key in judged) | votes if plan.plan.all_raters else frozenset()
