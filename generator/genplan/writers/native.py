"""The libraries that PDFs are drawn with, as far as this machine has them."""

import ctypes
import ctypes.util
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache

from genplan.messages import msg

OLDEST_PANGO = (1, 44)
"""What WeasyPrint asks for."""

HOW_TO_GET = msg(
    "install them\n"
    "    Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    "    Fedora: dnf install pango\n"
    "    Alpine: apk add pango so:libharfbuzz-subset.so.0\n"
    "    macOS: brew install pango (with a Python that is not Homebrew's: export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib)\n"
    "    Windows: install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango"
)
"""How to get all of them, a system a line."""

_PANGO_FILES = ("libpango-1.0-0", "pango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_HARFBUZZ_FILES = ("libharfbuzz-0", "harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
_NEEDED: dict[str, tuple[str, ...]] = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}
"""The libraries without which there is no PDF, with their files on Linux, macOS and Windows."""
_SYSTEMS = {"darwin": 1, "win32": 2}


@cache
def lacking() -> dict[str, str]:
    """Return the libraries that PDFs need and this machine cannot load, or has in a wrong version, each with the reason.

    WeasyPrint itself, which takes half a second to load, is asked only where not all of them are found by their usual names.
    """
    refused = _refused()
    if refused and (said := _refusal_of_weasyprint()):
        return refused if sys.platform == "linux" else {"Pango": said}
    version = pango_version()
    if version and tuple(map(int, version.split(".")[:2])) < OLDEST_PANGO:
        return {
            "Pango": msg(
                "version {version} is too old, {oldest} or newer is needed", version=version, oldest=".".join(map(str, OLDEST_PANGO))
            )
        }
    return {}


@contextmanager
def direct_loading() -> Iterator[None]:
    """Have WeasyPrint, while it is imported, load its libraries by their usual names on Linux, and search for none.

    It tries names of other systems first, and each is searched for by `ldconfig`, `gcc` and `ld`, in 54 child processes: a tenth of the CPU
    that one PDF takes. Where one of the libraries that it needs is not found by its usual name, it searches.
    """
    search = ctypes.util.find_library

    def find(name: str) -> str | None:
        return search(name) if sys.platform != "linux" or _refused() else None

    ctypes.util.find_library = find
    try:
        yield
    finally:
        ctypes.util.find_library = search


@cache
def _refused() -> dict[str, str]:
    """Give the libraries that cannot be loaded by their usual names, each with the reason."""
    return {name: reason for name, files in _NEEDED.items() if (reason := _refusal(files[_SYSTEMS.get(sys.platform, 0)]))}


def _refusal(file: str) -> str:
    try:
        ctypes.CDLL(file)
    except OSError as error:
        return str(error)
    return ""


@cache
def _refusal_of_weasyprint() -> str:
    """Load the part of WeasyPrint that loads the libraries; gives what stood in the way, if anything did."""
    try:
        with direct_loading(), redirect_stdout(io.StringIO()):  # where it says what its exception says better
            import weasyprint.text.ffi  # noqa: F401, PLC0415 - loading it is what is tried
    except (OSError, ImportError) as error:
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]  # half of it is worse than nothing to whoever imports it next
        return str(error).partition("\n")[0]
    return ""


def pango_version() -> str:
    """Return Pango's version; empty where it cannot be loaded, and so no PDF can be written."""
    number = native_versions()["Pango"]
    if not number and not _refusal_of_weasyprint():
        from weasyprint.text.ffi import pango  # noqa: PLC0415 - it finds libraries under more names

        number = str(pango.pango_version())
    return f"{int(number) // 10000}.{int(number) // 100 % 100}.{int(number) % 100}" if number else ""


def has_subsetter() -> bool:
    """Return whether HarfBuzz can subset the fonts that `writers.pdf.speedups` does not; the Python fallback takes far longer."""
    if native_versions()["HarfBuzz's subsetter"]:
        return True
    if lacking() or _refusal_of_weasyprint():
        return False
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - as above

    return bool(harfbuzz_subset)


def is_quick() -> bool:
    """Return whether WeasyPrint is the version that `writers.pdf.speedups` was made for."""
    if lacking() or _refusal_of_weasyprint():
        return False
    from genplan.writers.pdf.speedups import fits  # noqa: PLC0415 - it imports WeasyPrint

    return fits()


_LIBRARIES: tuple[tuple[str, str, Callable[[ctypes.CDLL], object], tuple[str, ...]], ...] = (
    ("Pango", "pango_version", lambda library: library.pango_version(), _PANGO_FILES),
    (
        "HarfBuzz",
        "hb_version_string",
        lambda library: ctypes.string_at(ctypes.CFUNCTYPE(ctypes.c_void_p)(("hb_version_string", library))()).decode(),
        _HARFBUZZ_FILES,
    ),
    (
        "HarfBuzz's subsetter",
        "hb_subset_input_create_or_fail",
        lambda _: "there",
        ("libharfbuzz-subset-0", "harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
    ),
)
"""Libraries by what they are called: a function they have, what tells the version, and their files on different systems."""


@cache
def native_versions() -> dict[str, str]:
    """Return the versions of the native libraries without loading WeasyPrint, which takes half a second; empty where one is missing."""
    return {name: _native_version(function, tell, files) for name, function, tell, files in _LIBRARIES}


def _native_version(function: str, tell: Callable[[ctypes.CDLL], object], files: tuple[str, ...]) -> str:
    for file in files:
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        if hasattr(library, function):
            return str(tell(library))
    return ""
