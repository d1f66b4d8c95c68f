"""Nothing that is printed commands the terminal, whatever files, plans, templates and arguments are called."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from genplan.cli.report import Painter, text_report
from genplan.diagnostics import Span, diagnose

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""C0 but for tab and line feed, DEL, C1, marks of direction, separators of lines."""
WORST = "\x1b]0;PWN\x07\x1b[2J\x9b31m\u202egnp.exe\u2066"
"""Sets the title, clears the screen, colours what follows (in one character of C1), and turns text around."""
QUOTED = '"\\e]0;PWN\\a\\e[2J\\x9b31m\\u202egnp.exe\\u2066"'
"""The same as YAML writes it."""

PLAN = f"""---
schema: 1
title: {QUOTED}
department: 运营部
position: 专员
cycle: quarterly
period: 2026-Q3
indicators:
  - {{name: {QUOTED}, weight: 60%, scoring: direct}}
  - {{name: 质量, weight: 60%, scoring: direct}}
grades:
  - {{name: {QUOTED}, from: 0}}
{QUOTED}: 1
documents: [{QUOTED}, scheme]
results: "results/*"
---
# {WORST}

![x]({WORST}.png)
"""
TURNED = '"\\u202egnp.exe\\u2066"'
"""Characters that turn text around may stand in names: Arabic and Hebrew ones need them."""
SOUND = f"""---
schema: 1
title: {TURNED}
department: 运营部
position: {TURNED}
cycle: quarterly
period: 2026-Q3
indicators:
  - {{name: {TURNED}, weight: 100%, scoring: direct, definition: {TURNED}}}
grades:
  - {{name: {TURNED}, from: 0}}
results: results/sound.yml
---
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which all that has a name has the worst of names."""
    root = tmp_path_factory.mktemp("hostile")
    name = WORST.replace("/", "")
    files = {
        "genplan.yml": "schema: 1\n",
        f"plans/{name}.md": PLAN,
        "plans/sound.md": SOUND,
        "plans/results/sound.yml": f"- {{工号: '0001', 姓名: {TURNED}, {TURNED}: 90, 评语: {TURNED}}}\n",
        f"plans/results/{name}.csv": f"工号,姓名,{WORST}\n0001,{WORST},{WORST}\n",
        f"plans/results/{name}.yml": f"- {{工号: {QUOTED}, 姓名: {QUOTED}, {QUOTED}: {QUOTED}}}\n",
        f"templates/kinds/{name}.html.j2": f"{{#---\ntitle: {WORST}\nscope: plan\n---#}}\n{{{{ '{WORST}'.nope }}}}",
        "templates/kinds/broken.html.j2": f"{{#---\ntitle: {QUOTED}\nscope: plan\n---#}}\n{{% include '{WORST}' %}}{{% {WORST} %}}",
        "templates/kinds/loads.html.j2": f"{{#---\ntitle: x\nscope: plan\n---#}}\n<a href='{WORST}' {WORST}='x'><img src='{WORST}'></a>",
        "templates/styles/custom.css": f"p {{ background: url('{WORST}') }}",
        "templates/locales/zh-CN.yml": f"{QUOTED}: {QUOTED}\nscheme: {{{QUOTED}: a}}\n",
        "other/genplan.yml": f"{QUOTED}: {QUOTED}\nplans: {QUOTED}\ntheme: {QUOTED}\n",
        "other/templates/brand.yml": f"meta: {{name: {QUOTED}}}\nlogo: {QUOTED}\ncolor: {{primary: {QUOTED}}}\n{QUOTED}: 1\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / f"{name}.csv").write_bytes(b"\xff\xfe")
    book = openpyxl.Workbook()
    book.active.append(["工号", "姓名", "_x001B_[2J"])
    book.active.append(["0001", "_x001B_[2J", "_x009B_x"])
    book.active.title = "\u202etxt"
    book.save(root / "plans" / "results" / f"{name}.xlsx")
    template = docx.Document()
    template.add_paragraph("{{ plan.nope }} {% x %}\u202e")
    template.save(root / "templates" / "kinds" / f"{name}-word.docx")
    (root / "templates" / "kinds" / f"{name}-word.yml").write_text(f"title: {QUOTED}\nscope: plan\n", "utf-8")
    template.save(root / f"{name}.docx")
    return root


def run(root: Path, *arguments: str, cwd: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "genplan", *arguments]
    return subprocess.run(command, cwd=root / cwd, capture_output=True, check=False, timeout=300)


COMMANDS = [
    ("check",),
    ("check", "--strict", "-v"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("check", f"{WORST}.md"),
    ("check", f"{WORST}.csv"),
    ("check", "--format", WORST),
    (f"--{WORST}",),
    (WORST,),
    ("check", f"--{WORST}", "x"),
    ("build", "-v", "--jobs", "0", "--format", "html"),
    ("build", "--jobs", "0", "--format", f"pdf,{WORST}"),
    ("build", "--jobs", WORST),
    ("build", "--dry-run"),
    ("build", "--why", f"{WORST}.pdf"),
    ("build", "--theme", WORST),
    ("build", "--language", WORST),
    ("build", "--edition", WORST),
    ("build", "--watermark", WORST),
    ("build", "--kind", WORST, "--person", WORST, "--period", WORST),
    ("build", "--output", f"{WORST}/x"),
    ("build", "--output", f"s3://{WORST}"),
    ("build", "--scheduler", WORST),
    ("score", "plans/sound.md"),
    ("score", "plans/sound.md", "--trace", "0001"),
    ("score", "plans/sound.md", "--trace", WORST),
    ("score", "plans/sound.md", "--format", "json"),
    ("score", "plans/sound.md", "--format", "csv"),
    ("score", f"plans/{WORST}.md"),
    ("sheet", "plans/sound.md", "--output", f"{WORST}.xlsx"),
    ("sheet", WORST),
    ("fields", f"{WORST}.docx"),
    ("fields", f"{WORST}.docx", "--format", "csv"),
    ("fields", f"{WORST}.csv"),
    ("fields", WORST),
    ("explain", WORST),
    ("new", WORST),
    ("new", "a", "--from", WORST),
    ("new-template", WORST),
    ("new-template", "a", "--from", WORST),
    ("init", f"{WORST}/{WORST}"),
    ("brand", WORST),
    ("brand", "preview", "--before", WORST),
    ("brand", "preview", "--against", WORST),
    ("completion", WORST),
    ("doctor",),
    ("schema",),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments).replace(WORST, "WORST"))
def test_what_is_printed_commands_no_terminal(hostile: Path, arguments: tuple[str, ...]) -> None:
    done = run(hostile, *arguments)
    for stream in (done.stdout, done.stderr):
        assert not HARMFUL.search(stream.decode("utf-8")), stream
    assert done.returncode in {0, 1, 2}, done.stderr.decode()


@pytest.mark.parametrize("arguments", [("check",), ("build", "--jobs", "0"), ("doctor",)])
def test_settings_and_brand_command_no_terminal(hostile: Path, arguments: tuple[str, ...]) -> None:
    done = run(hostile, *arguments, cwd="other")
    assert done.returncode in {0, 1}
    assert not HARMFUL.search((done.stdout + done.stderr).decode("utf-8"))


def test_a_file_name_that_is_no_text(hostile: Path) -> None:
    name = b"\x9b31m\x1b[2J\xff.md"
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"genplan", b"check", name], cwd=hostile, capture_output=True, check=False, timeout=300
    )
    assert done.returncode == 2
    assert not HARMFUL.search(done.stderr.decode("utf-8"))
    assert b"is no text in the encoding of this locale" in done.stderr


