"""What one document may take, and where it was when it took more."""

import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any

import psutil

from genplan.messages import msg

MEBIBYTE = 1024 * 1024
_SPARE = 3
"""Address space beyond what a worker starts with, in budgets: libraries reserve more than they use."""
_LONGEST = 24
_PAGES = 4 * MEBIBYTE
"""Memory of a document's pages while those after it are laid out; 1.7 MiB were measured for a result of two and a half pages."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a document may take, bytes that its process may hold, and the documents after which a process is replaced."""

    seconds: float = 60
    memory: int = 1024 * MEBIBYTE
    documents: int = 500

    def of(self, count: int) -> "Limits":
        """Return the limits of a job that makes several documents at once: their time, and room for their pages."""
        return replace(self, seconds=self.seconds * count, memory=self.memory + (count - 1) * _PAGES)


DEFAULT_LIMITS = Limits()


def bound_memory(budget: int) -> None:
    """Let this process reserve no more than some budgets beyond what it has, where the system can see to that.

    The one who watches over it looks at what it holds, every so often; this is for what is faster.
    """
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not on every system

    with suppress(OSError, ValueError, psutil.Error):
        bound = int(psutil.Process().memory_info().vms) + _SPARE * budget
        _, most = resource.getrlimit(resource.RLIMIT_AS)  # which the user has set, and is not to be lifted
        resource.setrlimit(resource.RLIMIT_AS, (bound if most == resource.RLIM_INFINITY else min(bound, most), most))


def place(frame: FrameType | None) -> str:
    """Describe what a process is busy with: the line of a template, or the element that is laid out."""
    element = ""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return msg("line {line} of {template}", line=template.get_corresponding_lineno(frame.f_lineno), template=template.name)
        element = element or _element(frame.f_locals.get("box"))
        frame = frame.f_back
    return element


def _element(box: Any) -> str:  # noqa: ANN401 - weasyprint has no types
    element = getattr(box, "element", None)
    if element is None or not isinstance(getattr(element, "tag", None), str):
        return ""
    text = " ".join("".join(element.itertext()).split())
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    class_ = f".{'.'.join(classes)}" if (classes := element.get("class", "").split()) else ""
    return f"<{element.tag}{class_}>" + (f" “{shown}”" if shown else "")
