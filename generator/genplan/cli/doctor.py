"""`genplan doctor`."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from genplan import __version__, resources
from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console
from genplan.cli.table import table
from genplan.messages import listing, msg
from genplan.workspace.workspace import find_workspace
from genplan.writers.native import HOW_TO_GET, has_subsetter, is_quick, lacking, pango_version
from genplan.writers.options import AUTO, TYPST
from genplan.writers.possible import usable_engine
from genplan.writers.scratch import chosen
from genplan.writers.speedups import CURE

_PRINTER = "weasyprint"
_PACKAGES = {
    "click": "click",
    "jinja2": "jinja2",
    "pydantic": "pydantic",
    "pyyaml": "yaml",
    "markdown-it-py": "markdown_it",
    "openpyxl": "openpyxl",
    _PRINTER: "weasyprint",
    "python-docx": "docx",
    "lxml": "lxml.etree",
    "pillow": "PIL._imagingft",
    "fonttools": "fontTools.ttLib",
    "resvg-py": "resvg_py",
}
"""Packages that genplan depends on, each with a module whose import shows whether it works."""
_EXTRAS = {
    "docxtpl": ("word", msg("Word templates")),
    "pikepdf": ("protect", msg("password-protected PDFs")),
    "msoffcrypto-tool": ("protect", msg("password-protected Word files")),
    "typst": ("typst", msg("PDFs without Pango")),
    "pypdfium2": ("preview", "genplan brand preview"),
    "pygls": ("lsp", "genplan lsp"),
    "s3fs": ("s3", "--output s3://…"),
    "distributed": ("dask", "--scheduler"),
}
"""Packages of the extras, with the extra's name and purpose."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One dependency. `needed` is false if genplan works without it, though perhaps slower; `cure` says how to get it."""

    what: str
    state: str
    present: bool
    needed: bool = True
    cure: str = ""


def _python() -> list[Examined]:
    enough = sys.version_info >= (3, 11)
    return [Examined("Python", platform.python_version(), enough, cure=msg("install Python 3.11 or newer"))]


def _packages() -> list[Examined]:
    return [_package(name, module) for name, module in _PACKAGES.items()]


def _package(name: str, module: str) -> Examined:
    cure = f"pip install --force-reinstall {name}"
    try:
        state = version(name)
        if name != _PRINTER or not lacking():  # its missing parts are reported separately
            import_module(module)
    except PackageNotFoundError:
        return Examined(name, msg("missing"), present=False, cure=cure)
    except (ImportError, OSError) as error:
        return Examined(name, msg("broken: {error}", error=str(error).partition(chr(10))[0]), present=False, cure=cure)
    return Examined(name, state, present=True)


def _extras() -> list[Examined]:
    return [_extra(name, extra, purpose) for name, (extra, purpose) in _EXTRAS.items()]


def _extra(name: str, extra: str, purpose: str) -> Examined:
    """Check a package of an extra without importing it, since some take seconds to load."""
    what, cure = msg("{name} ({purpose})", name=name, purpose=purpose), f'pip install "genplan[{extra}]"'
    try:
        return Examined(what, version(name), present=True, needed=False)
    except PackageNotFoundError:
        return Examined(what, msg("not installed"), present=False, needed=False, cure=cure)


def _pango() -> list[Examined]:
    refused = lacking()
    state = listing([msg("{name}: {reason}", name=name, reason=reason) for name, reason in refused.items()], "; ") or pango_version()
    needed = usable_engine(_asked_engine()).value != TYPST
    return [Examined(msg("Pango and its dependencies (PDF)"), state, not refused, needed, HOW_TO_GET)]


def _engine() -> list[Examined]:
    """Say what makes PDFs here, and why; what WeasyPrint lacks is examined by itself."""
    asked = _asked_engine()
    usable = usable_engine(asked)
    state = usable.value or msg("none")
    if asked != AUTO:
        state = msg("{engine}, as genplan.yml asks for {asked}", engine=state, asked=asked)
    elif usable.value == TYPST:
        state = msg("typst, since WeasyPrint cannot be used")
    return [Examined(msg("PDF engine"), state, bool(usable.value), asked == TYPST, "".join(each.help for each in usable.diagnostics))]


def _asked_engine() -> str:
    """Return what the workspace, if this is one, asks for."""
    try:
        workspace, _ = find_workspace(Path.cwd())
    except OSError:  # the working directory is gone
        return AUTO
    return workspace.pdf_engine if workspace else AUTO


def _subsetter() -> list[Examined]:
    what = msg("HarfBuzz subsetter (PDF in other fonts)")
    cure = msg(
        "Debian/Ubuntu: apt install libharfbuzz-subset0 · macOS: brew install harfbuzz. Without it, PDFs with OpenType (CFF) fonts are slow"
    )
    available = has_subsetter()
    return [Examined(what, msg("found") if available else msg("missing"), available, needed=False, cure=cure)]


def _quick() -> list[Examined]:
    if lacking():
        return []
    cure = msg("{cure}. With other versions, each PDF takes about four times as long", cure=CURE)
    available = is_quick()
    return [
        Examined(
            msg("WeasyPrint speed-ups (PDF)"),
            msg("in use") if available else msg("not for the installed versions"),
            available,
            needed=False,
            cure=cure,
        )
    ]


def _fonts() -> list[Examined]:
    fonts = sorted(path.name for path in (resources.templates() / "fonts").glob("*.ttf"))
    return [Examined(msg("bundled fonts"), ", ".join(fonts) or msg("missing"), bool(fonts), cure=msg("reinstall genplan"))]


def _fallback() -> list[Examined]:
    available = shutil.which("fc-list")
    cure = msg("Debian/Ubuntu: apt install fontconfig fonts-noto-cjk. Without it, names with rare characters are errors")
    return [
        Examined(
            msg("system font lookup (rare characters)"),
            msg("found") if available else msg("missing"),
            bool(available),
            needed=False,
            cure=cure,
        )
    ]


def _temporary() -> list[Examined]:
    place = chosen()
    return [
        Examined(
            msg("folder for temporary files"), place or msg("none is writable"), bool(place), cure=msg("set TMPDIR to a writable folder")
        )
    ]


_CHECKS: tuple[Callable[[], Iterable[Examined]], ...] = (
    _python,
    _packages,
    _engine,
    _pango,
    _subsetter,
    _quick,
    _fonts,
    _fallback,
    _temporary,
    _extras,
)


@click.command("doctor")
@click.pass_obj
def command(console: Console) -> None:
    """Check this machine for missing dependencies, and show how to install them."""
    findings = [finding for check in _CHECKS for finding in check()]
    rows = [[msg("ok") if f.present else msg("MISSING") if f.needed else msg("advised"), f.what, f.state] for f in findings]
    console.data(msg("genplan {version}\n{table}", version=__version__, table=table(["", msg("what"), msg("state")], rows)))
    for finding in findings:
        if not finding.present:
            console.data(msg("{what}: {cure}", what=finding.what, cure=finding.cure))
    sys.exit(EXIT_INPUT if any(f.needed and not f.present for f in findings) else 0)
