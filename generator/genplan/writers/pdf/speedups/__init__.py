"""Speed-ups: quicker ways for what WeasyPrint does over and over in documents of one look.

`install()` puts them in place of WeasyPrint's own functions, once a process. Each module says what WeasyPrint does, why that is slow, and
why the result is the same. They are made for the versions in `writers.speedups.KNOWN` alone: with any other, or where a function takes
other parameters than the one that would stand for it, WeasyPrint is left as it is, and is slower; `genplan build` and `doctor` tell.
`without()` takes them away for a while, to compare.

WeasyPrint writes one document at a time in a process, and so do these: they are not for threads that write at the same time. What they keep
hangs on the style sheet of a look and goes when that goes; nothing is kept on disk.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache

from genplan.writers.pdf.speedups import borders, charts, fonts, glyphs, images, lines, running, styles, texts, writing
from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.speedups import other_versions

STEPS: dict[str, Callable[[], list[Replacement]]] = {
    "writing": writing.replacements,
    "styles": styles.replacements,
    "lines": lines.replacements,
    "texts": texts.replacements,
    "glyphs": glyphs.replacements,
    "charts": charts.replacements,
    "borders": borders.replacements,
    "fonts": fonts.replacements,
    "images": images.replacements,
    "running": running.replacements,
}
"""The steps; each can be taken away by itself."""


@cache
def fits() -> bool:
    """Return whether the libraries are the ones that the speed-ups were made for."""
    return not other_versions() and all(each.fits for step in STEPS for each in _step(step))


@cache
def _step(name: str) -> list[Replacement]:
    """Return a step's replacements, made once, so that they know what they stand for."""
    return STEPS[name]()


_AWAY: set[str] = set()


def install() -> None:
    """Put the speed-ups in place, where the libraries are known; once or again."""
    if fits():
        for name in STEPS:
            for each in _step(name) if name not in _AWAY else ():
                each.install()


@contextmanager
def without(steps: Collection[str] = tuple(STEPS)) -> Iterator[None]:
    """Take steps away for a while, all of them unless some are named. Documents must not be begun inside and ended outside."""
    before = set(_AWAY)
    _AWAY.update(steps)
    for name in steps:
        for each in _step(name):
            each.remove()
    try:
        yield
    finally:
        _AWAY.intersection_update(before)
        install()
