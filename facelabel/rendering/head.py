"""The head as one closed surface: elliptic slices from crown to chin, with the features raised on their front.

Head frame: x to the viewer's right, y up, z out of the face, origin between the eyes at the depth of the ears; one unit
is half a face's width. The surface is a function of ``phi`` (radians round the vertical axis, 0 in front, pi/2 at the
viewer's right) and ``v`` (0 at the crown, 1 under the chin).
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from facelabel.rendering.anatomy import Layout
from facelabel.rendering.arrays import F64, Floats, bump, clamp, smoothstep, spline
from facelabel.rendering.parameters import Expression, Identity

# v, y, half width, front z at x = 0, back z, z of the widest place
_SLICES = np.array([
    (0.000, 1.600, 0.000, -0.20, -0.20, -0.20),
    (0.035, 1.582, 0.265, 0.13, -0.56, -0.20),
    (0.090, 1.480, 0.570, 0.52, -1.00, -0.20),
    (0.180, 1.230, 0.835, 0.87, -1.38, -0.18),
    (0.290, 0.880, 0.970, 1.08, -1.55, -0.14),
    (0.390, 0.550, 1.010, 1.195, -1.58, -0.09),
    (0.490, 0.220, 1.005, 1.220, -1.52, -0.03),
    (0.580, -0.100, 0.990, 1.165, -1.42, 0.00),
    (0.660, -0.400, 0.970, 1.155, -1.25, 0.00),
    (0.740, -0.700, 0.905, 1.155, -1.02, 0.02),
    (0.810, -0.980, 0.800, 1.140, -0.72, 0.08),
    (0.870, -1.200, 0.672, 1.105, -0.45, 0.20),
    (0.920, -1.400, 0.505, 1.075, -0.14, 0.40),
    (0.960, -1.545, 0.335, 1.055, 0.22, 0.58),
    (0.985, -1.625, 0.185, 1.000, 0.54, 0.72),
    (1.000, -1.655, 0.000, 0.850, 0.85, 0.85),
])  # fmt: skip

_ROWS = np.concatenate(
    [np.linspace(0, 0.36, 15, endpoint=False), np.linspace(0.36, 0.985, 90), np.linspace(0.988, 1, 5)]
)
_FRONT = np.sin(np.linspace(-1, 1, 97) * np.pi / 2 * 0.86) / np.sin(np.pi / 2 * 0.86)
PHI = np.concatenate([
    np.linspace(-np.pi, -1.62, 11, endpoint=False),
    np.arcsin(clamp(_FRONT, -0.9995, 0.9995)),
    np.linspace(1.62, np.pi, 12)[1:],
])  # fmt: skip
"""The mesh's columns."""
V = _ROWS
"""The mesh's rows."""


