"""The libraries that PDFs are drawn with, as far as this machine has them."""

import ctypes
from collections.abc import Callable
from functools import cache


def pango_version() -> str:
    """Give Pango's version; empty where it cannot be loaded, and so no PDF can be written."""
    try:
        from weasyprint.text.ffi import pango  # noqa: PLC0415 - loading it is what is tried
    except (OSError, ImportError):
        return ""
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def has_subsetter() -> bool:
    """Tell whether HarfBuzz can cut down fonts that `writers.quick` does not; the fallback in Python takes several times as long."""
    try:
        from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - loading it is what is tried
    except (OSError, ImportError):
        return False
    return bool(harfbuzz_subset)


def is_quick() -> bool:
    """Tell whether WeasyPrint is the version that `writers.quick` was made for."""
    try:
        from generator.writers.quick import fits  # noqa: PLC0415 - it imports WeasyPrint
    except (OSError, ImportError):
        return False
    return fits()


_LIBRARIES: tuple[tuple[str, str, Callable[[ctypes.CDLL], object], tuple[str, ...]], ...] = (
    (
        "Pango",
        "pango_version",
        lambda library: library.pango_version(),
        ("libpango-1.0-0", "pango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ),
    (
        "HarfBuzz",
        "hb_version_string",
        lambda library: ctypes.string_at(ctypes.CFUNCTYPE(ctypes.c_void_p)(("hb_version_string", library))()).decode(),
        ("libharfbuzz-0", "harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
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
    """Give the versions of the native libraries without loading WeasyPrint, which takes half a second; empty where one is missing."""
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
