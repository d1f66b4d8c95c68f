"""Periods as people write them, in cells and in names of files."""

from datetime import date

import pytest

from genplan.plan.period_parsing import Mention, PartOfYear, find_mentions, read_period
from genplan.plan.periods import parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(
            (text, "2026-Q2")
            for text in ("2026-Q2", "2026Q2", "2026_Q2", "2026-q2", "2026 Q2", "Q2-2026", "Q2 2026", "2Q2026", "２０２６Q2")
        ),
        *(
            (text, "2026-Q2")
            for text in ("2026年第二季度", "2026年二季度", "2026年第2季度", "2026年度第二季度", "2026年Q2", "2026第二季度")
        ),
        *((text, "2026-Q2") for text in ("2026年4-6月", "202604-202606", "20260401-20260630")),
        *((text, "2026-Q3") for text in ("民國115年第3季", "二〇二六年第三季度", "2026年7月1日至2026年9月30日", "third quarter 2026")),
        *(
            (text, "2026-06")
            for text in ("202606", "2026-06", "2026/06", "2026-6", "2026年6月", "2026年06月份", "2026年六月", "Jun 2026", "06-2026")
        ),
        *((text, "2026-H1") for text in ("2026上半年", "2026年上半年", "2026H1", "H1-2026", "1H2026", "2026-1H", "first half of 2026")),
        *((text, "2026") for text in ("2026", "2026年", "2026年度", "2026全年")),
        *((text, "2026-W28") for text in ("2026-W28", "2026W28", "2026-w28", "2026年第28周", "2026年第28週")),
        ("2026-W53", "2026-W53"),
    ],
)
def test_a_period_in_any_form(text, period):
    assert read_period(text) == parse_period(period)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Q2", "二季度", "6月", "上半年", "26Q2", "115年第3季", "FY2026", "2026财年", "2026-2027学年", "2026_6", "2026-Q5", "2026-13"),
        *(
            "202613",
            "2027-W53",
            "2026-W60",
            "2026-06-30",
            "20260630",
            "2026年2-6月",
            "2026-Q2(1)",
            "2026-Q1 2026-Q2",
            "三季",
            "第二季度2026年度总结",
        ),
    ],
)
def test_what_is_no_period(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026绩效1-3月",
            "2026年绩效一至三月",
            "2026年1-2季度",
            "2026年一二季度",
            "2026年第一、二季度",
            "2026年一季度、二季度",
            "2026Q1-2",
            "2026Q1~Q2",
        ),
        *("2026年27-28周", "2026-W27-28", "202607-09", "2026年7-9", "2026上下半年", "Q326", "4Q25", "H126", "2025-26"),
    ],
)
def test_several_periods_are_never_read_as_one(text):
    assert any(mention.value is None for mention in find_mentions(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("考核表2026-Q2（1）", [("2026-Q2", parse_period("2026-Q2"))]),
        ("2026年第二季度_最终版v2 - 副本", [("2026年第二季度", parse_period("2026-Q2"))]),
        ("Copy of 202606 (2)", [("202606", parse_period("2026-06"))]),
        ("2026销售部Q2", [("2026", parse_period("2026")), ("Q2", PartOfYear("quarter", 2))]),
        ("导出20260705", [("20260705", date(2026, 7, 5))]),
        ("20260705101500", [("20260705101500", None)]),
        ("6.30结果", [("6.30", None)]),
        ("0930", [("0930", None)]),
        ("2026秋季", [("2026", parse_period("2026")), ("秋季", None)]),
        ("team v2 final", []),
        ("v1.12", []),
        ("v12026", []),
        ("team-0007", []),
    ],
)
def test_what_a_name_says_about_time(text, found):
    assert find_mentions(text) == [Mention(*each) for each in found]
