"""A list or a grid of equal tiles, of any length: where a tile stands is worked out, never laid out."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
_Moves = QAbstractItemView.CursorAction
_Hints = QAbstractItemView.ScrollHint


class Tiles(QListView):
    """The delegate's ``sizeHint`` is asked once for all. ``wrapping``: as many tiles beside each other as fit; else one
    below the other, as wide as the view.

    A ``QListView`` for what screen readers make of it; its layout, which visits every row, is not used.
    """

    def __init__(self, parent: QWidget | None = None, *, wrapping: bool = False) -> None:
        super().__init__(parent)
        self._wrapping = wrapping
        self._size: QSize | None = None
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # Where tiles stand

    @property
    def _tile(self) -> QSize:
        if self._size is None:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            self._size = self.itemDelegate().sizeHint(option, QModelIndex()).expandedTo(QSize(1, 1))
        return self._size

    @property
    def _count(self) -> int:
        return 0 if self.model() is None else self.model().rowCount(self.rootIndex())

    @property
    def _columns(self) -> int:
        return max(1, self.viewport().width() // self._tile.width()) if self._wrapping else 1

    def _index(self, place: int) -> QModelIndex:
        return self.model().index(place, self.modelColumn(), self.rootIndex())

    def _nearest(self, point: QPoint) -> int:
        """The place of the tile that is nearest to a point of the viewport."""
        columns = self._columns
        # The last column that begins at or before the point, as ``visualRect`` rounds.
        column = min(max(0, ((point.x() + 1) * columns - 1) // max(1, self.viewport().width())), columns - 1)
        row = max(0, (point.y() + self.verticalOffset()) // self._tile.height())
        return min(row * columns + column, self._count - 1)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        row, column = divmod(index.row(), self._columns)
        width = self.viewport().width()
        left, right = (width * one // self._columns for one in (column, column + 1))
        return QRect(left, row * self._tile.height() - self.verticalOffset(), right - left, self._tile.height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        index = self._index(self._nearest(point)) if self._count else QModelIndex()
        return index if self.visualRect(index).contains(point) else QModelIndex()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    # Scrolling

    def doItemsLayout(self) -> None:
        self._size = None
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        room, bar = self.viewport().height(), self.verticalScrollBar()
        rows = -(-self._count // self._columns)
        bar.setRange(0, max(0, rows * self._tile.height() - room))
        bar.setPageStep(room)
        bar.setSingleStep(max(1, self._tile.height() // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stood at the top stays there, however many columns there are now."""
        before = max(1, event.oldSize().width() // self._tile.width()) if self._wrapping else 1
        first = self.verticalOffset() // self._tile.height() * before
        QAbstractItemView.resizeEvent(self, event)
        if before != self._columns:
            self.verticalScrollBar().setValue(first // self._columns * self._tile.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hints.EnsureVisible) -> None:
        if not index.isValid():
            return
        tile, room = self.visualRect(index), self.viewport().height()
        spare = room - tile.height()
        top = {_Hints.PositionAtTop: 0, _Hints.PositionAtBottom: spare, _Hints.PositionAtCenter: spare // 2}.get(hint)
        if top is None:
            top = max(0, min(tile.top(), spare))
        self.verticalScrollBar().setValue(self.verticalOffset() + tile.top() - top)

    # Choosing

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not self._count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._index(self._count - 1 if action == _Moves.MoveEnd else 0)
        columns, last = self._columns, self._count - 1
        page = max(1, self.viewport().height() // self._tile.height()) * columns
        ways = {
            _Moves.MoveLeft: -1,
            _Moves.MovePrevious: -1,
            _Moves.MoveRight: 1,
            _Moves.MoveNext: 1,
            _Moves.MoveUp: -columns,
            _Moves.MoveDown: columns,
            _Moves.MovePageUp: -page,
            _Moves.MovePageDown: page,
            _Moves.MoveHome: -last,
            _Moves.MoveEnd: last,
        }
        here, way = current.row(), ways[action]
        there = here + way
        if action in (_Moves.MoveUp, _Moves.MovePageUp) and there < 0:
            there = here % columns
        if action in (_Moves.MoveDown, _Moves.MovePageDown) and there > last:
            there = last if here // columns < last // columns else here
        return self._index(min(max(0, there), last))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """All tiles from the one at the one corner to the one at the other, as they follow each other."""
        if self._count:
            first, last = sorted((self._nearest(rect.topLeft()), self._nearest(rect.bottomRight())))
            self.selectionModel().select(QItemSelection(self._index(first), self._index(last)), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing: that would read all rows."""

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._count:
            return
        painter, chosen = QPainter(self.viewport()), self.selectionModel()
        here, under = self.viewport().mapFromGlobal(QCursor.pos()), self.viewport().underMouse()
        area = event.rect()
        first = self._nearest(area.topLeft()) // self._columns * self._columns
        for place in range(first, self._nearest(area.bottomRight()) + 1):
            index, option = self._index(place), QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = self.visualRect(index)
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == self.currentIndex() and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            else:
                option.state &= ~QStyle.StateFlag.State_HasFocus
            if under and option.rect.contains(here):
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegate().paint(painter, option, index)
        painter.end()
