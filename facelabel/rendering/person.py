"""Draws one person onto a canvas: every mesh in one depth buffer, hair and belongings over it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facelabel.rendering import accessories, mesh, skin
from facelabel.rendering.arrays import (
    F32,
    F64,
    Bool,
    Floats,
    clamp,
    dot,
    f32,
    look_up,
    mix,
    normalise,
    scale,
    smoothstep,
)
from facelabel.rendering.hair import Hair
from facelabel.rendering.head import PHI, Head, V
from facelabel.rendering.mesh import PIVOT, Mesh, Placement
from facelabel.rendering.outline import contour
from facelabel.rendering.parameters import FaceParameters
from facelabel.rendering.pigment import skin_tone
from facelabel.rendering.rasteriser import Camera, Fragments, rasterise
from facelabel.rendering.shading import Lighting, Shadows

FACE_CENTRE = np.array([0.0, -0.68, 0.85])
"""The middle of the landmarks in the head frame."""

_LEAP = 7.0
"""Pixels by which the depth differs across an outline's pixel."""


@dataclass(frozen=True)
class Drawn:
    """``shape98`` (98, 2) in canvas pixels; ``hidden`` (98,) whatever the reason; ``covered`` (98,) by hair or
    belongings; ``cover`` (h, w) where the person is."""

    shape98: F64
    hidden: Bool
    covered: Bool
    cover: Bool


def placement_of(parameters: FaceParameters) -> Placement:
    """The head turned, with the middle of the face on the camera's axis."""
    pose = parameters.pose
    turn = mesh.rotation(pose.yaw, pose.pitch, pose.roll)
    middle = FACE_CENTRE - np.array([0, 0.17 * max(parameters.expression.opening, 0), 0])
    # Half of a turned face is hidden: centre what is seen.
    middle = middle - np.array([0.25 * np.sin(np.radians(pose.yaw)), 0.0, 0.45])
    offset = turn @ (middle - PIVOT)
    offset[2] = 0.0
    return Placement.of(pose, -offset)


