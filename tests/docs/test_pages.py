"""The pages of docs/ for HR, designers and IT: complete in their languages, their links lead somewhere, and what they say can be done."""

import itertools
import re
from pathlib import Path

import click
import pytest
import scripts

from genplan.cli.app import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
pages = scripts.load("tools/pages.py")

LANGUAGES = {"hr": ("zh-CN", "zh-TW"), "designer": ("zh-CN",), "it": ("zh-CN",)}
"""Folder to the languages that its pages have besides English."""
ENGLISH = [page for folder in LANGUAGES for page in sorted((DOCS / folder).glob("*.md")) if page.stem.count(".") == 0]
TRANSLATED = [(page, language) for page in ENGLISH for language in LANGUAGES[page.parent.name]]
FRONT = [DOCS / "index.md", ROOT / "README.md"]
TRANSLATED += [(page, language) for page in FRONT for language in ("zh-CN", "zh-TW")]
ALL = [*FRONT, *ENGLISH, *(page.with_name(f"{page.stem}.{language}.md") for page, language in TRANSLATED)]
FENCED = re.compile(r"^( *)```.*?^\1```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOT_WORD = re.compile(r"[^\w\- ]")
NOT_RUN = {"docs/it/scale.md", "docs/it/scale.zh-CN.md"}
"""The pages that may have commands which no test runs: those that need a cluster."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def outline(text: str) -> dict[str, list[str]]:
    """Return what is the same in all languages of a page: levels of headings, blocks and their languages, rows of tables, codes."""
    prose = re.sub(r"^( *)```.*?^\1```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {
        "headings": re.findall(r"^(#+) ", prose, re.MULTILINE),
        "blocks": re.findall(r"^ *```(\w+)", text, re.MULTILINE),
        "codes": sorted(set(re.findall(r"GP\d{3}", text))),
    }


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and the site make them."""
    text = re.sub(r"^( *)```.*?^\1```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {NOT_WORD.sub("", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)).strip().lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize(("page", "language"), TRANSLATED, ids=lambda each: each if isinstance(each, str) else name(each))
def test_a_page_says_the_same_in_every_language(page: Path, language: str):
    translation = page.with_name(f"{page.stem}.{language}.md")
    assert translation.exists(), f"{name(page)} is missing in {language}"
    text = translation.read_text("utf-8")
    if page != DOCS / "index.md":  # whose readers of Traditional Chinese have fewer pages to go to
        assert outline(text) == outline(page.read_text("utf-8"))
    prose = FENCED.sub("", text)
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > len(re.findall(r"[A-Za-z]", LINK.sub("", prose))) / 2


@pytest.mark.parametrize("page", ALL, ids=name)
def test_links_lead_somewhere(page: Path):
    for target in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("page", [page for page in ALL if page.suffixes[0] in {".zh-CN", ".zh-TW"}], ids=name)
def test_pages_lead_to_pages_in_their_own_language(page: Path):
    language = page.suffixes[0]
    for target in LINK.findall(page.read_text("utf-8")):
        path = (page.parent / target.partition("#")[0]).resolve()
        if path.suffix == ".md" and path.suffixes[0] != language and path.stem.partition(".")[0] != page.stem.partition(".")[0]:
            assert not path.with_name(f"{path.stem}{language}.md").exists(), target


@pytest.mark.parametrize("page", ALL, ids=name)
def test_all_commands_are_run(page: Path):
    found = [block for block in pages.blocks(page.read_text("utf-8")) if block.language == "sh" and block.mark == "not run"]
    assert not found or name(page) in NOT_RUN


def played(page: Path) -> list[tuple[str, str]]:
    """List what playing a page does: its commands without remarks, and the files that it shows."""
    blocks = pages.blocks(page.read_text("utf-8"))
    return [(re.sub(r"\s+#.*", "", pages.commands(block)), block.text if block.mark == "file" else "") for block in blocks]


def in_english(page: Path) -> Path:
    return page.with_name(f"{page.stem.partition('.')[0]}.md")


PLAYED = [
    page
    for page in ALL
    if any(commands for commands, _ in played(page)) and (page == in_english(page) or played(page) != played(in_english(page)))
]
"""The pages that do something, and in a translation something else than in English."""


@pytest.mark.parametrize("page", PLAYED, ids=name)
def test_what_a_page_says_can_be_done(page: Path, tmp_path: Path):
    """Pages that begin with a workspace of their own are played in an empty folder, others in a new workspace."""
    text = page.read_text("utf-8")
    if "genplan init" not in "\n".join(map(pages.commands, pages.blocks(text))):
        assert pages.play("```sh\ngenplan init hr\n```\n", tmp_path) == []
        tmp_path /= "hr"
        (results,) = tmp_path.rglob("2026-Q3.csv")
        results.write_text("".join(results.read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")  # two people build faster
    assert pages.play(text, tmp_path) == []


def test_commands_that_are_named_are_there():
    """Commands in running text, and their options."""
    top = click.Context(app)
    for page in ALL:
        for text in re.findall(r"`genplan ([^`\n]+)`", page.read_text("utf-8")):
            words = list(itertools.takewhile(lambda word: word not in {"&&", ">", "|"}, text.split()))
            named = next((word for word in words if re.fullmatch(r"[a-z][a-z-]*", word)), None)
            command = app.get_command(top, named or "")
            assert command or "--lang" in words, f"{name(page)}: {text}"
            if command is None or isinstance(command, click.Group):
                continue
            known = {option for each in (app, command) for part in each.get_params(click.Context(each)) for option in part.opts}
            assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known | {"--lang"}, f"{name(page)}: {text}"


def test_the_site_has_every_page():
    site = (ROOT / "mkdocs.yml").read_text("utf-8")
    for page in ENGLISH:
        assert f" {page.relative_to(DOCS).as_posix()}\n" in site
