"""Print what an editor and `genplan lsp` say to each other, as docs/it/editors.md shows it.

Run: .venv/bin/python tools/lsp_trace.py [LANGUAGE]. The class `Client` is also the editor of the tests.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self, TypeAlias

Json: TypeAlias = Any
"""What JSON has."""
WAIT = 60
"""Seconds to wait for an answer."""


class Client:
    """One server, started in a folder. Requests wait for their answers; notifications of the server are kept."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        names = {name: value for name, value in os.environ.items() if not name.startswith(("GENPLAN_", "LC_", "LANG"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "genplan", "lsp", *arguments],
            cwd=folder,
            env=names | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.received: queue.Queue[dict[str, Any]] = queue.Queue()
        self.notifications: list[dict[str, Any]] = []
        self.stray = b""
        """What was written to standard output besides messages."""
        self.last = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(WAIT)
        for stream in (self.process.stdin, self.process.stderr):
            assert stream is not None
            stream.close()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            if not line.startswith(b"Content-Length:"):
                self.stray += line
                continue
            while (header := stream.readline().strip()) and header:
                pass
            self.received.put(json.loads(stream.read(int(line.partition(b":")[2]))))

    def send(self, method: str, params: Json, number: int | None = None) -> None:
        """Send a notification, or a request with its number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
        data = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def ask(self, method: str, params: Json = None) -> Json:
        """Send a request, and return what the server answers."""
        self.last += 1
        self.send(method, params, self.last)
        while True:
            message = self.received.get(timeout=WAIT)
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self.notifications.append(message)

    def start(self, **params: Json) -> Json:
        """Do what editors do first, and return what the server can do."""
        told = self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}} | params)
        self.send("initialized", {})
        return told

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a document, by default as it is on the disk, and return its address."""
        uri = path.as_uri()
        language = "yaml" if path.suffix == ".yml" else "markdown"
        said = path.read_text("utf-8") if text is None else text
        self.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": said}})
        return uri

    def change(self, uri: str, text: str) -> None:
        """Replace the text of a document."""
        self.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]})

    def at(self, method: str, uri: str, line: int, character: int) -> Json:
        """Ask about a place of a document."""
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Wait for the diagnostics of a document, those that came first first."""
        while True:
            for message in self.notifications:
                if message["method"] == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                    self.notifications.remove(message)
                    return list(message["params"]["diagnostics"])
            self.notifications.append(self.received.get(timeout=WAIT))

    def stop(self) -> tuple[int, bytes]:
        """Say goodbye, and return the server's exit code and what it wrote to standard error."""
        self.ask("shutdown")
        self.send("exit", None)
        assert self.process.stderr is not None
        said = self.process.stderr.read()
        return self.process.wait(WAIT), said


PLAN = {
    "en": """\
---
schema: 1
title: Assessment scheme
department: Sales
duties:
  - area: Collecting payments
indicators:
  - {name: Sales, weight: 60%, scoring: direct}
  - name: Payments
    weight: 40%
    scoring: {method: tiers, \n    assesses: [Collecting payments]
---
""",
    "zh-CN": """\
---
格式版本: 1
标题: 绩效考核方案
部门: 销售部
岗位职责:
  - 职责领域: 催收回款
考核指标:
  - {名称: 销售额, 权重: 60%, 计分: 直接评分}
  - 名称: 回款率
    权重: 40%
    计分: {方法: 层差法, \n    对应职责: [催收回款]
---
""",
}
"""A plan that is being typed: a scoring rule has no end yet."""
RULE = 10
"""The line of that rule; the lines above and below it are asked about too."""
DIRECT = {"en": "    scoring: direct", "zh-CN": "    计分: 直接评分"}


def trace(language: str) -> Iterator[str]:
    """Record a session: completing a rule, hovering over it, and changing a weight so that the total is not 100 %."""
    text = PLAN[language]
    lines = text.split("\n")
    with tempfile.TemporaryDirectory() as folder, Client(Path(folder)) as client:
        client.start(locale=language)
        path = Path(folder).resolve() / "plan.md"
        path.write_text(text, "utf-8")
        uri = client.open(path)
        client.diagnostics(uri)

        yield f"completion {RULE + 1}:{len(lines[RULE]) + 1}  {lines[RULE].strip()}"
        for offer in client.at("completion", uri, RULE, len(lines[RULE])):
            yield f"    {offer['label']} ({offer['detail']}): {offer['documentation']['value']}"
        yield f"hover {RULE}:6  {lines[RULE - 1].strip()}"
        yield f"    {client.at('hover', uri, RULE - 1, 5)['contents']['value']}".replace("\n\n", "\n    ")
        column = lines[RULE + 1].index("[") + 1
        yield f"definition {RULE + 2}:{column + 1}  {lines[RULE + 1].strip()}"
        (target,) = client.at("definition", uri, RULE + 1, column)
        yield f"    {_place(target['range'])}  {lines[target['range']['start']['line']].strip()}"

        client.change(uri, text.replace(lines[RULE], DIRECT[language]).replace("60%", "70%"))
        yield f"change {RULE - 2}  60% → 70%"
        for found in client.diagnostics(uri):
            if found["severity"] == 1:
                yield f"    {_place(found['range'])} {found['code']} {found['message']}".replace("\n", "\n      ")
                yield from (f"      {_place(each['location']['range'])}  {each['message']}" for each in found["relatedInformation"])


def _place(place: dict[str, Any]) -> str:
    """Write a range as editors show it to people, from 1."""
    start, end = place["start"], place["end"]
    return f"{start['line'] + 1}:{start['character'] + 1}-{end['character'] + 1}"


if __name__ == "__main__":
    for line in trace(*sys.argv[1:2] or ["en"]):
        print(line)
