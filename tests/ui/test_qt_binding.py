"""The installed PySide6 itself: a defect there ends the window in the middle of somebody's work."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtGui import QPainterPath

import facelabel.ui

CALLS = 300


def test_a_call_that_returns_nothing_loses_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 does, and after some thousand calls the interpreter aborts: a face or two."""
    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        path.moveTo(1.0, 2.0)
    assert sys.getrefcount(None) > before - CALLS // 2


def test_no_item_of_a_layout_reaches_python() -> None:
    """A layout deletes its items without telling Python. The stale wrapper is then handed out for whatever Qt puts at
    that address next: QWizard, which rebuilds its layouts, crashed the window some pages later. Ask ``indexOf``,
    ``labelForField`` or the direct children instead."""
    (folder,) = facelabel.ui.__path__
    asks = re.compile(r"\.(itemAt|itemAtPosition|takeAt)\(")
    found = [path.name for path in Path(folder).rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))]
    assert found == []
