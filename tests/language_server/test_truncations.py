"""Nothing that is typed ends the server: every beginning of a plan, with a place anywhere in it, gets an answer."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genplan.language_server.completion import complete
from genplan.language_server.definition import define, symbols
from genplan.language_server.hover import explain
from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Position
from genplan.language_server.tree import spots
from genplan.source.frontmatter import split
from genplan.source.yaml import Mapping, Node, Scalar

ROOT = Path(__file__).parents[2]
PLANS = [*sorted((ROOT / "plans").glob("*.md")), *sorted((ROOT / "generator/genplan/samples/company/plans").glob("*.md"))]
STEP = 97
"""Characters between two truncations of a plan."""
PIECES = ["---\n", "\n", "  ", "- ", "计分", "scoring", ": ", ":", "{", "}", "[", "]", ",", '"', "'", "#", " #", "|", ">", "\t"]
PIECES += ["方法: 层差法", "assesses", "duties", "name", "extends: _x.md", "\\", "\0", "\ud800", "😀", "*", "&a", "<<", "? ", "a" * 300]


def ask_everything(text: str, positions: list[Position], path: Path = Path("plan.md")) -> None:
    plan = PlanText(path, text)
    symbols(plan)
    for position in positions:
        for offer in complete(plan, position):
            assert offer.place.line == position.line
            assert offer.place.start <= position.column <= offer.place.end
        explain(plan, position)
        define(plan, position)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_every_beginning_of_a_plan_gets_answers(path: Path):
    text = path.read_text("utf-8")
    for length in range(0, len(text), STEP):
        lines = text[:length].split("\n")
        ask_everything(text[:length], [Position(len(lines) - 1, len(lines[-1]))], path)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join), st.integers(0, 20), st.integers(0, 40))
@example("---\n{", 1, 1)
def test_any_text_gets_answers(text: str, line: int, column: int):
    for path in (Path("plan.md"), Path("plan.yml")):
        lines = PlanText(path, text).lines
        ask_everything(text, [Position(min(line, len(lines) - 1), min(column, len(lines[min(line, len(lines) - 1)])))], path)


def keys_of(node: Node) -> list[tuple[str, int, int]]:
    """List the keys of a plan that was read properly, with their lines and columns."""
    if isinstance(node, Mapping):
        own = [(key.value, key.span.line - 1, key.span.column - 1) for key, _ in node.entries]
        return own + [each for _, value in node.entries for each in keys_of(value)]
    return [] if isinstance(node, Scalar) else [each for item in node.items for each in keys_of(item)]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_a_sound_plan_has_the_keys_that_its_reader_finds(path: Path):
    text = path.read_text("utf-8")
    parts = split(text, path.name).value
    found = [spot.what for spot in spots(PlanText(path, text).tree) if hasattr(spot.what, "key")]
    assert sorted((each.key, each.place.line, each.place.start) for each in found) == sorted(keys_of(parts.data))


def test_long_lines_are_read_in_time():
    for piece in ("a", " ", "{", "[", "a: ", '"', "'", "- ", " #", "\\"):
        ask_everything(f"---\n{piece * 50_000}", [Position(1, 10)])
