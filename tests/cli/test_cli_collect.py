"""`genplan build --collect`: one file of everybody's documents, in order, each as it is alone."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

RESULTS = "工号,姓名,部门,甲,乙\n0002,乙某,二部,90,80\n0001,甲某,一部,70,60\n0003,丙某,一部,50,40\n"
NOTICE = ("build", "--kind", "notice", "--collect", "notice")
PLACE = "output/plan/2026-Q3/notice"


@pytest.fixture(autouse=True)
def results(team: Path) -> Path:
    path = team / "plans" / "results" / "2026-Q3.csv"
    path.write_text(RESULTS, "utf-8")
    return path


def collected(suffix: str = "pdf", department: str = "") -> Path:
    name = "-".join(part for part in ("部门", "结果通知书", department, "合并打印") if part)
    return Path(f"{PLACE}/{name}.{suffix}")


def bookmarks(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_the_pdf_has_everybody_in_order_of_departments(genplan: Callable[..., Any]) -> None:
    genplan(*NOTICE)
    assert bookmarks(collected()) == ["0001 甲某", "0003 丙某", "0002 乙某"]
    alone = [pages(path) for path in Path(PLACE).glob("000*.pdf")]
    assert pages(collected()) == sum(alone)
    with pikepdf.open(collected()) as pdf:
        assert str(pdf.docinfo["/Title"]) == "结果通知书（合并打印，共3份）"


def test_each_starts_on_a_new_sheet(genplan: Callable[..., Any]) -> None:
    genplan(*NOTICE, "--duplex")
    alone = [pages(path) for path in Path(PLACE).glob("000*.pdf")]
    assert pages(collected()) == sum(count + count % 2 for count in alone)
    text = zipfile.ZipFile(collected("docx")).read("word/document.xml").decode()
    assert text.count('<w:type w:val="oddPage"/>') == len(alone)


def test_in_word_each_is_a_section_that_counts_anew(genplan: Callable[..., Any]) -> None:
    genplan(*NOTICE, "--format", "docx")
    file = zipfile.ZipFile(io.BytesIO(collected("docx").read_bytes()))
    text = file.read("word/document.xml").decode()
    assert len(re.findall(r"<w:sectPr>", text)) == text.count('<w:pgNumType w:start="1"/>') == 3
    assert "SECTIONPAGES" in file.read("word/footer1.xml").decode()
    assert "word/footer2.xml" not in file.namelist()
    assert "<w:sdt>" not in text


def test_by_department(genplan: Callable[..., Any]) -> None:
    genplan(*NOTICE, "--collect-by", "department", "--format", "pdf")
    assert not collected().exists()
    assert bookmarks(collected(department="一部")) == ["0001 甲某", "0003 丙某"]
    assert bookmarks(collected(department="二部")) == ["0002 乙某"]


def test_it_is_fresh_until_something_in_it_changes(genplan: Callable[..., Any], results: Path) -> None:
    genplan(*NOTICE)
    before = collected().read_bytes()
    assert "built plan/" not in genplan(*NOTICE).err
    results.write_text(RESULTS.replace("50", "51"), "utf-8")
    told = genplan(*NOTICE).err
    assert f"built {collected()}".replace("output/", "") in told
    assert "0001-甲某" not in told
    results.write_text(RESULTS, "utf-8")
    genplan(*NOTICE)
    assert collected().read_bytes() == before


def test_without_the_option_it_stays_and_is_out_of_date_when_it_is(genplan: Callable[..., Any], results: Path) -> None:
    genplan(*NOTICE)
    assert "GP7" not in genplan("build", "--kind", "notice").err
    results.write_text(RESULTS.replace("50", "51"), "utf-8")
    told = genplan("build", "--kind", "notice").err
    assert "GP725" in told
    assert "合并打印.pdf" in told


def test_it_is_removed_with_its_last_person(genplan: Callable[..., Any], results: Path) -> None:
    genplan(*NOTICE, "--collect-by", "department")
    results.write_text("".join(line for line in RESULTS.splitlines(keepends=True) if "二部" not in line), "utf-8")
    genplan("build", "--kind", "notice", "--prune")
    assert not collected(department="二部").exists()
    assert collected(department="一部").exists()


def test_the_settings_may_ask_for_it(genplan: Callable[..., Any], team: Path) -> None:
    (team / "genplan.yml").write_text("collect: [notice]\ncollect_by: department\nduplex: yes\n", "utf-8")
    genplan("build", "--kind", "notice")
    assert collected(department="一部").is_file()
    genplan("build", "--kind", "notice", "--format", "html")
    assert "合并打印" in (team / "output" / "index.html").read_text("utf-8")


def test_people_with_passwords_are_not_collected(genplan: Callable[..., Any], results: Path) -> None:
    results.write_text(RESULTS.replace("乙\n", "乙,打开密码\n", 1).replace("80\n", "80,k7-Rain-42\n").replace("60\n", "60,\n"), "utf-8")
    ran = genplan(*NOTICE)
    assert ran.code == 1
    assert "GP714" in ran.err
    assert not collected().exists()
    assert Path(f"{PLACE}/0002-乙某-结果通知书.pdf").is_file()


def test_nobody_is_left_out_silently(genplan: Callable[..., Any], results: Path) -> None:
    results.write_text(RESULTS.replace("50", "五十分左右"), "utf-8")
    ran = genplan(*NOTICE)
    assert not collected().exists()
    assert "0003" in ran.err.rpartition("failed plan/2026-Q3/notice/部门-结果通知书-合并打印")[2]


def test_only_documents_about_people_can_be_collected(genplan: Callable[..., Any]) -> None:
    ran = genplan("build", "--collect", "summary")
    assert ran.code == 1
    assert "GP704" in ran.err
