"""What a language asks of a brand: families and Word faces with its shapes of the characters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from genplan.theme.brand import Brand, FontFile
from genplan.theme.brand.carried import CARRIED

_TAIWAN_FAMILIES = {"Noto Sans SC": "Noto Sans TC", "Noto Serif SC": "Noto Serif TC"}
_TAIWAN_FACES = {
    "微软雅黑": "微軟正黑體",
    "Microsoft YaHei": "Microsoft JhengHei",
    "黑体": "微軟正黑體",
    "等线": "微軟正黑體",
    "宋体": "新細明體",
    "SimSun": "PMingLiU",
    "方正小标宋简体": "標楷體",
    "仿宋": "標楷體",
    "仿宋_GB2312": "標楷體",
    "楷体": "標楷體",
    "楷体_GB2312": "標楷體",
}


@dataclass(frozen=True, slots=True)
class Faces:
    """The families that stand for others: of fonts the theme carries, and of faces on Word users' machines."""

    families: Mapping[str, str] = field(default_factory=dict)
    word: Mapping[str, str] = field(default_factory=dict)


FACES: dict[str, Faces] = {"zh-TW": Faces(_TAIWAN_FAMILIES, _TAIWAN_FACES)}
"""What each language draws with in place of what the brand names; a language that is not here draws with just that."""


def brand_in(brand: Brand, language: str) -> Brand:
    """Return a brand as it looks in a language. A family whose files the brand gives itself stays."""
    faces = FACES.get(language, Faces())
    own = {font.family for font in brand.fonts if not carried(font)}
    families = {name: other for name, other in faces.families.items() if name not in own}
    return replace(
        brand,
        body_font=families.get(brand.body_font, brand.body_font),
        heading_font=families.get(brand.heading_font, brand.heading_font),
        fallback=tuple(families.get(name, name) for name in brand.fallback),
        word_body_font=faces.word.get(brand.word_body_font, brand.word_body_font),
        word_heading_font=faces.word.get(brand.word_heading_font, brand.word_heading_font),
    )


def carried(font: FontFile) -> bool:
    """Return whether a font is one that genplan carries, named by the brand itself."""
    return any(font.path == other.path for family in CARRIED.values() for other in family)


_COMPANIONS = {
    "Noto Sans SC": ("Noto Sans SC", "Noto Sans TC"),
    "Noto Sans TC": ("Noto Sans TC", "Noto Sans SC"),
    "Noto Serif SC": ("Noto Serif SC", "Noto Sans SC", "Noto Sans TC"),
    "Noto Serif TC": ("Noto Serif TC", "Noto Sans TC", "Noto Sans SC"),
}
_FIRST = {"zh-TW": "Noto Sans TC"}
_DEFAULT = "Noto Sans SC"


def chain(family: str, fallback: Sequence[str], language: str) -> tuple[str, ...]:
    """List the families that text is drawn with, the first that has a character drawing it; those that genplan carries stand last."""
    named = family, *fallback
    first = next((name for name in named if name in _COMPANIONS), _FIRST.get(language, _DEFAULT))
    return tuple(dict.fromkeys((*named, *_COMPANIONS[first])))
