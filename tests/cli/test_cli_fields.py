"""`genplan fields`: forms in, names and values out."""

import csv
import io
import json
import zipfile
from pathlib import Path

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


def test_a_file_that_is_no_form_is_an_error_and_stops_no_other(genplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.docx").write_bytes(b"no")

    ran = genplan("fields", tmp_path / "b.docx", form(tmp_path / "a.docx", by="甲"))
    assert ran.code == 1
    assert "GP611" in ran.err
    assert json.loads(ran.out) == {"a.docx": {"by": "甲"}}
