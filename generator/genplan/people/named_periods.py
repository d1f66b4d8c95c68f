"""Periods in the name of a sheet (`7月`, `第三季度`), where the file gives the year, and in a title above the headers."""

import re

from genplan.plan.period_parsing import PartOfYear, find_mentions, period_in_year, read_part
from genplan.plan.periods import Period

_MADE = re.compile(
    r"(?:制表|製表|填表|打印|列印|导出|匯出|更新|编制|編製|发布|發布|截至|截止|统计|生成|下载|日期|时间|時間|date)[^\s，,；;]*",
    re.IGNORECASE,
)


def named_period(name: str, year: int | None) -> Period | None:
    """Read a name that is a period and nothing else; one that states no year is of the year given."""
    part = read_part(name)
    if not isinstance(part, PartOfYear):
        return part
    return period_in_year(year, part) if year else None


def periods_in(text: str) -> list[Period]:
    """Find the months, weeks, quarters and halves that a title states with their year, without the day that it was made on."""
    stated = [mention.value for mention in find_mentions(_MADE.sub(" ", text)) if mention.is_part]
    return list({period.id: period for period in stated if isinstance(period, Period)}.values())
