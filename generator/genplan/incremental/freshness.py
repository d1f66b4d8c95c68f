"""Decides which files are up to date by comparing current fingerprints with those recorded in the manifest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import pbkdf2_hmac
from pathlib import Path

from genplan.diagnostics import Diagnostic
from genplan.documents.jobs import Job, JobResult
from genplan.documents.specs import DocumentSpec
from genplan.incremental.entries import Entry
from genplan.incremental.fingerprint import Fingerprints, difference
from genplan.incremental.manifest import CATEGORIES, Manifest, Output
from genplan.incremental.source_digests import SourceDigests
from genplan.incremental.stored_diagnostics import from_json, to_json
from genplan.messages import a_few, listing, msg
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
        return listing((self.part, a_few(self.names, _NAMED)), ": ") if self.names else self.part


@dataclass(frozen=True, slots=True)
class State:
    """A document as it stands: the parts known before it is made, by format, and the reasons for which formats have to be made."""

    parts: dict[str, tuple[str, ...]]
    stale: dict[str, tuple[Reason, ...]]
    up_to_date: dict[str, Output]
    source_digest: str = ""


_ROUNDS = 1000
"""A password must not be easier to guess from the manifest than from the file that it locks."""


def _password_digest(password: str, stem: str) -> str:
    return pbkdf2_hmac("sha256", password.encode(), stem.encode(), _ROUNDS).hex() if password else ""


class Freshness:
    """The builds before this one, as a manifest tells of them. `variant` tells documents apart that other options gave other names."""

    def __init__(self, manifest: Manifest, theme: Theme, variant: str = "") -> None:
        self.manifest = manifest
        self._theme = theme
        self._fingerprints = Fingerprints(theme, manifest)
        self._variant = variant
        self._source_digests = SourceDigests()

    def state_by_sources(self, document: DocumentSpec, job: Job) -> State | None:
        """Check whether a document is fresh without computing its data; None where that cannot be determined. The job has no data yet."""
        source_digest = self._source_digests.of(document)
        state = State({}, {}, {}, source_digest)
        for form in job.formats:
            recorded = self.manifest.get(f"{job.stem}.{form}") if source_digest else None
            if recorded is None or not recorded.parts or recorded.source_digest != source_digest:
                return None
            if self._reasons(recorded, (*recorded.parts[:LOOK], *self._rest(document, job, form)), Path(job.pictures)):
                return None
            state.up_to_date[form] = recorded
        return state

    def _rest(self, document: DocumentSpec, job: Job, form: str) -> tuple[str, str, str]:
        language = document.assessment.language
        asked = self._fingerprints.options(
            job.stem, job.issued, job.options, ("language", language), ("password", _password_digest(job.password, job.stem))
        )
        return self._fingerprints.look(language, form), asked, self._fingerprints.versions(form, job.options.pdf_engine)

    def has_other_data(self, document: DocumentSpec, recorded: Output) -> bool:
        """Return whether a file was made from other data than its document has now, whatever its look and its options were.

        False where it was built in another language: its words would differ.
        """
        language = self.manifest.items(recorded.parts[OPTIONS]).get("language") if recorded.parts else None
        if language != data_digest(document.assessment.language) or recorded.source_digest == self._source_digests.of(document) != "":
            return False
        now = self._fingerprints.data(document.context(self._theme), document.shared(self._theme))
        changed = [name for at, part in zip((DATA, OWN), now, strict=True) for name in self._difference(recorded.parts[at], part)]
        return any(name.partition(".")[0] not in _OF_THE_LOOK for name in changed)

    def state(self, document: DocumentSpec, job: Job) -> State:
        """Compare a document with what was built."""
        data, own = self._fingerprints.data(job.context, document.shared(self._theme))
        state = State({}, {}, {}, self._source_digests.of(document))
        for form in job.formats:
            parts = (data, own, "", "", *self._rest(document, job, form))
            recorded = self.manifest.get(f"{job.stem}.{form}")
            reasons = self._reasons(recorded, parts, Path(job.pictures))
            state.parts[form] = parts
            if reasons:
                state.stale[form] = reasons
            elif recorded:
                state.up_to_date[form] = recorded
        return state

    def _reasons(self, recorded: Output | None, parts: Sequence[str], folder: Path) -> tuple[Reason, ...]:
        if recorded is None:
            return (Reason(msg("it was never built")),)
        if not recorded.parts:
            return (Reason(msg("its sources are unknown")),)
        changed = [at for at in (DATA, OWN, LOOK, OPTIONS, VERSIONS) if recorded.parts[at] != parts[at]]
        reasons = [Reason(CATEGORIES[at], tuple(self._difference(recorded.parts[at], parts[at]))) for at in changed]
        if not self._fingerprints.same_templates(recorded.parts[TEMPLATES]):
            reasons.append(self._reread(TEMPLATES, recorded, self._fingerprints.templates_now(recorded.parts[TEMPLATES])))
        if not self._fingerprints.same_pictures(recorded.parts[PICTURES], folder):
            reasons.append(self._reread(PICTURES, recorded, self._fingerprints.pictures_now(recorded.parts[PICTURES], folder)))
        return tuple(reasons) or self._file_reasons(recorded)

    def _difference(self, before: str, now: str) -> list[str]:
        return difference(self.manifest.items(before), self.manifest.items(now))

    def _reread(self, at: int, recorded: Output, now: Part) -> Reason:
        return Reason(CATEGORIES[at], tuple(difference(self.manifest.items(recorded.parts[at]), now)))

    def _file_reasons(self, recorded: Output) -> tuple[Reason, ...]:
        """Compare the file with what was built. Its content is read only where its file attributes differ."""
        store, path = self.manifest.store, recorded.entry.path
        stat = store.token(path)
        if stat == recorded.stat and stat:
            return ()
        if not stat:
            return (Reason(msg("the file no longer exists")),)
        if store.digest(path) != recorded.digest:
            return (Reason(msg("the file was modified")),)
        self.manifest.put(replace(recorded, stat=stat))
        return ()

    def record_fresh(self, state: State, entries: Sequence[Entry], source: str) -> list[Diagnostic]:
        """Keep what stands as it is; its entry may say something else by now. Gives what was found when it was made."""
        for entry in entries:
            recorded = state.up_to_date[entry.format]
            now = replace(recorded, entry=entry, source=source, variant=self._variant, source_digest=state.source_digest)
            if now != recorded:
                self.manifest.put(now)
        return [finding for recorded in state.up_to_date.values() if recorded.findings != "[]" for finding in from_json(recorded.findings)]

    def record_built(self, state: State, made: JobResult, entries: Sequence[Entry], source: str) -> None:
        """Keep what was made, with what it was made from."""
        templates, pictures = self.manifest.part(made.templates), self.manifest.part(made.pictures)
        for entry, file in zip(entries, made.files, strict=True):
            data, own, _, _, *rest = state.parts[file.format]
            parts = (data, own, templates, pictures, *rest) if made.theme_unchanged else ()
            self.manifest.put(
                Output(entry, file.digest, file.stat, parts, to_json(file.findings), source, self._variant, state.source_digest)
            )
            self.manifest.note_built(entry.path)
