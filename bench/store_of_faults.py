"""Builds that write to a store and are killed: S3, simulated by moto."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from site_of_faults import BUILD, SCENARIOS, Site, kill_group

LIBRARIES = ("boto3", "moto", "s3fs", "flask")
_BUCKET = "faults"
_SCENARIO = SCENARIOS["changed"]


def is_possible() -> bool:
    """Tell whether there is what it takes."""
    return all(map(find_spec, LIBRARIES))


@contextmanager
def server() -> Iterator[None]:
    """Run a store, for all processes that are started meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = f"http://127.0.0.1:{port}"
    keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": place}
    os.environ.update(keys)
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(place)
            yield
        finally:
            process.kill()


def _wait_for(place: str) -> None:
    for _ in range(600):
        with suppress(OSError), urlopen(place) as answer:  # noqa: S310 - this machine
            answer.read()
            return
        time.sleep(0.1)
    raise TimeoutError(place)


class Bucket:
    """The objects below a URL of a process's own."""

    def __init__(self) -> None:
        import boto3  # noqa: PLC0415 - only where there are stores

        self._prefix = f"{os.getpid()}/"
        self._client: Any = boto3.client("s3")
        with suppress(self._client.exceptions.BucketAlreadyExists, self._client.exceptions.BucketAlreadyOwnedByYou):
            self._client.create_bucket(Bucket=_BUCKET)
        self.url = f"s3://{_BUCKET}/{os.getpid()}"

    def read(self) -> dict[str, bytes]:
        """Read all objects."""
        listed = self._client.list_objects_v2(Bucket=_BUCKET, Prefix=self._prefix).get("Contents", ())
        return {
            each["Key"].removeprefix(self._prefix): self._client.get_object(Bucket=_BUCKET, Key=each["Key"])["Body"].read()
            for each in listed
        }

    def write(self, held: dict[str, bytes]) -> None:
        """Have these objects and no others."""
        for name in self.read().keys() - held.keys():
            self._client.delete_object(Bucket=_BUCKET, Key=self._prefix + name)
        for name, data in held.items():
            self._client.put_object(Bucket=_BUCKET, Key=self._prefix + name, Body=data)


_built: dict[str, dict[str, bytes]] = {}
_begun: dict[str, Bucket] = {}


def kill_store(site: Site, seed: int) -> tuple[int, str]:
    """Kill a build on its way to a store, then build undisturbed; see `kill`."""
    if not _begun:
        bucket = _begun[""] = Bucket()
        for state in (_SCENARIO.before, _SCENARIO.after):
            bucket.write({})
            site.enter(state)
            started = time.monotonic()
            code, said = site.build("--output", bucket.url)
            assert code == 0, said
            _times[0] = time.monotonic() - started
            _built[state] = bucket.read()
    bucket = _begun[""]
    bucket.write(_built[_SCENARIO.before])
    site.enter(_SCENARIO.after)
    child = site.start(*BUILD, "--output", bucket.url)
    code = kill_group(site, child, random.Random(seed).uniform(0, _times[0]))
    return code, _wrong(site, bucket)


_times = [1.0]


def _wrong(site: Site, bucket: Bucket) -> str:
    before, after = _documents(_built[_SCENARIO.before]), _documents(_built[_SCENARIO.after])
    now = _documents(bucket.read())
    torn = [name for name, data in now.items() if data not in {before.get(name), after.get(name)}]
    if torn or before.keys() - now.keys():
        return f"not whole or gone: {torn or sorted(before.keys() - now.keys())}"
    code, said = site.build("--output", bucket.url)
    if code:
        return f"the next build ends with exit code {code}: {' '.join(said.split())[-300:]}"
    left = bucket.read()
    different = sorted(name for name in _documents(left).keys() | after.keys() if _documents(left).get(name) != after.get(name))
    own = left.keys() - after.keys() - {".genplan/manifest.sqlite"}
    return f"differs after the next build: {different}; left over: {sorted(own)}" if different or own else ""


def _documents(held: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in held.items() if Path(name).parts[0] != ".genplan"}
