"""A list of any length: the ids are all there, the rows are read a page at a time when they are in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.store.listing import Ids

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
ROW = Qt.ItemDataRole.UserRole
PAGE = 64
_PAGES = 60
"""Pages that are kept: more than any screen shows."""
_WAITING = 4
"""Pages that may wait to be read; of a list that is scrolled fast, those passed long ago are left out."""
_NOWHERE = QModelIndex()


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Whoever inherits gives ``columns`` and ``text``. ``page_wanted`` asks for rows one page at a time;
    ``take_page`` brings them."""

    page_wanted = Signal(int, object)
    """The page's number and its ids."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.ids: Ids = np.zeros(0, dtype=np.int64)
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._reading: int | None = None
        self._waiting: list[int] = []
        self._photos: dict[int, FacePicture] = {}
        self._edition = 0
        self.find_picture: Callable[[FacePicture], QPixmap | None] = lambda _: None
        """Gives a thumbnail, or makes one and has the list painted again."""

    def text(self, row: Row, column: int) -> str:
        raise NotImplementedError

    # What is shown

    def show_ids(self, ids: Ids) -> None:
        """Another list. Rows are read anew; thumbnails stay meanwhile."""
        self.beginResetModel()
        self.ids = ids
        self._forget_rows()
        self.endResetModel()

    def _forget_rows(self) -> None:
        self._pages.clear()
        self._waiting.clear()
        self._reading = None
        self._edition += 1

    @property
    def edition(self) -> int:
        """Grows whenever rows have to be read anew: a page that was asked for before is of no use."""
        return self._edition

    @property
    def complete(self) -> bool:
        """Whether no page that was in sight is still to be read."""
        return self._reading is None

    def row(self, place: int) -> Row | None:
        """The row if it is there; else its page is asked for."""
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        return page.get(int(self.ids[place]))

    def take_page(
        self, number: int, rows: Sequence[Row], ids: Sequence[int], photos: Sequence[FacePicture], edition: int
    ) -> None:
        """The rows of a page, with their ids and what their thumbnails are made from."""
        if edition != self._edition:
            return
        if len(self._photos) > _PAGES * PAGE:
            self._photos.clear()
        self._photos.update(zip(ids, photos, strict=True))
        self._pages[number] = dict(zip(ids, rows, strict=True))
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        first, last = number * PAGE, min((number + 1) * PAGE, len(self.ids)) - 1
        self._reading = None
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self._read_next()

    def page_failed(self, edition: int) -> None:
        if edition == self._edition:
            self._reading = None

    def _want(self, number: int) -> None:
        if number == self._reading:
            return
        if number in self._waiting:
            self._waiting.remove(number)
        self._waiting = [*self._waiting, number][-_WAITING:]
        if self._reading is None:
            self._read_next()

    def _read_next(self) -> None:
        while self._waiting:
            number = self._waiting.pop()
            if number not in self._pages:
                self._reading = number
                self.page_wanted.emit(number, self.ids[number * PAGE : (number + 1) * PAGE])
                return

    def picture(self, place: int) -> QPixmap | None:
        """The thumbnail if it is there; else it is asked for, once its row is known."""
        self.row(place)
        photo = self._photos.get(int(self.ids[place]))
        return None if photo is None else self.find_picture(photo)

    # For the views

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if role == ROW or row is None:
            return row
        return self.text(row, index.column())


def chosen_ranges(view: QAbstractItemView) -> list[tuple[int, int]]:
    """First and last row of each stretch that is chosen, in order: of 120,000 rows no index is made for each."""
    selection = view.selectionModel().selection()
    found = (selection.at(place) for place in range(selection.size()))
    return sorted({(one.top(), one.bottom()) for one in found})
