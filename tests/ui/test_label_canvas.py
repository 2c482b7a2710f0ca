"""Mouse and keys on the canvas: what each does to the landmarks, and that it is one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.desk.session import EditSession
from facelabel.store.project import Project
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import BOX, LONG, at_landmark, click, drag, key, make_project, screen_on, settle

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, scheme="cofw-29", count=2) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, project: Project) -> Iterator[LabelScreen]:
    with screen_on(qtbot, project) as shown:
        yield shown


def session_of(screen: LabelScreen) -> EditSession:
    assert screen.bench.session is not None
    return screen.bench.session


def by_hand(session: EditSession) -> list[int]:
    """What a person moved; others may have followed as suggestions."""
    return [i for i, mark in enumerate(session.marks) if mark.by_hand]


def test_a_face_opens_fitted(screen: LabelScreen) -> None:
    rect = screen.canvas.view.to_screen_polygon(BOX).boundingRect()
    assert rect.height() == pytest.approx(0.75 * screen.canvas.height(), abs=1)
    assert (rect.center() - QPointF(screen.canvas.width() / 2, screen.canvas.height() / 2)).manhattanLength() < 1


def test_a_drag_moves_one_landmark_and_is_one_step(qtbot: QtBot, screen: LabelScreen) -> None:
    session, scale = session_of(screen), screen.canvas.view.scale
    before, held = session.shape, []
    screen.dragging.connect(held.append)
    drag(screen, at_landmark(screen, 7), QPoint(40, -24))
    assert by_hand(session) == [7]
    np.testing.assert_allclose(session.shape[7] - before[7], [40 / scale, -24 / scale])
    assert session.marks[7].source == "moved"
    assert screen.canvas.current == 7
    assert held == [True, False]
    key(screen, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(session.shape, before)
    assert not session.can_undo


def test_nothing_is_saved_in_mid_drag_and_escape_puts_it_back(qtbot: QtBot, screen: LabelScreen) -> None:
    session = session_of(screen)
    before = session.shape
    settle(qtbot, screen)
    drag(screen, at_landmark(screen, 7), QPoint(40, -24), release=False)
    assert session.dragging
    assert screen.bench.store.unsaved == 0
    for which in (Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_Right, Qt.Key.Key_V):
        key(screen, which)
    key(screen, Qt.Key.Key_Z, CTRL)
    assert session_of(screen) is session
    key(screen, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(session.shape, before)
    assert not session.can_undo


@pytest.mark.parametrize("modifiers", [SHIFT, SHIFT | CTRL])
def test_shift_takes_the_group_and_ctrl_shift_the_face(screen: LabelScreen, modifiers: Qt.KeyboardModifier) -> None:
    session, scale = session_of(screen), screen.canvas.view.scale
    before = session.shape
    drag(screen, at_landmark(screen, 7), QPoint(16, 8), modifiers)
    group = session.scheme.groups[session.scheme.landmarks[7].group]
    wanted = list(range(29)) if modifiers & CTRL else sorted(group)
    assert by_hand(session) == wanted
    np.testing.assert_allclose(
        session.shape[wanted] - before[wanted], np.tile([16 / scale, 8 / scale], (len(wanted), 1))
    )
    key(screen, Qt.Key.Key_Z, CTRL)
    assert not session.can_undo


def test_a_click_brings_the_nearest_landmark_and_ctrl_the_current_one(screen: LabelScreen) -> None:
    session, view = session_of(screen), screen.canvas.view
    at = at_landmark(screen, 28, 0, 25)
    click(screen, at)
    assert by_hand(session) == [28]
    np.testing.assert_allclose(view.affine.apply(session.shape[28]), [at.x() + 0.5, at.y() + 0.5])
    screen.canvas.set_current(0)
    click(screen, at_landmark(screen, 27, 12, 0), CTRL)
    assert by_hand(session) == [0, 28]


def test_a_click_on_a_marker_only_chooses_it_and_one_far_away_does_nothing(screen: LabelScreen) -> None:
    session, hints = session_of(screen), []
    screen.canvas.hinted.connect(hints.append)
    click(screen, at_landmark(screen, 11, 2, 2))
    assert screen.canvas.current == 11
    click(screen, screen.canvas.view.to_screen((390, 5)).toPoint())
    screen.canvas.fit_image()
    click(screen, screen.canvas.view.to_screen((390, 5)).toPoint())
    assert not session.can_undo
    assert any("nearer" in hint for hint in hints)


def test_place_mode_commits_first_and_then_advances(screen: LabelScreen) -> None:
    session, view = session_of(screen), screen.canvas.view
    key(screen, Qt.Key.Key_P)
    assert screen.canvas.place_mode
    assert screen._actions.by_id["place-mode"].isChecked()
    for index in range(3):
        at = at_landmark(screen, 20, 3 * index, 2)  # upon another marker: it is placed all the same
        click(screen, at)
        np.testing.assert_allclose(view.affine.apply(session.shape[index]), [at.x() + 0.5, at.y() + 0.5])
        assert session.marks[index].source == "placed"
        assert screen.canvas.current == index + 1
    screen.canvas.set_current(28)
    click(screen, at_landmark(screen, 20, 30, 2))
    assert not screen.canvas.place_mode, "the last landmark ends it"


def test_a_face_without_a_prediction_starts_in_place_mode(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, predicted=False) as project, screen_on(qtbot, project) as screen:
        assert screen.canvas.place_mode
        key(screen, Qt.Key.Key_Escape)
        assert not screen.canvas.place_mode


def test_nudges(screen: LabelScreen) -> None:
    session = session_of(screen)
    screen.canvas.set_current(4)
    before = session.shape[4]
    key(screen, Qt.Key.Key_Right)
    key(screen, Qt.Key.Key_Down, SHIFT)
    key(screen, Qt.Key.Key_Left, CTRL)
    np.testing.assert_allclose(session.shape[4] - before, [0.9, 10])
    key(screen, Qt.Key.Key_Up)
    np.testing.assert_allclose(session.shape[4] - before, [0.9, 9])


def test_walking_the_landmarks(screen: LabelScreen) -> None:
    key(screen, Qt.Key.Key_S)
    key(screen, Qt.Key.Key_Tab)
    assert screen.canvas.current == 1
    key(screen, Qt.Key.Key_Backtab, SHIFT)
    key(screen, Qt.Key.Key_Backtab, SHIFT)
    assert screen.canvas.current == 28
    key(screen, Qt.Key.Key_N)
    assert screen.canvas.current == 27, "the next least sure one; 28 was the least sure"
    assert screen.table.guide.text().startswith("28")
    assert screen.canvas.hasFocus()
    key(screen, Qt.Key.Key_Tab, CTRL)
    assert not screen.canvas.hasFocus()


def test_visibility_by_key_and_right_click(qtbot: QtBot, tmp_path: Path) -> None:
    scheme = schemes.load("face-5").model_copy(update={"allow_absent": True})
    with make_project(tmp_path, scheme=scheme) as project, screen_on(qtbot, project) as screen:
        session, seen = session_of(screen), []
        place = session.shape[0]
        for _ in range(3):
            key(screen, Qt.Key.Key_V)
            seen.append(session.marks[0].visibility)
        assert seen == ["occluded", "absent", "visible"]
        np.testing.assert_array_equal(session.shape[0], place)
        click(screen, at_landmark(screen, 3), button=Qt.MouseButton.RightButton)
        assert session.marks[3].visibility == "occluded"
        key(screen, Qt.Key.Key_Delete)
        assert session.marks[3].visibility == "absent"
        click(screen, screen.canvas.view.to_screen((100, 100)).toPoint(), CTRL)
        assert session.marks[3].visibility == "visible", "Ctrl brings an absent landmark to the cursor"


def test_a_refused_command_is_a_hint(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68") as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_Delete)
        assert "no absent landmarks" in screen.status.hint.text()
        assert not session_of(screen).can_undo
        key(screen, Qt.Key.Key_Right)
        assert screen.status.hint.text() == "", "the next step clears it"


def test_attributes_by_key_and_chip(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="wflw-98") as project, screen_on(qtbot, project) as screen:
        session = session_of(screen)
        key(screen, Qt.Key.Key_1)
        key(screen, Qt.Key.Key_6)
        key(screen, Qt.Key.Key_6)
        ids = [attribute.id for attribute in session.scheme.attributes]
        assert session.attributes == {ids[0]: True, ids[5]: False}
        assert screen.chips.chips[5].accessibleName().endswith(": no")
        screen.chips.chips[0].click()
        assert session.attributes == {ids[0]: False, ids[5]: False}
        key(screen, Qt.Key.Key_Z, CTRL)
        assert session.attributes == {ids[0]: True, ids[5]: False}
        assert screen.chips.chips[0].accessibleName().endswith(": yes")


def test_zoom_keeps_the_point_under_the_cursor_and_pan_moves_the_picture(screen: LabelScreen) -> None:
    view, at, session = screen.canvas.view, QPointF(200.0, 150.0), session_of(screen)
    before, scale = view.to_image(at), view.scale
    event = QWheelEvent(
        at,
        QPointF(screen.canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(screen.canvas, event)
    assert view.scale > scale
    assert view.to_image(at) == pytest.approx(before)
    point = view.to_image(QPointF(10, 10))
    screen.canvas.fit_image()
    ground = screen.canvas.view.to_screen((390, 190)).toPoint()
    point = view.to_image(QPointF(10, 10))
    drag(screen, ground, QPoint(-30, -20))
    assert view.to_image(QPointF(-20, -10)) == pytest.approx(point)
    assert not session.can_undo
    key(screen, Qt.Key.Key_0, CTRL)
    assert view.scale == pytest.approx(1 / screen.canvas.devicePixelRatioF())
    key(screen, Qt.Key.Key_F)
    assert view.to_screen_polygon(BOX).boundingRect().height() == pytest.approx(0.75 * screen.canvas.height(), abs=1)


def test_held_h_hides_the_points(screen: LabelScreen, qtbot: QtBot) -> None:
    screen.canvas.leaveEvent(None)
    shown = screen.canvas.grab().toImage()
    qtbot.keyPress(screen.canvas, Qt.Key.Key_H)
    hidden = screen.canvas.grab().toImage()
    qtbot.keyRelease(screen.canvas, Qt.Key.Key_H)
    assert hidden != shown
    assert screen.canvas.grab().toImage() == shown


def test_names_and_edges_change_the_picture_and_the_settings(screen: LabelScreen) -> None:
    settings = screen._settings
    shown = [screen.canvas.grab().toImage()]
    for which, name in ((Qt.Key.Key_T, "show_names"), (Qt.Key.Key_L, "show_edges")):
        before = getattr(settings, name)
        key(screen, which)
        assert getattr(settings, name) is not before
        shown.append(screen.canvas.grab().toImage())
    assert shown[0] != shown[1]
    assert shown[1] != shown[2]


def test_the_magnifier_is_there_while_a_point_moves_and_away_from_the_cursor(screen: LabelScreen) -> None:
    canvas = screen.canvas
    before = canvas.grab().toImage()
    start = at_landmark(screen, 7)
    drag(screen, start, QPoint(9, 9), release=False)
    during = canvas.grab().toImage()
    far = QPoint(20 if start.x() > canvas.width() / 2 else canvas.width() - 20, 0)
    far.setY(20 if start.y() > canvas.height() / 2 else canvas.height() - 20)
    assert during.pixelColor(far) != before.pixelColor(far)
    canvas.cancel()
    assert canvas.grab().toImage().pixelColor(far) == before.pixelColor(far)


def test_the_table_and_the_map_choose_landmarks(qtbot: QtBot, screen: LabelScreen) -> None:
    table = screen.table
    drawn = table.guide.map
    qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, NONE, QPoint(*drawn.points()[13].round().astype(int)))
    assert screen.canvas.current == 13
    index = table.model.index_of(20)
    assert table.model.landmark(index) == 20
    table.view.clicked.emit(index)
    assert screen.canvas.current == 20
    assert table.model.data(table.model.index_of(28, 1)) == "20 %"
    assert table.model.data(table.model.index_of(28, 3)) == "model"
    key(screen, Qt.Key.Key_Right)
    assert table.model.data(table.model.index_of(20, 3)) == "moved 1.0"


def test_the_help_is_made_from_the_registry_and_stops_other_keys(qtbot: QtBot, screen: LabelScreen) -> None:
    session = session_of(screen)
    key(screen, Qt.Key.Key_F1)
    qtbot.waitUntil(screen.overlay.isVisible, timeout=LONG)
    for which in (Qt.Key.Key_Right, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Space):
        qtbot.keyClick(screen.overlay, which)
    assert not session.can_undo
    assert session_of(screen) is session
    qtbot.keyClick(screen.overlay, Qt.Key.Key_Escape)
    assert not screen.overlay.isVisible()
    assert screen.canvas.hasFocus()
    key(screen, Qt.Key.Key_Question)
    assert screen.overlay.isVisible()


def test_menu_actions_come_with_their_groups_and_do_what_they_say(screen: LabelScreen) -> None:
    by_name = {action.objectName(): action for action in screen.actions()}
    assert screen.actions()[0].data() == "Faces"
    assert {"Faces", "Face", "Landmarks", "View"} == {action.data() for action in screen.actions()}
    by_name["visibility"].trigger()
    assert session_of(screen).marks[0].visibility == "occluded"
    assert by_name["accept"].shortcut().toString() == "Space"
