"""Running an attack: the workspace is written, built in one format by a genplan of one's choice, and what was built is searched."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from attacks import Attack
from breach import breaches

FORMATS = ("pdf", "docx", "html")
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """What a build of an attack came to. `documents` are the kinds that a file was built of, `breached` files with what none may hold."""

    code: int
    said: str
    documents: frozenset[str]
    breached: tuple[str, ...]

    def breached_kinds(self) -> set[str]:
        """List the kinds of document that are breached; `index.html` stands for the page."""
        return {path.split("/")[-2] if "/" in path else path for path in self.breached}


def run(attack: Attack, root: Path, form: str, checkout: Path = CHECKOUT) -> Run:
    """Build an attack in a folder, which is made anew, with the genplan of a checkout."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    attack.write(root)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--format", form, "--jobs", "0"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=600,
    )
    built = frozenset(path.parent.name for path in (root / "output").rglob(f"*.{form}") if path.parent != root / "output")
    return Run(done.returncode, done.stderr + done.stdout, built, tuple(breaches(root)))
