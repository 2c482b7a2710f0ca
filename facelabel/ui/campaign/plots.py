"""What the lead's plots have in common, and the plain ones: seconds per face, training loss, scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from facelabel.campaign.overview import ScoreHistogram
from facelabel.ui import theme
from facelabel.ui.campaign.pool_look import colour
from facelabel.ui.words import tr


class StillGraph(pg.PlotWidget):  # type: ignore[misc]
    """Asks for little room and leaves the mouse to the page around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setMouseEnabled(x=False, y=False)

    def sizeHint(self) -> QSize:
        return QSize(200, 120)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Plot(QWidget):
    """A plot in the theme's colours; in place of an empty one stands a sentence that says what will fill it."""

    def __init__(self, name: str, x: str, y: str, parent: QWidget | None = None, *, graph: Any = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._graph = StillGraph() if graph is None else graph
        self._graph.setAntialiasing(True)
        self._graph.hideButtons()
        self._graph.setMenuEnabled(False)
        self._graph.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        for part in (self._graph, self._graph.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._labels = {"bottom": x, "left": y}
        self._sentence = QLabel()
        self._sentence.setProperty("role", "dim")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._legend.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._legend)
        layout.addWidget(self._graph, 1)
        layout.addWidget(self._sentence, 1)
        self.item.showGrid(x=False, y=True, alpha=0.18)
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
        self._legend.setVisible(not sentence and bool(self._legend.text()))

    def sentence(self) -> str:
        return self._sentence.text()

    def set_legend(self, entries: Sequence[tuple[str, QColor, str]]) -> None:
        """Above the plot: (glyph, its colour, what it stands for)."""
        parts = [f'<span style="color:{ink.name()}">{glyph}</span>&nbsp;{text}' for glyph, ink, text in entries]
        self._legend.setText("&nbsp;&nbsp;&nbsp; ".join(parts))
        self._legend.setVisible(bool(entries) and not self._sentence.text())

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


class SecondsPlot(Plot):
    """Seconds that each face took, and the running median over ten faces."""

    WINDOW = 10

    def __init__(self, parent: QWidget | None = None) -> None:
        self._seconds: list[float] = []
        super().__init__(tr("Seconds per face"), tr("faces in the order of labelling"), tr("seconds a face"), parent)

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
        self.set_legend(
            [
                ("●", faded(accent), self.tr("one face")),
                ("━", accent, self.tr("median of the last {}").format(self.WINDOW)),
            ]
        )
        median = [float(np.median(y[max(0, i - self.WINDOW) : i])) for i in range(1, len(y) + 1)]
        self.item.plot(x, median, pen=pg.mkPen(accent, width=2))
        # One forgotten coffee break must not flatten the curve.
        self.item.setYRange(0, float(np.percentile(y, 95)) * 1.3)


class LossPlot(Plot):
    """The training loss, live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._losses: list[tuple[int, float]] = []
        super().__init__(tr("Training loss"), tr("training steps"), tr("loss"), parent)

    def show_losses(self, losses: Sequence[tuple[int, float]]) -> None:
        self._losses = list(losses)
        self.say("" if self._losses else self.tr("The training loss is drawn here while the model learns."))
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if self._losses:
            x, y = np.array(self._losses, dtype=float).T
            self.item.plot(x, y, pen=pg.mkPen(theme.current().accent, width=2))


class ScorePlot(Plot):
    """How the scores of the open faces are spread, and from which on faces are set aside as likely outliers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._scores: ScoreHistogram | None = None
        self._in_order = True
        super().__init__(tr("Scores of the open faces"), "", tr("open faces"), parent)

    def show_scores(self, scores: ScoreHistogram | None, *, in_order: bool = True) -> None:
        """``in_order``: the campaign asks for faces in the order of these scores."""
        self._scores, self._in_order = scores, in_order
        self.redraw()

    def redraw(self) -> None:
        self.item.clear()
        if self._scores is None:
            return
        names = {
            "nnm": self.tr("NNM"),
            "entropy": self.tr("entropy"),
            "mirror": self.tr("Disagreement with the mirror image"),
            "augmentation": self.tr("Disagreement under augmentation"),
        }
        name = names.get(self._scores.function, self._scores.function)
        self._labels["bottom"] = self.tr("{} (higher: the model is less sure)").format(name)
        self._dress()
        edges, counts, line = self._scores.edges, self._scores.counts, self._scores.line
        ink, aside = colour("labelled"), colour("discarded")
        middle = (edges[:-1] + edges[1:]) / 2
        brushes = [aside if line is not None and place > line else ink for place in middle]
        self.item.addItem(
            pg.BarGraphItem(
                x0=edges[:-1], x1=edges[1:], height=counts, brushes=brushes, pen=pg.mkPen(theme.current().base)
            )
        )
        first = self.tr("asked for, the highest first")
        entries = [("■", ink, first if self._in_order else self.tr("open faces; they are not asked for in this order"))]
        if line is not None:
            # Dashed and thick: the line has to be seen without telling the colours of the bars apart.
            pen = pg.mkPen(theme.current().text, width=2, style=Qt.PenStyle.DashLine)
            self.item.addItem(pg.InfiniteLine(line, pen=pen))
            entries.append(
                ("■", aside, self.tr("right of the dashed line: {:,} set aside").format(self._scores.discarded))
            )
        self.set_legend(entries)
        self.item.setYRange(0, max(1.0, float(counts.max()) * 1.08))
        self.item.setXRange(float(edges[0]), float(edges[-1]), padding=0.03)


def faded(colour: QColor) -> QColor:
    out = QColor(colour)
    out.setAlphaF(0.55)
    return out
