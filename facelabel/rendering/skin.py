"""Skin, lips, teeth, eyes, brows and beard, painted on the atlas."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from facelabel.rendering.anatomy import Brow, Eye
from facelabel.rendering.arrays import F32, bump, f32, noise, scale, smoothstep
from facelabel.rendering.atlas import HEIGHT, LEFT, SCALE, TOP, WIDTH, Atlas, Window
from facelabel.rendering.head import Head
from facelabel.rendering.parameters import Look

_TONES = np.log(np.array([
    (0.80, 0.55, 0.44), (0.70, 0.43, 0.31), (0.52, 0.29, 0.185),
    (0.32, 0.160, 0.095), (0.165, 0.080, 0.048), (0.085, 0.042, 0.027),
]))  # fmt: skip


def skin_tone(melanin: float) -> F32:
    """Linear light albedo (3,) from very light (0) to very dark (1)."""
    place = melanin * (len(_TONES) - 1)
    i = min(int(place), len(_TONES) - 2)
    return f32(np.exp(_TONES[i] + (place - i) * (_TONES[i + 1] - _TONES[i])))


def paint(head: Head, look: Look, rng: np.random.Generator) -> Atlas:
    atlas = Atlas(skin_tone(head.who.melanin))
    _complexion(atlas, head, look, rng)
    _wrinkles(atlas, head)
    _beard(atlas, head, look, rng)
    _lips(atlas, head, look, rng)
    for brow in head.layout.brows:
        _brow(atlas, brow, head, look, rng)
    for eye in head.layout.eyes:
        _lids(atlas, eye, head, look)
        _eyeball(atlas, eye, head, rng)
        _lashes(atlas, eye, head, look, rng)
    _nostrils(atlas, head)
    return atlas


def _crop(tile: F32, rng: np.random.Generator, shape: tuple[int, int]) -> F32:
    """A random part (h, w) of a tile, turned over at random; no side of ``shape`` exceeds the tile's."""
    r, c = (int(rng.integers(side - wanted + 1)) for side, wanted in zip(tile.shape, shape, strict=True))
    step = -1 if rng.random() < 0.5 else 1
    return tile[r : r + shape[0], c : c + shape[1]][:, ::step]


