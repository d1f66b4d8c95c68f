"""`genplan doctor`."""

import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import click

from generator import __version__, resources
from generator.cli import EXIT_INPUT
from generator.cli.console import Console
from generator.cli.table import table
from generator.writers.native import has_subsetter, is_quick, pango_version
from generator.writers.speedups import CURE

_PACKAGES = ("click", "jinja2", "pydantic", "pyyaml", "markdown-it-py", "openpyxl", "weasyprint", "python-docx", "lxml")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed` is false where genplan works without it, if slower; `cure` tells how to get it."""

    what: str
    state: str
    present: bool
    needed: bool = True
    cure: str = ""


def _python() -> Finding:
    enough = sys.version_info >= (3, 11)
    return Finding("Python", platform.python_version(), enough, cure="install Python 3.11 or newer")


def _packages() -> list[Finding]:
    return [_package(name) for name in _PACKAGES]


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name), present=True)
    except PackageNotFoundError:
        return Finding(name, "missing", present=False, cure=f"pip install {name}")


def _pango() -> Finding:
    what = "Pango (text layout of PDF)"
    cure = "Debian/Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 · macOS: brew install pango · Windows: install MSYS2's pango"
    found = pango_version()
    return Finding(what, found or "missing", bool(found), cure=cure)


def _subsetter() -> Finding:
    what = "HarfBuzz subsetter (PDF in other fonts)"
    cure = (
        "Debian/Ubuntu: apt install libharfbuzz-subset0 · macOS: brew install harfbuzz. Without it, PDFs in OpenType (CFF) fonts take long"
    )
    found = has_subsetter()
    return Finding(what, "found" if found else "missing", found, needed=False, cure=cure)


def _quick() -> Finding:
    cure = f"{CURE}. With other versions each PDF takes about four times as long"
    found = is_quick()
    return Finding("quick ways of WeasyPrint (fast PDF)", "in use" if found else "made for other versions", found, needed=False, cure=cure)


def _fonts() -> Finding:
    fonts = sorted(path.name for path in (resources.templates() / "fonts").glob("*.ttf"))
    return Finding("bundled fonts", ", ".join(fonts) or "missing", bool(fonts), cure="reinstall genplan")


def _fallback() -> Finding:
    found = shutil.which("fc-list")
    cure = "Debian/Ubuntu: apt install fontconfig fonts-noto-cjk. Without it, names with rare characters are refused"
    return Finding("look-up of system fonts (rare characters)", "found" if found else "missing", bool(found), needed=False, cure=cure)


_CHECKS: tuple[Callable[[], Finding | list[Finding]], ...] = (_python, _packages, _pango, _subsetter, _quick, _fonts, _fallback)


@click.command("doctor")
@click.pass_obj
def command(console: Console) -> None:
    """Tell what this machine lacks for building documents, and how to get it."""
    findings: list[Finding] = []
    for check in _CHECKS:
        found = check()
        findings += found if isinstance(found, list) else [found]
    rows = [["ok" if f.present else "MISSING" if f.needed else "advised", f.what, f.state] for f in findings]
    console.data(f"genplan {__version__}\n{table(['', 'what', 'state'], rows)}")
    for finding in findings:
        if not finding.present:
            console.data(f"{finding.what}: {finding.cure}")
    sys.exit(EXIT_INPUT if any(f.needed and not f.present for f in findings) else 0)
