"""The canvas repaints only what changed: after any change the window shows what a whole repaint would show."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.geometry import Box
from facelabel.ui.canvas import Canvas, Picture

BOX = Box(60, 60, 140, 140)
Pixels = npt.NDArray[np.int64]


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    rng = np.random.default_rng(1)
    scheme = schemes.load("wflw-98")
    shape = scheme.template_shape * [BOX.width, BOX.height] + [BOX.left, BOX.top]
    session = EditSession(scheme, Start.from_shape(shape, "prediction", confidence=rng.random(scheme.size)), BOX)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(640, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_face(session, (256, 256), ())
    canvas.set_picture(Picture(rng.integers(0, 255, (256, 256, 3)).astype(np.uint8)))
    canvas.edited.connect(canvas.refresh)
    QApplication.processEvents()
    return canvas


def pixels(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return values[..., :3].astype(np.int64)


def as_a_whole(canvas: Canvas) -> Pixels:
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    canvas.render(image)
    return pixels(image)


def off(canvas: Canvas) -> int:
    """How far, of 255, a pixel of the window is from what it should be, at most."""
    QApplication.processEvents()
    shown = pixels(canvas.screen().grabWindow(canvas.winId()).toImage())
    return int(np.abs(shown - as_a_whole(canvas)).max())


def mouse(canvas: Canvas, kind: QEvent.Type, at: npt.NDArray[np.float64]) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    point = QPointF(*at.tolist())
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, point, QPointF(canvas.mapToGlobal(point)), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def test_a_drag_shows_what_a_whole_repaint_would(canvas: Canvas) -> None:
    start = canvas.screen_points()[54]
    mouse(canvas, QEvent.Type.MouseButtonPress, start)
    for step in range(1, 12):
        mouse(canvas, QEvent.Type.MouseMove, start + np.array([2.3, -7.1]) * step)
        assert off(canvas) < 16, step
    mouse(canvas, QEvent.Type.MouseButtonRelease, start + np.array([25.3, -78.1]))
    assert off(canvas) < 16


def test_edits_and_looks_show_what_a_whole_repaint_would(canvas: Canvas) -> None:
    session = canvas.session
    assert session is not None
    rng = np.random.default_rng(2)
    for turn in range(40):
        index = int(rng.integers(session.scheme.size))
        match turn % 8:
            case 0:
                canvas.set_current(index)
            case 1:
                session.nudge(index, 0.4, -0.3)
                canvas.magnify_current()
            case 2:
                session.cycle_visibility(index)
            case 3:
                group = session.scheme.groups[session.scheme.landmarks[index].group]
                session.put("move", {i: (session.shape[i, 0] + 3, session.shape[i, 1] + 2) for i in group})
            case 4:
                session.undo()
            case 5:
                canvas.focus.set_only(session.scheme.groups[session.scheme.landmarks[index].group])
            case 6:
                canvas.focus.set_only()
            case 7:
                canvas.pan(3.0, 5.0)
        canvas.refresh()
        assert off(canvas) < 16, turn


def test_what_nobody_asked_to_repaint_is_seen_with_the_next_repaint(canvas: Canvas, qtbot: QtBot) -> None:
    assert canvas.session is not None
    canvas.session.move(20, (200.0, 200.0))
    canvas.update(0, 0, 4, 4)
    assert off(canvas) > 100
    qtbot.waitUntil(lambda: off(canvas) < 16)
