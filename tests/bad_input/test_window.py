"""The same doors in the window: a dialog with the line and the cure, never a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from facelabel.ui.dialogs.export_dialog import ExportDialog
from facelabel.ui.dialogs.import_dialog import ImportDialog
from facelabel.ui.dialogs.new_project import NewProjectWizard
from facelabel.ui.main_window import MainWindow
from tests.bad_input.conftest import face, scheme_text
from tests.bad_input.test_full_disk import leave
from tests.bad_input.watching import contents
from tests.store.samples import mounted
from tests.ui.labelling import face_id, key, label_of, next_face, screen_on, settle
from tests.ui.labelling import make_project as project_to_label
from tests.ui.shell import LONG, FakeWorker, open_project, show


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return show(qtbot, FakeWorker())


Dialog = TypeVar("Dialog", bound=QDialog)


def dialog_on(window: MainWindow, kind: type[Dialog]) -> Dialog:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def told(qtbot: QtBot, window: MainWindow) -> str:
    """What the dialog says that is open now; closes it."""

    def shown() -> list[QMessageBox]:
        return [box for box in window.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=LONG)
    (box,) = shown()
    said = f"{box.text()} {box.informativeText()}"
    assert "bug" not in said
    assert box.detailedText() == ""
    box.close()
    return said


def test_projects_that_cannot_be_opened(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    (place / "file").write_text("a file")
    with closing(sqlite3.connect(place / "p" / "project.sqlite")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    before = contents(place)
    for folder, said in (
        ("p", "Its tables are of version 9999"),
        ("file", "not a project folder"),
        ("photos", "no facelabel project"),
        ("nowhere", "no such folder"),
        ("n" * 300, "name"),
    ):
        window.open_project(place / folder)
        found = told(qtbot, window)
        assert said in found
        assert "What to do" in found
        assert window.workspace is None
    assert contents(place) == before


def test_a_read_only_folder_can_be_looked_at(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    with mounted(place / "p", "-o", "bind,ro", str(place / "p")):
        before = contents(place)
        window.open_project(place / "p")
        assert "cannot be written" in told(qtbot, window)
        with qtbot.waitSignal(window.project_opened, timeout=LONG):
            window.open_project(place / "p", read_only=True)
        window.close()
        assert contents(place) == before


def test_an_import_of_bad_files(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    open_project(qtbot, window, place / "p")
    faulty = place / "faulty.csv"
    faulty.write_text("image,left,top,width,height\n4.png,1,2,0,10\n")
    (place / "empty").mkdir()
    for photos, how, boxes, said in (
        (place / "photos" / "pool", "boxes", faulty, "line 2"),
        (place / "photos" / "pool", "wflw", None, "98 landmarks"),
        (place / "empty", "none", None, "No photos in this folder"),
    ):
        window.menus.import_photos()
        dialog = dialog_on(window, ImportDialog)
        dialog.photos.set_path(photos)
        dialog.faces.setCurrentIndex(dialog.faces.findData(how))
        if boxes is not None:
            dialog.boxes.set_path(boxes)
        dialog.start_button.click()
        found = told(qtbot, window)
        assert said in found
        dialog.reject()


def test_an_export_that_cannot_be_written(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    open_project(qtbot, window, place / "p")
    (place / "full").mkdir()
    (place / "full" / "mine.txt").write_text("mine")
    before = contents(place / "full")
    window.menus.export_labels()
    dialog = dialog_on(window, ExportDialog)
    dialog.out.set_path(place / "full")
    assert "not empty" in dialog.taken.text()
    assert dialog.taken.isVisible()
    assert not dialog.start_button.isEnabled(), "it asks before"
    for out, said in ((place / "full", "only an earlier export"), (Path("/proc/nothing"), "annot be written")):
        dialog.out.set_path(out)
        dialog.overwrite.setChecked(True)
        dialog.start_button.click()
        assert said in told(qtbot, window)
        assert dialog.isVisible(), "what was filled in is still there"
    dialog.reject()
    assert contents(place / "full") == before


def test_the_wizard_names_the_line_of_a_faulty_scheme_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(scheme_text(3, "flip = [1, 2, 0]"))
    face(0, tmp_path / "photos", labelled=False)
    window.menus.new_project(str(tmp_path / "photos"))
    wizard = dialog_on(window, NewProjectWizard)
    wizard.scheme.list.setCurrentRow(wizard.scheme.list.count() - 1)
    wizard.scheme.file.set_path(own)
    assert not wizard.scheme.isComplete()
    assert "own.toml, line 1: flip" in wizard.scheme.said.text()
    wizard.reject()
    assert not (tmp_path / "photos-labels").exists()


def test_a_disk_that_fills_up_while_labels_are_accepted(qtbot: QtBot, tmp_path: Path) -> None:
    """The labels stay unsaved, told as such, until there is room; then all of them are in the project."""
    with (
        mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as disk,
        project_to_label(disk, scheme="wflw-98") as project,
        screen_on(qtbot, project) as screen,
    ):
        settle(qtbot, screen)
        ballast = leave(disk, 0)
        first = face_id(screen)
        with qtbot.waitSignal(screen.problem, timeout=LONG) as problem:
            key(screen, Qt.Key.Key_Space)
        assert "disk is full" in problem.args[0]
        assert "\n" not in problem.args[0]
        second = next_face(qtbot, screen, first)
        qtbot.waitUntil(lambda: screen.status.saved.text() == "1 not saved", timeout=LONG)
        screen.status.retry.click()
        qtbot.waitUntil(lambda: screen.bench.store.state == "failed", timeout=LONG)
        key(screen, Qt.Key.Key_Right)
        key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: screen.bench.store.unsaved >= 2, timeout=LONG)
        assert label_of(project, first) is None
        ballast.unlink()
        screen.status.retry.click()
        settle(qtbot, screen)
        assert label_of(project, first) is not None
        assert label_of(project, second) is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no display is a matter of X and Wayland")
def test_no_display_is_one_line(place: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "facelabel", "label", str(place / "p")],
        env=environment | {"QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert "doctor" in done.stderr
