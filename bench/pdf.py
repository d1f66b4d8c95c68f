"""PDF: how much the speed-ups save of what WeasyPrint takes by itself, put in place one after another, and where Typst stands.

Run: python bench/pdf.py [ROUNDS] [KIND] (with genplan installed; Typst's row needs `pip install typst`). All is measured in one run,
in turn, as CPU time of documents that differ in people; medians and least, and their ratios to WeasyPrint by itself. The last rows go
through all of a document: context, template, tree and file.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import deepcopy
from datetime import date
from pathlib import Path

import weasyprint.pdf.fonts

from genplan import resources
from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import maker, writer
from genplan.writers.options import DEFAULTS
from genplan.writers.pdf import speedups, write

try:
    import typst
except ImportError:
    typst = None

sys.path.insert(0, str(Path(__file__).parent))
from peers.typst import source

SAMPLE = "community-operations-specialist"
ISSUED = date(2026, 10, 1)
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
KIND = sys.argv[2] if len(sys.argv) > 2 else "result"

theme, _ = load_theme(None, "zh-CN")
assert theme is not None
PLANS = resources.samples()
assessment, _ = assess(PLANS / f"{SAMPLE}.md", SAMPLE, PLANS, theme)
assert assessment is not None
LOOK = make_look(theme, PLANS)
STEPS = list(speedups.STEPS)
SLOW, SLOW_ROUNDS = "by itself, no subsetter", 2
"""What takes ten seconds a document, and so is measured less often."""
ORDERS = [order for order in list_documents(assessment) if order.kind.name == KIND]
DOCUMENTS = [render(theme, order.kind, order.context(theme), ISSUED)[0] for order in ORDERS]


def pdf(number: int) -> None:
    """Write a document whose tree stands."""
    write(DOCUMENTS[number % len(DOCUMENTS)], LOOK)


def whole(form: str) -> Callable[[int], None]:
    """Make a document from its data to its bytes."""

    def make(number: int) -> None:
        order = ORDERS[number % len(ORDERS)]
        document, _ = render(theme, order.kind, order.context(theme), ISSUED)
        writer(maker(form, DEFAULTS))(document, LOOK)

    return make


def without_subsetter(number: int) -> None:
    """Write as on a machine that lacks libharfbuzz-subset."""
    library = weasyprint.pdf.fonts.harfbuzz_subset
    weasyprint.pdf.fonts.harfbuzz_subset = None
    try:
        pdf(number)
    finally:
        weasyprint.pdf.fonts.harfbuzz_subset = library


def typst_ways(folder: Path) -> Iterator[tuple[str, Callable[[int], None], object]]:
    """Give Typst's compiler, kept between documents and made for each."""
    sources = [source(deepcopy(document.tree), folder) for document in DOCUMENTS]
    path = folder / "document.typ"

    def compiler() -> object:
        return typst.Compiler(str(path), font_paths=[str(LOOK.fonts)], ignore_system_fonts=True)

    def kept(number: int) -> None:
        path.write_text(sources[number % len(sources)], encoding="utf-8")
        one.compile()

    def new(number: int) -> None:
        path.write_text(sources[number % len(sources)], encoding="utf-8")
        compiler().compile()

    path.write_text(sources[0], encoding="utf-8")
    one = compiler()
    yield "Typst, compiler kept", kept, nullcontext
    yield "Typst, new compiler", new, nullcontext


def main() -> None:
    """Measure all in turn, and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        ways = [
            ("WeasyPrint by itself", pdf, speedups.without),
            *((f"and {step}", pdf, lambda at=at: speedups.without(STEPS[at + 1 :])) for at, step in enumerate(STEPS)),
            *((f"all but {step}", pdf, lambda step=step: speedups.without([step])) for step in STEPS),
            (SLOW, without_subsetter, speedups.without),
            ("all, no subsetter", without_subsetter, nullcontext),
            ("PDF from its data", whole("pdf"), nullcontext),
            ("DOCX from its data", whole("docx"), nullcontext),
            *(typst_ways(Path(folder)) if typst else ()),
        ]
        times: dict[str, list[float]] = {name: [] for name, _, _ in ways}
        for turn in range(ROUNDS + 1):
            for name, make, around in ways:
                if name == SLOW and turn > SLOW_ROUNDS:
                    continue
                with around():
                    make(turn)  # what this way keeps is there again
                    gc.collect()
                    started = time.process_time()
                    make(turn + 1)
                    times[name].append((time.process_time() - started) * 1000)
        print(f"{KIND}, {ROUNDS} rounds, {len(DOCUMENTS)} documents in turn; medians and least, and their ratios to the first row")
        first = times["WeasyPrint by itself"][1:]
        for name, found in times.items():
            median, least = statistics.median(found[1:]), min(found[1:])
            print(f"{name:32} {median:8.1f} ms {median / statistics.median(first):8.3f} {least:8.1f} ms {least / min(first):8.3f}")


if __name__ == "__main__":
    main()
