"""The list of the Review screen at the size of a large project."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.desk.desk import FacePicture
from facelabel.desk.review import ReviewRow
from facelabel.desk.review_list import ReviewList
from facelabel.geometry import Box
from facelabel.ui.review import list_panel
from facelabel.ui.review.list_panel import ListPanel

MANY = 20_000


def row(face_id: int) -> ReviewRow:
    picture = FacePicture(Path(f"{face_id}.jpg"), "0" * 64, (100, 100), Box(10, 10, 50, 50))
    verdict = "accepted" if face_id % 10 == 0 else "to review"
    return ReviewRow(face_id, picture, ("ann", "ben")[face_id % 2], datetime.now(UTC), 0.0, (), verdict)


def test_all_labels_are_listed_and_only_those_in_sight_are_worded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    line = list_panel._line
    monkeypatch.setattr(list_panel, "_line", lambda one: made.append(one.face_id) or line(one))
    panel = ListPanel()
    qtbot.addWidget(panel)
    panel.resize(270, 700)
    panel.show_labels(ReviewList([row(face_id) for face_id in range(1, MANY + 1)]))
    panel.filters.choose(state=None, finding=None)
    panel.show()
    qtbot.waitExposed(panel)
    panel.grab()
    assert panel.list.model().rowCount() == MANY
    assert f"{MANY:,} of {MANY:,}" in panel.count.text()
    assert 0 < len(set(made)) < 60
    chosen: list[int] = []
    panel.chosen.connect(chosen.append)
    QTest.keyClick(panel.list, Qt.Key.Key_End)
    assert chosen[-1] == MANY
    panel.grab()
    assert MANY in made
    assert len(set(made)) < 120
    assert (panel.beside(MANY, -1), panel.beside(MANY, 1)) == (MANY - 1, None)


def test_a_verdict_is_counted_at_once(qtbot: QtBot) -> None:
    panel = ListPanel()
    qtbot.addWidget(panel)
    panel.show_labels(ReviewList([row(face_id) for face_id in range(1, 31)]))
    panel.filters.choose(state=None, finding=None)
    assert "3 accepted" in panel.count.text()
    panel.note(7, verdict="accepted")
    panel.note(8, verdict="sent back")
    panel.note(10, verdict="sent back")
    panel.note(20, gold=True)
    assert "3 accepted" in panel.count.text()
    assert panel.list.faces.lines[6].done
    assert panel.next_waiting(6) == 9
