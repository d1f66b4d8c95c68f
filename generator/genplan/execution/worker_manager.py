"""Who makes the documents of a build: this process, others of this machine, or a cluster."""

from collections.abc import Sequence

from genplan.documents.jobs import Executor
from genplan.execution.cluster import Cluster
from genplan.execution.in_process import InProcess
from genplan.execution.limits import Limits
from genplan.execution.pool import Workers
from genplan.theme.spec import ThemeSpec
from genplan.theme.theme import Theme


class WorkerManager:
    """Starts and ends the workers of one build, or of several one after the other (`stays`)."""

    def __init__(self, jobs: int, limits: Limits, scheduler: str = "", *, stays: bool = False) -> None:
        self._jobs = jobs
        self._stays = stays
        self._limits = limits
        self._cluster = Cluster(scheduler, limits) if scheduler else None
        self._workers: Workers | None = None
        self._for: ThemeSpec | None = None

    @property
    def remote(self) -> bool:
        """Whether documents are made on a cluster."""
        return self._cluster is not None

    def executor(self, theme: Theme, spec: ThemeSpec, makers: Sequence[str]) -> Executor:
        """Return an executor for documents of a theme as it is now; its processes start when the first document is made.

        They import what `makers` need: formats, for PDFs their engine.
        """
        if self._cluster:
            return self._cluster
        if self._jobs == 0:
            return InProcess(theme)
        if self._workers is None or self._for != spec:
            self.stop()
            self._workers, self._for = Workers(self._jobs, self._limits, makers=makers), spec
        return self._workers

    def finish_build(self) -> None:
        """End the workers unless there will be another build, since they hold memory that the rest of this one can use."""
        if not self._stays:
            self.stop()

    def stop(self) -> None:
        """End all workers."""
        if self._workers:
            self._workers.stop()
        self._workers = None
        if self._cluster:
            self._cluster.close()
