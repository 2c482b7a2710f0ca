"""Finding faces: MTCNN's cascade, which needs no download; and from any detector's box to that of the landmarks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import torch

from facelabel.geometry import Affine, Box, crop_transform
from facelabel.images.crops import resize_transform, warp
from facelabel.learning import mtcnn

Floats = npt.NDArray[np.float64]
UInt8Image = npt.NDArray[np.uint8]

# Thresholds and the pyramid's step are the paper's code's; figure 1 shows the three stages.
_WINDOW = 12
_STRIDE = 2
_PYRAMID = 0.709
_PROPOSE, _REFINE, _ACCEPT = 0.6, 0.7, 0.8
_SHARE_OF_LONG_SIDE = 0.05
_SMALLEST_USEFUL = 20
_CHUNK = 256

_LEAST_SIDE = 0.4  # of the detector's side: a false alarm's scattered points must not give an empty box
# From ``python benchmarks/detection.py calibrate [--yunet FILE]``: one row a feature, columns left, top, right, bottom.
_LANDMARK_BOX = {
    "mtcnn": np.array(
        [
            [-0.1021, -0.0831, 0.1021, 0.8851],
            [-0.8226, -0.5845, 0.8226, -1.0429],
            [0.6398, -0.0768, 0.5918, 0.3115],
            [-0.1685, 0.3065, -0.0285, -0.0439],
            [0.5918, 0.0768, 0.6398, -0.3115],
            [0.0285, 0.3065, 0.1685, -0.0439],
            [-1.0756, 0.0000, -1.0756, 0.0000],
            [0.0802, 0.2223, -0.0802, -0.1318],
            [0.2910, -0.1295, 0.2318, -0.4590],
            [0.3161, 0.0449, 0.3120, 0.2295],
            [0.2318, 0.1295, 0.2910, 0.4590],
            [-0.3120, 0.0449, -0.3161, 0.2295],
        ]
    ),
    "yunet": np.array(
        [
            [-0.0031, -0.2849, 0.0031, 0.9553],
            [-0.9589, -0.2088, 0.9589, -0.9057],
            [-0.3231, 0.4296, -0.2768, 0.6208],
            [0.2154, 0.4875, 0.0535, 0.2913],
            [-0.2768, -0.4296, -0.3231, -0.6208],
            [-0.0535, 0.4875, -0.2154, 0.2913],
            [0.1707, 0.0000, 0.1707, 0.0000],
            [-0.0567, -0.2220, 0.0567, -0.5883],
            [0.0221, -0.6615, 0.1404, -0.7151],
            [-0.5497, 0.3278, -0.4422, 0.2777],
            [0.1404, 0.6615, 0.0221, 0.7151],
            [0.4422, 0.3278, 0.5497, 0.2777],
        ]
    ),
}


@dataclass(frozen=True, eq=False)
class DetectedFace:
    """A face as its detector saw it, in pixels of the image given, 0-based pixel centres.

    ``box`` is the detector's own (``landmark_box`` gives the one that facelabel keeps); ``score`` 0 to 1; ``points``
    (5, 2): the eye, then nose tip, then mouth corner, the one further left in the picture of an upright face first.
    """

    box: Box
    score: float
    points: Floats
    detector: str = "mtcnn"


def landmark_box(detected: DetectedFace) -> Box:
    """The tight box around where the landmarks are expected (brows to chin, ear to ear), in the image's pixels.

    Detectors draw the forehead in and place their box differently; a project's boxes all mean this one. An affine map
    of the detector's box and points, fitted on faces with 68 landmarks by ``python benchmarks/detection.py calibrate``;
    it knows left from right only by mirroring.
    """
    (cx, cy), side = detected.box.centre, _side(detected.box)
    left, top, right, bottom = landmark_features(detected) @ _LANDMARK_BOX[detected.detector] * side
    least = _LEAST_SIDE * side
    return Box(cx + float(left), cy + float(top), max(float(right - left), least), max(float(bottom - top), least))


def landmark_features(detected: DetectedFace) -> Floats:
    """What ``landmark_box`` is linear in, (12,): 1, half the box's width and the points, about its centre."""
    side = _side(detected.box)
    points = (detected.points - np.array(detected.box.centre)) / side
    return np.array([1.0, detected.box.width / 2 / side, *points.reshape(-1)])


def _side(box: Box) -> float:
    return math.sqrt(box.width * box.height)


