"""The ground of the canvas: a photo that is fitted, turned, zoomed and panned. It knows no face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facelabel.desk.adjustment import Adjustment
from facelabel.geometry import Affine, Box
from facelabel.ui import theme
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.canvas.view import View

WHEEL = 1.0015
"""Zoom by each eighth of a degree that the wheel turns."""
_SETTLED = 120
"""Milliseconds after which a view that no longer changes is worth reading a large photo once more."""


@dataclass(frozen=True)
class _Ground:
    """What was painted last: of what, where it looked, and the pixels."""

    key: object
    affine: Affine
    image: QImage


class Surface(QWidget):
    """Shows a picture, or until it is decoded a stand-in, through ``view``."""

    view_changed = Signal()
    touched = Signal()
    """The person did something."""
    detail_wanted = Signal(object)
    """A part of the photo (QRectF of its pixels) is seen larger than there is detail for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.size_of_image = (0, 0)
        self.picture: Picture | None = None
        self.message = ""
        self.adjustment = Adjustment()
        self._stand_in: tuple[QImage, Box] | None = None
        self._overlay: tuple[QImage, Affine] | None = None
        self._refit: Callable[[], None] | None = None
        self._ground: _Ground | None = None
        self._asked: QRectF | None = None
        self._settled = QTimer(self, interval=_SETTLED, singleShot=True)
        self._settled.timeout.connect(self._ask_detail)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_picture(self, picture: Picture | None, message: str = "") -> None:
        """The decoded photo; or None and why there is none yet, or none at all."""
        self.picture, self.message = picture, message
        self._asked = None if picture is None else self._asked
        self._look_again()
        self.update()

    def set_stand_in(self, thumbnail: QImage | None, box: Box | None = None) -> None:
        """A thumbnail that covers ``box`` (image pixels), shown until the picture is there."""
        self._stand_in = None if thumbnail is None or box is None else (thumbnail, box)
        self.update()

    def set_overlay(self, image: QImage | None, place: Affine | None = None) -> None:
        """A translucent image over the photo; ``place`` takes its pixels (0-based centres) to the photo's."""
        self._overlay = None if image is None or place is None else (image, place)
        self.update()

    def set_adjustment(self, adjustment: Adjustment) -> None:
        """How light the photo is shown."""
        self.adjustment = adjustment
        self.update()

    def fit(self, box: Box, share: float, angle: float = 0.0) -> None:
        """As ``View.fit``, ``share`` of the widget's height; kept so on resize, until the person zooms or pans."""
        self._refit = lambda: self.fit(box, share, angle)
        self.view.fit(box, QSizeF(self.size()), share, angle)
        self._moved()

    def fit_image(self) -> None:
        """The whole photo, turned as it is now."""
        width, height = self.size_of_image
        if width and height:
            whole, angle = Box(-0.5, -0.5, width, height), self.view.angle
            seen = QTransform().rotate(angle).mapRect(QRectF(0, 0, width, height))
            (x, y), w, h = whole.centre, seen.width(), seen.height()
            self.fit(Box(x - w / 2, y - h / 2, w, h), 0.98, angle)

    def actual_size(self) -> None:
        """One image pixel on one screen pixel, about what is in the middle now."""
        self._refit = None
        middle = self.view.to_image(QRectF(self.rect()).center())
        self.view.centre_on(middle, QSizeF(self.size()), 1 / self.devicePixelRatioF(), self.view.angle)
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

    def ground_key(self) -> tuple[object, ...]:
        """What the ground depends on besides the view."""
        shown, colours = (self.picture or self._stand_in, self._overlay, self.adjustment), theme.current()
        return *shown, self.size(), self.devicePixelRatioF(), colours.dark, colours.canvas

    def paint_ground(self, painter: QPainter) -> None:
        """The photo through the view; painted anew only where something of it changed."""
        colours, ratio, key = theme.current(), self.devicePixelRatioF(), self.ground_key()
        old, affine = self._ground, self.view.affine
        if old is None or old.key != key or old.affine != affine:
            image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            whole = QRectF(self.rect())
            way = None if old is None or old.key != key else _shift(old.affine, affine, ratio)
            brush = QPainter(image)
            fresh = [whole]
            if old is not None and way is not None and whole.intersects(whole.translated(way)):
                brush.drawImage(way, old.image)
                fresh = _uncovered(whole, way)
            for part in fresh:
                brush.fillRect(part, colours.canvas)
                self.paint_picture(brush, self.view, part)
            brush.end()
            self._ground = _Ground(key, affine, image)
        if self._ground is not None:
            painter.drawImage(QPointF(0, 0), self._ground.image)

    def paint_picture(self, painter: QPainter, view: View, target: QRectF) -> None:
        """The photo as adjusted and what lies over it, inside ``target``, as another ``view`` shows them."""
        if self.picture is not None:
            if self.adjustment == Adjustment():
                self.picture.paint(painter, view, target)
            else:
                self._paint_adjusted(painter, view, target, self.picture)
        elif self._stand_in is not None:
            thumbnail, box = self._stand_in
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(view.transform, True)
            painter.drawImage(QRectF(box.left, box.top, box.width, box.height), thumbnail)
            painter.restore()
        if self._overlay is not None:
            image, place = self._overlay
            over = view.affine @ place
            painter.save()
            painter.setClipRect(target)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(QTransform(over.a, over.d, over.b, over.e, over.c, over.f), True)
            painter.drawImage(QPointF(-0.5, -0.5), image)
            painter.restore()

    def _paint_adjusted(self, painter: QPainter, view: View, target: QRectF, picture: Picture) -> None:
        """Only what is seen is adjusted, at the size that it is seen at: that is a few milliseconds for any photo."""
        ratio = painter.device().devicePixelRatioF()
        part = QImage((target.size() * ratio).toSize(), QImage.Format.Format_RGB32)
        part.setDevicePixelRatio(ratio)
        part.fill(Qt.GlobalColor.black)
        brush = QPainter(part)
        brush.translate(-target.topLeft())
        picture.paint(brush, view, target)
        brush.end()
        adjust(part, self.adjustment)
        outline = QPainterPath()
        outline.addPolygon(view.to_screen_polygon(Box(-0.5, -0.5, *self.size_of_image)))
        painter.save()
        painter.setClipRect(target)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        painter.drawImage(target.topLeft(), part)
        painter.restore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.touched.emit()
        if self.size_of_image[0] and event.buttons() == Qt.MouseButton.NoButton:
            self._refit = None
            self.view.zoom(event.position(), WHEEL ** event.angleDelta().y())
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
        self._look_again()
        self.update()

    def _look_again(self) -> None:
        if self.picture is not None and self.picture.reduced:
            self._settled.start()

    def _ask_detail(self) -> None:
        """Once for a view: what cannot be had stays as it is."""
        picture, asked = self.picture, self._asked
        seen = None if picture is None else picture.blurred(self.view, QRectF(self.rect()), self.devicePixelRatioF())
        self._asked = seen
        if seen is not None and asked != seen:
            self.detail_wanted.emit(seen)


