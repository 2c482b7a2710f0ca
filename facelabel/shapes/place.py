"""The cold start: where the landmarks stand before any model has seen the face."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Box
from facelabel.schemes import Scheme
from facelabel.shapes.align import similarity

FloatArray = npt.NDArray[np.floating[Any]]

_FIVE = (
    (("left-eye-outer-corner", "left-eye-inner-corner"), ("left-eye-centre",), ("left-pupil",)),
    (("right-eye-outer-corner", "right-eye-inner-corner"), ("right-eye-centre",), ("right-pupil",)),
    (("nose-tip",),),
    (("left-mouth-corner",),),
    (("right-mouth-corner",),),
)
"""A detector's five points in its order: the landmark names whose mean each is, the first set that a scheme has."""


def cold_start(scheme: Scheme, box: Box, points: FloatArray | None = None) -> npt.NDArray[np.float64]:
    """The shape (L, 2) to begin with: by the detector's five points (5, 2) where there are any, else by the box."""
    placed = None if points is None else from_five_points(scheme, points)
    return place_template(scheme, box) if placed is None else placed


def place_template(scheme: Scheme, box: Box) -> npt.NDArray[np.float64]:
    """The scheme's template (L, 2) stretched into a face's box, the tight box of its landmarks, in image pixels."""
    shape: npt.NDArray[np.float64] = scheme.template_shape * [box.width, box.height] + [box.left, box.top]
    return shape


def from_five_points(scheme: Scheme, five: FloatArray) -> npt.NDArray[np.float64] | None:
    """The scheme's template (L, 2) moved, turned and scaled onto a detector's five points (5, 2), in image pixels.

    They are left eye, right eye, nose tip, left and right mouth corner; left is the image's. A scheme of just these
    points takes them as they are. None when the scheme's names do not tell where its five points are (``five_points``),
    or when the detector's coincide.
    """
    names = [landmark.name for landmark in scheme.landmarks]
    single = [next((names.index(s[0]) for s in sets if len(s) == 1 and s[0] in names), None) for sets in _FIVE]
    target = np.asarray(five, dtype=np.float64)
    if sorted(i for i in single if i is not None) == list(range(scheme.size)) and scheme.size == len(_FIVE):
        return target[np.argsort(np.array(single))]
    template = scheme.template_shape * [scheme.template_aspect, 1.0]
    source = five_points(scheme, template)
    if source is None or np.ptp(target, axis=0).max() == 0:
        return None
    return similarity(source, target).apply(template)


def five_points(scheme: Scheme, shape: FloatArray) -> npt.NDArray[np.float64] | None:
    """Eye centres, nose tip, mouth corners (5, 2) as face detectors give them, image-left first, from a shape (L, 2).

    They are found by the names that the shipped schemes share, so that a user's scheme with these names has them too;
    None for a scheme without. A point whose landmarks are absent is NaN.
    """
    index = {landmark.name: i for i, landmark in enumerate(scheme.landmarks)}
    points = []
    for sets in _FIVE:
        names = next((names for names in sets if all(name in index for name in names)), None)
        if names is None:
            return None
        points.append(np.asarray(shape, dtype=np.float64)[[index[name] for name in names]].mean(axis=0))
    return np.stack(points)
