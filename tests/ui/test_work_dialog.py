"""What labelling took, as a person sees it: the summary, its deletion, and the line at the end of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from facelabel.campaign.workload import load, workload
from facelabel.store import work
from facelabel.store.work import GroupWork
from facelabel.ui import i18n
from facelabel.ui.dialogs.work_dialog import WorkDialog, batch_line, sentence
from facelabel.ui.main_window import MainWindow
from tests.ui.shell import LONG, FakeWorker, make_project, open_project, show


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """As the application has it: with the plural forms."""
    installed = i18n.install(qapp)
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    make_project(tmp_path / "p", 6)
    made = show(qtbot, FakeWorker())
    open_project(qtbot, made, tmp_path / "p")
    return made


def spend(window: MainWindow, face: int, author: str = "test", outcome: str = "labelled", seconds: float = 8.0) -> None:
    opened = window.workspace
    assert opened is not None
    groups = [GroupWork("eye", seconds, 1, 2, 3, 4, 5.0, 0.05), GroupWork(work.WHOLE, 2.0)]
    with opened.project.writing() as s:
        work.add(s, face, groups, author=author, outcome=outcome)


def dialog_of(qtbot: QtBot, window: MainWindow) -> WorkDialog:
    window.menus.work_so_far()
    (dialog,) = window.findChildren(WorkDialog)
    qtbot.waitUntil(lambda: dialog.sentence.text() != "Reading…", timeout=LONG)
    return dialog


def test_the_summary_tells_the_sitting_the_groups_and_the_people(qtbot: QtBot, window: MainWindow) -> None:
    spend(window, 1)
    spend(window, 2, seconds=18.0)
    spend(window, 3, outcome="rejected")
    spend(window, 4, author="ben")
    dialog = dialog_of(qtbot, window)
    assert [value.text() for value in dialog.figures.values] == ["2", "40 s", "15 s", "4.0"]
    assert dialog.sentence.text() == "1 face rejected  ·  3 clicks, 6 drags, 9 key edits"
    model = dialog.groups.model()
    assert [model.data(model.index(0, column)) for column in range(4)] == ["eye", "85 %", "34 s", "12"]
    people = dialog.people.model()
    rows = [[people.data(people.index(row, column)) for column in range(5)] for row in range(people.rowCount())]
    assert rows == [["ben", "1", "1", "1", "10.0"], ["test", "2", "2", "2", "15.0"]]


def test_nothing_measured_is_said(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    assert dialog.sentence.text() == "Nothing was labelled in this sitting yet."
    assert not dialog.groups.isVisible()
    assert not dialog.delete.isEnabled()


def test_what_was_measured_is_deleted_after_a_question(qtbot: QtBot, window: MainWindow) -> None:
    spend(window, 1)
    dialog = dialog_of(qtbot, window)
    dialog.delete.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    next(button for button in box.findChildren(QPushButton) if button.text() == "Delete").click()
    qtbot.waitUntil(lambda: not dialog.delete.isEnabled(), timeout=LONG)
    opened = window.workspace
    assert opened is not None
    with opened.project.reading() as s:
        assert workload(s).annotators == ()


def test_a_full_batch_is_told_in_a_quiet_line(qtbot: QtBot, window: MainWindow) -> None:
    opened = window.workspace
    assert opened is not None
    label = opened.label
    assert label is not None
    for _ in range(3):
        qtbot.waitUntil(lambda: label.bench.face is not None, timeout=LONG)
        assert label.bench.accept()
    qtbot.waitUntil(
        lambda: any(text.startswith("Batch done: 3 faces in") for text in window.news.texts()), timeout=LONG
    )


def test_the_words_of_a_load(qtbot: QtBot) -> None:
    nothing = load([])
    assert batch_line(nothing) == ""
    assert sentence(nothing) == "Nothing was labelled in this sitting yet."
