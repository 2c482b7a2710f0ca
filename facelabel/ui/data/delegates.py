"""How faces and images look in the lists and the grid of the Data screen."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facelabel.ui import theme
from facelabel.ui.data.paged_model import ROW, Index, PagedModel
from facelabel.ui.face_picture import SIDE, paint_face

ROW_HEIGHT = SIDE + 10
TILE = QSize(124, 142)
_TILE_SIDE = 100
_INKS = {"labelled": "ok", "skipped": "warn", "rejected": "error"}
_MARKS = {"labelled": "✓ ", "skipped": "↷ ", "rejected": "✕ "}


def ink_of(state: str) -> QColor:
    """The theme's colour for a state; plain text for an open face."""
    colour: QColor = getattr(theme.current(), _INKS.get(state, "text"))
    return colour


class NameDelegate(QStyledItemDelegate):
    """The thumbnail, the file's name, and below it the folder."""

    def __init__(self, model: PagedModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = index.data(ROW), QRectF(option.rect)
        colours = theme.current()
        painter.save()
        _ground(painter, option)
        picture = QRectF(area.left() + 6, area.center().y() - SIDE / 2, SIDE, SIDE)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        done = row is not None and getattr(row, "state", "open") in ("skipped", "rejected")
        paint_face(painter, picture, self._model.picture(index.row()), dim=done)
        if row is not None:
            path = PurePath(row.path)
            words = QRectF(picture.right() + 10, picture.top() + 5, area.right() - picture.right() - 14, SIDE - 10)
            metrics = painter.fontMetrics()
            painter.setPen(colours.text)
            name = metrics.elidedText(path.name, Qt.TextElideMode.ElideMiddle, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignTop, name)
            painter.setPen(colours.dim_text)
            below = metrics.elidedText(str(path.parent), Qt.TextElideMode.ElideMiddle, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom, below)
        painter.restore()


class CellDelegate(QStyledItemDelegate):
    """A plain cell; ``state`` cells are ticked and coloured."""

    def __init__(self, parent: QWidget, *, state: bool = False) -> None:
        super().__init__(parent)
        self._state = state

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        _ground(painter, option)
        if row is not None:
            text = str(index.data())
            colour = theme.current().text
            if self._state:
                text, colour = _MARKS.get(row.state, "") + text, ink_of(row.state)
            painter.setPen(colour)
            area = QRectF(option.rect).adjusted(8, 0, -6, 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class TileDelegate(QStyledItemDelegate):
    """A face of the grid: the thumbnail and its state."""

    def __init__(self, model: PagedModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = index.data(ROW), QRectF(option.rect).adjusted(3, 3, -3, -3)
        colours = theme.current()
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.blend(colours.base, colours.accent, 0.28))
            painter.drawRoundedRect(area, 6, 6)
        picture = QRectF(area.center().x() - _TILE_SIDE / 2, area.top() + 6, _TILE_SIDE, _TILE_SIDE)
        pixmap = self._model.picture(index.row())
        painter.fillRect(picture, colours.panel)
        if pixmap is not None:
            painter.setOpacity(0.5 if row is not None and row.state in ("skipped", "rejected") else 1.0)
            painter.drawPixmap(picture, pixmap, QRectF(pixmap.rect()))
            painter.setOpacity(1.0)
        if row is not None:
            words = QRectF(picture.left(), picture.bottom() + 3, picture.width(), area.bottom() - picture.bottom() - 5)
            mark = _MARKS.get(row.state, "")
            painter.setPen(ink_of(row.state))
            painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, mark)
            metrics = painter.fontMetrics()
            room = words.adjusted(metrics.horizontalAdvance(mark), 0, 0, 0)
            name = metrics.elidedText(PurePath(row.path).stem, Qt.TextElideMode.ElideMiddle, int(room.width()))
            painter.setPen(colours.dim_text)
            painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.accent)
            painter.drawRoundedRect(area, 6, 6)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    colours = theme.current()
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, theme.blend(colours.base, colours.accent, 0.2))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, colours.panel)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(colours.accent)
        painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))
