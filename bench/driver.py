"""The process that a peer is measured in.

python driver.py serve FOLDER PEER                   make the documents that each line of input lists, and say what they took
python driver.py whole FOLDER PEER COUNT WORKERS     make documents 0 to COUNT - 1 in so many processes
"""

import json
import multiprocessing
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

import psutil
from peers import OUT, Peer, find


def session(peer: Peer, folder: Path):  # noqa: ANN201 - a context manager of the peer's
    """Set a peer up."""
    return import_module(f"peers.{peer.module}").session(folder, peer.form, **peer.options)


def children_cpu() -> float:
    """Give the CPU seconds of all that this process started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for process in psutil.Process().children(recursive=True):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def serve(peer: Peer, folder: Path) -> None:
    """Answer one line of numbers after the other with seconds of CPU and of the clock.

    Finding the children takes milliseconds of CPU itself, so that this process's own is read after that before, and before that after.
    """
    with session(peer, folder) as make:
        for line in sys.stdin:
            numbers = json.loads(line)
            children = children_cpu()
            own, started = time.process_time(), time.perf_counter()
            make(numbers)
            own, taken = time.process_time() - own, time.perf_counter() - started
            print(json.dumps([own + children_cpu() - children, taken]), flush=True)


def make_all(peer: Peer, folder: Path, numbers: list[int]) -> None:
    """Make documents in this process."""
    with session(peer, folder) as make:
        make(numbers)


def whole(peer: Peer, folder: Path, count: int, workers: int) -> None:
    """Make documents in so many processes, each of which sets the peer up for itself."""
    shares = [list(range(start, count, workers)) for start in range(workers)]
    if workers == 1:
        make_all(peer, folder, shares[0])
        return
    processes = [multiprocessing.Process(target=make_all, args=(peer, folder, share)) for share in shares if share]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit(1)


def main() -> None:
    command, folder, key, *numbers = sys.argv[1:]
    peer, place = find(key), Path(folder)
    (place / OUT).mkdir(exist_ok=True)
    if command == "serve":
        serve(peer, place)
    else:
        whole(peer, place, *map(int, numbers))


if __name__ == "__main__":
    main()
