"""WeasyPrint by itself: as its README shows, and set up well."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

import weasyprint
import weasyprint.pdf.fonts
from weasyprint.text.fonts import FontConfiguration

from . import OUT

if TYPE_CHECKING:
    from .content import Content

_BUNDLED, _INSTALLED = '"Noto Sans SC"', '"Noto Sans CJK SC"'


def prepare(content: "Content", folder: Path) -> None:
    """Write HTML; once the style sheet, its fonts and the logo as well."""
    write_look(content, folder)
    (folder / f"{content.name}.html").write_bytes(b"<!DOCTYPE html>\n" + tostring(content.tree, encoding="utf-8", method="html"))


def write_look(content: "Content", folder: Path) -> None:
    """Write what all documents share."""
    if (folder / "look.css").exists():
        return
    (folder / "look.css").write_text(content.look.css, "utf-8")
    (folder / "fonts").symlink_to(content.look.fonts)
    (folder / "images").mkdir()
    shutil.copy(content.logo, folder / "images")


@contextmanager
def session(folder: Path, form: str, *, plain: bool = False, without: bool = False) -> Iterator[Callable[[Sequence[int]], None]]:
    """Set it up. `plain`: as its README does; `without`: as on a machine without libharfbuzz-subset."""
    css = (folder / "look.css").read_text("utf-8")
    base = f"{folder.resolve()}/"
    if without:
        weasyprint.pdf.fonts.harfbuzz_subset = None
    installed = "\n".join(line for line in css.splitlines() if not line.startswith("@font-face")).replace(_BUNDLED, _INSTALLED)
    fonts = FontConfiguration()
    styles = weasyprint.CSS(string=css, font_config=fonts, base_url=base)
    pictures: dict[str, object] = {}

    def well(html: str, path: Path) -> None:
        weasyprint.HTML(string=html, base_url=base).write_pdf(path, stylesheets=[styles], font_config=fonts, cache=pictures)

    def plainly(html: str, path: Path) -> None:
        html = html.replace(_BUNDLED.strip('"'), _INSTALLED.strip('"'))
        weasyprint.HTML(string=html, base_url=base).write_pdf(path, stylesheets=[weasyprint.CSS(string=installed, base_url=base)])

    def make(numbers: Sequence[int]) -> None:
        for number in numbers:
            (plainly if plain else well)((folder / f"{number:05}.html").read_text("utf-8"), folder / OUT / f"{number:05}.{form}")

    yield make
