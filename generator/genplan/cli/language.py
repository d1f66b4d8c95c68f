"""Chooses the language of messages: --lang, GENPLAN_LANG, the system's, the workspace's, else English."""

import gettext
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from genplan.cli import EXIT_USAGE
from genplan.messages import LANGUAGES, listing, localized, msg, supported, system_language, use_language
from genplan.messages.catalogue import DOMAIN, FOLDER
from genplan.workspace import SETTINGS

VARIABLE = "GENPLAN_LANG"
OPTION = "--lang"
_LONGEST = 65536
"""Bytes of the settings that are searched."""
_SETTING = re.compile(r"^(?:language|语言|語言)\s*:\s*['\"]?([A-Za-z][\w-]*)", re.MULTILINE)
"""The key `language` in the words that settings accept; reading them properly would delay `--help` by the import of pydantic."""


def choose_language(arguments: Sequence[str]) -> None:
    """Use the language that is asked for, so that even mistakes in the arguments are reported in it; leave if it is not supported."""
    source, asked = _stated(arguments)
    language = supported(asked)
    use(language or system_language() or _of_workspace() or LANGUAGES[0])
    if asked and language is None:
        message = msg(
            "{source}: `{asked}` is not supported; use one of {languages}", source=source, asked=asked, languages=listing(LANGUAGES)
        )
        sys.stderr.write(f"{localized(message)}\n")
        sys.exit(EXIT_USAGE)


def stated_language(arguments: Sequence[str]) -> str | None:
    """Return the language that --lang or GENPLAN_LANG asks for, None if neither does."""
    return supported(_stated(arguments)[1])


def _stated(arguments: Sequence[str]) -> tuple[str, str]:
    """Return what states a language, the option or the variable, and what it says."""
    asked = _option(arguments)
    return (OPTION, asked) if asked else (VARIABLE, os.environ.get(VARIABLE, ""))


def use(language: str) -> None:
    """Use a language for genplan's messages and for click's, which looks them up by gettext."""
    use_language(language)
    os.environ["LANGUAGE"] = language.replace("-", "_")
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)


def _option(arguments: Sequence[str]) -> str:
    """Find the last --lang among the arguments."""
    asked = ""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION:
            asked = "".join(arguments[at + 1 : at + 2])
        elif argument.startswith(f"{OPTION}="):
            asked = argument.removeprefix(f"{OPTION}=")
    return asked


def _of_workspace() -> str | None:
    """Read the language that genplan.yml states; whether its value is right is checked where the settings are read."""
    try:
        folder = Path.cwd()
    except OSError:  # it was removed, which is reported if it is needed
        return None
    for each in (folder, *folder.parents):
        path = each / SETTINGS
        if os.path.lexists(path):
            return _stated_in(path) if path.is_file() else None  # reading a pipe would not end
    return None


def _stated_in(path: Path) -> str | None:
    with suppress(OSError), path.open("rb") as file:
        found = _SETTING.search(file.read(_LONGEST).decode("utf-8", "replace"))
        return supported(found[1]) if found else None
    return None
