"""Opening an output: its lock and its manifest, whatever kind of store it is."""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from genplan.documents.jobs import Executor, Job, JobResult
from genplan.incremental.manifest import NAME, Manifest
from genplan.storage import contained_files
from genplan.storage.lease import hold_lease
from genplan.storage.open_store import store_of
from genplan.storage.output_lock import lock_output
from genplan.storage.remote import Remote
from genplan.storage.stores import PACKS, SCRATCH

_SAVED = 60.0
"""Seconds after which the manifest is put beside the documents again, so that a build that is stopped loses less than that."""
_SHARE = 20
"""The least time between two such, in times of what one takes."""


@contextmanager
def open_output(folder: Path, url: str, waiting: Callable[[], None] | None, *, anew: bool = False) -> Iterator[Manifest]:
    """Hold an output, and give what is known of it, or nothing (`anew`). For a URL, `folder` is the one from which plans are named.

    Raises:
        OutputInUseError: another build holds it, and `waiting` is None.
        DamagedManifestError: what is known of it is damaged.
        OSError: it cannot be read or written.
    """
    if not url:
        with lock_output(folder, waiting), Manifest(folder, anew=anew) as manifest:
            for name in (SCRATCH, PACKS):
                with suppress(OSError):
                    contained_files.clear(folder, name)
            yield manifest
        return
    store = _remote(url)
    with hold_lease(store, waiting), _copied(store, folder, anew=anew) as manifest:
        left = [name for name in store.names() if name.startswith((f"{SCRATCH}/", f"{PACKS}/"))]
        store.remove(left)
        before = manifest.changes
        try:
            yield manifest
        finally:
            manifest.commit()
            if manifest.changes != before:
                save(manifest, store)


@contextmanager
def inspect_output(folder: Path, url: str, waiting: Callable[[], None] | None) -> Iterator[Manifest]:
    """Return what is known of an output without changing it.

    Raises:
        OutputInUseError: another build holds the folder, and `waiting` is None.
        OSError: it cannot be read.
    """
    if not url:
        with lock_output(folder, waiting), Manifest(folder) as manifest:
            yield manifest
        return
    with _copied(_remote(url), folder) as manifest:
        yield manifest


def _remote(url: str) -> Remote:
    store = store_of(url)
    assert isinstance(store, Remote)  # URLs of this machine's files are folders
    store.relist()
    return store


@contextmanager
def _copied(store: Remote, folder: Path, *, anew: bool = False) -> Iterator[Manifest]:
    """Work on a copy of the manifest that nobody else can read."""
    with tempfile.TemporaryDirectory(prefix="genplan-") as private:
        place = Path(private) / NAME
        place.parent.mkdir()
        if not anew:
            store.fetch(NAME, place)
        with Manifest(folder, store, Path(private)) as manifest:
            yield manifest


def save(manifest: Manifest, store: Remote) -> None:
    """Put the manifest beside the documents."""
    with tempfile.TemporaryDirectory(prefix="genplan-") as private:
        copy = Path(private) / "manifest.sqlite"
        manifest.copy_to(copy)
        store.put_file(NAME, copy)


@dataclass
class RecordingExecutor:
    """Does jobs by another executor, and takes note of what they put at a URL."""

    executor: Executor
    manifest: Manifest
    store: Remote
    _saved: float = field(default_factory=time.monotonic)
    _pause: float = _SAVED

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Do jobs; see Executor."""
        for job_result in self.executor.run(jobs):
            for file in job_result.files:
                self.store.note(f"{job_result.stem}.{file.format}", file.stat)
            if time.monotonic() - self._saved > self._pause:
                start = time.monotonic()
                save(self.manifest, self.store)
                self._saved = time.monotonic()
                self._pause = max(_SAVED, _SHARE * (self._saved - start))
            yield job_result


def record_results(executor: Executor, manifest: Manifest) -> Executor:
    """Have an executor's work noted where the store is not of this machine."""
    store = manifest.store
    return RecordingExecutor(executor, manifest, store) if isinstance(store, Remote) else executor
