"""What a process writes on its board is read as it was written, messages with what they are made of."""

from genplan.execution import board
from genplan.messages import listing, msg


def test_a_message_is_read_as_a_message() -> None:
    shared = board.new()
    text = listing((msg("laying out the PDF"), msg("line {line} of {template}", line=3, template="a.j2")), ": ")
    board.write(shared, text)
    read = board.read(shared)
    assert read == "laying out the PDF: line 3 of a.j2"
    assert read.parts[1].values == {"line": "3", "template": "a.j2"}


def test_what_is_too_long_is_left_out() -> None:
    shared = board.new()
    board.write(shared, "short")
    board.write(shared, "x" * 5000)
    assert board.read(shared) == "short"


def test_a_board_that_is_half_written_says_nothing() -> None:
    shared = board.new()
    assert board.read(shared) == ""
    shared.value = b'{"msgid": "layi'
    assert board.read(shared) == ""
    shared.value = b'{"msgid": "laying out"}'
    assert board.read(shared) == ""
