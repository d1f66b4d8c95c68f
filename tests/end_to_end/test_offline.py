"""Building asks nothing of the network."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

GUARD = """
import os, re, sys

ASKING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
          "socket.getnameinfo", "urllib.Request", "http.client.connect"}

def between_processes(socket, address=None, *_):
    # The processes that a build starts talk through pairs of sockets, which have no address, and multiprocessing's own listener.
    if getattr(socket, "family", None) != 1:
        return False
    place = "/".join(os.fsdecode(address or "").split("/")[-2:])
    return address is None or re.fullmatch(r"(?:pymp|genplan-run)-[^/]+/listener-[^/]+", place) is not None

def refuse(event, arguments):
    if event in ASKING and not between_processes(*arguments):
        print("NETWORK", event, arguments, file=sys.stderr)
        raise OSError("no network here")

sys.addaudithook(refuse)
"""


def guarded(folder: Path) -> dict[str, str]:
    (folder / "sitecustomize.py").write_text(GUARD)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@cache
def without_interfaces() -> list[str]:
    """Give the command that starts another in a network of its own with nothing in it; none where the system does not let it."""
    command = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which(command[0]) and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        return command
    return []


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import socket; socket.socket(socket.AF_UNIX).connect('/run/service')",
        r"import socket; socket.socket(socket.AF_UNIX).connect('\0service')",
    ],
)
def test_the_guard_refuses(tmp_path: Path, code: str) -> None:
    ran = subprocess.run([sys.executable, "-c", code], env=guarded(tmp_path), capture_output=True, encoding="utf-8", check=False)
    assert "NETWORK" in ran.stderr
    assert "no network here" in ran.stderr


def test_everything_is_built_without_network(small_built, small, tmp_path: Path) -> None:
    """The same bytes, in a network without interfaces where the system lets a test have one: what is not Python has none either."""
    command = [*without_interfaces(), sys.executable, "-m", "genplan", "build", "--format", "pdf,docx,html"]
    ran = subprocess.run(command, cwd=small.root, env=guarded(tmp_path), capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    assert "NETWORK" not in ran.stderr
    assert len(small.built("pdf")) == len(small.built("docx")) == 14
    for path in (path for suffix in ("pdf", "docx", "html") for path in small_built.built(suffix)):
        assert (small.output / path.relative_to(small_built.output)).read_bytes() == path.read_bytes(), path


def test_a_plan_cannot_make_a_document_ask(small, tmp_path: Path) -> None:
    plan = small.root / "plans" / "community-management-policy.md"
    text = (
        plan.read_text("utf-8")
        + "\n\n![x](http://192.0.2.1/x.png) ![y](//192.0.2.1/y.png) ![z](file:///etc/passwd) [a](http://192.0.2.1/)\n"
    )
    plan.write_text(text, encoding="utf-8")
    (small.root / "templates" / "styles").mkdir()
    (small.root / "templates" / "styles" / "custom.css").write_text(
        "@import url(http://192.0.2.1/a.css); body { background: url(http://192.0.2.1/b.png) }"
    )
    ran = small.genplan("build", "--format", "pdf,docx,html", PYTHONPATH=guarded(tmp_path)["PYTHONPATH"])
    assert ran.returncode == 1
    assert "NETWORK" not in ran.stderr
    assert "GP602" in ran.stderr
