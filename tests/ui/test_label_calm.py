"""What somebody who sits at the desk for hours must not be bothered with: jumps, scolding, and work that is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.desk import asking
from facelabel.desk.marks import Mark
from facelabel.geometry import Box
from facelabel.store.project import Project
from facelabel.ui import desk_status, empty_words, reasons, theme, tour
from facelabel.ui.canvas import markers, words
from facelabel.ui.canvas.markers import Look
from facelabel.ui.canvas.view import View
from facelabel.ui.dialogs.export_dialog import ExportDialog
from facelabel.ui.dialogs.new_project import NewProjectWizard
from facelabel.ui.dialogs.settings_dialog import SettingsDialog
from facelabel.ui.label_screen import LabelScreen
from facelabel.ui.main_window import MainWindow
from tests.ui import shell
from tests.ui.labelling import (
    LONG,
    at_landmark,
    click,
    drag,
    face_id,
    key,
    make_project,
    next_face,
    predict,
    screen_on,
    settle,
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a face open."""
    shell.make_project(tmp_path / "project")
    shown = shell.show(qtbot, shell.FakeWorker())
    shell.open_project(qtbot, shown, tmp_path / "project")
    qtbot.waitUntil(lambda: label_of_window(shown).bench.face is not None, timeout=LONG)
    yield shown
    shell.leave(shown)


def label_of_window(window: MainWindow) -> LabelScreen:
    assert window.workspace is not None
    assert window.workspace.label is not None
    return window.workspace.label


def test_news_move_nothing_on_the_desk(qtbot: QtBot, window: MainWindow) -> None:
    label = label_of_window(window)
    before, view = label.canvas.geometry(), label.canvas.view.affine
    window.news.tell("Model v2 is ready. The next batch of 10 faces is drawn.")
    qtbot.waitUntil(window.news.isVisible, timeout=LONG)
    qtbot.wait(50)
    assert (label.canvas.geometry(), label.canvas.view.affine) == (before, view)
    window.show_screen("campaign")
    assert window.news.isVisible()
    window.show_screen("label")
    assert window.news.isVisible()
    window.leave_project(lambda: None)
    window.news.tell("after the project is closed")
    qtbot.waitUntil(window.news.isVisible, timeout=LONG)


