"""Chromium, printing one page whose body is changed, through its DevTools protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen
from xml.etree.ElementTree import Element, tostring

import websocket

from . import OUT
from .weasyprint import write_look

if TYPE_CHECKING:
    from .content import Content

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_MILLIMETRE = 1 / 25.4
_FONT = "font-size:8pt;font-family:Noto Sans CJK SC,sans-serif;color:#5b6b7b"
_RUNNING = f'<div style="width:100%;margin:0 22mm;display:flex;align-items:center;{_FONT};{{}}">{{}}</div>'
_PAGE = '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><link rel="stylesheet" href="page.css"></head><body></body></html>'
_PRINTED = {
    "printBackground": True,
    "displayHeaderFooter": True,
    "preferCSSPageSize": False,
    "paperWidth": 210 * _MILLIMETRE,
    "paperHeight": 297 * _MILLIMETRE,
    "marginTop": 24 * _MILLIMETRE,
    "marginBottom": 20 * _MILLIMETRE,
    "marginLeft": 22 * _MILLIMETRE,
    "marginRight": 22 * _MILLIMETRE,
}
_PAGE_RULES = "\n@page{margin:24mm 22mm 20mm}header.running,footer.running{display:none}\n"
_WAIT = 60


def prepare(content: "Content", folder: Path) -> None:
    """Write body, header and footer; once the page that they are shown in."""
    write_look(content, folder)
    (folder / "page.css").write_text(content.look.css + _PAGE_RULES, "utf-8")
    (folder / "page.html").write_text(_PAGE.format(content.tree.get("lang")), "utf-8")
    body = content.tree.find("body")
    assert body is not None
    logo = base64.b64encode(content.logo.read_bytes()).decode()
    header, footer = body.find("header"), body.find("footer")
    assert header is not None
    assert footer is not None
    parts = {
        "body": "".join(tostring(child, encoding="unicode", method="html") for child in body),
        "class": body.get("class", ""),
        "title": content.tree.findtext("head/title", ""),
        "header": _RUNNING.format("border-bottom:0.75pt solid #1f4e79;padding-bottom:1.5mm", _running(header, logo)),
        "footer": _RUNNING.format("border-top:0.5pt solid #a9b8c6;padding-top:1.5mm", _running(footer, logo)),
    }
    (folder / f"{content.name}.json").write_text(json.dumps(parts, ensure_ascii=False), "utf-8")


def _running(element: Element, logo: str) -> str:
    """Write header or footer with Chromium's classes for page numbers."""
    html = "".join(tostring(child, encoding="unicode", method="html") for child in element)
    html = html.replace('src="images/logo.png"', f'style="height:6mm;margin-right:3mm" src="data:image/png;base64,{logo}"')
    html = html.replace('class="left"', 'style="flex:1"').replace('class="page-number"', 'class="pageNumber"')
    return html.replace('class="page-count"', 'class="totalPages"')


class _Page:
    """A page of a browser, spoken to through a socket."""

    def __init__(self, port: int) -> None:
        with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=_WAIT) as answer:
            pages = [page for page in json.load(answer) if page["type"] == "page"]
        self._socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], suppress_origin=True, timeout=_WAIT)
        self._count = 0

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Ask for something, and wait for the answer."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != self._count:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return dict(answer["result"])

    def evaluate(self, script: str) -> None:
        """Run a script, and wait for what it promises."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))


@contextmanager
def session(folder: Path, form: str) -> Iterator[Callable[[Sequence[int]], None]]:
    """Start a browser, and open the page with the style sheet and its fonts."""
    program = next(path for name in _PROGRAMS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [
            "--headless=new",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "--allow-file-access-from-files",
            "--no-first-run",
        ]
        options += ["--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking"]
        options += ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = subprocess.Popen([program, *options, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            page = _Page(_port(Path(profile)))
            page.call("Page.navigate", url=(folder / "page.html").resolve().as_uri())
            page.evaluate("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

            def make(numbers: Sequence[int]) -> None:
                for number in numbers:
                    (folder / OUT / f"{number:05}.{form}").write_bytes(
                        _print(page, json.loads((folder / f"{number:05}.json").read_bytes()))
                    )

            yield make
        finally:
            browser.terminate()
            browser.wait(_WAIT)


def _port(profile: Path) -> int:
    """Wait until the browser has said where it listens."""
    path = profile / "DevToolsActivePort"
    for _ in range(_WAIT * 50):
        if path.is_file() and (lines := path.read_text().split()):
            return int(lines[0])
        time.sleep(0.02)
    raise RuntimeError("Chromium did not start")


def _print(page: _Page, parts: dict[str, str]) -> bytes:
    shown = json.dumps([parts["body"], parts["class"], parts["title"]], ensure_ascii=False)
    page.evaluate(
        "(([html, name, title]) => {document.body.innerHTML = html; document.body.className = name; document.title = title; "
        "return Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode().catch(() => 0))]).then(() => 1)})"
        f"({shown})"
    )
    answer = page.call("Page.printToPDF", headerTemplate=parts["header"], footerTemplate=parts["footer"], **_PRINTED)
    return base64.b64decode(answer["data"])
