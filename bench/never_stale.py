"""Never stale: random sequences of edits, after each of which what an incremental build leaves equals a clean build, byte for byte.

Run: python bench/never_stale.py [SEQUENCES] [FORMATS] [FIRST SEED] (with genplan installed). Formats are html,docx unless stated; with pdf
it takes about five times as long. A sequence that fails is printed with its seed and its edits.
"""

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import resources
from generator.build.limits import DEFAULT_LIMITS
from generator.cli.building import Crew, Request, build
from generator.cli.console import Console

STEPS = 4
PLAN = """\
---
schema: 1
title: {title}
department: 部门
organization: {organization}
documents: [scheme, scorecard, result, summary]
indicators:
  - {{name: 甲, weight: 60%, scoring: direct}}
  - {{name: 乙, weight: 40%, scoring: direct}}
grades:
  - {{name: {grade}, from: 60}}
  - {{name: 差, from: 0}}
results: {name}/*.csv
---

## 考核目的

{purpose}
"""


@dataclass
class Site:
    """A workspace, and the random numbers that decide what happens to it."""

    root: Path
    random: random.Random

    def plans(self) -> list[Path]:
        return sorted((self.root / "plans").glob("*.md"))

    def results(self) -> list[Path]:
        return sorted((self.root / "plans").glob("*/*.csv"))

    def word(self) -> str:
        return "".join(self.random.choice("绩效考核管理方案结果部门") for _ in range(4))

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def plan(self, name: str) -> None:
        """Write a plan, and three people's results if it has none."""
        self.write(
            f"plans/{name}.md",
            PLAN.format(name=name, title=self.word(), organization=self.word(), grade=self.word(), purpose=self.word()),
        )
        if not list((self.root / "plans" / name).glob("*.csv")):
            rows = "".join(f"000{n},{self.word()},{self.score()},{self.score()}\n" for n in range(1, 4))
            self.write(f"plans/{name}/2026-Q3.csv", f"工号,姓名,甲,乙\n{rows}")

    def score(self) -> int:
        return self.random.randint(10, 99)


def edit_plan(site: Site) -> None:
    site.plan(site.random.choice(site.plans()).stem)


def edit_text(site: Site) -> None:
    """Change one character of a plan, in place."""
    path = site.random.choice(site.plans())
    path.write_text(path.read_text("utf-8").replace("60%", "61%").replace("40%", "39%"), encoding="utf-8")


def edit_score(site: Site) -> None:
    if not site.results():
        return
    path = site.random.choice(site.results())
    lines = path.read_text("utf-8").splitlines()
    at = site.random.randrange(1, len(lines))
    who = lines[at].split(",")[:2]
    lines[at] = ",".join([*who, str(site.score()), str(site.score())])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def edit_backdated(site: Site) -> None:
    """Change a score, of as many characters, and set the file's time back to what it was."""
    paths = site.results()
    before = {path: path.stat().st_mtime_ns for path in paths}
    edit_score(site)
    for path in paths:
        os.utime(path, ns=(before[path], before[path]))


def edit_people(site: Site) -> None:
    """Let a person come, go, or be called otherwise."""
    if not site.results():
        return
    path = site.random.choice(site.results())
    head, *rows = path.read_text("utf-8").splitlines()
    what = site.random.choice(("come", "go", "rename"))
    if what == "come" or len(rows) < 2:
        rows.append(f"{site.random.randint(100, 999)}x{len(rows)},{site.word()},{site.score()},{site.score()}")
    elif what == "go":
        rows.pop(site.random.randrange(len(rows)))
    else:
        id_, _, *scores = rows[0].split(",")
        rows[0] = ",".join([id_, site.word(), *scores])
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def edit_template(site: Site) -> None:
    """Lay a template over the built-in one, or take it away."""
    name = site.random.choice(("kinds/result.html.j2", "kinds/scheme.html.j2", "base.html.j2", "parts/person.html.j2"))
    path = site.root / "templates" / name
    if path.exists() and site.random.random() < 0.5:
        path.unlink()
    elif name.startswith("kinds"):
        text = f'{{% extends "builtin/{name}" %}}\n{{% block content %}}\n{{{{ super() }}}}\n<p>{site.word()}</p>\n{{% endblock %}}\n'
        site.write(f"templates/{name}", text)
    else:
        built_in = (resources.templates() / name).read_text("utf-8")
        site.write(f"templates/{name}", built_in + f"{{# {site.word()} #}}\n")


def edit_brand(site: Site) -> None:
    color = f"#{site.random.randrange(0x40):02X}{site.random.randrange(0x40):02X}{site.random.randrange(0x80):02X}"
    text = (resources.templates() / "brand.yml").read_text("utf-8").replace("#1F4E79", color)
    site.write("templates/brand.yml", text.replace("示例科技", site.word()))


