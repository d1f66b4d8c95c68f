"""What a stream begins and ends around drawing: a state, marked content, an artifact.

WeasyPrint writes them as generators, which Python takes some ten calls to enter and to leave; a page has hundreds. Here they are objects.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from genplan.writers.quick.replacement import Replacement


class _Around:
    """Ends on leaving what has begun."""

    __slots__ = ("end",)

    def __init__(self, end: Callable[[], None]) -> None:
        self.end = end

    def __enter__(self) -> None:
        """Begin nothing: that is done."""

    def __exit__(self, *_: object) -> None:
        self.end()


def stacked(self: Any) -> _Around:  # noqa: ANN401
    """Save the state, and put it back."""
    self.push_state()
    return _Around(self.pop_state)


def marked(self: Any, box: Any, tag: Any) -> AbstractContextManager[None]:  # noqa: ANN401
    """Mark what is drawn as a box's, for the tree of tags."""
    if self._tags is None:
        return nullcontext()
    mcid = len(self._tags)
    assert box not in self._tags
    self._tags[box] = {"tag": tag, "mcid": mcid}
    return _begun(self, tag, pydyf.Dictionary({"MCID": mcid}))


def artifact(self: Any) -> AbstractContextManager[None]:  # noqa: ANN401
    """Mark what is drawn as nothing to be read."""
    return nullcontext() if self._tags is None else _begun(self, "Artifact")


def _begun(stream: Any, *marks: object) -> _Around:  # noqa: ANN401
    stream.begin_marked_content(*marks)
    return _Around(stream.end_marked_content)


def replacements() -> list[Replacement]:
    """Begin and end by objects."""
    return [Replacement(Stream, "stacked", stacked), Replacement(Stream, "marked", marked), Replacement(Stream, "artifact", artifact)]
