"""How the canvas shows a photo: turned upright, lighter or darker, with what the model saw laid over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel.desk.adjustment import Adjustment
from facelabel.geometry import Affine, Box
from facelabel.images import heatmaps
from facelabel.images.heatmaps import SIDE
from facelabel.store import faces, predictions, versions
from facelabel.store.project import Project
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import BOX, LONG, at_landmark, click, drag, face_id, key, make_project, screen_on, settle

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEAN = 40.0


def leaning_project(folder: Path, lean: float = LEAN, *, two_faces: bool = False) -> Project:
    """Every face is predicted as the template turned about its box's centre."""
    project = make_project(folder, scheme="300w-68", count=2, two_faces=two_faces)
    scheme = project.scheme
    with project.writing() as s:
        version = versions.add(
            s, preset="scaf-tiny", seed=0, labels=2, data_hash="1" * 64, parent_id=None, seconds=1.0, metrics={}
        )
        ids = faces.open_ids(s)
        shapes = []
        for found in ids:
            box = faces.box_of(faces.get(s, found))
            x, y = box.centre
            shape = scheme.template_shape * [scheme.template_aspect, 1.0] * 60
            shape = shape - shape.mean(axis=0) + [x, y]
            turn = Affine.translation(x, y) @ Affine.rotation(lean) @ Affine.translation(-x, -y)
            shapes.append(turn.apply(shape))
        sure = np.full((len(ids), scheme.size), 0.9, dtype=np.float32)
        predictions.save(s, version.id, ids, np.array(shapes, dtype=np.float32), sure)
    return project


@pytest.fixture
def leaning(qtbot: QtBot, tmp_path: Path) -> Iterator[LabelScreen]:
    with leaning_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        screen.bench.session.set_suggesting(False)
        yield screen


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[LabelScreen]:
    with make_project(tmp_path, scheme="300w-68", count=2) as project, screen_on(qtbot, project) as shown:
        yield shown


def wheel(screen: LabelScreen, notches: int) -> None:
    at = QPointF(200, 150)
    where = QPointF(screen.canvas.mapToGlobal(at))
    turned = QPoint(0, 120 * notches)
    event = QWheelEvent(at, where, QPoint(), turned, Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(screen.canvas, event)


# Upright


def test_a_leaning_face_stands_upright_and_u_shows_it_as_it_is(leaning: LabelScreen) -> None:
    canvas = leaning.canvas
    assert canvas.view.angle == pytest.approx(-LEAN, abs=0.1)
    eyes = canvas.screen_points()[[36, 45]]
    assert abs(eyes[0, 1] - eyes[1, 1]) < 3
    key(leaning, Qt.Key.Key_U)
    assert canvas.view.angle == 0
    assert leaning._settings.upright is False
    assert canvas.view.to_screen_polygon(BOX).boundingRect().height() == pytest.approx(0.75 * canvas.height(), abs=1)
    key(leaning, Qt.Key.Key_U)
    assert canvas.view.angle == pytest.approx(-LEAN, abs=0.1)
    assert leaning._settings.upright is True


def test_the_mouse_and_the_arrows_go_by_the_screen_and_store_image_pixels(leaning: LabelScreen) -> None:
    session, view = leaning.bench.session, leaning.canvas.view
    at = at_landmark(leaning, 30)
    drag(leaning, at, QPoint(30, -12))
    np.testing.assert_allclose(view.affine.apply(session.shape[30]), [at.x() + 30, at.y() - 12], atol=1.1)
    step = Affine.rotation(LEAN).apply(np.array([1.0, 0.0]))
    before = session.shape[30]
    key(leaning, Qt.Key.Key_Right)
    np.testing.assert_allclose(session.shape[30] - before, step, atol=1e-3)
    key(leaning, Qt.Key.Key_Left)
    place = at_landmark(leaning, 8, 10, 20)
    click(leaning, place)
    np.testing.assert_allclose(view.affine.apply(session.shape[8]), [place.x() + 0.5, place.y() + 0.5], atol=1e-6)
    leaning.canvas.actual_size()
    assert view.angle == pytest.approx(-LEAN, abs=0.1)
    leaning.canvas.fit_image()
    corners = view.to_screen_polygon(Box(-0.5, -0.5, *leaning.canvas.size_of_image)).boundingRect()
    assert leaning.canvas.rect().contains(corners.toAlignedRect())


def test_boxes_work_in_a_turned_view(qtbot: QtBot, leaning: LabelScreen) -> None:
    canvas, session = leaning.canvas, leaning.bench.session
    first = face_id(leaning)
    key(leaning, Qt.Key.Key_B)
    canvas.fit_image()
    corner = canvas.view.to_screen((BOX.right, BOX.bottom)).toPoint()
    right = canvas.view.to_screen((BOX.right + 20, BOX.bottom)).toPoint()
    drag(leaning, corner, right - corner)
    assert session.box.width == pytest.approx(BOX.width + 20, abs=1.5 / canvas.view.scale)
    assert session.box.height == pytest.approx(BOX.height, abs=1.5 / canvas.view.scale)
    middle = canvas.view.to_screen((300, 100)).toPoint()
    drag(leaning, middle - QPoint(40, 50), QPoint(80, 100))
    qtbot.waitUntil(lambda: leaning.bench.face is not None and leaning.bench.face.id != first, timeout=LONG)
    x, y = leaning.bench.session.box.centre
    assert (x, y) == pytest.approx((300, 100), abs=4 / canvas.view.scale)


def test_other_faces_are_found_in_a_turned_view(qtbot: QtBot, tmp_path: Path) -> None:
    with leaning_project(tmp_path, two_faces=True) as project, screen_on(qtbot, project) as screen:
        screen.bench.open(1)
        qtbot.waitUntil(lambda: face_id(screen) == 1 and screen.canvas.picture is not None, timeout=LONG)
        first, others = 1, screen.bench.face.others
        screen.canvas.fit_image()
        click(screen, screen.canvas.view.to_screen(others[0].box.centre).toPoint())
        qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id != first, timeout=LONG)
        assert face_id(screen) == others[0].id


