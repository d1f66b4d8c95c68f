"""Stores: where the files of an output stand, a folder of this machine or a place that a URL names.

Names are relative, with forward slashes. A token is what a store says of a file without its content being read: where it is the same,
so is the file.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from genplan.storage import contained_files
from genplan.storage.digests import digest

Token: TypeAlias = tuple[int | str, ...]

SCRATCH = ".genplan/scratch"
"""Folder in which files stand until they are whole."""
PACKS = ".genplan/packs"
"""Folder of what a cluster's workers take with them, while they work."""


class Store(Protocol):
    """Holds files, each of which is seen whole or not at all.

    Raises (every method):
        OSError: the store cannot be read or written.
    """

    @property
    def place(self) -> str:
        """The absolute path or the URL by which any process finds the store."""

    def put(self, name: str, data: bytes) -> Token:
        """Write a file in the place of what stood there, and give its token."""

    def token(self, name: str) -> Token:
        """Return a file's token; nothing where there is no file."""

    def read(self, name: str) -> bytes | None:
        """Read a file; None where there is none."""

    def digest(self, name: str) -> str:
        """Digest a file's content; empty where it cannot be read."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, those that are not there too, and the folders they leave empty."""


@dataclass(frozen=True)
class LocalFolder:
    """A folder of this machine, or of a disk that several machines share. No link below it is followed."""

    root: Path

    @property
    def place(self) -> str:
        """The folder's absolute path."""
        return str(self.root.absolute())

    def put(self, name: str, data: bytes) -> Token:
        """Write a file by way of the scratch folder."""
        contained_files.write(self.root, name, data, SCRATCH)
        return self.token(name)

    def token(self, name: str) -> Token:
        """Return what the file system says of a file."""
        status = contained_files.stat_file(self.root, name)
        return marks(status) if status else ()

    def read(self, name: str) -> bytes | None:
        """Read a file."""
        return contained_files.read(self.root, name)

    def digest(self, name: str) -> str:
        """Digest a file."""
        with suppress(OSError):
            data = self.read(name)
            return "" if data is None else digest(data)
        return ""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files and the folders that they leave empty."""
        for name in names:
            contained_files.remove(self.root, name)


def marks(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes where a file does: its size, times in nanoseconds, and number.

    A modification time can be set back; the time of the last change of its entry cannot (on Windows it is the time of creation).
    """
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_url(place: str) -> bool:
    """Tell a URL from a path."""
    return "://" in place


def trimmed(url: str) -> str:
    """Leave out slashes at the end of a URL's path."""
    scheme, _, path = url.partition("://")
    return f"{scheme}://{path.rstrip('/')}"


def local_path(url: str) -> Path | None:
    """Return the folder that a URL of this machine's file system names; None for others."""
    parts = urlsplit(url)
    return Path(url2pathname(unquote(parts.path))) if parts.scheme in {"file", "local"} and parts.netloc in {"", "localhost"} else None
