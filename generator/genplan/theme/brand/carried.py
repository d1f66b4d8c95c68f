"""The families that genplan carries, and the faces on Word users' machines that stand for them."""

from genplan.theme.brand.brand import FontFile


def _family(name: str) -> tuple[FontFile, ...]:
    stem = name.replace(" ", "")
    return tuple(FontFile(name, f"fonts/{stem}-{style}.ttf", weight, "normal") for style, weight in (("Regular", 400), ("Bold", 700)))


CARRIED: dict[str, tuple[FontFile, ...]] = {
    name: _family(name) for name in ("Noto Sans SC", "Noto Sans TC", "Noto Serif SC", "Noto Serif TC")
}
"""The families that genplan carries, with their files."""

SUBSTITUTES = {"Noto Sans SC": "微软雅黑", "Noto Sans TC": "微軟正黑體", "Noto Serif SC": "宋体", "Noto Serif TC": "新細明體"}
"""The face that Word looks for where a machine lacks one of these, unless the brand names another."""

OF_WORD = frozenset(
    name.casefold()
    for name in (
        *("宋体", "SimSun", "新宋体", "NSimSun", "黑体", "SimHei", "仿宋", "FangSong", "楷体", "KaiTi", "等线", "DengXian", "等线 Light"),
        *("DengXian Light", "微软雅黑", "Microsoft YaHei", "微软雅黑 Light", "Microsoft YaHei Light", "Microsoft YaHei UI", "隶书", "LiSu"),
        *("幼圆", "YouYuan", "华文宋体", "STSong", "华文中宋", "STZhongsong", "华文仿宋", "STFangsong", "华文楷体", "STKaiti", "华文细黑"),
        *("STXihei", "华文新魏", "STXinwei", "华文行楷", "STXingkai", "华文隶书", "STLiti", "华文彩云", "STCaiyun", "华文琥珀", "STHupo"),
        *("方正舒体", "FZShuTi", "方正姚体", "FZYaoTi", "微軟正黑體", "Microsoft JhengHei", "新細明體", "PMingLiU", "細明體", "MingLiU"),
        *("標楷體", "DFKai-SB", "Aptos", "Arial", "Arial Narrow", "Bahnschrift", "Book Antiqua", "Bookman Old Style", "Calibri"),
        *("Calibri Light", "Cambria", "Candara", "Century", "Century Gothic", "Consolas", "Constantia", "Corbel", "Courier New"),
        *("Franklin Gothic Book", "Franklin Gothic Medium", "Garamond", "Georgia", "Gill Sans MT", "Palatino Linotype", "Rockwell"),
        *("Segoe UI", "Sitka Text", "Tahoma", "Times New Roman", "Trebuchet MS", "Tw Cen MT", "Verdana"),
    )
)
"""Faces for text that come with Windows or with Office, in lower case."""
