"""The fuzzing targets, one row each. Inputs are mutated samples: plans/, the cases of tests/, the built-in theme."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch

from hypothesis import strategies as st

from fuzzing.archives import XML_WORDS, change_archive
from fuzzing.mutations import ODD, Change, Material, change_data, change_text
from fuzzing.numbers import numbers
from fuzzing.runner import TOP, Files, Runner, read
from fuzzing.workbooks import workbooks

Changer = Callable[[bytes, int, Sequence[Change], Material], bytes]
"""Changes a file; the number chooses a variant."""

CHANGES = st.lists(st.builds(Change, st.integers(0, 83), st.integers(0, 2**16), st.integers(0, 2**16)), min_size=1, max_size=6)
_ENCODINGS = ("utf-8",) * 9 + ("utf-8-sig", "gb18030", "utf-16")
_MOST_WORDS = 4000
_MOST_SAMPLES = 400


def _text(data: bytes, variant: int, changes: Sequence[Change], material: Material) -> bytes:
    """Change text, and now and then its encoding and line ends."""
    text = change_text(data.decode("utf-8", "surrogateescape"), changes, material)
    if variant % 7 == 6:  # noqa: PLR2004 - one of seven
        text = text.replace("\n", "\r\n")
    encoding = _ENCODINGS[variant % len(_ENCODINGS)]
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _yaml(data: bytes, variant: int, changes: Sequence[Change], material: Material) -> bytes:
    """Change data through its tree, or as text if it has none."""
    if variant % 3:
        try:
            return change_data(data.decode(), changes, material).encode("utf-8", "surrogatepass")
        except Exception:  # noqa: BLE001 - samples that are wrong on purpose
            return _text(data, variant, changes, material)
    return _text(data, variant, changes, material)


def _plan(data: bytes, variant: int, changes: Sequence[Change], material: Material) -> bytes:
    """Change the front matter, the prose, or either."""
    start, fence, rest = data.partition(b"---\n")
    front, end, prose = rest.partition(b"\n---\n")
    if start or not end or variant % 8 == 0:
        return _text(data, variant // 8, changes, material)
    if variant % 4 == 1:
        return fence + front + end + _text(prose, 0, changes, material)
    return fence + _yaml(front, variant // 4, changes, material) + end + prose


@dataclass(frozen=True)
class Target:
    """Which files are changed (`subjects`, patterns for paths), how, and what is inserted besides their own words."""

    subjects: tuple[str, ...]
    change: Changer
    words: Sequence[str] = ODD
    made: st.SearchStrategy[Files] | None = None
    """Draws inputs that are made and not changed."""
    formats: str = ""
    """Formats that documents are made in from every input; of the others, an eighth is made into pages."""
    bounded: bool = True
    """Whether time and memory are bounded where documents are made in one process, as they are here."""
    samples: list[Files] = field(default_factory=list, repr=False)

    def inputs(self) -> st.SearchStrategy[Files]:
        """Draw inputs from the samples there are by now."""
        if self.made is not None:
            return self.made
        return st.builds(self.changed, st.integers(0, len(self.samples) - 1), st.integers(0, 1000), st.integers(0, 1000), CHANGES)

    def changed(self, number: int, subject: int, variant: int, changes: Sequence[Change]) -> Files:
        """Change one of the files of a sample."""
        sample = self.samples[number]
        paths = [path for path in sample if self.takes(path)]
        path = paths[subject % len(paths)]
        return sample | {path: self.change(sample[path], variant, changes, self.material())}

    def takes(self, path: str) -> bool:
        """Tell whether a file of a sample is to be changed."""
        return any(fnmatch(path, subject) for subject in self.subjects)

    def material(self) -> Material:
        """List text to insert: odd words, and the lines of all samples."""
        if not self._words:
            lines = {line for sample in self.samples for path in sample if self.takes(path) for line in _lines(sample[path])}
            self._words.extend((*self.words, *sorted(lines)[:_MOST_WORDS]))
        return self._words

    _words: list[str] = field(default_factory=list, repr=False)

    def commands(self, files: Files) -> list[list[str]]:
        """List the commands that are run on an input first."""
        if self.formats == "fields":
            return [["-v", "fields", name, "--format", form] for name in files for form in ("json", "csv")]
        plans = [path for path in files if path.endswith(".md")][:1]
        return [["-v", "check", "--format", "json"], *(["-v", "score", plan, "--format", "json"] for plan in plans)]

    def builds(self) -> list[list[str]]:
        """List the commands that make documents."""
        return [] if self.formats == "fields" else [["-v", "build", "--jobs", "0", "--output", "out", "--format", self.formats or "html"]]

    def learn(self, files: Files) -> None:
        """Take an input that showed something new for a further sample."""
        if self.made is None and len(self.samples) < _MOST_SAMPLES and any(map(self.takes, files)):
            self.samples.append(files)


def _lines(data: bytes) -> list[str]:
    try:
        return data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return []


def _several(data: bytes, variant: int, changes: Sequence[Change], material: Material) -> bytes:
    """Change a file according to its kind."""
    for start, change in ((b"PK", change_archive), (b"---", _plan)):
        if data.startswith(start):
            return change(data, variant, changes, material)
    return _yaml(data, variant, changes, material)


WORD_KINDS = "templates/kinds/*.docx"


def targets() -> dict[str, Target]:
    """Make the table of targets, without samples."""
    return {
        "plan": Target(("*.md",), _plan),
        "csv": Target(("*.csv", "*.tsv"), _text),
        "numbers": Target((), _text, made=numbers()),
        "xlsx": Target((), _text, made=workbooks()),
        "xlsx-parts": Target(("*.xlsx",), change_archive, (*ODD, *XML_WORDS)),
        "yaml": Target(("*results/*.yml", "*results/*.yaml"), _yaml),
        "form": Target(("*.docx",), change_archive, (*ODD, *XML_WORDS), formats="fields"),
        "settings": Target(("genplan.yml",), _yaml, formats="html"),
        "brand": Target(("templates/brand.yml",), _yaml, formats="html,docx"),
        "editions": Target(("templates/editions.yml",), _yaml, formats="html"),
        "locale": Target(("templates/locales/*.yml",), _yaml, formats="html"),
        "template": Target(("*.j2",), _text, formats="html,docx", bounded=False),
        "word-template": Target((WORD_KINDS,), change_archive, (*ODD, *XML_WORDS), formats="docx", bounded=False),
        "combined": Target(("*.md", "*.csv", "*.xlsx", "*.yml", "*.j2", WORD_KINDS), _several, formats="html,docx", bounded=False),
    }


def fill(table: Iterable[Target], runner: Runner) -> None:
    """Give each target its samples; `runner` makes those that are Office files, and is warmed by it."""
    rich = _rich(runner)
    cases = [read(folder) for folder in sorted((TOP / "tests" / "cases").iterdir()) if (folder / "genplan.yml").is_file()]
    plans = [{"genplan.yml": b"schema: 1\n", f"plans/{path.name}": path.read_bytes()} for path in sorted((TOP / "plans").glob("*.md"))]
    forms = [{"form.docx": data} for data in _forms(runner, rich)]
    for target in table:
        samples = forms if target.formats == "fields" else [*cases, *plans, *[rich] * 20]
        target.samples.extend(sample for sample in samples if any(map(target.takes, sample)))


def _rich(runner: Runner) -> Files:
    """Make a workspace that has a file of every sort: the plan with all that a total can be composed of, and its own theme."""
    everything, theme = TOP / "tests" / "theme" / "everything", TOP / "templates"
    parts = (
        "brand.yml",
        "editions.yml",
        "locales/zh-CN.yml",
        "base.html.j2",
        "kinds/result.html.j2",
        "parts/fields.html.j2",
        "images/logo.png",
    )
    results = (everything / "results" / "2026-Q3.csv").read_bytes().splitlines(keepends=True)
    files = {
        "genplan.yml": b"plans: plans\neditions: [employee]\n",
        "plans/everything.md": (everything / "everything.md")
        .read_bytes()
        .replace(b"\n---\n", b"\ndocuments: [scheme, result, summary]\n---\n", 1),
        "plans/results/2026-Q3.csv": b"".join(results[:3]),
        **{f"templates/{part}": (theme / part).read_bytes() for part in parts},
    }
    made = runner.warm(files, [["new-template", "scheme", "--word"]])
    return files | made.written


def _forms(runner: Runner, rich: Files) -> list[bytes]:
    """Build forms to fill in, and warm everything on the way."""
    plain = {path: data for path, data in rich.items() if not path.startswith("templates")}
    plain |= {
        "plans/everything.md": rich["plans/everything.md"].replace(b"[scheme, result, summary]", b"[contract, scorecard, result, appeal]")
    }
    commands = [["check"], ["score", "plans/everything.md"], ["build", "--jobs", "0", "--output", "out", "--format", "html,docx"]]
    written = runner.warm(plain, commands).written
    runner.warm(rich, commands)
    return [data for path, data in written.items() if path.endswith(".docx")]
