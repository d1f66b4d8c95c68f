"""Never stale: random sequences of edits, after each of which what an incremental build leaves equals a clean build, byte for byte.

Run: python bench/never_stale.py [SEQUENCES] [FORMATS] [FIRST SEED] (with genplan installed; not on Windows). Unless formats are stated,
each sequence draws its own, with PDF in one of ten. It draws as well how its incremental builds run: in one process that stays, as with
--watch, in a new one each, or with workers. Clean builds have a new process each, forked from one that has imported what builds need and
has never built. Two sequences run at a time. One that fails is printed with its seed and its edits.
"""

import os
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from genplan import resources
from genplan.cli.building import build
from genplan.cli.console import Console
from genplan.execution.limits import DEFAULT_LIMITS
from genplan.execution.request import Request
from genplan.execution.worker import preload
from genplan.execution.worker_manager import WorkerManager
from genplan.incremental.fingerprint import versions
from genplan.theme.theme import load_theme
from genplan.writers import FORMATS, maker
from genplan.writers.options import DEFAULTS

STEPS = 4
ABREAST = 2
_TOLD = 25
_BROKEN = 99
"""Stands for the exit code of a build that came to no end."""
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
    options: dict[str, Any] = field(default_factory=dict)
    """What builds are asked for besides the formats."""
    asked: str = "all"
    """How the plans are named to builds."""
    besides: bool = False
    """Whether the output may hold more than the last build was asked for: earlier ones were asked for something else."""

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


ASKED: dict[str, Callable[[Site], tuple[Path, ...]]] = {
    "all": lambda _: (),
    "folder": lambda _: (Path("plans"),),
    "each": lambda site: tuple(Path("plans") / path.name for path in site.plans()),
    "absolute": lambda site: tuple(site.plans()),
}


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
    """Edit something, and set the files' times back to what they were."""
    before = {path: path.stat().st_mtime_ns for name in ("plans", "templates") for path in (site.root / name).rglob("*") if path.is_file()}
    site.random.choice((edit_score, edit_score, edit_plan, edit_text, edit_people, edit_template, edit_brand, edit_styles, edit_logo))(site)
    for path, time in before.items():
        with suppress(FileNotFoundError):
            os.utime(path, ns=(time, time))


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


def edit_request(site: Site) -> None:
    """Ask for something else on the command line."""
    name, values = site.random.choice(
        (
            ("default_date", (date(2000, 1, 1), date(2026, 9, 30))),
            ("watermark", (None, "draft")),
            ("pdf_variant", ("plain", "pdf/ua-1")),
            ("theme", ("", "modern", "official")),
            ("language", (None, "en")),
        )
    )
    site.options[name] = site.random.choice(values)
    site.besides = site.besides or bool(site.options.get("language"))


def edit_asked(site: Site) -> None:
    """Name the plans in another way."""
    site.asked = site.random.choice(list(ASKED))
    site.besides = site.besides or site.asked != "all"


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
    *(edit_labels, edit_option, edit_request, edit_asked, rename, remove, add, spoil_output, touch),
)


def tree(folder: Path) -> dict[str, bytes]:
    """Read what stands in an output folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".genplan" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def forked(action: Callable[[], int]) -> int:
    """Do something in a process of its own, and give the number that came of it."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = _BROKEN
        try:
            code = action()
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it is
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def once(request: Request) -> int:
    """Build with workers, or none, that end with the build."""
    crew = WorkerManager(request.jobs, DEFAULT_LIMITS)
    try:
        return build(Console(quiet=True), request, crew)
    finally:
        crew.stop()


Builder = Callable[[Request], int]


@contextmanager
def staying() -> Iterator[Builder]:
    """Give a process that builds one time after the other, knowing what it knows from before."""
    from multiprocessing import Pipe  # noqa: PLC0415 - beside what needs it

    ours, theirs = Pipe()
    child = os.fork()
    if child == 0:
        ours.close()
        crews: dict[int, WorkerManager] = {}
        while (request := theirs.recv()) is not None:
            code = _BROKEN
            try:
                crew = crews.setdefault(request.jobs, WorkerManager(request.jobs, DEFAULT_LIMITS))
                code = build(Console(quiet=True), request, crew)
            except Exception:  # noqa: BLE001 - told by its code
                traceback.print_exc()
            theirs.send(code)
        for crew in crews.values():
            crew.stop()
        os._exit(0)

    def ask(request: Request) -> int:
        ours.send(request)
        return int(ours.recv())

    try:
        yield ask
    finally:
        with suppress(OSError):
            ours.send(None)
        os.waitpid(child, 0)


