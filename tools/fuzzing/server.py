"""genplan in a process that has loaded it once, and runs each input in a fork: a crash, a hang or a hunger for memory ends that fork alone.

The other end is `Runner`; requests and answers are lines of JSON. POSIX only.
"""

import faulthandler
import gc
import io
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import IO, Any, NoReturn

import jinja2

import genplan.people.word_fields
import genplan.people.xlsx_table
import genplan.writers.word_template.story  # noqa: F401 - what commands import when they need it is to be there before the fork
from genplan import resources
from genplan.cli import main

CPU_SECONDS = 20
"""CPU limit for all commands of one input; CPU rather than elapsed time, so that other load doesn't matter. Usually it takes 0.1 s."""
WALL_SECONDS = 300
"""For commands that would wait forever."""
ADDRESS_SPACE = 4 * 2**30
"""Protects the machine; the oracles check the actual limit for an input."""


def serve() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints on its own must not come between
    _remember_templates()
    for line in sys.stdin:
        request = json.loads(line)
        gc.freeze()  # what is there before the fork is not gone over in each of them
        answer = _forked(request) if request["fork"] else {"ran": _perform(request)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _remember_templates() -> None:
    """Compile each of the built-in templates once: that would take ten times as long as all the rest."""
    built_in, known = str(resources.templates()), {}
    compiled = jinja2.Environment.compile

    def compile_once(self: Any, source: Any, name: Any = None, filename: Any = None, *others: Any) -> Any:  # noqa: ANN401 - jinja's
        if not str(filename).startswith(built_in):
            return compiled(self, source, name, filename, *others)
        key = (type(self), name, filename, others)
        if key not in known:
            known[key] = compiled(self, source, name, filename, *others)
        return known[key]

    jinja2.Environment.compile = compile_once  # type: ignore[method-assign]


def _forked(request: dict[str, Any]) -> dict[str, Any]:
    """Run a request's commands in a fork; return their output, how they ended, and peak memory in MiB."""
    with Path(request["stack"]).open("w+b") as stack:
        ends = os.pipe()
        child = os.fork()
        if not child:
            _child(request, ends[1], stack)
        os.close(ends[1])
        said = _received(ends[0], child)
        _, status, usage = os.wait4(child, 0)
        stack.seek(0)
        ended = os.waitstatus_to_exitcode(status)
        ran = json.loads(said) if ended == 0 else []
        return {"ran": ran, "ended": ended, "stack": stack.read().decode("utf-8", "replace"), "memory": usage.ru_maxrss // 1024}


def _received(end: int, child: int) -> bytes:
    """Read all that the child writes; kill it when that takes too long."""
    parts, until = [], time.monotonic() + WALL_SECONDS
    while True:
        if not select.select([end], [], [], max(0, until - time.monotonic()))[0]:
            os.kill(child, signal.SIGABRT)
        part = os.read(end, 65536)
        if not part:
            os.close(end)
            return b"".join(parts)
        parts.append(part)


def _child(request: dict[str, Any], end: int, stack: IO[bytes]) -> NoReturn:
    """Run the commands within limits, and leave without cleaning up, whatever happens."""
    try:
        faulthandler.enable(stack)
        faulthandler.register(signal.SIGXCPU, stack, chain=True)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        said = json.dumps(_perform(request)).encode()
        with os.fdopen(end, "wb") as answer:
            answer.write(said)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the fork must not go on as a second server
        stack.write(traceback.format_exc().encode())
        stack.flush()
        os._exit(70)


def _perform(request: dict[str, Any]) -> list[dict[str, Any]]:
    os.chdir(request["folder"])
    return [_ran(command) for command in request["commands"]]


def _ran(command: list[str]) -> dict[str, Any]:
    """Run a command as `genplan` does; return its exit code and output."""
    kept = sys.argv, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors) for errors in ("strict", "backslashreplace"))
    sys.argv, sys.stdout, sys.stderr = ["genplan", *command], out, err
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.argv, sys.stdout, sys.stderr = kept
    return {"command": command, "code": code, "out": _text(out), "err": _text(err)}


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
