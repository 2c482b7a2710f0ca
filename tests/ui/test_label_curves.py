"""The contour tool on the canvas: strokes and bends by the mouse, each one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel.desk import lines
from facelabel.store.project import Project
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import at_landmark, click, drag, key, make_project, screen_on

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
JAW = range(17)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_project(tmp_path_factory.mktemp("curves"), scheme="300w-68", count=3) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, project: Project) -> Iterator[LabelScreen]:
    with screen_on(qtbot, project) as shown:
        shown.bench.session.set_suggesting(False)
        key(shown, Qt.Key.Key_C)
        yield shown
        while shown.bench.session.can_undo:
            shown.bench.undo()


def stroke(screen: LabelScreen, path: np.ndarray, *, release: bool = True) -> None:
    """Draw along widget coordinates (N, 2)."""
    canvas = screen.canvas
    first, last = (QPoint(*map(int, path[at].round())) for at in (0, -1))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, first)
    for x, y in path[1:].tolist():
        at = QPointF(x, y)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            QPointF(canvas.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            NONE,
        )
        QApplication.sendEvent(canvas, event)
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, last)


def beside_the_jaw(screen: LabelScreen) -> np.ndarray:
    """A path that runs a little outside the jaw, away from every line."""
    points = screen.canvas.screen_points()[list(JAW)]
    middle = screen.canvas.screen_points()[30]
    return lines.at(middle + (points - middle) * 1.12, np.linspace(0, 1, 60))


def moved(screen: LabelScreen) -> set[int]:
    return {i for i, mark in enumerate(screen.bench.session.marks) if mark.by_hand}


def test_a_stroke_brings_the_points_of_its_curve_and_is_one_step(screen: LabelScreen) -> None:
    session = screen.bench.session
    before, path = session.shape, beside_the_jaw(screen)
    assert screen.canvas.mode == "contour"
    stroke(screen, path)
    assert moved(screen) == set(JAW)
    placed = screen.canvas.screen_points()[list(JAW)]
    away = lines.project(path + 0.5, placed)[1]
    assert away.max() < 2.5
    assert "17" in screen.status.hint.text()
    assert session.last_step.name == "draw jaw"
    key(screen, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(session.shape, before)
    assert not session.can_undo


def test_a_line_is_pulled_and_escape_puts_it_back(screen: LabelScreen) -> None:
    session = screen.bench.session
    before, scale = session.shape, screen.canvas.view.scale
    drag(screen, at_landmark(screen, 8), QPoint(0, 30), release=False)
    assert session.dragging
    key(screen, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(session.shape, before)
    assert screen.canvas.mode == "contour"
    QTest.mouseRelease(screen.canvas, Qt.MouseButton.LeftButton, NONE, QPoint(5, 5))
    drag(screen, at_landmark(screen, 8), QPoint(0, 30))
    gain = session.shape[:, 1] - before[:, 1]
    assert 25 < gain[8] * scale <= 30
    assert gain[7] > gain[6] > gain[5] > 0
    assert gain[0] == gain[16] == 0
    assert moved(screen) <= set(JAW)
    assert session.last_step.name == "bend jaw"
    key(screen, Qt.Key.Key_Z, CTRL)
    assert not session.can_undo


def test_a_stroke_may_begin_on_the_line_that_it_corrects(screen: LabelScreen) -> None:
    """The prediction is right at the ear and drifts off further on: drawing begins where it is right."""
    session = screen.bench.session
    path = beside_the_jaw(screen)
    begin = screen.canvas.screen_points()[3]
    share = lines.project(path, begin[None])[0][0]
    path = lines.at(path, np.linspace(share, 0.8, 50))
    start = begin + np.linspace(0, 1, 20)[:, None] * (path[12] - begin)
    stroke(screen, np.concatenate([start, path[12:]]))
    assert session.last_step.name == "draw jaw"
    assert {4, 5, 6, 7, 8} <= moved(screen) <= set(range(3, 15))


def test_untouched_points_follow_a_stroke_in_the_same_step(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        session = screen.bench.session
        before = session.shape
        key(screen, Qt.Key.Key_C)
        stroke(screen, beside_the_jaw(screen))
        assert any(session.is_suggested(i) for i in range(17, 68))
        key(screen, Qt.Key.Key_Z, CTRL)
        np.testing.assert_array_equal(session.shape, before)


def test_tab_walks_the_curves_and_a_click_chooses_one(screen: LabelScreen) -> None:
    canvas = screen.canvas
    seen = []
    for _ in range(3):
        seen.append(canvas.contours.chosen.group)
        key(screen, Qt.Key.Key_Tab)
    assert seen == ["jaw", "left-brow", "right-brow"]
    key(screen, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.contours.chosen.group == "right-brow"
    click(screen, at_landmark(screen, 48))
    assert canvas.contours.chosen.group == "outer-lip"
    assert not screen.bench.session.can_undo


def test_the_magnifier_and_the_stroke_are_there_while_drawing(screen: LabelScreen) -> None:
    canvas = screen.canvas
    still = canvas.grab().toImage()
    path = beside_the_jaw(screen)
    stroke(screen, path[:30], release=False)
    drawing = canvas.grab().toImage()
    assert drawing != still
    key(screen, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, QPoint(*map(int, path[29])))
    assert not screen.bench.session.can_undo


def test_c_and_escape_leave_and_other_modes_replace_it(screen: LabelScreen) -> None:
    action = screen._actions.by_id["contour"]
    assert action.isChecked()
    key(screen, Qt.Key.Key_P)
    assert screen.canvas.place_mode
    assert not action.isChecked()
    key(screen, Qt.Key.Key_C)
    key(screen, Qt.Key.Key_Escape)
    assert screen.canvas.mode == "point"
    key(screen, Qt.Key.Key_C)
    key(screen, Qt.Key.Key_C)
    assert screen.canvas.mode == "point"


def test_on_a_template_a_stroke_is_the_whole_chosen_curve_and_the_next_one_is_chosen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with (
        make_project(tmp_path, scheme="300w-68", count=1, predicted=False) as project,
        screen_on(qtbot, project) as screen,
    ):
        key(screen, Qt.Key.Key_C)
        canvas = screen.canvas
        path = lines.at(np.array([[300.0, 200], [420, 520], [640, 560]]), np.linspace(0, 1, 50))
        stroke(screen, path)
        assert set(JAW) <= moved(screen)
        np.testing.assert_allclose(canvas.screen_points()[[0, 16]], path[[0, -1]] + 0.5, atol=2)
        assert canvas.contours.chosen.group == "left-brow"


def test_a_scheme_without_curves_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=1) as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_C)
        assert "no curves" in screen.status.hint.text()
        assert screen.canvas.mode == "point"


def test_in_a_group_pass_only_its_curves_are_there(screen: LabelScreen) -> None:
    canvas, session = screen.canvas, screen.bench.session
    lips = [*session.scheme.groups["outer-lip"], *session.scheme.groups["inner-lip"]]
    canvas.focus.set_only(lips)
    seen = []
    for _ in range(3):
        key(screen, Qt.Key.Key_Tab)
        seen.append(canvas.contours.chosen.group)
    assert set(seen) == {"outer-lip", "inner-lip"}
    stroke(screen, beside_the_jaw(screen))
    assert not moved(screen) & set(JAW)
    canvas.focus.set_only()
