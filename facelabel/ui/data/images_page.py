"""Images that have no face: draw a box, let the detector look again, or say that there is none."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facelabel.store.listing import NOBODY, Ids, ImageRow
from facelabel.ui.card import dim
from facelabel.ui.data.delegates import ROW_HEIGHT, CellDelegate, NameDelegate
from facelabel.ui.data.noted import Noted
from facelabel.ui.data.paged_model import PagedModel, chosen_ranges
from facelabel.ui.row_table import dress

NAME, SIZE, LOOKED = range(3)


class ImageModel(PagedModel[ImageRow]):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = (self.tr("Photo"), self.tr("Pixels"), self.tr("Looked at by"))

    def text(self, row: ImageRow, column: int) -> str:
        if column == NAME:
            return PurePath(row.path).name
        if column == SIZE:
            return f"{row.size[0]} × {row.size[1]}"
        if row.detected_with is None:
            return self.tr("nobody yet")
        return self.tr("a person: no face") if row.detected_with == NOBODY else self.tr("the detector: no face")


class ImagesPage(QWidget):
    wanted_changed = Signal()
    draw_wanted = Signal(object)
    """The ImageRow to draw boxes in."""
    detect_wanted = Signal(object)
    """Ids of the images to look through again."""
    settle_wanted = Signal(object, bool)
    """Ids, and whether there is no face in them (or whether that is taken back)."""

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.model = ImageModel(self)
        self.table = QTableView()
        self.settled = QCheckBox(self.tr("Show those where a person said that there is no face"))
        self.draw_button = QPushButton(self.tr("Draw the faces…"))
        self.detect_button = QPushButton(self.tr("Let the detector look again"))
        self.settle_button = QPushButton(self.tr("There is no face"))
        self._prepare()
        self._views = Noted(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(dim(self.tr("Photos in which no face is known. Nobody is asked to label them.")))
        column.addWidget(self.settled)
        column.addWidget(self._views, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.draw_button, self.detect_button, self.settle_button):
            foot.addWidget(button)
        column.addLayout(foot)
        self.settled.toggled.connect(self.wanted_changed)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.doubleClicked.connect(lambda _: self._draw())
        self.draw_button.clicked.connect(self._draw)
        self.detect_button.clicked.connect(lambda: self.detect_wanted.emit(self.chosen()))
        self.settle_button.clicked.connect(lambda: self.settle_wanted.emit(self.chosen(), not self.settled.isChecked()))
        self._show_chosen()

    def show_ids(self, ids: Ids) -> None:
        self.model.show_ids(ids)
        if len(ids):
            self._views.show_view()
        else:
            self._views.say(self.tr("None: every photo has a face, or somebody has said that it has none."))
        self._show_chosen()

    def chosen(self) -> list[int]:
        """Ids of the images that are chosen."""
        ids: list[int] = []
        for first, last in chosen_ranges(self.table):
            ids += self.model.ids[first : last + 1].tolist()
        return ids

    def _prepare(self) -> None:
        table = self.table
        dress(table, self.model, self.tr("Photos without a face"), None)
        table.setMouseTracking(True)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.setItemDelegate(CellDelegate(table))
        table.setItemDelegateForColumn(NAME, NameDelegate(self.model, table))
        table.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate((420, 140, 200)):
            table.setColumnWidth(place, width)

    def _draw(self) -> None:
        current = self.table.currentIndex()
        row = self.model.row(current.row()) if current.isValid() else None
        if row is not None and not self._read_only:
            self.draw_wanted.emit(row)

    def _show_chosen(self) -> None:
        some = len(self.chosen()) if len(self.model.ids) else 0
        settled = self.settled.isChecked()
        self.settle_button.setText(self.tr("Look at it again") if settled else self.tr("There is no face"))
        self.draw_button.setEnabled(some == 1 and not self._read_only)
        self.detect_button.setEnabled(some > 0 and not settled and not self._read_only)
        self.settle_button.setEnabled(some > 0 and not self._read_only)
