"""Faults: every call by which a build writes fails once, then all from there on; and builds are killed, at any moment.

Run: python bench/faults.py [calls|kills|all|NAME] [KILLS] [STEP] (with genplan installed; not on Windows); all, 300 kills, and every call
unless stated: with a STEP of 10 every tenth call fails. NAME is one alone: cold, changed, prune, damaged, workers, watch, store.

The builds make 30 documents: for the first time (cold), after everybody's scores changed (changed), after a third of the people left, with
--prune (prune), and with a damaged manifest (damaged). Each call that writes (injection.py) fails with ENOSPC, EIO and EACCES. Builds are
killed by `kill -9` as well with two workers, with --watch while results are saved, and on their way to a store (S3, simulated by moto where
that is installed).

After each: every file in the output is whole, the earlier or the later one; the exit code is 0 where all is built and 1 where not, with a
diagnostic, never 3; and the next build, which nothing disturbs, leaves what a clean build does, byte for byte, the manifest's content
included.
"""

import errno
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from injection import Fault
from kills import KILLS, kill
from site_of_faults import SCENARIOS, Site, counted, disturbed, warm_up
from store_of_faults import LIBRARIES, is_possible, server

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
ABREAST = 2
_SHOWN = 20


def faults(name: str, count: int) -> Iterator[Fault]:
    """List what may happen to a build that makes so many calls; where little is written anew, the disk that stays full stands for all."""
    for error in ERRORS:
        for onward in (False, True):
            if not onward or error == errno.ENOSPC or name in {"cold", "changed"}:
                yield from (Fault(number, error, onward) for number in range(1, count + 1))


def _site() -> Site:
    """Give this process's own workspace."""
    if "" not in _SITES:
        _SITES[""] = Site(Path(tempfile.mkdtemp(prefix="faults-", dir=_FOLDER[0])))
    return _SITES[""]


_SITES: dict[str, Site] = {}
_FOLDER = [""]


def _disturb(case: tuple[str, Fault]) -> tuple[int, str]:
    return disturbed(_site(), *case)


def _kill(case: tuple[str, int]) -> tuple[int, str]:
    return kill(_site(), *case)


def tell(name: str, cases: list, results: Iterable[tuple[int, str]]) -> int:
    """Print how cases ended; gives how many ended wrongly."""
    codes: Counter[int] = Counter()
    wrong: list[str] = []
    for case, (code, problem) in zip(cases, results, strict=True):
        codes[code] += 1
        wrong += [f"{case[0]}, {case[1]}: {problem}"] if problem else []
    ended = ", ".join(f"{count} with {f'exit code {code}' if code >= 0 else 'kill -9'}" for code, count in sorted(codes.items()))
    print(f"{name:20} {len(cases):6} ended {ended}; {len(wrong)} wrong", flush=True)
    for line in wrong[:_SHOWN]:
        print(f"    {line}", flush=True)
    return len(wrong)


def main() -> None:
    """Disturb builds, two at a time, and count."""
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    step = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    warm_up()
    memory = "/dev/shm"  # noqa: S108 - where it is, files are written in no time
    with ExitStack() as stack:
        _FOLDER[0] = stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-", dir=memory if Path(memory).is_dir() else None))
        stored = what in {"kills", "all", "store"} and is_possible()
        if stored:
            stack.enter_context(server())
        pool = stack.enter_context(ProcessPoolExecutor(ABREAST, mp_context=get_context("fork")))
        done = wrong = 0
        for name, cases, action in _planned(pool, what, (kills, step), stored=stored):
            done += len(cases)
            wrong += tell(name, cases, pool.map(action, cases, chunksize=4))
    print(f"{done} disturbed builds, {wrong} wrong")
    sys.exit(1 if wrong else 0)


def _planned(pool: ProcessPoolExecutor, what: str, extent: tuple[int, int], *, stored: bool) -> Iterator[tuple[str, list, Callable]]:
    kills, step = extent
    for name in [name for name in SCENARIOS if what in {"calls", "all", name}]:
        calls = pool.submit(_counted, name).result()
        yield f"{name}: {len(calls)} calls", [(name, fault) for fault in faults(name, len(calls))][::step], _disturb
    for name, share in [(name, share) for name, share in KILLS.items() if what in {"kills", "all", name}]:
        if name == "store" and not stored:
            print(f"store: left out, for want of {', '.join(LIBRARIES)}")
            continue
        yield f"{name}, kill -9", [(name, seed) for seed in range(round(kills * share))], _kill


def _counted(name: str) -> list[str]:
    return counted(_site(), name)


if __name__ == "__main__":
    main()
