"""Markdown files that open with YAML front matter."""

from dataclasses import dataclass

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.messages import msg
from genplan.source.yaml import Mapping, parse

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two parts of such a file; `body_line` is the line its prose starts on."""

    data: Mapping
    body: str
    body_line: int


def split(text: str, file: str) -> Outcome[FrontMatter | None]:
    """Part the front matter from the prose and read it.

    Finds GP003 (no front matter, or not a mapping), GP004 (not closed) and what reading YAML finds.
    """
    lines = text.split("\n")
    if not has_front_matter(text):
        advice = msg("start the file with a line `---`, the plan's data, and another line `---`")
        return Outcome(None, [diagnose("GP003", Span(file, 1, 1), msg("the file does not start with front matter"), help=advice)])
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        advice = msg("add a line `---` after the plan's data")
        return Outcome(None, [diagnose("GP004", Span(file, 1, 1, 4), msg("the front matter is not closed"), help=advice)])
    data, diagnostics = read_data("\n".join(lines[1:end]), file, 2, msg("the front matter has no keys"))
    if data is None:
        return Outcome(None, diagnostics)
    return Outcome(FrontMatter(data, "\n".join(lines[end + 1 :]), end + 2), diagnostics)


def has_front_matter(text: str) -> bool:
    """Return whether a text opens with the line that begins front matter."""
    return text.partition("\n")[0].rstrip() == _FENCE


def read_data(text: str, file: str, first_line: int = 1, empty: str = msg("the file has no keys")) -> Outcome[Mapping | None]:
    """Read the data of a plan, which may have a file of its own; `empty` is the message if there are none.

    Finds GP003 (no keys) and what reading YAML finds.
    """
    node, diagnostics = parse(text, file, first_line=first_line)
    if diagnostics:
        return Outcome(None, diagnostics)
    if not isinstance(node, Mapping):
        return Outcome(None, [diagnose("GP003", Span(file, first_line, 1), empty, help=msg("write `key: value` lines"))])
    return Outcome(node, [])
