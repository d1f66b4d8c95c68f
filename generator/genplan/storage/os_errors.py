"""What helps where a file cannot be written, by what the system says of it."""

import errno

from genplan.messages import msg

_ROOM = msg("free up disk space, then build again")
_RIGHTS = msg("give yourself write permission there, or write to another folder")
_DISK = msg("the disk or its connection is failing: check it, or write to another folder")
_OPEN_FILES = msg("raise the limit of open files (ulimit -n), or build with fewer --jobs")
_BUSY = msg("close the program that has the file open, then build again")
_IN_THE_WAY = msg("another file has this name or that of a parent folder: move it, then build again")
_NETWORK = msg("check that the network drive is connected, remount it if needed, then build again")
_NAME = msg("this disk does not support the name or path: write to a folder with a shorter path, or on another disk")
_OTHER = msg("fix what the message names, or write to another folder")

_CURES = {
    "ENOSPC": _ROOM,
    "EDQUOT": msg("your disk quota is used up: delete some files or have the quota raised, then build again"),
    "EFBIG": msg("the disk, or a limit (ulimit -f), does not allow files of this size: raise the limit, or write to another disk"),
    "EACCES": _RIGHTS,
    "EPERM": msg("the folder or a file in it is protected, or belongs to someone else: change that, or write to another folder"),
    "EROFS": msg("the disk is mounted read-only: remount it for writing, or write to another folder"),
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
    "ENFILE": msg("end programs that have many files open, or have the system's limit of open files raised, then build again"),
    "ENOMEM": msg("end other programs, or build with fewer --jobs"),
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
    "ENOENT": msg("the folder no longer exists: find out what removes it, then build again"),
    "ELOOP": msg("its path contains a loop of links: fix it, then build again"),
    "EMLINK": msg("the folder cannot contain more folders: write to another one"),
    "EXDEV": msg("a folder inside the output folder is a separate disk: mount the whole output folder there instead"),
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
