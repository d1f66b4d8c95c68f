"""Packs: the files that documents are made from and that another machine does not see, in one archive each, named by its content.

Packs stand beside the documents while they are made: whoever can write there can read there, and a worker that is lost takes nothing along.
"""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from genplan.messages import msg
from genplan.storage.digests import digest
from genplan.storage.external_errors import ExternalError
from genplan.storage.stores import PACKS, Store
from genplan.theme.resource_checks.pictures import is_picture_name

MOST = 256 * 1024 * 1024
"""Bytes that a pack may take: it goes to every worker."""
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder as it was: its own name, which places in messages begin with, and the digest of the archive."""

    folder: str
    digest: str

    @property
    def name(self) -> str:
        """Where it stands in the output."""
        return f"{PACKS}/{self.digest}.zip"


def pack_templates(folder: Path, store: Store) -> Pack | None:
    """Pack a workspace's templates; None where there are none.

    Raises:
        OSError: they cannot be read or put; there is too much of them (GP744).
    """
    return _pack(folder, store, lambda _: True)


def pack_pictures(folder: Path, store: Store) -> Pack | None:
    """Pack the pictures of a workspace; None where there are none.

    Raises:
        OSError: as above.
    """
    return _pack(folder, store, is_picture_name)


def _pack(folder: Path, store: Store, wanted: Callable[[str], bool]) -> Pack | None:
    files = [(name, path) for name, path in sorted(_files(folder)) if wanted(name)]
    if not files:
        return None
    if sum(path.stat().st_size for _, path in files) > MOST:
        message = msg("more than {limit} MiB would have to be sent to every worker", limit=MOST // 1024**2)
        raise ExternalError("GP744", folder.name, message, msg("keep only files there that documents use"))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in files:
            archive.writestr(zipfile.ZipInfo(name, _DATE), path.read_bytes())
    data = buffer.getvalue()
    pack = Pack(folder.name, digest(data))
    store.put(pack.name, data)
    return pack


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """List files by their names, links that lead out of the folder left out; hidden folders are nobody's."""
    root = os.path.realpath(folder)
    for place, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        for name in names:
            path = Path(place, name)
            if os.path.realpath(path).startswith(root + os.sep) and path.is_file():
                yield path.relative_to(root).as_posix(), path


def unpack(pack: Pack | None, store: Store, cache: Path) -> Path:
    """Return the folder of a pack, fetched and unpacked unless it is there; an empty one for none.

    Raises:
        OSError: it cannot be fetched (GP736), or not be written.
    """
    if pack is None:
        empty = cache / "empty"
        empty.mkdir(parents=True, exist_ok=True)
        return empty
    place = cache / pack.digest
    if not place.is_dir():
        data = store.read(pack.name)
        if data is None or digest(data) != pack.digest:
            message = msg("a worker cannot find its inputs in the output folder")
            raise ExternalError("GP736", pack.name, message, msg("start the build again; nothing else may write there meanwhile"))
        cache.mkdir(parents=True, exist_ok=True)
        _unpack(data, place, pack.folder)
    return place / pack.folder


def _unpack(data: bytes, place: Path, folder: str) -> None:
    """Unpack under another name first: whoever sees the folder sees all of it."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="new-") as fresh:
        inner = Path(fresh) / "pack"
        with zipfile.ZipFile(BytesIO(data)) as archive:
            archive.extractall(inner / folder)  # leaves out what leads elsewhere
        with suppress(OSError):  # another has just done the same
            inner.rename(place)


def drop_oldest(cache: Path, keep: int) -> None:
    """Remove the packs that were unpacked first, up to the number that may stay."""
    with suppress(OSError):
        held = sorted((path for path in cache.iterdir() if path.name != "empty"), key=lambda path: path.stat().st_ctime)
        for path in held[:-keep]:
            shutil.rmtree(path, ignore_errors=True)