class Head:
    """One person's head with one expression."""

    def __init__(self, who: Identity, mood: Expression) -> None:
        self.who = who
        self.mood = mood
        self.layout = Layout.of(who, mood)
        self._slices = self._own_slices()

    def _own_slices(self) -> F64:
        who, table = self.who, _SLICES.copy()
        y = table[:, 1]
        low = smoothstep(-0.45, -1.1, y)
        middle = np.exp(-(((y + 0.45) / 0.35) ** 2))
        upper = smoothstep(0.2, 0.9, y)
        table[:, 2] *= who.width_scale * (
            1 + low * (who.jaw_scale - 1) + 0.025 * who.fullness * (low + middle) + 0.01 * upper
        )
        table[:, 2] *= 1 + 0.03 * (who.cheekbones - 1) * middle
        # A square chin keeps its width lower down.
        table[:, 2] *= 1 + (0.22 * who.masculine - 0.06) * np.exp(-(((y + 1.50) / 0.13) ** 2))
        table[:, 1] = y - who.chin_length * smoothstep(-0.7, -1.5, y) - self.layout.drop * smoothstep(-0.55, -1.35, y)
        table[:, 3:] -= 0.25 * self.layout.drop * smoothstep(-0.8, -1.5, y)[:, None]
        return table

    def slice_at(self, v: Floats) -> Floats:
        """y, half width, front, back and widest z at ``v`` (...,), as (..., 5)."""
        return spline(v, self._slices[:, 0], self._slices[:, 1:])

    def v_at(self, y: Any) -> Floats:
        """The ``v`` of the slice at height ``y``."""
        y = np.asarray(y, dtype=np.float64)
        heights, v = self._dense_heights
        out: Floats = np.interp(-y, -heights, v)
        return out

    @cached_property
    def _dense_heights(self) -> tuple[Floats, Floats]:
        v = np.linspace(0, 1, 4001)
        return spline(v, self._slices[:, 0], self._slices[:, 1]), v

    def base(self, phi: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        """x, y, z of the head without its features."""
        rows = self.slice_at(v)
        y, half, front, back, middle = (rows[..., i] for i in range(5))
        sine, cosine = np.sin(phi), np.cos(phi)
        power = 2.0 + 0.28 * smoothstep(0.7, 0.1, y) * smoothstep(-1.5, -0.9, y)
        ahead = clamp(1 - np.abs(sine) ** power, 0) ** (1 / power)
        z = np.where(cosine >= 0, middle + (front - middle) * ahead, middle + (middle - back) * cosine)
        return half * sine, y, z

    def surface(self, phi: Floats, v: Floats) -> Floats:
        """Points (..., 3) of the head; ``phi`` and ``v`` may broadcast."""
        x, y, z = self.base(phi, v)
        weight = smoothstep(0.0, 0.35, np.cos(phi))
        raised = z + weight * (self._relief(x, y, z) - z)
        return np.stack([x, np.broadcast_to(y, x.shape), raised], axis=-1)

    def on_face(self, plane: Floats) -> Floats:
        """Points (N, 3) of the head over face-plane positions (N, 2)."""
        v = self.v_at(plane[:, 1])
        half = self.slice_at(v)[:, 1]
        return self.surface(np.arcsin(clamp(plane[:, 0] / half, -1, 1)), v)

    def _socket_floor(self, x: Any, y: Any, z: Any) -> Any:
        """The face with everything but the eyeballs, lids and the inside of the mouth."""
        who, lay, mood = self.who, self.layout, self.mood
        nose, mouth = lay.nose, lay.mouth
        ax = np.abs(x)
        smile = max(mood.smile, 0.0)
        for eye in lay.eyes:
            z = z - 0.115 * bump(x, y, eye.cx - eye.side * 0.03, eye.cy + 0.03, 0.22, 0.14)
        z = z + (0.04 + 0.055 * who.brow_ridge) * bump(ax, y, 0.40, who.brow_height - 0.05, 0.26, 0.075)
        z = z + 0.03 * bump(x, y, 0, 0.30, 0.16, 0.10) - 0.05 * bump(ax, y, 0.90, 0.30, 0.14, 0.28)
        z = z + (0.055 * who.cheekbones + 0.05 * smile) * bump(ax, y, 0.60, -0.33 + 0.06 * smile, 0.21, 0.16)
        hollow = 0.035 - 0.03 * who.fullness + 0.03 * who.age
        z = z - hollow * bump(ax, y, 0.66, -0.86, 0.16, 0.24)
        z = z + 0.075 * bump(x, y, 0, mouth.cy + 0.04, 0.40, 0.27)
        fold = 0.27 + 0.30 * smoothstep(nose.base + 0.05, mouth.cy, y) * mouth.half / 0.37
        depth = 0.003 + 0.020 * who.age + 0.034 * smile
        span = smoothstep(mouth.cy - 0.12, mouth.cy + 0.08, y) * smoothstep(nose.base + 0.16, nose.base, y)
        z = z + depth * span * (smoothstep(-0.08, 0.07, ax - fold) * np.exp(-((clamp(ax - fold, 0) / 0.2) ** 2)) - 0.35)
        # The chin, the furrow over it and the soft corners of the mouth.
        z = z + (0.07 + 0.04 * who.masculine) * bump(x, y, 0, lay.chin + 0.20, 0.21, 0.12)
        furrow = 0.5 * (float(mouth.outer_lower(0.0)) + lay.chin + 0.22)
        z = z - 0.055 * bump(x, y, 0, furrow, 0.26, 0.075)
        z = z - 0.035 * bump(ax, y, mouth.half + 0.045, mouth.cy + mouth.curve, 0.06, 0.06)
        return self._add_nose(x, ax, y, z)

    def _add_nose(self, x: Any, ax: Any, y: Any, z: Any) -> Any:
        nose = self.layout.nose
        u = (nose.root - y) / (nose.root - nose.base)
        knots = np.array([-0.35, -0.1, 0.08, 0.35, 0.60, 0.78, 0.87, 0.95, 1.02, 1.12])
        heights = np.array(
            [0.0, 0.03, 0.06 * nose.bridge, 0.14 * nose.bridge + 0.03, 0.27, 0.365, 0.36, 0.22, 0.06, 0.0]
        )
        ridge = spline(u, knots, heights * nose.projection)
        width = spline(u, knots, np.array([0.18, 0.15, 0.125, 0.130, 0.150, 0.165, 0.172, 0.17, 0.16, 0.16]))
        width = width * (0.75 + 0.25 * nose.half / 0.25)
        z = z + ridge * np.exp(-((ax / width) ** 2) * 0.8)
        wing = bump(ax, y, nose.half * 0.76, nose.height(0.87), nose.half * 0.23, 0.085)
        z = z + 0.175 * nose.projection * wing
        z = z - 0.05 * bump(ax, y, nose.half * 0.47, nose.base + 0.035, 0.045, 0.03)
        # The philtrum.
        groove = smoothstep(nose.base - 0.01, nose.base - 0.06, y) * smoothstep(
            self.layout.mouth.cy + 0.06, nose.base - 0.15, y
        )
        return z - 0.018 * groove * np.exp(-((x / 0.05) ** 2)) + 0.012 * groove * np.exp(-(((ax - 0.09) / 0.04) ** 2))

    @cached_property
    def _eye_depth(self) -> tuple[float, float]:
        """z of the two eyeballs' centres."""
        eyes = self.layout.eyes
        v = self.v_at(np.array([eye.cy for eye in eyes]))
        phi = np.arcsin(np.array([eye.cx for eye in eyes]) / self.slice_at(v)[:, 1])
        left, right = self._socket_floor(*self.base(phi, v))
        return float(left) - eyes[0].ball_radius + 0.055, float(right) - eyes[1].ball_radius + 0.055

    def _relief(self, x: Any, y: Any, z: Any) -> Any:
        """The final z over base points (x, y, z)."""
        z = self._socket_floor(x, y, z)
        y = np.broadcast_to(y, x.shape)
        for eye, centre in zip(self.layout.eyes, self._eye_depth, strict=True):
            near = (np.abs(x - eye.cx) < 0.42) & (np.abs(y - eye.cy) < 0.36)

            z[near] = self._with_eye(x[near], y[near], z[near], eye, centre)
        mouth = self.layout.mouth
        near = (np.abs(x) < mouth.half * 1.25) & (y > self.layout.chin + 0.1) & (y < self.layout.nose.base)
        z[near] = self._with_lips(x[near], y[near], z[near])
        return z

    @staticmethod
    def _with_eye(x: Any, y: Any, z: Any, eye: Any, centre: float) -> Any:
        t, s = eye.local(x, y)
        inside = clamp(np.minimum(eye.upper(t) - s, s - eye.lower(t)), -1, 1)
        radius = eye.ball_radius
        across = ((x - eye.cx) * 0.80) ** 2 + (y - eye.cy) ** 2
        lid = centre + np.sqrt(clamp((radius + 0.022) ** 2 - across, 0))
        lid = np.where(across < (radius + 0.022) ** 2, lid, -9.0)
        # Smooth maximum of the lids and the skin that they come out of.
        k = 0.045
        h = clamp(0.5 + 0.5 * (lid - z) / k, 0, 1)
        skin = z + (lid - z) * h + k * h * (1 - h) * (lid > -5)
        # The fold over the upper lid.
        crease = eye.upper(t) * (1 - 0.5 * eye.closure) + 0.075 + 0.03 * eye.closure
        skin = skin - 0.022 * np.exp(-(((s - crease) / 0.022) ** 2)) * clamp(1 - t * t * 0.7, 0, 1)
        ball = centre + np.sqrt(clamp(radius**2 - across, 0.0))
        opened = smoothstep(-0.002, 0.012, inside) * (np.abs(t) < 1)
        return skin + opened * (np.maximum(ball, skin - 0.06) - 0.004 - skin)

    def _with_lips(self, x: Any, y: Any, z: Any) -> Any:
        m = self.layout.mouth
        t = x / m.half
        lips = clamp(np.abs(t), 0, 1)
        sign = np.sign(t)
        top, bottom = m.outer_upper(lips * sign), m.outer_lower(lips * sign)
        in_top, in_low = m.inner_upper(lips * sign), m.inner_lower(lips * sign)
        side = smoothstep(1.02, 0.75, np.abs(t))
        up = clamp((y - in_top) / np.maximum(top - in_top, 0.02), -0.5, 2)
        down = clamp((in_low - y) / np.maximum(in_low - bottom, 0.02), -0.5, 2)
        z = z + 0.055 * side * np.exp(-(((up - 0.35) / 0.55) ** 2)) * (y > in_top)
        z = z + 0.075 * side * np.exp(-(((down - 0.45) / 0.50) ** 2)) * (y < in_low)
        gap = in_top - in_low
        # Between closed lips a furrow, between open ones the mouth.
        line = np.exp(-(((y - 0.5 * (in_top + in_low)) / 0.016) ** 2)) * smoothstep(1.08, 0.9, np.abs(t))
        z = z - 0.030 * line * (gap < 0.02)
        hollow = smoothstep(0.0, 0.02, np.minimum(in_top - y, y - in_low)) * (np.abs(t) < 0.9)
        return z - hollow * np.minimum(0.10, 0.03 + gap * 0.8)
