"""Commands with their help in the language in use."""

from copy import copy
from gettext import gettext

import click


def localized_command(command: click.Command) -> click.Command:
    """Return a copy of a command, and of the commands in it, whose help is in the language in use."""
    translated = copy(command)
    translated.help = _text(command.help)
    translated.epilog = _text(command.epilog)
    translated.params = [_parameter(each) for each in command.params]
    if isinstance(command, click.Group) and isinstance(translated, click.Group):
        translated.commands = {name: localized_command(each) for name, each in command.commands.items()}
    return translated


def _parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    translated = copy(parameter)
    translated.help = _text(parameter.help)
    return translated


def _text(text: str | None) -> str | None:
    """Look up a text as click does its own, which has no Message."""
    return gettext(text) if text else text
