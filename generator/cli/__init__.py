"""The `genplan` command: arguments, progress, exit codes. The only place that prints."""

import sys
from io import TextIOWrapper

EXIT_INPUT = 1
"""The input has errors."""
EXIT_BUG = 3
"""genplan itself failed."""


def main() -> None:
    """Run the command; an exception that gets here is a bug of genplan, and is reported as such."""
    from generator.cli.app import app  # noqa: PLC0415 - so that importing the package costs nothing
    from generator.cli.terminal import guard  # noqa: PLC0415

    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")  # data is the same wherever it is asked for
    guard()
    try:
        app(prog_name="genplan")
    except Exception as error:  # noqa: BLE001 - the last line of defence
        from generator.cli.bug import report_bug  # noqa: PLC0415 - only where there is one

        report_bug(error)
        sys.exit(EXIT_BUG)
