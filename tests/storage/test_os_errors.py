"""What helps where a file cannot be written depends on why: room is to be made only where there is none."""

import errno
import os

import pytest

from genplan.storage.atomic_files import unwritable
from genplan.storage.os_errors import advice_for

HELPS = {
    "ENOSPC": "make room on the disk",
    "EDQUOT": "your share of the disk is used up",
    "EFBIG": "takes no file of this size",
    "EIO": "the disk, or the way to it, fails",
    "EACCES": "give yourself the right to write there",
    "EPERM": "is protected, or somebody else's",
    "EROFS": "mounted for reading only",
    "ENAMETOOLONG": "a shorter path",
    "EMFILE": "the limit of open files",
    "ENFILE": "the system's limit of open files",
    "ENOMEM": "end other programs",
    "ESTALE": "the network's disk",
    "ETIMEDOUT": "the network's disk",
    "EBUSY": "close the program that holds the file",
    "ENOENT": "the folder is gone",
    "ENOTDIR": "something else has this name",
    "EISDIR": "something else has this name",
    "EEXIST": "something else has this name",
    "ELOOP": "in a circle",
    "EXDEV": "a disk of its own",
}


@pytest.mark.parametrize("name", HELPS)
def test_the_cure_names_the_cause(name: str) -> None:
    number = getattr(errno, name)
    found = unwritable("output/file", OSError(number, os.strerror(number)))
    assert found.code == "GP702"
    assert found.message == f"cannot be written: {os.strerror(number)}"
    assert HELPS[name] in found.help
    assert ("room" in found.help) == (name == "ENOSPC")


@pytest.mark.parametrize("error", [OSError(), OSError("odd"), OSError(9999, "odd"), OSError(errno.ECHILD, "odd")])
def test_what_is_not_in_the_table_has_a_cure_too(error: OSError) -> None:
    assert "room" not in advice_for(error)
    assert "mend what the message names" in advice_for(error)
    assert unwritable("file", error).message.startswith("cannot be written: ")


def test_windows_says_that_another_program_has_the_file_by_a_number_of_its_own() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32
    assert "close the program" in advice_for(error)
