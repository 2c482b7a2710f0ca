"""Skin, brows and beard, painted on the atlas."""

from __future__ import annotations

import cv2
import numpy as np

from facelabel.rendering import features
from facelabel.rendering.anatomy import Brow
from facelabel.rendering.arrays import F32, bump, clamp, noise, smoothstep
from facelabel.rendering.atlas import HEIGHT, LEFT, SCALE, TOP, WIDTH, Atlas
from facelabel.rendering.head import Head
from facelabel.rendering.parameters import Look
from facelabel.rendering.pigment import skin_tone


def paint(head: Head, look: Look, rng: np.random.Generator) -> Atlas:
    atlas = Atlas(skin_tone(head.who.melanin))
    _complexion(atlas, head, look, rng)
    _wrinkles(atlas, head)
    _beard(atlas, head, look, rng)
    features.lips(atlas, head, look, rng)
    for brow in head.layout.brows:
        _brow(atlas, brow, head, look, rng)
    for eye in head.layout.eyes:
        features.lids(atlas, eye, head, look)
        features.eyeball(atlas, eye, head)
        features.lashes(atlas, eye, head, look, rng)
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
    fine_shade = 1 + 0.022 * fine
    for c in range(3):
        atlas.colour[..., c] *= shades[..., c] * fine_shade
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
    lines = np.exp(-(((np.abs(w.x) - 0.075 - 0.1 * clamp(w.y - 0.3, 0, 1)) / 0.012) ** 2)) * bump(
        w.x * 0, w.y, 0, 0.3, 1, 0.08
    )
    atlas.height[w.rows, w.columns] -= (0.012 * frown * lines).astype(np.float32)
    for eye in lay.eyes:
        crow = max(0.0, who.age - 0.35) + 0.5 * max(mood.smile, 0.0) * who.age
        w = features.around(eye, 0.0, 0.5, 0.25, 0.3)
        t, s = eye.local(w.x, w.y)
        rays = np.exp(-((((np.arctan2(s, -t * eye.half - 0.12) * 3.2) % 1) - 0.5) ** 2) / 0.012) * smoothstep(
            -1.08, -1.3, t
        )
        atlas.height[w.rows, w.columns] -= (0.006 * crow * rays * smoothstep(-2.2, -1.7, t)).astype(np.float32)
        bag = np.exp(-(((s + 0.17 - 0.04 * t * t) / 0.014) ** 2)) * smoothstep(1.2, 0.5, np.abs(t))
        atlas.height[w.rows, w.columns] -= ((0.003 + 0.008 * who.age) * bag).astype(np.float32)


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
        m.half * 0.5, m.half + 0.12, ax + 2.2 * clamp(m.cy - 0.22 - w.y, 0, 1)
    )
    lip = smoothstep(0.0, 0.05, w.y - m.outer_upper(clamp(w.x / m.half, -1, 1)) + 0.01)
    upper = (
        lip * smoothstep(m.half + 0.10, m.half - 0.08, ax) * smoothstep(lay.nose.base + 0.02, lay.nose.base - 0.06, w.y)
    )
    upper = upper * (0.6 + 0.4 * smoothstep(0.0, 0.06, ax))
    low = m.outer_lower(clamp(w.x / m.half, -1, 1))
    soul = smoothstep(0.02, 0.06, low - w.y) * smoothstep(0.16, 0.05, ax) * (w.y < m.cy)
    area = np.maximum(jaw, 0.8 * soul)
    hair = np.array(look.hair_colour, np.float32) * 0.8
    strength = look.beard
    shadow = 0.20 * head.who.masculine
    hairy = 0.8 + 0.2 * grain
    on_lip = upper * np.maximum(look.moustache * hairy, shadow)
    cover = clamp(np.maximum(area * np.maximum(strength * hairy, shadow), on_lip), 0, 0.95)
    tone = hair * (1 + 0.28 * grain)[..., None].clip(0.3, 2.0)
    mixed = tone if strength > 0 else hair * 0.5 + 0.5 * skin_tone(head.who.melanin) * np.array([0.5, 0.52, 0.56])
    atlas.blend(w, mixed, cover)
    atlas.gloss(w, 0.2, cover)
    atlas.height[w.rows, w.columns] += (0.0045 * cover * strength * grain + 0.02 * cover * strength).astype(np.float32)


def _brow(atlas: Atlas, brow: Brow, head: Head, look: Look, rng: np.random.Generator) -> None:
    low, high = sorted((brow.inner[0], brow.outer[0]))
    w = Atlas.window(low - 0.08, high + 0.08, 0.75, 0.02)
    t = clamp((w.x - brow.inner[0]) / (brow.outer[0] - brow.inner[0]), -0.2, 1.2)
    at = clamp(t, 0, 1)
    middle, half = brow.middle(at)[1], brow.half_thickness(at)
    edge = np.abs(w.y - middle) / np.maximum(half, 0.008)
    body = smoothstep(1.1, 0.35, edge) * smoothstep(-0.04, 0.10, t) * smoothstep(1.03, 0.93, t)
    count = 85
    root = rng.uniform(0.0, 0.98, count)
    across = rng.uniform(-0.95, 0.95, count)
    mx, my = brow.middle(root)
    start = np.stack([mx, my + across * brow.half_thickness(root)], axis=-1)
    length = rng.uniform(0.06, 0.10, count) * (1 - 0.35 * root)
    lean = clamp(1.15 - 1.5 * root, -0.35, 1.2) - 0.5 * across
    step = np.stack([brow.side * np.cos(lean), np.sin(lean)], axis=-1) * length[:, None]
    lines = np.stack([Atlas.fixed(start + part * step) for part in (-0.4, 0.25, 0.6)], axis=1)
    hairs = cv2.GaussianBlur(atlas.strokes(w, lines), (0, 0), 0.5)
    colour = np.array(look.hair_colour) * 0.62 + np.array([0.012, 0.008, 0.006])
    dense = 0.85 if look.made_up else 0.5 + 0.2 * head.who.masculine
    cover = clamp(dense * body + 0.75 * hairs * smoothstep(1.9, 0.9, edge), 0, 0.95)
    atlas.blend(w, colour, cover)
    atlas.gloss(w, 0.15, cover)
    atlas.height[w.rows, w.columns] += (0.008 * hairs + 0.006 * body).astype(np.float32)


def _nostrils(atlas: Atlas, head: Head) -> None:
    nose = head.layout.nose
    w = Atlas.window(-0.4, 0.4, nose.base + 0.3, nose.base - 0.1)
    ax = np.abs(w.x)
    hole = bump(ax, w.y - 0.35 * (ax - nose.half * 0.48), nose.half * 0.48, nose.base + 0.040, nose.half * 0.20, 0.020)
    skin = skin_tone(head.who.melanin)
    atlas.blend(w, skin * np.array([0.10, 0.05, 0.045]), clamp(1.35 * hole - 0.18, 0, 0.95))
    wing = np.exp(
        -(((np.hypot((ax - nose.half * 0.76) / (nose.half * 0.34), (w.y - nose.height(0.87)) / 0.115) - 1) / 0.09) ** 2)
    )
    wing = wing * smoothstep(nose.half * 0.8, nose.half * 1.0, ax)
    atlas.blend(w, skin * np.array([0.45, 0.30, 0.28]), 0.42 * wing)
    atlas.height[w.rows, w.columns] -= (0.006 * wing).astype(np.float32)
