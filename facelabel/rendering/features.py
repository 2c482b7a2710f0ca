"""Eyes and mouth, painted on the atlas."""

from __future__ import annotations

from typing import Any

import numpy as np

from facelabel.rendering.anatomy import Eye
from facelabel.rendering.arrays import bump, clamp, noise, smoothstep
from facelabel.rendering.atlas import Atlas, Window
from facelabel.rendering.head import Head
from facelabel.rendering.parameters import Look
from facelabel.rendering.pigment import skin_tone


def around(eye: Eye, inner: float, outer: float, up: float, down: float) -> Window:
    left = eye.cx - eye.half - (outer if eye.side < 0 else inner)
    right = eye.cx + eye.half + (inner if eye.side < 0 else outer)
    return Atlas.window(left, right, eye.cy + up, eye.cy - down)


def lips(atlas: Atlas, head: Head, look: Look, rng: np.random.Generator) -> None:
    m, who = head.layout.mouth, head.who
    reach = m.half * 1.15
    w = Atlas.window(-reach, reach, m.cy + 0.45, min(m.cy - 0.35, float(m.outer_lower(np.zeros(1))[0]) - 0.1))
    t = w.x / m.half
    inside = clamp(t, -1, 1)
    top, bottom, in_top, in_low = (f(inside) for f in (m.outer_upper, m.outer_lower, m.inner_upper, m.inner_lower))
    soft = 0.012
    mask = (
        smoothstep(-soft, soft, top - w.y) * smoothstep(-soft, soft, w.y - bottom) * smoothstep(1.03, 0.95, np.abs(t))
    )
    natural = (
        skin_tone(who.melanin) * np.array([0.88, 0.53, 0.55])
        if who.melanin < 0.55
        else skin_tone(who.melanin) * np.array([0.98, 0.66, 0.68])
    )
    colour, strength = natural, 0.75 - 0.2 * who.masculine
    if look.made_up:
        colour = (1 - look.make_up) * natural + look.make_up * np.array(look.lipstick) * (1 - 0.5 * who.melanin)
        strength = 0.95
    stripes = noise(11, 256, 0.8, 32)
    at = int(rng.integers(100))
    lines = stripes[at, : w.x.shape[1]] if w.x.shape[1] <= 256 else np.resize(stripes[at], w.x.shape[1])
    shade = 1 + 0.07 * lines[None, :] - 0.22 * np.exp(-(((w.y - in_top) / 0.03) ** 2)) * (w.y > in_top)
    atlas.blend(w, colour * shade[..., None], mask * strength)
    atlas.gloss(w, 0.95 if look.made_up else 0.72, mask)
    atlas.height[w.rows, w.columns] += (0.0022 * mask * lines[None, :]).astype(np.float32)
    gap = in_top - in_low
    seam = 0.5 * (in_top + in_low)
    line = (
        np.exp(-(((w.y - seam) / (0.013 + 0.004 * (1 - np.abs(inside)))) ** 2))
        * smoothstep(1.06, 0.9, np.abs(t))
        * (gap < 0.03)
    )
    atlas.blend(w, colour * 0.16, 0.85 * line)
    hole = smoothstep(0.0, 0.014, np.minimum(in_top - w.y, w.y - in_low)) * (np.abs(t) < 0.93)
    if float(gap.max()) > 0.015:
        _inside_mouth(atlas, w, hole, in_top, in_low, head)


def _inside_mouth(atlas: Atlas, w: Window, hole: Any, in_top: Any, in_low: Any, head: Head) -> None:
    m = head.layout.mouth
    t = w.x / m.half
    atlas.blend(w, (0.055, 0.012, 0.012), hole)
    atlas.gloss(w, 0.25, hole)
    # The upper teeth stay with the skull: they hang from the lip of a closed mouth, not from the raised one.
    rest = m.cy + m.raised * 0.9
    show = 0.115 + 0.03 * max(head.mood.smile, 0)
    tongue = bump(w.x, w.y, 0, m.cy - m.dropped * 0.95, m.half * 0.55, 0.05 + m.dropped * 0.22)
    atlas.blend(w, (0.34, 0.09, 0.085), hole * clamp(1.2 * tongue - 0.25, 0, 1))
    arc = rest - show + 0.04 * t**2
    pitch = 0.088
    place = np.abs(w.x) / pitch
    gapline = np.exp(-(((place - np.round(place)) * pitch / 0.006) ** 2))
    scallop = 0.012 * ((place % 1.0 - 0.5) ** 2) * 4
    teeth = smoothstep(-0.004, 0.012, w.y - arc - scallop) * smoothstep(0.92, 0.72, np.abs(t))
    white = np.array([0.78, 0.72, 0.60]) * (1 - 0.18 * head.who.age)
    fall = (1 - 0.65 * t**2) * (1 - 0.3 * gapline) * (0.45 + 0.55 * smoothstep(0.0, 0.05, in_top - w.y))
    atlas.blend(w, white * fall[..., None], hole * teeth)
    atlas.gloss(w, 0.8, hole * teeth)
    if head.mood.opening > 0.45:
        low = in_low + 0.055 - 0.02 * t**2
        under = smoothstep(-0.004, 0.012, low - w.y) * smoothstep(0.75, 0.5, np.abs(t))
        atlas.blend(w, white * 0.55 * (1 - 0.3 * gapline)[..., None], hole * under)


