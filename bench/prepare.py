"""What every peer starts from, made before anything is measured, and whether what comes out is all there."""

import time
from importlib import import_module
from pathlib import Path

from measure import FailedError, Server, say
from peers import OUT, PEERS, Peer
from peers.content import Content
from verify import missing, shown

_CHECKED = 2
"""Documents whose files are read."""
TURN = 60
"""People that single documents are made for, in turn."""


class Kitchen:
    """The documents, and a folder a peer with what it makes them from."""

    def __init__(self, root: Path, documents: list[Content], *, everyone: bool) -> None:
        self.root = root
        self.documents = documents
        self.absent: dict[str, str] = {}
        """Why peers do not take part, by their names."""
        self.peers: list[Peer] = []
        self.servers: dict[str, Server] = {}
        """The peers that are set up, and have made documents."""
        self.starts: dict[str, float] = {}
        """Seconds until they had made their first ones."""
        for peer in PEERS:
            lacking = peer.lacking()
            if (peer.outside or not peer.whole) and not everyone:
                self.absent[f"{peer.name} ({peer.form})"] = "left out of this short run"
            elif lacking:
                self.absent[f"{peer.name} ({peer.form})"] = f"not installed: {lacking}"
            else:
                self.peers.append(peer)
        self._ready: dict[Path, int] = {}

    def folder(self, peer: Peer, count: int) -> Path:
        """Give a peer's folder, with what it needs for so many documents; peers of one module share their input."""
        shared = self.root / f"input-{peer.module}"
        shared.mkdir(exist_ok=True)
        prepare = import_module(f"peers.{peer.module}").prepare
        for number in range(self._ready.get(shared, 0), count):
            prepare(self.documents[number], shared)
        self._ready[shared] = max(count, self._ready.get(shared, 0))
        (shared / OUT).mkdir(exist_ok=True)
        return shared

    def close(self) -> None:
        """End the peers that are set up."""
        while self.servers:
            self.servers.popitem()[1].stop()

    def check(self) -> dict[str, str]:
        """Have every peer make documents, and read them: who fails or leaves something out takes no part. Gives pages and sizes."""
        said = {}
        for peer in [*self.peers]:
            say(f"checking {peer.name} ({peer.form})")
            folder = self.folder(peer, min(TURN, len(self.documents)))
            started = time.monotonic()
            self.servers[peer.key] = Server(peer.key, folder)
            problem, what = self._check(peer)
            self.starts[peer.key] = time.monotonic() - started
            if problem:
                self.drop(peer, problem)
            else:
                said[peer.key] = what
        return said

    def drop(self, peer: Peer, problem: str) -> None:
        """Let a peer take no further part."""
        self.servers.pop(peer.key).stop()
        self.peers.remove(peer)
        self.absent[f"{peer.name} ({peer.form})"] = problem

    def _check(self, peer: Peer) -> tuple[str, str]:
        count = 1 if peer.slow else min(_CHECKED, len(self.documents))
        folder = self.folder(peer, count)
        for path in (folder / OUT).iterdir():
            path.unlink()
        try:
            self.servers[peer.key].make(range(count))
        except FailedError as error:
            return str(error), ""
        what = []
        for form in peer.form.split(","):
            for number in range(count):
                path = folder / OUT / f"{number:05}.{form}"
                lacking = missing(self.documents[number], path) if path.is_file() else ["the file"]
                if lacking:
                    return f"leaves out: {', '.join(lacking[:5])}", ""
            pages = shown(path).pages
            what.append(f"{f'{pages} pages, ' if pages else ''}{path.stat().st_size / 1000:.0f} kB")
        return "", "; ".join(what)
