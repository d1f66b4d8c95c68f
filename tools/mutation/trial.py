"""Runs tests with a changed module, each time in a fork of a process that has imported everything but genplan."""

import gc
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
from types import CodeType, FunctionType

import coverage
import pytest

from mutation.changes import PACKAGE, Change

SECONDS, WAITING = 30, 300
"""How long a test may compute, and how long it may take with what it waits for: a change that makes one take longer is noticed."""
_MEMORY = 4 << 30
"""Bytes that a process may take."""
_NOTICED = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR}
"""Of these, the last two are what pytest ends with where tests or conftest.py cannot be imported."""
_NOT_EXCHANGED = 70
"""What a fork ends with where a function cannot be given its changed code."""
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


def _attempt(change: Change | None, wanted: list[str]) -> int:
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
    return _pytest(list(files), _Plugin(wanted, None))


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
        self.paths = paths
        if not data.exists():
            _, status = os.waitpid(_start(partial(_measure, paths, data)), 0)
            if status:
                data.unlink(missing_ok=True)
                sys.exit("the tests fail without any change")
        self._data = coverage.CoverageData(str(data))
        self._data.read()
        self._by_line: dict[str, dict[int, list[str]]] = {}
        self._sizes: dict[str, int] = {}
        for file in self._data.measured_files():
            for names in self._data.contexts_by_lineno(file).values():
                for name in filter(None, names):
                    self._sizes[name] = self._sizes.get(name, 0) + 1

    def _lines(self, file: str) -> dict[int, list[str]]:
        if file not in self._by_line:
            self._by_line[file] = self._data.contexts_by_lineno(str(PACKAGE / file))
        return self._by_line[file]

    def on_import(self, change: Change) -> bool:
        """Return whether changed lines run when tests are imported and collected."""
        return any("" in self._lines(change.file).get(line, ()) for line in change.lines)

    def of(self, change: Change) -> list[str]:
        """Return the tests that run the changed lines, the shortest first; for lines run on import, those that run any line of the file."""
        lines = self._lines(change.file)
        names = {name for line in change.lines for name in lines.get(line, ())}
        if self.on_import(change):
            names = {name for each in lines.values() for name in each} - {""} or set(self._sizes)
        return self._in_order(names)

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """Sort tests by how much they run."""
        return sorted(names, key=lambda name: (self._sizes[name], name))

    def fail(self) -> bool:
        """Return whether tests fail in the way that changes are tried, without any."""
        _, status = os.waitpid(_start(partial(_attempt, None, self._in_order(self._sizes))), 0)
        return bool(status)


def _is_noticed(status: int) -> bool:
    """Return whether tests failed, could not be imported, or took too long; what went wrong otherwise says nothing about the change."""
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) in {signal.SIGPROF, signal.SIGALRM}
    return os.WEXITSTATUS(status) in _NOTICED


@dataclass(frozen=True, eq=False)
class _Server(_Plugin):
    """Has tests imported and collected once, and tries changes of functions in forks of that: as many times faster."""

    changes: Iterable[tuple[int, Change]]
    tests: Tests
    results: int
    """Where the numbers of changes that no test notices are written to, and, with a minus, of those that have to be imported."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork for each change; a fork goes on to run its tests."""
        items = {item.nodeid: item for item in session.items}
        for number, change in self.changes:
            process = os.fork()
            if not process:
                os.setsid()
                _limit_time()
                session.items[:] = [items[name] for name in self.tests.of(change)]
                _clear_caches()
                try:
                    _exchange(change)
                except ValueError:  # it uses other variables of the function around it, or none any more
                    os._exit(_NOT_EXCHANGED)
                return None
            status = _waited(process)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _NOT_EXCHANGED:
                os.write(self.results, b"-%d\n" % number)
            elif not _is_noticed(status):
                os.write(self.results, b"%d\n" % number)
        return True


def _exchange(change: Change) -> None:
    """Give the functions of a file the code that they have as changed, wherever they are held."""
    change.apply()
    file = str(PACKAGE / change.file)
    changed = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(change.tree, file, "exec"))}
    for function in [each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__.co_filename == file]:
        function.__code__ = changed[function.__code__.co_qualname, function.__code__.co_firstlineno]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _waited(process: int) -> int:
    _, status = os.waitpid(process, 0)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)  # what the tests started
    return status


def _serve(changes: list[tuple[int, Change]], tests: Tests, results: int) -> int:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    return _pytest(tests.paths, _Server(None, None, changes, tests, results))


def survivors(tried: list[Change], tests: Tests, processes: int) -> Iterator[Change]:
    """Try changes, in some processes at a time, and return those that no test notices."""
    yield from (change for change in tried if not tests.of(change))
    tried = [change for change in tried if tests.of(change)]
    warm = [(number, change) for number, change in enumerate(tried, 1) if not tests.on_import(change)]
    cold = [change for change in tried if tests.on_import(change)]
    reading, writing = os.pipe()
    servers = [_start(partial(_serve, warm[turn::processes], tests, writing)) for turn in range(processes)]
    os.close(writing)
    with open(reading, encoding="ascii") as numbers:  # noqa: PTH123 - a descriptor
        for number in map(int, numbers):
            if number < 0:
                cold.append(tried[-number - 1])
            else:
                yield tried[number - 1]
    if any(map(_waited, servers)):
        sys.exit("the tests cannot be run")
    print(f"{len(warm)} of {len(tried)}", file=sys.stderr, flush=True)
    yield from _survivors_on_import(cold, tests, processes)


def _survivors_on_import(tried: list[Change], tests: Tests, processes: int) -> Iterator[Change]:
    """Try changes of what runs when a module is imported, which every fork imports anew."""
    running: dict[int, Change] = {}
    waiting = iter(tried)
    while True:
        while len(running) < processes and (change := next(waiting, None)):
            running[_start(partial(_attempt, change, tests.of(change)))] = change
        if not running:
            return
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        assert ended  # since there are some, and this waits
        process = ended.si_pid
        change = running.pop(process)
        if not _is_noticed(_waited(process)):
            yield change
