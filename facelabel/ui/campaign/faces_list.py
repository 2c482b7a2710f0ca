"""A list of faces with the reason for each: of a batch, or of the batch that other settings would choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.store.listing import Ids
from facelabel.ui import theme
from facelabel.ui.face_picture import SIDE, paint_face
from facelabel.ui.tiles import Tiles

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_SMALLER = 0.9
_MARGIN = 10
_MIDDLE = Qt.TextElideMode.ElideMiddle


@dataclass(frozen=True)
class FaceLine:
    """``head`` in bold, ``mark`` coloured beside it, ``why`` below; ``picture`` is what the thumbnail is made from."""

    face_id: int
    head: str
    why: str
    picture: FacePicture | None = None
    mark: str = ""
    ink: str = ""
    """The theme's colour of ``mark``: "ok", "warn", "error", "accent"."""
    done: bool = False


class FacesModel(QAbstractListModel):
    """Thumbnails are asked for when a row is painted, never before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[FaceLine] = ()
        self._ids: Ids = np.zeros(0, dtype=np.int64)
        self.find_picture: Callable[[FacePicture], QPixmap | None] = lambda _: None
        """Gives a thumbnail, or makes one and has the list painted again."""

    def show_lines(self, lines: Sequence[FaceLine], ids: Ids | None = None) -> None:
        """``ids``: the faces, for lines that are made when they are asked for; any number of them is shown at once."""
        if ids is None and list(lines) == self.lines:
            return
        self.beginResetModel()
        self.lines = list(lines) if ids is None else lines
        self._ids = np.array([line.face_id for line in self.lines], dtype=np.int64) if ids is None else ids
        self.endResetModel()

    def tell(self, face_id: int) -> None:
        """There is something else to say of a face that is listed; the list stays where it is."""
        place = self.place_of(face_id)
        if place >= 0:
            self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, face_id: int | None) -> int:
        """-1 for a face that is not listed."""
        if face_id is None:
            return -1
        places = np.flatnonzero(self._ids == face_id)
        return int(places[-1]) if len(places) else -1

    def pixmap(self, line: FaceLine) -> QPixmap | None:
        return None if line.picture is None else self.find_picture(line.picture)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == _ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(text for text in (line.head, line.mark, line.why) if text)
        return line.why if role == Qt.ItemDataRole.ToolTipRole else None


class FacesList(Tiles):
    chosen = Signal(int)
    """The face of the row that is current."""

    def __init__(self, name: str, rows: int = 4, parent: QWidget | None = None) -> None:
        """``rows``: lines of text that a reason may take."""
        super().__init__(parent)
        self.faces = FacesModel(self)
        self.setModel(self.faces)
        self.setItemDelegate(_Delegate(self.faces, rows, self))
        self.setAccessibleName(name)
        self.setProperty("role", "plain")
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.faces.lines[now.row()].face_id)


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: FacesModel, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        text = metrics.height() + self._rows * metrics.lineSpacing() * _SMALLER
        return QSize(220, max(SIDE, round(text)) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: FaceLine = index.data(_ROW)
        colours, rect = theme.current(), QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.blend(colours.base, colours.accent, 0.16) if selected else colours.panel)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
        picture = QRectF(rect.left() + _MARGIN, rect.center().y() - SIDE / 2, SIDE, SIDE)
        paint_face(painter, picture, self._model.pixmap(line), dim=line.done)
        left = picture.right() + _MARGIN
        self._words(painter, QRectF(left, rect.top() + 7, rect.right() - left - _MARGIN, rect.height() - 12), line)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, area: QRectF, line: FaceLine) -> None:
        colours, font = theme.current(), QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        head = QRectF(area.left(), area.top(), area.width(), metrics.height())
        painter.setPen(colours.dim_text if line.done else colours.text)
        room = int(head.width()) - metrics.horizontalAdvance(line.mark) - 6 * bool(line.mark)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(line.head, _MIDDLE, room))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        ink: QColor = getattr(colours, line.ink) if line.ink else colours.dim_text
        painter.setPen(ink)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight, line.mark)
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
        painter.setFont(font)
        painter.setPen(colours.dim_text)
        metrics = painter.fontMetrics()
        below = area.adjusted(0, head.height() + 1, 0, 0)
        rows = max(1, int(below.height() // metrics.lineSpacing()))
        painter.drawText(below, Qt.TextFlag.TextWordWrap, _fitted(metrics, line.why, int(below.width()), rows))


def _fitted(metrics: QFontMetrics, text: str, width: int, rows: int) -> str:
    """``text`` cut with an ellipsis so that it wraps into ``rows`` lines of ``width`` pixels at most."""
    words, lines = text.split(), [""]
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < rows:
            lines.append(word)
        else:
            rest = " ".join([lines[-1], *words[place:]])
            lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            break
    return "\n".join(lines)
