"""Write requirements/*.txt: every package that is installed, with its version and the hashes of its files, resolved from pyproject.toml.

Run: `make lock` keeps versions that still fit, `make lock UPGRADE=1` takes the newest (by uv, of the extra `lock`, with the network).
`--check` needs neither: it fails where pyproject.toml has changed since.

One resolution holds for every platform and Python that genplan runs on. Each file lists what its layer adds to the layers that it is
installed with (`stack`). They are pip's own format: `pip install --no-deps --require-hashes -r requirements/build.txt`.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = "requirements"
LAYERS: dict[str, tuple[str, ...]] = {
    "build": ("word", "protect", "typst", "preview", "lsp"),
    "scale": ("s3", "dask"),
    "test": ("test",),
    "bench": ("bench",),
    "lock": ("lock",),
    "docs": ("docs",),
}
"""The extras of pyproject.toml that each layer adds. The first layer also has the dependencies, and those for building the package."""
ALONE = {"docs"}
"""Layers installed with the first alone; the others stand on all before them."""
OLDEST = re.compile(r">=\s*(3\.\d+)")
HEAD = """\
# Made from pyproject.toml by `make lock`; do not edit. Adds {what}.
# requirements: sha256:{digest}
"""


def stack(layer: str) -> list[str]:
    """Return the layers that are installed with a layer: those it stands on, and itself last."""
    names = list(LAYERS)
    return [names[0], layer] if layer in ALONE else [name for name in names[: names.index(layer) + 1] if name not in ALONE]


def requirements(project: Mapping[str, Any], layers: Sequence[str]) -> list[list[str]]:
    """List the requirements in pyproject.toml of these layers, the first among them, layer by layer."""
    extras = project["project"]["optional-dependencies"]
    asked = [[requirement for extra in LAYERS[name] for requirement in extras[extra]] for name in layers]
    return [[*project["build-system"]["requires"], *project["project"]["dependencies"]], *asked]


def digest(project: Mapping[str, Any], layer: str) -> str:
    """Return the hash of everything that determines a layer's file, except for available releases."""
    asked = [project["project"]["requires-python"], *requirements(project, stack(layer))]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def blocks(text: str) -> Iterator[str]:
    """Split a resolution into its packages: a line that names one, with the lines of hashes and comments that belong to it."""
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[:1].strip() and not line.startswith("#"):
            if block:
                yield "".join(block)
            block = []
        block.append(line)
    if block:
        yield "".join(block)


def resolve(asked: Sequence[str], python: str, kept: str, constraints: str = "") -> str:
    """Resolve requirements for every platform. Versions in `kept` are taken where they fit, those in `constraints` in any case."""
    with tempfile.TemporaryDirectory() as folder:
        out, fixed = Path(folder) / "out.txt", Path(folder) / "fixed.txt"
        out.write_text(kept, encoding="utf-8")
        fixed.write_text(constraints, encoding="utf-8")
        options = ["--universal", "--python-version", python, "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
        command = ["uv", "pip", "compile", "-", "--quiet", *options, "--constraint", str(fixed), "--output-file", str(out)]
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        subprocess.run(command, input="\n".join(asked), env={**os.environ, "PATH": path}, encoding="utf-8", check=True)
        return out.read_text("utf-8")


def write(folder: Path, project: Mapping[str, Any], *, upgrade: bool) -> None:
    """Resolve all layers together, then each layer with those it stands on from the same versions, and write what it adds."""
    files = {layer: folder / f"{layer}.txt" for layer in LAYERS}
    oldest = OLDEST.search(project["project"]["requires-python"])
    assert oldest, "requires-python names no oldest version"
    python = oldest[1]
    kept = "" if upgrade else "".join(path.read_text("utf-8") for path in files.values() if path.exists())
    everything = [requirement for part in requirements(project, list(LAYERS)) for requirement in part]
    whole = resolve(everything, python, kept)
    found: dict[str, list[str]] = {}
    for layer, path in files.items():
        asked = [requirement for part in requirements(project, stack(layer)) for requirement in part]
        found[layer] = list(blocks(resolve(asked, python, whole, whole)))
        before = {block for name in stack(layer)[:-1] for block in found[name]}
        text = "".join(block for block in found[layer] if block not in before)
        what = f"what `{layer}` needs" + (f" (extras {', '.join(LAYERS[layer])})" if LAYERS[layer] else "")
        folder.mkdir(exist_ok=True)
        path.write_text(HEAD.format(what=what, digest=digest(project, layer)) + text, encoding="utf-8")


def outdated(folder: Path, project: Mapping[str, Any]) -> list[str]:
    """Return the layers whose file does not match the current pyproject.toml."""

    def current(layer: str) -> bool:
        path = folder / f"{layer}.txt"
        return path.exists() and f"# requirements: sha256:{digest(project, layer)}\n" in path.read_text("utf-8")

    return [layer for layer in LAYERS if not current(layer)]


def main(arguments: Sequence[str]) -> int:
    """Write the files, or check them."""
    folder = ROOT / FOLDER
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    if "--check" not in arguments:
        write(folder, project, upgrade="--upgrade" in arguments)
        return 0
    old = outdated(folder, project)
    for layer in old:
        print(f"{FOLDER}/{layer}.txt is not made from what pyproject.toml says now: run `make lock`")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
