"""The 33 contour landmarks: the jaw where it is seen, the visible outline of the cheek where it is not.

300-W and WFLW mark the contour as the image shows it. A point of the anatomical jaw line that faces the camera is taken
as it is; one that has turned away slides along the skin towards the middle of the face to the first place that faces
the camera, which lies on the outline. Both are exact points of the surface.
"""

from __future__ import annotations

import numpy as np

from facelabel.rendering.arrays import F64, Floats, clamp
from facelabel.rendering.head import Head
from facelabel.rendering.mesh import Placement
from facelabel.rendering.rasteriser import Camera

_STEPS = 28
_EPSILON = 1e-3


def contour(head: Head, placement: Placement, camera: Camera) -> F64:
    """World points (33, 3) of WFLW landmarks 0 to 32."""
    start_v = _spread(head)
    side = np.concatenate([-np.ones(16), np.zeros(1), np.ones(16)])
    v0 = np.concatenate([start_v[:-1], start_v[-1:], start_v[:-1][::-1]])
    goal = float(head.v_at(np.array([head.layout.mouth.cy]))[0])
    step = np.linspace(0.0, 0.92, _STEPS) ** 1.5
    phi = side[:, None] * (1 - step) * np.pi / 2
    v = v0[:, None] + step * (np.minimum(v0, goal) - v0)[:, None]
    facing = _facing(head, placement, camera, phi, v)
    seen = facing > 0
    first = np.where(seen.any(axis=1), seen.argmax(axis=1), _STEPS - 1)
    before = np.maximum(first - 1, 0)
    row = np.arange(len(first))
    f0, f1 = facing[row, before], facing[row, first]
    part = np.where(first > before, clamp(-f0 / np.where(f1 > f0, f1 - f0, 1.0), 0, 1), 0.0)
    at_phi = phi[row, before] + part * (phi[row, first] - phi[row, before])
    at_v = v[row, before] + part * (v[row, first] - v[row, before])
    return placement.place(head.surface(at_phi, at_v))


def _spread(head: Head) -> Floats:
    """v of the anatomical contour from beside the eye (0) to the chin (16), evenly along its frontal outline."""
    v = np.linspace(float(head.v_at(np.array([-0.03]))[0]), 0.9985, 400)
    rows = head.slice_at(v)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(rows[:, 0]), np.diff(rows[:, 1])))])
    out: Floats = np.interp(np.linspace(0, length[-1], 17), length, v)
    return out


def _facing(head: Head, placement: Placement, camera: Camera, phi: Floats, v: Floats) -> F64:
    """Cosine-like measure (…): above 0 where the skin faces the camera."""
    steps = np.stack([phi, phi + _EPSILON, phi]), np.stack([v, v, np.minimum(v + _EPSILON, 1.0)])
    points, right, down = placement.place(head.surface(*steps))
    normal = np.cross(down - points, right - points)
    out: F64 = np.einsum("...k,...k->...", normal, camera.eye() - points)
    return out
