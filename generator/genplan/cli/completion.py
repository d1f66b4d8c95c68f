"""`genplan completion`."""

import click
from click.shell_completion import get_completion_class

from genplan.cli.console import Console

_INSTALL = {
    "bash": "genplan completion bash > ~/.local/share/bash-completion/completions/genplan",
    "zsh": 'genplan completion zsh > "${fpath[1]}/_genplan"',
    "fish": "genplan completion fish > ~/.config/fish/completions/genplan.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_obj
def command(console: Console, shell: str) -> None:
    """Print the completion script for a SHELL."""
    from genplan.cli.app import app  # noqa: PLC0415 - the group imports this module

    completer = get_completion_class(shell)
    assert completer is not None  # click knows the three shells
    console.data(f"# To install: {_INSTALL[shell]}\n{completer(app, {}, 'genplan', '_GENPLAN_COMPLETE').source()}")
