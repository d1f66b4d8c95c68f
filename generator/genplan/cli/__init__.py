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

EXIT_INPUT = 1
"""The input has errors."""
EXIT_USAGE = 2
"""The command was not given what it takes."""
EXIT_BUG = 3
"""genplan itself failed."""
_COMPLETE = "_GENPLAN_COMPLETE"
"""The variable by which completion scripts ask for words."""
_SIGNALLED = 128
"""What shells add to a signal's number for the exit code of a command that it ended."""


def main() -> None:
    """Run the command; an exception that gets here is about the machine, or else a bug of genplan, and is reported as such."""
    _occupy_standard_streams()
    _end_in_order()
    _forget_odd_completion()
    try:
        from genplan.cli.app import app  # noqa: PLC0415 - so that importing the package costs nothing
    except ImportError as error:  # without what reports are made with
        sys.exit(f"genplan: error[GP551]: a Python package cannot be loaded: {error}\nhelp: pip install --force-reinstall genplan")
    from genplan.cli.terminal import guard  # noqa: PLC0415 - as above

    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")  # data is the same wherever it is asked for
    guard()
    try:
        _refuse_odd_arguments()
        app(prog_name="genplan")
    except Exception as error:  # noqa: BLE001 - the last line of defence
        from genplan.cli.failure import report  # noqa: PLC0415 - only where there is one

        sys.exit(report(error))
    finally:
        discard_unwritable_output()
        gc.freeze()  # else Python goes through all that is left once more before it ends: a tenth or more of the CPU of `check`


def discard_unwritable_output() -> None:
    """Discard what a full disk keeps from being written: Python would try it again when it ends, and end with code 120 of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def _refuse_odd_arguments() -> None:
    """End where an argument is no text, which nothing could be done with but fail later."""
    odd = next((each for each in sys.argv[1:] if any("\ud800" <= character <= "\udfff" for character in each)), None)
    if odd is not None:
        shown = odd.encode("ascii", "backslashreplace").decode()
        sys.stderr.write(f"Error: the argument `{shown}` is no text in the encoding of this locale, {sys.getfilesystemencoding()}\n")
        sys.exit(EXIT_USAGE)


def _forget_odd_completion() -> None:
    """Take out of the environment what would have click end every command without a word."""
    asked = os.environ.get(_COMPLETE)
    if asked is not None and not re.fullmatch(r"(bash|zsh|fish)_(source|complete)", asked):
        del os.environ[_COMPLETE]


def _occupy_standard_streams() -> None:
    """Open what the shell has closed (`2>&-`): else the next file that is opened takes its number, and what libraries say goes into it."""
    with suppress(OSError):  # a machine may keep its null device from us
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - input, output, errors
            os.set_inheritable(number, True)  # noqa: FBT003 - so it is for workers too
        os.close(number)
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    """Open what takes all and keeps nothing, or at least shows nothing."""
    try:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - as long as the process
    except OSError:
        return StringIO()


def _end_in_order() -> None:
    """Have the process tidy up where it is asked to end, or its terminal is closed, as it does on Ctrl-C."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # not where nohup has it ignored
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(_SIGNALLED + number)
