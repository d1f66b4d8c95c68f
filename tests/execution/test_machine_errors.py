"""What is about the machine is told apart from mistakes of genplan."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from genplan.execution.machine_errors import trouble
from genplan.storage.atomic_files import unwritable


def told(error: BaseException) -> tuple[str, str, str]:
    found = trouble(error, "作业")
    assert found is not None
    return found.code, str(found.span), found.message


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            ModuleNotFoundError("No module named 'lxml'", name="lxml"),
            ("GP551", "genplan", "the Python package `lxml` cannot be loaded: No module named 'lxml'"),
        ),
        (
            ImportError("libxml2.so.2: cannot open shared object file", name="lxml.etree"),
            ("GP551", "genplan", "the Python package `lxml` cannot be loaded: libxml2.so.2: cannot open shared object file"),
        ),
        (
            ImportError("The _imagingft C extension is not installed"),
            ("GP551", "genplan", "a Python package cannot be loaded: The _imagingft C extension is not installed"),
        ),
        (MemoryError(), ("GP768", "作业", "there is not enough memory")),
        (OSError(errno.EMFILE, "Too many open files", "/a"), ("GP767", "/a", "the operating system reports: Too many open files")),
        (OSError(errno.EIO, "Input/output error"), ("GP767", "作业", "the operating system reports: Input/output error")),
    ],
)
def test_what_is_about_the_machine(error: BaseException, expected: tuple[str, str, str]) -> None:
    assert told(error) == expected


@pytest.mark.parametrize(
    "error",
    [
        KeyError("a"),
        AttributeError("a"),
        OSError("of our own making"),
        ImportError("cannot import name 'a' from 'genplan.b'", name="genplan.b"),
        UnicodeEncodeError("ascii", "姓名", 0, 2, "ordinal not in range"),
        UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
    ],
    ids=repr,
)
def test_what_is_a_mistake_of_genplan_s(error: BaseException) -> None:
    assert trouble(error) is None


@pytest.mark.parametrize(
    ("package", "cure"),
    [
        ("docxtpl", '"genplan[word]"'),
        ("pikepdf", '"genplan[protect]"'),
        ("msoffcrypto", '"genplan[protect]"'),
        ("pypdfium2", '"genplan[preview]"'),
        ("pygls", '"genplan[lsp]"'),
        ("_sqlite3", "this Python was built without it"),
        ("resvg_py", "pip install --force-reinstall genplan"),
    ],
)
def test_how_a_package_is_got(package: str, cure: str) -> None:
    found = trouble(ImportError("broken", name=package))
    assert found is not None
    assert cure in found.help


def run(code: str, **environment: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env={**os.environ, **environment})
    answer: list[str] = json.loads(ran.stdout)
    return answer


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    code = f"""
import json, os
from genplan.execution.machine_errors import trouble
os.chdir({str(tmp_path)!r}); os.mkdir("a"); os.chdir("a"); os.rmdir("../a")
try:
    os.getcwd()
except OSError as error:
    found = trouble(error)
print(json.dumps([found.code, found.message]))
"""
    assert run(code) == ["GP766", "the working directory no longer exists"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always Unicode")
def test_a_locale_without_chinese(tmp_path: Path) -> None:
    code = f"""
import json
from genplan.execution.machine_errors import trouble
try:
    open({str(tmp_path)!r} + "/\\u5458\\u5de5.pdf", "w")
except UnicodeEncodeError as error:
    found = trouble(error)
print(json.dumps([found.code, found.message]))
"""
    assert run(code, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0") == [
        "GP769",
        "the locale does not support Chinese file names: its encoding is ascii",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_limits_of_the_shell_are_named_and_kept() -> None:
    code = """
import json, resource
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
from genplan.execution.limits import MEBIBYTE, bound_memory
from genplan.execution.machine_errors import raise_limits
bound_memory(64 * MEBIBYTE)
soft, hard = resource.getrlimit(resource.RLIMIT_AS)
print(json.dumps([raise_limits(), str(hard >> 30), str(0 < soft < hard)]))
"""
    advice, hard, bound = run(code)
    assert "8192 MiB of address space (ulimit -v)" in advice
    assert hard == "8"
    assert bound == str(sys.platform == "linux")


def test_without_limits_no_advice() -> None:
    code = "import json; from genplan.execution.machine_errors import raise_memory_limit; print(json.dumps([raise_memory_limit()]))"
    assert run(code) == [""]


def test_an_error_that_brings_its_diagnostic_keeps_it(tmp_path: Path) -> None:
    from genplan.storage.external_errors import ExternalError

    error = ExternalError("GP765", str(tmp_path), "no room", "make some")
    assert trouble(error) is error.diagnostic
    assert unwritable("output", error) is error.diagnostic
