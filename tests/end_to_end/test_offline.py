"""Building asks nothing of the network."""

import os
from pathlib import Path

GUARD = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg", "urllib.Request"):
        print("NETWORK", event, arguments, file=sys.stderr)
        raise OSError("no network here")

sys.addaudithook(refuse)
"""


def guarded(folder: Path) -> str:
    (folder / "sitecustomize.py").write_text(GUARD)
    return os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])


def test_the_guard_refuses(small, tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    environment = {**os.environ, "PYTHONPATH": guarded(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=False)
    assert "NETWORK" in ran.stderr


def test_everything_is_built_without_network(small, tmp_path: Path) -> None:
    ran = small.genplan("build", "--format", "pdf,docx,html", PYTHONPATH=guarded(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "NETWORK" not in ran.stderr
    assert len(small.built("pdf")) == len(small.built("docx")) == 11


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
    ran = small.genplan("build", "--format", "pdf,docx,html", PYTHONPATH=guarded(tmp_path))
    assert ran.returncode == 1
    assert "NETWORK" not in ran.stderr
    assert "GP602" in ran.stderr