def test_the_worst_is_there_to_be_printed(hostile: Path) -> None:
    """What is asserted above would hold of a program that prints nothing."""
    printed = run(hostile, "check").stderr.decode()
    assert printed.count("\ufffd") > 20
    assert "PWN" in printed
    assert "PWN" in run(hostile, f"--{WORST}").stderr.decode()
    assert "\ufffdgnp.exe" in run(hostile, "score", "plans/sound.md").stdout.decode()


def test_json_keeps_what_there_is(hostile: Path) -> None:
    """Escapes are for terminals; programs read the names as they are."""
    scores = json.loads(run(hostile, "score", "plans/sound.md", "--format", "json").stdout)
    assert scores["title"] == "\u202egnp.exe\u2066"
    assert scores["scorecards"][0]["name"] == scores["title"]
    found = json.loads(run(hostile, "check", "--format", "json").stdout)
    assert any(WORST in each["file"] for each in found["diagnostics"])
    log = json.loads(run(hostile, "check", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"


def test_csv_is_still_csv(hostile: Path) -> None:
    rows = list(csv.reader(io.StringIO(run(hostile, "score", "plans/sound.md", "--format", "csv").stdout.decode())))
    assert [len(row) for row in rows] == [8, 8]
    assert rows[1][3] == "\ufffdgnp.exe\ufffd"


def test_on_a_terminal_only_genplans_own_colours_pass(hostile: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "genplan", "check"], cwd=hostile, stderr=theirs, stdout=theirs) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            parts.append(part)
        process.wait(300)
    os.close(ours)
    printed = b"".join(parts).decode("utf-8").replace("\r\n", "\n")
    painted = re.findall(r"\x1b\[\d*m", printed)
    assert painted, "nothing was painted"
    assert set(painted) <= {f"\x1b[{number}m" for number in (0, 1, 31, 32, 33, 34, 36)}
    assert not HARMFUL.search(re.sub(r"\x1b\[\d*m", "", printed))


def test_lines_of_help_stay_lines_and_look_like_no_diagnostic() -> None:
    found = diagnose("GP550", Span("--format"), "no PDF", help="install:\n    Debian: apt\nb.md:1: error[GP001]: \x1b[31mno")
    assert text_report([found], Painter(on=False)).split("\n")[1:4] == [
        "help: install:",
        "    Debian: apt",
        "    b.md:1: error[GP001]: \ufffd[31mno",
    ]
