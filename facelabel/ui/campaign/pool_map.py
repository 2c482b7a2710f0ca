"""The map of the pool: every face a dot, near others that look like it to the model; zoom, pan, hover to see a face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from facelabel.campaign.overview import STATES, EmbeddingMap, State
from facelabel.ui import theme
from facelabel.ui.campaign.dots import Dots, Layer, as_points
from facelabel.ui.campaign.face_tip import FaceTip
from facelabel.ui.campaign.plots import Plot
from facelabel.ui.campaign.pool_look import ICON, LOOKS, colour, icon, title

NEAR = 14
"""Pixels from the mouse at which a face is still meant."""
SETTLE = 60
"""Milliseconds that the mouse rests before a photo is decoded for it."""
_ACROSS = 3
"""Entries of the legend beside each other."""
_STRENGTH = 0.8
"""Opacity of a dot: faces that overlap are seen to be several."""


class _Graph(pg.PlotWidget):  # type: ignore[misc]
    moved = Signal(QPointF)
    left = Signal()

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self.moved.emit(event.position())
        else:
            self.left.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class PoolMap(Plot):
    picture_wanted = Signal(int)
    """Show me this face: answer with ``set_picture``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._map: EmbeddingMap | None = None
        self._near: Callable[[float, float], tuple[float, int]] | None = None
        self._reasons: dict[int, str] = {}
        self._hovered: int | None = None
        self._marked: int | None = None
        super().__init__(self.tr("Map of the pool"), "", "", parent, graph=_Graph())
        for side in ("bottom", "left"):
            # A place on the map has no unit that means anything to a person: what is near counts.
            self.item.getAxis(side).setStyle(showValues=False, tickLength=0)
        self.item.showGrid(x=False, y=False)
        view = self.item.getViewBox()
        view.setAspectLocked(True)
        view.setDefaultPadding(0.04)
        view.sigRangeChanged.connect(self._hide_tip)
        self._hidden: set[State] = set()
        self._dots = Dots()
        self.item.addItem(self._dots, ignoreBounds=True)
        self._symbols: dict[State, Any] = {}
        for state in STATES:
            if LOOKS[state].stamp is None:
                self._symbols[state] = pg.ScatterPlotItem(pxMode=True)
                self.item.addItem(self._symbols[state], ignoreBounds=True)
        self._ring = pg.ScatterPlotItem(pxMode=True)
        self.item.addItem(self._ring, ignoreBounds=True)
        self._tip = FaceTip(self._graph)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE)
        self._rest.timeout.connect(self._ask)
        self._graph.setMouseTracking(True)
        self._graph.moved.connect(self._hover)
        self._graph.left.connect(self._hide_tip)
        self._graph.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("")

    def show_map(
        self,
        shown: EmbeddingMap | None,
        near: Callable[[float, float], tuple[float, int]] | None,
        reasons: dict[int, str],
    ) -> None:
        """``near`` answers (distance, row) of the face nearest to a place; ``reasons`` by face id."""
        fresh = self._map is None or shown is None or shown.version != self._map.version
        self._map, self._near, self._reasons = shown, near, reasons
        if shown is not None:
            for side, share, name in zip(
                ("bottom", "left"), shown.explained, (self.tr("first"), self.tr("second")), strict=True
            ):
                text = self.tr("{} principal component, {:.0f} % of the variance")
                self._labels[side] = text.format(name, 100 * share)
            self._dress()
        self.redraw()
        if fresh:
            self.fit()

    def redraw(self) -> None:
        if self._map is None:
            return
        pen = pg.mkPen(theme.current().base, width=1)
        layers = []
        for number, state in enumerate(STATES):
            xy, look, ink = self._map.xy[self._map.state == number], LOOKS[state], colour(state)
            if state in self._hidden:
                xy = xy[:0]
            if look.stamp is not None:
                layers.append(Layer(as_points(xy), ink, look.stamp, _STRENGTH))
            else:
                self._symbols[state].setData(
                    x=xy[:, 0], y=xy[:, 1], symbol=look.symbol, size=look.size, brush=ink, pen=pen
                )
        # Those set aside lie below: in a crowd their crosses would hide the many that they are a tenth of.
        self._dots.show_layers(layers[::-1])
        self._draw_ring()

    def fit(self) -> None:
        """Show every face."""
        if self._map is not None and len(self._map.xy):
            low, high = self._map.xy.min(axis=0).tolist(), self._map.xy.max(axis=0).tolist()
            self.item.getViewBox().setRange(xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=0.04)

    def zoom(self, factor: float) -> None:
        """Above 1: closer."""
        self.item.getViewBox().scaleBy((1 / factor, 1 / factor))

    def set_shown(self, state: State, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(state)
        self.redraw()

    def mark(self, face_id: int | None) -> None:
        """Ring a face, such as one that is chosen in a list."""
        self._marked = face_id
        self._draw_ring()

    def set_picture(self, face_id: int, pixmap: QPixmap) -> None:
        if face_id == self._hovered:
            self._tip.set_picture(pixmap)

    def face_at(self, position: QPointF) -> int | None:
        """The face nearest to a point of the map's graph, in pixels; None where none is near."""
        row = self._row_at(position)
        return None if row is None or self._map is None else int(self._map.ids[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (-0.15, 0.0),
            Qt.Key.Key_Right: (0.15, 0.0),
            Qt.Key.Key_Up: (0.0, 0.15),
            Qt.Key.Key_Down: (0.0, -0.15),
        }.get(Qt.Key(event.key()))
        view = self.item.getViewBox()
        if step is not None:
            shown = view.viewRect()
            view.translateBy(x=step[0] * shown.width(), y=step[1] * shown.height())
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.4)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / 1.4)
        elif event.key() == Qt.Key.Key_F:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _row_at(self, position: QPointF) -> int | None:
        if self._near is None or self._map is None or not len(self._map.ids):
            return None
        view = self.item.getViewBox()
        if not view.sceneBoundingRect().contains(position):
            return None
        place = view.mapSceneToView(position)
        distance, row = self._near(place.x(), place.y())
        pixel = float(view.viewPixelSize()[0])
        return row if distance <= NEAR * pixel and STATES[self._map.state[row]] not in self._hidden else None

    def _hover(self, position: QPointF) -> None:
        row = self._row_at(position)
        if row is None or self._map is None:
            self._hide_tip()
            return
        face_id, state = int(self._map.ids[row]), STATES[self._map.state[row]]
        if face_id != self._hovered:
            self._hovered = face_id
            head = self.tr("Face {}, {}").format(face_id, title(state))
            self._tip.show_face(head, self._reasons.get(face_id, ""))
            self._rest.start()
        self._tip.move_beside(position.toPoint(), QPoint(18, 14))

    def _ask(self) -> None:
        if self._hovered is not None:
            self.picture_wanted.emit(self._hovered)

    def _hide_tip(self) -> None:
        self._hovered = None
        self._rest.stop()
        self._tip.hide()

    def _draw_ring(self) -> None:
        rows = np.zeros(0, np.intp)
        if self._map is not None and self._marked is not None:
            rows = np.flatnonzero(self._map.ids == self._marked)
        if self._map is None or not len(rows):
            self._ring.clear()
            return
        x, y = self._map.xy[rows[:1]].T
        pen = pg.mkPen(theme.current().text, width=2.5)
        self._ring.setData(x=x, y=y, symbol="o", size=24, brush=None, pen=pen)


