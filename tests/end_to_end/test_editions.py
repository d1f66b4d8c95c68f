"""What an edition leaves out is in none of its files' bytes: sentinels stand in every hidden field, and are looked for everywhere."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest

from genplan.documents import specs
from genplan.documents.content import make_content, write
from genplan.documents.specs import DocumentSpec, in_editions, list_documents
from genplan.theme.editions import Edition
from genplan.theme.editions.edition import _steps
from genplan.theme.editions.paths import HIDEABLE, with_all_that_tells
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.options import Options

ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "tests" / "theme" / "everything" / "everything.md"
CHOSEN_BY = {"stage", "direction", "grade_change", "limit", "measure", "by", "conditions", "method", "key", "term", "polarity", "nature"}
"""Text that templates choose by, and never print."""
WORDS = ("SENTINEL", "哨兵")
STRICT = Edition(
    "employee", frozenset(set(HIDEABLE) - {"result", "summary", "report", "summary.ranking", "result.segments", "result.history"})
)
"""Hides all that can be hidden by itself, so that the templates are still asked for everything around it."""


@pytest.fixture
def look_for(tmp_path: Path, require_tool: Callable[[str], str]) -> Callable[[bytes, str], list[str]]:
    """Name the pieces of a file that hold a sentinel, in any way text is written."""
    require_tool("pdftotext")
    require_tool("qpdf")
    return lambda data, name: found(data, name, tmp_path)


@pytest.fixture(scope="module")
def assessment(theme: Theme) -> Assessment:
    assessment, _ = assess(EVERYTHING, EVERYTHING.name, ROOT, theme)
    assert assessment is not None
    return assessment


def planted(value: object, path: tuple, mark: Callable[[], object]) -> object:
    """Copy a context with sentinels in all text below a path, and numbers that only sentinels are."""
    if path and isinstance(value, dict):
        step, rest = path[0], path[1:]
        return {**value, step.name: planted(value[step.name], rest, mark)} if step.name in value else value
    if path and isinstance(value, list):
        return [planted(entry, path, mark) for entry in value]
    if isinstance(value, dict):
        return {key: inner if key in CHOSEN_BY else planted(inner, (), mark) for key, inner in value.items()}
    if isinstance(value, list):
        return [planted(entry, (), mark) for entry in value]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    return mark() if isinstance(value, str) else 987654321


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edition], None]:
    """Have every result and summary hold sentinels where an edition hides something."""

    def set_up(edition: Edition) -> None:
        for name, key in (("result_context", "result"), ("summary_context", "summary")):
            made = getattr(specs, name)

            def with_sentinels(*args: object, made: Callable = made, key: str = key) -> object:
                context = {key: made(*args)}
                count = iter(range(10**6))
                for path in with_all_that_tells(edition.hidden):
                    steps = _steps(path)
                    if path.startswith(f"{key}.") and "=" not in path and steps[-1].name not in CHOSEN_BY:
                        context = planted(context, steps, lambda: f"{WORDS[0]}{WORDS[1]}{next(count)}")
                return context[key]

            monkeypatch.setattr(specs, name, with_sentinels)

    return set_up


def pieces(data: bytes, name: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Take a file apart: every stream, part and attachment unpacked, and the text that readers see."""
    yield "the file", data
    if name == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                yield part, parts.read(part)
                yield f"text of {part}", re.sub(rb"<[^>]*>", b"", parts.read(part))
    if name == "pdf":
        path = folder / "file.pdf"
        path.write_bytes(data)
        yield "text", subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout
        plain = folder / "plain.pdf"
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), str(plain)], check=True, capture_output=True)
        yield "objects", plain.read_bytes()
        with pikepdf.open(path) as pdf:
            for place, held in enumerate(pdf.objects):
                if isinstance(held, pikepdf.Stream):
                    yield f"stream {place}", held.read_bytes() if held.get("/Subtype") != "/Image" else b""
                yield f"object {place}", "\n".join(str(text) for text in strings(held)).encode()
            for attachment in pdf.attachments:
                yield attachment, pdf.attachments[attachment].get_file().read_bytes()


