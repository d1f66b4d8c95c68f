"""RESULTS.md: the machine, the tools compared, and tables of medians with their ratios to genplan."""

import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from incremental import Rebuild
from machine import describe
from measure import Cost, memory_kind
from peers import PEERS, Peer
from plan import Plan
from singles import Single
from whole import Whole

_MEBIBYTE = 2**20
_PATH = re.compile(r"(?<![\w.])/(?:[\w.+-]+/)+[\w.+-]*")
_FORMS = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", "pdf,docx": "PDF and DOCX"}
_INTRODUCTION = """\
# genplan compared with similar tools

Made by `make bench{how}`; don't edit it by hand. Everything was measured in one run, in turn. Machines differ and are rarely idle, so
the ratios apply elsewhere, but the seconds don't. Figures are medians; ranges are from the lower to the upper quartile. CPU is
user and system time of all started processes, memory the peak of all together ({memory} added up).
"""
_CONTENT = """\
## What is built

The result document of the sample `community-operations-specialist`, for each of the sample's people in turn: two pages with
running header, logo and footer, seven indicators with weights and scores, two charts, the calculation line by line, comment and
signatures. Every tool gets the same text, tables and charts, prepared for it (source, HTML, values). Its files were checked before
measuring: they contain all text, with names, totals and indicators unbroken, charts, logo, and in PDFs two or more pages. Their looks
differ slightly. genplan starts from a person's data and fills in its template; in whole runs it reads plan and results,
scores, and keeps track of what it built. PDFs from genplan, Typst and Chromium are tagged, those from WeasyPrint only on request.
DOCX tools draw the charts as PNG, as genplan does, unless the table says that charts were given.
"""
_ONE = """\
## One document

In a process that is set up and has already made documents. × genplan: CPU relative to genplan.
"""
_AGAIN = """\
## Building again

genplan, with the given number of workers. After one person's score is changed, only that person's files are built, as verified by the
new files on disk. The other tools have no such feature: they make everything again, at the cost in the tables above.
"""


@dataclass
class Results:
    """All measurements. `checked` describes the files of each peer, `absent` says why a peer is missing."""

    name: str
    plan: Plan
    machine: list[tuple[str, str]] = field(default_factory=describe)
    started: float = field(default_factory=time.monotonic)
    absent: Mapping[str, str] = field(default_factory=dict)
    checked: Mapping[str, str] = field(default_factory=dict)
    singles: Mapping[str, Single] = field(default_factory=dict)
    wholes: Sequence[Whole] = ()
    rebuilds: Sequence[Rebuild] = ()
    extras: Sequence[tuple[str, str]] = ()
    finished: bool = False


def write_report(results: Results, target: Path) -> None:
    """Write the results, as Markdown."""
    how = "" if results.name == "default" else f" BENCH={results.name}"
    parts = [
        _INTRODUCTION.format(how=how, memory=memory_kind()),
        "## In short\n\n" + "\n".join(f"- {line}" for line in headlines(results)) + "\n",
        "## The machine\n\n" + table(["", ""], results.machine),
        _CONTENT,
        _singles(results),
        *(_wholes(results, count) for count in results.plan.counts),
        _rebuilds(results),
        _absent(results),
        *(f"## {title}\n\n{said}\n" for title, said in results.extras),
        "" if results.finished else "**This run was not finished**: what is not here was not measured.\n",
        f"The run took {(time.monotonic() - results.started) / 60:.0f} minutes.\n",
    ]
    target.write_text(_PATH.sub("…", "\n".join(part for part in parts if part)), "utf-8")


def headlines(results: Results) -> list[str]:
    """Put the main ratios in words."""
    found = []
    for key, others in (("genplan-pdf", _others("pdf")), ("genplan-docx", _others("docx"))):
        own = results.singles.get(key)
        for other in others:
            if own and (peer := results.singles.get(other.key)):
                ratio = _cpu(own.costs) / _cpu(peer.costs)
                found.append(f"A {_FORMS[other.form]} takes **{_times(ratio)}** the CPU of {other.name} ({other.note}).")
    for again in results.rebuilds:
        nothing, one = (_cpu(costs) / again.cold.cpu for costs in (again.nothing, again.one))
        found.append(
            f"{again.count:,} documents ({_FORMS[again.form]}) built again: **{nothing:.1%}** of the cold CPU with nothing changed, "
            f"**{one:.1%}** after one score."
        )
    return found


def _others(form: str) -> list[Peer]:
    return [peer for peer in PEERS if peer.form == form and peer.module != "genplan"]


