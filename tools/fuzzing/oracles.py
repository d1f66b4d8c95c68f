"""Properties of genplan's output for any input: each oracle yields violations."""

import csv
import io
import json
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from fuzzing.numbers import PLAN
from fuzzing.runner import Files, Outcome, Ran
from genplan.diagnostics import CODES

MEMORY = 512
"""Most MiB that an input may take, the 60 of genplan itself included."""


_LIMITS = {-signal.SIGXCPU, -signal.SIGABRT, -signal.SIGKILL}
"""How a process ends that took too much."""


class Finding(NamedTuple):
    """A violated property: a short name, the same for all inputs with the same fault, and the observation."""

    fault: str
    seen: str


Found = Iterator[Finding]


def judge(files: Files, outcome: Outcome, *, bounded: bool = True) -> Found:
    """Ask every oracle about an outcome; without `bounded`, an input may take the time and memory that it likes."""
    if outcome.ended:
        if bounded or outcome.ended not in _LIMITS:
            yield Finding(f"ended with {outcome.ended}: {_last_frame(outcome.stack)}", outcome.stack)
        return
    if bounded and outcome.memory > MEMORY:
        yield Finding(f"memory beyond {MEMORY} MiB", f"{outcome.memory} MiB")
    for ran in outcome.ran:
        yield from _command(ran)
        name, form = ran.command[1], ran.command[-1]
        oracle = _ORACLES.get((name, form))
        if oracle is not None and ran.code in (0, 1):
            try:
                yield from list(oracle(files, ran))
            except (ValueError, LookupError, TypeError) as error:
                yield Finding(f"{name}: {form} cannot be read: {type(error).__name__}", f"{error}\n{ran.out}")


_TOLD_BY_BUILDS = {"GP701"}
"""About the names of files, which only a build decides."""


def contradicted(outcome: Outcome) -> Found:
    """What is checked without an error is scored and built without one."""
    checked, *others = outcome.ran or [None]
    if checked is not None and checked.code == 0:
        for ran in others:
            if ran.code == 1:
                told = re.findall(r"error\[(GP\d{3})\]", ran.err)
                if not _TOLD_BY_BUILDS.intersection(told):
                    yield Finding(f"{ran.command[1]}: fails where check is clean: {told[0] if told else ''}", ran.err)


def codes(outcome: Outcome) -> set[str]:
    """List the codes of the diagnostics that an outcome shows."""
    return {code for ran in outcome.ran for code in re.findall(r"\bGP\d{3}\b", ran.out + ran.err) if code in CODES}


def _last_frame(text: str) -> str:
    """Return genplan's innermost line in a traceback, or in faulthandler's output, which starts with it."""
    frames = re.findall(r'File "[^"]*?/(genplan/[^"]+)", line (\d+)', text)
    if not frames:
        return text.strip()[-100:]
    file, line = frames[0] if "most recent call first" in text else frames[-1]
    error = re.findall(r"^([A-Za-z_.]+(?:Error|Exception|Interrupt)?)\b", text.strip().rpartition("\n")[2])
    return f"{file}:{line} {error[0] if error and 'most recent call last' in text else ''}".rstrip()


_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _command(ran: Ran) -> Found:
    """Exit codes are 0 and 1; no output controls a terminal; the exit code is 1 if and only if an error is reported."""
    name = ran.command[1]
    if ran.code not in (0, 1) or "Traceback" in ran.err:
        yield Finding(f"{name}: exit {ran.code}: {_last_frame(ran.err)}", ran.err)
        return
    for stream, text in (("out", ran.out), ("err", ran.err)):
        control = _CONTROLS.search(text)
        if control:
            around = text[max(0, control.start() - 80) : control.end() + 40]
            yield Finding(f"{name}: control character on std{stream}", f"U+{ord(control[0]):04X} in {around!r}")
    told = bool(re.search(r"^\d+ error|\berror\[GP|^failed ", ran.err, re.MULTILINE))
    if "json" not in ran.command and "sarif" not in ran.command and told != bool(ran.code):
        yield Finding(f"{name}: exit {ran.code} with{'' if told else 'out'} errors", ran.err)


