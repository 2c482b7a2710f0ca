"""The right side: the scheme guide, and the landmarks of the open face as a table by group."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from facelabel.desk.session import EditSession
from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.guide import SchemeGuide
from facelabel.ui.landmark_model import LandmarkModel


class LandmarkTable(QWidget):
    """What the scheme asks for, and how the open face answers it."""

    chosen = Signal(int)
    """The person chose a landmark."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.model = LandmarkModel(scheme, self)
        self.guide = SchemeGuide(scheme)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(10)
        self.view.setRootIsDecorated(False)
        self.view.setItemsExpandable(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setAccessibleName(self.tr("Landmarks of the face"))
        self.view.expandAll()
        for place in range(len(self.model.groups)):
            self.view.setFirstColumnSpanned(place, QModelIndex(), True)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        metrics, bold = self.fontMetrics(), QFontMetrics(theme.heading(self.font(), 1.0))
        widths = (self.model.error_text(88.8), self.tr("occluded"), self.tr("moved {:.1f}").format(88.8))
        for column, widest in enumerate(widths, start=1):
            caption = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, max(metrics.horizontalAdvance(widest), bold.horizontalAdvance(caption)) + 18)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.guide.chosen.connect(self.chosen)
        body = QVBoxLayout(self)
        body.setContentsMargins(6, 10, 10, 8)
        body.setSpacing(4)
        body.addWidget(self.guide)
        body.addWidget(self.view, 1)

    def host(self, news: QWidget) -> None:
        """Show a widget above everything here, as long as nobody else takes it."""
        body = self.layout()
        assert isinstance(body, QVBoxLayout)
        body.insertWidget(0, news)

    def show_session(self, session: EditSession | None) -> None:
        self.model.show(session)

    def show_current(self, landmark: int | None) -> None:
        """Light a landmark in the map, say what it is, and bring its row into sight."""
        self.guide.show_landmark(landmark)
        if landmark is None:
            self.view.clearSelection()
            return
        index = self.model.index_of(landmark)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index.parent() if index.row() == 0 else index)
        self.view.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        landmark = self.model.landmark(index)
        if landmark is not None:
            self.chosen.emit(landmark)
