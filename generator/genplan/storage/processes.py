"""Processes of this machine."""

import psutil


def memory_of(pid: int) -> int:
    """Give the bytes of memory that a process holds; 0 where it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