@contextmanager
def renewed() -> Iterator[Builder]:
    """Build each time in a new process."""
    yield lambda request: forked(lambda: once(request))


def compare(site: Site, request: Request, builder: Builder) -> str:
    """Build both ways; say how the outcomes differ."""
    clean = site.root / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    code = builder(request)
    expected = forked(lambda: once(Request(request.plans, formats=request.formats, output=clean, jobs=0, **site.options)))
    ours, theirs = tree(site.root / "output"), tree(clean)
    if code != expected or code == _BROKEN:
        return f"exit code {code} instead of {expected}"
    if code or site.besides:  # what failed, or was not asked for, keeps its earlier file, which the page still lists
        ours, theirs = ({name: data for name, data in held.items() if name != "index.html"} for held in (ours, theirs))
        ours = {name: data for name, data in ours.items() if name in theirs}
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    return f"differs: {', '.join(different)}" if different else ""


def drawn_formats(random: random.Random) -> tuple[str, ...]:
    """Draw what a sequence is built in: PDF in one of ten."""
    if random.random() < 0.1:
        return random.choice((("pdf",), ("pdf", "docx"), ("html", "pdf")))
    return random.choice((("html",), ("docx",), ("html", "docx")))


def sequence(seed: int, root: Path, formats: tuple[str, ...], steps: int = STEPS) -> str:
    """Make a workspace and edit it; say what went wrong, if something did."""
    site = Site(root, random.Random(seed))
    site.write("genplan.yml", "plans: plans\n")
    site.plan("plan")
    edit_asked(site)
    formats = formats or drawn_formats(site.random)
    jobs = int(site.random.random() < 0.1)
    edits: list[str] = []
    os.chdir(root)
    with site.random.choice((staying, renewed))() as builder:
        for _ in range(steps):
            wrong = compare(site, Request(ASKED[site.asked](site), formats=formats, jobs=jobs, prune=True, **site.options), builder)
            if wrong:
                return f"seed {seed} ({','.join(formats)}, {jobs} workers) after {', '.join(edits) or 'nothing'}: {wrong}"
            edit = site.random.choice(EDITS)
            edits.append(edit.__name__)
            edit(site)
    return ""


def run(seed: int, formats: tuple[str, ...]) -> int:
    """Run one sequence; 1 where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            wrong = sequence(seed, Path(folder).resolve(), formats)
        finally:
            os.chdir("/")
    if wrong:
        print(wrong)
    return int(bool(wrong))


class _Compiled(jinja2.BytecodeCache):
    """What Jinja made of templates, by their text, so that not every process compiles the built-in ones anew."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Any) -> None:  # noqa: ANN401 - jinja2's Bucket
        bucket.code = self.held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Any) -> None:  # noqa: ANN401 - as above
        self.held[bucket.key, bucket.checksum] = bucket.code


def warm_up() -> None:
    """Import what builds need, and compile the built-in templates; nothing is built and no theme kept."""
    for name in (maker(form, DEFAULTS) for form in FORMATS):
        preload(name)
        versions(name)
    compiled = _Compiled()
    create = jinja2.Environment.__init__

    def with_cache(self: jinja2.Environment, *args: Any, **options: Any) -> None:  # noqa: ANN401 - jinja2's
        create(self, *args, **(options | {"bytecode_cache": compiled}))

    jinja2.Environment.__init__ = with_cache  # type: ignore[method-assign]
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    for path in resources.templates().rglob("*.j2"):
        with suppress(jinja2.TemplateNotFound):
            theme.environment.get_template(path.relative_to(resources.templates()).as_posix())


def main() -> None:
    """Run sequences, two at a time, and count those that fail."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    formats = tuple(filter(None, (sys.argv[2] if len(sys.argv) > 2 else "").split(",")))
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    warm_up()
    running: set[int] = set()
    failed = 0
    for seed in range(first, first + count):
        if seed > first and (seed - first) % _TOLD == 0:
            print(f"{seed - first} begun, {failed} failed", file=sys.stderr, flush=True)
        while len(running) >= ABREAST:
            failed += _ended(running)
        child = os.fork()
        if child == 0:
            os._exit(run(seed, formats))
        running.add(child)
    while running:
        failed += _ended(running)
    print(f"{count} sequences of {STEPS - 1} edits, {failed} failed")
    sys.exit(1 if failed else 0)


def _ended(running: set[int]) -> bool:
    child, status = os.wait()
    running.discard(child)
    return os.waitstatus_to_exitcode(status) != 0


if __name__ == "__main__":
    main()
