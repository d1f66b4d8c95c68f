"""`genplan lsp`."""

import signal
import sys
from contextlib import redirect_stdout

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, language_option
from genplan.cli.language import stated_language
from genplan.diagnostics import Span, diagnose
from genplan.messages import msg

_LIBRARIES = frozenset({"pygls", "lsprotocol", "cattrs", "attrs", "attr"})


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Accepted since many editors add it: the server always uses standard input and output.")
@language_option
@click.pass_obj
def command(console: Console, *, stdio: bool) -> None:  # noqa: ARG001 - as its help says
    """Serve an editor that speaks the Language Server Protocol.

    The editor starts this command. It gets diagnostics as you type, completion, the meanings of keys, and the places of definitions.
    """
    try:
        from genplan.language_server.server import serve  # noqa: PLC0415 - an optional library
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        message = msg("{lacking} is not installed", lacking=error.name)
        console.report([diagnose("GP524", Span("genplan lsp"), message, help='pip install "genplan[lsp]"')])
        sys.exit(EXIT_INPUT)
    sink = sys.stdout.buffer
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # nothing is to be cleaned up, and the thread that reads would be waited for
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    with redirect_stdout(sys.stderr):  # whatever is printed would break the protocol
        serve(sys.stdin.buffer, sink, stated_language(sys.argv[1:]))
