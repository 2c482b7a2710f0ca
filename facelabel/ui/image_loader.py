"""Photos and thumbnails, decoded off the GUI thread: first what is looked at, then the next faces, then thumbnails."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Set
from pathlib import Path
from threading import Condition, Thread

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from facelabel.desk.desk import FacePicture
from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.images.crops import resize_transform
from facelabel.images.decode import UInt8Image, read
from facelabel.images.thumbnails import ThumbnailCache, thumbnail
from facelabel.ui.canvas.picture import Picture

THUMBNAIL = 112
"""Pixels of a thumbnail's side."""
_SHOWN, _NEXT, _SMALL = 0, 1, 2
_PICTURES, _BYTES = 6, 256 * 2**20
"""Decoded photos that are kept at most: as many, and as many bytes; the newest is always kept."""


class ImageLoader(QObject):
    """Two threads; the newest request of a kind wins. Signals arrive on the GUI thread."""

    loaded = Signal(object, object)
    """Path and Picture."""
    failed = Signal(object, str)
    """Path and what was wrong with it."""
    thumbnail_ready = Signal(int, object)
    """Face id and QImage, which covers ``covered(box)``."""
    _decoded = Signal(object, object)

    def __init__(self, thumbnails: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = ThumbnailCache(thumbnails)
        self._pictures: OrderedDict[Path, Picture] = OrderedDict()
        self._condition = Condition()
        self._heap: list[tuple[int, int, object, Callable[[], None]]] = []
        self._keys: set[object] = set()
        self._order = itertools.count()
        self._closing = False
        self._decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._threads = [Thread(target=self._work, name=f"decode-{n}", daemon=True) for n in range(2)]
        for thread in self._threads:
            thread.start()

    def picture(self, path: Path) -> Picture | None:
        """A decoded photo, if it is at hand."""
        if path in self._pictures:
            self._pictures.move_to_end(path)
        return self._pictures.get(path)

    def show(self, path: Path) -> None:
        """Decode this photo before anything else; one that was asked for earlier and has not begun is dropped."""
        with self._condition:
            stale = [entry for entry in self._heap if entry[0] == _SHOWN and entry[2] != path]
            self._keys -= {entry[2] for entry in stale}
            self._heap = [entry for entry in self._heap if entry not in stale]
            heapq.heapify(self._heap)
        self._put(_SHOWN, path, lambda: self._decode(path))

    def prefetch(self, paths: Iterable[Path]) -> None:
        """Decode the photos of the next faces, unless something more urgent comes."""
        for path in dict.fromkeys(paths):
            if path not in self._pictures:
                self._put(_NEXT, path, lambda path=path: self._decode(path))  # type: ignore[misc]

    def thumbnail(self, face_id: int, face: FacePicture) -> None:
        """Make or read a face's thumbnail."""
        self._put(_SMALL, face_id, lambda: self._thumbnail(face_id, face))

    def drop_thumbnails(self, kept: Set[int]) -> None:
        """Forget the thumbnails that wait to be made, but for those of ``kept``: the others are out of sight."""
        with self._condition:
            passed = [entry for entry in self._heap if entry[0] == _SMALL and entry[2] not in kept]
            if passed:
                self._keys -= {entry[2] for entry in passed}
                self._heap = [entry for entry in self._heap if entry[2] in self._keys]
                heapq.heapify(self._heap)

    def shutdown(self) -> None:
        """Drop what waits and end the threads; a decode that has begun is waited for."""
        with self._condition:
            self._closing = True
            self._heap.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()

    def _put(self, priority: int, key: object, work: Callable[[], None]) -> None:
        with self._condition:
            if self._closing:
                return
            if key in self._keys:
                if priority != _SHOWN:
                    return
                self._heap = [entry for entry in self._heap if entry[2] != key]
                heapq.heapify(self._heap)
            number = next(self._order)
            self._keys.add(key)
            heapq.heappush(self._heap, (priority, number if priority == _NEXT else -number, key, work))
            self._condition.notify()

    def _work(self) -> None:
        while True:
            with self._condition:
                while not self._heap and not self._closing:
                    self._condition.wait()
                if self._closing:
                    return
                _, _, key, work = heapq.heappop(self._heap)
                self._keys.discard(key)
            work()

    def _decode(self, path: Path) -> None:
        try:
            picture = Picture(read(path))
        except (FacelabelError, MemoryError) as error:
            self.failed.emit(path, str(error) or self.tr("there is not enough memory for this picture"))
        else:
            self._decoded.emit(path, picture)

    def _thumbnail(self, face_id: int, face: FacePicture) -> None:
        pixels = self._cache.get(face.sha256, face.box, THUMBNAIL)
        if pixels is None:
            try:
                pixels = _small(face)
            except (FacelabelError, ValueError):
                return
            self._cache.put(face.sha256, face.box, THUMBNAIL, pixels)
        pixels = np.ascontiguousarray(pixels)
        image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.shape[1] * 3, QImage.Format.Format_RGB888)
        self.thumbnail_ready.emit(face_id, image.copy())

    def _keep(self, path: Path, picture: Picture) -> None:
        self._pictures[path] = picture
        self._pictures.move_to_end(path)
        while len(self._pictures) > 1 and (
            len(self._pictures) > _PICTURES or sum(p.bytes for p in self._pictures.values()) > _BYTES
        ):
            self._pictures.popitem(last=False)
        self.loaded.emit(path, picture)


def covered(box: Box) -> Box:
    """What a thumbnail of ``box`` shows of the picture."""
    return box.scaled(1.5).square()


def _small(face: FacePicture) -> UInt8Image:
    """The thumbnail from a picture that is decoded no larger than it takes."""
    longest = max(face.size)
    wanted = math.ceil(longest * 2 * THUMBNAIL / covered(face.box).width)
    pixels = read(face.path, longest=wanted if wanted < longest else None)
    to_small = resize_transform(face.size, (pixels.shape[1], pixels.shape[0]))
    corners = to_small.apply(np.array([[face.box.left, face.box.top], [face.box.right, face.box.bottom]]))
    return thumbnail(pixels, Box.around(corners), THUMBNAIL)
