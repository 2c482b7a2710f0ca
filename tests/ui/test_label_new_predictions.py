"""A new model's predictions arrive while faces are open on the label screen."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facelabel.store import predictions
from tests.ui.labelling import (
    LONG,
    at_landmark,
    click,
    face_id,
    key,
    label_of,
    make_project,
    next_face,
    predict,
    screen_on,
    settle,
)

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_an_open_face_that_nobody_touched_takes_new_predictions_where_it_stands(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        settle(qtbot, screen)
        face = face_id(screen)
        screen.canvas.pan(30, 10)
        screen.canvas.set_current(3)
        view = screen.canvas.view.affine
        predict(project, [face], shift=7.0)
        with qtbot.waitSignal(screen.renewal.renewed, timeout=LONG):
            screen.refresh_queue()
        with project.reading() as s:
            newest = predictions.get(s, face)
        assert screen.bench.face.version == 2
        np.testing.assert_array_equal(screen.canvas.session.shape, newest[1])
        assert screen.canvas.session is screen.bench.session is screen.table.model.session
        assert (screen.canvas.view.affine, screen.canvas.current) == (view, 3)
        assert "model v2" in screen.status.hint.text()
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, face)
        settle(qtbot, screen)
        np.testing.assert_allclose(label_of(project, face).shape, newest[1])


def test_a_first_face_that_came_without_a_prediction_gets_it(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, predicted=False) as project, screen_on(qtbot, project) as screen:
        assert screen.canvas.place_mode
        predict(project, [face_id(screen)], shift=7.0)
        with qtbot.waitSignal(screen.renewal.renewed, timeout=LONG):
            screen.refresh_queue()
        assert screen.canvas.session.start.origin == "prediction"
        assert screen.canvas.mode == "point"


def test_a_touched_open_face_never_moves_when_predictions_arrive(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        click(screen, at_landmark(screen, 1, 25, 10))
        settle(qtbot, screen)
        face, session = face_id(screen), screen.bench.face.session
        before = session.shape
        predict(project, [row.face_id for row in screen.bench.queue.rows], shift=7.0)
        with qtbot.waitSignal(screen.bench.queue.modelReset, timeout=LONG):
            screen.refresh_queue()
        assert face_id(screen) == face
        assert screen.bench.face.session is session
        np.testing.assert_array_equal(session.shape, before)
        key(screen, Qt.Key.Key_D)
        qtbot.waitUntil(lambda: face_id(screen) != face, timeout=LONG)
        with project.reading() as s:
            newest = predictions.get(s, face_id(screen))
        np.testing.assert_array_equal(screen.bench.face.session.shape, newest[1])
        assert screen.bench.face.version == 2


def test_what_is_read_ahead_is_forgotten_when_predictions_arrive_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        following = screen.bench.queue.next_open(face_id(screen))
        qtbot.waitUntil(lambda: following in screen.bench._ahead, timeout=LONG)
        predict(project, [following], shift=7.0)
        screen.refresh_queue()
        assert following not in screen.bench._ahead


def test_what_was_read_before_an_edit_never_comes_back_after_it(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        settle(qtbot, screen)
        face, gate = face_id(screen), threading.Event()
        screen.bench.store.read(gate.wait, lambda _: None, lambda _: None)
        screen.bench._ahead.fetch([face])
        key(screen, Qt.Key.Key_Right)
        after = screen.bench.face.session.shape
        gate.set()
        settle(qtbot, screen)
        key(screen, Qt.Key.Key_D)
        next_face(qtbot, screen, face)
        key(screen, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: face_id(screen) == face, timeout=LONG)
        np.testing.assert_array_equal(screen.bench.face.session.shape, after)
        assert screen.bench.face.session.can_undo
