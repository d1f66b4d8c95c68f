"""Results files with a password in each, and one thing wrong with most: what hands and programs do to files of HR."""

import io
from collections.abc import Callable, Mapping

from openpyxl import Workbook

HEAD = "工号,姓名,部门,打开密码,甲,乙,评语"


def rows(password: str) -> list[str]:
    return [HEAD, f"0001,甲某,运营部,{password},80,90,好", "0002,乙某,运营部,Other-Pass-77,70,80,"]


def _csv(change: Callable[[list[str], str], list[str] | str]) -> Callable[[str], bytes]:
    def make(password: str) -> bytes:
        lines = change(rows(password), password)
        return (lines if isinstance(lines, str) else "\n".join(lines) + "\n").encode("utf-8", "surrogatepass")

    return make


def _head(header: str) -> Callable[[str], bytes]:
    return _csv(lambda lines, _: [lines[0].replace("打开密码", header), *lines[1:]])


def _row(row: str) -> Callable[[str], bytes]:
    """Put another row in the place of the first, `P` for the password."""
    return _csv(lambda lines, password: [lines[0], row.replace("P", password), lines[2]])


def _long(head: str, *rows: str) -> Callable[[str], bytes]:
    return lambda password: "\n".join([head, *rows]).replace("P", password).encode()


