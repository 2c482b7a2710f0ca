"""Photos and thumbnails of a window: decoded off the GUI thread, first what is looked at, then the next faces, then
thumbnails; kept for all its screens, and never more than fits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Condition, Thread

import numpy as np
from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from facelabel.desk.desk import FacePicture
from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.images.crops import resize_transform
from facelabel.images.decode import HEAVY, UInt8Image, read, read_layers, read_part
from facelabel.images.orientation import Bounds
from facelabel.images.thumbnails import ThumbnailCache, thumbnail
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.kept import Kept

THUMBNAIL = 112
"""Pixels of a thumbnail's side."""
PHOTOS, THUMBNAILS = 224 * 2**20, 24 * 2**20
"""Bytes of decoded photos and of thumbnails that a window keeps at most; a photo that is shown is always kept. Two
photos of 60 megapixels fit, the one on the canvas and the next; the thumbnails fill the largest screen."""
_PHOTOS = 16
"""Photos at most: small ones are read anew in milliseconds, and hundreds of them would only take memory."""
_DETAIL = 16_000_000
"""Pixels up to which a photo is kept whole in full detail; of a larger one, those of a part."""
_SIDE = 2560
"""Pixels of that part's sides at most."""
_SHOWN, _NEXT, _SMALL = 0, 1, 2
_SMALL_WAITING = 64
"""Thumbnails that may wait to be made: of a list that is scrolled fast, rows that were passed are left out."""
_TOGETHER = 25
"""Milliseconds within which thumbnails are told of together."""


@dataclass
class _Task:
    urgency: tuple[int, int]
    """Lowest first."""
    heavy: bool
    work: Callable[[], object]
    wanted_by: set[object]


class ImageLoader(QObject):
    """One for a window. Two threads; the newest request of a kind wins. Signals arrive on the GUI thread."""

    loaded = Signal(object, object)
    """Path and Picture; once more when there is detail of another part."""
    failed = Signal(object, str)
    """Path and what was wrong with it."""
    thumbnails_ready = Signal()
    """Some thumbnails that were asked for are there: ask for them again."""
    _decoded = Signal(object, object)
    _made = Signal(object, object)

    def __init__(self, thumbnails: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_disk = ThumbnailCache(thumbnails)
        self._photos: Kept[Path, Picture] = Kept(PHOTOS, _PHOTOS)
        self._thumbnails: Kept[FacePicture, QPixmap | None] = Kept(THUMBNAILS)
        self._shown: dict[object, FacePicture] = {}
        self._condition = Condition()
        self._waiting: dict[Hashable, _Task] = {}
        self._running: set[Hashable] = set()
        self._at_heavy = False
        self._order = itertools.count()
        self._closing = False
        self._decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._made.connect(self._keep_thumbnail, Qt.ConnectionType.QueuedConnection)
        self._soon = QTimer(self, interval=_TOGETHER, singleShot=True)
        self._soon.timeout.connect(self.thumbnails_ready)
        self._threads = [Thread(target=self._work, name=f"decode-{n}", daemon=True) for n in range(2)]
        for thread in self._threads:
            thread.start()

    # Photos

    def picture(self, path: Path) -> Picture | None:
        """A decoded photo, if it is at hand."""
        return self._photos.get(path)

    def want(self, by: object, shown: FacePicture, following: Iterable[FacePicture] = ()) -> None:
        """``by`` (a screen, or a name) shows this photo now and expects to show those: they are decoded in this order,
        before anything else and after it, as far as they fit in memory. What it wanted before and has not begun is
        dropped."""
        self._shown[by] = shown
        elsewhere = {photo.path: photo for photo in self._shown.values() if photo.path in self._photos}
        elsewhere.pop(shown.path, None)
        room = PHOTOS - sum(map(_bytes, elsewhere.values()))
        chosen: dict[Path, FacePicture] = {}
        for photo in (shown, *following):
            if photo.path not in chosen:
                room -= _bytes(photo)
                if chosen and room < 0:
                    break
                chosen[photo.path] = photo
        missing = [photo for path, photo in chosen.items() if path not in self._photos]
        self._photos.make_room(sum(map(_bytes, missing)), spare={*chosen, *elsewhere})
        with self._condition:
            for key, task in list(self._waiting.items()):
                task.wanted_by.discard(by)
                if not task.wanted_by and key not in chosen:
                    del self._waiting[key]
        for photo in missing:
            urgency = _SHOWN if photo is shown else _NEXT
            self._put(
                photo.path, urgency, _heavy(photo.size), partial(self._decode, photo.path, _around(photo.box)), by
            )

    def sharpen(self, by: object, path: Path, area: QRectF) -> None:
        """``by`` shows this part of a photo (its pixels) larger than there is detail for."""
        picture = self._photos.get(path)
        if picture is not None:
            part = _bounds(area.center().x(), area.center().y(), 1.5 * area.width(), 1.5 * area.height())
            heavy = _heavy((picture.width, picture.height))
            self._put((path, "part"), _SHOWN, heavy, partial(self._add_detail, path, picture, part), by)

    # Thumbnails

    def thumbnail(self, photo: FacePicture) -> QPixmap | None:
        """A face's thumbnail, which covers ``covered(photo.box)``, if it is at hand; else it is made, or read from
        disk. Those that were asked for last are made first; of many, the others are forgotten: ask again."""
        if photo not in self._thumbnails:
            self._put(photo, _SMALL, _heavy(photo.size), partial(self._make_thumbnail, photo), self)
        return self._thumbnails.get(photo)

    def try_again(self) -> None:
        """Make those thumbnails that could not be made when they are next asked for: something may have changed."""
        self._thumbnails.drop_all(None)

    def shutdown(self) -> None:
        """Drop what waits and end the threads; a decode that has begun is waited for. Call it as often as you like."""
        self._soon.stop()
        with self._condition:
            self._closing = True
            self._waiting.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()

    # The queue

    def _put(self, key: Hashable, kind: int, heavy: bool, work: Callable[[], object], by: object) -> None:
        with self._condition:
            if self._closing or key in self._running:
                return
            number = next(self._order)
            urgency = (kind, number if kind == _NEXT else -number)
            known = self._waiting.get(key)
            if known is not None:
                known.urgency = min(known.urgency, urgency)
                known.wanted_by.add(by)
                return
            self._waiting[key] = _Task(urgency, heavy, work, {by})
            small = [other for other, task in self._waiting.items() if task.urgency[0] == _SMALL]
            if len(small) > _SMALL_WAITING:
                del self._waiting[max(small, key=lambda other: self._waiting[other].urgency)]
            self._condition.notify_all()

    def _next(self) -> tuple[Hashable, _Task] | None:
        with self._condition:
            while not self._closing:
                ready = [key for key, task in self._waiting.items() if not (task.heavy and self._at_heavy)]
                if ready:
                    key = min(ready, key=lambda one: self._waiting[one].urgency)
                    self._running.add(key)
                    self._at_heavy |= self._waiting[key].heavy
                    return key, self._waiting.pop(key)
                self._condition.wait()
        return None

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            key, task = taken
            task.work()
            with self._condition:
                self._running.discard(key)
                self._at_heavy &= not task.heavy
                self._condition.notify_all()

    # In the threads

    def _decode(self, path: Path, part: Bounds) -> None:
        self._try(path, lambda: Picture(read_layers(path, _DETAIL, part)))

    def _add_detail(self, path: Path, picture: Picture, part: Bounds) -> None:
        self._try(path, lambda: picture.with_part(read_part(path, part)))

    def _try(self, path: Path, work: Callable[[], Picture]) -> None:
        try:
            picture = work()
        except (FacelabelError, MemoryError) as error:
            self.failed.emit(path, str(error) or self.tr("there is not enough memory for this picture"))
        else:
            self._decoded.emit(path, picture)

    def _make_thumbnail(self, photo: FacePicture) -> None:
        pixels = self._on_disk.get(photo.sha256, photo.box, THUMBNAIL)
        if pixels is None:
            try:
                pixels = _small(photo)
            except (FacelabelError, ValueError, MemoryError):
                self._made.emit(photo, None)
                return
            self._on_disk.put(photo.sha256, photo.box, THUMBNAIL, pixels)
        pixels = np.ascontiguousarray(pixels)
        image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.shape[1] * 3, QImage.Format.Format_RGB888)
        self._made.emit(photo, image.copy())

    # Back on the GUI thread

    def _keep(self, path: Path, picture: Picture) -> None:
        self._photos.put(path, picture, picture.bytes)
        self.loaded.emit(path, picture)

    def _keep_thumbnail(self, photo: FacePicture, image: QImage | None) -> None:
        pixmap = None if image is None else QPixmap.fromImage(image)
        # Four bytes a pixel, whatever the image has.
        self._thumbnails.put(photo, pixmap, 0 if image is None else 4 * image.width() * image.height())
        if not self._closing and not self._soon.isActive():
            self._soon.start()


