"""genplan itself, in a process that has made documents before: data, template, tree, file."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers import maker, writer
from genplan.writers.options import TYPST, WEASYPRINT, Options

from . import OUT
from .content import ISSUED, KIND, LANGUAGE, Content


def prepare(content: Content, folder: Path) -> None:
    (folder / f"{content.name}.pickle").write_bytes(content.data)


@contextmanager
def session(folder: Path, form: str, *, given: bool = False, typst: bool = False) -> Iterator[Callable[[Sequence[int]], None]]:
    """Load the theme. With `given`, trees are made beforehand; with `typst`, it makes the PDFs."""
    theme, found = load_theme(None, LANGUAGE)
    assert theme is not None, found
    look = make_look(theme, folder)
    options = Options(pdf_engine=TYPST if typst else WEASYPRINT)
    writers = {name: writer(maker(name, options)) for name in form.split(",")}
    trees: dict[int, Document] = {}

    def tree(number: int) -> Document:
        context = pickle.loads((folder / f"{number:05}.pickle").read_bytes())  # noqa: S301 - written by `prepare`
        document, problems = render(theme, theme.kinds[KIND], context, ISSUED)
        assert document is not None, problems
        return document

    def make(numbers: Sequence[int]) -> None:
        for number in numbers:
            document = trees[number] if given else tree(number)
            for name, write in writers.items():
                data, problems = write(document, look, options)
                assert data is not None, problems
                (folder / OUT / f"{number:05}.{name}").write_bytes(data)

    if given:
        trees.update((int(path.stem), tree(int(path.stem))) for path in folder.glob("*.pickle"))
    yield make