CSV: dict[str, Callable[[str], bytes]] = {
    "as it should be": _csv(lambda lines, _: lines),
    "semicolons": _csv(lambda lines, _: [line.replace(",", ";") for line in lines]),
    "tabs": _csv(lambda lines, _: [line.replace(",", "\t") for line in lines]),
    "semicolons in one row": _csv(lambda lines, _: [lines[0], lines[1].replace(",", ";"), lines[2]]),
    "full-width commas in the head": _csv(lambda lines, _: [lines[0].replace(",", "，"), *lines[1:]]),
    "full-width commas in a row": _csv(lambda lines, _: [lines[0], lines[1].replace(",", "，"), lines[2]]),
    "no head": _csv(lambda lines, _: lines[1:]),
    "no head, password first": _csv(lambda _, password: [f"{password},0001,甲某,80,90", "\x01,0002,乙某,70,80"]),
    "head joined with a row": _csv(lambda lines, _: [lines[0] + lines[1], lines[2]]),
    "head below": _csv(lambda lines, _: [lines[1], lines[0], lines[2]]),
    "head twice": _csv(lambda lines, _: [lines[0], lines[0], *lines[1:]]),
    "title above": _csv(lambda lines, _: ["2026年第三季度考核结果", *lines]),
    "title with the password": _csv(lambda lines, password: [f"密码 {password}", *lines]),
    "rows joined": _csv(lambda lines, _: [lines[0], lines[1] + lines[2]]),
    "row torn at the password": _csv(
        lambda lines, password: [lines[0], *lines[1].replace(password, f"\n{password}").split("\n"), lines[2]]
    ),
    "quote not closed before the password": _row('0001,甲某,运营部,"P,80,90,好'),
    "quote not closed at the name": _row('0001,"甲某,运营部,P,80,90,好'),
    "quote in the password": _row('0001,甲某,运营部,P"x,80,90,好'),
    "text behind a quote": _row('0001,甲某,运营部,"P"x,80,90,好'),
    "name and password in one quote": _row('0001,"甲某,运营部,P",80,90,好'),
    "comma missing before the password": _row("0001,甲某,运营部 P,80,90,好"),
    "comma missing behind the password": _row("0001,甲某,运营部,P80,90,好"),
    "one empty cell too many": _row("0001,甲某,运营部,,P,90,好"),
    "two empty cells too many": _row("0001,甲某,运营部,,,P,好"),
    "department missing": _row("0001,甲某,P,80,90,好"),
    "name missing": _row("0001,P,运营部,,80,90,好"),
    "a cell more": _row("0001,甲某,运营部,x,P,80,90,好"),
    "password at the end": _row("0001,甲某,运营部,,80,90,好,P"),
    "password before": _row("P,0001,甲某,,80,90,好"),
    "password in the department too": _row("0001,甲某,P,P,80,90,好"),
    "password in the comment": _row("0001,甲某,运营部,P,80,90,密码：P"),
    "password in an indicator too": _row("0001,甲某,运营部,P,P,90,好"),
    "password is the actual": _row("0001,甲某,运营部,Short1,P,90,好"),
    "password with a unit": _row("0001,甲某,运营部,,12P,90,好"),
    "id missing": _row(",甲某,运营部,P,80,90,好"),
    "nameless": _row("0001,,运营部,P,80,90,好"),
    "actual in words": _row("0001,甲某,运营部,P,八十,abc,好"),
    "actual out of bounds": _row("0001,甲某,运营部,P,800,-90,好"),
    "actual missing": _row("0001,甲某,运营部,P,,90,好"),
    "spaces": _row(" 0001 , 甲某 , 运营部 , P , 80 , 90 , 好 "),
    "twice": _row("0001,甲某,运营部,P,80,90,好\n0001,甲某,运营部,P,81,90,好"),
    "two passwords": _row("0001,甲某,运营部,P,80,90,好\n0001,甲某,运营部,P2,81,90,好"),
    "control character in the password": _row("0001,甲某,运营部,P\x07,80,90,好"),
    "noncharacter in the password": _row("0001,甲某,运营部,P\ufffe,80,90,好"),
    "line break in the password": _row('0001,甲某,运营部,"P\nx",80,90,好'),
    "zero byte": _row("0001,甲某,运营部,P\x00,80,90,好"),
    "Chinese behind the password": _row("0001,甲某,运营部,P密,80,90,好"),
    "total": _row("0001,甲某,运营部,P,80,90,好\n合计,,,P,160,180,"),
    "misspelt header": _head("打开密马"),
    "misspelt English header": _head("pasword"),
    "header with more words": _head("PDF打开密码（必填）"),
    "English header": _head("Open Password"),
    "capitals": _head("PASSWORD"),
    "Traditional header": _head("打開密碼"),
    "header of a log-in": _head("登录密码"),
    "short header": _head("pwd"),
    "header with a colon": _head("密码:"),
    "no header": _head(""),
    "header of nothing known": _head("access code"),
    "header twice in a row": _csv(lambda lines, _: [lines[0].replace("部门", "打开密码"), *lines[1:]]),
    "two words for it": _csv(lambda lines, _: [lines[0].replace("部门", "密码"), *lines[1:]]),
    "known and misspelt": _csv(lambda lines, _: [lines[0].replace("部门", "打开密马"), *lines[1:]]),
    "password as header": _csv(lambda lines, password: [lines[0].replace("评语", password), *lines[1:]]),
    "password as header of its own": _csv(lambda lines, password: [lines[0].replace("打开密码", password), *lines[1:]]),
    "header and password in one": _csv(lambda lines, password: [lines[0].replace("打开密码", f"打开密码{password}"), *lines[1:]]),
    "id header misspelt": _csv(lambda lines, _: [lines[0].replace("工号", "工好"), *lines[1:]]),
    "header of an indicator misspelt": _csv(lambda lines, _: [lines[0].replace("甲", "假"), *lines[1:]]),
    "period of no kind": lambda password: f"工号,姓名,考核期,打开密码,甲,乙\n0001,甲某,{password},{password},80,90\n".encode(),
    "period slipped": lambda password: f"工号,姓名,考核期,打开密码,甲,乙\n0001,甲某,{password},,80,90\n".encode(),
    "days slipped": lambda password: f"工号,姓名,在岗开始,在岗结束,打开密码,甲,乙\n0001,甲某,{password},{password},,80,90\n".encode(),
    "UTF-16": lambda password: "\n".join(rows(password)).encode("utf-16"),
    "GB18030": lambda password: "\n".join(rows(password)).encode("gb18030"),
    "neither": lambda password: "\n".join(rows(password)).encode() + b"\xff\xff\xff",
    "long, as it should be": _long("工号,姓名,打开密码,指标,实际值", "0001,甲某,P,甲,80", "0001,,,乙,90"),
    "long, passwords that differ": _long("工号,姓名,打开密码,指标,实际值", "0001,甲某,P,甲,80", "0001,,P2,乙,90"),
    "long, as an indicator": _long("工号,姓名,指标,实际值", "0001,甲某,甲,80", "0001,,乙,90", "0001,,打开密码,P"),
    "long, as an indicator misspelt": _long("工号,姓名,指标,实际值", "0001,甲某,甲,80", "0001,,打开密马,P"),
    "long, misspelt": _long("工号,姓名,打开密马,指标,实际值", "0001,甲某,P,甲,80", "0001,,P,乙,90"),
    "long, slipped": _long("工号,姓名,打开密码,指标,实际值", "0001,甲某,,P,80", "0001,,,甲,P"),
    "long, twice": _long("工号,姓名,打开密码,指标,实际值", "0001,甲某,P,甲,80", "0001,,P,甲,90"),
}

