"""Through the window: what a reviewer wants put right is the label that counts, whatever else the face waits for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.store import labels, second_labels
from facelabel.store.project import Project
from facelabel.ui.main_window import MainWindow
from facelabel.ui.workspace import Workspace
from tests.ui.labelling import make_project
from tests.ui.shell import LONG, FakeWorker, open_project, show


def waiting_for_a_second_label(folder: Path) -> tuple[int, np.ndarray]:
    """A project of four faces; the second one is labelled, and waits for a second label before all others."""
    with make_project(folder, scheme="300w-68") as project, project.writing() as s:
        shape = project.scheme.template_shape * [100, 110] + [50, 60]
        record = labels.LabelRecord(shape, ("visible",) * 68, ("moved",) * 68, np.full(68, 5.0))
        revision = labels.add(s, 2, record, author="ann", origin="desk", seconds=4.0)
        second_labels.ask(s, 2, "repeated", first_id=revision.id, round_id=None, rank=0)
    return 2, shape


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> tuple[MainWindow, Workspace, int, np.ndarray]:
    face_id, shape = waiting_for_a_second_label(tmp_path)
    window = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "project")
    assert window.workspace is not None
    return window, window.workspace, face_id, shape


def put_right(qtbot: QtBot, window: MainWindow, work: Workspace, face_id: int) -> None:
    window.show_screen("review")
    qtbot.waitUntil(lambda: work.review.face is not None and not work.review.looking, timeout=LONG)
    assert work.review.face is not None
    assert work.review.face.face_id == face_id, "the only label"
    QTest.keyClick(work.review.panel.list, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: on_desk(work, face_id, second=False), timeout=LONG)


def on_desk(work: Workspace, face_id: int, *, second: bool) -> bool:
    assert work.label is not None
    face = work.label.bench.face
    return face is not None and face.id == face_id and (face.second is not None) == second


def newest(project: Project, face_id: int) -> np.ndarray:
    with project.reading() as s:
        found = labels.newest(s, face_id)
        assert second_labels.waiting(s, face_id) is not None, "the second label is still to be given"
    assert found is not None
    return found[1].shape


def test_the_suspected_label_opens_and_the_second_one_waits_on(
    qtbot: QtBot, opened: tuple[MainWindow, Workspace, int, np.ndarray]
) -> None:
    window, work, face_id, shape = opened
    assert work.label is not None
    bench = work.label.bench
    qtbot.waitUntil(lambda: on_desk(work, face_id, second=True), timeout=LONG)
    put_right(qtbot, window, work, face_id)
    assert window.stack.currentWidget() is work.label
    assert bench.session is not None
    np.testing.assert_allclose(bench.session.shape, shape)
    bench.session.move(30, (101.0, 102.0))
    bench.commit()
    QTest.keyClick(work.label.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.face is not None and bench.face.id != face_id, timeout=LONG)
    bench.store.flush()
    np.testing.assert_allclose(newest(work.project, face_id)[30], (101.0, 102.0))
    row = bench.queue.row_of(face_id)
    assert row is not None
    assert row.state == "open", "of the second label nothing is decided"
    bench.open(face_id)
    qtbot.waitUntil(lambda: on_desk(work, face_id, second=True), timeout=LONG)


def test_undo_brings_the_label_back_and_the_queue_opens_the_second_one(
    qtbot: QtBot, opened: tuple[MainWindow, Workspace, int, np.ndarray]
) -> None:
    window, work, face_id, _ = opened
    assert work.label is not None
    bench = work.label.bench
    qtbot.waitUntil(lambda: on_desk(work, face_id, second=True), timeout=LONG)
    put_right(qtbot, window, work, face_id)
    assert bench.session is not None
    bench.session.move(30, (101.0, 102.0))
    bench.commit()
    bench.accept()
    qtbot.waitUntil(lambda: bench.face is not None and bench.face.id != face_id, timeout=LONG)
    bench.undo()
    assert on_desk(work, face_id, second=False)
    bench.accept()
    qtbot.waitUntil(lambda: bench.face is not None and bench.face.id != face_id, timeout=LONG)
    bench.store.flush()
    np.testing.assert_allclose(newest(work.project, face_id)[30], (101.0, 102.0))


def test_a_face_that_waits_for_nothing_opens_as_ever(
    qtbot: QtBot, opened: tuple[MainWindow, Workspace, int, np.ndarray]
) -> None:
    window, work, face_id, shape = opened
    with work.project.writing() as s:
        waiting = second_labels.waiting(s, face_id)
        assert waiting is not None
        second_labels.decline(s, waiting.id, "skipped", author="x")
    assert work.label is not None
    put_right(qtbot, window, work, face_id)
    assert work.label.bench.session is not None
    np.testing.assert_allclose(work.label.bench.session.shape, shape)
