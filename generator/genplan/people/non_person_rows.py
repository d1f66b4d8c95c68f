"""Detects the rows of a sheet that are not about a person: totals and averages, repeated headers, remarks and signatures."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import a_few, listing, msg, plural
from genplan.people.expected_content import ExpectedContent
from genplan.people.model import Cell
from genplan.people.raw_sheet import Record
from genplan.people.vocabulary import Field
from genplan.source.quantity import parse_quantity
from genplan.source.text import fold

_TOTALS = re.compile(
    r"(?:本页|本頁|全部|全体|全體|部门|部門|全部门|小组|小組|团队|團隊|总|總|月度|季度|年度|全年|加权|加權)?"
    r"(?:合计|合計|小计|小計|总计|總計|共计|共計|累计|累計|汇总|匯總|总和|總和|平均|平均分|平均数|平均數|平均值|均值|均分|人均|"
    r"最高|最高分|最高值|最低|最低分|最低值|最大值|最小值|总人数|總人數|人数|人數|中位数|中位數|标准差|標準差|及格率|优秀率|優秀率)"
    r"(?:值|分|数|數|得分|分数|分數|人数|人數)?"
)
_TOTALS_ENGLISH = re.compile(
    r"(?:grand|sub|team|department|overall)?-?"
    r"(?:totals?|average|avg|median|maximum|minimum|headcount|standarddeviation)(?:score|s)?\.?"
)
_SUBTOTAL = re.compile(r"\D{1,16}(?:合计|合計|小计|小計|总计|總計|平均|平均分|平均值|subtotal|total|average)[：:]?")
"""What begins a row of totals of a part: 客服部小计."""
_AFTER = re.compile(r"[(（\[【:：=].*$|\d+[人名]?$")
_SIGNING = (
    "制表|製表|填表|填报|填報|编制|編製|审核|審核|复核|複核|审批|審批|批准|核准|审定|審定|签字|簽字|签名|簽名|签章|簽章|盖章|蓋章|经办|經辦|"
    "负责人|負責人|部门负责人|部門負責人|主管|分管领导|总经理|總經理|经理|人力资源部|人力資源部|考核人|考评人|统计|統計|抄送"
)
_ROLE = "人|者|单位|單位|部门|部門|领导|領導|意见|意見|签字|簽字|签名|簽名|签章|時間|时间|日期"
_SIGNED = re.compile(rf"(?:{_SIGNING})(?:{_ROLE})*\s*(?:[（(][^）)]*[）)])?\s*(?:[：:].*|[_＿ ].*|)", re.DOTALL)
_DAY = r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
_DATED = re.compile(rf"\D{{0,4}}(?:日期|时间|時間|date)(?:\s*[：:]|\s+\d).*|{_DAY}", re.DOTALL | re.IGNORECASE)
_SIGNED_ENGLISH = re.compile(
    r"(?:prepared|approved|reviewed|checked|signed|compiled|confirmed|submitted)(?:\s+by)?\s*[:_].*|signatures?\s*(?:[:_].*)?|(?:manager|hr|director)\s*:.*",
    re.IGNORECASE | re.DOTALL,
)
_REMARK = re.compile(
    r"(?:备注|備註|说明|說明|填表说明|填表說明|填写说明|填寫說明|注|註|附注|附註|注释|注意|温馨提示|评分标准|評分標準|考核标准|数据来源|"
    r"數據來源|notes?|remarks?|n\.b\.)\s*\d*\s*(?:[：:、.．].*|)|[※*＊].*|[—－=~*·\s-]*以下(?:空白|无正文|無正文).*",
    re.DOTALL | re.IGNORECASE,
)
_LEADS = re.compile(r"[：:_＿]|[签簽][字名章]")
"""What announces more: names and dates may stand in the cells beside it."""
_SENTENCE = re.compile(
    r"(?:\d{1,2}[、.．)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、)\s*[^\d\s,;|\t；，、.．]{2}[^;|\t；]*|"
    r"(?:以上|本表|以下|上述|此表)[^;|\t；]*"
)

TOTALS, AGAIN, REMARKS = msg("totals or averages"), msg("repeated headers"), msg("remarks or signatures")


@dataclass(frozen=True, slots=True)
class IdentityColumns:
    """The columns that tell whose a row is, the headers themselves, and the texts of the rows that hold them."""

    ids: frozenset[int]
    names: frozenset[int]
    headers: Mapping[int, Cell]
    rows: Sequence[Mapping[int, str]] = ()


def identity_columns(headers: Mapping[int, Cell], rows: Sequence[Record], expected: ExpectedContent) -> IdentityColumns:
    """Find the columns that tell whose a row is."""
    keys = frozenset(column for column, cell in headers.items() if expected.is_key(cell.text))
    names = frozenset(column for column, cell in headers.items() if expected.field(cell.text) is Field.NAME)
    return IdentityColumns(keys, names, headers, [{column: cell.text for column, cell in row.cells.items()} for row in rows])


def drop_non_person_rows(records: Sequence[Record], columns: IdentityColumns) -> Outcome[list[Record]]:
    """Drop the rows that are not about a person. Reports GP481 (dropped rows), GP498 (other headers) and GP499 (totals with an id)."""
    end = _end(records, columns)
    remaining: list[Record] = []
    out: dict[str, list[Record]] = defaultdict(list)
    diagnostics: list[Diagnostic] = []
    for at, record in enumerate(records):
        kind = REMARKS if at >= end and not is_total(record, columns) else _kind(record, columns)
        if kind:
            out[kind].append(record)
        elif any(record.cells[column].text == columns.headers[column].text for column in columns.ids if column in record.cells):
            message = msg("another header row, different from the one above: the columns of the values below it are unclear")
            advice = msg("put each table, with its headers, on its own sheet or in its own file")
            diagnostics.append(diagnose("GP498", record.span, message, help=advice))
            break
        elif _is_total_with_id(record, columns):
            advice = msg("empty the id to skip the row, or correct the name")
            diagnostics.append(diagnose("GP499", record.span, msg("a row of totals has an id; it is ignored"), help=advice))
        else:
            remaining.append(record)
    if out:
        diagnostics.append(_left_out(out))
    return Outcome(remaining, diagnostics)


def _left_out(out: Mapping[str, Sequence[Record]]) -> Diagnostic:
    """GP481, without the text of the rows."""
    every = sorted((record for records in out.values() for record in records), key=lambda record: record.number)
    rows = listing((msg("{kind} in {rows}", kind=kind, rows=_rows(records)) for kind, records in out.items()), "; ")
    return diagnose("GP481", every[0].span, msg("rows that are not about a person are skipped: {rows}", rows=rows))


def _rows(records: Sequence[Record]) -> str:
    return plural("row {numbers}", "rows {numbers}", len(records), numbers=a_few([str(record.number) for record in records], 8))


def _kind(record: Record, columns: IdentityColumns) -> str:
    if is_total(record, columns):
        return TOTALS
    texts = {column: cell.text for column, cell in record.cells.items()}
    return AGAIN if texts in columns.rows else ""


def is_total(record: Record, columns: IdentityColumns) -> bool:
    """Return whether a row gives totals: by the word in the place of its id, of its name, or at its beginning."""
    ids = [record.cells[column] for column in columns.ids if column in record.cells]
    if ids:
        return any(names_totals(cell.text) for cell in ids)
    names = [record.cells[column] for column in columns.names if column in record.cells]
    first = record.first
    if names or first is None:
        return any(names_totals(cell.text) for cell in names)
    return names_totals(first.text) or _SUBTOTAL.fullmatch(fold(first.text)) is not None


def _is_total_with_id(record: Record, columns: IdentityColumns) -> bool:
    names = [record.cells[column] for column in columns.names - columns.ids if column in record.cells]
    return any(names_totals(cell.text) for cell in names)


def names_totals(text: str) -> bool:
    """Return whether a text is a word for totals, averages and their like, perhaps with a remark behind."""
    word = _AFTER.sub("", fold(text))
    return bool(_TOTALS.fullmatch(word) or _TOTALS_ENGLISH.fullmatch(word))


def _end(records: Sequence[Record], columns: IdentityColumns) -> int:
    """Find where the remarks and signatures begin that stand below the table: from there on, no row is about a person."""
    end = len(records)
    while end and (is_total(records[end - 1], columns) or _is_remark(records[end - 1], columns)):
        end -= 1
    return end


def _begins_remark(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (_SIGNED, _DATED, _SIGNED_ENGLISH, _REMARK))


def _is_remark(record: Record, columns: IdentityColumns) -> bool:
    first, others = record.first, [record.cells[column] for column in sorted(record.cells)[1:]]
    if first is None or any(cell.native or parse_quantity(cell.text) for cell in record.cells.values()):
        return False
    named = [column for column in columns.ids | columns.names if column in record.cells]
    if _begins_remark(first.text):
        begins = _LEADS.search(first.text) or all(_begins_remark(cell.text) for cell in others)
        return bool(begins) and (not named or record.cells[min(named)] is first)
    return len(record.cells) == 1 and bool(_SENTENCE.fullmatch(first.text))
