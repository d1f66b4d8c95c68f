"""Documents made on a Dask cluster: jobs go to its workers in parcels, and the result of them comes back in their order."""

import logging
import secrets
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from genplan.documents.jobs import Job, JobResult
from genplan.execution.cluster.facts import differences, facts, makers_of, stamp
from genplan.execution.cluster.packs import Pack, pack_pictures, pack_templates
from genplan.execution.cluster.parcels import Parcel
from genplan.execution.limits import Limits
from genplan.messages import a_few, msg
from genplan.storage.external_errors import ExternalError
from genplan.storage.open_store import store_of
from genplan.storage.stores import PACKS, Store

_IN_PARCEL = 8
"""Jobs sent together: handing out a parcel takes a few milliseconds, whatever is in it."""
_A_THREAD = 2
"""Parcels on their way for each thread of the cluster: one is done while the next is sent."""
_AHEAD = 64
"""Parcels that may be done before their turn: the bound of what is held while one document takes its time."""
_REACH = 10.0
"""Seconds that the scheduler may take to answer."""
_JOIN = 30.0
"""Seconds that the first worker may take to come."""
_NAMED = 4
"""Differences of a worker that are named."""
_COUNT = 10.0
"""Seconds after which the cluster's threads are counted anew."""
_RETRIES = 2
"""Times that a parcel is tried again whose task failed; one whose worker was lost is tried again as the scheduler's settings say."""


