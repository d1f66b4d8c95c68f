"""The cost of a command: CPU of all processes it starts, elapsed time, and the peak memory of all together."""

import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

DRIVER = Path(__file__).parent / "driver.py"
_BECOME_REAPER = 36
"""Linux's PR_SET_CHILD_SUBREAPER."""
_PAUSES = 4
"""How many times as long as looking at the processes takes is waited before the next look."""
_SHORTEST_PAUSE = 0.04


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU (user and system), seconds by the clock, and bytes of memory at most."""

    cpu: float
    wall: float
    memory: int = 0


class FailedError(Exception):
    """A command failed."""

    def __str__(self) -> str:
        """Return the last line of its output."""
        return f"failed: {(super().__str__().strip().splitlines() or ['without a word'])[-1][:200]}"


def adopt() -> None:
    """Become the parent of processes that commands leave running, so that their CPU is counted (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_BECOME_REAPER, 1, 0, 0, 0)


def memory_kind() -> str:
    """Return which measure of memory is added up."""
    return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "RSS"


class _Watch(threading.Thread):
    """Looks at a process and its descendants again and again."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.memory = 0
        self.seen: dict[psutil.Process, float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            started = time.perf_counter()
            self._look()
            self.over.wait(max(_SHORTEST_PAUSE, _PAUSES * (time.perf_counter() - started)))

    def _look(self) -> None:
        memory = 0
        with suppress(psutil.Error):
            for process in (self.process, *self.process.children(recursive=True)):
                with suppress(psutil.Error, OSError):
                    times, full = process.cpu_times(), process.memory_full_info()
                    self.seen[process] = times.user + times.system
                    memory += getattr(full, "pss", 0) or full.rss
        self.memory = max(self.memory, memory)


def _environment() -> dict[str, str]:
    """Give the environment of commands; they keep compiled modules as they would for their users, whatever this machine has set."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _ended() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Raises:
        FailedError: it ended with an error.
    """
    with tempfile.TemporaryFile() as said:
        before, started = _ended(), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=_environment() | dict(environment or {})
        )
        watch = _Watch(psutil.Process(process.pid))
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - started
        watch.over.set()
        watch.join()
        _reap(watch)
        said.seek(0)
        if code:
            raise FailedError(said.read().decode(errors="replace")[-2000:])
    return Cost(max(_ended() - before, sum(watch.seen.values())), wall, watch.memory)


def _reap(watch: _Watch) -> None:
    """End processes that a command left running, which count as its own."""
    for process in watch.seen:
        with suppress(psutil.Error):
            if process.pid != watch.process.pid and process.is_running():
                process.terminate()
                process.wait(10)


class Server:
    """A peer that is set up, in a process of its own."""

    def __init__(self, key: str, folder: Path) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `stop`
        command = [sys.executable, str(DRIVER), "serve", str(folder), key]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, text=True, env=_environment()
        )

    def make(self, numbers: Sequence[int]) -> Cost:
        """Have documents made.

        Raises:
            FailedError: it did not make them.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(list(numbers)) + "\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self._process.wait()
            self._said.seek(0)
            raise FailedError(self._said.read().decode(errors="replace")[-2000:])
        return Cost(*json.loads(answer))

    def stop(self) -> None:
        """End it."""
        with suppress(BrokenPipeError):
            self._process.communicate()
        self._said.close()


def printed(command: Sequence[str]) -> str:
    """Return a command's output, and how it ended if it failed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip() + (f"\n\n(ended with {done.returncode})" if done.returncode else "")


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"bench: {text}", file=sys.stderr, flush=True)