def test_the_group_pass_widens_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68")
    with project, screen_on(qtbot, project) as screen:
        screen.resize(1366, 700)
        width = screen.canvas.width()
        key(screen, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
        assert screen.group_bar.isVisible()
        qtbot.wait(50)
        assert screen.canvas.width() == width


def test_a_group_is_never_shown_smaller_than_the_face_is(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", predicted=False)
    with project, screen_on(qtbot, project) as screen:
        canvas, room = screen.canvas, screen.canvas.height() + 60
        whole = canvas.view.scale / canvas.height()
        for group, indices in project.scheme.groups.items():
            screen.group_pass.start(group)
            qtbot.waitUntil(lambda: canvas.height() < room, timeout=LONG)
            assert canvas.view.scale / canvas.height() > 0.99 * whole, group
            points = canvas.screen_points()[list(indices)]
            assert (points > 0).all()
            assert (points < [canvas.width(), canvas.height()]).all()
            assert f"(1 of {len(indices)})" in words.of_mode(canvas)
            screen.group_pass.stop()


def test_who_looks_ahead_in_the_queue_stays_there(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=40) as project, screen_on(qtbot, project) as screen:
        settle(qtbot, screen)
        view = screen.queue.view
        view.scrollToBottom()
        seen = view.verticalScrollBar().value()
        with qtbot.waitSignal(screen.status_changed, timeout=LONG):
            screen.bench.store.read(screen.bench._campaign.status, screen.bench._take_status, print)
        assert view.verticalScrollBar().value() == seen > 0
        first = face_id(screen)
        key(screen, Qt.Key.Key_D)
        next_face(qtbot, screen, first)
        assert view.verticalScrollBar().value() < seen, "another face comes into sight"


def test_the_count_of_faces_does_not_wait_for_the_disk(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        settle(qtbot, screen)
        qtbot.waitUntil(lambda: "Face 1 of 4" in screen.status.batch.text(), timeout=LONG)
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        assert "Face 2 of 4" in screen.status.batch.text()
        assert screen.queue._note.text() == "3 left to label"


def test_a_hint_gives_its_place_back(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_status, "HINT", 300)
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert screen.status.hint.text() == "Nothing to redo."
        assert screen.status.why.isHidden()
        qtbot.waitUntil(lambda: not screen.status.why.isHidden(), timeout=LONG)
        assert screen.status.hint.text() == ""


def test_a_face_says_which_photo_it_is_from(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        assert screen.bench.face is not None
        name = screen.bench.face.picture.path.name
        assert screen.status.why.text().startswith(name)
        assert name in screen.bench.queue.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_face_that_was_half_placed_goes_on_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", predicted=False)
    with project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        for _ in range(3):
            click(screen, at_landmark(screen, screen.canvas.current or 0, 4, 4))
        key(screen, Qt.Key.Key_D)
        second = next_face(qtbot, screen, first)
        assert (screen.canvas.mode, screen.canvas.current) == ("place", 0)
        key(screen, Qt.Key.Key_C)
        key(screen, Qt.Key.Key_A)
        next_face(qtbot, screen, second)
        assert (screen.canvas.mode, screen.canvas.current) == ("contour", 3), "and with the tool that was taken last"
        settle(qtbot, screen)


def test_a_slip_of_the_space_bar_makes_no_label_of_the_generic_shape(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", predicted=False)
    with project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        assert face_id(screen) == first
        assert "68 point" in screen.status.hint.text()
        click(screen, at_landmark(screen, 0, 4, 4))
        key(screen, Qt.Key.Key_Space)
        second = next_face(qtbot, screen, first)
        click(screen, at_landmark(screen, 0, 4, 4))
        assert screen.bench.face is not None
        assert asking.overlooked(screen.bench.face.session, blind=False) == 0, "the others follow"
        assert asking.overlooked(screen.bench.face.session, blind=True) == 67
        key(screen, Qt.Key.Key_Space)
        assert next_face(qtbot, screen, second) != first
        settle(qtbot, screen)


def test_reasons_are_told_in_the_words_of_the_menus() -> None:
    assert reasons.in_words("not a face") == "Not a face"
    assert reasons.in_words("bad box") == "Bad box"
    assert reasons.in_words(reasons.TAKEN_BACK) == "Box taken back"
    assert reasons.in_words("out of focus, says Ann") == "out of focus, says Ann"


def test_small_faces_have_small_markers(qtbot: QtBot) -> None:
    look = Look(4.0)
    assert look.at(500).size == 4.0
    assert 1.0 < look.at(100).size < 2.5
    assert look.at(5).size >= 1.0


def test_names_do_not_lie_on_one_another(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = schemes.load("300w-68")
    shape = np.asarray(scheme.template_shape) * 460 + 60
    plates, plate_of = {}, markers._plate

    def watched(painter: QPainter, at: QPointF, text: str, offset: float, *, emphasised: bool) -> QRectF:
        plates[at.x(), at.y()] = text, plate_of(painter, at, text, offset, emphasised=emphasised)
        return plates[at.x(), at.y()][1]

    monkeypatch.setattr(markers, "_plate", watched)
    pixmap = QPixmap(700, 700)
    pixmap.fill(QColor(90, 90, 90))
    painter = QPainter(pixmap)
    marks = [Mark(x, y, "visible", "moved") for x, y in shape.tolist()]
    markers.paint_face(painter, scheme, marks, shape, Look(names=True), theme.current())
    painter.end()
    names = [place for place, (text, _) in plates.items() if not text.isdigit()]
    assert len(plates) == 68
    assert len(names) > 15
    assert not any(plates[a][1].intersects(plates[b][1]) for a in names for b in plates if a != b)


def test_the_magnifier_stays_away_where_the_canvas_shows_as_much(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_Right)
        assert screen.canvas.magnified() is not None
        screen.canvas.view.zoom(QPointF(200, 200), 20.0)
        assert screen.canvas.magnified() is None


def test_faces_that_are_done_are_ticked_on_the_photo(qtbot: QtBot) -> None:
    pictures = {}
    for state in ("open", "labelled"):
        pixmap = QPixmap(120, 120)
        pixmap.fill(QColor(90, 90, 90))
        painter = QPainter(pixmap)
        markers.paint_other(painter, View().to_screen_polygon(Box(20, 20, 60, 60)), state)
        painter.end()
        pictures[state] = pixmap.toImage()
    assert pictures["open"] != pictures["labelled"]


def test_heatmaps_are_read_again_with_every_fresh_queue(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        click(screen, at_landmark(screen, 1, 25, 10))
        key(screen, Qt.Key.Key_M)
        settle(qtbot, screen)
        asked = []
        monkeypatch.setattr(screen.bench.desk, "heatmaps", asked.append)
        predict(project, [face_id(screen)], shift=7.0)
        screen.refresh_queue()
        qtbot.waitUntil(lambda: asked == [face_id(screen)], timeout=LONG)


def test_settings_turn_the_upright_view_and_the_magnifier_off(qtbot: QtBot, window: MainWindow) -> None:
    dialog = SettingsDialog(window.settings, window)
    dialog.changed.connect(window.apply_settings)
    dialog.upright.click()
    dialog.magnifier.click()
    canvas = label_of_window(window).canvas
    assert not canvas.upright
    assert not window.settings.magnifier
    drag(label_of_window(window), at_landmark(label_of_window(window), 0), QPoint(20, 10), release=False)
    assert canvas.session is not None
    assert canvas.session.dragging
    assert canvas.magnified() is None
    dialog.magnifier.click()
    assert canvas.magnified() is not None


def test_the_empty_desk_tells_what_is_going_on(qtbot: QtBot, tmp_path: Path) -> None:
    empty = Project.create(tmp_path / "empty", scheme=schemes.load("300w-68"))
    with empty as project, screen_on(qtbot, project, wait=False) as screen:
        qtbot.waitUntil(lambda: "Import photos from the File menu" in screen.canvas.message, timeout=LONG)
        assert screen.queue._title.text() == "Queue"
        screen.set_trainer_text("Looking for faces, 40 %", detecting=True)
        assert "searched for faces" in screen.canvas.message
        assert "40 %" in screen.canvas.message
        screen.set_trainer_text("")
        assert "Import photos" in screen.canvas.message
    full = shell.campaign_status()
    assert "next faces" in empty_words.words(full, reading=True)
    assert "next faces" not in empty_words.words(full)


def test_the_tour_waits_for_the_first_face(qtbot: QtBot, tmp_path: Path) -> None:
    shell.make_project(tmp_path / "project")
    shown = shell.show(qtbot, shell.FakeWorker())
    shell.open_project(qtbot, shown, tmp_path / "project")
    if label_of_window(shown).bench.face is None:
        tour.offer(shown)
        assert not shown.findChildren(tour.Tour)
        assert not shown.settings.tour_seen
    else:
        tour.offer(shown)
    qtbot.waitUntil(lambda: len(shown.findChildren(tour.Tour)) == 1, timeout=LONG)
    assert label_of_window(shown).bench.face is not None
    shell.leave(shown)


def test_an_empty_wizard_asks_and_does_not_scold(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = NewProjectWizard("somebody")
    qtbot.addWidget(wizard)
    page = wizard.photos
    page.isComplete()
    assert page.said.text()
    assert page.said.property("role") == "dim"
    page.photos.set_path(tmp_path / "nowhere")
    assert page.said.property("role") == "error"
    page.photos.set_path(tmp_path)
    assert np.char.str_len(page.said.text()) == 0


def test_a_second_export_needs_no_failure_to_be_told_of_the_first(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    work = window.workspace
    assert work is not None
    first = ExportDialog(work.project, work.background, window)
    taken = first.out.path()
    assert taken == tmp_path / "project" / "export"
    assert first.overwrite.isHidden()
    assert first.start_button.isEnabled()
    taken.mkdir()
    (taken / "0.pts").write_text("")
    second = ExportDialog(work.project, work.background, window)
    assert second.out.path() == taken.with_name("export-2")
    assert second.start_button.isEnabled()
    second.out.set_path(taken)
    assert not second.overwrite.isHidden()
    assert not second.start_button.isEnabled()
    second.overwrite.click()
    assert second.start_button.isEnabled()
    assert second.options().overwrite
    second.out.set_path(taken.with_name("elsewhere"))
    assert not second.options().overwrite, "it was said of the other folder"


def test_the_label_menu_is_for_the_face_that_is_seen(window: MainWindow) -> None:
    menu = window.menus.label_menu.menuAction()
    window.show_screen("label")
    assert menu.isEnabled()
    for name in ("campaign", "review", "data", "start"):
        window.show_screen(name)  # type: ignore[arg-type]
        assert not menu.isEnabled(), f"Accept there would accept a face that nobody sees: {name}"
    window.show_screen("label")
    assert menu.isEnabled()
    actions = {action.objectName(): action for action in label_of_window(window).actions()}
    assert actions["accept"].isEnabled()


def test_screens_have_the_keys_of_their_places(qtbot: QtBot, window: MainWindow) -> None:
    for place, name in enumerate(("start", "label", "review", "data", "campaign"), start=1):
        button = window.navigation.findChildren(QToolButton)[place - 1]
        assert button.toolTip() == f"Ctrl+{place}"
        entry = next(
            action
            for menu in window.menuBar().actions()
            for action in (menu.menu().actions() if menu.menu() else ())
            if action.shortcut().toString() == f"Ctrl+{place}"
        )
        entry.trigger()
        assert button.isChecked(), name
