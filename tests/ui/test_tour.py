"""The first-run tour: short, at real widgets, by keyboard, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel import settings as settings_file
from facelabel.ui import theme, tour
from facelabel.ui.main_window import MainWindow
from facelabel.ui.tour import Tour
from tests.ui.shell import LONG, FakeWorker, make_project, open_project, show


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    make_project(tmp_path / "p", 4)
    made = show(qtbot, FakeWorker())
    open_project(qtbot, made, tmp_path / "p")
    work = made.workspace
    assert work is not None
    assert work.label is not None
    label = work.label
    qtbot.waitUntil(lambda: label.bench.face is not None, timeout=LONG)
    yield made
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "light")


def test_it_takes_under_a_minute_to_read(window: MainWindow) -> None:
    stops = tour.desk_stops(window)
    words = sum(len(f"{stop.title} {stop.text}".split()) for stop in stops)
    assert 5 <= len(stops) <= 7
    assert words <= 200  # a slow reader's minute


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_bubble_is_whole_in_the_window_beside_what_it_tells_of(window: MainWindow, choice: theme.Choice) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, choice)
    shown = tour.start(window)
    seen = 0
    while shown.isVisible():
        target = shown.stop.target
        assert target is not None
        assert target.isVisible()
        corner = target.mapTo(window, QPoint(0, 0))
        lit = QRect(corner, target.size())
        assert window.rect().contains(shown.bubble.geometry())
        assert shown.text.height() >= shown.text.heightForWidth(shown.text.width())
        if target.width() < window.width() // 2 and target.height() < window.height():
            assert not shown.bubble.geometry().intersects(lit)
        seen += 1
        shown.go(1)
    assert seen == 7


def test_it_goes_by_keyboard_and_lets_no_key_through(qtbot: QtBot, window: MainWindow) -> None:
    work = window.workspace
    assert work is not None
    assert work.label is not None
    face = work.label.bench.face
    shown = tour.start(window)
    first = shown.stop
    assert shown.next.hasFocus()
    QTest.keyClick(shown.next, Qt.Key.Key_Return)
    assert shown.stop is not first
    QTest.keyClick(shown.next, Qt.Key.Key_Left)
    assert shown.stop is first
    QTest.keyClick(shown.next, Qt.Key.Key_D)
    QTest.keyClick(shown.next, Qt.Key.Key_X)
    assert work.label.bench.face is face
    QTest.keyClick(shown.next, Qt.Key.Key_Tab)
    assert shown.skip.hasFocus()
    with qtbot.waitSignal(shown.ended, timeout=LONG):
        QTest.keyClick(shown.skip, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_it_comes_by_itself_once_and_from_help_again(qtbot: QtBot, window: MainWindow) -> None:
    tour.offer(window)
    (shown,) = window.findChildren(Tour)
    shown.finish()
    qtbot.waitUntil(lambda: not window.findChildren(Tour), timeout=LONG)
    assert settings_file.load().tour_seen
    tour.offer(window)
    assert not window.findChildren(Tour)
    help_menu = window.menuBar().actions()[-1].menu()
    next(action for action in help_menu.actions() if "tour" in action.text()).trigger()
    assert len(window.findChildren(Tour)) == 1


def test_before_any_project_it_tells_of_the_start_screen(qtbot: QtBot) -> None:
    window = show(qtbot, FakeWorker())
    shown = tour.start(window)
    assert shown.stop.target is window.start.new_button
    QTest.keyClick(shown.next, Qt.Key.Key_Escape)
