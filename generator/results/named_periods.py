"""Periods in words: in the name of a sheet (`7月`, `第三季度`), where the file gives the year, and in a title above the headers."""

import re
import unicodedata

from generator.plan.periods import Period, parse_period

_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_NUMBER = "十[一二]?|[一二三四五六七八九]|[0-9]{1,2}"
_PART = (
    r"(?:第?(?P<quarter>[一二三四1-4])季度?|Q(?P<q>[1-4])|(?P<half>[上下])半年度?|H(?P<h>[12])|"
    rf"(?P<month>{_NUMBER})月份?|W(?P<week>[0-9]{{1,2}}))"
)
_WHOLE = re.compile(rf"(?:(?P<year>20[0-9]{{2}})[-_.年/]?)?{_PART}", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(?<![0-9])(?P<year>20[0-9]{{2}})[-_.年/]?{_PART}(?![0-9日号號]|[0-9]*[日号]|[-~—至到][0-9])", re.IGNORECASE)
_MADE = re.compile(
    r"(?:制表|製表|填表|打印|列印|导出|匯出|更新|编制|編製|发布|發布|截至|截止|统计|生成|下载|日期|时间|時間|date)[^\s，,；;]*",
    re.IGNORECASE,
)


def named_period(name: str, year: int | None) -> Period | None:
    """Read a name that is a period and nothing else; one that states no year is of the year given."""
    match = _WHOLE.fullmatch(_plain(name))
    stated = int(match["year"]) if match and match["year"] else year
    return _period(match, stated) if match and stated else parse_period(_plain(name).upper())


def periods_in(text: str) -> list[Period]:
    """Find the periods that a title states, without the day that it was made on."""
    plain = _MADE.sub(" ", unicodedata.normalize("NFKC", text))
    found = [_period(match, int(match["year"])) for match in _IN_TEXT.finditer("".join(plain.split()))]
    return list({period.id: period for period in found if period}.values())


def is_yearless(name: str) -> bool:
    """Tell whether a name is a period but for its year."""
    match = _WHOLE.fullmatch(_plain(name))
    return match is not None and not match["year"]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _period(match: re.Match[str], year: int) -> Period | None:
    part = match.groupdict()
    if quarter := part["quarter"] or part["q"]:
        return parse_period(f"{year}-Q{_NUMERALS.get(quarter, quarter)}")
    if part["half"] or part["h"]:
        return parse_period(f"{year}-H{part['h'] or '上下'.index(part['half']) + 1}")
    if part["week"]:
        return parse_period(f"{year}-W{int(part['week']):02}")
    month = part["month"]
    return parse_period(f"{year}-{_NUMERALS.get(month) or int(month):02}")
