"""Stores that a URL names: S3 and whatever else fsspec reaches."""

import mimetypes
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from genplan.messages import msg
from genplan.storage.digests import digest
from genplan.storage.external_errors import ExternalError
from genplan.storage.stores import SCRATCH, Token, trimmed

_WHOLE = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "memory"}
"""Stores in which an object is seen whole or not at all. Elsewhere files are written beside their place and moved there."""
_TYPED = {"s3": "ContentType", "s3a": "ContentType", "gs": "content_type", "gcs": "content_type"}
"""What a store calls the media type of an object; browsers show the page by it."""
_EXTRAS = {"s3": "s3", "s3a": "s3"}
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "updated", "modified", "created")
"""What stores tell of a file's content or of when it was written, the most telling first."""
_SECRET = re.compile(r"//[^/@]*@")
_REFUSED = re.compile(r"credential|unauthor|forbidden|denied|authenticat|signature|access ?key|profile|token", re.IGNORECASE)
_LONGEST = 200

T = TypeVar("T")


def shown(url: str) -> str:
    """Name a URL without the user and password that may stand in it."""
    return _SECRET.sub("//", url)


class Remote:
    """Files below a URL. What the store says of them is asked for once, all together; what is put later is added by `note`."""

    def __init__(self, url: str) -> None:
        self.place = trimmed(url)
        self.shown = shown(self.place)
        self.protocol = self.place.partition("://")[0]
        self._files, self._root = self._open_file_system()
        self._tokens: dict[str, Token] | None = None

    def _open_file_system(self) -> tuple[Any, str]:
        try:
            import fsspec.core  # noqa: PLC0415 - waits until it is used

            files, root = fsspec.core.url_to_fs(self.place, use_listings_cache=False)
        except ImportError as error:
            extra = _EXTRAS.get(self.protocol)
            advice = f"pip install 'genplan[{extra}]'" if extra else msg("install what the message names ({error})", error=error)
            raise ExternalError(
                "GP731", self.shown, msg("the library for {protocol}:// is not installed", protocol=self.protocol), advice
            ) from None
        except ValueError as error:
            known = msg("use e.g. s3://bucket/folder, or a local folder")
            raise ExternalError("GP740", self.shown, msg("invalid output location: {error}", error=_said(error)), known) from None
        except Exception as error:  # noqa: BLE001 - libraries of stores have exceptions of their own
            raise self._explain(error) from None
        if not root.strip("/") and self.protocol != "memory":
            raise ExternalError("GP740", self.shown, msg("the URL names no bucket or folder"), msg("use e.g. s3://bucket/folder"))
        return files, root.rstrip("/")

    def put(self, name: str, data: bytes) -> Token:
        """Write a file: at once where the store shows objects whole, else by way of the scratch folder."""
        with self._external_errors():
            token = self._put_atomically(name, lambda path: self._files.pipe_file(path, data, **self._typed(name)))
        self.note(name, token)
        return token

    def put_file(self, name: str, path: Path) -> None:
        """Write a large file from one of this machine."""
        with self._external_errors():
            self._put_atomically(name, lambda place: self._files.put_file(str(path), place))

    def _put_atomically(self, name: str, write: Callable[[str], object]) -> Token:
        path = self._path(name)
        if self.protocol in _WHOLE:
            answer = write(path)
            return _token(answer) or _token(self._files.info(path))
        scratch = self._path(f"{SCRATCH}/{secrets.token_hex(8)}")
        for each in (scratch, path):
            self._files.makedirs(str(PurePosixPath(each).parent), exist_ok=True)
        write(scratch)
        try:
            self._files.mv(scratch, path)
        except FileExistsError:
            self._files.rm_file(path)
            self._files.mv(scratch, path)
        return _token(self._files.info(path))

    def create(self, name: str, data: bytes) -> bool:
        """Write a file where there is none; tell whether it was. Two that do so at once may both succeed where the store cannot tell."""
        with self._external_errors():
            try:
                self._files.pipe_file(self._path(name), data, mode="create")
            except FileExistsError:
                return False
            except Exception as error:
                if "Precondition" not in str(error) and "412" not in str(error):
                    raise
                return False
        return True

    def token(self, name: str) -> Token:
        """Return what the listing says of a file."""
        return self._listing().get(name, ())

    def names(self) -> Iterator[str]:
        """List all files."""
        return iter(self._listing())

    def note(self, name: str, token: Token) -> None:
        """Take in what another process put."""
        if self._tokens is not None:
            self._tokens[name] = token

    def relist(self) -> None:
        """Ask anew what there is."""
        self._tokens = None

    def read(self, name: str) -> bytes | None:
        """Read a file."""
        with self._external_errors():
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def fetch(self, name: str, path: Path) -> bool:
        """Copy a file to this machine; tell whether there is one."""
        with self._external_errors():
            try:
                self._files.get_file(self._path(name), str(path))
            except FileNotFoundError:
                path.unlink(missing_ok=True)
                return False
        return True

    def digest(self, name: str) -> str:
        """Digest a file's content."""
        data = self.read(name)
        return "" if data is None else digest(data)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; stores of objects have no folders."""
        listed = list(names)
        if not listed:
            return
        with self._external_errors():
            try:
                self._files.rm([self._path(name) for name in listed])
            except FileNotFoundError:
                for name in listed:
                    with suppress(FileNotFoundError):
                        self._files.rm_file(self._path(name))
        for name in listed:
            (self._tokens or {}).pop(name, None)

    def _listing(self) -> dict[str, Token]:
        if self._tokens is None:
            with self._external_errors():
                try:
                    listing = self._files.find(self._root, detail=True)
                except FileNotFoundError:
                    listing = {}
            start = len(self._root) + 1
            self._tokens = {path[start:]: _token(info) for path, info in listing.items()}
        return self._tokens

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _typed(self, name: str) -> dict[str, str]:
        kind = _TYPED.get(self.protocol)
        media = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return {kind: f"{media}; charset=utf-8" if media.startswith("text/") else media} if kind else {}

    @contextmanager
    def _external_errors(self) -> Iterator[None]:
        try:
            yield
        except ExternalError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise self._explain(error) from None

    def _explain(self, error: Exception) -> ExternalError:
        said = _said(error)
        if isinstance(error, FileNotFoundError):
            advice = msg("create the bucket, or correct its name")
            return ExternalError("GP742", self.shown, msg("no such bucket: {said}", said=said), advice)
        if isinstance(error, PermissionError) or _REFUSED.search(f"{type(error).__name__} {said}"):
            advice = msg(
                "give this machine (and the cluster's workers) credentials that may list, read, write and delete there: docs/it/scale.md"
            )
            return ExternalError("GP741", self.shown, msg("the store denied access: {said}", said=said), advice)
        advice = msg("check that the store is running and reachable from here (set AWS_ENDPOINT_URL if it is not Amazon's)")
        return ExternalError("GP743", self.shown, msg("the store failed: {said}", said=said), advice)


def _said(error: Exception) -> str:
    text = " ".join(shown(str(error)).split()) or type(error).__name__
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _token(info: object) -> Token:
    if not isinstance(info, Mapping):
        return ()
    mark = next((str(info[key]).strip('"') for key in _MARKS if info.get(key)), "")
    return (mark,) if mark else ()