def _times(ratio: float) -> str:
    return f"{ratio:.1f} ×" if ratio >= 1 else f"{ratio:.2f} ×"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; all columns but the first are numbers' if the head says so with a colon at the end."""
    rules = ["---:" if name.endswith(":") else "---" for name in head]
    lines = [[name.removesuffix(":") for name in head], rules, *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _cpu(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def _wall(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.wall for cost in costs)


def _spread(values: Sequence[float], write: Callable[[float], str]) -> str:
    if len(values) < 2:
        return "one"
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{write(low)}–{write(high)}"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds < 1 else f"{seconds * 1000:,.0f}"


def _seconds(seconds: float) -> str:
    return f"{seconds:,.2f}" if seconds < 10 else f"{seconds:,.0f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _singles(results: Results) -> str:
    """Tell of single documents, format by format."""
    parts = [_ONE]
    for form, title in _FORMS.items():
        found = [single for single in results.singles.values() if single.peer.form == form]
        own = next((single for single in found if single.peer.key == f"genplan-{form}"), None)
        if own is None:
            continue
        rows = [
            [
                single.peer.name,
                single.peer.note,
                _milliseconds(_cpu(single.costs)),
                _spread([cost.cpu for cost in single.costs], _milliseconds),
                _ratio(_cpu(single.costs) / _cpu(own.costs)),
                _milliseconds(_wall(single.costs)),
                str(len(single.costs) * single.peer.batch),
                results.checked.get(single.peer.key, ""),
            ]
            for single in found
        ]
        head = [title, "how it is used", "CPU ms:", "range:", "× genplan:", "elapsed, ms:", "documents:", "file"]
        parts.append(table(head, rows))
    return "\n".join(parts)


@dataclass(frozen=True)
class _Figures:
    """The cost of a number of documents, scaled up if fewer were made."""

    cpu: float
    wall: float
    memory: int
    whole: Whole

    @property
    def scaled(self) -> bool:
        return self.whole.made < self.whole.count


def figures(whole: Whole, results: Results) -> _Figures:
    """Return medians. If fewer documents were made, start-up is counted once per worker, and the rest scaled up."""
    cpu, wall = _cpu(whole.costs), _wall(whole.costs)
    if whole.made < whole.count:
        one = next((one for one in results.wholes if one.peer == whole.peer and one.count == one.workers == 1), None)
        each = results.singles[whole.peer.key].costs
        start_cpu = min(max(_cpu(one.costs) - _cpu(each), 0), cpu / whole.workers / 2) if one else 0
        start_wall = min(max(_wall(one.costs) - _wall(each), 0), wall / 2) if one else 0
        times = whole.count / whole.made
        cpu = start_cpu * whole.workers + (cpu - start_cpu * whole.workers) * times
        wall = start_wall + (wall - start_wall) * times
    return _Figures(cpu, wall, max(cost.memory for cost in whole.costs), whole)


def _wholes(results: Results, count: int) -> str:
    """Tell of whole runs for a number of documents, format by format."""
    title = f"## {count:,} document{'s' if count > 1 else ''}, from nothing\n"
    why = "From the start of the command to its end; ≈: scaled up from the documents made, which the last column tells.\n"
    parts = [title, why]
    for form, name in _FORMS.items():
        mine = [whole for whole in results.wholes if (whole.count, whole.peer.form) == (count, form) and whole.costs]
        if not mine:
            continue
        workers = sorted({whole.workers for whole in mine})
        columns = [
            f"{label}{f', {number} workers' if number > 1 else ''}:"
            for number in workers
            for label in ("CPU s", "× genplan", "clock s", "MiB")
        ]
        rows = []
        for peer in _unique(mine):
            row, made = [peer.name], []
            for number in workers:
                found, own = (_find(mine, key, number) for key in (peer.key, f"genplan-{form}"))
                row += _four(found, own, results)
                made += [f"{found.made:,} × {len(found.costs)}"] if found else []
            rows.append([*row, "; ".join(dict.fromkeys(made))])
        parts.append(table([name, *columns, "documents × runs"], rows))
    return "\n".join(parts)


def _unique(found: Iterable[Whole]) -> list[Peer]:
    return list({whole.peer.key: whole.peer for whole in found}.values())


def _find(found: Iterable[Whole], key: str, workers: int) -> Whole | None:
    return next((whole for whole in found if (whole.peer.key, whole.workers) == (key, workers)), None)


def _four(found: Whole | None, own: Whole | None, results: Results) -> list[str]:
    """Give four cells: CPU, its ratio to genplan's, time, memory."""
    if found is None or own is None:
        return [""] * 4
    mine, base = figures(found, results), figures(own, results)
    about = "≈ " if mine.scaled else ""
    return [about + _seconds(mine.cpu), about + _ratio(mine.cpu / base.cpu), about + _seconds(mine.wall), f"{mine.memory / _MEBIBYTE:,.0f}"]


def _rebuilds(results: Results) -> str:
    """Tell of building again."""
    if not results.rebuilds:
        return ""
    head = [
        "documents",
        "format",
        "workers:",
        "cold, CPU s:",
        "nothing changed, CPU s:",
        "of cold:",
        "one changed, CPU s:",
        "of cold:",
        "clock s:",
        "runs:",
    ]
    rows = [
        [
            f"{again.count:,}",
            _FORMS[again.form],
            str(again.workers),
            _seconds(again.cold.cpu),
            _seconds(_cpu(again.nothing)),
            f"{_cpu(again.nothing) / again.cold.cpu:.2%}",
            _seconds(_cpu(again.one)),
            f"{_cpu(again.one) / again.cold.cpu:.2%}",
            f"{_seconds(_wall(again.nothing))}, {_seconds(_wall(again.one))}",
            str(len(again.nothing)),
        ]
        for again in results.rebuilds
    ]
    return _AGAIN + "\n" + table(head, rows) + _all_again(results)


def _all_again(results: Results) -> str:
    """Set one changed score against making everything again."""
    lines = []
    for again in results.rebuilds:
        for whole in results.wholes:
            if (
                (whole.count, whole.peer.form, whole.workers) == (again.count, again.form, again.workers)
                and whole.peer.module != "genplan"
                and whole.costs
            ):
                mine = figures(whole, results)
                about = "about " if mine.scaled else ""
                ratio = mine.cpu / _cpu(again.one)
                lines.append(
                    f"- {again.count:,} {_FORMS[again.form]} by {whole.peer.name}: {about}{_ratio(ratio)} × the CPU of one changed score."
                )
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def _absent(results: Results) -> str:
    if not results.absent:
        return ""
    return "## Not run\n\n" + "\n".join(f"- {name}: not run: {why}" for name, why in results.absent.items()) + "\n"
