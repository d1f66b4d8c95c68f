"""Commands with their help in the language in use."""

from copy import copy

import click

from genplan.messages import catalogue, current_language


def localized_command(command: click.Command) -> click.Command:
    """Return a copy of a command, and of the commands in it, whose help is in the language in use."""
    translated = copy(command)
    translated.help = command.help and translated_text(command.help)
    translated.epilog = command.epilog and translated_text(command.epilog)
    translated.params = [_parameter(each) for each in command.params]
    if isinstance(command, click.Group) and isinstance(translated, click.Group):
        translated.commands = {name: localized_command(each) for name, each in command.commands.items()}
    return translated


def _parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    translated = copy(parameter)
    translated.help = parameter.help and translated_text(parameter.help)
    return translated


def translated_text(text: str) -> str:
    """Translate a text that click stores as an ordinary string."""
    return catalogue(current_language()).gettext(text)
