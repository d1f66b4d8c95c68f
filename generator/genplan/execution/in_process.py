"""Making documents in this process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from genplan.documents.jobs import Job, JobResult
from genplan.execution.run_job import run_job
from genplan.theme.theme import Theme


@dataclass(frozen=True)
class InProcess:
    """Does each job at once, in this process, with a theme that is loaded. Nothing watches over it."""

    theme: Theme

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Do jobs one after the other."""
        for job in jobs:
            yield run_job(job, self.theme)
