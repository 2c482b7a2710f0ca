"""The installed PySide6 itself: a defect there ends the window in the middle of somebody's work."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPainterPath

CALLS = 300


def test_a_call_that_returns_nothing_loses_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 does, and after some thousand calls the interpreter aborts: a face or two."""
    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        path.moveTo(1.0, 2.0)
    assert sys.getrefcount(None) > before - CALLS // 2
