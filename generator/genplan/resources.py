"""Where the built-in theme and the sample plans stand: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _built_in(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def templates() -> Path:
    """Return the folder of the built-in theme."""
    return _built_in("templates")


def samples() -> Path:
    """Return the folder of the sample plans and their results."""
    return _built_in("plans")


def company() -> Path:
    """Return the folder of the sample workspace of a company."""
    return _PACKAGE / "samples" / "company"
