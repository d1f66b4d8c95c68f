"""`genplan template`: built-in files come into the workspace as they are, and change nothing until they are changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genplan import resources


def test_names_and_short_names_are_copied(genplan: Callable[..., Any], workspace: Path) -> None:
    assert genplan("template", "copy", "result", "parts/facts.html.j2", "document.css", "zh-CN", "reference").code == 0
    for name in ("kinds/result.html.j2", "parts/facts.html.j2", "styles/document.css", "locales/zh-CN.yml", "reference.docx"):
        assert (workspace / "templates" / name).read_bytes() == (resources.templates() / name).read_bytes()
    assert genplan("check").code == 0


def test_files_of_a_theme_go_below_its_name(genplan: Callable[..., Any], team: Path) -> None:
    assert genplan("template", "copy", "reference", "result", "--theme", "quiet").code == 0
    assert (team / "templates/themes/quiet/reference.docx").is_file()
    assert (team / "templates/kinds/result.html.j2").is_file()


def test_the_list_tells_what_is_there(genplan: Callable[..., Any], team: Path) -> None:
    genplan("template", "copy", "base")
    rows = genplan("template", "list").out.splitlines()
    assert any(row.split() == ["base.html.j2", "templates/base.html.j2"] for row in rows)
    assert any(row.split() == ["kinds/notice.html.j2", "-"] for row in rows)
    assert not any("starters/" in row for row in rows)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("copy", "reslt"), 2, "did you mean `result`"),
        (("copy", "xyzzy"), 2, "genplan template list"),
        (("copy", "frame"), 0, ""),
        (("list", "--theme", "none"), 1, "GP535"),
    ],
)
def test_mistakes(genplan: Callable[..., Any], team: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    ran = genplan("template", *arguments)
    assert ran.code == code
    assert says in ran.err


def test_what_is_there_is_kept(genplan: Callable[..., Any], team: Path) -> None:
    genplan("template", "copy", "base")
    (team / "templates" / "base.html.j2").write_text("mine", "utf-8")
    assert genplan("template", "copy", "base").code == 2
    assert (team / "templates" / "base.html.j2").read_text("utf-8") == "mine"
    assert genplan("template", "copy", "base", "--force").code == 0


def test_a_new_base_changes_nothing_yet(genplan: Callable[..., Any], workspace: Path) -> None:
    assert genplan("new-template", "base").code == 0
    assert "builtin/base.html.j2" in (workspace / "templates" / "base.html.j2").read_text("utf-8")
    assert not (workspace / "templates" / "kinds").exists()
    assert genplan("check").code == 0


def test_a_new_kind_is_called_by_its_name(genplan: Callable[..., Any], team: Path) -> None:
    genplan("new-template", "thank-you-letter")
    genplan("new-template", "second-notice", "--from", "notice")
    for name, title in (("thank-you-letter", "Thank you letter"), ("second-notice", "Second notice")):
        assert f"title: {title}\n" in (team / "templates" / "kinds" / f"{name}.html.j2").read_text("utf-8")
