"""Where the faces of a pretraining come from: each source has pictures and the landmarks of one scheme."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError, ImageError
from facelabel.geometry import Box, crop_transform
from facelabel.images.crops import warp
from facelabel.images.decode import read
from facelabel.images.find import find_images
from facelabel.learning.crops import ROOM, cut
from facelabel.learning.detection import FaceDetector, landmark_box
from facelabel.learning.faces import Clock, Failure, LabelledFace, OnProgress
from facelabel.learning.presets import Preset
from facelabel.rendering import render_face

FIVE_LIST = "faces.csv"
"""Beside pictures: their faces' five points, with the columns image, x0, y0 … x4, y4 (0-based pixels; eye and eye,
nose tip, mouth corner and mouth corner, the one further left in the picture first)."""

# Left, top, right, bottom about the points' centre, in units of their spread: a linear fit on 1,200 rendered faces. On
# 300-W's pool its boxes have an IoU of .83 with those around the 68 points.
_BOX_OF_FIVE = np.array(
    [
        [-1.8545, -3.4282, 1.8545, 1.1204],
        [-0.3868, -1.5141, 1.5208, 1.0887],
        [-0.224, -0.4295, -0.1051, -0.0942],
        [1.5208, 1.5141, -0.3868, -1.0887],
        [0.1051, -0.4295, 0.224, -0.0942],
        [-1.6087, 0.0, -1.6087, 0.0],
        [-0.1043, -0.3233, 0.1043, -0.5702],
        [0.5873, 0.0479, -0.1126, -0.9767],
        [0.4022, 0.5911, 0.1791, 0.3794],
        [-0.1126, -0.0479, 0.5873, 0.9767],
        [-0.1791, 0.5911, -0.4022, 0.3794],
    ]
)


@dataclass(frozen=True)
class Cropped:
    """``pixels`` uint8 RGB (S, S, 3) and ``points`` float32 (L, 2) in them, absent = NaN."""

    pixels: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float32]


def side(preset: Preset) -> int:
    """Pixels of a stored crop: more than the network sees, so that every variation stays filled."""
    return math.ceil(preset.network.input_size * ROOM)


def rendered(preset: Preset, count: int, seed: int, on_progress: OnProgress | None) -> Iterator[Cropped]:
    """``count`` drawn faces with WFLW's 98 points."""
    size, clock = side(preset), Clock("load", count, on_progress)
    for number in range(count):
        face = render_face(seed + number, round(1.75 * preset.network.input_size))
        place = crop_transform(Box.around(face.shape98).scaled(preset.margin * ROOM), size)
        yield Cropped(warp(face.image, place, size), place.apply(face.shape98).astype(np.float32))
        clock.tell(number + 1)


def cropped(
    preset: Preset, faces: Sequence[LabelledFace], on_progress: OnProgress | None
) -> Iterator[Cropped | Failure]:
    clock = Clock("load", len(faces), on_progress)
    for number, item in enumerate(cut(faces, preset.network.input_size, preset.margin), start=1):
        if isinstance(item, Failure):
            yield item
        else:
            yield Cropped(item.pixels, item.place.apply(item.face.shape).astype(np.float32))
        clock.tell(number)


def faces_in(folder: Path, detector: FaceDetector, on_progress: OnProgress | None) -> tuple[list[LabelledFace], str]:
    """The faces of a folder of photos with five points each, by its list or else by the detector, and what was done.

    Raises FacelabelError when the folder has no photo, no face in them, or a list that cannot be read.
    """
    if (folder / FIVE_LIST).is_file():
        faces = list(_listed(folder / FIVE_LIST))
        how = "five points from its list"
    else:
        faces = list(_detected(folder, detector, on_progress))
        how = "faces and their five points by the detector"
    if not faces:
        raise FacelabelError("no face was found here", where=folder, cure="name a folder of photos of faces")
    return faces, f"{len(faces):,} faces of {folder.name}, {how}"


def _listed(path: Path) -> Iterator[LabelledFace]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            try:
                shape = np.array([[float(row[f"x{i}"]), float(row[f"y{i}"])] for i in range(5)])
                image = path.parent / row["image"]
            except (KeyError, TypeError, ValueError):
                raise FacelabelError(
                    "this line does not hold image, x0, y0 … x4, y4", where=path, line=number + 2, cure="correct it"
                ) from None
            yield LabelledFace(number, image, box_of_five(shape), shape)


def _detected(folder: Path, detector: FaceDetector, on_progress: OnProgress | None) -> Iterator[LabelledFace]:
    photos = find_images(folder)
    clock = Clock("load", len(photos), on_progress)
    for number, photo in enumerate(photos, start=1):
        try:
            found = detector.detect(read(photo))
        except ImageError:
            found = []
        for face in found:
            yield LabelledFace(number, photo, landmark_box(face), face.points)
        clock.tell(number)


def box_of_five(points: npt.NDArray[Any]) -> Box:
    """Where all landmarks are expected, from the five points (5, 2) of an about upright face."""
    centre = points.mean(axis=0)
    eyes, height = points[1] - points[0], (points[3] + points[4] - points[0] - points[1]) / 2
    spread = math.sqrt((eyes @ eyes + height @ height) / 2)
    if not spread > 0:
        raise FacelabelError("five points in one place make no face", cure="correct the points")
    about = np.concatenate([[1.0], ((points - centre) / spread).reshape(-1)]) @ _BOX_OF_FIVE * spread
    left, top, right, bottom = about + np.tile(centre, 2)
    return Box(float(left), float(top), max(float(right - left), spread), max(float(bottom - top), spread))
