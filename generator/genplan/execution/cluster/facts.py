"""What a machine makes documents with: two that differ in this make different files of the same data."""

import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from genplan import __version__, resources
from genplan.documents.jobs import Job
from genplan.incremental.fingerprint import versions
from genplan.messages import msg
from genplan.storage.digests import data_digest, tree_digest
from genplan.writers import maker

_TEMPLATES = "built-in templates"

Facts: TypeAlias = Mapping[str, tuple[str, str]]
"""Names of what counts, each with its digest and with what may be shown."""


@cache
def facts(makers: tuple[str, ...]) -> Facts:
    """Gather what counts on this machine for formats, for PDFs for their engine (`writers.maker`)."""
    versions_ = {name: (digest, _shown(name)) for each in makers for name, digest in versions(each)}
    # Builds of one release of Python differ in name only.
    versions_["Python"] = (platform.python_version(), platform.python_version())
    versions_[_TEMPLATES] = (tree_digest([Path(resources.templates())]), "")
    return versions_


def makers_of(jobs: Iterable[Job]) -> tuple[str, ...]:
    """Name what makes the files of jobs."""
    return tuple(sorted({maker(form, job.options) for job in jobs for form in job.formats}))


def stamp(makers: tuple[str, ...]) -> str:
    """Digest the facts of this machine."""
    return data_digest([[name, digest] for name, (digest, _) in sorted(facts(makers).items())])


def differences(here: Facts, there: Facts) -> list[str]:
    """Describe what differs between two machines."""
    names = [name for name in dict.fromkeys((*here, *there)) if here.get(name, ("", ""))[0] != there.get(name, ("", ""))[0]]
    return [_difference(name, here, there) for name in names]


def _difference(name: str, here: Facts, there: Facts) -> str:
    ours, theirs = here.get(name, ("", ""))[1], there.get(name, ("", ""))[1]
    if ours == theirs:
        return msg("{name} (from another build)", name=msg("built-in templates") if name == _TEMPLATES else name)
    return msg("{name} {ours} here, {theirs} there", name=name, ours=ours or msg("none"), theirs=theirs or msg("none"))


def _shown(name: str) -> str:
    if name == "genplan":
        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
