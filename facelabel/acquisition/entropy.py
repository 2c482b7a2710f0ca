"""Heatmap entropy: how widely a landmark's map spreads its mass."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

EMPTY = 1e-12
"""A map whose positive part sums to no more than this says nothing and counts as uniform."""
_BLOCK_VALUES = 2**16


def entropy(heatmaps: FloatArray) -> npt.NDArray[np.float64]:
    """Mean over landmarks of -sum p ln p (nats), with p the map's positive part divided by its sum (SCAF, section 3.3).

    ``heatmaps`` (L, H, W) or (N, L, H, W), raw. Returns float64 () or (N,); higher = ask a person first. An empty map
    has the entropy of the uniform one, ln(H W).
    """
    single = heatmaps.ndim == 3
    maps = heatmaps[None] if single else heatmaps
    count, landmarks, height, width = maps.shape
    flat = maps.reshape(count * landmarks, height * width)
    # A few maps at a time stay in the cache from the one read of them to the last sum.
    block = max(1, _BLOCK_VALUES // max(flat.shape[1], 1))
    # tiny stands for 0, where h ln h -> 0; as an array, for NumPy compares two arrays in half the time.
    tiny = np.full((min(block, len(flat)), flat.shape[1]), np.finfo(maps.dtype).tiny, dtype=maps.dtype)
    positive, logs, ones = np.empty_like(tiny), np.empty_like(tiny), np.ones(flat.shape[1], dtype=maps.dtype)
    total, weighted = np.empty(len(flat)), np.empty(len(flat))
    for start in range(0, len(flat), block):
        rows = slice(start, start + block)
        few = flat[rows]
        h = np.maximum(few, tiny[: len(few)], out=positive[: len(few)])
        total[rows] = h @ ones
        weighted[rows] = np.vecdot(h, np.log(h, out=logs[: len(few)]))
    with np.errstate(divide="ignore", invalid="ignore"):
        # -sum p ln p = ln S - (sum h ln h) / S spares the division of every pixel.
        values = np.where(total > EMPTY, np.log(total) - weighted / total, np.log(flat.shape[1]))
    scores: npt.NDArray[np.float64] = values.reshape(count, landmarks).mean(axis=1)
    return scores.reshape(()) if single else scores
