"""Documents to write, and ways to look into what was written: parts are parsed, archives never compared."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import tinyhtml5
from languages_kit import schemes_of
from lxml import etree

from genplan.diagnostics import Diagnostic
from genplan.theme.brand import HeadingType, LinkType
from genplan.theme.document import Document, Metadata
from genplan.theme.numbering import number
from genplan.theme.svg import plain_drawings

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
PALETTE = {"foreground": "#222222", "background": "#ffffff", "primary": "#123456", "secondary": "#654321", "tertiary": "#abcdef"} | {
    "success": "#228833",
    "warning": "#aa6611",
    "danger": "#cc1122",
}


def brand(**changes: object) -> Any:
    """The part of a brand that this writer reads: the class has more, which is none of its business."""
    values = {
        "name": "示例科技",
        "colors": PALETTE,
        "word_body_font": "宋体",
        "word_substitutes": (),
        "word_heading_font": "黑体",
        "word_latin_font": "Arial",
        "body_size": 10.5,
        "body_weight": 400,
        "line_height": 1.6,
        "headings": HeadingType(),
        "link": LinkType(),
    }
    return SimpleNamespace(**(values | changes))


@dataclass(frozen=True)
class Written:
    """A Word file taken apart."""

    data: bytes
    diagnostics: list[Diagnostic]

    @property
    def names(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return package.namelist()

    def raw(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return package.read(name)

    def part(self, name: str) -> Any:
        return etree.fromstring(self.raw(name))

    def all(self, path: str, part: str = "word/document.xml") -> list[Any]:
        return self.part(part).xpath(path, namespaces=NS)

    @property
    def text(self) -> str:
        return text_of(self.part("word/document.xml"))

    def paragraphs(self, style: str = "") -> list[str]:
        test = f"[w:pPr/w:pStyle/@w:val='{style}']" if style else ""
        return [text_of(paragraph) for paragraph in self.all(f"//w:p{test}")]


def text_of(element: Any) -> str:
    """Text as a reader copies it: a line break is a newline."""
    marks = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda _: "\n", f"{W}tab": lambda _: "\t"}
    return "".join(marks[e.tag](e) for e in element.iter(*marks) if e.getparent().tag == f"{W}r")


def document(html: str, language: str = "zh-CN", **changes: object) -> Document:
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    plain_drawings(tree, "test")
    tree.set("lang", language)
    number(tree, schemes_of(language))
    facts = {"title": "方案", "author": "人事部", "subject": "考核", "keywords": "绩效", "identifier": "00ff"}
    return Document(
        "scheme", tree, Metadata(**(facts | {"language": language, "issued": date(2025, 3, 1)} | changes)), schemes_of(language)
    )
