"""Check the guarantees about documents on all generated data sets: `python tools/proof.py FOLDER` builds and checks them.

The tests take a slice of the same cases through the same functions; this takes all of them, in as many processes as there are cores.
"""

import argparse
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

VALIDATOR = "ooxml-validator"
TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS.parent), str(TESTS / "end_to_end"), str(TESTS / "scoring")]

from blemishes import ALL  # noqa: E402
from generated import BARE, FULL, make_case  # noqa: E402
from proof import JobResult, chosen, invalid, made, opened  # noqa: E402

from genplan.writers.options import DEFAULTS  # noqa: E402


def prove(number: int, folder: Path) -> list[JobResult]:
    """Build and check a document of every kind in a case."""
    root = folder / "cases" / f"{number:03}"
    shutil.rmtree(root, ignore_errors=True)
    case = opened(make_case(number, root))
    done = [made(case, order, folder / "documents", DEFAULTS) for order in chosen(case)]
    return [*done, *([JobResult(number, "plan", root, 0, case.findings)] if case.findings else [])]


def main() -> int:
    """Build, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=FULL + BARE - 1)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--validate", action="store_true", help="ask the Open XML SDK, too: about a second a file")
    asked = parser.parse_args()
    if asked.validate and not shutil.which(VALIDATOR):
        parser.error(f"{VALIDATOR} is not on the PATH")
    (asked.folder / "documents").mkdir(parents=True, exist_ok=True)
    numbers = range(asked.first, asked.last + 1, asked.step)
    start = time.perf_counter()
    documents: list[JobResult] = []
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        for done in pool.map(prove, numbers, [asked.folder] * len(numbers)):
            documents += done
            for each in done:
                for finding in each.findings:
                    print(f"{each.case:03} {each.kind}: {finding}", flush=True)
    wrong = sum(bool(each.findings) for each in documents)
    kinds = Counter(each.kind for each in documents)
    print(f"{len(numbers)} data sets, {len(documents)} documents, {sum(each.pages for each in documents)} pages; {wrong} with findings")
    marred = Counter(blemish.what for each in documents for blemish in each.blemishes)
    print(", ".join(f"{what}s {marred[what]}" for what in ALL))
    print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())), f"({time.perf_counter() - start:.0f} s)")
    if asked.validate:
        paths = [each.stem.with_suffix(".docx") for each in documents]
        with ThreadPoolExecutor(cpu_count()) as pool:
            errors = {path.name: said for path, said in zip(paths, pool.map(partial(invalid, VALIDATOR), paths), strict=True) if said}
        for name, said in errors.items():
            print(name, said)
        print(f"Open XML SDK: {len(paths)} files, {len(errors)} with errors ({time.perf_counter() - start:.0f} s)")
        wrong += len(errors)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
