"""Reports hidden rows and columns of a workbook, whether hidden by hand, by a filter or by a group."""

import re
from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import a_few, msg, plural
from genplan.people.expected_content import ExpectedContent
from genplan.people.non_person_rows import IdentityColumns
from genplan.people.password_detection import quoted_header
from genplan.people.raw_sheet import Record, Sheet
from genplan.source.text import fold

_STATUS = re.compile("(?:员工|員工|在职|在職|人员|人員|任职|任職)?(?:状态|狀態)|(?:employment)?status")
_GONE = re.compile("已?(?:离职|離職|离岗|離崗|辞职|辭職|退休|解聘|解除劳动合同)|left|resigned|terminated|inactive|retired")


def check_hidden(sheet: Sheet, records: Sequence[Record], columns: IdentityColumns, expected: ExpectedContent) -> list[Diagnostic]:
    """GP484: rows of people that are hidden and read all the same, and columns that are."""
    hidden = [record for record in records if record.number in sheet.hidden_rows]
    diagnostics: list[Diagnostic] = []
    advice = msg("show them (取消隐藏, or clear the filter) and check that they belong to the results; delete them if not")
    if hidden:
        message = plural(
            "{count} hidden row of this sheet is read and scored like the others",
            "{count} hidden rows of this sheet are read and scored like the others",
            len(hidden),
        )
        gone = sum(_is_gone(record, columns) for record in hidden)
        if gone:
            message = plural(
                "{hidden}, of which {count} is marked as having left (离职)",
                "{hidden}, of which {count} are marked as having left (离职)",
                gone,
                hidden=message,
            )
        diagnostics.append(diagnose("GP484", hidden[0].span, message, help=advice))
    used = [columns.headers[column] for column in sorted(sheet.hidden_columns & columns.headers.keys())]
    used = [cell for cell in used if expected.known(cell.text)]
    if used:
        message = plural(
            "{count} hidden column of this sheet is read: {headers}",
            "{count} hidden columns of this sheet are read: {headers}",
            len(used),
            headers=a_few([quoted_header(cell.text) for cell in used], 4),
        )
        diagnostics.append(diagnose("GP484", used[0].span, message, help=advice))
    return diagnostics


def _is_gone(record: Record, columns: IdentityColumns) -> bool:
    states = [column for column, cell in columns.headers.items() if _STATUS.fullmatch(fold(cell.text))]
    return any(_GONE.fullmatch(fold(record.cells[column].text)) for column in states if column in record.cells)
