"""A table read as people's results, in its wide form (one row a person) or its long one (one row a person and value)."""

from generator.diagnostics import Outcome
from generator.plan.load import PlanFile
from generator.plan.periods import Period
from generator.plan.scoring import Direct, Rubric
from generator.results.headers import Columns, read_headers
from generator.results.ids import with_clean_ids
from generator.results.joining import join_rows
from generator.results.model import PersonResult, Table
from generator.results.rows import Rows
from generator.results.secrecy import names_password, veiled
from generator.results.settle import Settler
from generator.results.vocabulary import Field, Kind, Target


def read_people(table: Table, plan: PlanFile, default: Period | None) -> Outcome[list[PersonResult]]:
    """Read who reached what; `default` is the period of rows that state none.

    A row whose person, period or days cannot be told is left out. A value that cannot be used is left out of the person's results and
    stands in `unusable`. Rows of a person are joined in the long form, and where the table says who rated; else a person may come twice,
    which `drop_repeated` finds across files as well.
    Finds GP403, GP404, GP411, GP414 and GP427 (headers), GP406, GP407 and GP425 (values), GP408 and GP421 (rows that are joined), GP409
    and GP487 (ids that are numbers), GP415 (no name), GP416 (no period), GP417 (no id), GP424 (raters), GP426 (days) and GP446 (a decided
    grade).
    """
    columns, found = read_headers(table, plan)
    if columns is None:
        return Outcome([], found)
    table = with_clean_ids(table, columns.fields.get(Field.ID, ""))
    if columns.secret or _names_passwords(table, columns):
        table = veiled(table, columns.secret)
    rated = _rated(plan, columns)
    rows = Rows(table, plan, columns, default, rated)
    drafts = rows.drafts()
    found += rows.found
    if columns.long or columns.rated:
        drafts = join_rows(drafts, found)
    settler = Settler(plan, rated, found, agreeing=columns.rated)
    return Outcome([settler.person(draft) for draft in drafts], found)


def _names_passwords(table: Table, columns: Columns) -> bool:
    """Tell whether a table in the long form names passwords among its indicators."""
    header = columns.fields.get(Field.INDICATOR, "")
    return columns.long and any(names_password(row.cells[header].text) for row in table.rows if header in row.cells)


def _rated(plan: PlanFile, columns: Columns) -> frozenset[Target]:
    """List the indicators whose values are a rater's: in a table that names raters, all that are judged."""
    judged = [placed.key for placed in plan.indicators if isinstance(placed.indicator.method, Direct | Rubric)]
    return frozenset(Target(Kind.INDICATOR, key) for key in judged) if columns.rated else frozenset()