def _check_json(files: Files, ran: Ran) -> Found:
    """The report parses, and each diagnostic is whole and points into its file."""
    rows = json.loads(ran.out)["diagnostics"]
    if any(row["severity"] == "error" for row in rows) != bool(ran.code):
        yield Finding(f"check: exit {ran.code} against the diagnostics", ran.out)
    for row in rows:
        shown = json.dumps(row, ensure_ascii=False)
        if row["code"] not in CODES or not row["message"].strip() or (row["severity"] == "error" and not row["help"].strip()):
            yield Finding(f"{row['code']}: without message or help", shown)
        for place in (row, *row["related"]):
            wrong = _misplaced(files, place)
            if wrong:
                yield Finding(f"{row['code']}: {wrong}", shown)


def _misplaced(files: Files, place: Mapping[str, Any]) -> str:
    """Return what is wrong with a location, if anything."""
    line, column, end = (place.get(key) for key in ("line", "column", "end_column"))
    data = files.get(place["file"])
    if not place["file"] or (data is None and line is not None and not place["file"].startswith("builtin/")):
        return "place in no file"
    if data is None or line is None or place["file"].endswith((".xlsx", ".docx")):
        return "" if column is None else "column without a line"
    lines = _decoded(data, place["file"]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= line <= len(lines):
        return "line outside its file"
    width = len(lines[line - 1]) + 1
    inside = column is None or (1 <= column <= width and (end is None or column < end <= width))
    return "" if inside else "column outside its line"


def _decoded(data: bytes, file: str) -> str:
    """Decode text as genplan documents it: UTF-8, and GB18030 for CSV."""
    for encoding in ("utf-8-sig", *(["gb18030"] if file.endswith((".csv", ".tsv")) else [])):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8-sig", "replace")


def _check_sarif(_: Files, ran: Ran) -> Found:
    """The log contains nothing that code hosts reject: locations before the first, invalid addresses, results without rules."""
    (run,) = json.loads(ran.out)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        shown = json.dumps(result, ensure_ascii=False)
        if rules[result["ruleIndex"]] != result["ruleId"] or not result["message"]["text"].strip():
            yield Finding("sarif: rule or message", shown)
        for location in (*result["locations"], *result["relatedLocations"]):
            place = location["physicalLocation"]
            uri, region = place["artifactLocation"]["uri"], place.get("region", {})
            start, end = region.get("startColumn", 1), region.get("endColumn", 2**31)
            if (
                not uri
                or quote(unquote(uri, errors="replace"), errors="replace") != uri
                or min(region.values(), default=1) < 1
                or end <= start
            ):
                yield Finding("sarif: place", shown)


def _score_json(files: Files, ran: Ran) -> Found:
    """Each card adds up, ranks follow totals, and each actual matches the file at its location."""
    cards = json.loads(ran.out)["scorecards"] if ran.out else []
    for card in cards:
        wrong = [name for name, holds in _SUMS.items() if not holds(card)]
        better = [other for other in cards if other["period"] == card["period"] and Decimal(other["total"]) > Decimal(card["total"])]
        # Nobody is ranked while somebody of the period has no total.
        wrong += [] if card["rank"] in (None, 1 + len(better)) else ["rank"]
        if wrong:
            yield Finding(f"score: {wrong[0]}", json.dumps(card, ensure_ascii=False))
        for line in card["lines"]:
            yield from _as_written(files, line)


Card = Mapping[str, Any]
"""A scorecard as `genplan score --format json` writes it."""


def _results(card: Card) -> list[Card]:
    return [step for step in card["steps"] if step["result"] is not None]


def _weights_make_one(card: Card) -> bool:
    return sum(Fraction(line["exact_weight"]) for line in card["lines"]) == 1


def _lines_make_the_sum(card: Card) -> bool:
    return sum(Fraction(line["weighted"]) for line in card["lines"]) == Fraction(_results(card)[0]["result"])


def _lines_are_products(card: Card) -> bool:
    """For a line that combines parts of a period, the product is in neither part."""
    products = [Fraction(line["score"] or 0) * Fraction(line["exact_weight"]) for line in card["lines"]]
    return len(card["segments"]) > 1 or products == [Fraction(line["weighted"]) for line in card["lines"]]


def _items_are_added(card: Card) -> bool:
    pairs = [(before, step) for before, step in pairwise(_results(card)) if step["stage"] in {"bonus", "deduction"}]
    return all(Fraction(before["result"]) + Fraction(step["number"]) == Fraction(step["result"]) for before, step in pairs)


def _total_is_rounded(card: Card) -> bool:
    unit = Fraction(1, 10 ** len(card["total"].partition(".")[2]))
    return abs(Fraction(card["total"]) - Fraction(card["exact"])) < unit


_SUMS: dict[str, Callable[[Card], bool]] = {
    "weights": _weights_make_one,
    "sum": _lines_make_the_sum,
    "products": _lines_are_products,
    "items": _items_are_added,
    "rounding": _total_is_rounded,
}
"""Properties of the numbers in a scorecard."""


_STRICT = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?\s*%?")
_WIDE = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_UNITS = re.compile("[万亿千‰%％¥￥KM]")
_SCORES: dict[str, Callable[[Fraction], Fraction]] = {
    "甲": lambda number: number,
    "乙": lambda number: number / 80 * 100,
    "丙": lambda number: number / Fraction(95, 100) * 100,
    "丁": lambda number: max(Fraction(0), 100 - 2 * number),
}


def _as_written(files: Files, line: Mapping[str, Any]) -> Found:
    """Read an actual again without genplan: it must match the cell, and its score what a person would compute."""
    place = re.fullmatch(r"(.+?)(?::(\d+)(?::\d+)?)?\[(.*)\]", line["place"] or "", re.DOTALL)
    if place is None or place[1] not in files or line["inputs"]:
        return
    cell = _cell(files[place[1]], place[1], place[2], place[3])
    if cell is not None and cell != line["actual"] and not _is_converted(cell, line["actual"], files[place[1]]):
        yield Finding("score: actual is not the cell's", f"{cell!r} {json.dumps(line, ensure_ascii=False)}")
    text = line["actual"].strip().translate(_WIDE)
    if line["method"] != "rubric" and not _STRICT.fullmatch(text):
        yield Finding("score: not a number, and taken", json.dumps(line, ensure_ascii=False))
    elif PLAN.encode() in files.values():
        number = Fraction(text.rstrip("% ").replace(",", "")) / (100 if text.endswith("%") else 1)
        if _SCORES[line["indicator"]](number) != Fraction(line["score"]):
            yield Finding("score: not what the actual is worth", json.dumps(line, ensure_ascii=False))


def _is_converted(cell: str, actual: str, data: bytes) -> bool:
    """Tell whether an actual may be the cell's in another unit, `98万` or 98 below （万元）: a power of ten of it, in a file with units."""
    numbers = [_NUMBER.search(text.translate(_WIDE)) for text in (cell, actual)]
    if None in numbers or not _UNITS.search(data.decode("utf-8", "replace")):
        return False
    before, after = (Fraction(match[0].replace(",", "")) for match in numbers if match)
    return before == after or any(before * Fraction(10) ** power == after for power in range(-9, 10))


def _cell(data: bytes, file: str, row: str | None, cell: str) -> str | None:
    """Return the text of a cell as Python's or openpyxl's reader sees it; None if they cannot identify the cell."""
    if file.endswith(".xlsx"):
        from fuzzing.workbooks import shown  # noqa: PLC0415 - openpyxl takes long to load

        return shown(data, cell)
    if not file.endswith(".csv") or not row:
        return None
    text = _decoded(data, file).replace("\r\n", "\n").replace("\r", "\n")
    first = next(line for line in text.split("\n") if line.strip())
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=re.sub(r'"[^"]*"', "", first).count))
    start, header = 1, []
    for values in rows:
        header = header or [value.strip() for value in values if any(values)]
        if start == int(row) and header.count(cell) == 1:
            return values[header.index(cell)].strip()
        start = rows.line_num + 1
    return None


def _fields_json(_: Files, ran: Ran) -> Found:
    """What is read out of a form is text or yes and no, by name."""
    for fields in (json.loads(ran.out) if ran.out else {}).values():
        if not all(name and isinstance(value, str | bool) for name, value in fields.items()):
            yield Finding("fields: shape", ran.out)


_ORACLES: dict[tuple[str, str], Callable[[Files, Ran], Found]] = {
    ("check", "json"): _check_json,
    ("check", "sarif"): _check_sarif,
    ("score", "json"): _score_json,
    ("fields", "json"): _fields_json,
}
"""The check of the output for each command and format."""
