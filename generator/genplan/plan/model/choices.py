"""Choices in plans, with each value in English and Chinese."""

from genplan.source.model import (
    Choice,
)


class Cycle(Choice):
    """How often the position is assessed."""

    WEEKLY = "weekly", "每周", "周度", "周"
    MONTHLY = "monthly", "月度", "月"
    QUARTERLY = "quarterly", "季度", "季"
    HALF_YEARLY = "half-yearly", "半年度", "半年"
    YEARLY = "yearly", "年度", "年"
    AD_HOC = "ad-hoc", "不定期", "临时"
    PROBATION = "probation", "试用期", "转正"


PERIOD_SHAPES = {
    Cycle.WEEKLY: "week",
    Cycle.MONTHLY: "month",
    Cycle.QUARTERLY: "quarter",
    Cycle.HALF_YEARLY: "half",
    Cycle.YEARLY: "year",
}
"""The shape of a cycle's periods, as `Period` has it; other cycles have periods of any dates."""


class WeightMode(Choice):
    """How indicators are weighted."""

    EXACT = "exact", "合计100%", "精确"
    NORMALIZE = "normalize", "归一化"
    POINTS = "points", "分值制", "分值"


class RoundingMode(Choice):
    """How a number is rounded."""

    HALF_UP = "half-up", "四舍五入"
    HALF_EVEN = "half-even", "四舍六入五成双"
    DOWN = "down", "舍去"


class Nature(Choice):
    """Whether an indicator is counted or judged."""

    QUANTITATIVE = "quantitative", "定量"
    QUALITATIVE = "qualitative", "定性"


class Term(Choice):
    """The time horizon of an indicator."""

    SHORT = "short", "短期"
    LONG = "long", "长期"


class RaterKind(Choice):
    """The rater's relation to the person assessed."""

    SELF = "self", "自评", "本人"
    SUPERVISOR = "supervisor", "上级", "直接上级"
    PEER = "peer", "同事", "同级"
    SUBORDINATE = "subordinate", "下属", "下级"
    CUSTOMER = "customer", "客户"
    PANEL = "panel", "评委", "考核小组成员"


class Counts(Choice):
    """Whether a rater's assessment counts towards the score."""

    YES = "yes", "是"
    NO = "no", "否", "仅供参考"


class Gives(Choice):
    """What a rater gives."""

    AS_SCORED = "as-scored", "按计分方法"
    SCORES = "scores", "分数"


class VetoEffect(Choice):
    """What a veto does to the total."""

    ZERO = "zero", "计零"
    CAP = "cap", "封顶"


class Headcount(Choice):
    """How a share of people is rounded to a headcount."""

    DOWN = "down", "舍去"
    HALF_UP = "half-up", "四舍五入"
    UP = "up", "进一"


class Ties(Choice):
    """What becomes of people with equal totals at the border of a grade by rank."""

    IN = "in", "计入"
    OUT = "out", "不计入"


class QuotaScope(Choice):
    """Among whom grades by rank and headcount limits hold."""

    PLAN = "plan", "方案"
    DEPARTMENT = "department", "部门"
    GROUP = "group", "考核组"


class Encoding(Choice):
    """The character encoding of a CSV file."""

    UTF_8 = "utf-8", "utf8"
    GB18030 = "gb18030", "gbk", "gb2312"
    BIG5 = "big5", "大五码"
    UTF_16 = "utf-16", "utf16"


class Proration(Choice):
    """What is reduced for a person who was there for only part of the period."""

    NONE = "none", "不折算"
    TARGET = "target", "折算目标值"
    COEFFICIENT = "coefficient", "折算系数"


class Prorated(Choice):
    """Whether targets of this indicator are reduced under `proration: target`."""

    YES = "yes", "是"
    NO = "no", "否"


class LineRemarks(Choice):
    """Whether forms have room for a remark on each indicator."""

    YES = "yes", "是", "有"
    NO = "no", "否", "无"


class Own(Choice):
    """Whether each person has an indicator of their own in a place of the plan."""

    YES = "yes", "是"
    NO = "no", "否"


class Regulation(Choice):
    """How a regulation is numbered."""

    ARTICLES = "articles", "章节条"
    OUTLINE = "outline", "层次序数"


class Publication(Choice):
    """Who may see results."""

    RESTRICTED = "restricted", "限定范围"
    OPEN = "open", "公开"


class Clause(Choice):
    """A clause of schemes in standard words."""

    LEAVERS = "leavers", "离职人员"
    PROBATION = "probation", "试用期人员"
    LONG_LEAVE = "long-leave", "长期休假人员"
    RECORDS = "records", "资料保存"
    EFFECT = "effect", "生效与解释"
    ACKNOWLEDGEMENT = "acknowledgement", "阅知签收表"


class CommissionMode(Choice):
    """What the rate of a tier is applied to."""

    WHOLE = "whole", "全额"
    PROGRESSIVE = "progressive", "分段累进", "超额累进"


class PoolScope(Choice):
    """Who shares a pool."""

    DEPARTMENT = "department", "部门"
    POSITION = "position", "岗位"
