"""What the operating system says is a message where it is known, and else stands as it is."""

import errno
import os

import pytest

from genplan.messages import reason
from genplan.messages.message import Message


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EMFILE])
def test_texts_are_those_of_the_system(number: int) -> None:
    said = reason(OSError(number, os.strerror(number)))
    assert isinstance(said, Message)
    assert said == os.strerror(number)


def test_a_text_of_its_own_is_kept() -> None:
    assert reason(OSError(errno.EIO, "disk I/O error")) == "disk I/O error"


@pytest.mark.parametrize(("error", "said"), [(OSError("odd"), "odd"), (OSError(), "OSError"), (OSError(9999, "new"), "new")])
def test_other_errors_say_what_they_have(error: OSError, said: str) -> None:
    assert reason(error) == said


def test_windows_says_it_in_its_own_language() -> None:
    error = OSError(errno.ENOENT, "系统找不到指定的文件。")
    error.winerror = 2
    assert reason(error) == "No such file or directory"
