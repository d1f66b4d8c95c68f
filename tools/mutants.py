"""Make small changes to the code, one at a time, and list those that no test notices.

Run: python tools/mutants.py AREA… [--sample 300] [--seed 1] [--at FILE[:LINE]] (with genplan installed for its tests); areas are in AREAS.
Changes that make no difference are in tools/mutants.toml, each with the reason. The exit code is 1 where less than LEAST of the others are
noticed. Takes a second or two a change, and needs a system that can fork.
"""

import argparse
import importlib
import os
import sys
import tempfile
import tomllib
from pathlib import Path

from mutation.changes import PACKAGE, ROOT, Change, changes
from mutation.trial import PRELOADED, Tests, survivors

TABLE = ROOT / "tools/mutants.toml"
LEAST = 0.9
COPIES = "test_documented.py"
"""It tries a copy of the code, and notices no change."""
AREAS = {
    "loader": (
        (
            *(
                f"source/{name}*.py"
                for name in ("docstrings", "files", "front", "keys", "model", "quantity", "spreadsheet", "text", "yaml")
            ),
            *(f"plan/{name}.py" for name in ("inheritance", "load", "regulation", "sections")),
        ),
        ("source", "plan", "test_cases.py"),
    ),
    "scoring": (
        ("scoring/*.py", "methods/*.py"),
        (
            "scoring",
            *(f"methods/{path.name}" for path in sorted((ROOT / "tests/methods").glob("test_*.py")) if path.name != COPIES),
            "test_cases.py",
        ),
    ),
    "names": (("documents/file_names.py", "documents/specs.py"), ("documents", "workspace")),
    "cache": (("incremental/*.py", "storage/digests.py"), ("incremental", "storage/test_digests.py")),
}
"""What is changed in `generator/genplan`, and what is to notice it in `tests`."""


def known() -> dict[tuple[str, str, str], str]:
    """Read the changes that make no difference, with the reasons."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["without_effect"]
    return {(row["file"], row["line"], change): row["reason"] for row in rows for change in row["changes"]}


def changes_of(area: str, at: str) -> list[Change]:
    """List the changes of an area whose place starts with `at`."""
    files = [path for pattern in AREAS[area][0] for path in sorted(PACKAGE.glob(pattern))]
    return [change for file in files for change in changes(file) if f"{change.file}:{change.line}:".startswith(at)]


def run(area: str, asked: argparse.Namespace) -> float:
    """Try the changes of an area, and return which share of those that make a difference is noticed."""
    listed = sorted(changes_of(area, asked.at), key=lambda change: change.sampling_key(asked.seed))
    tried = listed[: asked.sample]
    without_effect, left = known(), 0
    effective = len(tried) - sum(change.key in without_effect for change in tried)
    tried = [change for change in tried if change.key not in without_effect]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        data = (asked.coverage or Path(folder)) / f"{area}.coverage"
        tests = Tests([f"tests/{path}" for path in AREAS[area][1]], data)
        if tests.fail():
            sys.exit("the tests fail without any change")
        for change in survivors(tried, tests, asked.processes):
            left += 1
            print(change, flush=True)
    share = 1 - left / (effective or 1)
    count = min(len(listed), asked.sample)
    print(f"{area}: {count} of {len(listed)} changes; {effective} make a difference, {left} of these unnoticed ({share:.1%} noticed)")
    return share


def main() -> None:
    """Try the areas that were asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("areas", nargs="+", choices=AREAS)
    parser.add_argument("--sample", type=int, default=300, help="how many changes of each area to try")
    parser.add_argument("--seed", default="1", help="another seed draws another sample")
    parser.add_argument("--at", default="", help="a file, or FILE:LINE: only")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--coverage", type=Path, help="folder that keeps, for the next run, which test runs which lines")
    asked = parser.parse_args()
    os.chdir(ROOT)
    os.environ["CI"] = "true"  # so that properties are tried with the same examples each time
    os.environ["PYTHONPATH"] = str(ROOT / "generator")
    sys.path.insert(0, str(ROOT / "generator"))
    for name in PRELOADED.split():
        importlib.import_module(name)
    shares = [run(area, asked) for area in asked.areas]
    sys.exit(0 if min(shares) >= LEAST else 1)


if __name__ == "__main__":
    main()