def strings(held: object) -> Iterator[str]:
    """Decode the strings directly in an object: alternative texts, titles, properties."""
    if isinstance(held, pikepdf.String):
        yield str(held)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        for value in held.values():
            if not getattr(value, "is_indirect", False):
                yield from strings(value)
    elif isinstance(held, pikepdf.Array):
        for value in held:
            if not getattr(value, "is_indirect", False):
                yield from strings(value)


def found(data: bytes, name: str, folder: Path) -> list[str]:
    looked_for = [word.encode(code) for word in WORDS for code in ("utf-8", "utf-16-be", "utf-16-le")]
    looked_for += [word.encode("utf-16-be").hex().upper().encode() for word in WORDS]
    looked_for += [word.encode("utf-16-be").hex().encode() for word in WORDS] + [b"987654321", b"987,654,321"]
    return [piece for piece, text in pieces(data, name, folder) if any(each in text for each in looked_for)]


def wanted(assessment: Assessment, kind: str, edition: Edition | None) -> DocumentSpec:
    held = [order for order in list_documents(assessment) if order.kind.name == kind and not order.lacking]
    order = next((order for order in held if order.person and order.person.id == "0007" and order.period_id == "2026-Q3"), held[-1])
    return replace(order, edition=edition)


def made(order: DocumentSpec, theme: Theme, name: str, variant: str = "plain") -> bytes:
    content, problems = make_content(order, theme, date(2026, 10, 1))
    assert content is not None, problems
    data, problems = write(content, name, make_look(theme, EVERYTHING.parent), Options(variant))
    assert data is not None, problems
    return data


FORMATS = [("pdf", "plain"), ("pdf", "pdf/a-3a+ua-1"), ("docx", "plain"), ("html", "plain")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["result", "summary", "interview", "improvement", "notice"])
def test_hidden_values_are_in_no_byte(kind, form, assessment, theme, plant, look_for):
    plant(STRICT)
    assert not look_for(made(wanted(assessment, kind, STRICT), theme, *form), form[0])


@pytest.mark.parametrize("form", FORMATS)
def test_sentinels_are_found_where_nothing_is_hidden(form, assessment, theme, plant, look_for):
    plant(STRICT)
    pieces_with_sentinels = look_for(made(wanted(assessment, "result", None), theme, *form), form[0])
    assert pieces_with_sentinels
    if form[1] != "plain":
        assert "genplan-data.json" in pieces_with_sentinels


@pytest.mark.parametrize("edition", ["employee", "manager"])
@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_built_in_editions_hide_what_they_declare(edition, name, assessment, theme, plant, look_for):
    chosen = theme.editions[edition]
    plant(chosen)
    for order in in_editions([wanted(assessment, kind, None) for kind in ("result", "summary")], [chosen]):
        assert not look_for(made(order, theme, name), name)


def test_hr_edition_sees_all(assessment, theme, plant, look_for):
    plant(STRICT)
    assert look_for(made(wanted(assessment, "result", theme.editions["hr"]), theme, "html"), "html")


def test_template_written_in_word_is_given_no_hidden_value(plant, look_for, tmp_path):
    templates = tmp_path / "templates"
    (templates / "kinds").mkdir(parents=True)
    template = docx.Document()
    template.add_paragraph("{{ person.name }} {% if result.rank %}名次 {{ result.rank }}{% endif %} {{ edition.title }}")
    template.add_paragraph(
        "{% for line in result.lines %}{{ line.name }}{% for given in line.raters %}{{ given.score }}{% endfor %}{% endfor %}"
    )
    template.save(templates / "kinds" / "card.docx")
    (templates / "kinds" / "card.yml").write_text("title: 卡片\nscope: person\nneeds: [results]\n", "utf-8")
    own, problems = load_theme(templates, "zh-CN")
    assert own is not None, problems
    assessment, _ = assess(EVERYTHING, EVERYTHING.name, ROOT, own)
    assert assessment is not None
    plant(own.editions["employee"])
    assert look_for(made(wanted(assessment, "card", own.editions["hr"]), own, "docx"), "docx")
    data = made(wanted(assessment, "card", own.editions["employee"]), own, "docx")
    assert not look_for(data, "docx")
    assert "员工版" in docx.Document(io.BytesIO(data)).paragraphs[0].text
