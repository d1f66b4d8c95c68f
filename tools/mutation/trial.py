"""Runs tests with a changed module, each time in a fork of a process that has imported everything but genplan."""

import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType

import coverage
import pytest

from mutation.changes import PACKAGE, Change

SECONDS, WAITING = 30, 300
"""How long a test may compute, and how long it may take with what it waits for: a change that makes one take longer is noticed."""
_MEMORY = 4 << 30
"""Bytes that a process may take."""
_NOTICED = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR}
"""Of these, the last two are what pytest ends with where tests or conftest.py cannot be imported."""
PRELOADED = "babel.dates babel.numbers charset_normalizer docx hypothesis jinja2 lxml.html markdown_it openpyxl pydantic weasyprint yaml"


@dataclass(frozen=True, eq=False)
class _Plugin:
    """Has pytest run only the tests that are wanted, in their order, none for longer than it may take, and notes the lines of each."""

    wanted: list[str] | None
    measured: coverage.Coverage | None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        if self.wanted is not None:
            turns = {name: turn for turn, name in enumerate(self.wanted)}
            items[:] = sorted((item for item in items if item.nodeid in turns), key=lambda item: turns[item.nodeid])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Limit the time it takes."""
        _limit_time()
        if self.measured:
            self.measured.switch_context(item.nodeid)
            _clear_caches()


def _limit_time() -> None:
    """End the process by a signal, unless this is called again before."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(WAITING)


def _clear_caches() -> None:
    """Forget what earlier tests computed: a later test that needs it must be seen to."""
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("genplan") else ():
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()


class _Changed(importlib.machinery.SourceFileLoader):
    """Finds and imports one module as changed."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.module, str(PACKAGE / change.file))
        self._code = compile(change.tree, self.path, "exec")

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Return its specification, of no other module's."""
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - as it is called
        """Return its code."""
        return self._code


def _pytest(arguments: list[str], plugin: _Plugin) -> int:
    return int(pytest.main(["-n0", "-q", "-x", "-p", "no:cacheprovider", *arguments], [plugin]))


def _measure(paths: list[str], data: Path) -> int:
    """Note which lines each test runs."""
    measured = coverage.Coverage(str(data), source=[str(PACKAGE)], config_file=False)
    sys.dont_write_bytecode = False  # what is tried imports it anew each time
    measured.start()
    code = _pytest(paths, _Plugin(None, measured))
    measured.stop()
    measured.save()
    return code


def _attempt(change: Change | None, base: Path, wanted: list[str]) -> int:
    """Run tests with a change, or without any, in silence."""
    _limit_time()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    if change:
        change.apply()
        sys.meta_path.insert(0, _Changed(change))
    files = dict.fromkeys(name.partition("::")[0] for name in wanted)
    return _pytest([f"--basetemp={base}", *files], _Plugin(wanted, None))


def _start(work: Callable[[], int]) -> int:
    """Do something in a process of its own, which exits with what it returns; return the number of the process."""
    if process := os.fork():
        return process
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        os.setsid()
        code = work()
    finally:
        os._exit(code)


class Tests:
    """Some tests, and the lines that each runs, which are measured unless `data` has them."""

    def __init__(self, paths: list[str], data: Path) -> None:
        if not data.exists():
            _, status = os.waitpid(_start(partial(_measure, paths, data)), 0)
            if status:
                data.unlink(missing_ok=True)
                sys.exit("the tests fail without any change")
        self._data = coverage.CoverageData(str(data))
        self._data.read()
        self._sizes: dict[str, int] = {}
        for file in self._data.measured_files():
            for names in self._data.contexts_by_lineno(file).values():
                for name in filter(None, names):
                    self._sizes[name] = self._sizes.get(name, 0) + 1

    def of(self, change: Change) -> list[str]:
        """Return the tests that run the changed lines, the shortest first; for lines run on import, those that run any line of the file."""
        lines = self._data.contexts_by_lineno(str(PACKAGE / change.file))
        names = {name for line in change.lines for name in lines.get(line, ())}
        if "" in names:
            names = {name for each in lines.values() for name in each} - {""} or set(self._sizes)
        return self._in_order(names)

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """Sort tests by how much they run."""
        return sorted(names, key=lambda name: (self._sizes[name], name))

    def fail(self, base: Path) -> bool:
        """Return whether tests fail in the way that changes are tried, without any."""
        _, status = os.waitpid(_start(partial(_attempt, None, base, self._in_order(self._sizes))), 0)
        return bool(status)


def _is_noticed(status: int) -> bool:
    """Return whether tests failed, could not be imported, or took too long; what went wrong otherwise says nothing about the change."""
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) in {signal.SIGPROF, signal.SIGALRM}
    return os.WEXITSTATUS(status) in _NOTICED


def survivors(tried: list[Change], tests: Tests, folder: Path, processes: int) -> Iterator[Change]:
    """Try changes, in some processes at a time, and return those that no test notices."""
    running: dict[int, Change] = {}
    waiting = enumerate(tried, 1)
    while True:
        while len(running) < processes and (following := next(waiting, None)):
            turn, change = following
            if turn % 50 == 0:
                print(f"{turn} of {len(tried)}", file=sys.stderr, flush=True)
            if wanted := tests.of(change):
                running[_start(partial(_attempt, change, folder / str(turn), wanted))] = change
            else:
                yield change
        if not running:
            return
        process, status = os.wait()
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)  # what the tests started
        change = running.pop(process)
        if not _is_noticed(status):
            yield change
