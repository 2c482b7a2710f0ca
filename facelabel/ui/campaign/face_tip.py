"""The face under the mouse on the map: its photo, what it is, and why."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from facelabel.ui.card import dim

SIDE = 112


class FaceTip(QFrame):
    """A panel over ``parent`` that never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QLabel()
        self._picture.setFixedSize(SIDE, SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._head = QLabel()
        self._why = dim()
        self._why.setFixedWidth(SIDE + 60)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for widget in (self._picture, self._head, self._why):
            column.addWidget(widget)
        self.hide()

    def show_face(self, head: str, why: str) -> None:
        """The photo follows by ``set_picture``."""
        self._picture.clear()
        self._picture.setText("…")
        self._head.setText(head)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.show()
        self.raise_()
        self.adjustSize()

    def set_picture(self, pixmap: QPixmap) -> None:
        ratio = self.devicePixelRatioF()
        small = pixmap.scaled(round(SIDE * ratio), round(SIDE * ratio), mode=Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        self._picture.setPixmap(small)

    def head(self) -> str:
        return self._head.text()

    def move_beside(self, position: QPoint, gap: QPoint) -> None:
        """Beside a place of the parent, on the side where there is room."""
        room = self._over.rect()
        x, y = position.x() + gap.x(), position.y() + gap.y()
        if x + self.width() > room.right():
            x = position.x() - gap.x() - self.width()
        if y + self.height() > room.bottom():
            y = position.y() - gap.y() - self.height()
        self.move(max(0, x), max(0, y))
