"""A document that would show boxes in the place of characters is not built, in any format; the others are."""

from collections.abc import Callable
from pathlib import Path

import pytest

LOST = "\U0003fffd"
"""A character that Unicode has not assigned, so that no font has it."""
MESSAGE = f"no font can show `{LOST}` (U+3FFFD)"
FORMATS = ("--format", "pdf,docx,html")


def built(workspace: Path) -> set[str]:
    """List what was built, without the plan's folder and period."""
    return {"/".join(path.parts[-2:]) for path in workspace.glob("output/little/*/*/*.*")}


def test_a_name_that_cannot_be_read(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(f"0001,甲{LOST},80,90,\n0002,乙某,70,80,\n", kinds="scheme, result, summary")
    ran = genplan("build", *FORMATS)
    assert ran.code == 1
    assert ran.err.count("error[GP530]") == 1
    assert f"results/little/2026-Q3.csv:2: error[GP530]: {MESSAGE}" in ran.err
    kinds = {name.partition("/")[0] for name in built(workspace)}
    assert kinds == {"scheme", "result"}
    assert {name for name in built(workspace) if name.startswith("result")} == {
        f"result/0002-乙某-绩效考核结果.{suffix}" for suffix in ("pdf", "docx", "html")
    }
    failed = [line for line in ran.err.splitlines() if line.startswith("failed ")]
    assert len(failed) == 2
    assert all(line.endswith(f"GP530 {MESSAGE}") for line in failed)


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_it_is_the_same_in_every_format(genplan: Callable, little: Callable, workspace: Path, form: str) -> None:
    little(f"0001,甲{LOST},80,90,\n", kinds="result")
    assert genplan("build", "--format", form).code == 1
    assert built(workspace) == set()


def test_a_document_that_does_not_show_it_is_built(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(f"0001,甲某,80,90,好{LOST}\n", kinds="contract, result")
    assert genplan("build", "--format", "docx").code == 1
    assert built(workspace) == {"contract/0001-甲某-绩效合同.docx"}


def test_a_plan_that_cannot_be_read_has_no_documents(genplan: Callable, little: Callable, workspace: Path) -> None:
    path = little()
    path.write_text(path.read_text("utf-8").replace("小方案", f"小方案{LOST}"), "utf-8")
    assert genplan("build", *FORMATS).code == 1
    assert built(workspace) == set()


def test_a_company_whose_name_cannot_be_read(genplan: Callable, little: Callable, workspace: Path) -> None:
    little("0001,甲某,80,90,\n0002,乙某,80,90,\n", kinds="result")
    brand = workspace / "templates" / "brand.yml"
    text = brand.read_text("utf-8")
    assert text.count("示例科技") == 2
    brand.write_text(text.replace("示例科技", f"示例科技{LOST}"), "utf-8")
    ran = genplan("build", "--format", "html")
    assert ran.code == 1
    assert ran.err.count("error[GP530]") == 1
    assert f"result: error[GP530]: {MESSAGE}" in ran.err
    assert built(workspace) == set()


def test_words_of_a_template_that_cannot_be_read(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(kinds="result, scheme")
    kinds = workspace / "templates" / "kinds"
    kinds.mkdir()
    block = '{{% extends "builtin/kinds/result.html.j2" %}}{{% block content %}}{}{{{{ super() }}}}{{% endblock %}}'
    (kinds / "result.html.j2").write_text(block.format(LOST), "utf-8")
    assert genplan("build", "--format", "html").code == 1
    assert {name.partition("/")[0] for name in built(workspace)} == {"scheme"}


def test_words_of_a_style_sheet_that_cannot_be_read(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(kinds="scheme")
    styles = workspace / "templates" / "styles"
    styles.mkdir()
    (styles / "custom.css").write_text(f'h1::before {{ content: "{LOST}" }}\n', "utf-8")
    ran = genplan("build", "--format", "pdf,docx")
    assert ran.code == 1
    assert f"scheme: error[GP530]: {MESSAGE}" in ran.err
    assert built(workspace) == set()


def test_words_of_a_template_written_in_word(genplan: Callable, little: Callable, workspace: Path) -> None:
    docxtpl = pytest.importorskip("docxtpl")
    little(f"0001,甲{LOST},80,90,\n0002,乙某,70,80,\n", kinds="result")
    assert genplan("new-template", "result", "--word").code == 0
    assert docxtpl is not None
    ran = genplan("build", "--format", "docx")
    assert ran.code == 1
    assert {name.partition("-")[0] for name in built(workspace)} == {"result/0002"}
    assert ran.err.count("error[GP530]") == 1
