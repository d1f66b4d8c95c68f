"""No message is without a translation, and the whole command speaks the language that is asked for."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_up_to_date() -> None:
    ran = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout[-3000:]
