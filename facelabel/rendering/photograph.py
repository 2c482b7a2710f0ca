"""What stands behind a face and what the camera does to the picture."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from facelabel.rendering.arrays import F32, U8, clamp, f32, noise, to_linear
from facelabel.rendering.parameters import Photo
from facelabel.rendering.sampling import muted


def backdrop(size: tuple[int, int], seed: int, exposure: float = 1.0) -> F32:
    """A linear background (height, width, 3): a wall, clutter, lights or leaves. ``size`` is (width, height)."""
    rng = np.random.default_rng(seed)
    side = 96
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    first, second = (to_linear(muted(rng, 0.6)) for _ in range(2))
    a = rng.uniform(0, 2 * np.pi)
    ramp = clamp(0.5 + 0.9 * ((x - 0.5) * np.cos(a) + (y - 0.5) * np.sin(a)), 0, 1)[..., None]
    image = (first * (1 - ramp) + second * ramp).astype(np.float32)
    kind = rng.choice(["wall", "clutter", "lights", "leaves"], p=[0.3, 0.4, 0.15, 0.15])
    if kind == "clutter":
        for _ in range(int(rng.integers(6, 16))):
            colour = to_linear(muted(rng, 1.0)).tolist()
            c, r = (int(v) for v in rng.integers(-10, side, 2))
            w, h = (int(v) for v in rng.integers(4, 60, 2))
            if rng.random() < 0.7:
                cv2.rectangle(image, (c, r), (c + w, r + h), colour, -1)
            else:
                cv2.circle(image, (c, r), w // 2, colour, -1)
        image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(1.2, 5)))
    elif kind == "lights":
        image *= 0.15
        for _ in range(int(rng.integers(8, 26))):
            colour = (to_linear(rng.uniform(0.5, 1.0, 3)) * rng.uniform(0.3, 1.4)).tolist()
            spot = np.zeros_like(image)
            cv2.circle(
                spot, tuple(int(v) for v in rng.integers(0, side, 2)), int(rng.integers(2, 8)), colour, -1, cv2.LINE_AA
            )
            image += spot * np.float32(0.7)
        image = cv2.GaussianBlur(image, (0, 0), 0.8)
    elif kind == "leaves":
        leaf = noise(int(rng.integers(300, 316)), 128, 0.6, 8)[:side, :side]
        green = np.array([0.10, 0.19, 0.05], np.float32) * rng.uniform(0.5, 1.6, 3).astype(np.float32)
        image = clamp(green * (1 + 0.6 * leaf[..., None]), 0.004, 2) + 0.25 * clamp(leaf - 1.3, 0, 2)[..., None]
        image = cv2.GaussianBlur(image.astype(np.float32), (0, 0), float(rng.uniform(1.0, 3)))
    grain = noise(17, 128, 0.7, 4)[:side, :side, None]
    image = image * (1 + 0.04 * grain) * np.float32(0.35 + 0.65 * exposure)
    return f32(clamp(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), 0))


@lru_cache(maxsize=8)
def _grain(height: int, width: int, seed: int) -> F32:
    """White noise (height, width, 3). Drawing it anew would take longer than all the rest of a photograph."""
    return np.random.default_rng(seed).standard_normal((height, width, 3), dtype=np.float32)


def expose(display: F32, photo: Photo, rng: np.random.Generator) -> U8:
    """Display values (h, w, 3) 0 to 1 to the stored picture, uint8 RGB."""
    height, width = display.shape[:2]
    scale = min(height, width) / 256
    image = display.copy()
    # Vignette and white balance are one gain a pixel and channel.
    gain = np.ones((1, 1), np.float32)

    if photo.vignette:
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] ** 2
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] ** 2
        gain = f32(1 - 0.21 * photo.vignette * (x + y) * np.sqrt(x + y))
    for c, tint in enumerate((1 + 0.07 * photo.warmth, 1.0, 1 - 0.10 * photo.warmth)):
        image[..., c] *= gain * np.float32(tint)
    if photo.blur * scale > 0.2:
        image = cv2.GaussianBlur(image, (0, 0), photo.blur * scale)
    if photo.motion:
        reach = max(3, round(photo.motion * scale)) | 1
        kernel = np.zeros((reach, reach), np.float32)
        a = rng.uniform(0, np.pi)
        end = np.array([np.cos(a), np.sin(a)]) * reach / 2
        middle = np.array([reach // 2, reach // 2])
        cv2.line(
            kernel,
            tuple(np.round(middle - end).astype(int).tolist()),
            tuple(np.round(middle + end).astype(int).tolist()),
            1.0,
        )
        image = cv2.filter2D(image, -1, kernel / kernel.sum())
    if photo.grey:
        image = f32(np.repeat((image @ np.array([0.3, 0.59, 0.11], np.float32))[..., None], 3, axis=2))
    if photo.noise:
        image += np.float32(photo.noise) * _grain(height, width, int(rng.integers(8)))[..., : 1 if photo.grey else 3]
    stored = cv2.cvtColor((clamp(image, 0, 1) * 255 + 0.5).astype(np.uint8), cv2.COLOR_RGB2BGR)
    _, packed = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, photo.jpeg])
    back: U8 = cv2.cvtColor(cv2.imdecode(packed, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    return back
