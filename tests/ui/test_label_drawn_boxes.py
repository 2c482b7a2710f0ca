"""Face boxes that the annotator draws, resizes and takes back on the label screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from facelabel.geometry import Box
from facelabel.store import faces
from tests.ui.labelling import (
    BOX,
    LONG,
    SIDE,
    at_landmark,
    click,
    drag,
    face_id,
    key,
    label_of,
    make_project,
    next_face,
    screen_on,
    settle,
    state_of,
)

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_a_box_that_is_drawn_adds_a_face_and_opens_it(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first, view = face_id(screen), screen.canvas.view
        screen.canvas.fit_image()
        key(screen, Qt.Key.Key_B)
        assert screen.canvas.box_mode
        wanted = Box(SIDE + 50, 40, 90, 100)
        rect = view.to_screen_polygon(wanted).boundingRect()
        drag(screen, rect.topLeft().toPoint(), (rect.bottomRight() - rect.topLeft()).toPoint())
        qtbot.waitUntil(lambda: face_id(screen) != first, timeout=LONG)
        added = face_id(screen)
        with project.reading() as s:
            face = faces.get(s, added)
            assert face.box_source == "human"
            drawn = faces.box_of(face)
        pixel = 1.5 / view.scale
        for side in ("left", "top", "width", "height"):
            assert getattr(drawn, side) == pytest.approx(getattr(wanted, side), abs=2 * pixel)
        assert screen.bench.face.session.start.origin == "template"
        key(screen, Qt.Key.Key_Space)
        assert face_id(screen) == added, "nothing was placed: it is asked once"
        assert "Space again" in screen.status.hint.text()
        key(screen, Qt.Key.Key_Space)
        settle(qtbot, screen)
        assert label_of(project, added) is not None


def test_the_box_is_resized_and_the_template_comes_along_in_one_undo_step(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, predicted=False) as project, screen_on(qtbot, project) as screen:
        before, face = screen.bench.face.session.shape, face_id(screen)
        key(screen, Qt.Key.Key_B)
        corner = screen.canvas.view.to_screen_polygon(BOX).boundingRect().bottomRight().toPoint()
        drag(screen, corner, QPoint(-60, -40))
        settle(qtbot, screen)
        with project.reading() as s:
            box = faces.box_of(faces.get(s, face))
        assert box.width < BOX.width - 5
        assert np.ptp(screen.bench.face.session.shape[:, 0]) < np.ptp(before[:, 0])
        key(screen, Qt.Key.Key_Z, CTRL)
        settle(qtbot, screen)
        np.testing.assert_array_equal(screen.bench.face.session.shape, before)
        with project.reading() as s:
            assert faces.box_of(faces.get(s, face)) == BOX


def test_a_box_that_was_drawn_by_mistake_is_taken_back_by_undo(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        click(screen, at_landmark(screen, 1, 25, 10))
        first, moved = face_id(screen), screen.bench.face.session.shape
        screen.boxes.add(Box(SIDE + 50, 40, 90, 100))
        drawn = next_face(qtbot, screen, first)
        key(screen, Qt.Key.Key_Right)
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == drawn, "first what was done to the new face"
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == first
        np.testing.assert_array_equal(screen.bench.face.session.shape, moved)
        settle(qtbot, screen)
        assert state_of(project, drawn) == "rejected"
        assert screen.bench.queue.row_of(drawn) is None
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == first
        assert screen.bench.face.session.shape[1, 0] < moved[1, 0] - 1


def test_undo_comes_back_to_a_drawn_face_before_it_takes_it_away(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        screen.boxes.add(Box(SIDE + 50, 40, 90, 100))
        drawn = next_face(qtbot, screen, first)
        key(screen, Qt.Key.Key_Right)
        key(screen, Qt.Key.Key_D)
        next_face(qtbot, screen, drawn)
        key(screen, Qt.Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda: screen.bench.face is not None and face_id(screen) == drawn, timeout=LONG)
        assert screen.bench.face.session.can_undo
        settle(qtbot, screen)
        assert state_of(project, drawn) == "open"
