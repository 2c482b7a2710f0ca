"""Where Qt objects die: on the GUI thread, whichever thread makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from pytestqt.qtbot import QtBot

from facelabel.ui import garbage


class _Cycle:
    def __init__(self, died_in: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died_in.append(threading.get_ident()))


def test_a_cycle_dies_on_the_gui_thread_though_another_thread_allocates(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    died_in: list[int] = []

    kept: list[list[int]] = []

    def allocate() -> None:
        kept.extend([] for _ in range(200_000))

    monkeypatch.setattr(garbage, "INTERVAL", 10)
    with garbage.kept_to_gui_thread():
        _Cycle(died_in)
        thread = threading.Thread(target=allocate)
        thread.start()
        thread.join()
        assert died_in == []
        qtbot.waitUntil(lambda: bool(died_in), timeout=5000)
    assert died_in == [threading.get_ident()]
    assert gc.isenabled()