def _shift(old: Affine, new: Affine, ratio: float) -> QPointF | None:
    """The way, a whole number of screen pixels, by which a picture moved; None where it did not just do that."""
    if not np.allclose((old.a, old.b, old.d, old.e), (new.a, new.b, new.d, new.e), rtol=0, atol=1e-12):
        return None
    dx, dy = ((new.c - old.c) * ratio, (new.f - old.f) * ratio)
    if abs(dx - round(dx)) > 1e-3 or abs(dy - round(dy)) > 1e-3:
        return None
    return QPointF(round(dx) / ratio, round(dy) / ratio)


def _uncovered(whole: QRectF, way: QPointF) -> list[QRectF]:
    """The parts of ``whole`` that it leaves free when it moves ``way``: at most two strips."""
    moved = whole.translated(way)
    left = QRectF(whole.left(), whole.top(), way.x(), whole.height())
    right = QRectF(moved.right(), whole.top(), -way.x(), whole.height())
    top = QRectF(whole.left(), whole.top(), whole.width(), way.y())
    bottom = QRectF(whole.left(), moved.bottom(), whole.width(), -way.y())
    return [strip for strip in (left, right, top, bottom) if strip.width() > 0 and strip.height() > 0]


def adjust(image: QImage, adjustment: Adjustment) -> None:
    """Change the colours of an opaque image of four bytes a pixel in place."""
    pixels = np.frombuffer(image.bits(), dtype=np.uint8).reshape(image.height(), -1)
    # The fourth byte goes through the table like the others, at twice the speed of leaving it out, and is put right.
    cv2.LUT(pixels, adjustment.table()[:, None], dst=pixels)
    whole = pixels.view("<u4")
    np.bitwise_or(whole, 0xFF000000, out=whole)
