"""Results in YAML: a list of mappings, one a record, whose keys are the headers."""

from collections.abc import Iterable

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.people.grid import no_header_row, tabulate
from genplan.people.heads import Head
from genplan.people.model import Cell, Table
from genplan.people.secrecy import is_password_word, names_password, quoted_header
from genplan.people.sheet import Record, Sheet
from genplan.people.sought import Sought
from genplan.source.text import decode
from genplan.source.yaml import Mapping, Scalar, Sequence, parse, plain

_SHAPE = "write a list with one entry a person: `- {工号: '0007', 姓名: 测试甲, 社群新增用户数: 512}`"


def read_yaml(data: bytes, file: str, sought: Sought) -> Outcome[Table | None]:
    """Read a YAML file; every value is taken as the text that was written, so `0007` stays an id.

    Finds GP002, GP005 and GP006 (not text), GP101 to GP104 (not YAML, a key twice), GP203 (a value that is not text), GP402
    (not a list of mappings), GP403 (empty), and what `tabulate` finds.
    """
    text, found = decode(data, file, private=True)
    if text is None or found:
        return Outcome(None, found)
    root, found = parse(text, file, private=True)
    if root is None:
        return Outcome(None, found or [no_header_row(Span(file))])
    if not isinstance(root, Sequence):
        return Outcome(None, [diagnose("GP402", root.span, "the file does not hold a list of records", help=_SHAPE)])
    entries = [item for item in root.items if isinstance(item, Mapping)]
    others = [item.span for item in root.items if not isinstance(item, Mapping)]
    found = [diagnose("GP402", span, "not a record of headers and values", help=_SHAPE) for span in others]
    headers = _headers(entries)
    if not headers:
        return Outcome(None, found or [no_header_row(Span(file))])
    columns = {cell.text: column for column, cell in headers.items()}
    records = [_record(entry, columns, found) for entry in entries]
    filled = [record for record in records if record.cells or record.unusable]
    fits = any(sought.is_key(cell.text) for cell in headers.values())
    table, more = tabulate(Sheet(file, filled), Head(0, -1, headers, fits), sought)
    return Outcome(table, found + more)


def _headers(entries: Iterable[Mapping]) -> dict[int, Cell]:
    """Every key, in the order of first appearance."""
    first: dict[str, Cell] = {}
    for entry in entries:
        for key, _ in entry.entries:
            first.setdefault(key.value.strip(), Cell(key.value.strip(), key.span))
    return dict(enumerate(first.values()))


def _record(entry: Mapping, columns: dict[str, int], found: list[Diagnostic]) -> Record:
    cells: dict[int, Cell] = {}
    unusable: set[int] = set()
    keys: dict[str, Scalar] = {}
    for key, value in entry.entries:
        name = key.value.strip()
        column = columns[name]
        earlier = keys.setdefault(name, key)
        if earlier is not key:
            found.append(_twice(key, earlier))
            unusable.add(column)
        elif not isinstance(value, Scalar):
            found.append(
                diagnose("GP203", value.span, f"{quoted_header(name)} holds a list or a mapping where text is expected", help=_SHAPE)
            )
            unusable.add(column)
        elif plain(value).value is not None and value.value.strip():
            cells[column] = Cell(value.value.strip(), value.span)
        elif names_password(name) and not is_password_word(name):
            unusable.add(column)  # `打开密码:k7-Rain` is a key without a value; the one who reads headers reports it
    return Record(cells, entry.span, frozenset(unusable), entry.span.line or 0)


def _twice(key: Scalar, earlier: Scalar) -> Diagnostic:
    message = f"key {quoted_header(key.value)} stands twice"
    return diagnose("GP103", key.span, message, help="keep one of the two", related=[Related(earlier.span, "first here")])
