"""Grid meshes, their normals, and the body parts round the face: ears, neck and shoulders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from facelabel.rendering.arrays import F32, F64, Bool, Floats, clamp, f32, smoothstep, spline
from facelabel.rendering.head import Head
from facelabel.rendering.parameters import Pose

PIVOT = np.array([0.0, -0.45, -0.25])
"""What the head turns about, in the head frame."""


def rotation(yaw: float, pitch: float, roll: float) -> F64:
    """(3, 3) from head to world, by the signs of ``Pose``."""
    a, b, c = np.radians([yaw, pitch, -roll])
    turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    nod = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    tilt = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    out: F64 = tilt @ nod @ turn
    return out


@dataclass(frozen=True)
class Placement:
    """Carries the head frame, and the body's that follows the head only partly, into the world."""

    head: F64
    body: F64
    shift: F64

    @classmethod
    def of(cls, pose: Pose, shift: F64) -> Placement:
        return cls(rotation(pose.yaw, pose.pitch, pose.roll), rotation(0.3 * pose.yaw, 0.0, 0.25 * pose.roll), shift)

    def place(self, points: Floats) -> F64:
        out: F64 = (points - PIVOT) @ self.head.T + self.shift
        return out

    def place_body(self, points: Floats, follow: Floats) -> F64:
        """``follow`` (R,) is how far each row keeps with the head (1) rather than the body (0)."""
        part = follow[:, None, None]
        local = points - PIVOT
        out: F64 = part * (local @ self.head.T) + (1 - part) * (local @ self.body.T) + self.shift
        return out


@dataclass(frozen=True)
class Mesh:
    """``points``, ``normals`` (R, C, 3) in the world, normals outward; ``light`` (R, C) is how open each
    vertex lies; ``bare`` (R, C) leaves vertices undrawn."""

    points: F64
    normals: F32
    light: F32
    bare: Bool | None = None

    @classmethod
    def of(cls, points: F64, light: Any = 1.0, bare: Bool | None = None) -> Mesh:
        opened = np.broadcast_to(np.asarray(light, np.float32), points.shape[:2])
        return cls(points, normals_of(points), opened.astype(np.float32), bare)


def normals_of(points: F64) -> F32:
    """Unit normals (R, C, 3) of a grid whose rows run down and columns to the right as seen from outside."""
    p = points.astype(np.float32)
    across, down = np.empty_like(p), np.empty_like(p)
    across[:, 1:-1] = p[:, 2:] - p[:, :-2]
    across[:, 0], across[:, -1] = p[:, 1] - p[:, 0], p[:, -1] - p[:, -2]
    down[1:-1] = p[2:] - p[:-2]
    down[0], down[-1] = p[1] - p[0], p[-1] - p[-2]
    n = np.empty_like(p)
    n[..., 0] = down[..., 1] * across[..., 2] - down[..., 2] * across[..., 1]
    n[..., 1] = down[..., 2] * across[..., 0] - down[..., 0] * across[..., 2]
    n[..., 2] = down[..., 0] * across[..., 1] - down[..., 1] * across[..., 0]
    n /= np.sqrt(np.einsum("rck,rck->rc", n, n))[..., None] + 1e-9
    return n


def openness(depth: Floats, spread: float = 4.0) -> F32:
    """How open a grid of heights lies: 1 on ridges and plains, less in hollows."""
    d = f32(depth)

    wide = cv2.GaussianBlur(d, (0, 0), spread)
    return f32(np.exp(-7.0 * clamp(wide - d - 0.004, 0, 0.16)))


