"""One build at a time at a URL, as far as a store lets builds see each other: an object that says who builds, renewed while they do.

Nobody's clock counts but the watch of the one who waits.
"""

import json
import os
import platform
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from genplan.messages import msg
from genplan.storage.output_lock import OutputInUseError
from genplan.storage.processes import memory_of
from genplan.storage.remote import Remote

NAME = ".genplan/lock.json"
_RENEWED = 30.0
"""Seconds after which the object is renewed."""
_DEAD = 150.0
"""Seconds without renewal after which a build counts as dead."""
_LOOK = 2.0


@contextmanager
def hold_lease(store: Remote, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold a store; `waiting` is called before waiting for another build to end.

    Raises:
        OutputInUseError: another build holds it, and `waiting` is None; the message says who.
        OSError: the store cannot be written.
    """
    mine = secrets.token_hex(8)
    _acquire(store, mine, waiting)
    done = Event()
    keeper = Thread(target=_renew, args=(store, mine, done), name="genplan lock", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join(_LOOK)
        with suppress(OSError):
            if _owner(store).get("key") == mine:
                store.remove([NAME])


def _acquire(store: Remote, mine: str, waiting: Callable[[], None] | None) -> None:
    seen, since, told = None, time.monotonic(), False
    while not store.create(NAME, _saying(mine, 0)):
        owner = _owner(store)
        if owner != seen:
            seen, since = owner, time.monotonic()
        if _ended(owner) or time.monotonic() - since > _DEAD:
            store.put(NAME, _saying(mine, 0))
            time.sleep(_LOOK if owner else 0)  # another that waits may take it over at the same time: the last one has it
            if _owner(store).get("key") == mine:
                return
            continue
        if waiting is None:
            raise OutputInUseError(_described(owner))
        if not told:
            waiting()
            told = True
        time.sleep(_LOOK)


def _renew(store: Remote, mine: str, done: Event) -> None:
    count = 0
    while not done.wait(_RENEWED):
        count += 1
        with suppress(OSError):
            store.put(NAME, _saying(mine, count))


def _saying(key: str, count: int) -> bytes:
    return json.dumps({"key": key, "host": platform.node(), "process": os.getpid(), "renewed": count}).encode()


def _owner(store: Remote) -> dict[str, object]:
    with suppress(ValueError):
        owner = json.loads(store.read(NAME) or b"{}")
        return owner if isinstance(owner, dict) else {}
    return {}


def _ended(owner: dict[str, object]) -> bool:
    """Return whether a build of this machine has ended without letting go, or whoever holds the store let go just now."""
    process = owner.get("process")
    return not owner or (owner.get("host") == platform.node() and isinstance(process, int) and not memory_of(process))


def _described(owner: dict[str, object]) -> str:
    return msg(
        "process {process} on {host}, which renewed its lock {times} times",
        process=owner.get("process", "?"),
        host=owner.get("host", "?"),
        times=owner.get("renewed", "?"),
    )
