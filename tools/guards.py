"""Remove each guard in tools/guards.toml from a copy of genplan and check that a test fails; docs/it/security.md has the promises.

Run: python tools/guards.py [WORD…] (with genplan installed for its tests); with words, only the guards whose promise, name or file has one.
All of them take about half an hour. The exit code is 1 where a test stays green, or cannot be run.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tools/guards.toml"
_FAILED, _SECONDS = 1, 600
_LEFT_OUT = shutil.ignore_patterns(".*", "output", "__pycache__", "node_modules")


@dataclass(frozen=True)
class Guard:
    """A text in a file of genplan, the text without the guard, and the tests that notice the difference."""

    promise: str
    name: str
    file: str
    text: str
    without: str
    tests: str
    seconds: int = _SECONDS

    def is_meant(self, words: list[str]) -> bool:
        """Tell whether one of the words is about it, or there are none."""
        about = f"{self.promise} {self.name} {self.file}".casefold()
        return not words or any(word.casefold() in about for word in words)

    @property
    def path(self) -> Path:
        """Give its file's path in a checkout."""
        return Path("generator/genplan", self.file)


def guards() -> Iterator[Guard]:
    """Read the table."""
    for promise in tomllib.loads(TABLE.read_text("utf-8"))["promise"]:
        yield from (Guard(promise["says"], **guard) for guard in promise["guards"])


def outcome(guard: Guard, copy: Path) -> str:
    """Run a guard's tests in a copy without it; return what is wrong, if anything."""
    path = copy / guard.path
    whole = path.read_text("utf-8")
    if whole.count(guard.text) != 1:
        return f"stands in its file {whole.count(guard.text)} times"
    path.write_text(whole.replace(guard.text, guard.without), "utf-8")
    try:
        code = _run(guard, copy)
    finally:
        path.write_text(whole, "utf-8")
    return "" if code == _FAILED else "GREEN" if code == 0 else f"its tests cannot be run (exit code {code})"


def _run(guard: Guard, copy: Path) -> int:
    command = [sys.executable, "-B", "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *shlex.split(guard.tests)]
    environment = {**os.environ, "PYTHONPATH": str(copy / "generator")}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=copy, env=environment, stdout=quiet, stderr=quiet, start_new_session=True) as ran:
        try:
            return ran.wait(guard.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(ran.pid, signal.SIGKILL)
            return _FAILED  # without the guard there is no end to it


def main() -> None:
    """Take out the guards that were asked for, one after the other."""
    meant = [guard for guard in guards() if guard.is_meant(sys.argv[1:])]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = Path(folder, "genplan")
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        for guard in meant:
            started = time.monotonic()
            problem = outcome(guard, copy)
            wrong += bool(problem)
            print(f"{problem or 'red':6} {time.monotonic() - started:5.0f} s  {guard.promise}: {guard.name} ({guard.file})", flush=True)
    print(f"{len(meant)} guards, {wrong} without a test that needs them")
    sys.exit(1 if wrong or not meant else 0)


if __name__ == "__main__":
    main()
