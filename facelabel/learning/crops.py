"""Faces cut out of their pictures once: a little more of each than the network sees, so that any variation stays
filled."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from facelabel.errors import ImageError
from facelabel.geometry import Affine, crop_transform
from facelabel.images.crops import warp
from facelabel.images.decode import read
from facelabel.learning.crop_cache import CropCache
from facelabel.learning.faces import FaceToPredict, Failure

UInt8Image = npt.NDArray[np.uint8]

ROOM = 1.5
"""Sides of a stored crop in sides of what the network sees: a square turned by 30 degrees reaches 1.37."""

F = TypeVar("F", bound=FaceToPredict)


@dataclass(frozen=True)
class Crop(Generic[F]):
    """``pixels`` uint8 RGB (S, S, 3) and ``place``, original image pixels to pixels of this crop."""

    face: F
    pixels: UInt8Image
    place: Affine


def cut(faces: Sequence[F], size: int, margin: float, cache: Path | None = None) -> Iterator[Crop[F] | Failure]:
    """One crop or failure a face, in order; the network will see the middle ``size`` x ``size`` pixels of each.

    Faces of one picture that follow each other share its decoding, and crops that ``cache``, a folder, holds need none.
    A picture or box that cannot be used is a ``Failure``.
    """
    stored = math.ceil(size * ROOM)
    pictures = _Pictures()
    with nullcontext() if cache is None else CropCache(cache, stored) as kept:
        for face in faces:
            try:
                place = crop_transform(face.box.scaled(margin * stored / size), stored)
                pixels = _cut(pictures, face.image, place, stored, kept)
            except (ImageError, ValueError) as error:
                why = str(error) if isinstance(error, ImageError) else f"{error}: {face.box}"
                yield Failure(face.id, face.image, why)
            else:
                yield Crop(face, pixels, place)


def _cut(pictures: _Pictures, image: Path, place: Affine, size: int, kept: CropCache | None) -> UInt8Image:
    """Raises ImageError, or ValueError for a transform without an inverse."""
    digest = None if kept is None else pictures.digest(image)
    if kept is None or digest is None:
        return warp(pictures.read(image), place, size)
    key = kept.key(digest, place)
    pixels = kept.get(key)
    if pixels is None:
        pixels = warp(pictures.read(image), place, size)
        kept.put(key, pixels)
    return pixels


class _Pictures:
    """The last picture that was asked for, so that faces of one picture that follow each other share it."""

    def __init__(self) -> None:
        self._digest: tuple[Path, bytes | None] | None = None
        self._read: tuple[Path, UInt8Image | ImageError] | None = None

    def digest(self, path: Path) -> bytes | None:
        """The SHA-256 of the file; None when it cannot be read, which ``read`` can say more about."""
        if self._digest is None or self._digest[0] != path:
            try:
                with path.open("rb") as file:
                    self._digest = path, hashlib.file_digest(file, "sha256").digest()
            except OSError:
                self._digest = path, None
        return self._digest[1]

    def read(self, path: Path) -> UInt8Image:
        """Raises ImageError."""
        if self._read is None or self._read[0] != path:
            try:
                self._read = path, read(path)
            except ImageError as error:
                self._read = path, error
        found = self._read[1]
        if isinstance(found, ImageError):
            raise found
        return found


def view(crop: Crop[F], size: int, margin: float, augmentation: Affine | None = None) -> tuple[UInt8Image, Affine]:
    """What the network sees: uint8 (size, size, 3), and original image pixels to its pixels; ``augmentation`` as in
    ``geometry.crop_transform``."""
    wanted = crop_transform(crop.face.box.scaled(margin), size, augmentation)
    return warp(crop.pixels, wanted @ crop.place.inverse(), size), wanted
