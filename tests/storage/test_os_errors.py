"""What helps where a file cannot be written depends on why: room is to be made only where there is none."""

import errno
import os

import pytest

from genplan.storage.atomic_files import unwritable
from genplan.storage.os_errors import advice_for

HELPS = {
    "ENOSPC": "free up disk space",
    "EDQUOT": "your disk quota is used up",
    "EFBIG": "does not allow files of this size",
    "EIO": "the disk or its connection is failing",
    "EACCES": "give yourself write permission there",
    "EPERM": "is protected, or belongs to someone else",
    "EROFS": "mounted read-only",
    "ENAMETOOLONG": "a shorter path",
    "EMFILE": "the limit of open files",
    "ENFILE": "the system's limit of open files",
    "ENOMEM": "end other programs",
    "ESTALE": "the network drive",
    "ETIMEDOUT": "the network drive",
    "EBUSY": "close the program that has the file open",
    "ENOENT": "the folder no longer exists",
    "ENOTDIR": "another file has this name",
    "EISDIR": "another file has this name",
    "EEXIST": "another file has this name",
    "ELOOP": "a loop of links",
    "EXDEV": "is a separate disk",
}


@pytest.mark.parametrize("name", HELPS)
def test_the_cure_names_the_cause(name: str) -> None:
    number = getattr(errno, name)
    found = unwritable("output/file", OSError(number, os.strerror(number)))
    assert found.code == "GP702"
    assert found.message == f"cannot be written: {os.strerror(number)}"
    assert HELPS[name] in found.help
    assert ("free up" in found.help) == (name == "ENOSPC")


@pytest.mark.parametrize("error", [OSError(), OSError("odd"), OSError(9999, "odd"), OSError(errno.ECHILD, "odd")])
def test_what_is_not_in_the_table_has_a_cure_too(error: OSError) -> None:
    assert "free up" not in advice_for(error)
    assert "fix what the message names" in advice_for(error)
    assert unwritable("file", error).message.startswith("cannot be written: ")


def test_windows_says_that_another_program_has_the_file_by_a_number_of_its_own() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32
    assert "close the program" in advice_for(error)
