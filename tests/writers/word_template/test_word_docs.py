"""The worked example of docs/designer/word-templates.md can be built, and the page names what there is."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx

from genplan.diagnostics import CODES
from genplan.documents.content import make_content, write
from genplan.documents.specs import list_documents
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "designer" / "word-templates.md").read_text("utf-8")
_CELL = re.compile(r"(?<!\\)\|")


def example() -> tuple[list[str], list[list[str]], str]:
    paragraphs = re.search(r"<!-- example: paragraphs -->\n```\n(.*?)```", PAGE, re.DOTALL)
    rows = re.search(r"<!-- example: rows -->\n(.*?)\n\n", PAGE, re.DOTALL)
    header = re.search(r"# templates/kinds/result-notice.yml\n(.*?)```", PAGE, re.DOTALL)
    assert paragraphs and rows and header  # noqa: PT018 - all of the page
    cells = [[cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip("|"))] for line in rows[1].splitlines()]
    return paragraphs[1].splitlines(), [row for row in cells if row[0] != "---"], header[1]


def test_the_example_is_built(word: Callable[..., bytes], tmp_path: Path) -> None:
    paragraphs, rows, header = example()
    kinds = tmp_path / "templates" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "result-notice.docx").write_bytes(word(*paragraphs, rows=rows))
    (kinds / "result-notice.yml").write_text(header, "utf-8")
    theme, found = load_theme(tmp_path / "templates", "zh-CN")
    assert theme is not None
    assert not found
    plan = ROOT / "plans" / "community-operations-specialist.md"
    assessment, _ = assess(plan, plan.name, ROOT, theme)
    assert assessment is not None
    order = next(
        order for order in list_documents(assessment) if order.kind.name == "result-notice" and order.person and order.person.id == "0001"
    )
    content, found = make_content(order, theme, date(2026, 7, 1))
    assert content is not None, found
    data, found = write(content, "docx", make_look(theme, plan.parent))
    assert data is not None, found
    assert not found
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "案例员工（工号 0001）："
    assert document.paragraphs[1].text == "您2026年第二季度的考核总分为87.71分，等级为良好。"
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(table) > 3
    assert table[0] == ["指标", "权重", "得分"]
    assert all(row[1].endswith("%") for row in table[1:])


def test_cells_that_are_repeated_merged_and_coloured(opened: Callable[..., docx.document.Document]) -> None:
    rows = [("{%tc for line in result.lines %}", "{{ line.score or 0 }}", "{%tc endfor %}")]
    assert [cell.text for cell in opened(rows=rows).tables[0].rows[0].cells] == ["91", "0"]
    table = opened(rows=[('{% cellbg "FFF2CC" %}{{ plan.title }}',)]).tables[0]
    assert 'w:fill="FFF2CC"' in table._tbl.xml
    assert table.cell(0, 0).text == "方案 <甲> & 乙"


def test_the_page_names_codes_that_there_are() -> None:
    assert set(re.findall(r"GP\d{3}", PAGE)) <= set(CODES)
