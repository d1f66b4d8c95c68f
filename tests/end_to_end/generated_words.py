"""Words that generated data sets are made of, in three languages: from one character to paragraphs, with rare characters and Markdown."""

from dataclasses import dataclass
from random import Random

import yaml

from genplan import resources
from genplan.theme.glyphs import load_coverage

_FONTS = {"zh-CN": ("NotoSansSC", "NotoSerifSC"), "zh-TW": ("NotoSansTC", "NotoSerifTC"), "en": ("NotoSansSC", "NotoSerifSC")}
"""Of each language, the fonts of both built-in themes: what is drawn from stands in both."""
_RARE = {
    "zh": ((0x3400, 0x4DBF), (0x9000, 0x9FFF), (0x20000, 0x2FFFF), (0xFF21, 0xFF3A), (0x2460, 0x2473), (0x00C0, 0x017F)),
    "en": ((0x00C0, 0x017F), (0x2010, 0x2044), (0x20A0, 0x20BF)),
}
"""Ranges of characters that are seldom seen: CJK extensions, full-width letters, circled numbers, Latin Extended."""


@dataclass(frozen=True)
class Words:
    """A language's own: pieces of names and sentences, and how they are joined."""

    language: str
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    units: tuple[str, ...]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    long_people: tuple[str, ...]
    headers: dict[str, str]
    rare: tuple[str, ...]
    gap: str
    comma: str
    stop: str
    yes: str
    no: str
    assessed: str
    """What a plan may call the units that it assesses."""
    said: tuple[str, ...]
    """Headers of what is said of a unit."""

    def noun(self, rng: Random, most: int = 1) -> str:
        """Make a name of one to `most` nouns."""
        return self.gap.join(rng.choice(self.nouns) for _ in range(rng.randint(1, most)))

    def sentence(self, rng: Random, most: int = 8) -> str:
        """Make a sentence of up to `most` clauses; now and then a rare character, a figure or a word in another script stands in it."""
        clauses = []
        for _ in range(rng.randint(1, most)):
            parts = [rng.choice(self.verbs), self.noun(rng, 3)]
            if rng.random() < 0.15:
                parts.append(rng.choice((*self.rare, "API", "KPI 2.0", "30%", "12,345.67", "2026-07-01", "Wi-Fi")))
            clauses.append(self.gap.join(parts))
        text = self.comma.join(clauses) + self.stop
        return text[:1].upper() + text[1:]

    def paragraph(self, rng: Random, most: int = 4) -> str:
        """Make a paragraph of up to `most` sentences."""
        return ("" if self.gap == "" else " ").join(self.sentence(rng) for _ in range(rng.randint(1, most)))

    def person(self, rng: Random, *, long: bool) -> str:
        """Name a person."""
        if long:
            return rng.choice(self.long_people)
        return rng.choice(self.surnames) + self.gap + rng.choice(self.given)

    def prose(self, rng: Random) -> str:
        """Write a section in Markdown: paragraphs, nested lists, a table."""
        blocks = [self.paragraph(rng)]
        kinds = (self._list, self._nested, self._table, self._plain)
        blocks += [rng.choice(kinds)(rng) for _ in range(rng.randint(0, 4))]
        return "\n\n".join(blocks)

    def _plain(self, rng: Random) -> str:
        return f"**{self.noun(rng)}**{self.comma}{self.paragraph(rng)}"

    def _list(self, rng: Random) -> str:
        return "\n".join(f"- {self.sentence(rng, 5)}" for _ in range(rng.randint(1, 9)))

    def _nested(self, rng: Random) -> str:
        return "\n".join(f"{n}. {self.sentence(rng, 3)}\n   1. {self.sentence(rng, 4)}\n   2. *{self.noun(rng)}*" for n in range(1, 4))

    def _table(self, rng: Random) -> str:
        width = rng.randint(2, 6)
        rows = [[self.noun(rng, 3) if column else self.noun(rng) for column in range(width)] for _ in range(rng.randint(2, 12))]
        rows[1:1] = [["---"] * width]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _rare(language: str) -> tuple[str, ...]:
    coverages = [load_coverage(resources.templates() / "fonts" / f"{name}.coverage.txt") for name in _FONTS[language]]
    ranges = _RARE["zh" if language.startswith("zh") else "en"]
    return tuple(chr(code) for low, high in ranges for code in range(low, high + 1) if all(chr(code) in each for each in coverages))