def lids(atlas: Atlas, eye: Eye, head: Head, look: Look) -> None:
    w = around(eye, 0.15, 0.2, 0.34, 0.3)
    t, s = eye.local(w.x, w.y)
    inside = clamp(t, -1, 1)
    crease = eye.upper(inside) * (1 - 0.5 * eye.closure) + 0.075 + 0.03 * eye.closure
    fold = np.exp(-(((s - crease) / 0.014) ** 2)) * smoothstep(1.15, 0.7, np.abs(t))
    skin = skin_tone(head.who.melanin)
    if look.made_up:
        shadow = (
            smoothstep(0.24, 0.05, s - eye.upper(inside)) * smoothstep(1.35, 0.8, np.abs(t)) * (s > eye.lower(inside))
        )
        atlas.blend(w, np.array(look.lipstick) * 0.25 + np.array([0.10, 0.06, 0.09]), 0.5 * look.make_up * shadow)
    atlas.blend(w, skin * np.array([0.32, 0.24, 0.22]), 0.55 * fold)
    rim = np.exp(-(((s - eye.lower(inside) + 0.012) / 0.012) ** 2)) * smoothstep(1.05, 0.9, np.abs(t))
    atlas.blend(w, skin * np.array([1.0, 0.72, 0.68]), 0.6 * rim)
    atlas.gloss(w, 0.7, 0.6 * rim)


def eyeball(atlas: Atlas, eye: Eye, head: Head) -> None:
    w = around(eye, 0.03, 0.03, 0.2, 0.16)
    t, s = eye.local(w.x, w.y)
    inside = clamp(t, -1, 1)
    up, low = eye.upper(inside) - s, s - eye.lower(inside)
    hole = smoothstep(-0.003, 0.007, np.minimum(up, low)) * (np.abs(t) < 1)
    white = np.array([0.70, 0.655, 0.62]) - 0.06 * head.who.age * np.array([0, 1, 2])
    corner = smoothstep(0.45, 1.0, np.abs(t))
    tint = white * (1 - corner[..., None] * np.array([0.30, 0.48, 0.48]))
    pink = smoothstep(0.78, 0.95, t)
    tint = tint * (1 - pink[..., None]) + pink[..., None] * np.array([0.52, 0.24, 0.21])
    ix, iy = eye.iris
    d = np.hypot(w.x - ix, w.y - iy) / eye.iris_radius
    angle = np.arctan2(w.y - iy, w.x - ix)
    fibres = noise(13, 256, 0.8, 16)[(np.abs(d) * 30).astype(int) % 256, ((angle + np.pi) * 40.7).astype(int) % 256]
    iris = np.array(head.who.iris) ** 1.6 * 1.2
    glow = (0.75 + 0.55 * smoothstep(1.0, 0.35, d)) * (1 + 0.16 * fibres) * (1 - 0.72 * smoothstep(0.78, 1.0, d))
    pupil = 0.36 + 0.06 * float(clamp(head.who.melanin, 0, 1))
    disc = iris * glow[..., None] * (1 - smoothstep(pupil + 0.07, pupil - 0.05, d))[..., None] + 0.004
    tint = tint + smoothstep(1.05, 0.93, d)[..., None] * (disc - tint)
    # The upper lid and its lashes keep the light off the ball.
    shade = 0.30 + 0.70 * smoothstep(-0.005, 0.065, up)
    shade = shade * (0.75 + 0.25 * smoothstep(0.0, 0.03, low))
    atlas.blend(w, tint * shade[..., None], hole)
    atlas.gloss(w, 1.0, hole)


def lashes(atlas: Atlas, eye: Eye, head: Head, look: Look, rng: np.random.Generator) -> None:
    w = around(eye, 0.1, 0.16, 0.3, 0.25)
    t, s = eye.local(w.x, w.y)
    inside = clamp(t, -1, 1)
    heavy = 0.5 * look.make_up + 0.22 * (1 - head.who.masculine)
    line = np.exp(-(((s - eye.upper(inside) - 0.006) / (0.012 + 0.008 * heavy)) ** 2)) * smoothstep(
        1.06, 0.92, np.abs(t)
    )
    atlas.blend(w, (0.016, 0.011, 0.009), clamp((0.62 + 0.35 * heavy) * line * smoothstep(1.1, 0.3, t), 0, 1))
    under = (
        np.exp(-(((s - eye.lower(inside) + 0.004) / 0.007) ** 2))
        * smoothstep(1.0, 0.8, np.abs(t))
        * smoothstep(0.9, -0.6, t)
    )
    atlas.blend(w, (0.03, 0.02, 0.016), (0.25 + 0.45 * look.make_up) * under)
    count = 26
    at = np.linspace(-0.98, 0.75, count) + rng.normal(0, 0.015, count)
    root = eye.plane(at, eye.upper(at))
    length = (0.035 + 0.045 * heavy) * rng.uniform(0.7, 1.2, count) * (1 - 0.35 * at)
    lean = clamp(0.55 - 0.9 * at, -0.6, 1.3)
    flip = 1 - 1.7 * eye.closure
    step = np.stack([eye.side * np.sin(lean) * length, np.cos(lean) * length * 0.55 * flip], axis=-1)
    mask = atlas.strokes(w, np.stack([Atlas.fixed(root), Atlas.fixed(root + step)], axis=1))
    atlas.blend(w, (0.016, 0.011, 0.009), (0.35 + 0.5 * heavy) * mask)
