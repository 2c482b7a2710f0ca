"""What the window does not need any more goes back to the system, all day long."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from typing import Final

_ARENA_MAX: Final = -8
_MMAP_THRESHOLD: Final = -3
_ARENAS: Final = 2
_LARGE: Final = 2**20
"""Bytes from which on a block is mapped by itself, and unmapped once it is free."""


def keep_few_heaps() -> None:
    """Keep glibc from hoarding: by itself it gives every thread heaps of its own, and puts photos on them as soon as
    one was freed, where what lives longer holds their pages (``benchmarks/soak.py``). Other systems' allocators are
    left as they are."""
    if (glibc := _glibc()) is not None:
        glibc.mallopt(_ARENA_MAX, _ARENAS)
        glibc.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back the holes between blocks that live longer, which glibc keeps: it takes a millisecond or two."""
    if (glibc := _glibc()) is not None:
        glibc.malloc_trim(0)


@lru_cache(maxsize=1)
def _glibc() -> ctypes.CDLL | None:
    """None on other systems, and on Linux with another allocator."""
    if not sys.platform.startswith("linux"):
        return None
    known = ctypes.CDLL(None)
    return known if hasattr(known, "mallopt") and hasattr(known, "malloc_trim") else None