class Person:
    """One rendering in progress. ``canvas`` (h, w, 3) linear is drawn on."""

    def __init__(self, canvas: F32, parameters: FaceParameters, camera: Camera) -> None:
        self.canvas = canvas
        self.parameters = parameters
        self.camera = camera
        self.size = (canvas.shape[1], canvas.shape[0])
        self.head = Head(parameters.identity, parameters.expression)
        self.placement = placement_of(parameters)
        self.lighting = Lighting.of(parameters.light)
        self.depth = np.full(self.size[0] * self.size[1], np.inf, np.float32)
        self.belongings = np.zeros(canvas.shape[:2], np.float32)
        self.rng = np.random.default_rng(parameters.identity.texture_seed)

    def draw(self) -> Drawn:
        head, place, look = self.head, self.placement.place, self.parameters.look
        phi, v = PHI[None, :].astype(np.float32), V[:, None].astype(np.float32)
        local = head.surface(phi, v)
        relief = local[..., 2] - head.base(phi, v)[2]

        ears = [Mesh.of(place(mesh.ear(head, side)), self._ear_light()) for side in (-1, 1)]
        body_points, down = mesh.body(head, self.placement)
        body = Mesh.of(body_points, (0.35 + 0.65 * smoothstep(0.1, 0.75, down))[:, None])
        hair = Hair.of(head, look)
        buried = hair.buries(PHI, local[..., 1]) if hair else None
        face = Mesh.of(place(local), mesh.openness(relief), buried)

        shell = Mesh.of(place(hair.points), bare=hair.over < -0.45) if hair else None
        casters = [face.points[::2, ::2], body.points] + (
            [shell.points[hair.over > -0.03]] if hair and shell and look.hair != "buzz" else []
        )
        shadows = Shadows(self.lighting, self.placement.shift, casters)
        # What lies behind comes last: most of it is hidden then and never shaded.
        self._face(face, local, shadows)
        for part in ears:
            self._ear(part, shadows)
        self._body(body, down, shadows)
        lit = shadows.lit(shell.points, shell.normals) if shell else None
        if hair and shell and lit is not None and look.hair == "long":
            self._hair(hair, shell, lit, back=True)
        landmarks = self._landmarks()
        bare = self.depth.copy()
        accessories.wear_cloth(self, local, shadows)
        if hair and shell and lit is not None:
            self._hair(hair, shell, lit, back=False)
        self._soften_edges()
        accessories.wear_glasses(self)
        accessories.hold(self)
        return self._judge(landmarks, bare)

    def nearer(self, part: Mesh, *, back: bool = False) -> Fragments:
        """The fragments of ``part`` that nothing drawn so far hides."""
        xy, depth = self.camera.project(part.points)
        if part.bare is not None:
            xy[part.bare] = np.nan
        return rasterise(xy, depth, self.size, self.depth, back=back)

    def towards(self, fragments: Fragments) -> F32:
        """Unit vectors (N, 3) to the camera."""
        y = fragments.pixel // self.size[0]
        rays = np.empty((3, len(y)), np.float32)
        rays[0] = self.camera.cx - (fragments.pixel - y * self.size[0])
        rays[1] = y - self.camera.cy
        rays[2] = self.camera.focal
        return normalise(rays.T)

    def set(self, fragments: Fragments, colour: F32) -> None:
        self.canvas.reshape(-1, 3)[fragments.pixel] = colour
        self.depth[fragments.pixel] = fragments.depth

    @staticmethod
    def sampled(part: Mesh, lit: F32, fragments: Fragments, *more: Floats) -> tuple[F32, F32, F32, F32]:
        """Normals (N, 3), openness (N,), key light (N,) and ``more`` grids (R, C, …) as (N, K) at the fragments."""
        grid = np.dstack([part.normals, part.light, lit, *more]).astype(np.float32, copy=False)
        found = look_up(grid, fragments.column, fragments.row)
        return normalise(found[:, :3]), found[:, 3], found[:, 4], found[:, 5:]

    def _face(self, face: Mesh, local: Floats, shadows: Shadows) -> None:
        atlas = skin.paint(self.head, self.parameters.look, self.rng)
        fragments = self.nearer(face)
        light = shadows.lit(face.points, face.normals)
        normal, opened, lit, plane = self.sampled(face, light, fragments, local[..., :2])
        paint = atlas.look_up(plane)
        turn = f32(self.placement.head)
        for k in range(3):
            normal[:, k] -= paint[:, 4] * turn[k, 0] + paint[:, 5] * turn[k, 1]
        normal = normalise(normal)
        colour = self.lighting.skin(normal, self.towards(fragments), paint[:, :3], paint[:, 3], opened, lit)
        self._catchlights(colour, plane, paint[:, 3], lit)
        self.set(fragments, colour)

    def _catchlights(self, colour: F32, plane: F32, gloss: F32, lit: F32) -> None:
        key = self.placement.head.T @ self.lighting.key
        if key[2] < 0.1:
            return
        ball = np.flatnonzero(gloss > 0.965)
        x, y = plane[ball, 0], plane[ball, 1]
        for eye in self.head.layout.eyes:
            r = eye.iris_radius
            cx, cy = eye.iris[0] + 0.55 * r * key[0], eye.iris[1] + 0.55 * r * key[1]
            spot = smoothstep(0.25, 0.14, np.hypot(x - cx, y - cy) / r)
            colour[ball] += (spot * (0.35 + 0.65 * lit[ball]))[:, None] * 0.85 * self.lighting.key_colour

    def _body(self, body: Mesh, down: Floats, shadows: Shadows) -> None:
        fragments = self.nearer(body)
        columns = body.points.shape[1]
        collar = 1.02 if self.parameters.look.occluder != "scarf" else 0.25
        hem = down[:, None] - collar - 0.06 * np.cos(np.linspace(-np.pi, np.pi, columns))
        light = shadows.lit(body.points, body.normals)
        normal, opened, lit, more = self.sampled(body, light, fragments, hem)
        below = more[:, 0]
        cloth = smoothstep(0.0, 0.012, below)
        seam = 1 - 0.5 * np.exp(-((below / 0.02) ** 2))
        colour = np.zeros_like(normal)
        bare = np.flatnonzero(cloth < 1)
        tone = skin_tone(self.head.who.melanin) * np.array([0.96, 0.93, 0.92], np.float32)
        albedo = np.broadcast_to(tone, (len(bare), 3))
        ray = self.towards(fragments)[bare]
        flat = np.full(len(bare), 0.35, np.float32)
        colour[bare] = self.lighting.skin(normal[bare], ray, albedo, flat, opened[bare], lit[bare])
        clad = np.flatnonzero(cloth > 0)
        albedo = accessories.weave(self.parameters.look, fragments.row[clad], fragments.column[clad])
        fabric = self.lighting.cloth(normal[clad], albedo, opened[clad], lit[clad])
        part = colour[clad]
        mix(part, fabric, cloth[clad])
        colour[clad] = part
        scale(colour, seam)
        self.set(fragments, colour)

    @staticmethod
    def _ear_light() -> F32:
        rho = np.linspace(0, 1, 15)[:, None]
        return (1 - 0.5 * np.exp(-(((rho - 0.45) / 0.28) ** 2)) + 0 * np.zeros((1, 33))).astype(np.float32)

    def _ear(self, part: Mesh, shadows: Shadows) -> None:
        fragments = self.nearer(part)
        normal, opened, lit, _ = self.sampled(part, shadows.lit(part.points, part.normals), fragments)
        tone = skin_tone(self.head.who.melanin) * np.array([1.0, 0.80, 0.78], np.float32)
        albedo = np.broadcast_to(tone, normal.shape)
        flat = np.full(len(lit), 0.4, np.float32)
        self.set(
            fragments, self.lighting.skin(normal, self.towards(fragments), albedo, flat, opened, 0.35 + 0.65 * lit)
        )

    def _hair(self, hair: Hair, shell: Mesh, light: F32, *, back: bool) -> None:
        fragments = self.nearer(shell, back=back)
        coarse, fine = hair.strands(fragments.row, fragments.column)
        alpha = hair.cover(look_up(hair.over, fragments.column, fragments.row), fine, coarse)
        some = np.flatnonzero(alpha > 0.02)
        fragments, coarse, fine, alpha = fragments.where(some), coarse[some], fine[some], alpha[some]
        normal, _, lit, along = self.sampled(shell, light, fragments, np.gradient(f32(shell.points), axis=0))
        towards = self.towards(fragments)
        # Single hairs stand out where the shell turns away.
        facing = np.abs(dot(normal, towards))
        alpha = alpha * smoothstep(0.0, 0.22, facing + 0.07 * fine + 0.05)
        if back:
            normal, lit = -normal, lit * 0.15
        along = normalise(along)
        albedo = np.array(self.parameters.look.hair_colour, np.float32)
        colour = self.lighting.hair(normal, along, towards, albedo, coarse, fine, lit)
        if back:
            colour *= 0.45
            self.blend(fragments, colour, alpha)
            return
        # Hair darkens what lies just under its edge.
        under = np.zeros(self.belongings.size, np.float32)
        under[fragments.pixel] = alpha
        soft = cv2.GaussianBlur(under.reshape(self.belongings.shape), (0, 0), self.scale * 0.045)
        if self.parameters.look.hair != "buzz":
            scale(self.canvas, 1 - 0.45 * soft * np.isfinite(self.depth).reshape(soft.shape))
        self.blend(fragments, colour, alpha)
        if self.parameters.look.hair != "buzz":
            self.belongings.reshape(-1)[fragments.pixel] = np.maximum(
                self.belongings.reshape(-1)[fragments.pixel], alpha
            )

    def _soften_edges(self) -> None:
        """Anti-alias where the depth leaps: every pixel has one sample, but only outlines show it."""
        depth = np.minimum(self.depth, np.float32(self.camera.distance * 2)).reshape(self.belongings.shape)
        cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        leap = cv2.morphologyEx(depth, cv2.MORPH_GRADIENT, cross) > _LEAP / self.scale
        # In square roots, near enough to what is seen: else light would eat its way into dark.
        soft = cv2.GaussianBlur(np.sqrt(clamp(self.canvas, 0)), (5, 5), 0.9)
        cv2.copyTo(soft * soft, leap.astype(np.uint8), self.canvas)

    def blend(self, fragments: Fragments, colour: F32, alpha: F32) -> None:
        flat = self.canvas.reshape(-1, 3)
        below = flat[fragments.pixel]
        mix(below, colour, alpha)
        flat[fragments.pixel] = below
        solid = fragments.where(alpha > 0.5)
        self.depth[solid.pixel] = solid.depth

    @property
    def scale(self) -> float:
        """Canvas pixels for one unit at the face."""
        return self.camera.focal / (self.camera.distance - 0.5)

    def _landmarks(self) -> F64:
        inner = self.placement.place(self.head.on_face(self.head.layout.interior()))
        return np.concatenate([contour(self.head, self.placement, self.camera), inner])

    def _judge(self, landmarks: F64, bare: F32) -> Drawn:
        xy, depth = self.camera.project(landmarks)

        width, height = self.size
        column, row = (np.round(xy[:, i]).astype(int) for i in (0, 1))
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        pixel = clamp(row, 0, height - 1) * width + clamp(column, 0, width - 1)
        # On the outline the surface falls away steeply, so a pixel beside it may be a good deal nearer.
        behind = depth > bare[pixel] + np.where(np.arange(98) < 33, 0.35, 0.06)
        for i, eye in zip((96, 97), self.head.layout.eyes, strict=True):
            behind[i] |= eye.iris[1] > eye.cy + eye.upper(0.0) or eye.closure > 0.75
        covered = (self.belongings.reshape(-1)[pixel] > 0.5) & inside
        cover = np.isfinite(self.depth).reshape(height, width) | (self.belongings > 0.5)
        return Drawn(xy, behind | covered, covered, cover)
