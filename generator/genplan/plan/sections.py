"""The prose of a plan, parted at its headings."""

import re
from dataclasses import dataclass

from genplan.diagnostics import Span

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Section:
    """Markdown under one heading; the heading is empty for what stands before the first.

    `line` is the line of its `file` the heading (or the text) stands on, `start` the first line of the text.
    """

    heading: str
    markdown: str
    line: int
    start: int
    file: str

    @property
    def span(self) -> Span:
        """Where its heading stands."""
        return Span(self.file, self.line, 1)


def parse_sections(body: str, first_line: int, level: int = 1, file: str = "") -> tuple[Section, ...]:
    """Part Markdown at its headings of a level, those in fenced code excepted; empty parts before the first heading are left out."""
    parts: list[tuple[str, list[str], int, int]] = [("", [], first_line, first_line)]
    fence: str | None = None
    for number, line in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and mark[1].startswith(fence or "") and not mark[2].strip():
            fence = None
        heading = _HEADING.fullmatch(line) if fence is None else None
        if heading and len(heading[1]) == level:
            parts.append((heading[2], [], number, number + 1))
        else:
            parts[-1][1].append(line)
    sections = (_section(*part, file) for part in parts)
    return tuple(s for s in sections if s.heading or s.markdown.strip())


def _section(heading: str, lines: list[str], line: int, start: int, file: str) -> Section:
    blank = next((at for at, text in enumerate(lines) if text), 0)
    return Section(heading, "\n".join(lines).strip("\n"), line, start + blank, file)
