"""Files of people who have a password: locked, or not written; and the password stands nowhere."""

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pikepdf
import pytest

from genplan.documents.brand_preview import one_of_each_kind
from genplan.documents.specs import list_documents
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess

SECRET = "Zq7-geheim-Kx93"


@pytest.fixture
def workspace(team: Path) -> Path:
    fill(team, f"0001,甲某,80,90,{SECRET}\n0002,乙某,70,80,Other-pass-1\n")
    return team


def fill(folder: Path, rows: str, column: str = "打开密码") -> None:
    (folder / "plans" / "results" / "2026-Q3.csv").write_text(f"工号,姓名,甲,乙,{column}\n{rows}", "utf-8")


@pytest.fixture
def build(genplan: Callable[..., Any]) -> Callable[..., tuple[int, str]]:
    """Build the results, and give the exit code and all that was said."""

    def run(*options: str) -> tuple[int, str]:
        ran = genplan("build", "--kind", "result", *options)
        return ran.code, ran.out + ran.err

    return run


def files(folder: Path, suffix: str) -> list[Path]:
    return sorted((folder / "output").rglob(f"0*.{suffix}"))


def test_pdf_opens_with_the_password_and_not_without(workspace: Path, build) -> None:
    assert build("--format", "pdf")[0] == 0
    path = files(workspace, "pdf")[0]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path, password="Other-pass-1")
    with pikepdf.open(path, password=SECRET) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits, str(pdf.encryption.stream_method)) == (6, 256, "EncryptionMethod.aesv3")
        assert not pdf.owner_password_matched
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other
        assert pdf.Root.MarkInfo.Marked


def test_qpdf_agrees(workspace: Path, build, require_tool) -> None:
    qpdf = require_tool("qpdf")
    build("--format", "pdf")
    path = str(files(workspace, "pdf")[0])
    assert subprocess.run([qpdf, "--check", path], capture_output=True, check=False).returncode != 0
    assert subprocess.run([qpdf, "--check", f"--password={SECRET}", path], capture_output=True, check=False).returncode == 0


def test_word_file_opens_with_the_password_and_not_without(workspace: Path, build) -> None:
    assert build("--format", "docx")[0] == 0
    data = files(workspace, "docx")[0].read_bytes()
    assert not data.startswith(b"PK")
    locked = msoffcrypto.OfficeFile(io.BytesIO(data))
    opened = io.BytesIO()
    locked.load_key(password="wrong-one", verify_password=False)
    with pytest.raises(Exception, match=r"."):
        locked.load_key(password="wrong-one", verify_password=True)
    locked.load_key(password=SECRET, verify_password=True)
    locked.decrypt(opened)
    assert opened.getvalue().startswith(b"PK")


def test_password_stands_in_nothing_that_is_written_or_said(workspace: Path, build, genplan) -> None:
    code, said = build("--format", "pdf,docx,html", "--verbose")
    for command in (["check"], ["score", "plans/plan.md", "--format", "json"], ["score", "plans/plan.md", "--format", "csv"]):
        ran = genplan(*command)
        said += ran.out + ran.err
    assert code == 0
    assert "GP629" in said
    assert "2 people" in said
    assert not files(workspace, "html")
    assert SECRET not in said
    for path in (workspace / "output").rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    with pikepdf.open(files(workspace, "pdf")[0], password=SECRET) as pdf:
        assert all(SECRET.encode() not in held.read_bytes() for held in pdf.objects if isinstance(held, pikepdf.Stream))


def test_password_is_in_no_context_and_no_representation(workspace: Path) -> None:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, _ = assess(workspace / "plans" / "plan.md", "plan.md", workspace, theme)
    assert assessment is not None
    held = [order for order in list_documents(assessment) if order.person]
    assert {order.password for order in held} == {SECRET, "Other-pass-1"}
    for order in held:
        assert SECRET not in repr(order)
        assert SECRET not in repr(order.context(theme))


