"""The right side: a map of the scheme that lights the current landmark, its definition, and the table by group."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QSizePolicy, QTreeView, QVBoxLayout, QWidget

from facelabel.desk import picking
from facelabel.desk.session import EditSession
from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.landmark_model import LandmarkModel


class LandmarkTable(QWidget):
    """What the scheme asks for, and how the open face answers it."""

    chosen = Signal(int)
    """The person chose a landmark."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.model = LandmarkModel(scheme, self)
        self.map = FaceMap(scheme)
        self._name = QLabel()
        self._name.setFont(theme.heading(self.font(), 1.05))
        self._definition = QLabel()
        self._definition.setWordWrap(True)
        self._definition.setProperty("role", "dim")
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Three lines, kept free: the table below must not jump from landmark to landmark.
        self._definition.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 4)
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
        metrics = self.fontMetrics()
        for column, widest in ((1, "100 %"), (2, self.tr("occluded")), (3, self.tr("moved {:.1f}").format(88.8))):
            caption = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(
                column, max(metrics.horizontalAdvance(widest), metrics.horizontalAdvance(caption)) + 22
            )
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.map.chosen.connect(self.chosen)
        body = QVBoxLayout(self)
        body.setContentsMargins(6, 10, 10, 8)
        body.setSpacing(4)
        body.addWidget(self.map)
        body.addWidget(self._name)
        body.addWidget(self._definition)
        body.addWidget(self.view, 1)

    def show_session(self, session: EditSession | None) -> None:
        self.model.show(session)

    def show_current(self, landmark: int | None) -> None:
        """Light a landmark in the map, say what it is, and bring its row into sight."""
        self.map.set_current(landmark)
        if landmark is None:
            self._name.clear()
            self._definition.clear()
            self.view.clearSelection()
            return
        known = self.scheme.landmarks[landmark]
        self._name.setText(self.tr("{n}  {name}").format(n=landmark + 1, name=known.name))
        self._definition.setText(known.definition)
        index = self.model.index_of(landmark)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index.parent() if index.row() == 0 else index)
        self.view.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        landmark = self.model.landmark(index)
        if landmark is not None:
            self.chosen.emit(landmark)


class FaceMap(QWidget):
    """The scheme's template as a small map; a click chooses the nearest landmark."""

    chosen = Signal(int)

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._current: int | None = None
        self._ground: tuple[object, QPixmap, npt.NDArray[np.float64]] | None = None
        self.setFixedHeight(172)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Map of the scheme {}").format(scheme.title))

    def sizeHint(self) -> QSize:
        return QSize(240, 172)

    def set_current(self, landmark: int | None) -> None:
        self._current = landmark
        self.update()

    def points(self) -> npt.NDArray[np.float64]:
        """(L, 2) widget coordinates of the template, upright and in its own proportions."""
        template = self._scheme.template_shape * [self._scheme.template_aspect, 1.0]
        low, span = template.min(axis=0), np.ptp(template, axis=0)
        room = np.array([self.width() - 24, self.height() - 24], dtype=np.float64)
        scale = float((room / np.maximum(span, 1e-9)).min())
        shape: npt.NDArray[np.float64] = (template - low) * scale + (room - span * scale) / 2 + 12
        return shape

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        index = picking.nearest(self.points(), (at.x(), at.y()), 30)
        if index is not None:
            self.chosen.emit(index)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, ratio = theme.current(), self.devicePixelRatioF()
        key = (self.size(), ratio, colours.dark)
        if self._ground is None or self._ground[0] != key:
            self._ground = (key, self._painted(colours, ratio), self.points())
        _, ground, points = self._ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(QPointF(0, 0), ground)
        if self._current is not None:
            at = QPointF(*points[self._current])
            painter.setBrush(colours.group_colours[self._scheme.landmarks[self._current].group])
            painter.setPen(QPen(QColor(255, 255, 255), 2))
            painter.drawEllipse(at, 6, 6)
        painter.end()

    def _painted(self, colours: theme.Theme, ratio: float) -> QPixmap:
        """Everything but the current landmark, which alone changes from key to key."""
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Dark in both themes: the colours of the groups are made to stand out from photos.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#23272f") if colours.dark else QColor("#3a404b"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        points = self.points()
        painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
        for first, second in self._scheme.edges:
            painter.drawLine(QPointF(*points[first]), QPointF(*points[second]))
        painter.setPen(Qt.PenStyle.NoPen)
        for index, landmark in enumerate(self._scheme.landmarks):
            painter.setBrush(colours.group_colours[landmark.group])
            painter.drawEllipse(QPointF(*points[index]), 2.3, 2.3)
        painter.end()
        return ground
