"""What helps where a file cannot be written, by what the system says of it."""

import errno

_ELSEWHERE = "or write somewhere else"
_ROOM = "make room on the disk, then build again"
_RIGHTS = f"give yourself the right to write there, {_ELSEWHERE}"
_DISK = f"the disk, or the way to it, fails: look it over, {_ELSEWHERE}"
_OPEN_FILES = "raise the limit of open files (ulimit -n), or build with fewer --jobs"
_BUSY = "close the program that holds the file, then build again"
_IN_THE_WAY = "something else has this name, or that of a folder on the way: move it, then build again"
_NETWORK = "see that the network's disk is connected, mount it again if need be, then build again"
_NAME = "this disk does not take such a name or path: write to a folder with a shorter path, or on another disk"
_OTHER = f"mend what the message names, {_ELSEWHERE}"

_CURES = {
    "ENOSPC": _ROOM,
    "EDQUOT": "your share of the disk is used up: delete files of yours or have the quota raised, then build again",
    "EFBIG": "the disk, or a limit (ulimit -f), takes no file of this size: raise the limit, or write to another disk",
    "EACCES": _RIGHTS,
    "EPERM": f"the folder or what stands there is protected, or somebody else's: change that, {_ELSEWHERE}",
    "EROFS": f"the disk is mounted for reading only: mount it for writing, {_ELSEWHERE}",
    "EIO": _DISK,
    "ENXIO": _DISK,
    "ENODEV": _DISK,
    "EUCLEAN": _DISK,
    "ESTALE": _NETWORK,
    "ENOTCONN": _NETWORK,
    "ETIMEDOUT": _NETWORK,
    "EHOSTDOWN": _NETWORK,
    "EHOSTUNREACH": _NETWORK,
    "ENETUNREACH": _NETWORK,
    "ECONNRESET": _NETWORK,
    "ENOLCK": _NETWORK,
    "EMFILE": _OPEN_FILES,
    "ENFILE": "end programs that hold many files open, or have the system's limit of open files raised, then build again",
    "ENOMEM": "end other programs, or build with fewer --jobs",
    "EBUSY": _BUSY,
    "ETXTBSY": _BUSY,
    "EAGAIN": _BUSY,
    "ENAMETOOLONG": _NAME,
    "EILSEQ": _NAME,
    "EINVAL": _NAME,
    "EEXIST": _IN_THE_WAY,
    "EISDIR": _IN_THE_WAY,
    "ENOTDIR": _IN_THE_WAY,
    "ENOTEMPTY": _IN_THE_WAY,
    "ENOENT": "the folder is gone: see what removes it, then build again",
    "ELOOP": "links on the way to it lead in a circle: mend them, then build again",
    "EMLINK": "the folder takes no further folders: write to another",
    "EXDEV": "a folder inside the output is a disk of its own: mount the whole output folder there instead",
}
"""The system's names of errors; not every system has each."""
_BY_NUMBER = {getattr(errno, name): advice for name, advice in _CURES.items() if hasattr(errno, name)}
_HELD_OPEN = {32, 33}
"""What Windows says, besides a lack of rights, where another program holds a file open."""


def advice_for(error: OSError) -> str:
    """Describe what to do; for what the table does not know, to mend what the system says."""
    if getattr(error, "winerror", None) in _HELD_OPEN:
        return _BUSY
    return _BY_NUMBER.get(error.errno or 0, _OTHER)
