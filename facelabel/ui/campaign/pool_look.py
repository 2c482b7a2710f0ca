"""How the states of faces look on the map: told apart by shape and size as much as by colour, for colour-blind eyes."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from facelabel.campaign.overview import State
from facelabel.ui import theme
from facelabel.ui.campaign.dots import Stamp
from facelabel.ui.words import tr

# Okabe & Ito, "Color Universal Design" (2008), each with a lighter twin for the dark theme.
_COLOURS: dict[State, tuple[str, str]] = {
    "open": ("#7b8494", "#8d96a5"),
    "discarded": ("#a8527f", "#e08bb8"),
    "labelled": ("#0072b2", "#56b4e9"),
    "audit": ("#00785a", "#2cc59b"),
    "chosen": ("#c24e00", "#ffb000"),
}


@dataclass(frozen=True)
class Look:
    """``stamp`` of those that are many, else the ``symbol`` of pyqtgraph and its ``size`` in pixels."""

    stamp: Stamp | None = None
    symbol: str | None = None
    size: int = 0


LOOKS: dict[State, Look] = {
    "open": Look(stamp="dot"),
    "discarded": Look(stamp="cross"),
    "labelled": Look(symbol="o", size=9),
    "audit": Look(symbol="s", size=9),
    "chosen": Look(symbol="d", size=13),
}


def colour(state: State) -> QColor:
    return QColor(_COLOURS[state][theme.current().dark])


def title(state: State) -> str:
    return {
        "open": tr("open"),
        "discarded": tr("set aside"),
        "labelled": tr("labelled"),
        "audit": tr("audit"),
        "chosen": tr("in this batch"),
    }[state]


def icon(state: State) -> QIcon:
    """The symbol of a state as the legend shows it."""
    side, look = 16, LOOKS[state]
    pixmap = QPixmap(2 * side, 2 * side)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    if look.symbol is not None:
        painter.scale(look.size, look.size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(state))
        painter.drawPath(pg.graphicsItems.ScatterPlotItem.Symbols[look.symbol])
    elif look.stamp == "cross":
        painter.setPen(pg.mkPen(colour(state), width=1.5))
        painter.drawLine(QPointF(-3, -3), QPointF(3, 3))
        painter.drawLine(QPointF(-3, 3), QPointF(3, -3))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(state))
        painter.drawEllipse(QRectF(-2, -2, 4, 4))
    painter.end()
    return QIcon(pixmap)


ICON = QSize(16, 16)