def _complexion(atlas: Atlas, head: Head, look: Look, rng: np.random.Generator) -> None:
    who, lay = head.who, head.layout
    small = (HEIGHT // 4, WIDTH // 4)
    x = (LEFT + np.arange(small[1]) * 4 / SCALE)[None, :]
    y = (TOP - np.arange(small[0]) * 4 / SCALE)[:, None]
    ax = np.abs(x)
    red = 0.55 * bump(ax, y, 0.52, -0.42, 0.22, 0.20) + 0.6 * bump(x, y, 0, lay.nose.height(0.85), 0.17, 0.14)
    red = red + 0.25 * bump(x, y, 0, lay.chin + 0.25, 0.2, 0.15) - 0.15 * bump(x, y, 0, 0.7, 0.5, 0.3)
    red = red + 0.15 * _crop(noise(3, 256, 0.6, 8), rng, small)
    red = red * (0.35 + 0.9 * who.ruddiness)
    if look.made_up:
        red = red + 0.5 * look.make_up * bump(ax, y, 0.62, -0.34, 0.20, 0.13)
    dark = 0.05 * _crop(noise(4, 256, 0.6, 8), rng, small)
    for eye in lay.eyes:
        ring = bump(x, y, eye.cx - eye.side * 0.05, eye.cy - 0.12, 0.20, 0.07) * (0.12 + 0.3 * who.age)
        dark = dark + ring + 0.14 * bump(x, y, eye.cx, eye.cy + 0.05, 0.24, 0.13)
    maps = np.stack([-0.06 * red - dark, -0.22 * red - 1.15 * dark, -0.20 * red - 1.2 * dark], axis=-1).astype(
        np.float32
    )
    fine = _crop(noise(5, 512, 0.85, 32), rng, (HEIGHT, WIDTH))
    shades = cv2.resize(np.exp(maps), (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    scale(shades, 1 + 0.022 * fine)
    atlas.colour[..., :3] *= shades
    middle = smoothstep(0.95, 0.5, np.abs(np.linspace(LEFT, -LEFT, WIDTH, dtype=np.float32)))
    atlas.height += (0.0009 * (0.6 + 0.7 * who.age) * middle)[None, :] * fine

    zone = (
        bump(x, y, 0, 0.6, 0.45, 0.3) + bump(x, y, 0, -0.3, 0.14, 0.35) + 0.4 * bump(x, y, 0, lay.chin + 0.2, 0.2, 0.1)
    )
    atlas.colour[..., 3] += 0.22 * cv2.resize(zone.astype(np.float32), (WIDTH, HEIGHT))
    _spots(atlas, head, rng)


def _spots(atlas: Atlas, head: Head, rng: np.random.Generator) -> None:
    who = head.who
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    count = int(140 * who.freckles)
    for _ in range(count):
        x, y = rng.normal(0, 0.45), rng.normal(-0.25, 0.22)
        c, r = Atlas.pixels(np.array([x, y]))
        cv2.circle(
            mask,
            (int(c * 16), int(r * 16)),
            int(16 * rng.uniform(0.8, 2.0)),
            int(rng.integers(40, 120)),
            -1,
            cv2.LINE_AA,
            4,
        )
    for _ in range(int(rng.poisson(0.8 + 1.2 * who.age))):
        c, r = Atlas.pixels(np.array([rng.uniform(-0.8, 0.8), rng.uniform(-1.4, 0.8)]))
        cv2.circle(mask, (int(c * 16), int(r * 16)), int(16 * rng.uniform(1.2, 2.6)), 190, -1, cv2.LINE_AA, 4)
    if mask.any():
        weight = cv2.GaussianBlur(mask, (0, 0), 0.7).astype(np.float32) / 255
        for c, darker in enumerate((0.45, 0.62, 0.7)):
            atlas.colour[..., c] *= 1 - np.float32(darker) * weight


def _wrinkles(atlas: Atlas, head: Head) -> None:
    who, mood, lay = head.who, head.mood, head.layout
    lift = max(0.0, sum(mood.brow_raise) / 2)
    forehead = 0.45 * max(0.0, who.age - 0.3) + 0.55 * lift
    w = Atlas.window(-0.75, 0.75, 0.95, 0.42)
    y = w.y + 0.05 * w.x**2 + 0.012 * np.sin(7 * w.x + 40 * who.brow_height)
    lines = np.exp(-((((y - 0.1) % 0.125) - 0.0625) ** 2) / 0.00008) * smoothstep(0.72, 0.35, np.abs(w.x))
    lines = lines * smoothstep(0.42, 0.5, w.y) * smoothstep(0.95, 0.8, w.y)
    atlas.height[w.rows, w.columns] -= (0.008 * forehead * lines).astype(np.float32)
    frown = 0.3 * who.age + mood.frown
    w = Atlas.window(-0.2, 0.2, 0.5, 0.1)
    lines = np.exp(-(((np.abs(w.x) - 0.075 - 0.1 * np.clip(w.y - 0.3, 0, 1)) / 0.012) ** 2)) * bump(
        w.x * 0, w.y, 0, 0.3, 1, 0.08
    )
    atlas.height[w.rows, w.columns] -= (0.012 * frown * lines).astype(np.float32)
    for eye in lay.eyes:
        crow = max(0.0, who.age - 0.35) + 0.5 * max(mood.smile, 0.0) * who.age
        w = _around(eye, 0.0, 0.5, 0.25, 0.3)
        t, s = eye.local(w.x, w.y)
        rays = np.exp(-((((np.arctan2(s, -t * eye.half - 0.12) * 3.2) % 1) - 0.5) ** 2) / 0.012) * smoothstep(
            -1.08, -1.3, t
        )
        atlas.height[w.rows, w.columns] -= (0.006 * crow * rays * smoothstep(-2.2, -1.7, t)).astype(np.float32)
        bag = np.exp(-(((s + 0.17 - 0.04 * t * t) / 0.014) ** 2)) * smoothstep(1.2, 0.5, np.abs(t))
        atlas.height[w.rows, w.columns] -= ((0.003 + 0.008 * who.age) * bag).astype(np.float32)


def _around(eye: Eye, inner: float, outer: float, up: float, down: float) -> Window:
    left = eye.cx - eye.half - (outer if eye.side < 0 else inner)
    right = eye.cx + eye.half + (inner if eye.side < 0 else outer)
    return Atlas.window(left, right, eye.cy + up, eye.cy - down)


def _beard(atlas: Atlas, head: Head, look: Look, rng: np.random.Generator) -> None:
    if look.beard <= 0 and head.who.masculine < 0.5:
        return
    lay = head.layout
    m = lay.mouth
    w = Atlas.window(-1.12, 1.12, 0.0, -2.2)
    ax = np.abs(w.x)
    grain = _crop(noise(7, 512, 0.8, 64), rng, (w.y.shape[0] // 2 + 1, w.x.shape[1]))
    grain = cv2.resize(grain, (w.x.shape[1], w.y.shape[0]), interpolation=cv2.INTER_LINEAR)
    edge = m.cy + 0.12 + 0.75 * smoothstep(0.45, 0.97, ax) + 0.02 * grain
    jaw = smoothstep(0.09, -0.09, w.y - edge) * smoothstep(
        m.half * 0.5, m.half + 0.12, ax + 2.2 * np.clip(m.cy - 0.22 - w.y, 0, 1)
    )
    lip = smoothstep(0.0, 0.05, w.y - m.outer_upper(np.clip(w.x / m.half, -1, 1)) + 0.01)
    upper = (
        lip * smoothstep(m.half + 0.10, m.half - 0.08, ax) * smoothstep(lay.nose.base + 0.02, lay.nose.base - 0.06, w.y)
    )
    upper = upper * (0.6 + 0.4 * smoothstep(0.0, 0.06, ax))
    low = m.outer_lower(np.clip(w.x / m.half, -1, 1))
    soul = smoothstep(0.02, 0.06, low - w.y) * smoothstep(0.16, 0.05, ax) * (w.y < m.cy)
    area = np.maximum(jaw, 0.8 * soul)
    hair = np.array(look.hair_colour, np.float32) * 0.8
    strength = look.beard
    shadow = 0.20 * head.who.masculine
    hairy = 0.8 + 0.2 * grain
    on_lip = upper * np.maximum(look.moustache * hairy, shadow)
    cover = np.clip(np.maximum(area * np.maximum(strength * hairy, shadow), on_lip), 0, 0.95)
    tone = hair * (1 + 0.28 * grain)[..., None].clip(0.3, 2.0)
    mixed = tone if strength > 0 else hair * 0.5 + 0.5 * skin_tone(head.who.melanin) * np.array([0.5, 0.52, 0.56])
    atlas.blend(w, mixed, cover)
    atlas.gloss(w, 0.2, cover)
    atlas.height[w.rows, w.columns] += (0.0045 * cover * strength * grain + 0.02 * cover * strength).astype(np.float32)


def _lips(atlas: Atlas, head: Head, look: Look, rng: np.random.Generator) -> None:
    m, who = head.layout.mouth, head.who
    reach = m.half * 1.15
    w = Atlas.window(-reach, reach, m.cy + 0.45, min(m.cy - 0.35, float(m.outer_lower(np.zeros(1))[0]) - 0.1))
    t = w.x / m.half
    inside = np.clip(t, -1, 1)
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
    atlas.blend(w, (0.34, 0.09, 0.085), hole * np.clip(1.2 * tongue - 0.25, 0, 1))
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


def _brow(atlas: Atlas, brow: Brow, head: Head, look: Look, rng: np.random.Generator) -> None:
    low, high = sorted((brow.inner[0], brow.outer[0]))
    w = Atlas.window(low - 0.08, high + 0.08, 0.75, 0.02)
    t = np.clip((w.x - brow.inner[0]) / (brow.outer[0] - brow.inner[0]), -0.2, 1.2)
    at = np.clip(t, 0, 1)
    middle, half = brow.middle(at)[1], brow.half_thickness(at)
    edge = np.abs(w.y - middle) / np.maximum(half, 0.008)
    body = smoothstep(1.1, 0.35, edge) * smoothstep(-0.04, 0.10, t) * smoothstep(1.03, 0.93, t)
    count = 85
    root = rng.uniform(0.0, 0.98, count)
    across = rng.uniform(-0.95, 0.95, count)
    mx, my = brow.middle(root)
    start = np.stack([mx, my + across * brow.half_thickness(root)], axis=-1)
    length = rng.uniform(0.06, 0.10, count) * (1 - 0.35 * root)
    lean = np.clip(1.15 - 1.5 * root, -0.35, 1.2) - 0.5 * across
    step = np.stack([brow.side * np.cos(lean), np.sin(lean)], axis=-1) * length[:, None]
    lines = list(
        np.stack(
            [Atlas.fixed(start - 0.4 * step), Atlas.fixed(start + 0.25 * step), Atlas.fixed(start + 0.6 * step)], axis=1
        )
    )
    hairs = cv2.GaussianBlur(atlas.strokes(w, lines), (0, 0), 0.5)
    colour = np.array(look.hair_colour) * 0.62 + np.array([0.012, 0.008, 0.006])
    dense = 0.85 if look.made_up else 0.5 + 0.2 * head.who.masculine
    cover = np.clip(dense * body + 0.75 * hairs * smoothstep(1.9, 0.9, edge), 0, 0.95)
    atlas.blend(w, colour, cover)
    atlas.gloss(w, 0.15, cover)
    atlas.height[w.rows, w.columns] += (0.008 * hairs + 0.006 * body).astype(np.float32)


def _lids(atlas: Atlas, eye: Eye, head: Head, look: Look) -> None:
    w = _around(eye, 0.15, 0.2, 0.34, 0.3)
    t, s = eye.local(w.x, w.y)
    inside = np.clip(t, -1, 1)
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


def _eyeball(atlas: Atlas, eye: Eye, head: Head, rng: np.random.Generator) -> None:
    w = _around(eye, 0.03, 0.03, 0.2, 0.16)
    t, s = eye.local(w.x, w.y)
    inside = np.clip(t, -1, 1)
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
    iris = np.array(head.who.iris) ** 1.6 * 1.5
    glow = (0.75 + 0.55 * smoothstep(1.0, 0.35, d)) * (1 + 0.16 * fibres) * (1 - 0.72 * smoothstep(0.78, 1.0, d))
    pupil = 0.36 + 0.06 * float(np.clip(head.who.melanin, 0, 1))
    disc = iris * glow[..., None] * (1 - smoothstep(pupil + 0.07, pupil - 0.05, d))[..., None] + 0.004
    tint = tint + smoothstep(1.05, 0.93, d)[..., None] * (disc - tint)
    # The upper lid and its lashes keep the light off the ball.
    shade = 0.30 + 0.70 * smoothstep(-0.005, 0.065, up)
    shade = shade * (0.75 + 0.25 * smoothstep(0.0, 0.03, low))
    atlas.blend(w, tint * shade[..., None], hole)
    atlas.gloss(w, 1.0, hole)


def _lashes(atlas: Atlas, eye: Eye, head: Head, look: Look, rng: np.random.Generator) -> None:
    w = _around(eye, 0.1, 0.16, 0.3, 0.25)
    t, s = eye.local(w.x, w.y)
    inside = np.clip(t, -1, 1)
    heavy = 0.5 * look.make_up + 0.22 * (1 - head.who.masculine)
    line = np.exp(-(((s - eye.upper(inside) - 0.006) / (0.012 + 0.008 * heavy)) ** 2)) * smoothstep(
        1.06, 0.92, np.abs(t)
    )
    atlas.blend(w, (0.016, 0.011, 0.009), np.clip((0.62 + 0.35 * heavy) * line * smoothstep(1.1, 0.3, t), 0, 1))
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
    lean = np.clip(0.55 - 0.9 * at, -0.6, 1.3)
    flip = 1 - 1.7 * eye.closure
    step = np.stack([eye.side * np.sin(lean) * length, np.cos(lean) * length * 0.55 * flip], axis=-1)
    mask = atlas.strokes(w, list(np.stack([Atlas.fixed(root), Atlas.fixed(root + step)], axis=1)))
    atlas.blend(w, (0.016, 0.011, 0.009), (0.35 + 0.5 * heavy) * mask)


def _nostrils(atlas: Atlas, head: Head) -> None:
    nose = head.layout.nose
    w = Atlas.window(-0.4, 0.4, nose.base + 0.3, nose.base - 0.1)
    ax = np.abs(w.x)
    hole = bump(ax, w.y - 0.35 * (ax - nose.half * 0.48), nose.half * 0.48, nose.base + 0.040, nose.half * 0.20, 0.020)
    skin = skin_tone(head.who.melanin)
    atlas.blend(w, skin * np.array([0.10, 0.05, 0.045]), np.clip(1.35 * hole - 0.18, 0, 0.95))
    wing = np.exp(
        -(((np.hypot((ax - nose.half * 0.76) / (nose.half * 0.34), (w.y - nose.height(0.87)) / 0.115) - 1) / 0.09) ** 2)
    )
    wing = wing * smoothstep(nose.half * 0.8, nose.half * 1.0, ax)
    atlas.blend(w, skin * np.array([0.45, 0.30, 0.28]), 0.42 * wing)
    atlas.height[w.rows, w.columns] -= (0.006 * wing).astype(np.float32)
