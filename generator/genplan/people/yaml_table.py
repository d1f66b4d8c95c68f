"""Results in YAML: a list of mappings, one a record, whose keys are the headers."""

from collections.abc import Iterable

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import msg
from genplan.people.expected_content import ExpectedContent
from genplan.people.header_rows import HeaderRows
from genplan.people.model import Cell, Table
from genplan.people.password_detection import is_password_word, names_password, quoted_header
from genplan.people.raw_sheet import Record, Sheet
from genplan.people.tabulate import empty_file, tabulate
from genplan.source.text import decode
from genplan.source.yaml import Mapping, Scalar, Sequence, parse, plain

_SHAPE = msg("write a list with one entry per person: `- {工号: '0007', 姓名: 测试甲, 社群新增用户数: 512}`")


def read_yaml(data: bytes, file: str, expected: ExpectedContent) -> Outcome[Table | None]:
    """Read a YAML file; every value is taken as the text that was written, so `0007` stays an id.

    Finds GP002, GP005 and GP006 (not text), GP101 to GP104 (not YAML, a key twice), GP203 (a value that is not text), GP402
    (not a list of mappings), GP403 (empty), and what `tabulate` finds.
    """
    text, diagnostics = decode(data, file, private=True)
    if text is None or diagnostics:
        return Outcome(None, diagnostics)
    root, diagnostics = parse(text, file, private=True)
    if root is None:
        return Outcome(None, diagnostics or [empty_file(Span(file))])
    if not isinstance(root, Sequence):
        return Outcome(None, [diagnose("GP402", root.span, msg("the file is not a list of records"), help=_SHAPE)])
    entries = [item for item in root.items if isinstance(item, Mapping)]
    others = [item.span for item in root.items if not isinstance(item, Mapping)]
    diagnostics = [diagnose("GP402", span, msg("not a record of headers and values"), help=_SHAPE) for span in others]
    headers = _headers(entries)
    if not headers:
        return Outcome(None, diagnostics or [empty_file(Span(file))])
    columns = {cell.text: column for column, cell in headers.items()}
    records = [_record(entry, columns, diagnostics) for entry in entries]
    filled = [record for record in records if record.cells or record.unusable]
    fits = any(expected.is_key(cell.text) for cell in headers.values())
    table, more = tabulate(Sheet(file, filled), HeaderRows(0, -1, headers, fits), expected)
    return Outcome(table, diagnostics + more)


def _headers(entries: Iterable[Mapping]) -> dict[int, Cell]:
    """Every key, in the order of first appearance."""
    first: dict[str, Cell] = {}
    for entry in entries:
        for key, _ in entry.entries:
            first.setdefault(key.value.strip(), Cell(key.value.strip(), key.span))
    return dict(enumerate(first.values()))


def _record(entry: Mapping, columns: dict[str, int], diagnostics: list[Diagnostic]) -> Record:
    cells: dict[int, Cell] = {}
    unusable: set[int] = set()
    keys: dict[str, Scalar] = {}
    for key, value in entry.entries:
        name = key.value.strip()
        column = columns[name]
        earlier = keys.setdefault(name, key)
        if earlier is not key:
            diagnostics.append(_twice(key, earlier))
            unusable.add(column)
        elif not isinstance(value, Scalar):
            message = msg("{key} contains a list or a mapping where text is expected", key=quoted_header(name))
            diagnostics.append(diagnose("GP203", value.span, message, help=_SHAPE))
            unusable.add(column)
        elif plain(value).value is not None and value.value.strip():
            cells[column] = Cell(value.value.strip(), value.span)
        elif names_password(name) and not is_password_word(name):
            unusable.add(column)  # `打开密码:k7-Rain` is a key without a value; the one who reads headers reports it
    return Record(cells, entry.span, frozenset(unusable), entry.span.line or 0)


def _twice(key: Scalar, earlier: Scalar) -> Diagnostic:
    message = msg("key {key} appears twice", key=quoted_header(key.value))
    return diagnose("GP103", key.span, message, help=msg("keep one of them"), related=[Related(earlier.span, msg("first occurrence"))])
