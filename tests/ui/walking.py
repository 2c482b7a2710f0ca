"""A window on a small project that has been through its first rounds, and a walk through its screens and dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facelabel.store import labels, predictions, versions, work
from facelabel.store.work import GroupWork
from facelabel.ui.gallery import SHOTS, leave, subject
from facelabel.ui.main_window import MainWindow
from tests.ui.labelling import make_project, predict
from tests.ui.shell import LONG, FakeWorker, open_project, show


def project_with_history(folder: Path) -> Path:
    """68 landmarks, a model version, a round under way, one labelled face and what it took; its folder."""
    with make_project(folder, scheme="300w-68", count=6) as project:
        with project.reading() as s:
            version = versions.latest(s)
            assert version is not None
            shape = predictions.of_version(s, version.id, [1])[1][0]
        record = labels.LabelRecord(shape, ("visible",) * 68, ("accepted",) * 68, shape[:, 0] * 0)
        with project.writing() as s:
            revision = labels.add(s, 1, record, author="tester", origin="desk", seconds=20.0, round_id=1)
            groups = [GroupWork(group, 3.0, 1, 1, 2, 3, 9.5, 0.05) for group in project.scheme.groups]
            work.add(
                s,
                1,
                [*groups, GroupWork(work.WHOLE, 2.0)],
                author="tester",
                outcome="labelled",
                revision_id=revision.id,
            )
        predict(project, [2, 3, 4, 5, 6], shift=2.0)
        return project.folder


def window_on(qtbot: QtBot, folder: Path) -> MainWindow:
    window = show(qtbot, FakeWorker())
    window.resize(1366, 768)
    open_project(qtbot, window, folder)
    opened = window.workspace
    assert opened is not None
    label = opened.label
    assert label is not None
    qtbot.waitUntil(lambda: label.bench.face is not None and label.canvas.picture is not None, timeout=LONG)
    return window


def walk(qtbot: QtBot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each screen and dialog, shown and read, by name; closed again when the next is asked for."""
    for shot in SHOTS:
        shot.open(window)
        qtbot.waitUntil(lambda shot=shot: not shot.reading(window), timeout=LONG)  # type: ignore[misc]
        for _ in range(3):
            qtbot.wait(30)
            QApplication.sendPostedEvents()
        yield shot.name, subject(window)
        leave(window, shot)
