"""Runs genplan on an input in a process of its own, and keeps that process for the next input."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

TOP = Path(__file__).parents[2]
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only a name of one's own is made in it

Files = dict[str, bytes]
"""An input: the files of a workspace, by their paths in it."""


@dataclass(frozen=True)
class Ran:
    """A command that came to its end."""

    command: list[str]
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Outcome:
    """What became of an input: the commands that ended, how the process ended (0: well), its stack if not, its most memory in MiB."""

    ran: tuple[Ran, ...]
    ended: int = 0
    stack: str = ""
    memory: int = 0
    written: Files = field(default_factory=dict)
    """Files that are there now and were not, or say something else."""


class Runner:
    """A server process; `surroundings` are settings that must make no difference, `prelude` is code to run first."""

    def __init__(self, surroundings: dict[str, str] | None = None, prelude: str = "") -> None:
        code = f"import sys; sys.path[:0] = [{str(TOP)!r}, {str(TOP / 'tools')!r}]\n{prelude}\nfrom fuzzing.server import serve; serve()"
        environment = {"PYTHONHASHSEED": "0", **os.environ, **(surroundings or {})}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        self.process = subprocess.Popen([sys.executable, "-c", code], env=environment, **pipes)

    def warm(self, files: Files, commands: Sequence[Sequence[str]]) -> Outcome:
        """Run commands in the server itself, so that everything they load is available for every input."""
        return self._ask(files, commands, fork=False)

    def run(self, files: Files, commands: Sequence[Sequence[str]]) -> Outcome:
        """Run commands on an input."""
        return self._ask(files, commands, fork=True)

    def _ask(self, files: Files, commands: Sequence[Sequence[str]], *, fork: bool) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
            root = Path(folder, "input")
            write(files, root)
            request = {"folder": str(root), "stack": str(Path(folder, "stack")), "commands": commands, "fork": fork}
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
            written = {path: data for path, data in read(root).items() if files.get(path) != data}
        ran = tuple(Ran(**each) for each in answer.pop("ran"))
        return Outcome(ran, written=written, **answer)

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def write(files: Files, root: Path) -> None:
    """Write an input into a folder."""
    for path, data in files.items():
        file = root / PurePosixPath(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def read(root: Path) -> Files:
    """Read an input back."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
