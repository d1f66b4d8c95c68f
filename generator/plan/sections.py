"""The prose of a plan, parted at its top-level headings."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Section:
    """Markdown under one top-level heading; the heading is empty for what stands before the first.

    `line` is the line of the file the heading (or the text) stands on.
    """

    heading: str
    markdown: str
    line: int


def parse_sections(body: str, first_line: int) -> tuple[Section, ...]:
    """Part Markdown at its `# headings`, those in fenced code excepted; empty parts before the first heading are left out."""
    parts: list[tuple[str, list[str], int]] = [("", [], first_line)]
    fence: str | None = None
    for number, line in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and mark[1].startswith(fence or "") and not mark[2].strip():
            fence = None
        heading = _HEADING.fullmatch(line) if fence is None else None
        if heading:
            parts.append((heading[1], [], number))
        else:
            parts[-1][1].append(line)
    sections = (Section(heading, "\n".join(lines).strip("\n"), line) for heading, lines, line in parts)
    return tuple(s for s in sections if s.heading or s.markdown.strip())
