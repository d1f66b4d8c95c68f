"""Names that templates use and that nothing has: what is nearest to them."""

import difflib
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

import jinja2
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from genplan.messages import msg

_DEEPEST = 5
"""Levels of the context that are searched for the value whose key is misspelt."""
_CUTOFF = 0.5


class UnknownNameError(UndefinedError):
    """A name that nothing has. `owner` is what was asked for it, `missing` where it is no value's key."""

    def __init__(self, message: str, owner: object, name: str | None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Misspelt(jinja2.StrictUndefined):
    """Stands for a name that nothing has: any use of it is an error that knows the name."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError) -> None:  # noqa: ANN401 - jinja2's signature
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:  # the sandbox refuses by one of its own
            self._undefined_exception = lambda message: UnknownNameError(message, obj, name)  # type: ignore[assignment]


def suggestion(error: UndefinedError) -> str:
    """Say which name was meant, if one is near: `did you mean `result.total`?`."""
    if not isinstance(error, UnknownNameError) or not isinstance(error.name, str):
        return ""
    known = _names(error)
    if error.owner is missing:
        others = [name for name in (*known, *_globals(error)) if name != error.name]
        near = difflib.get_close_matches(error.name, others, n=1, cutoff=_CUTOFF)
        return msg("did you mean `{near}`?", near=near[0]) if near else ""
    if not isinstance(error.owner, Mapping):
        return ""
    near = difflib.get_close_matches(error.name, [key for key in error.owner if isinstance(key, str)], n=1, cutoff=_CUTOFF)
    if not near:
        return ""
    path = next(_paths(error.owner, known), "")
    return msg("did you mean `{path}.{near}`?", path=path, near=near[0]) if path else msg("did you mean `{near}`?", near=near[0])


def _frames(traceback: TracebackType | None) -> Iterator[FrameType]:
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next


def _template_frame(error: BaseException) -> FrameType | None:
    """Find the innermost frame of a template, which Jinja makes anew with the template's own names in it."""
    return next((frame for frame in reversed([*_frames(error.__traceback__)]) if "__jinja_exception__" in frame.f_globals), None)


def _names(error: BaseException) -> dict[str, object]:
    frame = _template_frame(error)
    return {name: value for name, value in frame.f_locals.items() if not name.startswith("_")} if frame else {}


def _globals(error: BaseException) -> Iterator[str]:
    frame = _template_frame(error)
    environment = frame.f_globals.get("environment") if frame else None
    yield from getattr(environment, "globals", ())


def _paths(wanted: object, names: Mapping[str, object]) -> Iterator[str]:
    """List the ways from a name of the template to a value, short ones first."""
    level = [(name, value) for name, value in names.items() if isinstance(value, Mapping | list)]
    for _ in range(_DEEPEST):
        yield from (path for path, value in level if value is wanted)
        level = [
            (f"{path}.{key}", inner)
            for path, value in level
            if isinstance(value, Mapping)
            for key, inner in value.items()
            if isinstance(inner, Mapping)
        ]