class FaceDetector:
    """MTCNN (see ``mtcnn``) on a picture reduced to ``longest`` pixels.

    ``min_face`` is the side of the smallest face to look for, in pixels of the image given; without it, 5 % of the
    longer side. A smaller one than ``longest`` can show enlarges the reduced picture until that face has 20 pixels: it
    costs time.
    """

    def __init__(self, min_face: float | None = None, longest: int = 640, device: torch.device | str = "cpu") -> None:
        self._min_face = min_face
        self._longest = longest
        self._device = torch.device(device)
        self._pnet, self._rnet, self._onet = mtcnn.load(self._device)

    @torch.inference_mode()
    def detect(self, image: UInt8Image) -> list[DetectedFace]:
        """The faces of an image, uint8 RGB (H, W, 3), the surest first."""
        height, width = image.shape[:2]
        min_face = self._min_face or _SHARE_OF_LONG_SIDE * max(height, width)
        scale = min(1.0, max(self._longest / max(height, width), _SMALLEST_USEFUL / min_face))
        picture, to_picture = resized(image, scale)
        with _one_thread():
            boxes = self._proposals(picture, max(min_face * scale, _WINDOW))
            boxes = self._refined(picture, boxes)
            boxes, points, scores = self._outputs(picture, boxes)
        back = to_picture.inverse()
        corners, points = back.apply(boxes.reshape(-1, 2, 2)), back.apply(points)
        return [
            DetectedFace(Box(*low, *(high - low)), float(score), face)
            for (low, high), face, score in zip(corners, points, scores, strict=True)
        ]

    def _proposals(self, picture: UInt8Image, min_face: float) -> Floats:
        """Boxes (N, 4) that any window of any pyramid level takes for a face."""
        found = [np.empty((0, 5))]
        scale = _WINDOW / min_face
        while round(min(picture.shape[:2]) * scale) >= _WINDOW:
            level, to_level = resized(picture, scale)
            offsets, probability = self._pnet(self._tensor(level[None]))
            row, column = (index.cpu().numpy() for index in torch.nonzero(probability[0] > _PROPOSE, as_tuple=True))
            corner = np.stack([column, row], axis=1) * _STRIDE - 0.5
            boxes = np.concatenate([corner, corner + _WINDOW], axis=1)
            boxes = _moved(boxes, _numpy(offsets[0, :, row, column]).T)
            scores = _numpy(probability[0, row, column])
            boxes = to_level.inverse().apply(boxes.reshape(-1, 2, 2)).reshape(-1, 4)
            kept = _suppressed(boxes, scores, 0.5)
            found.append(np.column_stack([boxes, scores])[kept])
            scale *= _PYRAMID
        every = np.concatenate(found)
        kept = _suppressed(every[:, :4], every[:, 4], 0.7)
        return np.asarray(every[kept, :4])

    def _refined(self, picture: UInt8Image, boxes: Floats) -> Floats:
        boxes = _squares(boxes)
        offsets, probability = self._looked_at(self._rnet, picture, boxes, 24)
        sure = probability > _REFINE
        boxes, scores = _moved(boxes, offsets)[sure], probability[sure]
        return boxes[_suppressed(boxes, scores, 0.7)]

    def _outputs(self, picture: UInt8Image, boxes: Floats) -> tuple[Floats, Floats, Floats]:
        """Boxes (N, 4), points (N, 5, 2) and scores (N,), the surest first."""
        boxes = _squares(boxes)
        offsets, points, probability = self._looked_at(self._onet, picture, boxes, 48)
        sides = boxes[:, 2:] - boxes[:, :2]
        points = boxes[:, None, :2] + points.reshape(-1, 2, 5).transpose(0, 2, 1) * sides[:, None]
        sure = probability > _ACCEPT
        boxes, points, scores = _moved(boxes, offsets)[sure], points[sure], probability[sure]
        kept = _suppressed(boxes, scores, 0.7, by_smaller=True)
        return boxes[kept], points[kept], scores[kept]

    def _looked_at(self, network: torch.nn.Module, picture: UInt8Image, squares: Floats, size: int) -> list[Floats]:
        """What a network says of the crops of ``squares`` (N, 4): arrays of N rows."""
        answers = []
        for start in range(0, max(len(squares), 1), _CHUNK):
            crops = np.zeros((len(squares[start : start + _CHUNK]), size, size, 3), np.uint8)
            for crop, (left, top, right, bottom) in zip(crops, squares[start : start + _CHUNK], strict=True):
                crop[:] = warp(picture, crop_transform(Box(left, top, right - left, bottom - top), size), size)
            answers.append(network(self._tensor(crops)))
        return [_numpy(torch.cat(parts)) for parts in zip(*answers, strict=True)]

    def _tensor(self, images: UInt8Image) -> torch.Tensor:
        """(N, H, W, 3) uint8 to (N, 3, H, W) as the networks were trained."""
        values = torch.from_numpy(images).to(self._device).permute(0, 3, 1, 2)
        return (values.float() - 127.5) / 128


@contextmanager
def _one_thread() -> Iterator[None]:
    """Many small convolutions: beside a busy core a second thread's spinning made them ten times slower."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _numpy(values: torch.Tensor) -> Floats:
    out: Floats = values.double().cpu().numpy()
    return out


def resized(image: UInt8Image, scale: float) -> tuple[UInt8Image, Affine]:
    height, width = image.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return small, resize_transform((width, height), size)


def _moved(boxes: Floats, offsets: Floats) -> Floats:
    """Each side shifted by its offset, which is a share of the box's width or height."""
    sides = boxes[:, 2:] - boxes[:, :2]
    moved: Floats = boxes + offsets * np.concatenate([sides, sides], axis=1)
    return moved


def _squares(boxes: Floats) -> Floats:
    """The square of the longer side about each box's centre."""
    centre, half = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True) / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def _suppressed(boxes: Floats, scores: Floats, threshold: float, *, by_smaller: bool = False) -> npt.NDArray[np.intp]:
    """Greedy non-maximum suppression: indices kept, the surest first.

    The overlap is measured by the union of two boxes, or by the smaller of them, which also drops a box inside another.
    """
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        low = np.maximum(boxes[best, :2], boxes[rest, :2])
        high = np.minimum(boxes[best, 2:], boxes[rest, 2:])
        common = np.prod(np.clip(high - low, 0, None), axis=1)
        whole = np.minimum(area[best], area[rest]) if by_smaller else area[best] + area[rest] - common
        order = rest[common <= threshold * whole]
    return np.array(kept, dtype=np.intp)
