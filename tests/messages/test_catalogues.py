"""No message is without a translation, and the whole command speaks the language that is asked for."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_up_to_date() -> None:
    ran = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]
