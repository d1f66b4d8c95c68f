"""What a machine makes documents with: two that differ in this make different files of the same data."""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from genplan import __version__, resources
from genplan.incremental.fingerprint import versions
from genplan.messages import msg
from genplan.storage.digests import data_digest, tree_digest

_TEMPLATES = "built-in templates"

Facts: TypeAlias = Mapping[str, tuple[str, str]]
"""Names of what counts, each with its digest and with what may be shown."""


@cache
def facts(formats: tuple[str, ...]) -> Facts:
    """Gather what counts for some formats on this machine."""
    versions_ = {name: (digest, _shown(name)) for form in formats for name, digest in versions(form)}
    # Builds of one release of Python differ in name only.
    versions_["Python"] = (platform.python_version(), platform.python_version())
    versions_[_TEMPLATES] = (tree_digest([Path(resources.templates())]), "")
    return versions_


def stamp(formats: tuple[str, ...]) -> str:
    """Digest the facts of this machine."""
    return data_digest([[name, digest] for name, (digest, _) in sorted(facts(formats).items())])


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