def edit_styles(site: Site) -> None:
    site.write("templates/styles/custom.css", f"h1 {{ letter-spacing: {site.random.randint(0, 5)}pt }}\n")


def edit_font(site: Site) -> None:
    """Put another font in the place of the one that the brand names, or take it away."""
    path = site.root / "templates/fonts/NotoSansSC-Regular.ttf"
    if path.exists():
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(resources.templates() / "fonts" / site.random.choice(("NotoSerifSC-Regular.ttf", "NotoSansSC-Bold.ttf")), path)


def edit_logo(site: Site) -> None:
    site.write("templates/images/logo.png", "")
    source = (resources.templates() / "images/logo.png").read_bytes()
    (site.root / "templates/images/logo.png").write_bytes(source + bytes([site.random.randrange(256)]))


def edit_labels(site: Site) -> None:
    text = (resources.templates() / "locales/zh-CN.yml").read_text("utf-8")
    site.write("templates/locales/zh-CN.yml", text.replace("考核方案", site.word()))


def edit_option(site: Site) -> None:
    theme = site.random.choice(("modern", "official"))
    site.write("genplan.yml", f"plans: plans\ntheme: {theme}\n")


def rename(site: Site) -> None:
    path = site.random.choice([*site.plans(), *site.results()])
    if path.suffix == ".md":
        path.rename(path.with_name(f"plan{site.random.randrange(100)}.md"))
    else:
        path.rename(path.with_name(f"2026-Q{site.random.randint(1, 4)}.csv"))


def remove(site: Site) -> None:
    paths = [*(site.plans() if len(site.plans()) > 1 else []), *(site.results() if len(site.results()) > 1 else [])]
    if paths:
        site.random.choice(paths).unlink()


def add(site: Site) -> None:
    if len(site.plans()) < 3:
        site.plan(f"plan{site.random.randrange(100)}")


def spoil_output(site: Site) -> None:
    """Change, cut or delete a file that was built; where it is changed, its size and time stay."""
    files = [path for path in (site.root / "output").rglob("*") if path.is_file() and ".genplan" not in path.parts]
    if not files:
        return
    path = site.random.choice(sorted(files))
    what = site.random.choice(("change", "cut", "delete"))
    if what == "delete":
        path.unlink()
        return
    data, stat = path.read_bytes(), path.stat()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if what == "change" else data[:-5])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def touch(site: Site) -> None:
    path = site.random.choice([*site.plans(), *site.results()])
    os.utime(path)


EDITS: tuple[Callable[[Site], None], ...] = (
    *(edit_plan, edit_text, edit_score, edit_backdated, edit_people, edit_template, edit_brand, edit_styles, edit_font, edit_logo),
    *(edit_labels, edit_option, rename, remove, add, spoil_output, touch),
)


def tree(folder: Path) -> dict[str, bytes]:
    """Read what stands in an output folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".genplan" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def compare(site: Site, request: Request, crews: tuple[Crew, Crew], console: Console) -> str:
    """Build both ways; say how the outcomes differ."""
    clean = site.root / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    code = build(console, request, crews[0])
    expected = build(console, Request(formats=request.formats, output=clean), crews[1])
    ours, theirs = tree(site.root / "output"), tree(clean)
    if code != expected:
        return f"exit code {code} instead of {expected}"
    if code:  # what failed keeps its earlier file, which the page still lists
        ours, theirs = ({name: data for name, data in held.items() if name != "index.html"} for held in (ours, theirs))
        ours = {name: data for name, data in ours.items() if name in theirs}
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    return f"differs: {', '.join(different)}" if different else ""


def sequence(seed: int, root: Path, formats: tuple[str, ...], steps: int = STEPS) -> str:
    """Make a workspace and edit it; say what went wrong, if something did."""
    site = Site(root, random.Random(seed))
    site.write("genplan.yml", "plans: plans\n")
    site.plan("plan")
    jobs = 1 if "pdf" in formats else 0
    crews = Crew(jobs, DEFAULT_LIMITS), Crew(jobs, DEFAULT_LIMITS)
    console = Console(quiet=True)
    before = Path.cwd()
    os.chdir(root)
    edits: list[str] = []
    try:
        for _ in range(steps):
            wrong = compare(site, Request(formats=formats, jobs=jobs, prune=True), crews, console)
            if wrong:
                return f"seed {seed} after {', '.join(edits) or 'nothing'}: {wrong}"
            edit = site.random.choice(EDITS)
            edits.append(edit.__name__)
            edit(site)
    finally:
        os.chdir(before)
        for crew in crews:
            crew.stop()
    return ""


def main() -> None:
    """Run sequences and count those that fail."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    formats = tuple((sys.argv[2] if len(sys.argv) > 2 else "html,docx").split(","))
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    failed = 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            wrong = sequence(seed, Path(folder).resolve(), formats)
        if wrong:
            failed += 1
            print(wrong)
    print(f"{count} sequences of {STEPS - 1} edits, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
