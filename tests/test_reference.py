"""The reference in docs/ and the schema are those of the code."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_generated_reference_is_up_to_date():
    run = subprocess.run([sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout
