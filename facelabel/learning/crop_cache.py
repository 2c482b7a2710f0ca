"""Faces as they were cut out of their pictures, kept on disk: a picture is decoded and cropped once, not every round.

The folder holds segments of two files: ``.pixels``, equal records that are read through a memory map, and their keys
and checksums in ``.keys``, which is called ``.writing`` while a process appends to it. What is written is never changed
and only one process appends to a segment, so any number of them share a folder; one that is killed leaves whole records
and at most one torn one. Whatever cannot be read counts as absent, and a folder that cannot be written (full disk, no
permission) only costs time.
"""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

import cv2
import numpy as np
import numpy.typing as npt
import PIL

from facelabel.geometry import Affine

UInt8Image = npt.NDArray[np.uint8]

LIMIT = 4 * 2**30
"""Bytes: some 38,000 faces of the tiny preset."""

_FORMAT = 1
_SEGMENT_BYTES = 64 * 2**20
_KEY, _CHECK = 32, 4


class CropCache:
    """Crops of ``size`` pixels a side in ``folder``, made if absent; at most ``limit`` bytes of all sizes.

    Segments that no process has used for longest go first. When this one has used all, nothing more is added: faces
    beyond the limit are cut anew each time, and those within stay. A context manager; ``get`` after the end is fine.
    """

    def __init__(self, folder: Path, size: int, *, limit: int = LIMIT) -> None:
        self._folder, self._size, self._limit = folder, size, limit
        self._rows: dict[bytes, tuple[Path, UInt8Image, int]] = {}
        self._used: set[Path] = set()
        self._own: tuple[Path, IO[bytes], IO[bytes]] | None = None
        self._writable = True
        with suppress(OSError):
            for keys in [*folder.glob(f"{size}-*.keys"), *folder.glob(f"{size}-*.writing")]:
                with suppress(OSError, ValueError):
                    self._read(keys)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def key(self, picture: bytes, place: Affine) -> bytes:
        """Of the crop that ``place`` (image pixels to crop pixels) takes from the file with the SHA-256 ``picture``."""
        how = f"{_FORMAT} {PIL.__version__} {cv2.__version__} {self._size} {place}"
        return hashlib.sha256(picture + how.encode()).digest()

    def get(self, key: bytes) -> UInt8Image | None:
        """The stored crop (size, size, 3), read-only, or None."""
        if key not in self._rows:
            return None
        path, pixels, check = self._rows[key]
        if zlib.crc32(pixels.data) != check:
            del self._rows[key]
            return None
        if path not in self._used:
            self._used.add(path)
            with suppress(OSError):
                path.touch()
        return pixels

    def put(self, key: bytes, pixels: UInt8Image) -> None:
        """Keep a crop, uint8 RGB (size, size, 3)."""
        if not self._writable:
            return
        pixels = np.ascontiguousarray(pixels)
        try:
            _, to_pixels, to_keys = self._segment()
            # A key is only written behind its pixels; whatever is torn ends the segment.
            for file, data in (to_pixels, pixels.tobytes()), (to_keys, key + zlib.crc32(pixels.data).to_bytes(_CHECK)):
                if file.write(data) != len(data):
                    raise OSError("the disk is full")
        except OSError:
            self._writable = False

    def _read(self, keys: Path) -> None:
        path = keys.with_suffix(".pixels")
        data, record = keys.read_bytes(), self._size * self._size * 3
        count = min(len(data) // (_KEY + _CHECK), path.stat().st_size // record)
        if count == 0:
            return
        pixels = np.memmap(path, dtype=np.uint8, mode="r", shape=(count, self._size, self._size, 3)).view(np.ndarray)
        for row, start in enumerate(range(0, count * (_KEY + _CHECK), _KEY + _CHECK)):
            check = int.from_bytes(data[start + _KEY : start + _KEY + _CHECK])
            self._rows[data[start : start + _KEY]] = path, pixels[row], check

    def _segment(self) -> tuple[Path, IO[bytes], IO[bytes]]:
        """Where the next record goes. Raises OSError, also when there is no room."""
        if self._own is not None and self._own[1].tell() >= _SEGMENT_BYTES:
            self._release()
        if self._own is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room()
            path = self._taken() or self._folder / f"{self._size}-{uuid4().hex}.pixels"
            self._used.add(path)
            self._own = path, path.open("ab", buffering=0), path.with_suffix(".writing").open("ab", buffering=0)
        return self._own

    def _taken(self) -> Path | None:
        """A segment with room that nobody writes to: renaming its keys makes it this process's own."""
        record = self._size * self._size * 3
        for keys in self._folder.glob(f"{self._size}-*.keys"):
            path = keys.with_suffix(".pixels")
            with suppress(OSError):
                whole = keys.stat().st_size * record == path.stat().st_size * (_KEY + _CHECK)
                if whole and path.stat().st_size < _SEGMENT_BYTES:
                    keys.rename(keys.with_suffix(".writing"))
                    return path
        return None

    def _release(self) -> None:
        if self._own is not None:
            path, *files = self._own
            self._own = None
            with suppress(OSError):
                for file in files:
                    file.close()
                path.with_suffix(".writing").rename(path.with_suffix(".keys"))

    def _make_room(self) -> None:
        found = sorted((path.stat().st_mtime_ns, path, path.stat().st_size) for path in self._folder.glob("*.pixels"))
        total = sum(size for _, _, size in found)
        for _, path, size in found:
            if total + _SEGMENT_BYTES > self._limit and path not in self._used:
                for suffix in (".keys", ".writing", ".pixels"):
                    path.with_suffix(suffix).unlink(missing_ok=True)
                total -= size
        if total + _SEGMENT_BYTES > self._limit:
            raise OSError("the cache is full")
