"""What a cluster's workers do: documents, each in a process beside the worker, so that one that takes too much costs only itself."""

import multiprocessing
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

import distributed

from genplan.documents.jobs import Job, JobResult, refusal
from genplan.execution.cluster.facts import Facts, facts, makers_of, stamp
from genplan.execution.cluster.packs import Pack, drop_oldest, unpack
from genplan.execution.cluster.parcels import Parcel
from genplan.execution.limits import Limits
from genplan.execution.pool import Workers
from genplan.messages import msg
from genplan.storage.external_errors import ExternalError
from genplan.storage.open_store import store_of
from genplan.storage.remote import shown
from genplan.storage.stores import LocalFolder
from genplan.storage.temporary import guarded, sockets_in

_KEPT = 16
"""Packs that a worker keeps."""

_lock = Lock()
_idle: deque[tuple[tuple[object, ...], Workers]] = deque()
_stopped: deque[str] = deque(maxlen=64)


def machine_facts(makers: tuple[str, ...]) -> Facts:
    """Describe what this worker makes documents with."""
    return dict(facts(makers))


def present() -> str:
    """Say that genplan is here."""
    return "genplan"


def finds_file(place: str, probe: str) -> bool:
    """Return whether this worker sees a file of the output."""
    return store_of(place).read(probe) is not None


def stop(build: str) -> None:
    """Begin no further document of a build."""
    _stopped.append(build)


def make(parcel: Parcel) -> list[JobResult]:
    """Do the jobs of a parcel."""
    made: list[JobResult] = []
    try:
        for job in _localize(parcel):
            if parcel.build in _stopped:
                break
            made += _make(job, parcel.limits)
    except ExternalError as error:
        made += [refused(job, error) for job in parcel.jobs[len(made) :]]
    return made


def refused(job: Job, error: ExternalError) -> JobResult:
    """Say that a job came to nothing because of something outside."""
    return refusal(job.stem, error.diagnostic)


def _localize(parcel: Parcel) -> list[Job]:
    """Have jobs find their files on this machine."""
    here = msg("a worker of the cluster")
    if stamp(makers_of(parcel.jobs)) != parcel.stamp:
        message = msg("a worker that joined the cluster has other versions")
        raise ExternalError(
            "GP732", here, message, msg("install the same versions everywhere, preferably from one image, then start the build again")
        )
    store = store_of(parcel.jobs[0].output)
    if isinstance(store, LocalFolder) and not store.token(parcel.probe):
        raise unseen(here, store.place)
    cache = _cache()
    drop_oldest(cache, _KEPT)
    return [_with_unpacked(job, *packs, cache) for job, packs in zip(parcel.jobs, parcel.packs, strict=True)]


def _with_unpacked(job: Job, templates: Pack | None, pictures: Pack | None, cache: Path) -> Job:
    store = store_of(job.output)
    theme = replace(job.theme, templates=str(unpack(templates, store, cache)) if templates else None)
    return replace(job, theme=theme, pictures=str(unpack(pictures, store, cache)))


def unseen(where: str, place: str) -> ExternalError:
    """GP733: a worker does not see the output."""
    advice = msg("write to a disk that all workers see under the same path, or to a store: --output s3://bucket/folder")
    return ExternalError("GP733", where, msg("cannot see the output {place}", place=shown(place)), advice)


def _cache() -> Path:
    """Return the folder for packs in the one that Dask gives a worker, and removes after it."""
    return Path(distributed.get_worker().local_directory) / "genplan"


def _make(job: Job, limits: Limits) -> Sequence[JobResult]:
    """Do a job in a process that knows no other theme, and that no other thread of this worker uses."""
    key = (job.theme, limits)
    workers = _take_workers(key) or _start_workers(limits)
    try:
        return list(workers.run([job]))
    finally:
        _return_workers(key, workers)


def _take_workers(key: tuple[object, ...]) -> Workers | None:
    with _lock:
        at = next((at for at, (held, _) in enumerate(_idle) if held == key), None)
        if at is None:
            return None
        workers = _idle[at][1]
        del _idle[at]
        return workers


def _return_workers(key: tuple[object, ...], workers: Workers) -> None:
    spare: list[Workers] = []
    with _lock:
        _idle.append((key, workers))
        while len(_idle) > _bound():
            spare.append(_idle.popleft()[1])
    for each in spare:
        each.close()


def _bound() -> int:
    """Return the number of processes that may wait for work: one for each thread."""
    return max(int(distributed.get_worker().state.nthreads), 1)


def _start_workers(limits: Limits) -> Workers:
    # Dask marks its workers as processes that may have no children of their own; what ours have ends with them.
    process: Any = multiprocessing.current_process()
    process._config["daemon"] = False  # noqa: SLF001 - there is no other way to say so
    folder = _cache().with_name("genplan-temporary")
    with guarded():
        folder.mkdir(parents=True, exist_ok=True)
        sockets_in(folder)
    return Workers(1, limits, temporary=folder)
