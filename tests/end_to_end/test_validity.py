"""Every file is what its format asks for, by the judgement of others."""

import hashlib
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


def in_parallel(judge: Callable[[Path], str], paths: list[Path]) -> dict[str, str]:
    """Give what is said against files, by their names."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {str(path): verdict for path, verdict in zip(paths, pool.map(judge, paths), strict=True) if verdict}


TEXT = re.compile(rb"(<(w:t|dc:title|dc:subject|dc:creator|dc:identifier|cp:keywords)(?: [^<>]*)?>)[^<]+(</\2>)")
"""Text that people read: whatever it is, it makes no file invalid."""


def shape(path: Path) -> str:
    """Digest what a validator may find fault with: the parts of a Word file, without the text that people read and the pictures."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            data = package.read(name) if name.endswith((".xml", ".rels")) else b""
            digest.update(b"%s\0%s\0" % (name.encode(), TEXT.sub(rb"\1\3", data)))
    return digest.hexdigest()


def test_text_is_no_shape_and_all_else_is(samples, tmp_path: Path) -> None:
    good = next(path for path in samples.built("docx") if path.parent.name == "scheme")

    def changed(old: bytes, new: bytes) -> str:
        with zipfile.ZipFile(good) as source, zipfile.ZipFile(tmp_path / "changed.docx", "w") as target:
            assert old in source.read("word/document.xml")
            for name in source.namelist():
                target.writestr(name, source.read(name).replace(old, new) if name == "word/document.xml" else source.read(name))
        return shape(tmp_path / "changed.docx")

    assert changed(">考核".encode(), ">其他".encode()) == shape(good)
    assert changed(b"<w:body>", b"<w:body><w:nonsense/>") != shape(good)
    assert changed(b'w:val="', b'w:val="0') != shape(good)


def test_word_files_pass_the_open_xml_sdk(samples, chosen: list[Path], require_tool: Callable[[str], str]) -> None:
    """Of files that differ in the text of paragraphs alone, such as two people's, one is judged: each takes the validator a second."""
    validator = require_tool("ooxml-validator")

    def judge(path: Path) -> str:
        run = subprocess.run([validator, str(path)], capture_output=True, encoding="utf-8", check=False)
        verdict = json.loads(run.stdout)
        return "" if verdict["ok"] is True and verdict["errors"] == [] else json.dumps(verdict["errors"] or run.stderr, ensure_ascii=False)

    paths = samples.built("docx") if "CI" in os.environ else [stem.with_suffix(".docx") for stem in chosen]  # all take a minute
    assert len(paths) > 20
    of_each_shape = {shape(path): path for path in paths}
    assert len(of_each_shape) > 20
    assert not in_parallel(judge, [*of_each_shape.values()])


def test_the_open_xml_sdk_is_listened_to(samples, require_tool: Callable[[str], str], tmp_path: Path) -> None:
    """A broken file is found out, so that silence means something."""
    validator = require_tool("ooxml-validator")
    good = samples.built("docx")[0]
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(tmp_path / "bad.docx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:body>", b"<w:body><w:nonsense/>"))
    run = subprocess.run([validator, str(tmp_path / "bad.docx")], capture_output=True, encoding="utf-8", check=False)
    assert json.loads(run.stdout)["ok"] is False


def test_pdfs_pass_qpdf(samples, require_tool: Callable[[str], str]) -> None:
    qpdf = require_tool("qpdf")

    def judge(path: Path) -> str:
        run = subprocess.run([qpdf, "--check", str(path)], capture_output=True, encoding="utf-8", check=False)
        return "" if run.returncode == 0 and "No syntax or stream encoding errors found" in run.stdout else run.stdout + run.stderr

    assert len(samples.built("pdf")) > 50
    assert not in_parallel(judge, samples.built("pdf"))


def test_pdfs_carry_no_font_but_the_bundled_ones(samples, require_tool: Callable[[str], str]) -> None:
    tool = require_tool("pdffonts")

    def judge(path: Path) -> str:
        lines = subprocess.run([tool, str(path)], capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[2:]
        wrong = [line for line in lines if not re.match(r"[A-Z]{6}\+Noto-?Sans-?[ST]C", line) or line.split()[-5] != "yes"]
        return "\n".join(wrong if lines else ["no font"])

    assert not in_parallel(judge, samples.built("pdf"))


def test_pdfs_say_what_they_are(samples, require_tool: Callable[[str], str]) -> None:
    tool = require_tool("pdfinfo")

    def judge(path: Path) -> str:
        run = subprocess.run([tool, str(path)], capture_output=True, encoding="utf-8", check=True)
        said = dict(line.partition(":")[::2] for line in run.stdout.splitlines())
        facts = {name: value.strip() for name, value in said.items()}
        complete = facts.get("Title") and facts.get("Author") == "示例科技有限公司" and facts["Tagged"] == "yes"
        return "" if complete and facts["Page size"].endswith("(A4)") else run.stdout

    assert not in_parallel(judge, samples.built("pdf"))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/settings.xml"])
def test_word_files_speak_chinese(samples, part: str) -> None:
    for path in samples.built("docx"):
        with zipfile.ZipFile(path) as package:
            text = package.read(part).decode()
        assert "ja-JP" not in text
        if part == "word/settings.xml":
            assert '<w:characterSpacingControl w:val="compressPunctuation"/>' in text
            assert re.search(r'<w:themeFontLang[^>]*w:eastAsia="zh-(CN|TW)"', text)


def test_word_files_count_their_own_pages(samples) -> None:
    for path in samples.built("docx"):
        with zipfile.ZipFile(path) as package:
            footers = "".join(package.read(name).decode() for name in package.namelist() if re.match(r"word/footer\d*\.xml", name))
        assert re.search(r"\bPAGE\b", footers)
        assert re.search(r"\bNUMPAGES\b", footers)
