"""Python's garbage collector, kept to the GUI thread.

Python collects in whatever thread happens to allocate. A dialog or a thread object in a reference cycle would so be
destroyed by the thread of the store, which Qt does not survive. Inside ``kept_to_gui_thread`` a timer does the work,
and what the start made is set aside, so that a full collection stays short enough for a frame. Every dozen seconds or
so, what is free then goes back to the system.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from facelabel.ui import memory

INTERVAL = 1000
"""Milliseconds between two looks at whether a collection is due."""


@contextmanager
def kept_to_gui_thread() -> Iterator[None]:
    """Call on the GUI thread. Outside of it Python's own rule holds again."""
    timer = QTimer()
    timer.setInterval(INTERVAL)
    timer.timeout.connect(collect_due)
    gc.collect()
    gc.freeze()
    gc.disable()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.enable()
        gc.unfreeze()


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds; never give memory back during a drag."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            if generation and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
                memory.give_back()
            return