def ear(head: Head, side: int) -> F64:
    """An ear (R, C, 3) in the head frame; ``side`` is -1 at the viewer's left."""
    size = head.who.ear_scale
    rho = np.linspace(0, 1, 15)[:, None]
    psi = np.linspace(0, 2 * np.pi, 33)[None, :]
    shape = 1 + 0.10 * np.cos(2 * psi) - 0.10 * np.sin(psi) + 0.06 * np.cos(psi)
    along = 0.25 * size * rho * np.cos(psi) * shape * (1 + 0.15 * np.sin(psi))
    up = 0.43 * size * rho * np.sin(psi) * (0.95 + 0.05 * shape)
    rim = 0.085 * np.exp(-(((rho - 0.84) / 0.13) ** 2)) * smoothstep(-1.0, -0.5, np.sin(psi))
    inner = 0.05 * np.exp(-(((rho - 0.52) / 0.12) ** 2)) * smoothstep(-0.2, 0.6, -np.cos(psi))
    bowl = -0.05 * np.exp(-((rho / 0.35) ** 2))
    out = 0.02 + rim + inner + bowl - 0.09 * smoothstep(0.9, 1.0, rho)
    flare = np.radians(24.0)
    v = head.v_at(np.array([-0.30]))
    half = float(head.slice_at(v)[0, 1])
    # The front edge sits on the head, the back edge stands off it.
    back = -along + 0.25 * size
    x = half - 0.085 + np.sin(flare) * back + np.cos(flare) * out
    z = -0.22 + 0.22 * size - np.cos(flare) * back + np.sin(flare) * out
    y = -0.33 + up - 0.06 * back
    points = np.stack([side * x + 0 * psi, y, z + 0 * psi], axis=-1)
    # Rows outward and columns round: order them so that the outside faces the viewer on either side.
    return points if side < 0 else points[:, ::-1]


_BODY = np.array([
    # drop below the pivot, half width, half depth, z, follow
    (0.15, 0.52, 0.60, -0.46, 1.0),
    (-0.45, 0.54, 0.60, -0.44, 0.9),
    (-0.80, 0.56, 0.60, -0.44, 0.55),
    (-1.15, 0.61, 0.62, -0.46, 0.2),
    (-1.45, 0.75, 0.68, -0.48, 0.0),
    (-1.62, 1.25, 0.78, -0.48, 0.0),
    (-1.80, 1.95, 0.85, -0.46, 0.0),
    (-2.10, 2.40, 0.95, -0.44, 0.0),
    (-2.80, 2.60, 1.05, -0.42, 0.0),
    (-4.20, 2.60, 1.05, -0.42, 0.0),
    (-7.00, 2.60, 1.05, -0.42, 0.0),
    (-11.0, 2.60, 1.05, -0.42, 0.0),
])  # fmt: skip


def body(head: Head, placement: Placement) -> tuple[F64, F64]:
    """Neck and shoulders in the world (R, C, 3), and how far down each row is: 0 at the jaw, 1 at the collar."""
    rows = spline(np.linspace(0, 1, 58), np.linspace(0, 1, len(_BODY)), _BODY)
    drop, half, deep, z, follow = rows.T
    stout = 0.88 + 0.27 * head.who.masculine + 0.05 * head.who.fullness
    neck = smoothstep(-1.6, -1.2, drop)
    half = half * (1 + neck * (stout - 1)) * (0.90 + 0.10 * head.who.masculine)
    phi = np.linspace(-np.pi, np.pi, 49)
    x = half[:, None] * np.sin(phi)
    throat = 0.06 * head.who.masculine * np.exp(-(((drop + 0.95) / 0.14) ** 2))
    zz = z[:, None] + deep[:, None] * np.cos(phi) + throat[:, None] * np.exp(-((phi / 0.2) ** 2))
    # The trapezius rises behind, the collar is lower in front.
    y = PIVOT[1] + drop[:, None] - 0.12 * smoothstep(-1.3, -1.6, drop)[:, None] * np.cos(phi)
    points = np.stack([x, y + 0 * x, zz], axis=-1)
    return placement.place_body(points, clamp(follow, 0, 1)), clamp((0.1 - drop) / 1.5, 0, 3)
