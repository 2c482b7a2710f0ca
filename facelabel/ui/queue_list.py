"""The queue on the left: thumbnail, rank, score, state; a click or Enter opens a face."""

from __future__ import annotations

import re

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from facelabel.ui import theme
from facelabel.ui.face_picture import SIDE, paint_face
from facelabel.ui.i18n.said import said
from facelabel.ui.queue_model import ROW, QueueModel, Row, score_text

_HEIGHT = 66


class QueueList(QWidget):
    opened = Signal(int)
    """The person chose a face."""

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._shown: tuple[int | None, int] = (None, -1)
        self._title = QLabel()
        self._note = QLabel()
        self._note.setProperty("role", "dim")
        self._note.setWordWrap(True)
        self.view = QListView()
        self.view.setModel(model)
        self.view.setItemDelegate(_Delegate(model, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Queue of faces"))
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 6, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addWidget(self.view, 1)
        self._title.setFont(theme.heading(self.font(), 1.1))

    def show_current(self, face_id: int | None) -> None:
        """Mark the face that is on the canvas and scroll to it, if that is news: whoever looks ahead stays there."""
        place = -1 if face_id is None else self.model.index_of(face_id)
        news, self._shown = (face_id, place) != self._shown, (face_id, place)
        if place < 0:
            self.view.clearSelection()
            return
        index = self.model.index(place)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if news:
            self.view.scrollTo(index)

    def show_round(self, number: int) -> None:
        """Which round the faces are of (``number``, where they do not say it) and how many wait."""
        rows = self.model.rows
        waiting = [row for row in rows if row.state == "open"]
        batch = sum(not row.item.ahead for row in waiting)
        if waiting and not batch:
            self._head(
                self.tr("Next in line"), self.tr("Handed out ahead, by the last ranking, while the model trains.")
            )
            return
        number = max((row.item.round for row in rows), default=number)
        title = self.tr("Round {}").format(number) if number else self.tr("Queue")
        self._head(title, self.tr("{} left to label").format(batch) if batch else "")

    def _head(self, title: str, note: str) -> None:
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _choose(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW)
        self.opened.emit(row.face_id)


class _Delegate(QStyledItemDelegate):
    """Two lines beside the thumbnail; what is done is dimmed and ticked, what was handed out ahead says so."""

    def __init__(self, model: QueueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW)
        colours = theme.current()
        state: QStyle.StateFlag = option.state
        rect, selected = QRectF(option.rect), bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.blend(colours.base, colours.accent, 0.16) if selected else colours.panel)
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -2), 6, 6)
            if selected:
                painter.setBrush(colours.accent)
                painter.drawRoundedRect(QRectF(rect.left() + 3, rect.top() + 10, 3, rect.height() - 20), 1.5, 1.5)
        picture = QRectF(rect.left() + 12, rect.center().y() - SIDE / 2, SIDE, SIDE)
        paint_face(painter, picture, self._model.thumbnail(row), dim=row.state != "open")
        words = QRectF(picture.right() + 10, picture.top() + 4, rect.right() - picture.right() - 20, SIDE - 8)
        self._words(painter, words, row, colours)
        painter.restore()

    def _words(self, painter: QPainter, area: QRectF, row: Row, colours: theme.Theme) -> None:
        open_, font = row.state == "open", QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.text if open_ else colours.dim_text)
        top = QRectF(area.left(), area.top(), area.width(), area.height() / 2)
        rank = f"{row.item.rank}" if row.item.rank else "↩"
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, rank)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colours.dim_text)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, score_text(row.item.score))
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        state = self._model.state_text(row)
        if state:
            ink = {"labelled": colours.ok, "skipped": colours.warn, "rejected": colours.error}.get(row.state)
            painter.setPen(ink or colours.accent)
            mark = {"labelled": "✓ ", "skipped": "↷ ", "rejected": "✕ "}.get(row.state, "» ")
            mark = "✓ " if self._model.is_ticked(row) else mark
            text = mark + state
        elif row.picture is None or row.item.score is None:
            text = re.split("[,:]", said(row.item.why))[0]  # the rest is in the tooltip and the status line
        else:
            text = row.picture.path.name
        bottom = QRectF(area.left(), area.center().y(), area.width(), area.height() / 2)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(bottom.width()))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
