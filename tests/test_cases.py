"""Every case of tests/cases: a small workspace, and what `genplan -v check` says of it, in each language.

`GENPLAN_UPDATE=1 pytest tests/test_cases.py` writes the expected texts anew; read what changed before you keep it.
"""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from genplan import api
from genplan.cli.report import Painter, text_report
from genplan.diagnostics import CODES, Severity
from genplan.messages import LANGUAGES, catalogue, translated, use_language
from genplan.messages.language import PSEUDO
from genplan.theme import glyphs
from genplan.workspace.session import open_session

CASES = Path(__file__).parent / "cases"
SOURCES = Path(__file__).parents[1] / "generator/genplan"
FOLDERS = sorted(path for path in CASES.iterdir() if (path / "genplan.yml").is_file())

WITHOUT_CASE = {
    "GP005": "takes a file of 4 MiB: tests/source/test_text.py",
    "GP009": "about pipes and devices: tests/cli/test_cli_sources.py",
    **dict.fromkeys(("GP501", "GP502", "GP503", "GP504", "GP505", "GP506", "GP515"), "templates are filled in when documents are built"),
    "GP633": "a bug of genplan's: tests/writers/typst/test_typst_text.py",
    **dict.fromkeys(
        ("GP601", "GP602", "GP604", "GP605", "GP606", "GP607", "GP608", "GP609", "GP610"), "writers run when documents are built"
    ),
    **dict.fromkeys(
        ("GP615", "GP616", "GP617", "GP618", "GP619", "GP620", "GP622"), "Word templates are filled in when documents are built"
    ),
    "GP524": "about what is installed: tests/cli/test_cli_brand.py",
    **dict.fromkeys(("GP525", "GP526", "GP527", "GP528", "GP529"), "about pages as laid out: tests/writers/test_inspection.py"),
    **dict.fromkeys(("GP516", "GP531", "GP532"), "take a whole language: tests/theme/test_languages.py"),
    **dict.fromkeys(("GP626", "GP709"), "options of `genplan build`: tests/cli/test_cli_editions.py"),
    **dict.fromkeys(("GP627", "GP628", "GP629", "GP713"), "files are locked when documents are built: tests/cli/test_cli_locking.py"),
    **dict.fromkeys(("GP611", "GP612", "GP613", "GP640", "GP641", "GP642"), "about filled forms: tests/people/test_word_fields.py"),
    **dict.fromkeys(("GP701", "GP702", "GP704"), "about the documents of a build"),
    **dict.fromkeys(("GP706", "GP707", "GP708", "GP723", "GP724"), "about the processes of a build: tests/execution/test_pool.py"),
    "GP550": "about the machine's libraries: tests/cli/test_cli_without_pango.py",
    "GP765": "about the folder of temporary files: tests/cli/test_cli_temporary.py",
    **dict.fromkeys(("GP551", "GP552", "GP766", "GP767", "GP768", "GP769"), "about the machine: tests/cli/test_cli_machine.py"),
    **dict.fromkeys((f"GP73{n}" for n in range(8)), "about clusters: tests/cli/test_cli_cluster.py"),
    **dict.fromkeys((f"GP74{n}" for n in range(5)), "about stores: tests/cli/test_cli_stores.py"),
    **dict.fromkeys(("GP714", "GP715"), "about an option of `genplan build`: tests/cli/test_cli_collect.py"),
    "GP755": "about links in the output folder: tests/cli/test_cli_links.py",
    "GP756": "about what happens during a build: tests/cli/test_cli_faults.py",
    **dict.fromkeys(("GP720", "GP721", "GP722", "GP725"), "about builds one after the other: tests/cli/test_cli_incremental.py"),
    **dict.fromkeys(("GP010",), "tests/people/test_bombs.py"),
    **dict.fromkeys(
        (
            "GP540",
            "GP541",
            "GP542",
            "GP544",
            "GP545",
            "GP546",
            "GP547",
            "GP548",
            "GP549",
        ),
        "templates, pictures and fonts are read when documents are built: tests/security/test_attacks.py",
    ),
    **dict.fromkeys(
        (
            "GP630",
            "GP631",
            "GP632",
        ),
        "Word files are opened when documents are built: tests/writers/word_template/test_word_contents.py",
    ),
}
"""Codes that no case shows, and why."""


_VALUE = re.compile(r"‹[^‹›]*›")
_ENGLISH = re.compile(r"\w*[aceinouyACEINOUY]\w*")
"""A letter without the accent that the pseudo-locale gives it."""


def untranslated(text: str) -> list[str]:
    """Return the English of a text that bypasses translation, besides that in values."""
    shown = translated(text, catalogue(PSEUDO))
    while _VALUE.search(shown):
        shown = _VALUE.sub("", shown)
    return _ENGLISH.findall(shown)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture(autouse=True)
def _fonts_of_no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_system_font_shows", lambda _: False)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    session = open_session(())
    found = sorted((*session.diagnostics, *api.check_styles(session)), key=lambda diagnostic: diagnostic.order)
    for language in LANGUAGES:
        use_language(language)
        report = text_report(found, Painter(on=False), (folder, *session.roots)) + "\n"
        expected = folder / ("expected.txt" if language == "en" else f"expected.{language}.txt")
        if os.environ.get("GENPLAN_UPDATE"):
            expected.write_text(report, encoding="utf-8", newline="\n")
        assert report == expected.read_text("utf-8")
    for diagnostic in found:
        for text in (diagnostic.message, diagnostic.help):
            assert not untranslated(text), text
    code = folder.name.partition("-")[0].upper()
    assert code in {"OK", *(diagnostic.code for diagnostic in found)}


def test_every_code_that_check_finds_has_a_case() -> None:
    shown = set(re.findall(r"\[(GP\d{3})\]", "".join((folder / "expected.txt").read_text("utf-8") for folder in FOLDERS)))
    assert shown | set(WITHOUT_CASE) == set(CODES)
    assert not shown & set(WITHOUT_CASE)


def test_codes_in_use_are_those_of_the_table() -> None:
    used = {
        node.value
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"GP\d{3}", node.value)
    }
    assert used == set(CODES)


def test_every_error_says_what_to_do() -> None:
    """Found in the sources, for many errors are hard to bring about."""
    calls = [
        (path, node)
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "diagnose"
    ]
    assert len(calls) > 200
    silent = {
        f"{path.name}:{node.lineno}"
        for path, node in calls
        if not any(keyword.arg == "help" for keyword in node.keywords)
        and not (isinstance(node.args[0], ast.Constant) and CODES[str(node.args[0].value)].severity is not Severity.ERROR)
    }
    assert not silent
