"""Clothes, glasses, masks and scarves, and things held before the face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from facelabel.rendering.arrays import (
    F32,
    Floats,
    clamp,
    f32,
    folded,
    look_up,
    mix,
    noise,
    scale,
    smoothstep,
    to_linear,
)
from facelabel.rendering.head import PHI, V
from facelabel.rendering.mesh import Mesh
from facelabel.rendering.parameters import Look
from facelabel.rendering.pigment import skin_tone
from facelabel.rendering.sampling import muted
from facelabel.rendering.shading import Shadows

if TYPE_CHECKING:
    from facelabel.rendering.person import Person


def weave(look: Look, row: Floats, column: Floats) -> F32:
    """Linear albedo (N, 3) of the clothes at positions on the body's mesh."""
    rng = np.random.default_rng(look.occluder_seed ^ 0x5EED)
    first, second = to_linear(look.clothes), to_linear(muted(rng, 0.6))
    kind = rng.random()
    knit = 1 + 0.10 * look_up(noise(19, 256, 0.8, 32), folded(column * 19, 255), folded(row * 19, 255))
    stripe = np.zeros(len(row), np.float32)
    if kind < 0.2:
        stripe = smoothstep(-0.15, 0.15, np.sin(row * 2.6)).astype(np.float32)
    elif kind < 0.3:
        stripe = (0.5 * (np.sin(row * 3.3) > 0.3) + 0.5 * (np.sin(column * 3.3) > 0.3)).astype(np.float32)
    albedo = np.empty((len(row), 3), np.float32)
    for c in range(3):
        albedo[:, c] = (first[c] + stripe * (second[c] - first[c])) * knit
    return albedo


def wear_cloth(person: Person, local: Floats, shadows: Shadows) -> None:
    """A mask or a scarf: the head's own surface, smoothed and lifted."""
    kind = person.parameters.look.occluder
    if kind not in ("mask", "scarf"):
        return
    lay = person.head.layout
    rng = np.random.default_rng(person.parameters.look.occluder_seed)
    z = local[..., 2].astype(np.float32)
    tent = np.maximum(z, cv2.GaussianBlur(cv2.dilate(z, np.ones((9, 9), np.uint8)), (0, 0), 5.0))
    thick = 0.02 if kind == "mask" else 0.10
    points = local.copy()
    front = smoothstep(0.0, 0.4, np.cos(PHI))[None, :]
    points[..., 2] = z + front * (tent - z + thick)
    points[..., 0] *= 1 + (0.02 if kind == "mask" else 0.07)
    if kind == "scarf":
        points[..., 1] -= 0.09 * smoothstep(0.75, 1.0, V)[:, None]
    cloth = Mesh.of(person.placement.place(points))
    fragments = person.nearer(cloth)
    around = np.broadcast_to(PHI, local.shape[:2])
    x, y, phi = look_up(f32(np.dstack([local[..., :2], around])), fragments.column, fragments.row).T
    if kind == "mask":
        top = lay.nose.height(float(rng.uniform(0.35, 0.6))) - 0.30 * smoothstep(0.05, 0.9, np.abs(x)) + 0.05
        alpha = smoothstep(-0.01, 0.01, top - y) * smoothstep(1.38, 1.35, np.abs(phi))
        colours = ((0.50, 0.70, 0.82), (0.92, 0.93, 0.92), (0.17, 0.17, 0.18), (0.72, 0.45, 0.55))
        folds = np.sin((y - lay.chin) * 22) * smoothstep(0.9, 0.4, np.abs(x)) * 0.10
    else:
        wave = 0.03 * np.sin(6 * x + 2)
        top = lay.mouth.cy + float(rng.uniform(0.02, 0.30)) + wave
        alpha = smoothstep(-0.02, 0.02, top - y)
        colours = ((0.45, 0.06, 0.07), (0.10, 0.14, 0.28), (0.42, 0.37, 0.28), (0.05, 0.17, 0.12))
        folds = 0.28 * np.sin(14 * (y - 0.35 * x * x) + 2 * np.sin(3 * x)) + 0.10 * np.sin(95 * x) * np.sin(95 * y)
    some = alpha > 0.02
    kept = fragments.where(some)
    normal, _, lit, _ = person.sampled(cloth, shadows.lit(cloth.points, cloth.normals), kept)
    albedo = to_linear(colours[int(rng.integers(4))]) * (1 + folds[some])[:, None].astype(np.float32)
    shaded = person.lighting.cloth(normal, albedo.astype(np.float32), np.ones(len(lit), np.float32), lit)
    person.blend(kept, shaded, alpha[some].astype(np.float32))
    person.belongings.reshape(-1)[kept.pixel] = np.maximum(person.belongings.reshape(-1)[kept.pixel], alpha[some])


