"""A slice of the generated data sets: every kind, size, language and theme. `tools/proof.py` takes all 220 through the same functions."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from generated import FULL, THEMES, Case, indicator_count, make_case
from generated_words import LANGUAGES
from proof import JobResult, chosen, invalid, made, opened
from test_standards import BOTH, judged, kept
from test_validity import in_parallel

from genplan.writers.options import DEFAULTS, Options

EVERY = 19
"""The slice takes every nineteenth data set, and of its kinds every third, beginning with another from one to the next."""
KINDS = 3


@pytest.fixture(scope="session")
def slice_(tmp_path_factory: pytest.TempPathFactory, require_tool) -> list[JobResult]:
    """Documents of the slice, written and looked over; the first and every fourth data set as PDF/A-3a and PDF/UA-1."""
    for tool in ("pdftotext", "qpdf"):
        require_tool(tool)
    folder = tmp_path_factory.mktemp("generated")
    (folder / "documents").mkdir()
    done = []
    for place, number in enumerate(range(0, FULL, EVERY)):
        case = opened(make_case(number, folder / "cases" / str(number)))
        assert not case.findings
        orders = [
            order for at, order in enumerate(chosen(case)) if at % KINDS == (place + place // KINDS) % KINDS or order.kind.name == "report"
        ]
        options = DEFAULTS if place % 4 else Options(pdf_variant=BOTH)
        done += [made(case, order, folder / "documents", options) for order in orders]
    return done


def test_nothing_is_wrong_with_any(slice_: list[JobResult]) -> None:
    assert {(each.case, each.kind): each.findings for each in slice_ if each.findings} == {}


@pytest.mark.parametrize(
    ("number", "kind"), [(3, "improvement"), (41, "scheme"), (82, "summary"), (106, "scheme"), (136, "summary"), (219, "scheme")]
)
def test_what_was_once_wrong_is_right(tmp_path: Path, require_tool: Callable[[str], str], number: int, kind: str) -> None:
    """A full-width space at a line's end; a heading, a name or a title left alone by what is taller than a page; one dot of a leader."""
    for tool in ("pdftotext", "qpdf"):
        require_tool(tool)
    case = opened(make_case(number, tmp_path / "case"))
    order = next(order for order in chosen(case) if order.kind.name == kind)
    assert made(case, order, tmp_path, DEFAULTS).findings == ()


def test_word_files_pass_the_open_xml_sdk(slice_: list[JobResult], require_tool: Callable[[str], str]) -> None:
    validator = require_tool("ooxml-validator")
    one_of_each_kind = {each.kind: each.stem.with_suffix(".docx") for each in slice_}
    assert not in_parallel(lambda path: invalid(validator, path), [*one_of_each_kind.values()])


def test_what_claims_standards_keeps_them(slice_: list[JobResult], require_tool: Callable[[str], str]) -> None:
    claiming = [each for each in slice_ if each.claims]
    assert len(claiming) >= 10
    verdicts = judged(require_tool("verapdf"), *(each.stem.with_suffix(".pdf") for each in claiming))
    assert verdicts == {each.stem.with_suffix(".pdf"): kept(BOTH) for each in claiming}


def test_every_kind_is_in_the_slice_and_so_is_every_size(slice_: list[JobResult]) -> None:
    kinds = Counter(each.kind for each in slice_)
    assert len(kinds) == 13
    assert min(kinds.values()) >= 3
    counts = {indicator_count(each.case) for each in slice_}
    assert {1, 60} <= counts
    assert len(counts) > 10


def test_a_data_set_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    for number in (0, 58, FULL):
        one, other = (make_case(number, tmp_path / f"{name}-{number}") for name in ("one", "other"))
        assert {path.relative_to(one.root): path.read_bytes() for path in one.root.rglob("*") if path.is_file()} == {
            path.relative_to(other.root): path.read_bytes() for path in other.root.rglob("*") if path.is_file()
        }


def test_languages_and_themes_take_turns(tmp_path: Path) -> None:
    cases: list[Case] = [make_case(number, tmp_path / str(number)) for number in range(3 * len(THEMES))]
    assert {(case.language, case.theme) for case in cases} == {(language, theme) for language in LANGUAGES for theme in THEMES}
