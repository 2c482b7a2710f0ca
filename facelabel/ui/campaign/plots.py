"""The lead's curves: NME against labels, seconds per face, and the training loss while it falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from facelabel.ui import theme


class _Graph(pg.PlotWidget):  # type: ignore[misc]
    """Asks for little room and leaves the wheel to the page around it."""

    def sizeHint(self) -> QSize:
        return QSize(200, 120)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Plot(QWidget):
    """A still plot in the theme's colours; in place of an empty one stands a sentence that says what will fill it."""

    def __init__(self, name: str, x: str, y: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._graph = _Graph()
        self._graph.setAntialiasing(True)
        self._graph.setMouseEnabled(x=False, y=False)
        self._graph.hideButtons()
        self._graph.setMenuEnabled(False)
        self._graph.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self._graph.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._labels = {"bottom": x, "left": y}
        self._sentence = QLabel()
        self._sentence.setProperty("role", "dim")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._graph)
        layout.addWidget(self._sentence, 1)
        self._dress()
        self.say(self.tr("Nothing measured yet."))

    @property
    def item(self) -> Any:
        return self._graph.getPlotItem()

    def say(self, sentence: str) -> None:
        """Show a sentence instead of the curves; an empty one shows the curves."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._graph.setVisible(not sentence)

    def sentence(self) -> str:
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
            self.redraw()

    def redraw(self) -> None:
        """Draw the curves again in the theme's colours."""

    def _dress(self) -> None:
        colours = theme.current()
        self._graph.setBackground(colours.base)
        for side, text in self._labels.items():
            axis = self.item.getAxis(side)
            axis.setPen(pg.mkPen(colours.line))
            axis.setTextPen(pg.mkPen(colours.dim_text))
            axis.setLabel(text, color=colours.dim_text.name())
            axis.enableAutoSIPrefix(False)
        self.item.showGrid(x=False, y=True, alpha=0.18)


class NmePlot(Plot):
    """Hold-out NME (per cent) against labelled faces, with its interval."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._points: list[tuple[float, float, float, float]] = []
        super().__init__("Hold-out error against labelled faces", "labelled faces", "hold-out error, NME in %", parent)

    def show_points(self, points: Sequence[tuple[float, float, float, float]]) -> None:
        """(labels, nme, low, high) in the order of the model versions."""
        self._points = sorted(points)
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if not self._points:
            return
        accent = theme.current().accent
        x, y, low, high = np.array(self._points, dtype=float).T
        width = max(0.5, float(np.ptp(x)) * 0.02)
        self.item.addItem(
            pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=width, pen=pg.mkPen(faded(accent), width=1.5))
        )
        self.item.plot(
            x, y, pen=pg.mkPen(accent, width=2), symbol="o", symbolSize=8, symbolBrush=accent, symbolPen=None
        )
        self.item.setYRange(0, float(np.nanmax(high)) * 1.1)
        self.item.setXRange(max(0.0, float(x.min()) - width * 3), float(x.max()) + width * 3)


class SecondsPlot(Plot):
    """Seconds that each face took, and the running median over ten faces."""

    WINDOW = 10

    def __init__(self, parent: QWidget | None = None) -> None:
        self._seconds: list[float] = []
        super().__init__("Seconds per face", "faces in the order of labelling", "seconds a face", parent)

    def show_seconds(self, seconds: Sequence[float]) -> None:
        self._seconds = list(seconds)
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if not self._seconds:
            return
        accent = theme.current().accent
        y = np.array(self._seconds)
        x = np.arange(1, len(y) + 1)
        self.item.plot(x, y, pen=None, symbol="o", symbolSize=5, symbolBrush=faded(accent), symbolPen=None)
        median = [float(np.median(y[max(0, i - self.WINDOW) : i])) for i in range(1, len(y) + 1)]
        self.item.plot(x, median, pen=pg.mkPen(accent, width=2))
        # One forgotten coffee break must not flatten the curve.
        self.item.setYRange(0, float(np.percentile(y, 95)) * 1.3)


class LossPlot(Plot):
    """The training loss, live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._losses: list[tuple[int, float]] = []
        super().__init__("Training loss", "training steps", "loss", parent)

    def show_losses(self, losses: Sequence[tuple[int, float]]) -> None:
        self._losses = list(losses)
        self.say("" if self._losses else self.tr("The training loss is drawn here while the model learns."))
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if self._losses:
            x, y = np.array(self._losses, dtype=float).T
            self.item.plot(x, y, pen=pg.mkPen(theme.current().accent, width=2))


def faded(colour: QColor) -> QColor:
    out = QColor(colour)
    out.setAlphaF(0.55)
    return out
