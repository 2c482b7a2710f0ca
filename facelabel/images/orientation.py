"""How a picture is stored and how it stands upright (EXIF 2.3, table 6: orientations 1 to 8)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

UInt8Image = npt.NDArray[np.uint8]


class Bounds(NamedTuple):
    """Whole pixels of a picture, the last two exclusive."""

    left: int
    top: int
    right: int
    bottom: int


class Orientation(NamedTuple):
    """The upright picture is the stored one with its columns and rows reversed where so, then transposed where so."""

    columns: bool
    rows: bool
    transposed: bool

    @classmethod
    def of(cls, exif: int) -> Orientation:
        """Of the EXIF tag; what is no orientation counts as upright."""
        return cls(exif in (2, 3, 7, 8), exif in (3, 4, 6, 7), exif in (5, 6, 7, 8))

    def size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height upright of a picture stored so, and the other way round."""
        return (size[1], size[0]) if self.transposed else size

    def as_stored(self, upright: UInt8Image) -> UInt8Image:
        """A view of an upright picture (H, W, 3) whose pixels stand as they are stored."""
        view = upright.swapaxes(0, 1) if self.transposed else upright
        return view[:: -1 if self.rows else 1, :: -1 if self.columns else 1]

    def stood_up(self, stored: UInt8Image) -> UInt8Image:
        """The inverse of ``as_stored``: a view of a picture as it is stored, upright."""
        view = stored[:: -1 if self.rows else 1, :: -1 if self.columns else 1]
        return view.swapaxes(0, 1) if self.transposed else view

    def to_upright(self, part: Bounds, stored: tuple[int, int]) -> Bounds:
        """Where a part of the picture of size ``stored`` (width, height) stands upright."""
        part = self._reversed(part, stored)
        return Bounds(part.top, part.left, part.bottom, part.right) if self.transposed else part

    def to_stored(self, part: Bounds, stored: tuple[int, int]) -> Bounds:
        """The inverse of ``to_upright``."""
        part = Bounds(part.top, part.left, part.bottom, part.right) if self.transposed else part
        return self._reversed(part, stored)

    def _reversed(self, part: Bounds, stored: tuple[int, int]) -> Bounds:
        (left, top, right, bottom), (width, height) = part, stored
        left, right = (width - right, width - left) if self.columns else (left, right)
        top, bottom = (height - bottom, height - top) if self.rows else (top, bottom)
        return Bounds(left, top, right, bottom)
