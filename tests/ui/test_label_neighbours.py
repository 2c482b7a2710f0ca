"""The key that takes over a near-duplicate's label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facelabel.store import labels
from facelabel.store.labels import LabelRecord
from facelabel.store.tables import Face, Image
from tests.ui.labelling import LONG, face_id, key, make_project, screen_on, settle


def test_the_key_takes_over_and_undo_takes_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        here = face_id(screen)
        session = screen.bench.face.session
        before = session.shape
        key(screen, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: "No near-duplicate" in screen.status.hint.text(), timeout=LONG)
        other = next(row.face_id for row in screen.bench.queue.rows if row.face_id != here)
        record = LabelRecord(before + 6, ("visible",) * 5, ("placed",) * 5, np.zeros(5))
        with project.writing() as s:
            for image in s.query(Image):
                image.burst = 1
            labels.add(s, other, record, author="ada", origin="desk")
        key(screen, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: not np.array_equal(session.shape, before), timeout=LONG)
        np.testing.assert_allclose(session.shape, before + 6, atol=1e-3)
        settle(qtbot, screen)
        key(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        np.testing.assert_array_equal(session.shape, before)


def test_an_audit_face_is_told_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        with project.writing() as s:
            for face in s.query(Face):
                face.holdout = True
        with screen_on(qtbot, project) as screen:
            key(screen, Qt.Key.Key_R)
            assert "without help" in screen.status.hint.text()
