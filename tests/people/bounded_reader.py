"""Reads files, each in a process of its own that has limits: it is forked from one that has loaded the libraries, which takes a second.

Run as a program, it takes lines of a kind and a path, and answers each with a line of JSON.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

SECONDS, MEBIBYTES = 20, 700
"""Of CPU, and of address space, of which Python and its libraries take a third before anything is read."""


@dataclass(frozen=True)
class Read:
    """How reading a file ended: what was said, the process's exit code (negative: the signal that ended it), and the CPU it took."""

    said: str
    code: int
    seconds: float


class BoundedReader:
    """The process that the others are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def read(self, kind: str, path: Path) -> Read:
        """Read a file of a kind."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(kind, path, sep="\t", file=self._process.stdin, flush=True)
        return Read(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def _read(kind: str, path: str) -> str:
    from genplan.people.readers import read_table
    from genplan.people.word_fields import read_fields

    data = Path(path).read_bytes()
    value, found = read_fields(data, "x.docx") if kind == "docx" else read_table(data, f"x.{kind}")
    return " ".join(["read" if value is not None else "refused", *sorted({each.code for each in found})])


def _forked(kind: str, path: str) -> Read:
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(ours)
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES * 2**20,) * 2)
            os.write(theirs, _read(kind, path).encode())
            code = 0
        except BaseException as error:  # noqa: BLE001 - the process ends here
            os.write(theirs, f"{type(error).__name__}: {error}"[:1000].encode())
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    return Read(said, os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)


def _serve() -> None:
    import genplan.people.word_fields
    import genplan.people.xlsx_table  # noqa: F401 - loaded once for all

    for line in sys.stdin:
        read = _forked(*line.rstrip("\n").split("\t"))
        sys.stdout.write(json.dumps(asdict(read)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
