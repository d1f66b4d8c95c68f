"""`genplan brand preview`: every kind before and after, what is wrong with its pages, and the same bytes each time."""

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from genplan import resources
from genplan.cli.brand import preview
from genplan.cli.console import Console
from genplan.documents.brand_preview import compare
from genplan.writers import contact_sheet

KINDS = sorted({path.name.removesuffix(".html.j2") for path in (resources.templates() / "kinds").glob("*.html.j2")})


def folder(workspace) -> Path:
    return workspace.output / ".genplan" / "preview"


def rebrand(workspace, old: str, new: str) -> None:
    path = workspace.root / "templates" / "brand.yml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.fixture
def brief(small):
    """The same workspace, whose documents of every kind are a heading: what is asked of them is only whether they are the same."""
    kinds = small.root / "templates" / "kinds"
    kinds.mkdir()
    for kind in KINDS:
        page = f'{{% extends "builtin/kinds/{kind}.html.j2" %}}{{% block content %}}<h1>{kind}</h1>{{% endblock %}}'
        (kinds / f"{kind}.html.j2").write_text(page, "utf-8")
    return small


def test_before_and_after(small):
    rebrand(small, "#1F4E79", "#E0A030")
    first = small.genplan("brand", "preview")
    assert first.returncode == 0, first.stderr
    assert [sheet["kind"] for sheet in json.loads((folder(small) / "after" / "sheets.json").read_text("utf-8"))] == KINDS
    for kind in KINDS:
        pictures = [Image.open(folder(small) / side / f"{kind}.png").convert("RGB") for side in ("before", "after")]
        assert pictures[0].tobytes() != pictures[1].tobytes()
        shades = {color for _, color in pictures[1].getcolors(1 << 24)}
        assert (0xE0, 0xA0, 0x30) in shades
        assert (0x1F, 0x4E, 0x79) in {color for _, color in pictures[0].getcolors(1 << 24)}
    assert "GP521" in first.stderr
    assert re.search(r"scheme +\d → \d +changed", first.stderr)
    page = (folder(small) / "index.html").read_text("utf-8")
    for kind in KINDS:
        assert f'src="before/{kind}.png"' in page
        assert f'src="after/{kind}.png"' in page
    assert "WCAG AA" in page
    assert "#9d6c17" in page
    assert not list(folder(small).rglob("drawing"))

    # Drawn again without a change, the same is compared with the same as before.
    kept = {path: path.read_bytes() for path in folder(small).rglob("*") if path.is_file()}
    assert small.genplan("brand", "preview").returncode == 0
    assert {path: path.read_bytes() for path in folder(small).rglob("*") if path.is_file()} == kept

    # A further change is compared with what was drawn last; it makes text run over, and more pages.
    (small.root / "templates" / "styles").mkdir()
    (small.root / "templates" / "styles" / "custom.css").write_text(
        "html { line-height: 2.4 } p { line-height: 3; margin-right: -30mm }", "utf-8"
    )
    run = small.genplan("brand", "preview")
    assert run.returncode == 0, run.stderr
    assert (folder(small) / "before" / "scheme.png").read_bytes() == kept[folder(small) / "after" / "scheme.png"]
    scheme = next(each for each in compare(folder(small)) if each.kind == "scheme")
    assert scheme.repaginated
    assert {finding[:5] for finding in scheme.new_findings} == {"GP525"}
    assert "页数有变" in (folder(small) / "index.html").read_text("utf-8")
    assert "GP525" in run.stderr


def test_before_under_another_brand_file(brief):
    other = brief.root / "brand-old.yml"
    shutil.copy(brief.root / "templates" / "brand.yml", other)
    rebrand(brief, "#1F4E79", "#7A1F5C")
    run = brief.genplan("brand", "preview", "--before", other, "--output", brief.root / "seen")
    assert run.returncode == 0, run.stderr
    assert [each.kind for each in compare(brief.root / "seen") if each.same] == []
    assert not folder(brief).exists()
    again = brief.genplan("brand", "preview", "--against", brief.root / "seen", "--output", brief.root / "again")
    assert again.returncode == 0, again.stderr
    assert all(each.same for each in compare(brief.root / "again"))


def test_all_themes_side_by_side(brief):
    own = brief.root / "templates" / "themes" / "own"
    (own / "styles").mkdir(parents=True)
    (own / "styles" / "theme.css").write_text("h1 { color: #b00020; background: #b00020 }", "utf-8")
    (brief.root / "templates" / "styles").mkdir()
    (brief.root / "templates" / "styles" / "custom.css").write_text("h1 { colour: red }", "utf-8")
    run = brief.genplan("brand", "preview", "--theme", "all")
    assert run.returncode == 0, run.stderr
    assert "templates/styles/custom.css:1:6: warning[GP603]" in run.stderr
    names = ["modern", "official", "own", "quiet", "vivid"]
    sheets = folder(brief) / "themes"
    page = (sheets / "index.html").read_text("utf-8")
    assert sorted(path.name for path in sheets.iterdir()) == ["index.html", *names]
    for kind in KINDS:
        assert all(f'src="{name}/{kind}.png"' in page for name in names)
    shown = {name: Image.open(sheets / name / "scheme.png").convert("RGB") for name in names}
    assert len({image.tobytes() for image in shown.values()}) == len(names)
    assert (0xB0, 0x00, 0x20) in {color for _, color in shown["own"].getcolors(1 << 24)}
    refused = brief.genplan("brand", "preview", "--theme", "all", "--against", "plans")
    assert refused.returncode == 2
    assert "--theme all" in refused.stderr


def test_samples_stand_in_for_what_no_plan_yields(brief):
    shutil.rmtree(brief.root / "plans")
    (brief.root / "plans").mkdir()
    run = brief.genplan("brand", "preview", "--before", brief.root / "templates" / "brand.yml")
    assert run.returncode == 0, run.stderr
    assert [each.kind for each in compare(folder(brief))] == KINDS


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--before", "no.yml"), 1, "GP001"),
        (("--against", "plans"), 1, "no preview found in this folder"),
        (("--before", "a.yml", "--against", "b"), 2, "cannot be used together"),
    ],
)
def test_mistakes(small, arguments, code, says):
    run = small.genplan("brand", "preview", *arguments)
    assert run.returncode == code
    assert says in run.stderr
    assert "Traceback" not in run.stderr


def test_files_of_others_are_left_alone(brief):
    own = brief.root / "here" / "after" / "letter.txt"
    own.parent.mkdir(parents=True)
    own.write_text("x", "utf-8")
    run = brief.genplan("brand", "preview", "--output", brief.root / "here")
    assert run.returncode == 1
    assert "GP702" in run.stderr
    assert own.read_text("utf-8") == "x"


def test_missing_libraries_are_named_with_the_cure(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(contact_sheet, "missing", lambda: ["pypdfium2"])
    run = CliRunner().invoke(preview, [], obj=Console())
    assert run.exit_code == 1
    assert "GP524" in run.stderr
    assert 'pip install "genplan[preview]"' in run.stderr


def test_contact_sheet_marks_faulty_pages():
    pages = [Image.new("RGB", (40, 60), "white") for _ in range(3)]
    sheet = Image.open(BytesIO(contact_sheet.arrange(pages, columns=2, faulty=[3])))
    assert sheet.size == (2 * 24 + 2 * 40 + 20, 2 * 24 + 2 * 60 + 20)
    assert sheet.getpixel((24 - 3, 24 + 60 + 20 + 30)) == (0xD2, 0x1F, 0x1F)
    assert sheet.getpixel((24 - 3, 24 + 30)) == (0xE4, 0xE8, 0xED)
