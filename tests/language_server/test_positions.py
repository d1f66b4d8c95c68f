import pytest

from genplan.language_server.positions import UTF_8, UTF_16, UTF_32, column_of, lines_of, units_of

LINE = "权重: 𠮷a😀"


@pytest.mark.parametrize(
    ("encoding", "units"),
    [(UTF_16, [0, 1, 2, 3, 4, 6, 7, 9]), (UTF_8, [0, 3, 6, 7, 8, 12, 13, 17]), (UTF_32, [0, 1, 2, 3, 4, 5, 6, 7])],
)
def test_columns_are_counted_in_the_units_of_the_encoding(encoding, units):
    assert [units_of(LINE, column, encoding) for column in range(8)] == units
    assert [column_of(LINE, unit, encoding) for unit in units] == list(range(8))


@pytest.mark.parametrize("encoding", [UTF_8, UTF_16, UTF_32])
def test_what_is_behind_a_line_is_its_end(encoding):
    assert column_of("权", 99, encoding) == 1
    assert units_of("a", 99, encoding) == 1


def test_a_place_inside_a_character_is_before_it():
    assert column_of("😀", 1, UTF_16) == 0
    assert column_of("权", 2, UTF_8) == 0


def test_lines_end_where_editors_end_them():
    assert lines_of("\ufeffa\r\nb\rc\nd\u2028e\x0bf\x85g\n") == ["a", "b", "c", "d\u2028e\x0bf\x85g", ""]


def test_what_is_no_text_is_replaced():
    assert lines_of("a\0b\ud800") == ["a\ufffdb\ufffd"]
