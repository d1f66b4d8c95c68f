"""Workers: warm processes that do jobs under limits.

Each has a connection of its own, so that one that ends in the middle of something takes nothing with it but its document. Whoever runs
the jobs watches over the workers between two results: there are no threads.
"""

import multiprocessing
import shutil
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, cast

from genplan.documents.jobs import Job, JobResult
from genplan.execution import board
from genplan.execution.limits import MEBIBYTE, Limits
from genplan.execution.machine_errors import raise_limits
from genplan.execution.worker import failed, work
from genplan.messages import msg, reason
from genplan.storage.processes import may_be_copied, memory_of
from genplan.storage.temporary import guarded, own
from genplan.theme.spec import ThemeSpec

_LOOK = 0.1
"""Seconds between two looks at what workers hold."""
_LAST_WORDS = 0.5
"""Seconds that a worker has for saying where it was."""
_AHEAD = 256
"""Results that may be there before their turn: the bound of what is held while one document takes its time."""
_FEW = 4
"""Fewer documents than these are made by one process: starting a second takes longer.

It is a copy of this one, where that may be: with an interpreter of its own, importing everything again, one PDF takes 1.3 times the CPU.
"""
_START = 120
"""Seconds that a worker may take to start."""


@dataclass(slots=True)
class _Worker:
    """A process, what it does, and since when. `ready` is false until it has loaded its theme; its time starts after that."""

    process: BaseProcess
    connection: Connection
    board: Any
    folder: Path
    """Where its temporary files go. It may end without being able to remove them."""
    job: Job | None = None
    number: int = -1
    since: float = field(default_factory=time.monotonic)
    done: int = 0
    ready: bool = False

    @property
    def phase(self) -> str:
        """What it says it is doing."""
        return board.read(self.board)


class CannotStartError(Exception):
    """The system gives no further process; the text says why."""


