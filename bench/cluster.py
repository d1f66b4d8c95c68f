"""A cluster and a store on this machine: documents of which a worker is killed half-way are all there, once, and the same as built here.

Starts `dask scheduler`, two `dask worker` (which may not open the workspace's files: what they need must travel) and an S3-compatible store
that keeps every version of an object; builds N results, kills one worker with all its processes half-way, and looks at what is there.

Run: python bench/cluster.py [DOCUMENTS] [FORMAT] (with genplan[dask,s3] and moto[s3], flask, flask-cors installed).
1,000 and html unless stated.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any, TypeAlias

import boto3
import psutil

PLAN = """\
---
schema: 1
title: 方案
department: 部门
documents: [result]
indicators:
  - {name: 甲, weight: 20%, target: 100, scoring: ratio}
  - {name: 乙, weight: 20%, target: 100, scoring: ratio}
  - {name: 丙, weight: 20%, scoring: direct}
  - {name: 丁, weight: 10%, scoring: direct}
  - {name: 戊, weight: 10%, scoring: direct}
  - {name: 己, weight: 10%, scoring: direct}
  - {name: 庚, weight: 10%, scoring: direct}
grades: [{name: 优秀, from: 90}, {name: 合格, from: 60}, {name: 不合格, from: 0}]
results: results/*.csv
---
"""
RESULT = """\
{% extends "builtin/kinds/result.html.j2" %}
{% block content %}{{ super() }}<p><img src="seal.svg" alt="印章" style="width:8mm"></p>{% endblock %}
"""
SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><circle cx="4.5" cy="4.5" r="4" fill="#a00"/></svg>'
BLIND = """\
import os, sys
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(os.environ["GENPLAN_UNSEEN"]):
        os._exit(99)
sys.addaudithook(watch)
"""
"""Ends a process that opens a file of the workspace, as if it were on another machine."""
Store: TypeAlias = Any
"""A client of boto3's, which has no types."""
BUCKET, PREFIX = "genplan", "reviews/2026"


def workspace(root: Path, people: int) -> None:
    """Write a plan of seven indicators with a picture beside it, a template of its own, and results."""
    (root / "plans" / "results").mkdir(parents=True)
    (root / "templates" / "kinds").mkdir(parents=True)
    (root / "genplan.yml").write_text("plans: plans\n", "utf-8")
    (root / "plans" / "plan.md").write_text(PLAN, "utf-8")
    (root / "plans" / "seal.svg").write_text(SEAL, "utf-8")
    (root / "templates" / "kinds" / "result.html.j2").write_text(RESULT, "utf-8")
    rows = "".join(f"{n:05},某人,{n % 60 + 40},{n % 50 + 50},80,{n % 30 + 60},75,90,88\n" for n in range(people))
    (root / "plans" / "results" / "2026-Q3.csv").write_text(f"工号,姓名,甲,乙,丙,丁,戊,己,庚\n{rows}", "utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int, seconds: float = 120) -> None:
    """Wait until something listens on a port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(port)


@contextmanager
def running(command: list[str], log: Path, environment: Mapping[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a group of its own, and end the whole group afterwards."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=environment, cwd=folder, start_new_session=True)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def cpu(pid: int) -> float:
    """Sum the seconds of processor time of a process and of all that it started."""
    total = 0.0
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        for each in [first, *first.children(recursive=True)]:
            with suppress(psutil.Error):
                total += sum(each.cpu_times()[:4])
    return total


@dataclass
class Built:
    """What a build said, and the processor time that it took, all its processes together."""

    code: int
    said: list[str]
    seconds: float
    wall: float
    start: float

    @property
    def files(self) -> list[str]:
        return [line.split(" ", 1)[1].strip() for line in self.said if line.startswith("built ")]


@dataclass
class Farm:
    """The programs of a cluster and its store, what they run with, and the processor time of those that were killed."""

    root: Path
    store: int = field(default_factory=free_port)
    scheduler: int = field(default_factory=free_port)
    programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    before: dict[str, float] = field(default_factory=dict)
    idle: dict[str, float] = field(default_factory=dict)
    """Processor time that programs take without work, in seconds a second: it grows with the time that a busy machine takes."""
    killed: float = 0.0

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.scheduler}"

    @property
    def environment(self) -> dict[str, str]:
        keys = {"AWS_ACCESS_KEY_ID": "genplan", "AWS_SECRET_ACCESS_KEY": "genplan", "AWS_DEFAULT_REGION": "us-east-1"}
        here = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))
        # One thread a process for numerical libraries; a hash seed of its own for every process, as anywhere.
        return os.environ | keys | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.store}", "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}

    def client(self) -> Store:
        keys = {"aws_access_key_id": "genplan", "aws_secret_access_key": "genplan", "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{self.store}", **keys)

    def start(self, stack: ExitStack, workspace: Path, workers: int = 2) -> None:
        blind = self.root / "blind"
        blind.mkdir()
        (blind / "sitecustomize.py").write_text(BLIND, "utf-8")
        elsewhere = self.root / "elsewhere"
        elsewhere.mkdir()

        def run(name: str, *command: str, **more: str) -> None:
            started = running([sys.executable, "-m", *command], self.root / f"{name}.log", self.environment | more, elsewhere)
            self.programs[name] = stack.enter_context(started)

        run("store", "moto.server", "-H", "127.0.0.1", "-p", str(self.store))
        quiet = ("--dashboard-address", "127.0.0.1:0")
        run("scheduler", "dask", "scheduler", "--host", "127.0.0.1", "--port", str(self.scheduler), *quiet, "--no-show")
        listening(self.store)
        listening(self.scheduler)
        path = os.pathsep.join((str(blind), self.environment["PYTHONPATH"]))
        for number in range(1, workers + 1):
            options = ("--nthreads", "1", *quiet, "--local-directory", str(self.root / f"scratch{number}"))
            run(f"worker {number}", "dask", "worker", self.address, *options, PYTHONPATH=path, GENPLAN_UNSEEN=str(workspace))
        self.client().create_bucket(Bucket=BUCKET)
        self.client().put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})

    def kill(self, name: str) -> None:
        """End a program and all that it started, as when its machine is turned off."""
        process = self.programs[name]
        self.spent[name] = cpu(process.pid)
        self.killed = time.monotonic()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def complain(self, built: Built) -> None:
        """End with what the command and the programs said."""
        print("".join(built.said[-20:]))
        for name in self.programs:
            print(f"--- {name}\n", (self.root / f"{name}.log").read_text("utf-8", "replace")[-1500:])
        sys.exit(1)

    def rest(self, seconds: float = 15) -> None:
        """See what the programs take by themselves."""
        first = {name: cpu(process.pid) for name, process in self.programs.items()}
        time.sleep(seconds)
        self.before = {name: cpu(process.pid) for name, process in self.programs.items()}
        self.idle = {name: (self.before[name] - first[name]) / seconds for name in first}

    def share(self, kind: str, built: Built, count: int) -> str:
        """Say how many milliseconds a document takes in programs of a kind, and how many of them these take anyway."""
        names = [name for name in self.spent if name.startswith(kind)]
        end = built.start + built.wall
        waited = sum(self.idle[name] * ((self.killed if name == "worker 1" else end) - built.start) for name in names)
        spent = sum(self.spent[name] - self.before[name] for name in names)
        return f"{1000 * spent / count:.1f} ms (idle would have been {1000 * waited / count:.1f})"

    def measure(self) -> None:
        """Note the processor time of all that runs."""
        self.spent.update({name: cpu(process.pid) for name, process in self.programs.items() if process.poll() is None})


def build(root: Path, environment: Mapping[str, str], arguments: list[str], at: Mapping[int, Any]) -> Built:
    """Run the command; `at` says what to do after so many documents."""
    command = [sys.executable, "-m", "genplan", "build", *arguments]
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
    assert process.stderr is not None
    said: list[str] = []
    count, seconds = 0, 0.0
    for line in process.stderr:
        said.append(line)
        count += line.startswith("built ")
        if line.startswith("built ") and count in at:
            at[count]()
        if not line.startswith("built ") or count % 50 == 0:
            seconds = max(seconds, cpu(process.pid))
    return Built(process.wait(), said, seconds, time.monotonic() - start, start)


def versions(client: Store) -> dict[str, list[str]]:
    """List what was ever put below the prefix: the digests of each key's versions."""
    found: dict[str, list[str]] = {}
    for page in client.get_paginator("list_object_versions").paginate(Bucket=BUCKET, Prefix=f"{PREFIX}/"):
        for each in page.get("Versions", ()):
            found.setdefault(each["Key"].removeprefix(f"{PREFIX}/"), []).append(each["ETag"].strip('"'))
    return found


def manifest(client: Store, folder: Path) -> list[str]:
    """List the files that the manifest beside the documents knows."""
    path = folder / "manifest.sqlite"
    client.download_file(BUCKET, f"{PREFIX}/.genplan/manifest.sqlite", str(path))
    database = sqlite3.connect(path)
    rows = [row[0] for row in database.execute("SELECT path FROM outputs ORDER BY path")]
    database.close()
    return rows


def listing(client: Store) -> dict[str, tuple[str, int]]:
    """List what is there: digest and size by name."""
    found: dict[str, tuple[str, int]] = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{PREFIX}/"):
        found |= {each["Key"].removeprefix(f"{PREFIX}/"): (each["ETag"].strip('"'), each["Size"]) for each in page.get("Contents", ())}
    return found


def main() -> None:
    """Build here, then there with a worker killed, and compare."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    form = sys.argv[2] if len(sys.argv) > 2 else "html"
    with tempfile.TemporaryDirectory(prefix="genplan-") as place, ExitStack() as stack:
        scratch = Path(place)
        root = scratch / "workspace"
        workspace(root, count)
        farm = Farm(scratch)
        farm.start(stack, root)
        options = ["--format", form]
        local = build(root, farm.environment, [*options, "--output", str(scratch / "here")], {})
        farm.rest()
        there = [*options, "--scheduler", farm.address, "--output", f"s3://{BUCKET}/{PREFIX}"]
        remote = build(root, farm.environment, there, {count // 2: lambda: farm.kill("worker 1"), count: farm.measure})
        again = build(root, farm.environment, there, {})
        verdict(farm, scratch, count, (local, remote, again))


def verdict(farm: Farm, scratch: Path, count: int, builds: tuple[Built, Built, Built]) -> None:
    """Say what was found; the exit code tells whether all is as it should be."""
    local, remote, again = builds
    client = farm.client()
    if remote.code or local.code:
        farm.complain(remote)
    here = scratch / "here"
    expected = {path.relative_to(here).as_posix(): md5(path.read_bytes()).hexdigest() for path in here.glob("*/*/*/*")}  # noqa: S324
    there = listing(client)
    documents = {name: digest for name, (digest, _) in there.items() if not name.startswith(".genplan/") and name != "index.html"}
    put = {name: digests for name, digests in versions(client).items() if name in expected}
    twice = {name: digests for name, digests in put.items() if len(digests) > 1}
    known = manifest(client, scratch)
    size = sum(size for name, (_, size) in there.items() if name in documents)
    checks = {
        f"built here: {len(local.files)} of {count}, exit code {local.code}": local.code == 0 and len(local.files) == count,
        f"built on the cluster: {len(remote.files)} of {count}, exit code {remote.code}": remote.code == 0 and len(remote.files) == count,
        f"a worker and all its processes were killed after {count // 2}": farm.programs["worker 1"].returncode == -signal.SIGKILL,
        f"reported once: {len(set(remote.files))} names": len(set(remote.files)) == count,
        f"in the store: {len(documents)} documents, none missing, none besides": documents.keys() == expected.keys(),
        f"the same bytes as here: {sum(documents.get(name) == digest for name, digest in expected.items())}": documents == expected,
        f"in the manifest: {len(known)}": known == sorted(expected),
        f"put twice: {len(twice)} (begun by the worker that was killed), each time with the same bytes": all(
            len(set(digests)) == 1 for digests in twice.values()
        ),
        f"built by a second build: {len(again.files)}, exit code {again.code}": again.code == 0 and not again.files,
        "nothing left but documents, page and manifest": there.keys() - documents.keys() == {"index.html", ".genplan/manifest.sqlite"},
    }
    for said, right in checks.items():
        print("ok   " if right else "WRONG", said)
    print(f"{size / count / 1024:.1f} KiB a document, manifest {there['.genplan/manifest.sqlite'][1] / count / 1024:.2f} KiB a document")
    print(f"CPU a document: here {1000 * local.seconds / count:.1f} ms; cluster: workers {farm.share('worker', remote, count)}, ", end="")
    print(f"client {1000 * remote.seconds / count:.1f} ms, scheduler {farm.share('scheduler', remote, count)}, ", end="")
    print(f"store (simulated) {farm.share('store', remote, count)}; nothing changed {again.seconds:.1f} s in all")
    print(f"wall: here {local.wall:.0f} s, cluster {remote.wall:.0f} s, nothing changed {again.wall:.0f} s")
    if not all(checks.values()):
        farm.complain(remote)


if __name__ == "__main__":
    main()
