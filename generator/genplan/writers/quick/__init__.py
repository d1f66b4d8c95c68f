"""Quicker ways for what WeasyPrint does over and over in documents of one look.

`quicken()` puts them in place of WeasyPrint's own functions, once a process. Each module says what WeasyPrint does, why that is slow, and
why the result is the same. They are made for the versions in `speedups.KNOWN` alone: with any other, or where a function takes other
parameters than the one that would stand for it, WeasyPrint is left as it is, and is slower; `genplan build` and `genplan doctor` tell.
`plainly()` takes them away for a while, to compare.

WeasyPrint writes one document at a time in a process, and so do these: they are not for threads that write at the same time. What they keep
hangs on the style sheet of a look and goes when that goes; nothing is kept on disk.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache

from genplan.writers.quick import (
    backgrounds,
    borders,
    charts,
    contexts,
    drawings,
    fonts,
    glyphs,
    images,
    lengths,
    lines,
    marks,
    running,
    spaces,
    styles,
    texts,
    writing,
)
from genplan.writers.quick.replacement import Replacement
from genplan.writers.speedups import other_versions

STEPS: dict[str, Callable[[], list[Replacement]]] = {
    "styles": styles.replacements,
    "contexts": contexts.replacements,
    "drawings": drawings.replacements,
    "spaces": spaces.replacements,
    "lengths": lengths.replacements,
    "lines": lines.replacements,
    "texts": texts.replacements,
    "running": running.replacements,
    "glyphs": glyphs.replacements,
    "backgrounds": backgrounds.replacements,
    "marks": marks.replacements,
    "borders": borders.replacements,
    "charts": charts.replacements,
    "images": images.replacements,
    "fonts": fonts.replacements,
    "writing": writing.replacements,
}
"""What can be quickened, in the order it is put in place."""


@cache
def fits() -> bool:
    """Tell whether the libraries are the ones that the quick ways were made for."""
    return not other_versions() and all(each.fits for step in STEPS for each in _step(step))


@cache
def _step(name: str) -> list[Replacement]:
    """Give a step's replacements, made once, so that they know what they stand for."""
    return STEPS[name]()


_AWAY: set[str] = set()


def quicken() -> None:
    """Put the quick ways in place, where the libraries are known; once or again."""
    if fits():
        for name in STEPS:
            for each in _step(name) if name not in _AWAY else ():
                each.install()


@contextmanager
def plainly(without: Collection[str] = tuple(STEPS)) -> Iterator[None]:
    """Take steps away for a while, all of them unless some are named. Documents must not be begun inside and ended outside."""
    before = set(_AWAY)
    _AWAY.update(without)
    for name in without:
        for each in _step(name):
            each.remove()
    try:
        yield
    finally:
        _AWAY.intersection_update(before)
        quicken()
