"""Hair as a shell over the scalp: its shape, where it covers, and how its strands take the light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from facelabel.rendering.arrays import F32, F64, Bool, Floats, f32, folded, look_up, noise, smoothstep, spline
from facelabel.rendering.head import Head
from facelabel.rendering.parameters import Look

_PHI = np.linspace(-np.pi, np.pi, 97)
_EDGE_AT = np.radians([0, 20, 38, 52, 64, 76, 88, 100, 115, 140, 180])
# The height at which hair ends, by the angle from the front.
_EDGES = {
    "buzz": (0.93, 0.93, 0.94, 0.86, 0.60, 0.35, -0.10, -0.05, -0.45, -0.85, -0.9),
    "short": (0.90, 0.91, 0.92, 0.84, 0.60, 0.33, -0.20, -0.10, -0.50, -0.95, -1.0),
    "fringe": (0.42, 0.40, 0.36, 0.30, 0.18, 0.05, -0.25, -0.25, -0.60, -1.0, -1.1),
    "long": (0.92, 0.90, 0.80, 0.58, 0.12, -1.1, -2.2, -2.3, -2.3, -2.3, -2.3),
}
_THICK = {"buzz": 0.025, "short": 0.15, "fringe": 0.16, "long": 0.15}


@dataclass(frozen=True)
class Hair:
    """``points`` (R, C, 3) in the head frame; ``over`` (R, C) is how far each vertex lies above the hair's edge."""

    points: F64
    look: Look
    over: F32

    @classmethod
    def of(cls, head: Head, look: Look) -> Hair | None:
        if look.hair == "bald":
            return None
        thick = _THICK[look.hair] * (look.hair_volume if look.hair != "buzz" else 1.0)
        long = look.hair == "long"
        v = np.concatenate([np.linspace(0, 0.3, 22, endpoint=False), np.linspace(0.3, 0.74 if not long else 0.62, 26)])
        phi = _PHI[None, :]
        x, y, z = head.base(phi, v[:, None])
        y = np.broadcast_to(y, x.shape)
        points = np.stack([x, y, z], axis=-1)
        lumps = noise(100, 64, 0.6, 4)
        # Each head has its own place on the one tile.
        rows = (np.arange(len(v)) * 0.6 + look.hair_seed % 64).astype(int)[:, None] % 64
        columns = (np.arange(len(_PHI)) * 64 // (len(_PHI) - 1) + look.hair_seed // 64)[None, :] % 64
        wave = 1 + 0.16 * lumps[rows, columns] * (0.2 if look.hair == "buzz" else 1.0)
        side = np.abs(np.sin(phi)) ** 2
        crown = smoothstep(0.2, 1.2, y)
        grow = thick * wave * (0.60 + 0.55 * crown + (0.35 if long else -0.25) * side * (1 - crown))
        # A parting: lower where it runs, fuller beside it.
        part = np.exp(-(((x - 0.35 * look.parting) / 0.07) ** 2)) * (np.cos(phi) > -0.3) * smoothstep(0.9, 1.4, y)
        grow = grow * (1 - 0.45 * part * (look.hair in ("long", "short")))
        if not long:
            # Beside the face it lies close, or the background would show between hair and temple.
            above = y - spline(np.abs(phi), _EDGE_AT, np.array(_EDGES[look.hair]))
            grow = grow * (1 - 0.85 * side * (1 - smoothstep(0.0, 0.6, above)))
        outward = points - np.array([0.0, 0.25, -0.2])
        outward[..., 1] = np.maximum(outward[..., 1], 0) * 0.9
        outward /= np.linalg.norm(outward, axis=-1, keepdims=True) + 1e-6
        points = points + outward * grow[..., None]
        if long:
            points = cls._curtain(points, look)
        heights = points[:, len(_PHI) // 2, 1].copy()
        return cls(points, look, cls._above(heights, look))

    @staticmethod
    def _curtain(points: F64, look: Look) -> F64:
        """Let the last row hang down."""
        last = points[-1]
        steps = np.linspace(0, 1, 26)[1:, None]
        fall = np.repeat(last[None], len(steps), axis=0)
        fall[..., 1] = last[:, 1] - 2.35 * steps
        spread = 1 + 0.10 * np.sin(np.pi * steps * 0.9) * look.hair_volume - 0.08 * steps
        wave = 0.045 * look.hair_volume * np.sin(8 * steps + 4 * last[:, 2] + 7 * look.parting)
        fall[..., 0] = last[:, 0] * spread + wave * np.sign(last[:, 0])
        fall[..., 2] = last[:, 2] * (1 - 0.15 * steps) - 0.05
        return np.concatenate([points, fall])

    def buries(self, phi: Floats, y: Floats) -> Bool:
        """Where the head at angle ``phi`` (C,) and height ``y`` (R, C) lies too deep under the hair to be seen."""
        if self.look.hair == "buzz":
            return np.zeros(y.shape, dtype=np.bool_)
        buried: Bool = y > spline(np.abs(phi), _EDGE_AT, np.array(_EDGES[self.look.hair])) + 0.45
        return buried

    def strands(self, row: Floats, column: Floats) -> tuple[F32, F32]:
        """Strand noise (N,), coarse and fine, at mesh positions."""
        look = self.look
        tile = noise(201, 512, 0.75, 8)
        seed = look.hair_seed % 97
        curl = {"buzz": 0.0, "short": 0.9, "fringe": 0.5, "long": 1.2}[look.hair]
        bend = curl * np.sin(row * 0.22 + seed) + curl * look.parting * row * 0.12
        sweep = {"buzz": 0.0, "short": 0.035, "fringe": 0.012, "long": 0.0}[look.hair] * look.parting
        across = (column + bend + sweep * row * row) * 5.3 + seed * 5
        coarse = look_up(tile, folded(across * 0.55, 511), folded(row * 0.45 + 2 * seed, 511))
        if look.hair == "buzz":
            return coarse, look_up(tile, folded(column * 30, 511), folded(row * 30, 511))
        fine = look_up(tile, folded(across * 2.1, 511), folded(row * 1.1 + seed, 511))
        return coarse, fine

    @staticmethod
    def _above(y: Floats, look: Look) -> F32:
        """How far vertices at heights ``y`` (R,) lie above the edge of this head of hair, (R, columns)."""
        edge = spline(np.abs(_PHI), _EDGE_AT, np.array(_EDGES[look.hair]))
        front = smoothstep(1.2, 0.7, np.abs(_PHI))
        edge = edge + front * look.hair_line * (look.hair != "fringe")
        if look.hair == "fringe":
            edge = edge + 0.28 * look.parting * _PHI * front + 0.16 * max(0.0, look.hair_volume - 1.0)
        if look.hair == "short":
            edge = edge + 0.13 * look.parting * _PHI * front
        if look.hair == "long":
            edge = np.where(edge < -1.2, edge + 1.25 * (1 - look.hair_length), edge)
        return f32(y[:, None] - edge)

    def cover(self, over: F32, fine: F32, coarse: F32) -> F32:
        """How much hair there is (N,), 0 to 1, at ``over`` above its edge."""
        look = self.look
        ragged = {"buzz": 0.03, "short": 0.065, "fringe": 0.075, "long": 0.04}[look.hair]
        soft = {"buzz": 0.10, "short": 0.09, "fringe": 0.06, "long": 0.06}[look.hair]
        cover = smoothstep(-soft, soft, over + ragged * (0.7 * fine + 0.9 * coarse))
        return f32(cover * (0.85 if look.hair == "buzz" else 1.0))
