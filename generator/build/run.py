"""Carrying out orders: each document is rendered once, written in every format asked for, and put in its place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator import resources
from generator.build.documents import Order
from generator.build.files import unwritable, write_atomically
from generator.build.locking import lockable
from generator.build.making import Content, make_content, possible_formats, write
from generator.build.names import folded, safe_name
from generator.build.register import Entry
from generator.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose, has_errors
from generator.theme.files import ThemeFiles
from generator.theme.theme import Theme
from generator.writers.look import Look
from generator.writers.options import DEFAULTS, Options
from generator.writers.protect import lock


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an order: the files built, or why there are none (`reason`), and what was found on the way."""

    order: Order
    stem: str
    entries: tuple[Entry, ...] = ()
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = field(default=())


class InProcess(Executor):
    """Runs each job at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN002, ANN003, ANN201 - Executor's signature
        """Run the job and give its future, done."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - a future carries whatever was raised
            future.set_exception(error)
        return future


def refuse_collisions(wanted: Sequence[Order], theme: Theme) -> Outcome[list[Order]]:
    """Mark the orders whose names some file system takes for one, so that neither is built: GP701."""
    stems = [folded(order.stem(theme)) for order in wanted]
    count = Counter(stems)
    clash = "GP701 another document has this file name"
    marked = [replace(order, lacking=clash) if count[stem] > 1 else order for order, stem in zip(wanted, stems, strict=True)]
    first = {stem: order.stem(theme) for order, stem in zip(reversed(wanted), reversed(stems), strict=True)}
    found = [
        diagnose("GP701", Span(first[stem]), f"{times} documents would be written to this file; none of them is")
        for stem, times in count.items()
        if times > 1
    ]
    return Outcome(marked, found)


@dataclass(frozen=True)
class Settings:
    """How documents are built: in which formats, from which theme, where to, dated what where the plan gives no date, and how written."""

    formats: tuple[str, ...]
    theme: Theme
    output: Path
    default_date: date
    options: Options = DEFAULTS


def carry_out(wanted: Sequence[Order], settings: Settings, executor: Executor) -> Iterator[Done]:
    """Build documents, in the order given; one that fails stops no other."""
    for order in wanted:
        yield executor.submit(build_document, order, settings).result()


def build_document(order: Order, settings: Settings) -> Done:
    """Render a document and write it in every format; where one format fails, none is written."""
    stem = order.stem(settings.theme)
    if order.lacking:
        return Done(order, stem, reason=order.lacking)
    formats, found = possible_formats(order.kind, lockable(order, settings.formats))
    if not formats:
        return Done(order, stem, reason=_reason(found), diagnostics=tuple(found))
    theme = order.theme(settings.theme)
    content, problems = make_content(order, theme, order.issued(settings.default_date))
    found += problems
    if content is None:
        return Done(order, stem, reason=_reason(found), diagnostics=tuple(found))
    look = make_look(theme, order.assessment.plan.path.parent)
    made: dict[str, bytes] = {}
    for name in formats:
        data, problems = _written(order, content, name, look, settings)
        found += problems
        if data is not None:
            made[name] = data
    if has_errors(found):
        return Done(order, stem, reason=_reason(found), diagnostics=tuple(found))
    entries, problems = _put(order, made, content.metadata.title, settings)
    return Done(order, stem, entries, _reason(problems), (*found, *problems))


def _written(order: Order, content: Content, name: str, look: Look, settings: Settings) -> Outcome[bytes | None]:
    """Write a document in a format, and lock it where its person has a password."""
    data, found = write(content, name, look, settings.options)
    if data is None or not order.password:
        return Outcome(data, found)
    data, problems = lock(data, name, order.password)
    return Outcome(data, [*found, *problems])


def _reason(found: Sequence[Diagnostic]) -> str:
    return next((f"{d.code} {d.message}" for d in found if d.severity is Severity.ERROR), "")


def _put(order: Order, made: dict[str, bytes], title: str, settings: Settings) -> Outcome[tuple[Entry, ...]]:
    entries: list[Entry] = []
    for name, data in made.items():
        entry = _entry(order, name, title, len(data), settings.theme)
        try:
            write_atomically(settings.output / entry.path, data)
        except OSError as error:
            return Outcome(tuple(entries), [unwritable(entry.path, error)])
        entries.append(entry)
    return Outcome(tuple(entries), [])


def _entry(order: Order, name: str, title: str, size: int, theme: Theme) -> Entry:
    plan, person = order.assessment.plan, order.person
    return Entry(
        path=f"{order.stem(theme)}.{name}",
        format=name,
        plan=safe_name(plan.id),
        plan_title=plan.plan.title,
        department=(person.department if person else "") or plan.plan.department,
        period=order.period.id if order.period else "",
        period_label=order.theme(theme).locale.period(order.period) if order.period else "",
        kind=order.kind.name,
        kind_title=order.kind.title(order.theme(theme).locale),
        title=title,
        person_id=person.id if person else "",
        person_name=person.name if person else "",
        size=size,
        edition=order.edition.name if order.edition else "",
        edition_title=order.edition.title(order.theme(theme).locale) if order.edition else "",
    )


def make_look(theme: Theme, plan_folder: Path) -> Look:
    """Gather what writers need; pictures may come from the theme or stand below the plan's folder."""
    reference = theme.files.find("reference.docx")
    assert reference is not None  # the built-in theme has one
    return Look(theme.brand, reference, _Resolver(theme, plan_folder), theme.stylesheet, resources.templates() / "fonts")


@dataclass(frozen=True)
class _Resolver:
    """Finds a picture in the theme, then beside the plan."""

    theme: Theme = field(compare=False, hash=False)
    folder: Path

    def __call__(self, name: str) -> Path | None:
        return self.theme.files.find(name) or ThemeFiles((self.folder,)).find(name)