class Workers:
    """Does jobs in several processes; they stay for the next jobs until they are closed."""

    def __init__(
        self,
        count: int,
        limits: Limits,
        makers: Sequence[str] = (),
        temporary: Path | None = None,
    ) -> None:
        self._count = count
        self._limits = limits
        self._makers = makers
        self._context: BaseContext = multiprocessing.get_context()
        self._temporary = temporary
        self._workers: list[_Worker] = []
        self.largest = 0
        """The most bytes that a worker was seen to hold."""

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Do jobs; see Executor.

        A job that takes too long (GP706) or too much memory (GP707), or whose process ends (GP708), comes to nothing; the others go on.
        Where nobody asks for the rest of the results, what the workers are doing is given up.
        """
        taken = iter(jobs)
        first = list(islice(taken, _FEW))
        few = len(first) < _FEW
        count = 1 if few else self._count
        self._context = _context(self._makers, copying=few and may_be_copied(self._limits.memory))
        waiting = enumerate(chain(first, taken))
        results: dict[int, JobResult] = {}
        hold_lease = 0
        more = True
        try:
            while more or results or any(worker.job for worker in self._workers):
                more = more and self._hand_out(waiting, count, room=len(results) < _AHEAD)
                results |= self._collect()
                while hold_lease in results:
                    yield results.pop(hold_lease)
                    hold_lease += 1
        finally:
            self._give_up_all()

    def close(self) -> None:
        """Let the workers go; what one is doing is given up."""
        for worker in self._workers:
            with suppress(OSError, ValueError):
                if worker.job is None and worker.ready:
                    worker.connection.send(None)
                else:
                    worker.process.kill()
                worker.connection.close()
        for worker in self._workers:
            _end_process(worker)
        self._workers.clear()

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        for worker in self._workers:
            worker.process.kill()
        self.close()

    def _hand_out(self, waiting: Iterator[tuple[int, Job]], count: int, *, room: bool) -> bool:
        """Assign jobs to idle workers, at most `count` of them; tell whether there are more jobs."""
        while room and (any(worker.job is None for worker in self._workers) or len(self._workers) < count):
            taken = next(waiting, None)
            if taken is None:
                return False
            worker = next((worker for worker in self._workers if worker.job is None), None) or self._start(taken[1].theme)
            worker.number, worker.job = taken
            worker.since = time.monotonic()
            board.write(worker.board, "")
            if worker.ready:
                self._send(worker)
        return True

    def _start(self, theme: ThemeSpec) -> _Worker:
        with guarded():
            folder = Path(tempfile.mkdtemp(prefix="worker-", dir=self._temporary or own()))
        try:
            shared = board.new()  # which takes a file in memory
            ours, theirs = self._context.Pipe()
            process = cast("Any", self._context).Process(
                target=work, args=(theirs, shared, folder, self._limits.memory, theme), name="genplan worker", daemon=True
            )
            process.start()
        except (OSError, EOFError) as error:
            raise CannotStartError(_why(error)) from error
        theirs.close()
        worker = _Worker(process, ours, shared, folder)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        with suppress(OSError):  # it has ended, which is seen when its result is waited for
            worker.connection.send_bytes(ForkingPickler.dumps(worker.job))

    def _collect(self) -> dict[int, JobResult]:
        """Wait a little for results, and look after the workers."""
        busy = [worker for worker in self._workers if worker.job]
        if not busy:
            return {}
        answered = set(wait([worker.connection for worker in busy], _LOOK))
        results = [result for worker in busy if worker.connection in answered and (result := self._receive(worker))]
        results += [result for worker in self._workers[:] if worker.job and (result := self._watch(worker))]
        return dict(results)

    def _receive(self, worker: _Worker) -> tuple[int, JobResult] | None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            return self._ended(worker)
        if answer is None:
            worker.ready, worker.since = True, time.monotonic()
            self._send(worker)
            return None
        number, worker.job = worker.number, None
        worker.done += 1
        self.largest = max(self.largest, held := memory_of(worker.process.pid or 0))
        if worker.done >= self._limits.documents or 2 * held > self._limits.memory:
            self._retire(worker)
        return number, answer

    def _watch(self, worker: _Worker) -> tuple[int, JobResult] | None:
        """Give up a job that exceeds its limits."""
        assert worker.job is not None
        limits = self._limits.of(worker.job.size)
        if time.monotonic() - worker.since > (limits.seconds if worker.ready else _START):
            return self._give_up(worker, "GP706", msg("took longer than {seconds} seconds", seconds=f"{limits.seconds:g}"))
        held = memory_of(worker.process.pid or 0)
        self.largest = max(self.largest, held)
        if held > limits.memory:
            return self._give_up(worker, "GP707", msg("took more than {memory} MiB of memory", memory=limits.memory // MEBIBYTE))
        return None

    def _give_up_all(self) -> None:
        """End those that are still at something: nobody waits for it, and it would be taken for a result of the next jobs."""
        for worker in [worker for worker in self._workers if worker.job]:
            worker.process.kill()
            self._retire(worker)

    def _give_up(self, worker: _Worker, code: str, message: str) -> tuple[int, JobResult]:
        worker.process.terminate()
        worker.process.join(_LAST_WORDS)
        return self._lost(worker, code, message)

    def _ended(self, worker: _Worker) -> tuple[int, JobResult]:
        worker.process.join(_LAST_WORDS)
        return self._lost(worker, "GP708", _ending(worker.process.exitcode), raise_limits())

    def _lost(self, worker: _Worker, code: str, message: str, advice: str = "") -> tuple[int, JobResult]:
        assert worker.job is not None
        made = failed(worker.job, code, message, worker.phase, advice)
        number, worker.job = worker.number, None
        worker.process.kill()
        self._retire(worker)
        return number, made

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        with suppress(OSError, ValueError):
            worker.connection.send(None)
        with suppress(OSError):
            worker.connection.close()
        _end_process(worker)


def _context(makers: Sequence[str], *, copying: bool) -> BaseContext:
    """Describe how workers start: as copies of this process, or of one that has imported what `makers` need and nothing else."""
    if copying:
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *(f"genplan.execution.preload.{name}" for name in makers)])
    return context


def _why(error: OSError | EOFError) -> str:
    if isinstance(error, EOFError):
        return msg("the system refused to start another one")
    return reason(error)


def _ending(code: int | None) -> str:
    """Describe how a process ended: by a signal, whose number is its exit code with a minus, or else."""
    with suppress(ValueError):
        if code is not None and code < 0:
            return msg("its process ended unexpectedly, by {signal}", signal=signal.Signals(-code).name)
    return msg("its process ended unexpectedly, with exit code {code}", code=code)


def _end_process(worker: _Worker) -> None:
    """Wait until a worker has ended, and remove what it leaves."""
    worker.process.join(_LAST_WORDS)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    shutil.rmtree(worker.folder, ignore_errors=True)