FLOW = '- {工号: "0001", 姓名: 甲某, 打开密码: P, 甲: 80, 乙: 90}\n'
BLOCK = '- 工号: "0001"\n  姓名: 甲某\n  打开密码: P\n  甲: 80\n  乙: 90\n'


def _yaml(text: str) -> Callable[[str], bytes]:
    return lambda password: text.replace("P", password).encode()


YAML: dict[str, Callable[[str], bytes]] = {
    "as it should be": _yaml(BLOCK),
    "in braces": _yaml(FLOW),
    "actual in words": _yaml(FLOW.replace("80", "abc")),
    "tab": _yaml(BLOCK.replace("  打开", "\t打开")),
    "tab behind": _yaml(BLOCK.replace("  甲:", "\t甲:")),
    "quote not closed": _yaml(BLOCK.replace("P", '"P')),
    "single quote not closed": _yaml(FLOW.replace("P", "'P")),
    "text behind a quote": _yaml(BLOCK.replace("P", '"P" x')),
    "no space behind the colon": _yaml(FLOW.replace("码: P", "码:P")),
    "no space behind the colon, in a block": _yaml(BLOCK.replace("码: P", "码:P")),
    "full-width colon": _yaml(FLOW.replace("码: P", "码：P")),
    "full-width colon in a block": _yaml(BLOCK.replace("码: P", "码：P")),
    "no colon": _yaml(FLOW.replace("码: P", "码 P")),
    "no colon in a block": _yaml(BLOCK.replace("码: P", "码 P")),
    "full-width comma": _yaml(FLOW.replace("P,", "P，")),
    "comma missing": _yaml(FLOW.replace("P, ", "P ")),
    "brace missing": _yaml(FLOW.replace("}", "")),
    "swapped": _yaml(FLOW.replace("打开密码: P", "P: 打开密码")),
    "as a key": _yaml(FLOW.replace("打开密码: P", "P: 1")),
    "key alone": _yaml(FLOW.replace("打开密码: P", "打开密码, P")),
    "anchor": _yaml(BLOCK.replace("P", "&P x")),
    "alias": _yaml(BLOCK.replace("P", "*P")),
    "tag": _yaml(BLOCK.replace("P", "!P x")),
    "tag handle": _yaml(BLOCK.replace("P", "!P!x y")),
    "merge key": _yaml(BLOCK.replace("甲: 80", "<<: P")),
    "list": _yaml(FLOW.replace("P", "[P]")),
    "mapping": _yaml(FLOW.replace("P", "{P: 1}")),
    "mapping in a block": _yaml(BLOCK.replace(" P", "\n    P:")),
    "key twice": _yaml(BLOCK.replace("  甲", "  打开密码: P\n  甲")),
    "misspelt": _yaml(FLOW.replace("打开密码", "打开密马")),
    "indentation": _yaml(BLOCK.replace("  打开", "   打开")),
    "indentation behind": _yaml(BLOCK.replace("  甲:", "   甲:")),
    "colon in the password": _yaml(BLOCK.replace("P", "P: x")),
    "block text": _yaml(BLOCK.replace("P", "|P")),
    "folded text": _yaml(BLOCK.replace("P", ">\n    P\n   x")),
    "percent": _yaml(BLOCK.replace("P", "%P")),
    "at": _yaml(BLOCK.replace("P", "@P")),
    "backquote": _yaml(BLOCK.replace("P", "`P`")),
    "escape": _yaml(BLOCK.replace("P", '"P\\q"')),
    "code point": _yaml(BLOCK.replace("P", '"P\\U00110000"')),
    "control character": _yaml(BLOCK.replace("P", "P\x07")),
    "zero byte": _yaml(BLOCK.replace("P", "P\x00")),
    "remark": _yaml(BLOCK.replace("P", "#P")),
    "brackets": _yaml(BLOCK.replace("P", "[" * 40 + "P")),
    "second document": _yaml(BLOCK + "---\n" + BLOCK),
    "no list": _yaml(BLOCK.replace("- ", "  ")),
    "text in the list": _yaml(BLOCK + "- P\n"),
    "text alone": _yaml("P"),
    "continued name": _yaml(BLOCK.replace("  打开密码: P", "   打开密码 P")),
    "twice": _yaml(BLOCK + BLOCK),
    "without id": _yaml(BLOCK.replace('工号: "0001"\n  ', "")),
    "in the wrong place": _yaml(BLOCK.replace("80", "P").replace("打开密码: P", "打开密码:")),
    "neither": lambda password: BLOCK.replace("P", password).encode() + b"\xff",
}