def _overlay(person: Person, colour: Any, alpha: F32, *, hides: bool = True) -> None:
    mix(person.canvas, np.asarray(colour, np.float32), alpha)
    if hides:
        np.maximum(person.belongings, alpha, out=person.belongings)


def _soft_shadow(person: Person, mask: F32, reach: float, strength: float) -> None:
    """Darken the person a little away from the light, behind ``mask``."""
    key = person.lighting.key
    s = person.scale
    move = np.array([[1, 0, -key[0] * reach * s], [0, 1, key[1] * reach * s]], np.float32)
    shifted = cv2.warpAffine(mask, move, person.size)
    dark = cv2.GaussianBlur(shifted, (0, 0), max(0.6, reach * s * 0.45)) * (1 - mask)
    dark *= np.isfinite(person.depth).reshape(dark.shape)
    scale(person.canvas, 1 - strength * dark)


def wear_glasses(person: Person) -> None:
    look = person.parameters.look
    if look.glasses == "none":
        return
    head, s = person.head, person.scale
    size = 0.27 + 0.03 * (look.frame_shape < 3) + (0.03 if look.glasses == "sun" else 0.0)
    power = look.frame_shape
    angle = np.linspace(0, 2 * np.pi, 61)
    bridge = head.on_face(np.array([[0.0, head.layout.nose.height(0.12)]]))[0]
    front = max(bridge[2] + 0.05, float(head.on_face(head.layout.interior()[[27 + 2, 35 + 2]])[:, 2].max()) + 0.07)
    rims = []
    for eye in head.layout.eyes:
        cos, sin = np.cos(angle), np.sin(angle)
        x = eye.cx + eye.side * 0.02 + size * np.sign(cos) * np.abs(cos) ** (2 / power)
        y = eye.cy - 0.03 + size * 0.80 * np.sign(sin) * np.abs(sin) ** (2 / power) * (1 - 0.10 * (sin < 0))
        rims.append(np.stack([x, y, front - 0.14 * x * x], axis=-1))
    camera, place = person.camera, person.placement.place
    shift = 16.0
    outlines = [np.round(camera.project(place(rim))[0] * shift).astype(np.int32) for rim in rims]
    lens = np.zeros(person.belongings.shape, np.uint8)
    for outline in outlines:
        cv2.fillPoly(lens, [outline], 255, cv2.LINE_AA, 4)
    glass = f32(lens / 255)
    frame = np.zeros_like(lens)
    thick = max(1, round(s * 0.046))
    cv2.polylines(frame, outlines, True, 255, thick, cv2.LINE_AA, 4)
    inner = [rims[0][:, 0].max(), rims[1][:, 0].min()]
    t = np.linspace(0, 1, 9)
    nose = np.stack(
        [inner[0] + (inner[1] - inner[0]) * t, 0.03 + 0.05 * np.sin(np.pi * t), front + 0.02 * np.sin(np.pi * t)],
        axis=-1,
    )
    cv2.polylines(
        frame, [np.round(camera.project(place(nose))[0] * shift).astype(np.int32)], False, 255, thick, cv2.LINE_AA, 4
    )
    for side, rim in zip((-1, 1), rims, strict=True):
        edge = rim[np.argmax(side * rim[:, 0])]
        half = float(head.slice_at(head.v_at(np.array([0.03])))[0, 1])
        hinge, behind = [side * (half - 0.02), 0.09, front * 0.72], [side * (half + 0.03), 0.06, -0.1]
        arm = np.array([[edge[0], edge[1] + 0.09, edge[2]], hinge, behind])
        path = np.stack([np.interp(np.linspace(0, 2, 60), [0, 1, 2], arm[:, k]) for k in range(3)], axis=-1)
        xy, depth = camera.project(place(path))
        column, row = (clamp(np.round(xy[:, k]).astype(int), 0, person.size[k] - 1) for k in (0, 1))
        seen = depth < person.depth[row * person.size[0] + column] + 0.04
        for i in np.flatnonzero(seen[:-1] & seen[1:]):
            ends = np.round(xy[i : i + 2] * shift).astype(np.int32)
            cv2.line(frame, ends[0].tolist(), ends[1].tolist(), 255, thick, cv2.LINE_AA, 4)
    wire = f32(frame / 255)
    _soft_shadow(person, wire, 0.09, 0.35)
    if look.glasses == "sun":
        rows = np.linspace(0, 1, person.size[1], dtype=np.float32)[:, None, None]
        sheen = (0.010 + 0.05 * clamp(0.6 - rows, 0, 1)) * np.array([0.9, 1.0, 1.15], np.float32)
        _overlay(person, np.broadcast_to(sheen * (0.4 + person.lighting.key_colour), person.canvas.shape), 0.95 * glass)
    else:
        _overlay(person, (0.5, 0.55, 0.6), 0.05 * glass, hides=False)
    _reflections(person, outlines, glass)
    light = 0.5 * person.lighting.sky + 0.6 * person.lighting.key_colour
    edge_light = clamp(cv2.GaussianBlur(wire, (0, 0), thick * 0.35) - 0.55, 0, 1)[..., None]
    _overlay(person, np.array(look.frame_colour, np.float32) * light + 0.12 * edge_light * light, wire)


