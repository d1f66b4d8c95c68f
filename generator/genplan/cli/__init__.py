"""The `genplan` command: arguments, progress, exit codes. The only place that prints."""

import gc
import os
import re
import signal
import sys
from contextlib import suppress
from io import StringIO, TextIOWrapper
from types import FrameType
from typing import TextIO

from genplan.messages import msg

EXIT_INPUT = 1
"""The input has errors."""
EXIT_USAGE = 2
"""The command was used incorrectly."""
EXIT_BUG = 3
"""A bug in genplan."""
_COMPLETE = "_GENPLAN_COMPLETE"
"""The environment variable through which completion scripts request words."""
_SIGNALLED = 128
"""Shells add this to a signal's number for the exit code of a command ended by it."""


def main() -> None:
    """Run the command. An exception that gets here is a problem with the machine or a bug in genplan, and is reported as such."""
    _occupy_standard_streams()
    _end_in_order()
    _forget_odd_completion()
    try:
        from genplan.cli.app import app  # noqa: PLC0415 - so that importing the package costs nothing
    except ImportError as error:  # without the modules for reports
        sys.exit(
            msg(
                "genplan: error[GP551]: a Python package cannot be loaded: {error}\nhelp: pip install --force-reinstall genplan",
                error=error,
            )
        )
    from genplan.cli.language import choose_language  # noqa: PLC0415 - as above
    from genplan.cli.localized_commands import localized_command  # noqa: PLC0415 - as above
    from genplan.cli.terminal import guard  # noqa: PLC0415 - as above

    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")  # data is the same on every machine
    guard()
    try:
        _refuse_odd_arguments()
        choose_language(sys.argv[1:])
        localized_command(app)(prog_name="genplan")
    except Exception as error:  # noqa: BLE001 - the last line of defence
        from genplan.cli.failure import report  # noqa: PLC0415 - only if there is one

        sys.exit(report(error))
    finally:
        discard_unwritable_output()
        gc.freeze()  # otherwise Python traverses all objects once more on exit: a tenth or more of the CPU of `check`


def discard_unwritable_output() -> None:
    """Discard output that a full disk prevents from being written: Python would retry on exit, and end with its own code 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def _refuse_odd_arguments() -> None:
    """Exit if an argument is not valid text, which would only fail later."""
    odd = next((each for each in sys.argv[1:] if any("\ud800" <= character <= "\udfff" for character in each)), None)
    if odd is not None:
        shown = odd.encode("ascii", "backslashreplace").decode()
        sys.stderr.write(
            msg(
                "Error: the argument `{shown}` is no text in the encoding of this locale, {getfilesystemencoding}\n",
                shown=shown,
                getfilesystemencoding=sys.getfilesystemencoding(),
            )
        )
        sys.exit(EXIT_USAGE)


def _forget_odd_completion() -> None:
    """Remove environment variables that would make click end every command silently."""
    asked = os.environ.get(_COMPLETE)
    if asked is not None and not re.fullmatch(r"(bash|zsh|fish)_(source|complete)", asked):
        del os.environ[_COMPLETE]


def _occupy_standard_streams() -> None:
    """Reopen streams closed by the shell (`2>&-`): otherwise the next opened file gets their number, and libraries' output."""
    with suppress(OSError):  # the null device may be inaccessible
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - input, output, errors
            os.set_inheritable(number, True)  # noqa: FBT003 - so that workers have it too
        os.close(number)
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    """Open a stream that discards everything written to it, or at least doesn't show it."""
    try:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - as long as the process
    except OSError:
        return StringIO()


def _end_in_order() -> None:
    """Make the process clean up when it is terminated or its terminal is closed, as on Ctrl-C."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # unless nohup ignores it
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(_SIGNALLED + number)
