"""The language in which genplan speaks to its user: asked for, else the system's, else the workspace's, else English."""

import locale
import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar

LANGUAGES = ("en", "zh-CN", "zh-TW")
"""Languages that messages are written in; the first is the one of their source."""
PSEUDO = "qps-ploc"
"""The language that tests use to find text that is not translated: letters have accents, and values stand in ‹ ›."""
VARIABLE = "GENPLAN_LANG"
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRADITIONAL = ("hant", "tw", "hk", "mo")

_current: ContextVar[str | None] = ContextVar("language", default=None)
_default: ContextVar[str] = ContextVar("default_language", default=LANGUAGES[0])


def supported(tag: str) -> str | None:
    """Find the language that is meant by a tag as people and systems write it: zh_CN.UTF-8, zh-Hant, en_GB; None if there is none."""
    if tag == PSEUDO:
        return tag
    language, *rest = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
    if language == "zh":
        return "zh-TW" if any(part in _TRADITIONAL for part in rest) else "zh-CN"
    return language if language in LANGUAGES else None


def system_language(environ: Mapping[str, str] = os.environ) -> str | None:
    """Find the system's language by the environment, or on Windows and macOS by its settings; None if it is not supported."""
    stated = [environ[name] for name in _SYSTEM if environ.get(name)]
    if not stated and sys.platform in ("win32", "darwin"):
        stated = [locale.getlocale()[0] or ""]
    return supported(stated[0]) if stated else None


def use_language(tag: str | None) -> None:
    """Use a language for what is shown from now on; None leaves the choice to `use_default_language`."""
    _current.set(tag)


def use_default_language(tag: str) -> None:
    """Use a language where neither the user nor the system states one: the workspace's."""
    _default.set(supported(tag) or LANGUAGES[0])


def current_language() -> str:
    """Return the language in use."""
    return _current.get() or _default.get()
