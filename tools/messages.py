"""Keep the catalogues of messages: extract messages from the code, and compile translations.

Run: python tools/messages.py (with genplan installed; `make messages`). Messages that are new have no translation in
generator/genplan/messages/locales/*/LC_MESSAGES/genplan.po, and those that the code no longer has are dropped from it. `--check` writes
nothing, and fails where a catalogue is out of date, or lacks a translation or a placeholder.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import click
import reference
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from genplan.cli.app import COMMANDS, app
from genplan.diagnostics import CODES
from genplan.messages import LANGUAGES, plain
from genplan.messages.catalogue import DOMAIN, FOLDER
from genplan.messages.message import PLACEHOLDER
from genplan.plan.model import Plan
from genplan.source.docstrings import field_docstrings
from genplan.workspace.workspace import Settings

SOURCES = Path(__file__).parent.parent / "generator" / "genplan"
KEYWORDS = {"msg": 1, "plural": 2}
"""The functions that make messages, and how many of their arguments are texts."""
CLICK = {"_": None, "gettext": None, "ngettext": (1, 2)}
"""How click marks its own messages, which are translated here: it comes without translations."""
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in compiled catalogues, so that they depend on their texts only."""

Id = str | tuple[str, str]


def main() -> int:
    """Write the catalogues, or with --check compare them."""
    checking = "--check" in sys.argv[1:]
    wanted = messages()
    faults: list[str] = []
    for language in LANGUAGES[1:]:
        path = catalogue_path(language)
        catalogue = updated(path, language, wanted)
        po, mo = written(catalogue), compiled(catalogue)
        faults += [f"{path}: {fault}" for fault in lacking(catalogue)]
        for file, content in ((path, po), (path.with_suffix(".mo"), mo)):
            if not checking:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            elif not file.exists() or file.read_bytes() != content:
                faults.append(f"{file}: out of date; run `make messages`")
    print("\n".join(faults) or f"{len(wanted)} messages in {', '.join(LANGUAGES)}")
    return 1 if faults else 0


def catalogue_path(language: str) -> Path:
    """Return the file of a language's translations."""
    return FOLDER / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


def messages() -> list[Id]:
    """List all messages in order; one that is the singular of another needs no entry of its own."""
    every = set(extracted())
    return sorted(every - {each[0] for each in every if isinstance(each, tuple)}, key=str)


def extracted() -> Iterator[Id]:
    """Yield the messages of the code, of the table of diagnostic codes, of the commands' help, and of click."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from literals(path)
    for code in CODES.values():
        yield from map(plain, (code.title, code.cause, code.cure))
    yield from docstrings()
    yield from literals(Path(reference.__file__))
    yield from COMMANDS.values()
    yield from helps(app)
    yield from helps_of_commands()
    spec = find_spec("click")
    for path in sorted(Path(spec.origin).parent.glob("*.py")) if spec and spec.origin else []:
        for _, message, _, _ in extract_from_file("python", path, keywords=CLICK):
            yield message


def docstrings() -> Iterator[str]:
    """Yield the docstrings of the models of plans and settings and of their keys, each on one line."""
    for model in (*reference.models(Plan), Settings):
        for text in (model.__doc__ or "", *field_docstrings(model).values()):
            if text:
                yield " ".join(text.split())


def literals(path: Path) -> Iterator[Id]:
    """Yield the messages of a file. Babel reads the same, but warns of every value that is an f-string."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            texts = [argument.value for argument in call.args[: KEYWORDS[call.func.id]] if isinstance(argument, ast.Constant)]
            if len(texts) == KEYWORDS[call.func.id]:
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def helps_of_commands() -> Iterator[Id]:
    """Yield the help of every command and its options."""
    context = click.Context(app)
    for name in COMMANDS:
        command = app.get_command(context, name) if isinstance(app, click.Group) else None
        if command is not None:
            yield from helps(command)


def helps(command: click.Command) -> Iterator[Id]:
    """Yield the help of a command, of its options, and of the commands in it."""
    yield from (text for text in (command.help, command.epilog) if text)
    yield from (option.help for option in command.params if isinstance(option, click.Option) and option.help)
    if type(command) is click.Group:
        for each in command.commands.values():
            yield from helps(each)


def updated(path: Path, language: str, wanted: list[Id]) -> Catalog:
    """Return a language's catalogue with just the messages that are wanted, and the translations there are."""
    known = Catalog()
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file)
    catalogue = Catalog(
        language.replace("-", "_"), domain=DOMAIN, project="genplan", fuzzy=False, header_comment="# Translations of genplan's messages."
    )
    for message in wanted:
        before = known.get(message)
        catalogue.add(message, before.string if before and before.id == message and not before.fuzzy else None)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue as text that depends on its messages only."""
    stream = BytesIO()
    write_po(stream, catalogue, width=0, omit_header=False, no_location=True, sort_output=True)
    volatile = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To|Language-Team):.*\n', re.MULTILINE
    )
    return volatile.sub(b"", stream.getvalue())


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue from its text, so that the result depends on nothing else."""
    stream = BytesIO()
    from_text = read_po(BytesIO(written(catalogue)))
    from_text.creation_date = from_text.revision_date = NO_DATE
    write_mo(stream, from_text)
    return stream.getvalue()


def lacking(catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with translations: none, or placeholders that are not those of the message."""
    for message in catalogue:
        if not message.id:
            continue
        texts = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if not all(texts):
            yield f"no translation: {message.id!r}"
        elif any(placeholders(text) != expected(message) for text in texts):
            yield f"other placeholders: {message.id!r}"


def expected(message: Message) -> set[str]:
    """Return the placeholders of a message; a plural may lack the count in one of its forms."""
    return placeholders(message.id) if isinstance(message.id, str) else placeholders(message.id[1])


def placeholders(text: str) -> set[str]:
    """Return the placeholders in a text."""
    return {part["name"] for part in PLACEHOLDER.finditer(text) if part["name"]}


if __name__ == "__main__":
    sys.exit(main())