def test_a_nudge_is_shown_under_the_magnifier_for_a_moment(screen: LabelScreen) -> None:
    canvas = screen.canvas
    canvas.set_current(30)
    key(screen, Qt.Key.Key_Up, CTRL)
    assert canvas._nudged.isActive()
    corners = [QPoint(x, y) for x in (20, canvas.width() - 20) for y in (20, canvas.height() - 20)]
    with_it = canvas.grab().toImage()
    canvas._nudged.stop()
    without = canvas.grab().toImage()
    assert any(with_it.pixelColor(at) != without.pixelColor(at) for at in corners)


# Lighter and darker


def mean(image: QImage) -> float:
    pixels = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return float(np.frombuffer(pixels.constBits(), dtype=np.uint8).mean())


def test_the_wheel_adjusts_while_i_is_held_and_twice_i_resets(screen: LabelScreen) -> None:
    canvas, scale = screen.canvas, screen.canvas.view.scale
    now = [100.0]
    canvas.adjuster._clock = lambda: now[0]
    key(screen, Qt.Key.Key_H)
    plain = mean(canvas.grab().toImage())
    QTest.keyPress(canvas, Qt.Key.Key_I)
    wheel(screen, 4)
    QTest.keyRelease(canvas, Qt.Key.Key_I)
    assert canvas.adjustment == Adjustment(brightness=20)
    assert canvas.view.scale == scale, "the wheel did not zoom"
    assert "brightness +20" in screen.status.view.text()
    assert screen.status.view.isVisible()
    canvas.adjuster.hide()
    assert mean(canvas.grab().toImage()) > plain + 20
    canvas.adjuster.show()
    for knob in ("contrast", "gamma", "brightness"):
        now[0] += 5
        key(screen, Qt.Key.Key_I)
        assert canvas.adjuster.knob == knob
    now[0] += 5
    QTest.keyPress(canvas, Qt.Key.Key_I)
    wheel(screen, -1)
    QTest.keyRelease(canvas, Qt.Key.Key_I)
    assert canvas.adjuster.knob == "brightness", "the wheel keeps what is chosen"
    assert canvas.adjustment == Adjustment(brightness=15)
    now[0] += 5
    key(screen, Qt.Key.Key_I)
    now[0] += 0.1
    key(screen, Qt.Key.Key_I)
    assert canvas.adjustment == Adjustment()
    assert not canvas.adjuster.isVisible()
    assert not screen.status.view.isVisible()
    wheel(screen, 1)
    assert canvas.view.scale > scale


