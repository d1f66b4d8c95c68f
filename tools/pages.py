"""Do what a page of docs/ says: write the files it shows, and run its commands, in order, in a folder.

A block of a page counts by its language and by the comment on the line before it:

    <!-- file: plans/NAME.md -->     the block is that file, and replaces it
    <!-- exit: 1 -->                 the commands of the block end with this code
    <!-- not run: WHY -->            the block is only looked at
    ```sh                            commands; those of package managers and the like are left to the reader
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?:^ *<!-- (file|exit|not run): (.+?) -->\n)?^( *)```(\w*)[^\n]*\n(.*?)^\3```", re.MULTILINE | re.DOTALL)
READERS_OWN = re.compile(
    r"^ *(sudo |apt|brew|winget|pip |pipx |uv |podman|docker|git |crontab|systemctl|schtasks|setx|make |tools/|\.venv)"
)
"""Commands that change the machine."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of code. `mark` is the kind of its comment ("" if it has none) and `value` what the comment says."""

    mark: str
    value: str
    language: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """Read the blocks of a page."""
    for mark, value, indent, language, text in BLOCK.findall(page):
        yield Block(mark, value, language, re.sub(f"^{indent}", "", text, flags=re.MULTILINE))


def commands(block: Block) -> str:
    """Return the commands of a block that are run, "" if there are none."""
    lines = [] if block.mark == "not run" or block.language != "sh" else block.text.replace("\\\n", " ").splitlines()
    return "\n".join(line for line in lines if line.strip() and not READERS_OWN.match(line))


def play(page: str, folder: Path) -> list[str]:
    """Do what a page says, and return what went otherwise than it says."""
    wrong, place = [], folder
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for block in blocks(page):
        if block.mark == "file":
            (place / block.value).parent.mkdir(parents=True, exist_ok=True)
            (place / block.value).write_text(block.text, "utf-8")
        script = commands(block)
        if not script:
            continue
        where = folder / ".where"
        run = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", f"trap 'pwd >{where}' EXIT\n{script}"],
            cwd=place,
            env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        place = Path(where.read_text("utf-8").strip())
        expected = int(block.value) if block.mark == "exit" else 0
        if run.returncode != expected:
            wrong.append(f"{script}\n  ended with {run.returncode}, not {expected}:\n{run.stdout}{run.stderr}")
    return wrong
