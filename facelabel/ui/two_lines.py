"""List items of two lines: a name, and below it where it is, cut in the middle where it is long."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from facelabel.ui import theme

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
PADDING = 8


class TwoLines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * option.fontMetrics.lineSpacing() + 2 * PADDING + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.current()
        state: QStyle.StateFlag = option.state
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(colours.accent if focused else Qt.PenStyle.NoPen)
            painter.setBrush(colours.panel)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        inside = area.adjusted(PADDING + 2, PADDING, -PADDING, -PADDING)
        painter.setPen(colours.text)
        painter.setFont(theme.heading(option.font, 1.0))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setPen(colours.dim_text)
        painter.setFont(option.font)
        text = painter.fontMetrics().elidedText(index.data(SECOND_LINE), Qt.TextElideMode.ElideMiddle, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, text)
        painter.restore()
