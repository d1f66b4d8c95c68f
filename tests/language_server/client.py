"""An editor for tests and for the docs: it starts `genplan lsp`, and speaks with it over standard input and output."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

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

    def send(self, method: str, params: Any, number: int | None = None) -> None:
        """Send a notification, or a request with its number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
        data = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def ask(self, method: str, params: Any = None) -> Any:
        """Send a request, and return what the server answers."""
        self.last += 1
        self.send(method, params, self.last)
        while True:
            message = self.received.get(timeout=WAIT)
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self.notifications.append(message)

    def start(self, **params: Any) -> Any:
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

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
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
