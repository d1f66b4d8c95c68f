"""A worker: a process that does jobs, one after the other, until it is told to stop."""

import multiprocessing
import os
import signal
import traceback
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

from genplan.diagnostics import Span, diagnose
from genplan.documents.jobs import Job, JobResult, refusal
from genplan.execution import board
from genplan.execution.limits import bound_memory, place
from genplan.execution.machine_errors import raise_memory_limit, trouble
from genplan.execution.run_job import run_job, theme_of
from genplan.messages import listing, msg
from genplan.storage.digests import tree_digest
from genplan.storage.temporary import use
from genplan.theme.spec import ThemeSpec
from genplan.writers import writer

_SPENT = msg("took more memory than the limit")
_GIVEN_UP = 75
"""Exit code of a worker that was told that it takes too much, or that nobody waits for any more."""


def work(
    connection: Connection,
    shared: Any,  # noqa: ANN401 - shared memory of ctypes
    folder: Path,
    memory: int,
    first: ThemeSpec | None,
) -> None:
    """Do the jobs that come through a connection, and send back the result of each.

    `shared` is a board that the pool reads: the worker writes its current phase to it and, when it is ended for exceeding a limit
    (SIGTERM), where it was. `folder` is for temporary files; `first` is the theme to load before the first job.
    """
    mark = partial(board.write, shared)
    _end_with_parent()
    use(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who watches decides
    signal.signal(signal.SIGTERM, partial(_give_up, shared))
    bound_memory(memory)
    if first is not None:
        with suppress(Exception):  # the first job meets the same, and tells it
            _theme(first)
    with suppress(EOFError, OSError):  # nobody is there any more
        connection.send(None)
        while (job := connection.recv()) is not None:
            mark("")
            connection.send(do(job, mark))


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has: nobody would watch over it any more, or want what it makes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(RuntimeError):  # no further thread is allowed here
            Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(_GIVEN_UP)


def do(job: Job, mark: Any) -> JobResult:  # noqa: ANN401 - a Marker
    """Do one job; whatever goes wrong is told."""
    try:
        theme, theme_unchanged = _theme(job.theme)
        if theme is None:
            return JobResult(job.stem, reason=msg("the theme cannot be loaded"))
        made = run_job(job, theme, mark, theme_unchanged=theme_unchanged)
        spent = next((each for each in made.diagnostics if "MemoryError" in each.message), None)
        return _spent(job, str(spent.span)) if spent else made
    except MemoryError as error:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        where = place(frames[-1]) if frames else ""
        return _spent(job, where)
    except Exception as error:  # noqa: BLE001 - a mistake of genplan's costs one document, not the build
        diagnostic = trouble(error, job.stem)
        if diagnostic is not None:
            return refusal(job.stem, diagnostic)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return failed(
            job, "GP723", msg("genplan failed: {error}", error=type(error).__name__), f"{Path(frame.filename).name}:{frame.lineno}"
        )


def _spent(job: Job, where: str) -> JobResult:
    return failed(job, "GP707", _SPENT, where, raise_memory_limit())


_settled: dict[ThemeSpec, bool] = {}


def _theme(spec: ThemeSpec) -> tuple[Any, bool]:
    """Load a theme, and tell whether its files are still those of the job; that is looked at once, when they are read."""
    theme = theme_of(spec)
    if theme is not None and spec not in _settled:
        _settled[spec] = tree_digest(theme.files.roots) == spec.stamp
    return theme, _settled.get(spec, False)


def failed(job: Job, code: str, message: str, where: str = "", advice: str = "") -> JobResult:
    """Explain why a job came to nothing, and where it was."""
    full = msg("{message} ({where})", message=message, where=where) if where else message
    return refusal(job.stem, diagnose(code, Span(job.stem), full, help=advice or _ADVICE[code]))


_ADVICE = {
    "GP706": msg("look for an endless loop in the template, or raise --time-limit"),
    "GP707": msg("look for something that grows without end in the template, or raise --memory-limit"),
    "GP708": msg("build it alone; if that fails too, report it with its plan and template"),
    "GP723": msg("this is a bug in genplan: please report it"),
}


def _give_up(shared: Any, _signal: int, frame: FrameType | None) -> None:  # noqa: ANN401 - as above
    """Note where this process is, and end it."""
    where = place(frame)
    if where:
        phase = board.read(shared)
        board.write(shared, listing((phase, where), ": ") if phase else where)
    os._exit(_GIVEN_UP)


def preload(name: str) -> None:
    """Import what makes a format, once for all workers that are forked from here."""
    with suppress(ImportError, OSError):  # a format that this machine cannot write is reported when it is asked for
        writer(name)
