"""Files that are small and cost much to read are refused, or read within bounds, each in a process of its own that has these limits."""

import subprocess
import sys
from pathlib import Path

import pytest
from bombs import FORMS, LISTS, TABLES, WORKBOOKS

SECONDS, MEBIBYTES = 20, 700
"""Of CPU, and of address space, of which Python and its libraries take a third before anything is read."""

READ = f"""
import resource, sys
from pathlib import Path
kind, path = sys.argv[1:]
from generator.results.readers import read_table
from generator.results.word_fields import read_fields
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEBIBYTES} * 2**20,) * 2)
data = Path(path).read_bytes()
value, found = read_fields(data, "x.docx") if kind == "docx" else read_table(data, "x." + kind)
print("read" if value is not None else "refused", *sorted({{each.code for each in found}}))
"""

BOMBS = [
    (kind, name, make)
    for kind, bombs in (("xlsx", WORKBOOKS), ("csv", TABLES), ("yml", LISTS), ("docx", FORMS))
    for name, make in bombs.items()
]


@pytest.mark.parametrize(("kind", "name", "make"), BOMBS, ids=[f"{kind}-{name}" for kind, name, _ in BOMBS])
def test_reading_is_bounded(kind: str, name: str, make, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(make())
    run = subprocess.run([sys.executable, "-c", READ, kind, str(path)], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, (name, run.returncode, run.stderr[-300:])
    assert run.stdout.startswith(("refused GP", "read"))
