"""Processes of this machine."""

import sys

import psutil

_SHARE = 4
"""A copy holds what this process holds, and counts it: it may be no more than one of so many parts of its budget."""


def memory_of(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def may_be_copied(budget: int) -> bool:
    """Return whether a fork of this process can do work in a budget of bytes.

    It can on Linux, where this process has no second thread, whose locks would be held for ever in the copy, and holds little itself.
    """
    if sys.platform != "linux":
        return False
    try:
        this = psutil.Process()
        return bool(this.num_threads() == 1 and _SHARE * this.memory_info().rss <= budget)
    except psutil.Error:
        return False
