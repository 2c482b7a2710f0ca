"""Light on skin, hair and cloth, in linear colour."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facelabel.rendering.arrays import F32, F64, Floats, clamp, dot, f32, normalise
from facelabel.rendering.parameters import Light

# Light scatters under the skin: red reaches farthest round the terminator.
_SKIN_WRAP = np.array([0.34, 0.17, 0.12], np.float32)
_BLEED = np.array([0.30, 0.0, -0.08], np.float32)


@dataclass(frozen=True)
class Lighting:
    """``key`` and ``rim`` are directions towards the light, (3,); colours (3,) linear."""

    key: F32
    key_colour: F32
    sky: F32
    ground: F32
    rim: F32
    rim_colour: F32
    softness: float

    @classmethod
    def of(cls, light: Light) -> Lighting:
        a, e = np.radians([light.azimuth, light.elevation])
        key = np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)], np.float32)
        tint = np.array([1 + 0.14 * light.warmth, 1.0, 1 - 0.20 * light.warmth], np.float32)
        cool = np.array([1 - 0.05 * light.warmth, 1.0, 1 + 0.08 * light.warmth], np.float32)
        rim = np.array([-np.sign(a + 1e-6) * 0.75, 0.35, -0.56], np.float32)
        return cls(
            key,
            tint * np.float32(1.02 * light.key),
            cool * np.float32(light.ambient * 0.95),
            np.array([0.62, 0.55, 0.5], np.float32) * np.float32(light.ambient),
            rim,
            np.float32(0.9 * light.rim) * cool,
            light.softness,
        )

    def _ambient(self, up: F32, channel: int) -> F32:
        return f32(self.ground[channel] + up * (self.sky[channel] - self.ground[channel]))

    def skin(self, normal: F32, towards: F32, albedo: F32, gloss: F32, opened: F32, lit: F32) -> F32:
        """Reflected light (N, 3). ``towards`` (N, 3) points to the camera; ``opened`` is what of the sky is seen and
        ``lit`` what of the key light arrives, each (N,)."""
        facing, behind = dot(normal, self.key), clamp(dot(normal, self.rim), 0, 1)
        up = 0.5 + 0.5 * normal[:, 1]
        edge = 1 - clamp(dot(normal, towards), 0, 1)
        fresnel = 0.035 + 0.30 * (edge * edge) ** 2 * edge
        sheen = self.glint(normal, towards, 8 + 70 * gloss * gloss) * (1.2 + 4.8 * gloss) * lit * fresnel
        mirror = 0.35 * fresnel * opened * (0.3 + 0.7 * gloss)
        out = np.empty_like(normal)
        for c in range(3):
            # A shadow's edge and a hollow are red on skin, too.
            arriving = lit * (1 + (1 - lit) * _BLEED[c])
            hollow = opened * (1 + (1 - opened) * _BLEED[c])
            diffuse = clamp((facing + _SKIN_WRAP[c]) / (1 + _SKIN_WRAP[c]), 0) * self.key_colour[c]
            ambient = self._ambient(up, c)
            light = diffuse * arriving * (0.45 + 0.55 * hollow) + ambient * hollow + behind * self.rim_colour[c]
            out[:, c] = albedo[:, c] * light + sheen * self.key_colour[c] + mirror * ambient
        return out

    def glint(self, normal: F32, towards: F32, power: F32) -> F32:
        """Blinn and Phong's highlight (N,)."""
        half = normalise(towards + self.key)
        # exp(p (x - 1)) is x^p where it matters, near 1, and far quicker.
        return f32(np.exp(power * (dot(normal, half) - 1)))

    def cloth(self, normal: F32, albedo: F32, opened: F32, lit: F32) -> F32:
        """Dull reflection (N, 3)."""
        facing = clamp((dot(normal, self.key) + 0.1) / 1.1, 0, 1) * lit
        behind, up = clamp(dot(normal, self.rim), 0, 1), 0.5 + 0.5 * normal[:, 1]
        out = np.empty_like(normal)
        for c in range(3):
            light = facing * self.key_colour[c] + opened * self._ambient(up, c) + behind * self.rim_colour[c]
            out[:, c] = albedo[:, c] * light
        return out

    def hair(self, normal: F32, along: F32, towards: F32, albedo: F32, coarse: F32, fine: F32, lit: F32) -> F32:
        """Kajiya and Kay's two highlights on strands that run ``along`` (N, 3); ``albedo`` (3,)."""
        half = normalise(towards + self.key)
        slide = 0.16 * coarse + 0.10 * fine
        # The strand's direction tilted by ``slide`` towards the normal, against the half vector.
        turned = dot(along, half) + slide * dot(normal, half)
        ring = 1 - turned * turned / (1 + slide * slide)
        facing = clamp((dot(normal, self.key) + 0.25) / 1.25, 0, 1) * lit
        view = clamp(dot(normal, towards), 0, 1)
        depth = clamp(0.72 + 0.26 * coarse + 0.24 * fine, 0.10, 1.8) * (0.55 + 0.45 * view)
        behind = clamp(dot(normal, self.rim), 0, 1) * clamp(0.7 + 0.4 * fine, 0, 2)
        sharp, wide = 0.05 * np.exp(35 * (ring - 1)), 0.30 * np.exp(9 * (ring - 1))
        gleam = facing * clamp(0.8 + 0.5 * fine, 0, 2)
        up = 0.5 + 0.5 * normal[:, 1]
        out = np.empty_like(normal)
        for c in range(3):
            body = albedo[c] * depth * (facing * self.key_colour[c] + 0.75 * self._ambient(up, c))
            shine = gleam * (sharp + wide * albedo[c]) * self.key_colour[c]
            out[:, c] = body + shine + behind * self.rim_colour[c] * (0.6 * albedo[c] + 0.03)
        return out


