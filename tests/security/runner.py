"""Running an attack: the workspace is written, built in all formats, and what was built is searched."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from attacks import Attack
from breach import breaches
from warm import Ran

FORMATS = ("pdf", "docx", "html")


@dataclass(frozen=True)
class Run:
    """What a build of an attack came to. `breached` are files with what none may hold."""

    code: int
    said: str
    breached: tuple[str, ...]


def run(attack: Attack, root: Path, genplan: Callable[..., Ran]) -> Run:
    """Build an attack in a folder, which is made anew."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    attack.write(root)
    done = genplan(root, "build", "--format", ",".join(FORMATS), "--jobs", "0")
    return Run(done.code, done.said, tuple(breaches(root)))
