"""What is sent to a cluster's workers for some documents."""

from dataclasses import dataclass, field

from genplan.documents.jobs import Job
from genplan.execution.cluster.packs import Pack
from genplan.execution.limits import Limits


@dataclass(frozen=True, slots=True)
class Parcel:
    """Jobs in a row, with all that making them needs.

    Whatever a cluster logs is a parcel's `repr`: it tells nothing of people or passwords. `probe` is a file of the output that every
    worker must find there.
    """

    build: str
    number: int
    stamp: str = field(repr=False)
    limits: Limits = field(repr=False)
    probe: str = field(repr=False)
    jobs: tuple[Job, ...] = field(repr=False)
    packs: tuple[tuple[Pack | None, Pack | None], ...] = field(repr=False)
    """For each job, the workspace's templates and its pictures."""
