"""The library of sample plans, and making plans of them."""

import re
from functools import cache
from pathlib import Path

from genplan import resources

_RESULTS = re.compile(r"^(results|考核结果|结果文件):.*\n((?:[ \t]+.*\n|[ \t]*-[ \t].*\n)*)", re.MULTILINE)
_ID = re.compile(r"^(id|标识):.*\n", re.MULTILINE)
_TITLE = re.compile(r"^(?:title|标题|方案名称): *(.+)$", re.MULTILINE)
_NUMBER = re.compile(r"^(?:number|文件编号|编号): *([^ #\n]+)", re.MULTILINE)


def sample_names() -> list[str]:
    """List the samples."""
    return sorted(path.stem for path in resources.samples().glob("*.md"))


def sample_title(name: str) -> str:
    """Return a sample's title."""
    match = _TITLE.search(sample_text(name))
    return match[1] if match else name


@cache
def sample_number(name: str) -> str | None:
    """Return a sample's document number."""
    match = _NUMBER.search(sample_text(name))
    return match[1] if match else None


def sample_text(name: str) -> str:
    """Return a sample as it stands."""
    return (resources.samples() / f"{name}.md").read_text("utf-8")


def sample_results(name: str) -> list[Path]:
    """List a sample's results files."""
    return sorted(path for path in (resources.samples() / "results" / name).glob("*") if path.is_file())


def new_plan(name: str, sample: str) -> str:
    """Make a plan of a sample: the same, without its id and its results, which the comment left in their place tells how to add."""
    text = _ID.sub("", sample_text(sample), count=1)
    hint = f"# results: results/{name}/*.csv   # add this line when results come in\n"
    return _RESULTS.sub(lambda _: hint, text, count=1)
