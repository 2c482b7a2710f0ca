"""The features of a face as curves in the face plane, and the landmarks that lie on them.

Face plane: the head's own frontal view, x to the viewer's right, y up, origin between the eyes, one unit half a face's
width. The head's surface is a height over this plane, so a landmark found here is exact on the surface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from facelabel.rendering.arrays import F64, Floats, clamp
from facelabel.rendering.parameters import Expression, Identity


@dataclass(frozen=True)
class Eye:
    """An eye's opening. ``t`` runs from the outer corner (-1) to the inner one (1), ``s`` is the height over the line
    between the corners; ``side`` is -1 for the image-left eye."""

    side: int
    cx: float
    cy: float
    half: float
    upper_height: float
    lower_height: float
    tilt: float
    closure: float
    gaze: tuple[float, float]

    @property
    def ball_radius(self) -> float:
        return 0.95 * self.half

    @property
    def iris_radius(self) -> float:
        return 0.41 * self.half

    @property
    def iris(self) -> tuple[float, float]:
        """The centre of the pupil in the face plane."""
        return self.cx + 0.085 * self.gaze[0], self.cy + 0.022 + 0.06 * self.gaze[1]

    def local(self, x: Any, y: Any) -> tuple[Any, Any]:
        t = -self.side * (x - self.cx) / self.half
        return t, y - self.cy + self.tilt * t

    def plane(self, t: Any, s: Any) -> F64:
        t, s = np.broadcast_arrays(np.asarray(t, float), np.asarray(s, float))
        return np.stack([self.cx - self.side * t * self.half, self.cy + s - self.tilt * t], axis=-1)

    def lower(self, t: Any) -> Any:
        return -self.lower_height * clamp(1 - np.abs(t) ** 2.2, 0) * (1 - 0.18 * t)

    def upper(self, t: Any) -> Any:
        open_ = self.upper_height * clamp(1 - np.abs(t) ** 2.1, 0) * (1 + 0.14 * t)
        return open_ + self.closure * (self.lower(t) - open_)


@dataclass(frozen=True)
class Mouth:
    """``t`` runs from the image-left corner (-1) to the image-right one (1)."""

    cy: float
    half: float
    curve: float
    skew: float
    upper_height: float
    lower_height: float
    raised: float
    dropped: float

    def centre(self, t: Any) -> Any:
        return self.cy + self.curve * (np.abs(t) ** 1.8) + self.skew * t

    def gap(self, t: Any) -> Any:
        return clamp(1 - (t / 0.9) ** 2, 0) ** 0.65

    def inner_upper(self, t: Any) -> Any:
        return self.centre(t) + self.raised * self.gap(t) - 0.008 * np.exp(-((t / 0.2) ** 2))

    def inner_lower(self, t: Any) -> Any:
        return self.centre(t) - self.dropped * self.gap(t) - 0.008 * np.exp(-((t / 0.2) ** 2))

    def outer_upper(self, t: Any) -> Any:
        cupid = 1 - 0.17 * np.exp(-((t / 0.13) ** 2))
        return self.inner_upper(t) + self.upper_height * clamp(1 - np.abs(t) ** 1.45, 0) * cupid

    def outer_lower(self, t: Any) -> Any:
        return self.inner_lower(t) - self.lower_height * clamp(1 - t * t, 0) ** 0.8

    def plane(self, t: Floats, y: Any) -> F64:
        return np.stack([t * self.half, y], axis=-1)


@dataclass(frozen=True)
class Brow:
    """``t`` runs from the inner end (0) to the outer tip (1); ``side`` is -1 for the image-left brow."""

    side: int
    inner: tuple[float, float]
    outer: tuple[float, float]
    arch: float
    thickness: float

    def middle(self, t: Any) -> tuple[Any, Any]:
        x = self.inner[0] + (self.outer[0] - self.inner[0]) * t
        y = self.inner[1] + (self.outer[1] - self.inner[1]) * t + self.arch * 4 * (t**1.6) * (1 - t**1.6)
        return x, y

    def half_thickness(self, t: Any) -> Any:
        return 0.5 * self.thickness * (0.85 + 0.6 * t - 1.3 * t**3)

    def plane(self, t: Floats, edge: float) -> F64:
        x, y = self.middle(t)
        return np.stack([x, y + edge * self.half_thickness(t)], axis=-1)


@dataclass(frozen=True)
class Nose:
    """``root`` and ``base`` are heights: the nasion and the point under the septum. ``half`` is half the width."""

    root: float
    base: float
    half: float
    projection: float
    bridge: float

    def height(self, part: float) -> float:
        """From root (0) to base (1)."""
        return self.root + part * (self.base - self.root)


@dataclass(frozen=True)
class Layout:
    """Where one face's features lie after its identity and expression."""

    eyes: tuple[Eye, Eye]
    brows: tuple[Brow, Brow]
    nose: Nose
    mouth: Mouth
    chin: float
    drop: float
    """How far the jaw has come down."""

    @classmethod
    def of(cls, who: Identity, mood: Expression) -> Layout:
        smile = mood.smile
        drop = 0.34 * max(mood.opening, 0.0)
        nose = Nose(
            0.10,
            0.10 - who.nose_length,
            who.nose_width * (1 + 0.08 * max(smile, 0)),
            who.nose_projection,
            who.nose_bridge,
        )
        opening = max(mood.opening, 0.0)
        squeeze = 1 - 0.22 * mood.pout - 0.16 * opening * (1 - max(smile, 0))
        stretch = 1 - 0.22 * max(smile, 0) - 0.1 * opening
        mouth = Mouth(
            cy=nose.base - who.mouth_height + 0.03 * max(smile, 0),
            half=who.mouth_width * (1 + 0.26 * max(smile, 0)) * squeeze,
            curve=0.085 * smile - 0.12 * opening * (1 - 0.5 * max(smile, 0)),
            skew=0.05 * mood.skew,
            upper_height=who.lip_upper * stretch * (1 + 0.25 * mood.pout),
            lower_height=who.lip_lower * stretch * (1 + 0.25 * mood.pout),
            raised=0.10 * opening + 0.02 * (opening > 0.03),
            dropped=0.40 * opening + 0.01 * (opening > 0.03),
        )
        eyes, brows = [], []
        for i, side in enumerate((-1, 1)):
            half = 0.215 * who.eye_scale
            lower = 0.062 * who.eye_scale * (1 - 0.35 * max(smile, 0))
            closure = mood.closure[i]
            upper = 0.098 * who.eye_scale * who.eye_opening * (1 - 0.25 * max(smile, 0))
            eyes.append(Eye(side, side * who.eye_spacing, 0.0, half, upper, lower, who.eye_tilt, closure, mood.gaze))
            lift = 0.09 * mood.brow_raise[i]
            inner = (side * (0.165 - 0.025 * mood.frown), who.brow_height - 0.045 + 0.8 * lift - 0.08 * mood.frown)
            outer = (side * 0.80, who.brow_height - 0.03 + 0.7 * lift)
            brows.append(
                Brow(
                    side, inner, outer, who.brow_arch * (1 - 0.3 * mood.frown) + 0.03 * max(lift, 0), who.brow_thickness
                )
            )
        chin = -1.655 - who.chin_length - drop
        return cls((eyes[0], eyes[1]), (brows[0], brows[1]), nose, mouth, chin, drop)

    def interior(self) -> F64:
        """Landmarks 33 to 97 of WFLW's 98 in the face plane, (65, 2)."""
        left, right = self.brows
        upper = np.array([0.97, 0.74, 0.50, 0.25, 0.0])
        under = np.array([0.03, 0.27, 0.52, 0.76])
        nose = self.nose
        bridge = np.array([[0.0, nose.height(part)] for part in (0.08, 0.32, 0.56, 0.80)])
        wing, nostril = 0.88 * nose.half, 0.46 * nose.half
        base = np.array([
            [-wing, nose.base + 0.045], [-nostril, nose.base + 0.012], [0.0, nose.base],
            [nostril, nose.base + 0.012], [wing, nose.base + 0.045],
        ])  # fmt: skip
        a, b = self.eyes
        step = np.array([-0.5, 0.0, 0.5])
        ends = np.zeros(1)
        eye_left = [
            a.plane(ends - 1, 0),
            a.plane(step, a.upper(step)),
            a.plane(ends + 1, 0),
            a.plane(-step, a.lower(-step)),
        ]
        eye_right = [
            b.plane(ends + 1, 0),
            b.plane(-step, b.upper(-step)),
            b.plane(ends - 1, 0),
            b.plane(step, b.lower(step)),
        ]
        m = self.mouth
        top, low = np.array([-1, -0.62, -0.23, 0, 0.23, 0.62, 1]), np.array([0.62, 0.30, 0, -0.30, -0.62])
        in_top, in_low = np.array([-0.9, -0.34, 0, 0.34, 0.9]), np.array([0.34, 0, -0.34])
        return np.concatenate([
            left.plane(upper, 1), left.plane(under, -1), right.plane(upper[::-1], 1), right.plane(under[::-1], -1),
            bridge, base, *eye_left, *eye_right,
            m.plane(top, m.outer_upper(top)), m.plane(low, m.outer_lower(low)),
            m.plane(in_top, m.inner_upper(in_top)), m.plane(in_low, m.inner_lower(in_low)),
            [a.iris, b.iris],
        ])  # fmt: skip


SUBSET_68 = np.array([*range(0, 33, 2), *range(33, 38), *range(42, 47), *range(51, 60), 60, 61, 63, 64, 65, 67,
                      68, 69, 71, 72, 73, 75, *range(76, 96)])  # fmt: skip
"""68-point landmark i is WFLW landmark ``SUBSET_68[i]``."""