def test_the_panel_works_by_mouse_and_keyboard_and_lasts_from_face_to_face(qtbot: QtBot, screen: LabelScreen) -> None:
    canvas, first = screen.canvas, face_id(screen)
    key(screen, Qt.Key.Key_I)
    panel = canvas.adjuster
    assert panel.isVisible()
    assert all(slider.accessibleName() for slider in panel.sliders.values())
    panel.sliders["gamma"].setValue(40)
    assert canvas.adjustment == Adjustment(gamma=40)
    key(screen, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id != first, timeout=LONG)
    assert canvas.adjustment == Adjustment(gamma=40)
    key(screen, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    key(screen, Qt.Key.Key_I)
    panel.reset_button.click()
    assert canvas.adjustment == Adjustment()


def test_the_panel_gives_the_keyboard_back(screen: LabelScreen) -> None:
    key(screen, Qt.Key.Key_I)
    panel = screen.canvas.adjuster
    panel.sliders["contrast"].setFocus()
    QTest.keyClick(panel.sliders["contrast"], Qt.Key.Key_Right)
    assert screen.canvas.adjustment.contrast == 1
    panel.close_button.click()
    assert screen.canvas.hasFocus()


# What the model saw


def keep_heatmaps(project: Project, ids: list[int], landmark: int) -> None:
    """A spot in the middle of the box for one landmark, nothing for all others."""
    maps = np.zeros((len(ids), project.scheme.size, SIDE, SIDE), dtype=np.float32)
    maps[:, landmark, SIDE // 2 - 1 : SIDE // 2 + 1, SIDE // 2 - 1 : SIDE // 2 + 1] = 1.0
    side = BOX.height
    place = Affine.translation(BOX.centre[0] - side / 2, BOX.centre[1] - side / 2) @ Affine.scaling(side / SIDE)
    places = np.tile(place.matrix, (len(ids), 1, 1))
    folder = project.models_folder / "v0001" / "heatmaps"
    heatmaps.write(folder, np.array(ids), project.scheme.size, places, heatmaps.pack(maps))


def test_m_lays_what_the_model_saw_over_the_face(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=2) as project:
        keep_heatmaps(project, [1], landmark=3)
        with screen_on(qtbot, project) as screen:
            canvas = screen.canvas
            assert face_id(screen) == 1
            key(screen, Qt.Key.Key_H)
            canvas.set_current(3)
            bare = canvas.grab().toImage()
            key(screen, Qt.Key.Key_M)
            qtbot.waitUntil(lambda: canvas._overlay is not None, timeout=LONG)
            assert "v1" in screen.status.hint.text()
            assert screen._settings.show_heatmap
            shown = canvas.grab().toImage()
            middle = canvas.view.to_screen(BOX.centre).toPoint()
            assert shown.pixelColor(middle) != bare.pixelColor(middle)
            at = canvas.view.to_screen((BOX.left + 4, BOX.top + 4)).toPoint()
            assert shown.pixelColor(at) == bare.pixelColor(at)
            canvas.set_current(4)
            assert canvas.grab().toImage() != shown, "another landmark has a map of its own"
            key(screen, Qt.Key.Key_D)
            qtbot.waitUntil(lambda: "no heatmap of this face" in screen.status.hint.text(), timeout=LONG)
            assert canvas._overlay is None
            key(screen, Qt.Key.Key_M)
            assert screen.status.hint.text() == ""
            settle(qtbot, screen)


def test_faces_that_no_model_has_seen_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=1, predicted=False) as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_M)
        qtbot.waitUntil(lambda: "no model" in screen.status.hint.text(), timeout=LONG)


def test_an_audit_face_never_shows_what_the_model_saw(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=2) as project:
        keep_heatmaps(project, [1, 2], landmark=3)
        with project.writing() as s:
            faces.get(s, 2).holdout = True
        with screen_on(qtbot, project) as screen:
            key(screen, Qt.Key.Key_M)
            qtbot.waitUntil(lambda: screen.canvas._overlay is not None, timeout=LONG)
            key(screen, Qt.Key.Key_D)
            qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id == 2, timeout=LONG)
            assert "measures the model" in screen.status.hint.text()
            settle(qtbot, screen)
            assert screen.canvas._overlay is None
            assert screen.bench.desk.heatmaps(2) is None
            assert screen.bench.desk.heatmaps(1) is not None