def test_only_a_page_asked_for_is_refused(workspace: Path, build) -> None:
    code, said = build("--format", "html")
    assert code == 1
    assert "GP629" in said
    assert not files(workspace, "html")


def test_pdf_a_is_refused(workspace: Path, build) -> None:
    code, said = build("--format", "pdf", "--pdf-variant", "pdf/a-3a")
    assert code == 1
    assert "GP628" in said
    assert "2 people" in said
    assert not files(workspace, "pdf")


@pytest.mark.parametrize(("library", "name"), [("pikepdf", "pdf"), ("msoffcrypto", "docx")])
def test_missing_library_leaves_nothing_unlocked(workspace: Path, build, library: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [module for module in sys.modules if module.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    code, said = build("--format", name, "--jobs", "0")  # in this process, whose modules were taken away
    assert code == 1
    assert "GP627" in said
    assert 'pip install "genplan[protect]"' in said
    assert not files(workspace, name)


def test_people_without_a_password_are_named(workspace: Path, build) -> None:
    fill(workspace, f"0001,甲某,80,90,{SECRET}\n0002,乙某,70,80,\n")
    code, said = build("--format", "pdf")
    assert code == 0
    assert "GP713" in said
    assert "0002" in said
    with pikepdf.open(files(workspace, "pdf")[1]):
        pass


@pytest.mark.parametrize("weak", ["1234", "密码够长的六个字"])
def test_weak_passwords_are_told_without_their_text(workspace: Path, build, weak: str) -> None:
    fill(workspace, f"0001,甲某,80,90,{weak}\n")
    code, said = build("--format", "pdf")
    assert code == 0
    assert "GP712" in said
    assert weak not in said


@pytest.mark.parametrize("column", ["密码", "打開密碼", "Password", "打开密码（至少六位）"])
def test_words_for_the_column(workspace: Path, build, column: str) -> None:
    fill(workspace, f"0001,甲某,80,90,{SECRET}\n", column)
    build("--format", "pdf")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(files(workspace, "pdf")[0])


def test_password_that_is_a_number_leaves_the_row_out(workspace: Path, build) -> None:
    shutil.rmtree(workspace / "plans" / "results")
    (workspace / "plans" / "results").mkdir()
    book = openpyxl.Workbook()
    for row in (["工号", "姓名", "甲", "乙", "打开密码"], ["0001", "甲某", 80, 90, 4815162342], ["0002", "乙某", 70, 80, SECRET]):
        book.active.append(row)
    book.save(workspace / "plans" / "results" / "2026-Q3.xlsx")
    plan = workspace / "plans" / "plan.md"
    plan.write_text(plan.read_text("utf-8").replace("*.csv", "*.xlsx"), "utf-8")
    code, said = build("--format", "pdf")
    assert code == 1
    assert "GP409" in said
    assert "4815162342" not in said
    assert [path.name[:4] for path in files(workspace, "pdf")] == ["0002"]


def test_workbook_of_results_holds_no_password(workspace: Path, genplan) -> None:
    ran = genplan("sheet", "plans/plan.md", "--people", "plans/results/2026-Q3.csv", "--period", "2026-Q3", "--output", "sheet.xlsx")
    assert not ran.code, ran.err
    with zipfile.ZipFile(workspace / "sheet.xlsx") as parts:
        texts = [parts.read(name) for name in parts.namelist()]
    book = openpyxl.load_workbook(workspace / "sheet.xlsx")
    assert any(cell.value == "甲某" for sheet in book for row in sheet for cell in row)
    assert all(SECRET.encode() not in text for text in texts)


def test_preview_shows_nobody_who_has_a_password(workspace: Path) -> None:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, _ = assess(workspace / "plans" / "plan.md", "plan.md", workspace, theme)
    assert assessment is not None
    assert not [order for order in one_of_each_kind([assessment], theme) if order.password]


def test_dry_run_lists_what_would_be_written(workspace: Path, build) -> None:
    _, said = build("--format", "pdf,html", "--dry-run")
    assert said.count("绩效考核结果.pdf") == 2
    assert ".html" not in said