def covered(box: Box) -> Box:
    """What a thumbnail of ``box`` shows of the picture."""
    return box.scaled(1.5).square()


def _heavy(size: tuple[int, int]) -> bool:
    return size[0] * size[1] > HEAVY


def _around(box: Box) -> Bounds:
    """The part of a large photo that is kept in full detail: a face with room to pan."""
    return _bounds(*box.centre, 2 * box.width, 2 * box.height)


def _bounds(x: float, y: float, width: float, height: float) -> Bounds:
    across, down = min(width, _SIDE) / 2, min(height, _SIDE) / 2
    return Bounds(math.floor(x - across), math.floor(y - down), math.ceil(x + across), math.ceil(y + down))


def _bytes(photo: FacePicture) -> int:
    """What a decoded photo takes: four bytes a pixel, a third more for its reductions, and the part in detail."""
    whole, part, detail = photo.size[0] * photo.size[1], _around(photo.box), 0
    while whole > _DETAIL:
        whole, detail = whole // 4, (part.right - part.left) * (part.bottom - part.top)
    return 4 * (whole * 4 // 3 + detail)


def _small(photo: FacePicture) -> UInt8Image:
    """The thumbnail from a picture that is decoded no larger than it takes."""
    longest = max(photo.size)
    wanted = math.ceil(longest * 2 * THUMBNAIL / covered(photo.box).width)
    pixels = read(photo.path, longest=wanted if wanted < longest else None)
    to_small = resize_transform(photo.size, (pixels.shape[1], pixels.shape[0]))
    corners = to_small.apply(np.array([[photo.box.left, photo.box.top], [photo.box.right, photo.box.bottom]]))
    return thumbnail(pixels, Box.around(corners), THUMBNAIL)
