"""Building again: with nothing changed, and with one person's score changed. Peers make everything again."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measure import Cost, FailedError, say
from peers.content import change_score, workspace
from plan import Plan
from whole import Whole, build

_SCORES = ("97", "96", "95", "94", "93")


@dataclass
class Rebuild:
    """What building so many documents took in some formats: from nothing, with nothing changed, with one score changed."""

    form: str
    count: int
    workers: int
    cold: Cost
    nothing: list[Cost] = field(default_factory=list)
    one: list[Cost] = field(default_factory=list)


def rebuilds(root: Path, plan: Plan, known: Sequence[Whole], absent: dict[str, str]) -> list[Rebuild]:
    """Build the largest number of documents in each format, then again without a change and with one.

    What failed goes into `absent`. Where the machine is too busy for so many, as many are built as genplan's share of time allows.
    """
    made = min(
        (whole.made for whole in known if whole.peer.module == "genplan" and whole.count == max(plan.counts)), default=max(plan.counts)
    )
    found = []
    for form in plan.forms:
        try:
            found.append(_rebuild(root, form, made, max(plan.workers), plan))
        except FailedError as error:
            absent[f"Building again ({form})"] = str(error)
    return found


def _rebuild(root: Path, form: str, count: int, workers: int, plan: Plan) -> Rebuild:
    say(f"building again: {count} documents, {form}")
    folder, output = workspace(root / "again", count), root / "again-output"
    shutil.rmtree(output, ignore_errors=True)
    found = Rebuild(form, count, workers, build(folder, form, workers, output))
    started = time.monotonic()
    for score in _SCORES[: plan.rounds]:
        if found.one and time.monotonic() - started > plan.again_allowance:
            break
        found.nothing.append(build(folder, form, workers, output))
        before = _files(output)
        change_score(folder, score)
        found.one.append(build(folder, form, workers, output))
        after = _files(output)
        changed = sum(after[path] != stamp for path, stamp in before.items())
        if changed != len(form.split(",")) or len(after) != len(before):
            raise FailedError(f"after one score {changed} files were built")
    return found


def _files(output: Path) -> dict[Path, int]:
    return {path: path.stat().st_ino for suffix in ("html", "docx", "pdf") for path in output.rglob(f"*.{suffix}") if path.parent != output}
