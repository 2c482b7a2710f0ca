"""Coming and going of projects, errors, settings, and the application itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from facelabel import settings as settings_file
from facelabel.errors import FormatError, StoreError
from facelabel.settings import Settings
from facelabel.store import labels
from facelabel.store.project import Project
from facelabel.ui import app, theme
from facelabel.ui.dialogs.settings_dialog import SettingsDialog
from facelabel.ui.main_window import MainWindow
from tests.ui.shell import LONG, FakeWorker, make_project, open_project, show


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


def box_of(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    def shown() -> list[QMessageBox]:
        return [box for box in window.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=LONG)
    return shown()[0]


def test_main_opens_the_named_project_and_ends_with_its_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path / "p", 4)
    seen: list[str] = []

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        if window.workspace is None:
            QTimer.singleShot(20, look)
            return
        seen.append(window.windowTitle())
        window.close()

    QTimer.singleShot(20, look)
    before = sys.excepthook
    assert app.main([str(tmp_path / "p")]) == 0
    assert seen == ["p – facelabel"]
    assert sys.excepthook is before
    assert settings_file.load().recent == [str((tmp_path / "p").resolve())]


def test_a_folder_that_is_no_project_is_one_line_with_its_cure(
    qtbot: QtBot, tmp_path: Path, worker: FakeWorker
) -> None:
    window = show(qtbot, worker)
    window.open_project(tmp_path / "nothing")
    box = box_of(qtbot, window)
    assert "Traceback" not in box.text() + box.informativeText()
    assert "What to do" in box.informativeText()
    assert window.workspace is None
    box.close()


def test_a_locked_project_names_its_holder_and_can_be_looked_at(
    qtbot: QtBot, tmp_path: Path, worker: FakeWorker
) -> None:
    make_project(tmp_path / "p", 4)
    with Project.open(tmp_path / "p"):
        window = show(qtbot, worker)
        window.open_project(tmp_path / "p")
        box = box_of(qtbot, window)
        assert "open" in box.text()
        with qtbot.waitSignal(window.project_opened, timeout=LONG):
            next(b for b in box.findChildren(QPushButton) if b.text() == "Open read-only").click()
        work = window.workspace
        assert work is not None
        assert work.label is None
        qtbot.waitUntil(lambda: "4 faces to label" in work.screen.status_card.sentence(), timeout=LONG)
        assert not work.screen.form.field("batch").isEnabled()
        assert not window.menus.import_action.isEnabled()
        assert window.menus.export_action.isEnabled()
        window.show_screen("label")
        assert window.stack.currentWidget() is work.screen
        window.close()


def test_another_project_takes_the_place_of_the_first(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    make_project(tmp_path / "one", 3)
    make_project(tmp_path / "two", 3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "one")
    open_project(qtbot, window, tmp_path / "two")
    assert window.windowTitle() == "two – facelabel"
    assert [Path(folder).name for folder in window.settings.recent] == ["two", "one"]
    with Project.open(tmp_path / "one"):
        pass
    window.leave_project(lambda: None)
    assert window.stack.currentWidget() is window.start
    assert window.start.recent.count() == 2


def test_window_state_is_kept_apart_from_the_settings(qtbot: QtBot, worker: FakeWorker) -> None:
    window = show(qtbot, worker)
    window.resize(1000, 700)
    window.close()
    assert (settings_file.folder() / "window.ini").is_file()
    again = show(qtbot, worker)
    assert again.height() == 700, "the width is cut to the screen of the tests"


def test_settings_count_at_once(qtbot: QtBot, worker: FakeWorker) -> None:
    window = show(qtbot, worker)
    dialog = SettingsDialog(window.settings, window)
    dialog.changed.connect(window.apply_settings)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    assert theme.current() is theme.DARK
    dialog.author.setText("")
    assert window.settings.author == "test", "labels always have an author"
    dialog.author.setText("Ada")
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    assert (settings_file.load().author, settings_file.load().theme) == ("Ada", "light")
    assert theme.current() is theme.LIGHT


def test_another_name_counts_in_the_open_project(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    make_project(tmp_path / "p", 3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    assert work.label is not None
    bench = work.label.bench
    qtbot.waitUntil(lambda: bench.face is not None, timeout=LONG)
    assert bench.face is not None
    face_id = bench.face.id
    SettingsDialog(window.settings, window).changed.connect(window.apply_settings)
    window.findChildren(SettingsDialog)[0].author.setText("Ada")
    with qtbot.waitSignal(bench.face_saved, timeout=LONG):
        assert bench.accept()
    with work.project.reading() as s:
        newest = labels.newest(s, face_id)
    assert newest is not None
    assert newest[0].author == "Ada"
    assert work.review.desk.author == "Ada"


def test_keys_set_beside_the_open_settings_are_not_lost(qtbot: QtBot, worker: FakeWorker) -> None:
    """The settings lead to the keys, and stay open under them."""
    window = show(qtbot, worker)
    dialog = SettingsDialog(window.settings, window)
    dialog.changed.connect(window.apply_settings)
    window.apply_settings(window.settings.model_copy(update={"keys": {"skip": ["K"]}}))
    dialog.marker.setValue(7)
    assert (window.settings.keys, window.settings.marker_size) == ({"skip": ["K"]}, 7)


def test_an_error_has_its_place_and_a_bug_its_traceback(qtbot: QtBot, worker: FakeWorker) -> None:
    window = show(qtbot, worker)
    window.show_problem(FormatError("67 points, not 68", where="a b.pts", line=3, cure="correct the file"))
    box = box_of(qtbot, window)
    assert box.text() == "67 points, not 68"
    assert box.informativeText() == "a b.pts, line 3\nWhat to do: correct the file"
    box.close()
    try:
        raise ZeroDivisionError("oh")
    except ZeroDivisionError as error:
        window.show_problem(error)
    bug = next(b for b in window.findChildren(QMessageBox) if "bug" in b.text())
    assert "ZeroDivisionError" in bug.detailedText()
    bug.close()


def test_an_exception_in_a_slot_is_shown_as_a_bug(qtbot: QtBot, worker: FakeWorker, capsys) -> None:
    window = show(qtbot, worker)
    with app.bugs_shown(lambda: window):
        error = KeyError("lost")
        sys.excepthook(KeyError, error, None)
    assert "KeyError" in capsys.readouterr().err
    bug = box_of(qtbot, window)
    assert "bug in facelabel" in bug.text()
    bug.close()


def test_news_keeps_three_lines_and_no_line_twice(qtbot: QtBot, worker: FakeWorker) -> None:
    news = show(qtbot, worker).news
    for text in ("one", "two", "two", "three", "four"):
        news.tell(text, "warn")
    assert news.texts() == ["two", "three", "four"]
    done: list[str] = []
    news.tell("five", "error", action="Retry", do=lambda: done.append("retried"))
    next(b for b in news.findChildren(QPushButton) if b.text() == "Retry").click()
    assert done == ["retried"]
    assert news.texts() == ["three", "four"]


def test_the_application_has_a_name(qapp: QApplication) -> None:
    assert app.prepare() is qapp
    assert qapp.applicationName() == "facelabel"
    assert Settings().theme == "system"


def test_a_label_that_cannot_be_saved_keeps_the_window_open(
    qtbot: QtBot, tmp_path: Path, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path / "p", 3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    assert window.workspace is not None
    label = window.workspace.label
    assert label is not None

    def full() -> None:
        raise StoreError("the disk is full", cure="free some space")

    monkeypatch.setattr(label, "flush", full)
    assert not window.close()
    box = box_of(qtbot, window)
    assert "the disk is full (free some space)" in box.informativeText()
    monkeypatch.undo()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Try again").click()
    assert not window.isVisible()
    assert window.workspace is None