_CN = Words(
    "zh-CN",
    _split("新增用户数 用户活跃度 内容质量 满意度 社群活动效果 品牌曝光度 跨部门协作与信息共享 客户投诉处理及时率 API调用成功率 培训 回款"),
    _split("完成 持续提升 按期核对 会同人力资源部评估 组织开展 及时反馈 牵头制定 认真落实"),
    _split("人 次 小时 万元 个工作日 人次/工作日 条"),
    _split("王 李 欧阳 司马 赵 钱 孙 龘 䶮"),
    _split("伟 芳 小明 子涵 𬀩 喆 婧怡 国庆"),
    (
        "阿卜杜热西提·买买提依明·吐尔逊江",
        "努尔艾力·阿不都热合曼·库尔班江·玉素甫",
        "克里斯蒂安娜·冯·哈布斯堡洛林",
        "Wolfeschlegelsteinhausenbergerdorff",
    ),
    {
        "id": "工号",
        "name": "姓名",
        "department": "部门",
        "position": "岗位",
        "comment": "评语",
        "rater": "评分人",
        "confirmed": "数值确认",
        "start": "在岗开始",
        "end": "在岗结束",
    },
    _rare("zh-CN"),
    "",
    "，",
    "。",
    "是",
    "否",
    "社群",
    ("存在问题", "改进建议", "改进措施"),
)
_TW = Words(
    "zh-TW",
    _split("新增使用者數 使用者活躍度 內容品質 滿意度 社群活動成效 品牌曝光度 跨部門協作與資訊共享 客訴處理及時率 API呼叫成功率 訓練 回款"),
    _split("完成 持續提升 按期核對 會同人力資源部評估 組織開展 及時回饋 主導制定 認真落實"),
    _split("人 次 小時 萬元 個工作日 人次/工作日 條"),
    _split("王 李 歐陽 司馬 趙 錢 孫"),
    _split("偉 芳 小明 子涵 喆 婧怡 國慶 堃"),
    ("歐陽拉拉‧瓦歷斯‧諾幹‧尤瑪達陸", "谷辣斯‧尤達卡‧撒韵武荖‧夷將拔路兒", "Wolfeschlegelsteinhausenbergerdorff"),
    {
        "id": "工號",
        "name": "姓名",
        "department": "部門",
        "position": "崗位",
        "comment": "評語",
        "rater": "評分人",
        "confirmed": "數值確認",
        "start": "在崗開始",
        "end": "在崗結束",
    },
    _rare("zh-TW"),
    "",
    "，",
    "。",
    "是",
    "否",
    "社群",
    ("存在問題", "改善建議", "改善措施"),
)
_EN = Words(
    "en",
    _split(
        "retention adoption content-quality satisfaction responsiveness cross-functional-collaboration internationalisation training API"
    ),
    ("improve", "review", "deliver", "report on", "keep up", "agree with the supervisor on", "take responsibility for", "document"),
    _split("people tickets hours kEUR person-days"),
    _split("Ann Jörg Zoë Siobhán Łukasz Đorđe"),
    _split("Li Smith O’Connor Nováková Strömberg Ångström"),
    (
        "Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh-Cholmondeley III",
        "Maria-Theresia Leutheusser-Schnarrenberger von Hohenzollern-Sigmaringen",
    ),
    {
        "id": "employee id",
        "name": "name",
        "department": "department",
        "position": "position",
        "comment": "comment",
        "rater": "rater",
        "confirmed": "confirmed values",
        "start": "from",
        "end": "to",
    },
    _rare("en"),
    " ",
    ", ",
    ".",
    "yes",
    "no",
    "Community",
    ("problems", "suggestions", "measures"),
)

LANGUAGES = {words.language: words for words in (_CN, _TW, _EN)}


def headings(language: str) -> dict[str, str]:
    """Give the headings of prose that documents of a language have a place for, by their names."""
    path = resources.templates() / "locales" / f"{language}.yml"
    return yaml.safe_load(path.read_text("utf-8"))["sections"]