Cells = list[list[object]]


def _book(
    change: Callable[[Cells, str], Cells], after: Callable[[Workbook, str], None] = lambda _book, _password: None
) -> Callable[[str], bytes]:
    def make(password: str) -> bytes:
        book = Workbook()
        cells: Cells = [list(row.split(",")) for row in rows(password)]
        for row in cells[1:]:
            row[4:6] = [int(str(value)) for value in row[4:6]]
        for row in change(cells, password):
            book.active.append(row)
        after(book, password)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


def _cell(place: str, value: Callable[[str], object], kind: str | None = None) -> Callable[[Workbook, str], None]:
    def put(book: Workbook, password: str) -> None:
        book.active[place] = value(password)
        if kind:
            book.active[place].data_type = kind

    return put


def _as_it_is(cells: Cells, _password: str) -> Cells:
    return cells


XLSX: dict[str, Callable[[str], bytes]] = {
    "as it should be": _book(_as_it_is),
    "no head": _book(lambda cells, _: cells[1:]),
    "title above": _book(lambda cells, password: [[f"密码 {password}"], *cells]),
    "misspelt header": _book(_as_it_is, _cell("D1", lambda _: "打开密马")),
    "no header": _book(_as_it_is, _cell("D1", lambda _: None)),
    "slipped": _book(lambda cells, _: [cells[0], [*cells[1][:3], None, *cells[1][3:]], cells[2]]),
    "actual": _book(_as_it_is, _cell("E2", str)),
    "id": _book(_as_it_is, _cell("A2", lambda _: 7)),
    "error": _book(_as_it_is, _cell("D2", str, "e")),
    "error elsewhere": _book(_as_it_is, _cell("E2", str, "e")),
    "formula": _book(_as_it_is, _cell("D2", lambda password: f'="{password}"')),
    "formula elsewhere": _book(_as_it_is, _cell("E2", lambda password: f'="{password}"')),
    "further sheet": _book(_as_it_is, lambda book, password: book.create_sheet("二组").append([password])),
    "merged": _book(_as_it_is, lambda book, _: book.active.merge_cells("D2:D3")),
    "merged head": _book(_as_it_is, lambda book, _: book.active.merge_cells("C1:D1")),
    "twice": _book(lambda cells, _: [*cells, cells[1]]),
    "header twice": _book(_as_it_is, _cell("C1", lambda _: "打开密码")),
    "department": _book(_as_it_is, _cell("C2", str)),
    "far-off": _book(_as_it_is, _cell("XFD2", str)),
}

FILES: Mapping[str, Mapping[str, Callable[[str], bytes]]] = {"csv": CSV, "yml": YAML, "xlsx": XLSX}
