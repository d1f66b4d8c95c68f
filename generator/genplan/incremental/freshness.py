"""What is fresh, and what has to be made again: fingerprints of now beside those of the last time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import pbkdf2_hmac
from pathlib import Path

from genplan.diagnostics import Diagnostic, a_few
from genplan.documents.jobs import Job, JobResult
from genplan.documents.specs import DocumentSpec
from genplan.incremental.entries import Entry
from genplan.incremental.fingerprint import Fingerprints, difference
from genplan.incremental.manifest import CATEGORIES, Manifest, Output
from genplan.incremental.source_digests import Shortcuts
from genplan.incremental.stored_diagnostics import from_json, to_json
from genplan.storage.digests import Part, data_digest
from genplan.theme.theme import Theme

DATA, OWN, TEMPLATES, PICTURES, LOOK, OPTIONS, VERSIONS = range(len(CATEGORIES))
_OF_THE_LOOK = frozenset({"brand"})
"""Keys of data that another theme gives."""
_NAMED = 6
"""Changes of a part that are named."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file has to be made: which part of what it was made from changed, and what in there."""

    part: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.part}: {a_few(self.names, _NAMED)}" if self.names else self.part


@dataclass(frozen=True, slots=True)
class State:
    """A document as it stands: the parts known before it is made, by format, and the reasons for which formats have to be made."""

    parts: dict[str, tuple[str, ...]]
    stale: dict[str, tuple[Reason, ...]]
    held: dict[str, Output]
    shortcut: str = ""


_ROUNDS = 1000
"""A password must not be easier to guess from the manifest than from the file that it locks."""


def _sealed(password: str, stem: str) -> str:
    return pbkdf2_hmac("sha256", password.encode(), stem.encode(), _ROUNDS).hex() if password else ""


class Freshness:
    """The builds before this one, as a manifest tells of them. `variant` tells documents apart that other options gave other names."""

    def __init__(self, manifest: Manifest, theme: Theme, variant: str = "") -> None:
        self.manifest = manifest
        self._theme = theme
        self._prints = Fingerprints(theme, manifest)
        self._variant = variant
        self._shortcuts = Shortcuts()

    def untouched(self, order: DocumentSpec, job: Job) -> State | None:
        """See whether a document is fresh without computing its data; None where that cannot be told. The job has no data yet."""
        shortcut = self._shortcuts.of(order)
        state = State({}, {}, {}, shortcut)
        for form in job.formats:
            held = self.manifest.get(f"{job.stem}.{form}") if shortcut else None
            if held is None or not held.parts or held.shortcut != shortcut:
                return None
            if self._reasons(held, (*held.parts[:LOOK], *self._rest(order, job, form)), Path(job.pictures)):
                return None
            state.held[form] = held
        return state

    def _rest(self, order: DocumentSpec, job: Job, form: str) -> tuple[str, str, str]:
        language = order.assessment.language
        asked = self._prints.options(
            job.stem, job.issued, job.options, ("language", language), ("password", _sealed(job.password, job.stem))
        )
        return self._prints.look(language, form), asked, self._prints.versions(form)

    def has_other_data(self, order: DocumentSpec, held: Output) -> bool:
        """Tell whether a file was made from other data than its document has now, whatever its look and its options were.

        False where it was built in another language: its words would differ.
        """
        language = self.manifest.items(held.parts[OPTIONS]).get("language") if held.parts else None
        if language != data_digest(order.assessment.language) or held.shortcut == self._shortcuts.of(order) != "":
            return False
        now = self._prints.data(order.context(self._theme), order.shared(self._theme))
        changed = [name for at, part in zip((DATA, OWN), now, strict=True) for name in self._difference(held.parts[at], part)]
        return any(name.partition(".")[0] not in _OF_THE_LOOK for name in changed)

    def state(self, order: DocumentSpec, job: Job) -> State:
        """Compare a document with what was built."""
        data, own = self._prints.data(job.context, order.shared(self._theme))
        state = State({}, {}, {}, self._shortcuts.of(order))
        for form in job.formats:
            parts = (data, own, "", "", *self._rest(order, job, form))
            held = self.manifest.get(f"{job.stem}.{form}")
            reasons = self._reasons(held, parts, Path(job.pictures))
            state.parts[form] = parts
            if reasons:
                state.stale[form] = reasons
            elif held:
                state.held[form] = held
        return state

    def _reasons(self, held: Output | None, parts: Sequence[str], folder: Path) -> tuple[Reason, ...]:
        if held is None:
            return (Reason("it was never built"),)
        if not held.parts:
            return (Reason("what it was built from is not known"),)
        changed = [at for at in (DATA, OWN, LOOK, OPTIONS, VERSIONS) if held.parts[at] != parts[at]]
        found = [Reason(CATEGORIES[at], tuple(self._difference(held.parts[at], parts[at]))) for at in changed]
        if not self._prints.same_templates(held.parts[TEMPLATES]):
            found.append(self._reread(TEMPLATES, held, self._prints.templates_now(held.parts[TEMPLATES])))
        if not self._prints.same_pictures(held.parts[PICTURES], folder):
            found.append(self._reread(PICTURES, held, self._prints.pictures_now(held.parts[PICTURES], folder)))
        return tuple(found) or self._touched(held)

    def _difference(self, before: str, now: str) -> list[str]:
        return difference(self.manifest.items(before), self.manifest.items(now))

    def _reread(self, at: int, held: Output, now: Part) -> Reason:
        return Reason(CATEGORIES[at], tuple(difference(self.manifest.items(held.parts[at]), now)))

    def _touched(self, held: Output) -> tuple[Reason, ...]:
        """See whether the file still is what was built. Where the file system says that something happened to it, its content is read."""
        store, path = self.manifest.store, held.entry.path
        stat = store.token(path)
        if stat == held.stat and stat:
            return ()
        if not stat:
            return (Reason("the file is gone"),)
        if store.digest(path) != held.digest:
            return (Reason("the file was changed"),)
        self.manifest.put(replace(held, stat=stat))
        return ()

    def fresh(self, state: State, entries: Sequence[Entry], source: str) -> list[Diagnostic]:
        """Keep what stands as it is; its entry may say something else by now. Gives what was found when it was made."""
        for entry in entries:
            held = state.held[entry.format]
            now = replace(held, entry=entry, source=source, variant=self._variant, shortcut=state.shortcut)
            if now != held:
                self.manifest.put(now)
        return [finding for held in state.held.values() if held.findings != "[]" for finding in from_json(held.findings)]

    def keep(self, state: State, made: JobResult, entries: Sequence[Entry], source: str) -> None:
        """Keep what was made, with what it was made from."""
        templates, pictures = self.manifest.part(made.templates), self.manifest.part(made.pictures)
        for entry, file in zip(entries, made.files, strict=True):
            data, own, _, _, *rest = state.parts[file.format]
            parts = (data, own, templates, pictures, *rest) if made.settled else ()
            self.manifest.put(Output(entry, file.digest, file.stat, parts, to_json(file.findings), source, self._variant, state.shortcut))
            self.manifest.settle_later(entry.path)
