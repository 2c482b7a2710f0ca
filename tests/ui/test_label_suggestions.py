"""Suggestions on the label screen: a real drag moves untouched points too, S takes them away, undo is one step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.labelling import at_landmark, drag, face_id, key, label_of, make_project, next_face, screen_on, settle

CHIN = 8


def test_a_drag_moves_what_nobody_touched_and_s_puts_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=2)
    with screen_on(qtbot, project) as screen:
        session = screen.bench.session
        assert session is not None
        before = session.shape
        drag(screen, at_landmark(screen, CHIN), QPoint(0, 60))
        after = session.shape
        assert (after[[7, 9], 1] > before[[7, 9], 1] + 1).all()
        assert not session.marks[7].by_hand
        settle(qtbot, screen)

        key(screen, Qt.Key.Key_S)
        rest = np.arange(68) != CHIN
        np.testing.assert_array_equal(session.shape[rest], before[rest])
        np.testing.assert_array_equal(session.shape[CHIN], after[CHIN])
        assert not screen._actions.by_id["suggest"].isChecked()

        key(screen, Qt.Key.Key_S)
        np.testing.assert_array_equal(session.shape, after)
        assert screen._actions.by_id["suggest"].isChecked()
        for _ in range(3):
            screen.bench.undo()
        np.testing.assert_array_equal(session.shape, before)
        for _ in range(3):
            screen.bench.redo()
        first = face_id(screen)
        screen.bench.accept()
        next_face(qtbot, screen, after=first)
        settle(qtbot, screen)
    label = label_of(project, first)
    assert label is not None
    np.testing.assert_allclose(label.shape, after)
    assert (label.sources[CHIN], label.sources[7]) == ("moved", "accepted")
    assert label.moved[7] > 1
    project.close()


def test_turned_off_it_stays_off_on_the_next_face(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=2)
    with screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_S)
        first = face_id(screen)
        screen.bench.accept()
        next_face(qtbot, screen, after=first)
        session = screen.bench.session
        assert session is not None
        before = session.shape
        drag(screen, at_landmark(screen, CHIN), QPoint(0, 60))
        rest = np.arange(68) != CHIN
        np.testing.assert_array_equal(session.shape[rest], before[rest])
    project.close()
