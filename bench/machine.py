"""The machine that was measured on, and what is installed there."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil
from peers import versions

_PROGRAMS = {"Chromium": ("chromium", "chromium-browser", "google-chrome"), "LibreOffice": ("soffice", "libreoffice")}
_LIBRARIES = ("lxml", "jinja2", "pydyf")


def describe() -> list[tuple[str, str]]:
    """List what is worth knowing of the machine; neither its name nor its paths."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = psutil.virtual_memory().total / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return [
        ("processor", f"{_processor()}, {cores} cores"),
        ("memory", f"{memory:.0f} GiB"),
        ("system", _system()),
        ("load before the run (1, 5, 15 minutes)", load),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("libraries", ", ".join(f"{name} {found}" for name, found in sorted({**versions(), **_others()}.items()))),
        *((name, _program(names)) for name, names in _PROGRAMS.items()),
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {platform.system()} {platform.release().split('-')[0]} {platform.machine()}"


def _others() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _program(names: tuple[str, ...]) -> str:
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        return "not installed"
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else "unknown version"