class Legend(QWidget):
    """What the symbols mean and how many there are; a click hides them."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[State, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.setColumnStretch(_ACROSS, 1)
        for place, state in enumerate(reversed(STATES)):
            button = QToolButton()
            button.setCheckable(True)
            button.setChecked(True)
            button.setIconSize(ICON)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("role", "legend")
            button.toggled.connect(lambda on, state=state: self.toggled.emit(state, on))
            self._buttons[state] = button
            grid.addWidget(button, place // _ACROSS, place % _ACROSS)
        self._dress()

    def show_counts(self, shown: EmbeddingMap | None) -> None:
        for state, button in self._buttons.items():
            count = 0 if shown is None else shown.count(state)
            button.setText(f"{count:,} {title(state)}")
            button.setAccessibleName(self.tr("Show faces that are: {}").format(title(state)))
            button.setToolTip(self.tr("Show or hide them"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        for state, button in self._buttons.items():
            button.setIcon(icon(state))


class MapPanel(QWidget):
    """The map with its legend and the buttons for the zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = PoolMap()
        self.legend = Legend()
        self.legend.toggled.connect(self.map.set_shown)
        self.tools = QWidget()
        top = QHBoxLayout(self.tools)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(4)
        top.addWidget(self.legend, 1)
        for caption, name, act in (
            ("+", self.tr("Closer"), lambda: self.map.zoom(1.4)),
            ("–", self.tr("Farther"), lambda: self.map.zoom(1 / 1.4)),
            (self.tr("Fit"), self.tr("Show every face"), self.map.fit),
        ):
            button = QToolButton()
            button.setText(caption)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setProperty("role", "legend")
            button.clicked.connect(act)
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tools)
        column.addWidget(self.map, 1)