class Shadows:
    """A shadow map of the key light."""

    _SIDE = 136
    _SPAN = 2.9

    def __init__(self, lighting: Lighting, centre: F64, casters: list[F64]) -> None:
        key = lighting.key.astype(np.float64)
        right = np.cross([0.0, 1.0, 0.0], key)
        right /= np.linalg.norm(right)
        self._axes = np.stack([right, np.cross(key, right), key])
        self._centre = centre
        self._soft = 0.05 + 0.16 * lighting.softness
        nearest = np.full((self._SIDE, self._SIDE), -9.0, np.float32)
        for points in casters:
            column, row, near = self._locate(points.reshape(-1, 3))
            np.maximum.at(nearest, (np.round(row).astype(int), np.round(column).astype(int)), near)
        # Vertices are sparser than the map here and there.
        self._map = cv2.dilate(nearest, np.ones((3, 3), np.uint8))

    def _locate(self, points: Floats) -> tuple[F32, F32, F32]:
        local = (points - self._centre) @ self._axes.T
        scale = (self._SIDE - 1) / (2 * self._SPAN)
        column = clamp((local[:, 0] + self._SPAN) * scale, 0, self._SIDE - 1)
        row = clamp((local[:, 1] + self._SPAN) * scale, 0, self._SIDE - 1)
        return column.astype(np.float32), row.astype(np.float32), local[:, 2].astype(np.float32)

    def lit(self, points: F64, normals: F32) -> F32:
        """How much of the key light reaches the vertices of a grid (R, C, 3): 0 to 1, softened over the grid."""
        lifted = points + 0.07 * normals
        column, row, near = self._locate(lifted.reshape(-1, 3))
        shape = points.shape[:2]
        near = near.reshape(shape)
        behind = np.zeros(shape, np.float32)
        for dx, dy in ((0.0, 1.2), (-1.0, -0.6), (1.0, -0.6)):
            c, r = (column + np.float32(dx)).reshape(shape), (row + np.float32(dy)).reshape(shape)
            caster = cv2.remap(self._map, c, r, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
            behind += clamp((caster - near - np.float32(0.07)) * np.float32(1 / self._soft), 0, 1)
        lit = cv2.GaussianBlur(1 - behind / 3, (0, 0), 2.0)
        return f32(lit)


def tone(linear: F32) -> F32:
    """Linear light to display values 0 to 1, with a soft shoulder for the brightest."""
    x = clamp(linear, 1e-6).reshape(-1)
    bright = np.flatnonzero(x > 0.7)
    x[bright] = 0.7 + 0.3 * np.tanh((x[bright] - 0.7) / 0.42)
    # NumPy has no quick power of a fraction.
    return f32(np.exp(np.log(x) * np.float32(1 / 2.2))).reshape(linear.shape)
