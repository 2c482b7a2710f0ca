"""Small pictures of faces for lists and grids, and a cache of them on disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from PIL import Image

from facelabel.errors import ImageError
from facelabel.geometry import Box
from facelabel.images.crops import crop
from facelabel.images.decode import read

UInt8Image = npt.NDArray[np.uint8]

_CONTEXT = 1.5  # the box runs from brows to chin; a person is recognised with hair and forehead
_QUALITY = 85


def thumbnail(image: UInt8Image, box: Box, size: int) -> UInt8Image:
    """The face in ``box`` (image pixels) with some room around it: uint8 RGB (size, size, 3)."""
    return crop(image, box.scaled(_CONTEXT), size)


class ThumbnailCache:
    """Thumbnails as JPEG files in ``folder``, the least recently used thrown away above ``limit`` bytes.

    The key is the picture's content, the box and the size, so an entry never goes stale. Safe with many threads and
    processes: files appear by an atomic rename, and whatever cannot be read counts as absent. A cache that cannot be
    written (full disk, read-only folder) only costs time, so it raises nothing.
    """

    def __init__(self, folder: Path, *, limit: int = 256 * 2**20) -> None:
        self._folder = folder
        self._limit = limit
        self._used: int | None = None
        self._lock = Lock()

    def get(self, sha256: str, box: Box, size: int) -> UInt8Image | None:
        """The stored thumbnail (size, size, 3), or None."""
        path = self._path(sha256, box, size)
        try:
            picture = read(path)
        except ImageError:
            return None
        if picture.shape != (size, size, 3):
            return None
        with suppress(OSError):
            os.utime(path)
        return picture

    def put(self, sha256: str, box: Box, size: int, picture: UInt8Image) -> None:
        """Keep a thumbnail, uint8 RGB (size, size, 3)."""
        path = self._path(sha256, box, size)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=".tmp", dir=path.parent)
            fresh = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    Image.fromarray(picture).save(file, "JPEG", quality=_QUALITY)
                os.replace(fresh, path)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
            self._account(path.stat().st_size)

    def _path(self, sha256: str, box: Box, size: int) -> Path:
        key = f"{sha256} {box.left:.2f} {box.top:.2f} {box.width:.2f} {box.height:.2f} {size}"
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}.jpg"

    def _account(self, added: int) -> None:
        with self._lock:
            self._used = self._measure() if self._used is None else self._used + added
            if self._used > self._limit:
                self._used = self._prune()

    def _measure(self) -> int:
        return sum(size for _, size, _ in self._entries())

    def _prune(self) -> int:
        """Down to four fifths of the limit, so that pruning is rare."""
        entries = sorted(self._entries())
        used = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if used <= self._limit * 0.8:
                break
            with suppress(OSError):
                path.unlink()
                used -= size
        return used

    def _entries(self) -> list[tuple[int, int, Path]]:
        """When last used (ns), bytes and path of every file of the cache; leftovers of a crash included."""
        entries = []
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime_ns, status.st_size, path))
        return entries
