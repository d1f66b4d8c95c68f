"""Text is never read as Typst's own language, whatever it is."""

import random
import re
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from genplan.writers import typst

PIECES = (
    *(
        "#",
        "$",
        "*",
        "_",
        "`",
        "```",
        "<",
        ">",
        "@",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "\\",
        '"',
        "'",
        "~",
        "=",
        "==",
        "+",
        "-",
        "--",
        "---",
        "^",
        "&",
    ),
    *(
        "%",
        ";",
        ":",
        "!",
        "?",
        ".",
        "...",
        ",",
        "|",
        "/",
        "//",
        "/*",
        "*/",
        "0",
        "12",
        "1.5em",
        "a",
        "Typst",
        "甲",
        "考核",
        "（",
        "）",
        "，",
    ),
    *(
        "#let x = 1",
        "#panic()",
        '#read("/etc/passwd")',
        "#import",
        "$x^2$",
        "@label",
        "<label>",
        "[*]",
        "\\u{41}",
        "https://example.org/a_b",
    ),
    *("#sys.inputs", "#{", "}#", '"]', "\\n", "= 甲", "- 甲", "+ 甲", "/ 甲: 乙", "#[", "]#", "2026-11-30", "½", "×", "≥"),
)
TEXTS = 600


def texts(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return ["".join(draw.choices(PIECES, k=draw.randint(1, 9))) for _ in range(count)]


def read_back(data: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(data)
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", "", said)


@pytest.mark.parametrize(
    "holder", ["<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<table><tbody><tr><td>{}</td></tr></tbody></table>"]
)
def test_text_comes_back_as_it_went_in(page: Callable, built_in_look, tmp_path: Path, require_tool: Callable, holder: str) -> None:
    require_tool("pdftotext")
    given = texts(TEXTS, seed=len(holder))
    body = "".join(holder.format(escape(text)) for text in given)
    data, found = typst.write(page(f"<main>{body}</main>"), built_in_look)
    assert not found
    assert data is not None
    said = read_back(data, tmp_path)
    bullets = "•" if "<li>" in holder else ""
    assert said.replace("•", "") == re.sub(r"\s+", "", "".join(given)), bullets


@pytest.mark.parametrize("text", ['#read("document.typ")', "#panic[]", "\\u{1F600}", '"); panic("'])
def test_titles_and_running_lines_are_text_too(page: Callable, built_in_look, tmp_path: Path, require_tool: Callable, text: str) -> None:
    require_tool("pdftotext")
    body = f'<header class="running"><span class="left">{escape(text)}</span></header><main><p>正文</p></main>'
    data, found = typst.write(page(body, title=text, author=text, subject=text, keywords=f"{text}, {text}"), built_in_look)
    assert not found
    assert data is not None
    assert re.sub(r"\s+", "", text) in read_back(data, tmp_path)


def test_a_character_that_no_font_of_the_theme_has_is_an_error(page: Callable, built_in_look) -> None:
    data, found = typst.write(page("<main><p>甲\U0001f6d8乙</p></main>"), built_in_look)
    assert data is None
    assert [(each.code, "U+1F6D8" in each.message) for each in found] == [("GP530", True)]


def test_what_typst_refuses_is_an_error(page: Callable, built_in_look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a document should be refused; here a style is."""
    monkeypatch.setattr("genplan.writers.typst.content.Writer.text", lambda *_: 10_000)
    monkeypatch.setattr("genplan.writers.typst.content.Writer.estimate", lambda *_: 0.0)
    data, found = typst.write(page("<main><p>文</p></main>"), built_in_look)
    assert data is None
    assert [(each.code, each.severity.value) for each in found] == [("GP633", "error")]
