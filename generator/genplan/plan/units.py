"""Units as people write them: `万元`, `千人`, `%`, `小时`. Each is a multiple of a base; units of one base can be converted, exactly."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from genplan.source.text import fold

SHARE = "share"
"""The base of percentages."""
SCORE = "分"
"""The base of points."""
ANY = ""
"""The base of a bare multiple (`万`), which is one of whatever the plan counts."""

MULTIPLES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
    "十": 10,
    "k": 10**3,
    "w": 10**4,
    "thousand": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}
"""What may precede a unit."""
_TRADITIONAL = str.maketrans("万亿", "萬億")
_CHINESE = [(name, factor) for word, factor in MULTIPLES.items() if not word.isascii() for name in (word, word.translate(_TRADITIONAL))]
_LATIN_MULTIPLE = re.compile(r"(k|w|thousand|millions?|mn|billion|bn)(?![a-z])|(?-i:M)(?![A-Za-z])", re.IGNORECASE)

_COUNTERS = (
    ("件",),
    ("条", "條"),
    ("篇",),
    ("场", "場"),
    ("台", "臺"),
    ("套",),
    ("户", "戶"),
    ("家",),
    ("单", "單"),
    ("项", "項"),
    ("份",),
    ("批",),
    ("款",),
    ("张", "張"),
    ("辆", "輛"),
    ("组", "組"),
)
BASES: dict[str, dict[str, Fraction]] = {
    SHARE: {
        **dict.fromkeys(("%", "百分比", "百分数", "百分數", "percent", "percentage", "pct"), Fraction(1, 100)),
        **dict.fromkeys(("‰", "千分比", "permille"), Fraction(1, 1000)),
        **dict.fromkeys(("小数", "小數", "小数形式", "小數形式", "fraction", "decimal"), Fraction(1)),
    },
    "百分点": dict.fromkeys(("百分点", "个百分点", "百分點", "個百分點", "pp", "percentagepoint", "percentagepoints"), Fraction(1)),
    SCORE: dict.fromkeys(("分", "分数", "分數", "point", "points", "pts"), Fraction(1)),
    "元": {
        **dict.fromkeys(("元", "圆", "圓", "块", "塊", "¥", "rmb", "cny", "yuan", "人民币", "人民幣", "元人民币", "人民币元"), Fraction(1)),
        "角": Fraction(1, 10),
    },
    "人": dict.fromkeys(("人", "名", "位", "person", "persons", "people"), Fraction(1)),
    "人次": dict.fromkeys(("人次",), Fraction(1)),
    "次": dict.fromkeys(("次", "time", "times"), Fraction(1)),
    "个": dict.fromkeys(("个", "個"), Fraction(1)),
    **{words[0]: dict.fromkeys(words, Fraction(1)) for words in _COUNTERS},
    "秒": {
        **dict.fromkeys(("秒", "秒钟", "秒鐘", "s", "sec", "secs", "second", "seconds"), Fraction(1)),
        **dict.fromkeys(("分钟", "分鐘", "min", "mins", "minute", "minutes"), Fraction(60)),
        **dict.fromkeys(("小时", "小時", "钟头", "鐘頭", "h", "hr", "hrs", "hour", "hours"), Fraction(3600)),
    },
    "天": dict.fromkeys(("天", "日", "day", "days"), Fraction(1)),
    "克": {
        **dict.fromkeys(("克", "g", "gram", "grams"), Fraction(1)),
        **dict.fromkeys(("公斤", "千克", "kg"), Fraction(1000)),
        **dict.fromkeys(("吨", "噸", "公吨", "公噸", "t", "tonne", "tonnes"), Fraction(10**6)),
    },
    "米": {
        **dict.fromkeys(("毫米", "mm"), Fraction(1, 1000)),
        **dict.fromkeys(("厘米", "cm"), Fraction(1, 100)),
        "米": Fraction(1),
        **dict.fromkeys(("公里", "千米", "km"), Fraction(1000)),
    },
    "平方米": dict.fromkeys(("平方米", "平米", "m2", "sqm"), Fraction(1)),
    "升": {**dict.fromkeys(("毫升", "ml"), Fraction(1, 1000)), "升": Fraction(1)},
}
"""Each base with its units, and how much of the base one of these is."""

_KNOWN = {word: (factor, base) for base, words in BASES.items() for word, factor in words.items()}
COUNTED = frozenset({"人", "人次", "次", "个"} | {words[0] for words in _COUNTERS})
"""Bases that say what is counted, and not in what: a number of them is that number, whatever the unit is called."""


@dataclass(frozen=True, slots=True)
class Unit:
    """So many of a base; `text` is how it was written."""

    factor: Fraction
    base: str
    text: str

    def same(self, other: "Unit") -> bool:
        """Return whether two units are the same, however they are written."""
        return (self.factor, self.base) == (other.factor, other.base)


def parse_plan_unit(text: str) -> Unit:
    """Read the unit that a plan states, which may be any word."""
    known = parse_unit(text)
    if known is not None:
        return known
    factor, rest = _multiple(text)
    return Unit(factor, rest, text) if rest else Unit(Fraction(1), fold(text), text)


def parse_unit(text: str, own: Unit | None = None) -> Unit | None:
    """Read a unit: a known one, the plan's own, or a multiple of either; None where the text is something else."""
    word = fold(text)
    if own is not None and word == fold(own.text):
        return own
    if word in _KNOWN:
        factor, base = _KNOWN[word]
        return Unit(factor, base, text)
    factor, rest = _multiple(text)
    if factor == 1:
        return Unit(factor, rest, text) if own is not None and rest == own.base else None
    if not rest or (own is not None and rest == own.base):
        return Unit(factor, rest or ANY, text)
    inner, base = _KNOWN.get(rest, (Fraction(0), SHARE))
    return Unit(factor * inner, base, text) if base not in (SHARE, SCORE, "百分点") else None


def _multiple(text: str) -> tuple[Fraction, str]:
    """Split the multiple off a unit: `万元` is 10,000 of 元."""
    plain = unicodedata.normalize("NFKC", text).strip()
    latin = _LATIN_MULTIPLE.match(plain)
    if latin:
        return Fraction(MULTIPLES.get(latin[0].lower(), 10**6)), fold(plain[latin.end() :])
    word = fold(text)
    for name, factor in _CHINESE:
        if word.startswith(name):
            return Fraction(factor), word.removeprefix(name)
    return Fraction(1), word


def ratio(unit: Unit, own: Unit | None) -> Fraction | None:
    """Return how many of the plan's own unit one of another is; None where that cannot be said.

    A bare multiple (`万`) is one of the plan's unit, unless that is a multiple itself. Where the plan states no unit, numbers are what they
    are: a bare multiple can be converted, and what is counted may be named.
    """
    if own is None:
        return unit.factor if unit.base == ANY or (unit.base in COUNTED and unit.factor == 1) else None
    if unit.base == ANY:
        return unit.factor if own.factor == 1 and own.base not in (SHARE, SCORE) else None
    return unit.factor / own.factor if unit.base == own.base else None
