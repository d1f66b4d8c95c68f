"""A table read as people's results, in its wide form (one row a person) or its long one (one row a person and value)."""

from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, Outcome
from genplan.methods.method import Judged
from genplan.people.headers import Columns, read_headers
from genplan.people.ids import with_clean_ids
from genplan.people.joining import join_rows
from genplan.people.model import PersonResult, Table
from genplan.people.rows import Rows
from genplan.people.secrecy import names_password, veiled
from genplan.people.settle import Settler
from genplan.people.vocabulary import ColumnKind, Field, Target
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period


def read_people(table: Table, plan: PlanFile, default: Period | None, undated: Sequence[Diagnostic] = ()) -> Outcome[list[PersonResult]]:
    """Read who reached what; `default` is the period of rows that state none, and `undated` says why there is none, if that is known.

    A row whose person, period or days cannot be told is left out. A value that cannot be used is left out of the person's results and
    stands in `unusable`. Rows of a person are joined in the long form, and where the table says who rated; else a person may come twice,
    which `drop_repeated` finds across files as well.
    Finds GP403, GP404, GP411, GP414 and GP427 (headers), GP406, GP407 and GP425 (values), GP408 and GP421 (rows that are joined), GP409
    and GP487 (ids that are numbers), GP415 (no name), GP416 (no period), GP417 (no id), GP424 (raters), GP426 (days), GP446 (a decided
    grade), GP460 to GP463 (remarks, units, values to be confirmed), GP466 (nothing says who rated) and GP650 (a text that is too long).
    """
    columns, found = read_headers(table, plan, default)
    if columns is None:
        return Outcome([], found)
    table = with_clean_ids(table, columns.fields.get(Field.ID, ""))
    if columns.secret or _names_passwords(table, columns):
        table = veiled(table, columns.secret)
    rated = _rated(plan)
    rows = Rows(table, plan, columns, (default, undated), rated)
    drafts = rows.drafts()
    found += rows.found
    if columns.long or columns.rated:
        drafts = join_rows(drafts, found)
    settler = Settler(plan, rated, found, agreeing=columns.rated)
    people = [settler.person(draft) for draft in drafts]
    settler.report()
    return Outcome(people, found)


def _names_passwords(table: Table, columns: Columns) -> bool:
    """Tell whether a table in the long form names passwords among its indicators."""
    header = columns.fields.get(Field.INDICATOR, "")
    return columns.long and any(names_password(row.cells[header].text) for row in table.rows if header in row.cells)


def _rated(plan: PlanFile) -> frozenset[Target]:
    """List the indicators whose values are a rater's: where the plan has raters, all that are judged."""
    judged = [placed.key for placed in plan.indicators if isinstance(placed.indicator.method.takes, Judged)]
    return frozenset(Target(ColumnKind.INDICATOR, key) for key in judged) if plan.plan.raters else frozenset()
