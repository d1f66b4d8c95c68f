"""genplan as a command, run in forks of one process that has loaded its libraries: each starts at once, and knows nothing of the others.

Run as a program, it takes lines of JSON, a folder and arguments each, and answers with an exit code and what was said.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What became of a command: its exit code (negative: the signal that ended it), and all that it said."""

    code: int
    said: str


class WarmGenplan:
    """The process that commands are forked from; its genplan is that of a checkout."""

    def __init__(self, checkout: Path) -> None:
        environment = os.environ | {"PYTHONPATH": str(checkout / "generator")}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([sys.executable, __file__], stdin=pipe, stdout=pipe, encoding="utf-8", env=environment)

    def run(self, folder: Path, *arguments: str) -> Ran:
        """Run a command in a folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), arguments]) + "\n")
        self._process.stdin.flush()
        return Ran(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def _forked(folder: str, arguments: Sequence[str]) -> dict[str, object]:
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            _be_genplan(folder, arguments, said.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return {"code": code, "said": said.read().decode("utf-8", "replace")}


def _be_genplan(folder: str, arguments: Sequence[str], said: int) -> None:
    from genplan.cli import main

    code = 70
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.chdir(folder)
        sys.argv = ["genplan", *arguments]
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - the process ends here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:

    for line in sys.stdin:
        folder, arguments = json.loads(line)
        sys.__stdout__.write(json.dumps(_forked(folder, arguments)) + "\n")
        sys.__stdout__.flush()


if __name__ == "__main__":
    _serve()
