"""The colour of skin."""

from __future__ import annotations

import numpy as np

from facelabel.rendering.arrays import F32, f32

_TONES = np.log(np.array([
    (0.80, 0.55, 0.44), (0.70, 0.43, 0.31), (0.52, 0.29, 0.185),
    (0.32, 0.160, 0.095), (0.165, 0.080, 0.048), (0.085, 0.042, 0.027),
]))  # fmt: skip


def skin_tone(melanin: float) -> F32:
    """Linear light albedo (3,) from very light (0) to very dark (1)."""
    place = melanin * (len(_TONES) - 1)
    i = min(int(place), len(_TONES) - 2)
    return f32(np.exp(_TONES[i] + (place - i) * (_TONES[i + 1] - _TONES[i])))
