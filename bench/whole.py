"""Whole runs, from nothing to so many files: `genplan build`, and each peer in a process of its own or in several."""

import shutil
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measure import DRIVER, Cost, FailedError, run, say
from peers import OUT, Peer
from peers.content import KIND, workspace
from plan import Plan
from prepare import Kitchen
from singles import Single

_OWN_WEIGHT = 10


@dataclass
class Whole:
    """What making documents took: `made` of the `count` that it stands for, in so many workers."""

    peer: Peer
    count: int
    workers: int
    made: int
    costs: list[Cost] = field(default_factory=list)


def build(folder: Path, form: str, workers: int, output: Path) -> Cost:
    """Build a workspace's documents with genplan."""
    command = [
        sys.executable,
        "-m",
        "genplan",
        "build",
        "--kind",
        KIND,
        "--format",
        form,
        "--jobs",
        str(workers),
        "--output",
        str(output),
    ]
    return run(command, folder)


def wholes(kitchen: Kitchen, plan: Plan, known: Mapping[str, Single], started: float) -> list[Whole]:
    """Measure all in turn, again and again until the time is up or each has had its rounds."""
    cells = _cells(kitchen, plan, known)
    sizes = {cell.made for cell in cells}
    workspaces = {size: workspace(kitchen.root / f"workspace-{size}", size) for size in sizes}
    for number in range(plan.rounds):
        say(f"whole runs: round {number + 1}")
        for cell in cells:
            if number and (not cell.costs or time.monotonic() - started + cell.costs[-1].wall > plan.budget):
                continue
            try:
                cell.costs.append(_measure(cell, kitchen, workspaces[cell.made]))
            except FailedError as error:
                kitchen.absent[f"{cell.peer.name} ({cell.peer.form}), {cell.count} documents, {cell.workers} workers"] = str(error)
    return [cell for cell in cells if cell.costs]


def _cells(kitchen: Kitchen, plan: Plan, known: Mapping[str, Single]) -> list[Whole]:
    """List what is to be measured, with as many documents each as there is time for."""
    cells = [
        Whole(peer, count, workers, count)
        for count in plan.counts
        for workers in plan.workers
        for peer in kitchen.peers
        if peer.whole and workers <= count
    ]
    each = {key: statistics.median(cost.wall for cost in single.costs) for key, single in known.items()}
    start = sum(kitchen.starts[cell.peer.key] for cell in cells)
    full = {id(cell): cell.count * each[cell.peer.key] / cell.workers for cell in cells}
    share = _share([(full[id(cell)], _weight(cell.peer)) for cell in cells], max(plan.first_round - start, plan.first_round / 2))
    for cell in cells:
        made = int(cell.workers * share * _weight(cell.peer) / each[cell.peer.key])
        cell.made = min(cell.count, max(2 * cell.workers, made))
    return cells


def _weight(peer: Peer) -> int:
    """Say how much longer than others a peer may take."""
    return _OWN_WEIGHT if peer.module == "genplan" else 1


def _share(wishes: Sequence[tuple[float, int]], seconds: float) -> float:
    """Give the seconds for each by its weight, so that all take so many seconds together; nobody takes more than it wishes for."""
    low, high = 0.0, max(wish for wish, _ in wishes)
    for _ in range(50):
        middle = (low + high) / 2
        fits = sum(min(wish, middle * weight) for wish, weight in wishes) <= seconds
        low, high = (middle, high) if fits else (low, middle)
    return high


def _measure(cell: Whole, kitchen: Kitchen, folder: Path) -> Cost:
    say(f"  {cell.peer.name}, {cell.peer.form}, {cell.count} documents ({cell.made} made), {cell.workers} workers")
    if cell.peer.module == "genplan":
        output = kitchen.root / "output"
        shutil.rmtree(output, ignore_errors=True)
        cost = build(folder, cell.peer.form, cell.workers, output)
        _count(output, cell)
        return cost
    own = kitchen.folder(cell.peer, cell.made)
    shutil.rmtree(own / OUT)
    cost = run([sys.executable, str(DRIVER), "whole", str(own), cell.peer.key, str(cell.made), str(cell.workers)], own)
    _count(own / OUT, cell)
    return cost


def _count(folder: Path, cell: Whole) -> None:
    """See whether all files are there."""
    for form in cell.peer.form.split(","):
        there = sum(path.stat().st_size > 0 for path in folder.rglob(f"*.{form}"))
        if there != cell.made:
            raise FailedError(f"{cell.peer.name}: {there} {form} files instead of {cell.made}")
