"""The language of messages."""

import locale
import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar

LANGUAGES = ("en", "zh-CN", "zh-TW")
"""Languages of messages; the first is the one they are written in."""
PSEUDO = "qps-ploc"
"""The pseudo-language by which tests find untranslated text: its letters have accents, and values are in ‹ ›."""
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_WINDOWS = {"Chinese (Traditional)": "zh-TW", "Chinese": "zh-CN", "English": "en"}
"""How the names of Windows's locales begin: Chinese (Simplified)_China."""

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def supported(tag: str) -> str | None:
    """Find the language that a tag means, as people and systems write it: zh_CN.UTF-8, zh-Hant, en_GB. None if there is none."""
    if tag == PSEUDO:
        return tag
    language, *rest = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
    if language == "zh":
        return "zh-TW" if _TRADITIONAL & set(rest) else "zh-CN"
    return language if language in LANGUAGES else None


def system_language(environ: Mapping[str, str] = os.environ) -> str | None:
    """Find the system's language: by the environment, or on Windows and macOS by its settings. None if it is not supported."""
    stated = next((environ[name] for name in _SYSTEM if environ.get(name)), "")
    if not stated and sys.platform in ("win32", "darwin"):
        stated = locale.getlocale()[0] or ""
    return next((language for name, language in _WINDOWS.items() if stated.startswith(name)), None) or supported(stated)


def use_language(tag: str) -> None:
    """Use one of the languages for what is shown from now on."""
    _current.set(tag)


def current_language() -> str:
    """Return the language in use."""
    return _current.get()