def _reflections(person: Person, outlines: list[Any], glass: F32) -> None:
    streak = np.zeros(person.belongings.shape, np.uint8)
    for outline in outlines:
        low, high = outline.min(axis=0), outline.max(axis=0)
        w, h = high - low
        quad = low + np.array([[0.12 * w, 0.55 * h], [0.54 * w, 0.05 * h], [0.70 * w, 0.05 * h], [0.28 * w, 0.60 * h]])
        cv2.fillPoly(streak, [quad.astype(np.int32)], 255, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(f32(streak / 255), (0, 0), 1.2)
    person.canvas += (0.10 * soft * glass)[..., None] * (person.lighting.sky + 0.3 * person.lighting.key_colour)


def hold(person: Person) -> None:
    """A hand, a microphone or a book before the face."""
    kind = person.parameters.look.occluder
    rng = np.random.default_rng(person.parameters.look.occluder_seed)
    if kind == "hand":
        _hand(person, rng)
    elif kind == "microphone":
        _microphone(person, rng)
    elif kind == "book":
        _book(person, rng)


def _field(person: Person) -> tuple[F32, F32]:
    """Face units (h, w) to the right and up of the middle of the face, in the picture's plane."""
    x = (np.arange(person.size[0], dtype=np.float32) - np.float32(person.camera.cx)) / np.float32(person.scale)
    y = (np.float32(person.camera.cy) - np.arange(person.size[1], dtype=np.float32)) / np.float32(person.scale)
    return np.broadcast_to(x[None, :], person.belongings.shape), np.broadcast_to(y[:, None], person.belongings.shape)


def _capsule(x: F32, y: F32, a: Floats, b: Floats, ra: float, rb: float) -> tuple[F32, F32]:
    """Height of a tapering capsule over the picture's plane (negative outside), and the place along it."""
    d = b - a
    t = clamp(((x - a[0]) * d[0] + (y - a[1]) * d[1]) / float(d @ d), 0, 1)
    r = ra + (rb - ra) * t
    gap = r * r - (x - a[0] - t * d[0]) ** 2 - (y - a[1] - t * d[1]) ** 2
    return np.where(gap > 0, np.sqrt(clamp(gap, 0)), gap), t


def _relit(person: Person, height: F32) -> F32:
    """Normals (N, 3) of a height (h, w) in face units, flattened."""
    dy, dx = np.gradient(height * person.scale)
    n = np.stack([-dx, dy, np.ones_like(dx)], axis=-1).reshape(-1, 3).astype(np.float32)
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    return n


def _hand(person: Person, rng: np.random.Generator) -> None:
    x, y = _field(person)
    side = float(rng.choice([-1, 1]))
    at = np.array([side * rng.uniform(0.35, 0.75), rng.uniform(-1.35, -0.95)])
    lean = side * rng.uniform(0.05, 0.5)
    turn = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]])
    height = np.full(person.belongings.shape, -1.0, np.float32)
    nails = np.zeros_like(height)
    for i, (spread, length) in enumerate(((-0.27, 0.62), (-0.09, 0.74), (0.09, 0.70), (0.26, 0.55))):
        root = at + turn @ np.array([spread, 0.18])
        knuckle = root + turn @ np.array([spread * 0.30, length * 0.52])
        tip = root + turn @ np.array([spread * 0.40 - 0.03 * (i - 1.5), length])
        for a, b, ra, rb in ((root, knuckle, 0.112, 0.100), (knuckle, tip, 0.100, 0.078)):
            height = np.maximum(height, _capsule(x, y, a, b, ra, rb)[0])
        d = turn.T @ np.array([1.0, 0.0])
        lx = (x - tip[0]) * d[0] - (y - tip[1]) * d[1]
        ly = (x - tip[0]) * d[1] + (y - tip[1]) * d[0]
        nails = np.maximum(nails, smoothstep(1.1, 0.85, (lx / 0.048) ** 2 + ((ly - 0.005) / 0.062) ** 2))
    for a, b, ra, rb in (((0.0, -0.05), (0.0, -0.55), 0.34, 0.30), ((0.0, -0.5), (0.05, -2.0), 0.27, 0.30)):
        palm = _capsule(x, y, at + turn @ np.array(a), at + turn @ np.array(b), ra, rb)[0]
        height = np.maximum(height, np.where(palm > 0, palm * 0.55, palm))
    thumb = at + turn @ np.array([-side * 0.28, -0.22])
    height = np.maximum(height, _capsule(x, y, thumb, thumb + turn @ np.array([-side * 0.32, 0.42]), 0.125, 0.092)[0])
    mask = smoothstep(0.0, 0.06, height).astype(np.float32)
    smooth = cv2.GaussianBlur(clamp(height, -0.03), (0, 0), person.scale * 0.014)
    _soft_shadow(person, mask, 0.12, 0.6)
    ridge = clamp(smooth / 0.10, 0, 1).reshape(-1) ** 0.6
    tone = skin_tone(person.head.who.melanin) * np.array([1.02, 0.90, 0.86], np.float32)
    albedo = tone * (1 + 0.04 * np.resize(noise(23, 256), smooth.size))[:, None]
    nail = nails.reshape(-1, 1)
    albedo = (albedo * (1 - nail) + nail * tone * np.array([1.12, 1.02, 1.02])).astype(np.float32)
    n = _relit(person, smooth)
    flat = np.float32(0.4) + 0.4 * nails.reshape(-1)
    ahead = np.broadcast_to(np.array([0, 0, 1], np.float32), n.shape)
    colour = person.lighting.skin(
        n, ahead, albedo, flat, (0.35 + 0.65 * ridge).astype(np.float32), (0.3 + 0.7 * ridge).astype(np.float32)
    )
    _overlay(person, colour.reshape(person.canvas.shape), mask)


