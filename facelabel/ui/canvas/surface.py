"""The ground of the canvas: a photo that is fitted, zoomed and panned. It knows no face."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facelabel.geometry import Box
from facelabel.ui import theme
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.canvas.view import View


class Surface(QWidget):
    """Shows a picture, or until it is decoded a stand-in, through ``view``."""

    view_changed = Signal()
    touched = Signal()
    """The person did something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.size_of_image = (0, 0)
        self.picture: Picture | None = None
        self.message = ""
        self._stand_in: tuple[QImage, Box] | None = None
        self._refit: Callable[[], None] | None = None
        self._ground: tuple[object, QPixmap] | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_picture(self, picture: Picture | None, message: str = "") -> None:
        """The decoded photo; or None and why there is none yet, or none at all."""
        self.picture, self.message = picture, message
        self.update()

    def set_stand_in(self, thumbnail: QImage | None, box: Box | None = None) -> None:
        """A thumbnail that covers ``box`` (image pixels), shown until the picture is there."""
        self._stand_in = None if thumbnail is None or box is None else (thumbnail, box)
        self.update()

    def fit(self, box: Box, share: float) -> None:
        """Show a box, its height ``share`` of the widget's; kept so on resize, until the person zooms or pans."""
        self._refit = lambda: self.fit(box, share)
        self.view.fit(box, QSizeF(self.size()), share)
        self._moved()

    def fit_image(self) -> None:
        width, height = self.size_of_image
        if width and height:
            self.fit(Box(-0.5, -0.5, width, height), 0.98)

    def actual_size(self) -> None:
        """One image pixel on one screen pixel, about what is in the middle now."""
        self._refit = None
        middle = self.view.to_image(QRectF(self.rect()).center())
        self.view.centre_on(middle, QSizeF(self.size()), 1 / self.devicePixelRatioF())
        self._moved()

    def pan(self, dx: float, dy: float) -> None:
        """Shift what is seen by screen pixels."""
        self._refit = None
        self.view.pan(dx, dy)
        self._moved()

    def reveal(self, point: tuple[float, float]) -> None:
        """Pan just enough to show an image point, if it lies outside."""
        at, room = self.view.to_screen(point), QRectF(self.rect()).adjusted(30, 30, -30, -30)
        if not room.contains(at):
            x = min(max(at.x(), room.left()), room.right())
            y = min(max(at.y(), room.top()), room.bottom())
            self.pan(x - at.x(), y - at.y())

    def paint_ground(self, painter: QPainter) -> None:
        """The photo through the view; painted anew only when it, the view, the size or the theme changed."""
        shown = self.picture or self._stand_in
        colours, ratio = theme.current(), self.devicePixelRatioF()
        key = (shown, self.view.affine, self.size(), ratio, colours.canvas)
        if self._ground is None or self._ground[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(colours.canvas)
            brush = QPainter(pixmap)
            if self.picture is not None:
                self.picture.paint(brush, self.view, QRectF(self.rect()))
            elif self._stand_in is not None:
                brush.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                brush.drawImage(self.view.to_screen_rect(self._stand_in[1]), self._stand_in[0])
            brush.end()
            self._ground = (key, pixmap)
        painter.drawPixmap(QPointF(0, 0), self._ground[1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.touched.emit()
        if self.size_of_image[0] and event.buttons() == Qt.MouseButton.NoButton:
            self._refit = None
            self.view.zoom(event.position(), 1.0015 ** event.angleDelta().y())
            self._moved()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._refit is not None:
            self._refit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _moved(self) -> None:
        self.view_changed.emit()
        self.update()
