"""Machines without the libraries that PDFs are drawn with: everything but PDFs works, and it is said how to get them.

The libraries are really not to be loaded: a file that is none stands in their place, first on the loader's path.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH is Linux's")

SPECIALIST = "community-operations-specialist"
PANGO = "libpango-1.0.so.0"
SYSTEMS = (
    "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0",
    "Fedora: dnf install pango",
    "Alpine: apk add pango",
    "macOS: brew install pango",
    "Windows: install MSYS2",
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def without(small, tmp_path: Path) -> Run:
    """Run a command on a machine that cannot load a library."""

    def run(library: str, *arguments: str | Path, engine: str = "weasyprint", **environment: str) -> subprocess.CompletedProcess[str]:
        folder = tmp_path / "libraries"
        folder.mkdir(exist_ok=True)
        (folder / library).write_text("This is a text, and no library.\n" * 10)
        settings = small.root / "genplan.yml"
        settings.write_text(f"schema: 1\npdf_engine: {engine}\n")
        ran = small.genplan(*arguments, LD_LIBRARY_PATH=str(folder), **environment)
        assert "bug in genplan" not in ran.stderr
        assert "Traceback" not in ran.stderr
        assert "WeasyPrint could not import" not in ran.stdout + ran.stderr
        return ran

    return run


def test_this_is_no_library(without: Run, tmp_path: Path) -> None:
    without(PANGO, "--version")
    code = f"import ctypes; ctypes.CDLL({PANGO!r})"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"LD_LIBRARY_PATH": str(tmp_path / "libraries")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OSError" in ran.stderr
    assert "invalid ELF header" in ran.stderr or "Exec format error" in ran.stderr  # glibc, musl


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("score", f"plans/{SPECIALIST}.md"),
        ("sheet", f"plans/{SPECIALIST}.md", "--output", "sheet.xlsx"),
        ("schema",),
        ("explain", "GP550"),
        ("new", "mine", "--from", SPECIALIST),
        ("new-template", "result"),
        ("init", "other"),
        ("build", "--dry-run", "--format", "docx"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_needs_no_pdf_works(without: Run, arguments: tuple[str, ...]) -> None:
    ran = without(PANGO, *arguments)
    assert ran.returncode == 0, ran.stderr
    assert "error[" not in ran.stderr


def test_filled_forms_are_read(without: Run, small_built) -> None:
    form = next(path for path in small_built.built("docx") if "appeal" in path.parts)
    assert without(PANGO, "fields", form).returncode == 0


def test_word_files_and_pages_are_built_without_weasyprint(without: Run, small, tmp_path: Path) -> None:
    forbidden = tmp_path / "forbidden"
    forbidden.mkdir()
    (forbidden / "weasyprint.py").write_text("raise AssertionError('imported for nothing')\n")
    kinds = [option for kind in ("policy", "result", "summary", "report") for option in ("--kind", kind)]  # with charts and without
    ran = without(PANGO, "build", "--format", "docx,html", *kinds, PYTHONPATH=str(forbidden))
    assert ran.returncode == 0, ran.stderr
    assert len(small.built("docx")) == len(small.built("html")) == 4


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_a_build_writes_the_other_formats_and_says_once_what_is_missing(without: Run, small, jobs: str) -> None:
    ran = without(PANGO, "build", "--kind", "duties", "--kind", "result", "--format", "pdf,docx,html", "--jobs", jobs)
    assert ran.returncode == 1
    assert ran.stderr.count("GP550") == 1
    assert "--format: error[GP550]: pdf is skipped (docx and html are not): Pango and PangoFT2 cannot be used (" in ran.stderr
    assert "invalid ELF header" in ran.stderr
    assert all(f"\n    {line}" in ran.stderr for line in SYSTEMS)
    assert "\n1 error, 1 warning\n" in ran.stderr  # the sample's published total differs, on purpose
    assert "failed " not in ran.stderr
    assert small.built("pdf") == []
    assert len(small.built("docx")) == len(small.built("html")) == 2


def test_typst_makes_the_pdfs_instead(without: Run, small) -> None:
    kinds = [option for kind in ("policy", "result", "summary") for option in ("--kind", kind)]
    ran = without(PANGO, "build", *kinds, engine="auto")
    assert ran.returncode == 0, ran.stderr
    assert "GP550" not in ran.stderr
    assert len(small.built("pdf")) == len(small.built("docx")) == 3
    assert all(path.read_bytes().startswith(b"%PDF-1.7") for path in small.built("pdf"))
    doctor = without(PANGO, "doctor", engine="auto")
    assert doctor.returncode == 0
    assert re.search(r"ok +PDF engine +typst, since WeasyPrint cannot be used", doctor.stdout)
    assert re.search(r"advised +Pango and its dependencies", doctor.stdout)


def test_it_is_said_again_where_all_the_rest_is_fresh(without: Run) -> None:
    for _ in range(2):
        ran = without(PANGO, "build", "--kind", "duties")
        assert ran.returncode == 1
        assert "GP550" in ran.stderr
    assert "built " not in ran.stderr.replace("built  fresh", "")


def test_what_an_earlier_build_made_stays(without: Run, small) -> None:
    assert small.genplan("build", "--kind", "duties").returncode == 0
    assert without(PANGO, "build", "--kind", "duties", "--prune").returncode == 1
    assert len(small.built("pdf")) == len(small.built("docx")) == 1
    assert ".pdf" in (small.output / "index.html").read_text("utf-8")


def test_where_only_pdfs_are_asked_for_nothing_is_begun(without: Run, small) -> None:
    ran = without(PANGO, "build", "--format", "pdf")
    assert ran.returncode == 1
    assert "--format: error[GP550]: pdf is skipped: Pango" in ran.stderr
    assert not small.output.exists()


def test_what_would_be_built_leaves_pdfs_out(without: Run) -> None:
    ran = without(PANGO, "build", "--dry-run")
    assert ran.returncode == 1
    assert ".docx\n" in ran.stdout
    assert ".pdf" not in ran.stdout
    assert ran.stderr.count("GP550") == 1


def test_a_preview_says_the_same(without: Run) -> None:
    ran = without(PANGO, "brand", "preview")
    assert ran.returncode == 1
    assert ran.stderr.count("GP550") == 1
    assert SYSTEMS[1] in ran.stderr


@pytest.mark.parametrize(
    ("library", "name"),
    [
        ("libgobject-2.0.so.0", "GObject"),
        (PANGO, "Pango"),
        ("libpangoft2-1.0.so.0", "PangoFT2"),
        ("libharfbuzz.so.0", "HarfBuzz"),
        ("libfontconfig.so.1", "Fontconfig"),
    ],
)
def test_the_doctor_names_each_library(without: Run, library: str, name: str) -> None:
    ran = without(library, "doctor")
    assert ran.returncode == 1
    (row,) = [line for line in ran.stdout.splitlines() if line.startswith("MISSING")]
    assert f"{name}: " in row
    assert library in row
    assert all(line in ran.stdout for line in SYSTEMS)
    ran = without(library, "build", "--kind", "duties", "--format", "pdf")
    assert ran.returncode == 1
    assert f"{name}" in ran.stderr.partition("cannot be used")[0]


def test_without_the_subsetter_pdfs_are_the_same(without: Run, small) -> None:
    assert small.genplan("build", "--kind", "result", "--format", "pdf", "--output", "usual").returncode == 0
    ran = without("libharfbuzz-subset.so.0", "build", "--kind", "result", "--format", "pdf", "--output", "plain")
    assert ran.returncode == 0, ran.stderr
    (usual,), (plain,) = (small.built("pdf", small.root / name) for name in ("usual", "plain"))
    assert usual.read_bytes() == plain.read_bytes()
    ran = without("libharfbuzz-subset.so.0", "doctor")
    assert ran.returncode == 0
    assert "apt install libharfbuzz-subset0" in ran.stdout


OLD = """
int pango_version(void) { return 14212; }
const char *pango_version_string(void) { return "1.42.12"; }
"""


def test_a_pango_that_is_too_old_is_refused(small, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    """All of the machine's Pango is there, but for the version, which is one that WeasyPrint does not work with."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    for name, text in (("old.c", OLD), ("empty.c", "")):
        (tmp_path / name).write_text(text)
    real = subprocess.run(
        ["sh", "-c", f"ldconfig -p | grep -m1 -o '/.*{PANGO}'"], capture_output=True, text=True, check=True
    ).stdout.strip()
    make = [require_tool("gcc"), "-shared", "-fPIC", "-Wl,--no-as-needed"]
    # One that names the machine's own by its whole path, since both have the same name.
    subprocess.run([*make, f"-Wl,-soname,{real}", "-o", "real.so", "empty.c"], cwd=tmp_path, check=True)
    subprocess.run([*make, "-o", folder / PANGO, "old.c", "real.so"], cwd=tmp_path, check=True)
    (small.root / "genplan.yml").write_text("schema: 1\npdf_engine: weasyprint\n")
    ran = small.genplan("build", "--kind", "duties", LD_LIBRARY_PATH=str(folder))
    assert ran.returncode == 1
    assert "Pango cannot be used (version 1.42.12 is too old, 1.44 or newer is needed)" in ran.stderr
    assert len(small.built("docx")) == 1
    assert small.genplan("doctor", LD_LIBRARY_PATH=str(folder)).returncode == 1


def test_no_process_searches_for_libraries_that_are_there(small, tmp_path: Path) -> None:
    """Python searches by ldconfig, gcc and ld; here they would leave a mark."""
    tools, mark = tmp_path / "tools", tmp_path / "mark"
    tools.mkdir()
    for name in ("ldconfig", "gcc", "cc", "ld", "objdump"):
        (tools / name).write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n")
        (tools / name).chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    assert small.genplan("build", "--kind", "result", "--format", "pdf", PATH=path).returncode == 0
    assert not mark.exists()
    subprocess.run([sys.executable, "-c", "import weasyprint"], env={**os.environ, "PATH": path}, check=True)
    assert mark.exists()  # this is what it does by itself