class Cluster:
    """Does jobs on the cluster of a scheduler, to which it connects with the first job; it stays connected until it is closed."""

    def __init__(self, scheduler: str, limits: Limits) -> None:
        self.scheduler = scheduler
        self._limits = limits
        self._client: Any = None

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Do jobs; see Executor.

        Raises:
            ExternalError: the cluster cannot be reached (GP730, GP731, GP735), is not fit for these jobs (GP732, GP733), or goes
                away (GP734).
        """
        waiting = iter(jobs)
        first = next(waiting, None)
        if first is None:
            return
        client = self._connected()
        build = _Build(client, self.scheduler, self._limits, store_of(first.output))
        try:
            yield from build.run(first, waiting)
        finally:
            build.end()

    def close(self) -> None:
        """Leave the cluster; what it still does for this build is given up."""
        if self._client is not None:
            self._client.close(timeout=_REACH)
        self._client = None

    def _connected(self) -> Any:  # noqa: ANN401 - a client of Dask's
        if self._client is not None and self._client.status == "running":
            return self._client
        try:
            import distributed  # noqa: PLC0415 - waits until it is used

            connect: Any = distributed.Client
        except ImportError:
            raise ExternalError("GP731", "--scheduler", msg("Dask is not installed"), "pip install 'genplan[dask]'") from None
        for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "distributed.batched"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters of it is told by diagnostics
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._client = connect(self.scheduler, timeout=_REACH, set_as_default=False, name="genplan")
        except Exception as error:  # noqa: BLE001 - of many kinds
            said = " ".join(str(error).split())[:200]
            advice = msg("check that the scheduler is running at this address (e.g. tcp://host:8786) and reachable; see docs/it/scale.md")
            raise ExternalError("GP730", self.scheduler, msg("the scheduler cannot be reached: {said}", said=said), advice) from None
        return self._client


@dataclass
class _Build:
    """The parcels of one run."""

    client: Any
    scheduler: str
    limits: Limits
    store: Store
    name: str = field(default_factory=lambda: secrets.token_hex(6))
    _pending: dict[Any, Parcel] = field(default_factory=dict)
    _done: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    _packs: dict[tuple[str, str], Pack | None] = field(default_factory=dict)
    _checked: set[str] = field(default_factory=set)
    _threads: tuple[float, int] = (0.0, 0)
    _alone: float = 0.0
    """Since when there is no worker."""

    def run(self, first: Job, jobs: Iterator[Job]) -> Iterator[JobResult]:
        """Keep some parcels on their way, and give the result of them in their order."""
        self._prepare()
        ready: dict[int, list[JobResult]] = {}
        hold_lease = number = 0
        batch: tuple[Job, ...] = (first, *islice(jobs, _IN_PARCEL - 1))
        while batch or self._pending or ready:
            while batch and len(self._pending) < self._window() and number - hold_lease < _AHEAD:
                self._send(number, batch)
                number += 1
                batch = tuple(islice(jobs, _IN_PARCEL))
            while hold_lease in ready:
                yield from ready.pop(hold_lease)
                hold_lease += 1
            if self._pending:
                ready.update(self._received())

    def end(self) -> None:
        """Cancel what is still running, and remove what was put beside the documents for the workers."""
        from genplan.execution.cluster import tasks  # noqa: PLC0415 - Dask waits until it is used

        try:
            if self._pending:
                self.client.cancel(list(self._pending), force=True)
                self.client.run(tasks.stop, self.name, wait=False)
        except Exception:  # noqa: BLE001, S110 - the cluster has gone, and took with it what is to be given up
            pass
        self._pending.clear()
        names = [pack.name for pack in self._packs.values() if pack]
        try:
            self.store.remove([*dict.fromkeys(names), self._probe])
        except OSError:  # the next build removes them
            return

    @property
    def _probe(self) -> str:
        return f"{PACKS}/here-{self.name}"

    def _prepare(self) -> None:
        """Ensure that there are workers, that they have genplan, and that they see the output."""
        from genplan.execution.cluster import tasks  # noqa: PLC0415 - as above

        try:
            self.client.wait_for_workers(1, timeout=_JOIN)
        except TimeoutError:
            message = msg("the cluster has no workers, and none connected within {seconds} seconds", seconds=f"{_JOIN:g}")
            raise ExternalError(
                "GP735", self.scheduler, message, msg("start workers: dask worker {scheduler}", scheduler=self.scheduler)
            ) from None
        try:
            self.client.run_on_scheduler(tasks.present)
        except Exception as error:  # noqa: BLE001 - whatever it lacks
            raise _unfit(msg("the scheduler"), error) from None
        self._ask_workers(tasks.present)
        self.store.put(self._probe, b"")
        for worker, seen in self._ask_workers(tasks.finds_file, self.store.place, self._probe).items():
            if not seen:
                raise tasks.unseen(worker, self.store.place)

    def _ask_workers(self, ask: Any, *arguments: object) -> dict[str, Any]:  # noqa: ANN401 - a function
        answers: dict[str, Any] = self.client.run(ask, *arguments, on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, OSError) and not isinstance(answer, ExternalError):
                continue  # it has just gone
            if isinstance(answer, Exception):
                raise _unfit(worker, answer)
        return {worker: answer for worker, answer in answers.items() if not isinstance(answer, Exception)}

    def _window(self) -> int:
        checked, threads = self._threads
        if not threads or monotonic() - checked > _COUNT:
            threads = max(sum(self.client.nthreads().values()), 1)
            self._threads = (monotonic(), threads)
        return _A_THREAD * threads

    def _send(self, number: int, jobs: tuple[Job, ...]) -> None:
        from genplan.execution.cluster import tasks  # noqa: PLC0415 - as above

        makers = makers_of(jobs)
        self._compare(makers)
        packs = tuple((self._templates(job), self._pictures(job)) for job in jobs)
        parcel = Parcel(self.name, number, stamp(makers), self.limits, self._probe, jobs, packs)
        future = self.client.submit(tasks.make, parcel, key=f"genplan-{self.name}-{number}", pure=False, retries=_RETRIES)
        self._pending[future] = parcel
        future.add_done_callback(self._done.put)

    def _compare(self, makers: tuple[str, ...]) -> None:
        """Ensure that the workers make the same files of the same data."""
        from genplan.execution.cluster import tasks  # noqa: PLC0415 - as above

        new = tuple(each for each in makers if each not in self._checked)
        if not new:
            return
        here = facts(new)
        for worker, there in self._ask_workers(tasks.machine_facts, new).items():
            found = differences(here, there)
            if found:
                message = msg("would produce different files from the same data: {differences}", differences=a_few(found, _NAMED, "; "))
                raise ExternalError("GP732", worker, message, msg("install the same versions everywhere, preferably from one image"))
        self._checked.update(new)

    def _templates(self, job: Job) -> Pack | None:
        key = ("templates", job.theme.templates or "")
        if key not in self._packs:
            self._packs[key] = pack_templates(Path(job.theme.templates), self.store) if job.theme.templates else None
        return self._packs[key]

    def _pictures(self, job: Job) -> Pack | None:
        key = ("pictures", job.pictures)
        if key not in self._packs:
            self._packs[key] = pack_pictures(Path(job.pictures), self.store)
        return self._packs[key]

    def _received(self) -> dict[int, list[JobResult]]:
        """Wait a little for a parcel that is done."""
        try:
            future = self._done.get(timeout=1)
        except Empty:
            self._check_workers()
            return {}
        parcel = self._pending.pop(future)
        try:
            made: list[JobResult] = future.result(timeout=_REACH)
        except Exception as error:  # noqa: BLE001 - whatever ended it
            return {parcel.number: self._failed(parcel, error)}
        finally:
            future.release()
        return {parcel.number: made}

    def _check_workers(self) -> None:
        """Ensure that there still is a cluster when nothing has come for a while."""
        if self.client.status in {"closing", "closed"}:
            raise self._gone()
        try:
            threads = self.client.nthreads()
        except Exception:  # noqa: BLE001 - the connection was lost, which the next look sees
            return
        if threads:
            self._alone = 0.0
        elif not self._alone:
            self._alone = monotonic()
        elif monotonic() - self._alone > _JOIN:
            message = msg("the cluster lost all its workers, and none connected within {seconds} seconds", seconds=f"{_JOIN:g}")
            raise ExternalError("GP735", self.scheduler, message, msg("build again when there are workers: built files are kept"))

    def _failed(self, parcel: Parcel, error: Exception) -> list[JobResult]:
        from genplan.execution.cluster import tasks  # noqa: PLC0415 - as above

        kind = type(error).__name__
        if kind != "KilledWorker" and (self.client.status != "running" or "Cancelled" in kind):
            raise self._gone()
        message = (
            msg("was lost with its worker repeatedly ({kind})", kind=kind)
            if kind == "KilledWorker"
            else msg("was lost on the cluster ({kind})", kind=kind)
        )
        advice = msg("check the workers' logs, then build again; the other documents are there")
        return [tasks.refused(job, ExternalError("GP737", job.stem, message, advice)) for job in parcel.jobs]

    def _gone(self) -> ExternalError:
        advice = msg("build again when it is running: built files are kept, and the next build continues from there")
        return ExternalError("GP734", self.scheduler, msg("the connection to the scheduler was lost"), advice)


def _unfit(where: str, error: Exception) -> ExternalError:
    if isinstance(error, ImportError):
        advice = msg("install genplan and its dependencies there too, preferably from one image: pip install 'genplan[dask,s3]'")
        return ExternalError("GP732", where, msg("genplan cannot run there: {error}", error=error), advice)
    if isinstance(error, ExternalError):
        return error
    said = f"{type(error).__name__}: {error}"[:200]
    return ExternalError("GP732", where, msg("cannot do genplan's work: {said}", said=said), msg("check the log of this worker"))
