"""Faces cut out of their pictures once: a little more of each than the network sees, so that any variation stays
filled."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from facelabel.errors import ImageError
from facelabel.geometry import Affine, crop_transform
from facelabel.images.crops import warp
from facelabel.images.decode import read
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


def cut(faces: Sequence[F], size: int, margin: float) -> Iterator[Crop[F] | Failure]:
    """One crop or failure a face, in order; the network will see the middle ``size`` x ``size`` pixels of each.

    Faces of one picture that follow each other share its decoding. A picture or box that cannot be used is a
    ``Failure``.
    """
    path: Path | None = None
    image: UInt8Image | ImageError | None = None
    for face in faces:
        if face.image != path:
            path, image = face.image, _read(face.image)
        if not isinstance(image, np.ndarray):
            yield Failure(face.id, face.image, str(image))
            continue
        stored = math.ceil(size * ROOM)
        try:
            place = crop_transform(face.box.scaled(margin * stored / size), stored)
        except ValueError as error:
            yield Failure(face.id, face.image, f"{error}: {face.box}")
            continue
        yield Crop(face, warp(image, place, stored), place)


def view(crop: Crop[F], size: int, margin: float) -> tuple[UInt8Image, Affine]:
    """What the network sees without variation: uint8 (size, size, 3), and original image pixels to its pixels."""
    wanted = crop_transform(crop.face.box.scaled(margin), size)
    return warp(crop.pixels, wanted @ crop.place.inverse(), size), wanted


def _read(path: Path) -> UInt8Image | ImageError:
    try:
        return read(path)
    except ImageError as error:
        return error
