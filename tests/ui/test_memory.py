"""Memory that the window has freed, as the system sees it."""

from __future__ import annotations

import platform
from pathlib import Path

import numpy as np
import pytest

from facelabel.ui import memory

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps holes")


def resident() -> float:
    """MB of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def test_holes_between_what_lives_on_are_given_back() -> None:
    blocks: list[np.ndarray | None] = [np.ones(50_000, dtype=np.uint8) for _ in range(2_000)]
    blocks[::2] = [None] * 1_000
    with_holes = resident()
    memory.give_back()
    assert with_holes - resident() > 30
    assert all(block is None or block.all() for block in blocks)
