"""Drawing the boxes of faces in a photo that has none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from facelabel.geometry import Box
from facelabel.images.decode import UInt8Image, read
from facelabel.ui import theme
from facelabel.ui.background import Background
from facelabel.ui.card import dim
from facelabel.ui.i18n.said import said

LONGEST = 1600
"""Pixels that a photo is shown with at most."""
_LEAST = 8
"""Screen pixels from which on a drag is a box."""


class PhotoBoxes(QWidget):
    """A photo, fitted to the widget; every drag draws a box. Boxes are image pixels of the full photo."""

    changed = Signal()

    def __init__(self, size: tuple[int, int], parent: QWidget | None = None) -> None:
        """``size``: width and height of the full photo."""
        super().__init__(parent)
        self.boxes: list[Box] = []
        self._size = size
        self._image: QImage | None = None
        self._words = self.tr("Reading the photo…")
        self._drag: tuple[QPointF, QPointF] | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The photo: drag to draw a box around each face"))

    def sizeHint(self) -> QSize:
        return QSize(820, 560)

    def show_photo(self, pixels: UInt8Image) -> None:
        height, width = pixels.shape[:2]
        whole = np.ascontiguousarray(pixels)
        self._image = QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def show_words(self, words: str) -> None:
        self._words = words
        self.update()

    def undo(self) -> None:
        """Take the last box back."""
        if self.boxes:
            self.boxes.pop()
            self.changed.emit()
            self.update()

    def _place(self) -> tuple[float, QPointF]:
        """Screen pixels a photo pixel, and where the photo's corner stands."""
        width, height = self._size
        scale = min(self.width() / width, self.height() / height)
        return scale, QPointF((self.width() - scale * width) / 2, (self.height() - scale * height) / 2)

    def _on_screen(self, box: Box) -> QRectF:
        scale, corner = self._place()
        # Pixel centres are whole numbers: the photo's corner lies half a pixel before the first.
        left, top = (box.left + 0.5) * scale, (box.top + 0.5) * scale
        return QRectF(corner.x() + left, corner.y() + top, box.width * scale, box.height * scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._image is not None:
            self._drag = event.position(), event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag = self._drag[0], event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            return
        area = QRectF(self._drag[0], event.position()).normalized()
        self._drag = None
        scale, corner = self._place()
        area = area.intersected(QRectF(corner.x(), corner.y(), scale * self._size[0], scale * self._size[1]))
        if min(area.width(), area.height()) >= _LEAST:
            left, top = (area.left() - corner.x()) / scale - 0.5, (area.top() - corner.y()) / scale - 0.5
            self.boxes.append(Box(left, top, area.width() / scale, area.height() / scale))
            self.changed.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.undo()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.canvas)
        if self._image is None:
            painter.setPen(QColor("#ffffff") if colours.dark else QColor("#000000"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        scale, corner = self._place()
        painter.drawImage(QRectF(corner.x(), corner.y(), scale * self._size[0], scale * self._size[1]), self._image)
        shown = [self._on_screen(box) for box in self.boxes]
        if self._drag is not None:
            shown.append(QRectF(*self._drag).normalized())
        for area in shown:
            painter.setPen(QPen(QColor("#000000"), 3))
            painter.drawRect(area)
            painter.setPen(QPen(QColor("#ffffff"), 1.2))
            painter.drawRect(area)


class DrawBoxDialog(QDialog):
    """``drawn`` brings the boxes once the person is done."""

    drawn = Signal(object)

    def __init__(
        self, path: Path, size: tuple[int, int], background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(path.name)
        self.photo = PhotoBoxes(size)
        self.undo_button = QPushButton(self.tr("Take the last box back"))
        self.undo_button.clicked.connect(self.photo.undo)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add_button = self.buttons.addButton(self.tr("Add the faces"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button.setProperty("role", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.addWidget(dim(self.tr("Drag a box around each face, from the brows to the chin and from ear to ear.")))
        column.addWidget(self.photo, 1)
        column.addLayout(foot)
        self.photo.changed.connect(self._show)
        self._show()
        background.run(
            lambda: read(path, longest=LONGEST),
            self.photo.show_photo,
            lambda error: self.photo.show_words(said(str(error))),
        )

    def accept(self) -> None:
        boxes = list(self.photo.boxes)
        super().accept()
        if boxes:
            self.drawn.emit(boxes)

    def _show(self) -> None:
        some = bool(self.photo.boxes)
        self.undo_button.setEnabled(some)
        self.add_button.setEnabled(some)
