"""`genplan fields`: forms in, names and values out."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from genplan.cli.csv_text import csv_text
from genplan.source.spreadsheet_text import original

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def form(path: Path, **values: str) -> Path:
    controls = "".join(
        f'<w:sdt><w:sdtPr><w:tag w:val="{name}"/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>'
        for name, text in values.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body><w:p>{controls}</w:p></w:body></w:document>')
    return path


def test_forms_are_shown_as_json(genplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one, other = form(tmp_path / "a.docx", by="甲", score="85"), form(tmp_path / "b.docx", by="乙")

    ran = genplan("fields", one, other)
    assert ran.code == 0
    assert json.loads(ran.out) == {"a.docx": {"by": "甲", "score": "85"}, "b.docx": {"by": "乙"}}


def test_a_spreadsheet_takes_no_value_for_a_formula(genplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = genplan("fields", form(tmp_path / "a.docx", by="=HYPERLINK(1)", change="-5"), "--format", "csv")

    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows == [["file", "field", "value"], ["a.docx", "by", "'=HYPERLINK(1)"], ["a.docx", "change", "-5"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "&#9;", "&#13;", "＝"])
def test_no_cell_starts_a_formula_and_no_line_end_starts_a_row(genplan, tmp_path, monkeypatch, start):
    monkeypatch.chdir(tmp_path)
    path = form(tmp_path / "=a.docx", **{f"{start}n": f"甲&#13;{start}1+1", "b": f"{start}1+1"})
    rows = list(csv.reader(io.StringIO(genplan("fields", path, "--format", "csv").out, newline="")))
    assert [len(row) for row in rows] == [3, 3, 3]
    assert "\r" not in "".join(map("".join, rows))
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r＝")]
    assert [original(row[0]) for row in rows[1:]] == ["=a.docx"] * 2


def test_a_line_end_inside_a_cell_is_quoted():
    assert csv_text([("甲\r=1+1", "乙\r\n-1-1", "-5")]) == '"甲\n=1+1","乙\n-1-1",-5'


def test_nested_fields_and_impossible_dates_are_told(genplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside = '<w:sdt><w:sdtPr><w:tag w:val="on"/><w:date/></w:sdtPr><w:sdtContent><w:r><w:t>2026-02-30</w:t></w:r></w:sdtContent></w:sdt>'
    ran = genplan("fields", form(tmp_path / "a.docx", by=f"甲</w:t></w:r>{inside}<w:r><w:t>"))
    assert ran.code == 1
    assert "warning[GP640]" in ran.err
    assert "error[GP641]" in ran.err
    assert json.loads(ran.out) == {"a.docx": {"by": "甲2026-02-30", "on": "2026-02-30"}}


def test_a_file_that_is_no_form_is_an_error_and_stops_no_other(genplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.docx").write_bytes(b"no")

    ran = genplan("fields", tmp_path / "b.docx", form(tmp_path / "a.docx", by="甲"))
    assert ran.code == 1
    assert "GP611" in ran.err
    assert json.loads(ran.out) == {"a.docx": {"by": "甲"}}
