"""The list and grid of equal tiles: where they stand, and what keys and clicks do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from facelabel.ui.tiles import Tiles

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MANY = 120_000


class Numbers(QAbstractListModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.asked: set[int] = set()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.count

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked.add(index.row())
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


class Square(QStyledItemDelegate):
    def sizeHint(self, *_: object) -> QSize:
        return QSize(100, 80)


def shown(qtbot: QtBot, count: int, *, wrapping: bool = True) -> Tiles:
    """Three tiles beside each other, four rows in sight."""
    view = Tiles(wrapping=wrapping)
    qtbot.addWidget(view)
    model = Numbers(count)
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegate(Square(view))
    view.setAccessibleName("numbers")
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(330, 322)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    view.grab()
    return view


def chosen(view: Tiles) -> list[int]:
    return sorted(index.row() for index in view.selectionModel().selectedIndexes())


def middle(view: Tiles, place: int) -> QPoint:
    return view.visualRect(view.model().index(place, 0)).center()


def click(view: Tiles, place: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, middle(view, place))


@pytest.mark.parametrize("wrapping", [True, False])
def test_only_what_is_in_sight_is_asked_for_and_the_ends_are_reached(qtbot: QtBot, wrapping: bool) -> None:
    view = shown(qtbot, MANY, wrapping=wrapping)
    model = view.model()
    assert isinstance(model, Numbers)
    assert len(model.asked) < 20
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    view.grab()
    assert MANY - 1 in model.asked
    assert len(model.asked) < 40
    assert view.indexAt(QPoint(5, view.viewport().height() - 5)).row() >= MANY - 3
    assert view.visualRect(model.index(MANY - 1, 0)).bottom() == view.viewport().height() - 1


def test_every_point_of_a_tile_is_its_own(qtbot: QtBot) -> None:
    view = shown(qtbot, 10)
    for place in range(10):
        rect = view.visualRect(view.model().index(place, 0))
        for corner in (rect.topLeft(), rect.bottomRight(), rect.center()):
            assert view.indexAt(corner).row() == place
    assert not view.indexAt(middle(view, 9) + QPoint(100, 0)).isValid()


def test_keys_walk_over_the_grid(qtbot: QtBot) -> None:
    view = shown(qtbot, 31)
    key = Qt.Key
    click(view, 0)
    for pressed, expected in (
        (key.Key_Right, 1),
        (key.Key_Down, 4),
        (key.Key_Left, 3),
        (key.Key_Left, 2),
        (key.Key_Up, 2),
        (key.Key_PageDown, 14),
        (key.Key_End, 30),
        (key.Key_Down, 30),
        (key.Key_Up, 27),
        (key.Key_Right, 28),
        (key.Key_Down, 30),
        (key.Key_Home, 0),
    ):
        QTest.keyClick(view, pressed)
        assert view.currentIndex().row() == expected, pressed
        assert chosen(view) == [expected]
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_shift_chooses_all_between_and_ctrl_one_more(qtbot: QtBot) -> None:
    view = shown(qtbot, 31)
    click(view, 1)
    click(view, 6, SHIFT)
    assert chosen(view) == [1, 2, 3, 4, 5, 6]
    click(view, 10, CTRL)
    assert chosen(view) == [1, 2, 3, 4, 5, 6, 10]
    click(view, 3, CTRL)
    assert chosen(view) == [1, 2, 4, 5, 6, 10]
    click(view, 8)
    QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert chosen(view) == [5, 6, 7, 8]
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert len(chosen(view)) == 31


def test_what_is_at_the_top_stays_there_when_the_window_grows(qtbot: QtBot) -> None:
    view = shown(qtbot, 3000)
    view.scrollTo(view.model().index(300, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    assert view.indexAt(QPoint(5, 5)).row() == 300
    view.resize(530, 322)
    qtbot.waitUntil(lambda: view.indexAt(QPoint(5, 5)).row() == 300)
    view.scrollTo(view.model().index(777, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
    assert abs(middle(view, 777).y() - view.viewport().height() // 2) < 3


def test_rows_that_come_and_go_are_followed(qtbot: QtBot) -> None:
    view = shown(qtbot, 3000)
    model = view.model()
    assert isinstance(model, Numbers)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    model.beginResetModel()
    model.count = 5
    model.endResetModel()
    view.grab()
    assert view.verticalScrollBar().maximum() == 0
    assert view.indexAt(QPoint(5, 5)).row() == 0
    model.beginResetModel()
    model.count = 0
    model.endResetModel()
    view.grab()
    assert not view.indexAt(QPoint(5, 5)).isValid()


def test_letters_do_not_read_all_rows(qtbot: QtBot) -> None:
    view = shown(qtbot, MANY)
    QTest.keyClicks(view, "77")
    model = view.model()
    assert isinstance(model, Numbers)
    assert len(model.asked) < 40


def test_a_screen_reader_finds_a_list(qtbot: QtBot) -> None:
    view = shown(qtbot, 7)
    told = QAccessible.queryAccessibleInterface(view)
    assert told.role() == QAccessible.Role.List
    assert told.text(QAccessible.Text.Name) == "numbers"
    assert [told.child(place).text(QAccessible.Text.Name) for place in range(7)] == [str(n) for n in range(7)]
