"""Word templates made in place, filled in with a little context."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import docx
import pytest

from genplan.diagnostics import Outcome
from genplan.theme.document import Metadata
from genplan.theme.theme import Theme
from genplan.writers.word_template import WordTemplate, fill

FILE = "templates/kinds/notice.docx"
METADATA = Metadata("结果通知书", "示例科技有限公司", "通知", "绩效", "zh-CN", date(2026, 6, 15), "0123456789abcdef" * 2)
CONTEXT = {
    "plan": {"title": "方案 <甲> & 乙", "version": None, "issued": date(2026, 7, 1)},
    "result": {
        "total": "90.5",
        "lines": [{"name": "增速 & <b>", "score": "91", "inputs": ["a", "b"]}, {"name": "活跃度", "score": None, "inputs": ["c"]}],
        "comment": "第一行\n第二行",
    },
    "nothing": [],
}


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Write a document of these paragraphs, a table of these rows, a header and a footer."""

    def make(*paragraphs: str, rows: Sequence[Sequence[str]] = (), header: str = "", footer: str = "") -> bytes:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        if rows:
            table = document.add_table(0, len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        document.sections[0].header.paragraphs[0].text = header
        document.sections[0].footer.paragraphs[0].text = footer
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def filled(theme: Theme, word: Callable[..., bytes]) -> Callable[..., Outcome[bytes | None]]:
    """Fill in a template: bytes, or what `word` makes of the arguments."""

    def make(*parts: str | bytes, **more: object) -> Outcome[bytes | None]:
        data = parts[0] if parts and isinstance(parts[0], bytes) else word(*parts, **more)
        return fill(WordTemplate(FILE, data), theme.word_environment, CONTEXT, METADATA)

    return make


@pytest.fixture
def opened(filled: Callable[..., Outcome[bytes | None]]) -> Callable[..., docx.document.Document]:
    """The filled document, in which nothing may be wrong, as python-docx reads it."""

    def make(*parts: str | bytes, **more: object) -> docx.document.Document:
        data, found = filled(*parts, **more)
        assert not found
        assert data is not None
        return docx.Document(io.BytesIO(data))

    return make
