"""`genplan build --watch`: builds again whenever a file is saved, with the same workers."""

import os
import sys
import time
from pathlib import Path

import click
import watchfiles

from genplan import api, resources
from genplan.cli.building import build
from genplan.cli.console import Console
from genplan.cli.terminal import painted
from genplan.messages import a_few, msg
from genplan.workspace.session import display_name
from genplan.workspace.workspace import find_workspace

_SETTLE = 80
"""Milliseconds during which further changes are combined with the first, since editors save in several steps."""
_STEP = 20
_SHOWN = 5
_CLEAR = "\033[2J\033[1;1H"
"""Clears the screen; supported by every terminal with colours."""


def keep_building(console: Console, request: api.Request, workers: api.WorkerManager) -> None:
    """Build, then build again after every change, until interrupted. Errors are shown until they are fixed."""
    code = build(console, request, workers)
    folders, output = _watched(request)
    console.say(msg("watching; stop with Ctrl-C"))
    for changes in watchfiles.watch(*folders, watch_filter=_Filter(output), debounce=_SETTLE, step=_STEP, raise_interrupt=True):
        if sys.stderr.isatty():
            click.echo(_CLEAR, nl=False, file=painted())
        console.say(msg("changed: {files}", files=a_few(sorted({display_name(Path(path)) for _, path in changes}), _SHOWN)))
        started = time.monotonic()
        before, code = code, build(console, request, workers)
        if code == 0:
            console.say(msg("fixed: no errors left") if before else msg("no errors"))
        console.say(msg("took {seconds} s; watching", seconds=f"{time.monotonic() - started:.2f}"))


def _watched(request: api.Request) -> tuple[list[Path], Path | None]:
    """List the folders to watch: the workspace, those of the given plans, and the built-in theme; and the folder to ignore."""
    start = Path(os.path.realpath(request.plans[0])) if request.plans else Path.cwd()
    workspace, _ = find_workspace(start)
    folders = [workspace.root] if workspace else []
    folders += [path if path.is_dir() else path.parent for path in map(Path.absolute, request.plans)]
    folders.append(resources.templates())
    real = dict.fromkeys(Path(os.path.realpath(folder)) for folder in folders)
    outermost = [folder for folder in real if not any(other != folder and folder.is_relative_to(other) for other in real)]
    return outermost, None if request.url else Path(os.path.realpath(request.folder(workspace)))


class _Filter(watchfiles.DefaultFilter):
    """Ignores files written by builds, temporary files of editors and office programs, and hidden folders."""

    def __init__(self, output: Path | None) -> None:
        super().__init__(ignore_paths=[output] if output else [])

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        return not os.path.basename(path).startswith(("~$", ".")) and super().__call__(change, path)  # noqa: PTH119 - faster
