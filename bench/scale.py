"""Building at scale: what 1,000 and 10,000 documents cost and hold, of many plans and of one, and what building them again costs.

Run: python bench/scale.py [COUNT] [FORMAT] [SHAPE] (with genplan installed; Linux). COUNT is 10,000 unless stated, and is measured beside a
tenth of it; FORMAT html, docx or pdf; SHAPE one of those of `SHAPES`, else each. For every size and shape there is a workspace of people
with seven indicators, and builds with two workers: all of it, nothing changed, one person's scores changed. What their documents and the
summary cost in themselves is what the same change costs, beyond a build without any, where there is no other plan. CPU is that of the whole
process tree, memory the most that its processes hold together (proportional set size: a page that several share counts once). At the end
every file is opened.
"""

import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from measure import Cost, adopt, run

SHAPES = {"plans of 100": lambda count: (max(1, count // 100), min(count, 100)), "one plan": lambda count: (1, count)}
"""How many plans there are for so many people, and how many people each has."""
INDICATORS = ("新增用户数", "用户活跃度", "用户参与度", "内容质量", "用户满意度", "社群活动效果", "品牌曝光度")
PLAN = """\
---
schema: 1
title: 社群运营专员绩效考核方案
department: 社群运营部
position: 社群运营专员{number}
issued: 2026-06-15
period: 2026-Q3
documents: [result, summary]
indicators:
{indicators}
grades: [{{name: 优秀, from: 90, coefficient: 1.2}}, {{name: 合格, from: 60}}, {{name: 待改进, from: 0}}]
results: {name}/*.csv
---
"""
WEIGHTS = (25, 25, 15, 10, 10, 10, 5)
_MIB = 1 << 20
_HEADS = ("plans × people", "cold", "nothing changed", "one changed", "its own documents", "beyond these", "most memory")


def workspace(root: Path, plans: int, people: int) -> None:
    """Write plans and their people; the last of each has the least points."""
    rows = "\n".join(
        f"  - {{name: {name}, weight: {weight}%, target: 不低于{weight}, scoring: direct}}"
        for name, weight in zip(INDICATORS, WEIGHTS, strict=True)
    )
    (root / "genplan.yml").write_text("plans: plans\n", "utf-8")
    for number in range(plans):
        name = f"plan{number:03}"
        (root / "plans" / name).mkdir(parents=True)
        (root / "plans" / f"{name}.md").write_text(PLAN.format(name=name, number=number, indicators=rows), "utf-8")
        lines = [f"工号,姓名,部门,{','.join(INDICATORS)},评语"]
        for person in range(people):
            scores = ",".join(str(45 + (person * (7 + at) + at * 13 + number) % 55) for at in range(len(INDICATORS)))
            lines.append(f"{number:03}{person:05},员工{number}号{person},运营{person % 7}组,{scores},工作踏实，第{person}项任务完成较好。")
        lines[-1] = _lowest(lines[-1], 20)
        (root / "plans" / name / "2026-Q3.csv").write_text("\n".join(lines) + "\n", "utf-8")


def _lowest(line: str, score: int) -> str:
    who, comment = line.split(",")[:3], line.rsplit(",", maxsplit=1)[-1]
    return ",".join([*who, *[str(score)] * len(INDICATORS), comment])


def change_one(root: Path, score: int = 21) -> None:
    """Correct the scores of a person who stays the last."""
    path = root / "plans" / "plan000" / "2026-Q3.csv"
    *lines, last = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, _lowest(last, score)]) + "\n", "utf-8")


def build(root: Path, form: str, *options: str) -> Cost:
    """Build, and measure."""
    command = [sys.executable, "-m", "genplan", "--quiet", "build", "--format", form, "--jobs", "2", *options]
    return run(command, root, {"PYTHONPATH": str(Path(__file__).resolve().parents[1])})


def _whole_html(path: Path) -> bool:
    return path.read_bytes().rstrip().endswith(b"</html>")


def _whole_docx(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        return package.testzip() is None and "word/document.xml" in package.namelist()


def _whole_pdf(path: Path) -> bool:
    import pikepdf  # noqa: PLC0415 - only for this format

    with pikepdf.open(path) as document:
        return len(document.pages) > 0


WHOLE: dict[str, Callable[[Path], bool]] = {"html": _whole_html, "docx": _whole_docx, "pdf": _whole_pdf}


def check(root: Path, form: str, expected: int) -> None:
    """See that every file is there and whole."""
    files = [path for path in (root / "output").rglob(f"*.{form}") if path.parent != root / "output"]
    spoilt = [path.name for path in files if not WHOLE[form](path)]
    if len(files) != expected or spoilt:
        sys.exit(f"{len(files)} files instead of {expected}; not whole: {', '.join(spoilt[:5]) or 'none'}")


def measure(count: int, form: str, shape: str) -> float:
    """Build a workspace four times, print a line of the table, and give the peak of memory."""
    plans, people = SHAPES[shape](count)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        workspace(root, plans, people)
        own = _own(root, form) if plans > 1 else None
        cold = build(root, form)
        nothing = build(root, form)
        change_one(root)
        one = build(root, form)
        check(root, form, plans * (people + 1))
    beyond = ("", "") if own is None else (f"{own:.2f} s", f"{(one.cpu - own) / cold.cpu:.2%}")
    memory = f"{cold.memory / _MIB:.0f} MiB"
    cells = [f"{plans} × {people}", _times(cold), _share(nothing, cold), _share(one, cold), *beyond, memory]
    print("| " + " | ".join(cells) + " |", flush=True)
    return max(cold.memory, nothing.memory, one.memory)


def _own(root: Path, form: str) -> float:
    """Give the CPU that a changed score of a plan costs beyond a build that has nothing to do, were there no other plan."""
    alone = ("plans/plan000.md", "--output", "own")
    build(root, form, *alone)
    nothing = build(root, form, *alone)
    change_one(root, 22)
    return build(root, form, *alone).cpu - nothing.cpu


def _times(cost: Cost) -> str:
    return f"{cost.cpu:.1f} s ({cost.wall:.1f} s)"


def _share(cost: Cost, cold: Cost) -> str:
    return f"{cost.cpu:.2f} s ({cost.wall:.2f} s), {cost.cpu / cold.cpu:.2%}"


def main() -> None:
    """Measure each shape at a tenth of the count and at the count."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    form = sys.argv[2] if len(sys.argv) > 2 else "html"
    adopt()
    print(f"{form}: CPU (elapsed), and the share of the cold build's CPU\n")
    print("| " + " | ".join(_HEADS) + " |\n" + "|---" * len(_HEADS) + "|")
    for shape in sys.argv[3:] or SHAPES:
        small, large = (measure(size, form, shape) for size in (count // 10, count))
        print(f"\n{shape}: {large / small:.2f} times the memory for ten times the people\n", flush=True)


if __name__ == "__main__":
    main()
