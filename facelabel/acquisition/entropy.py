"""Heatmap entropy: how widely a landmark's map spreads its mass."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

EMPTY = 1e-12
"""A map whose positive part sums to no more than this says nothing and counts as uniform."""


def entropy(heatmaps: FloatArray) -> npt.NDArray[np.float64]:
    """Mean over landmarks of -sum p ln p (nats), with p the map's positive part divided by its sum (SCAF, section 3.3).

    ``heatmaps`` (L, H, W) or (N, L, H, W), raw. Returns float64 () or (N,); higher = ask a person first. An empty map
    has the entropy of the uniform one, ln(H W).
    """
    single = heatmaps.ndim == 3
    maps = heatmaps[None] if single else heatmaps
    # One face at a time keeps the work in the cache: several times faster than temporaries the size of the batch.
    scores = np.array([_mean_entropy(face) for face in maps], dtype=np.float64)
    return scores.reshape(()) if single else scores


def _mean_entropy(maps: FloatArray) -> float:
    flat = np.maximum(maps.reshape(len(maps), -1), np.finfo(maps.dtype).tiny)
    # -sum p ln p = ln S - (sum h ln h) / S spares the division of every pixel; tiny stands for 0, where h ln h -> 0.
    total = flat.sum(axis=1, dtype=np.float64)
    weighted = np.einsum("lp,lp->l", flat, np.log(flat)).astype(np.float64)
    spread = np.log(flat.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(total > EMPTY, np.log(total) - weighted / total, spread)
    return float(values.mean())
