"""The worst faces as pictures: what the labels say and what was predicted, drawn onto the photo."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from facelabel.errors import ImageError
from facelabel.evaluation.measuring import FILES, Evaluation
from facelabel.geometry import Box, crop_transform
from facelabel.images.crops import warp
from facelabel.images.decode import read
from facelabel.schemes import Scheme

UInt8Image = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

TRUTH, PREDICTED = (86, 180, 233), (230, 159, 0)
"""Sky blue and orange (Okabe and Ito 2008), which people who confuse colours tell apart."""
_AROUND = 1.35
_FRACTION = 4
"""Bits of a pixel's fraction that OpenCV draws with."""


@dataclass(frozen=True, eq=False)
class Tile:
    """RGB ``pixels`` (S, S, 3) and the words under them."""

    title: str
    caption: str
    pixels: UInt8Image


def worst(found: Evaluation, count: int, side: int = 320) -> list[Tile]:
    """The faces with the largest errors, missed ones first, at most ``count``; a photo that is gone is passed over."""
    order = sorted(range(len(found.faces)), key=lambda i: (-found.errors[i], i))
    tiles: list[Tile] = []
    for index in order:
        if len(tiles) == count:
            break
        face = found.faces[index]
        try:
            pixels = tile(read(face.image), face.shape, found.shapes[index], found.scheme, side)
        except (ImageError, ValueError):
            continue
        tiles.append(Tile(face.title, _caption(found, index), pixels))
    return tiles


def _caption(found: Evaluation, index: int) -> str:
    if not np.isfinite(found.errors[index]):
        return "no prediction" if found.boxes == FILES else "missed by the detector"
    by_group = {
        name: float(np.nanmean(errors))
        for name, at in found.scheme.groups.items()
        if not np.isnan(errors := found.landmark_errors[index, list(at)]).all()
    }
    hardest = max(by_group, key=lambda name: by_group[name])
    return f"NME {100 * found.errors[index]:.2f} %, most at {hardest} ({100 * by_group[hardest]:.1f} %)"


def tile(image: UInt8Image, truth: Floats, predicted: Floats, scheme: Scheme, side: int) -> UInt8Image:
    """A square of ``side`` pixels that holds both shapes (L, 2), image pixels; either may be absent (NaN) in part.

    Raises ValueError when no landmark of either is there.
    """
    box = Box.around(np.concatenate([truth, predicted]))
    if not max(box.width, box.height):
        box = Box(box.left - 16, box.top - 16, 32, 32)
    place = crop_transform(box.scaled(_AROUND), side)
    canvas = warp(image, place, side).copy()
    at_truth, at_predicted = place.apply(truth), place.apply(predicted)
    for a, b in zip(at_truth, at_predicted, strict=True):
        _line(canvas, a, b, (255, 255, 255))
    for points, colour in ((at_truth, TRUTH), (at_predicted, PREDICTED)):
        for first, second in scheme.edges:
            _line(canvas, points[first], points[second], colour)
    for points, colour in ((at_truth, TRUTH), (at_predicted, PREDICTED)):
        for point in points:
            _dot(canvas, point, colour)
    return canvas


def _line(canvas: UInt8Image, a: Floats, b: Floats, colour: tuple[int, int, int]) -> None:
    if not np.isnan([a, b]).any():
        cv2.line(canvas, _fixed(a), _fixed(b), colour, 1, cv2.LINE_AA, _FRACTION)


def _dot(canvas: UInt8Image, point: Floats, colour: tuple[int, int, int]) -> None:
    if not np.isnan(point).any():
        cv2.circle(canvas, _fixed(point), 3 << _FRACTION, (0, 0, 0), -1, cv2.LINE_AA, _FRACTION)
        cv2.circle(canvas, _fixed(point), 2 << _FRACTION, colour, -1, cv2.LINE_AA, _FRACTION)


def _fixed(point: Floats) -> tuple[int, int]:
    x, y = np.clip(point * (1 << _FRACTION), -(2**20), 2**20).round().astype(int)
    return int(x), int(y)