def _microphone(person: Person, rng: np.random.Generator) -> None:
    x, y = _field(person)
    side = float(rng.choice([-1, 1]))
    ball = np.array([side * rng.uniform(0.05, 0.35), rng.uniform(-0.75, -0.45)])
    end = ball + np.array([side * 0.9, -2.4])
    grip, _ = _capsule(x, y, ball + 0.12 * (end - ball), end, 0.15, 0.12)
    globe, _ = _capsule(x, y, ball, ball + 0.01, 0.27, 0.27)
    for height, tone in ((grip, 0.03), (globe, 0.10)):
        mask = smoothstep(0.0, 0.06, height).astype(np.float32)
        _soft_shadow(person, mask, 0.15, 0.5)
        n = _relit(person, clamp(height, -0.03))
        mesh = 0.6 + 0.8 * ((np.sin(x * 95) * np.sin(y * 95)) > 0) if tone > 0.05 else np.ones_like(x)
        albedo = np.repeat((tone * mesh).reshape(-1, 1), 3, axis=1).astype(np.float32)
        full = np.ones(len(n), np.float32)
        ahead = np.broadcast_to(np.array([0, 0, 1], np.float32), n.shape)
        colour = person.lighting.cloth(n, albedo, full, full)
        colour += 0.25 * person.lighting.glint(n, ahead, full * 40)[:, None] * person.lighting.key_colour
        _overlay(person, colour.reshape(person.canvas.shape), mask)


def _book(person: Person, rng: np.random.Generator) -> None:
    x, y = _field(person)
    a = rng.uniform(-0.25, 0.25)
    top = rng.uniform(-0.55, -0.05)
    u = (x - rng.uniform(-0.2, 0.2)) * np.cos(a) + (y - top) * np.sin(a)
    v = -(x * np.sin(a)) - (y - top) * np.cos(a)
    half = rng.uniform(1.0, 1.3)
    mask = (smoothstep(half, half - 0.02, np.abs(u)) * smoothstep(-0.01, 0.01, v) * smoothstep(2.41, 2.40, v)).astype(
        np.float32
    )
    first, second = to_linear(muted(rng, 0.9)), to_linear(rng.uniform(0.5, 1.0, 3))
    bar = (smoothstep(0.35, 0.36, v) * smoothstep(0.75, 0.74, v) * smoothstep(half * 0.8, half * 0.78, np.abs(u)))[
        ..., None
    ]
    lines = ((np.sin(v * 60) > 0.2) & (np.abs(u) < half * 0.6) & (v > 1.0) & (v < 1.4))[..., None]
    spine = 1 - 0.5 * np.exp(-(((np.abs(u) - half + 0.1) / 0.015) ** 2))
    albedo = (first + (bar + 0.7 * lines) * (second - first)) * spine[..., None]
    _soft_shadow(person, mask, 0.2, 0.6)
    light = person.lighting.key_colour * max(0.15, float(person.lighting.key[2])) + person.lighting.sky
    _overlay(person, (albedo * light * (1 - 0.10 * u[..., None])).astype(np.float32), mask)
