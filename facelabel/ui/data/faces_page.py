"""All faces of the project: a list and a grid over the same rows, what is chosen of them, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facelabel.store.listing import FaceRow, Ids
from facelabel.ui.data.delegates import ROW_HEIGHT, CellDelegate, NameDelegate, TileDelegate
from facelabel.ui.data.face_model import NAME, NOTES, ORDERS, STATE, FaceModel
from facelabel.ui.data.filter_bar import FilterBar
from facelabel.ui.data.noted import Noted
from facelabel.ui.data.paged_model import chosen_ranges
from facelabel.ui.i18n.said import said
from facelabel.ui.reasons import reject_reasons, skip_reasons
from facelabel.ui.row_table import dress
from facelabel.ui.tiles import Tiles

_WIDTHS = (330, 100, 120, 140, 70, 80, 200)


class FacesPage(QWidget):
    wanted_changed = Signal()
    """Another filter or order."""
    opened = Signal(int)
    """The person wants this face on the desk."""
    change_wanted = Signal(object, str, object)
    """Ids, the state to put them in, and the reason (None where there is none)."""

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.model = FaceModel(self)
        self.filters = FilterBar()
        self.table = QTableView()
        self.grid = Tiles(wrapping=True)
        self._prepare_table()
        self._prepare_grid()
        self.views = Noted(self.table, self.grid)
        self._chosen = QLabel()
        self._chosen.setProperty("role", "dim")
        self._chosen.setAccessibleName(self.tr("Chosen faces"))
        self.open_button = QPushButton(self.tr("Open on the desk"))
        self.skip_button = QPushButton(self.tr("Skip"))
        self.reject_button = QPushButton(self.tr("Reject"))
        self.reopen_button = QPushButton(self.tr("Reopen"))
        self._lay_out()
        self._connect()
        self._grid = False
        self._show_chosen()

    @property
    def order(self) -> tuple[str, bool]:
        """What the list is sorted by, and whether it falls."""
        header = self.table.horizontalHeader()
        column = header.sortIndicatorSection()
        falls = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return (ORDERS.get(column, "added"), falls) if column in ORDERS else ("added", False)

    def show_ids(self, ids: Ids, empty: str) -> None:
        """Another list; the face that is current stays current where it is still there."""
        current = self.table.currentIndex()
        before = int(self.model.ids[current.row()]) if current.isValid() else None
        self.model.show_ids(ids)
        self.filters.show_count(len(ids))
        if not len(ids):
            self.views.say(empty)
            return
        self.views.show_view(int(self._grid))
        if before is not None:
            self.go_to(before)
        self._show_chosen()

    def go_to(self, face_id: int) -> bool:
        """Make a face current and bring it into sight; whether it is in the list."""
        places = (self.model.ids == face_id).nonzero()[0]
        if not len(places):
            return False
        index = self.model.index(int(places[0]), 0)
        self.table.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self._view().scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def chosen(self) -> list[int]:
        """Ids of the faces that are chosen, in the order of the list."""
        ids: list[int] = []
        for first, last in chosen_ranges(self.table):
            ids += self.model.ids[first : last + 1].tolist()
        return ids

    # Building

    def _prepare_table(self) -> None:
        table = self.table
        dress(table, self.model, self.tr("Faces of the project"), None)
        table.setMouseTracking(True)
        table.setWordWrap(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.setItemDelegate(CellDelegate(table))
        table.setItemDelegateForColumn(NAME, NameDelegate(self.model, table))
        table.setItemDelegateForColumn(STATE, CellDelegate(table, state=True))
        header = table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)

    def _prepare_grid(self) -> None:
        grid = self.grid
        grid.setModel(self.model)
        grid.setSelectionModel(self.table.selectionModel())
        grid.setAccessibleName(self.tr("Faces of the project, as pictures"))
        grid.setItemDelegate(TileDelegate(self.model, grid))
        grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def _lay_out(self) -> None:
        self._ask_reason(self.skip_button, skip_reasons(), "skipped")
        self._ask_reason(self.reject_button, reject_reasons(), "rejected")
        foot = QHBoxLayout()
        foot.addWidget(self._chosen)
        foot.addStretch(1)
        for button in (self.open_button, self.skip_button, self.reject_button, self.reopen_button):
            foot.addWidget(button)
            if self._read_only:
                button.setToolTip(self.tr("The project is open read-only."))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.views, 1)
        column.addLayout(foot)

    def _ask_reason(self, button: QPushButton, reasons: Iterable[tuple[str, str | None]], state: str) -> None:
        menu = QMenu(button)
        for caption, reason in reasons:
            menu.addAction(caption).triggered.connect(lambda _=False, why=reason: self._change(state, why))
        button.setMenu(menu)

    def _connect(self) -> None:
        self.filters.changed.connect(self.wanted_changed)
        self.filters.view_changed.connect(self._show_grid)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        for view in (self.table, self.grid):
            view.doubleClicked.connect(self._open)
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shortcut = QShortcut(QKeySequence(key), view, partial(self._open, None))
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.open_button.clicked.connect(lambda: self._open(None))
        self.reopen_button.clicked.connect(lambda: self._change("open", None))

    # Doing

    def _view(self) -> QAbstractItemView:
        return self.grid if self._grid else self.table

    def _show_grid(self, grid: bool) -> None:
        current = self.table.currentIndex()
        self._grid = grid
        if not self.views.saying:
            self.views.show_view(int(grid))
        if current.isValid():
            self._view().scrollTo(current, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _sort(self, column: int, _: Qt.SortOrder) -> None:
        if column == NOTES:
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        else:
            self.wanted_changed.emit()

    def _open(self, index: QModelIndex | None) -> None:
        at = self.table.currentIndex() if index is None else index
        if at.isValid() and not self._read_only:
            self.opened.emit(int(self.model.ids[at.row()]))

    def _change(self, state: str, reason: str | None) -> None:
        ids = self.chosen()
        if ids:
            self.change_wanted.emit(ids, state, reason)

    def _show_chosen(self) -> None:
        count = sum(last - first + 1 for first, last in chosen_ranges(self.table))
        row: FaceRow | None = None
        if count == 1:
            row = self.model.row(chosen_ranges(self.table)[0][0])
        notes = "" if row is None else "; ".join(filter(None, [", ".join(self.model.notes(row)), said(row.failure)]))
        text = self.tr("Choose faces to do something with them; a double click opens one.")
        if count:
            text = self.tr("{:,} face(s) chosen", "", count).format(count)
        self._chosen.setText(f"{text}: {notes}" if notes else text)
        self.open_button.setEnabled(count == 1 and not self._read_only)
        for button in (self.skip_button, self.reject_button, self.reopen_button):
            button.setEnabled(count > 0 and not self._read_only)
