"""A list of notes: a heading each, and a few words of explanation that wrap."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from facelabel.ui import theme

NOTE = Qt.ItemDataRole.UserRole
_BELOW = Qt.ItemDataRole.UserRole + 1
_MARGIN = 8
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class Notes(QListWidget):
    """Items carry what they are about as ``NOTE``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("role", "plain")
        self.setItemDelegate(_Delegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def add(self, heading: str, text: str, about: object) -> None:
        item = QListWidgetItem(heading)
        item.setData(_BELOW, text)
        item.setData(NOTE, about)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{heading}. {text}")
        item.setToolTip(f"{heading}\n{text}")
        self.addItem(item)

    def about(self) -> object:
        """What the current item is about, None where there is none."""
        item = self.currentItem()
        return None if item is None else item.data(NOTE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view: QWidget = option.widget
        width = view.width() if not isinstance(view, QAbstractItemView) else view.viewport().width()
        room = QRect(0, 0, max(80, width - 2 * _MARGIN), 10_000)
        heading, below = (QFontMetrics(font) for font in _fonts(option.font))
        height = heading.boundingRect(room, _WRAP, index.data()).height()
        return QSize(width, height + below.boundingRect(room, _WRAP, index.data(_BELOW)).height() + 13)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours, rect = theme.current(), QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.blend(colours.base, colours.accent, 0.16) if selected else colours.panel)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        area = rect.adjusted(_MARGIN, 5, -_MARGIN, -4)
        for font, ink, text in zip(
            _fonts(option.font), (colours.text, colours.dim_text), (index.data(), index.data(_BELOW)), strict=True
        ):
            painter.setFont(font)
            painter.setPen(ink)
            drawn = painter.boundingRect(area, _WRAP, text)
            painter.drawText(area, _WRAP, text)
            area.setTop(drawn.bottom() + 1)
        painter.restore()


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    heading, below = QFont(font), QFont(font)
    heading.setWeight(QFont.Weight.DemiBold)
    below.setPointSizeF(font.pointSizeF() * 0.93)
    return heading, below
