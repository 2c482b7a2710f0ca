"""What the window does not need any more goes back to the system, all day long."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
_MMAP_THRESHOLD: Final = -3
_ARENAS: Final = 2
_LARGE: Final = 2**20
"""Bytes from which on a block is mapped by itself, and unmapped once it is free."""


def give_back() -> None:
    """Keep glibc from hoarding: by itself it gives every thread heaps of its own, and puts photos on them as soon as
    one was freed, where what lives longer holds their pages. Over a day the window grew by 23 MB an hour, with this by
    10 (``benchmarks/soak.py``). Other systems' allocators are left as they are.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # Linux without glibc.
        return
    mallopt(_ARENA_MAX, _ARENAS)
    mallopt(_MMAP_THRESHOLD, _LARGE)
