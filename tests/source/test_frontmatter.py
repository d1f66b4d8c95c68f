"""Front matter parted from prose, with the lines that both stand on."""

import pytest

from genplan.diagnostics import Diagnostic
from genplan.source.frontmatter import FrontMatter, split


def parts(text: str) -> FrontMatter:
    held, found = split(text, "plan.md")
    assert found == []
    assert held is not None
    return held


def problem(text: str) -> Diagnostic:
    held, (found,) = split(text, "plan.md")
    assert held is None
    return found


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: 1\n---\n", "", 4),
        ("---\na: 1\n---", "", 4),
        ("---\na: 1\n---\n文\n---\n字\n", "文\n---\n字\n", 4),
        ("---  \na: 1\nb: 2\n--- \n\n文", "\n文", 5),
    ],
)
def test_prose_begins_below_the_second_line_of_hyphens(text: str, body: str, line: int) -> None:
    held = parts(text)
    assert (held.body, held.body_line) == (body, line)


def test_values_stand_on_the_lines_of_the_file() -> None:
    held = parts("---\na: 1\nb:\n  c: 2\n---\n")
    assert [(key.value, key.span.line, key.span.column) for key, _ in held.data.entries] == [("a", 2, 1), ("b", 3, 1)]


@pytest.mark.parametrize("text", ["", "a: 1\n", "\n---\na: 1\n---\n", " ---\na: 1\n---\n"])
def test_a_file_that_does_not_begin_with_front_matter(text: str) -> None:
    found = problem(text)
    assert (found.code, found.span.file, found.span.line, found.span.column) == ("GP003", "plan.md", 1, 1)


@pytest.mark.parametrize("text", ["---", "---\n", "---\na: 1\n", "---\na: 1\n ---\n", "---\na: 1\n----\n"])
def test_front_matter_that_is_not_closed(text: str) -> None:
    found = problem(text)
    assert (found.code, found.span.line, found.span.column, found.span.end_column) == ("GP004", 1, 1, 4)


@pytest.mark.parametrize("text", ["---\n- a\n---\n", "---\njust words\n---\n"])
def test_front_matter_that_holds_no_keys(text: str) -> None:
    found = problem(text)
    assert (found.code, found.span.line, found.span.column) == ("GP003", 2, 1)


def test_what_yaml_finds_is_told_at_the_line_of_the_file() -> None:
    found = problem("---\na: 1\nb: &x 2\n---\n")
    assert (found.code, found.span.line) == ("GP102", 3)
