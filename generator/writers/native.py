"""The libraries that PDFs are drawn with, as far as this machine has them."""


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
