"""Negative neighbourhood magnitude: how little of the heatmaps' mass lies where the landmarks were placed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]


def window_for(sigma: float) -> int:
    """The side of the window that covers one standard deviation to each side: 15 for a sigma of 7 heatmap pixels."""
    return 2 * max(1, round(sigma)) + 1


def nnm(heatmaps: FloatArray, positions: FloatArray, window: int) -> npt.NDArray[np.float64]:
    """NNM = -sum_i sum_{(u,v) in W_i} H_i(u,v), SCAF equation 1. Higher (less negative) = ask a person first.

    ``heatmaps`` (L, H, W) or (N, L, H, W), raw, neither smoothed nor clamped; ``positions`` (..., L, 2), x then y,
    the decoded landmarks in heatmap pixels; W_i is the ``window`` x ``window`` square about the pixel that landmark i
    lies in, and what it covers outside the map counts as 0. Returns float64 () or (N,). Raises ValueError when
    ``window`` is even.
    """
    if window < 1 or window % 2 == 0:
        raise ValueError(f"the window's side has to be odd to have a centre, it is {window}")
    single = heatmaps.ndim == 3
    maps = heatmaps[None] if single else heatmaps
    centres = np.floor(np.asarray(positions, dtype=np.float64).reshape(*maps.shape[:2], 2) + 0.5).astype(np.intp)
    reach = window // 2
    offsets = np.arange(-reach, reach + 1)
    rows, inside_rows = _clipped(centres[..., 1, None] + offsets, maps.shape[2])
    columns, inside_columns = _clipped(centres[..., 0, None] + offsets, maps.shape[3])
    image, landmark = np.ogrid[: maps.shape[0], : maps.shape[1]]
    patches = maps[image[..., None, None], landmark[..., None, None], rows[..., :, None], columns[..., None, :]]
    inside = inside_rows[..., :, None] & inside_columns[..., None, :]
    scores = np.asarray(-np.sum(patches, axis=(1, 2, 3), where=inside, dtype=np.float64))
    return scores.reshape(()) if single else scores


def _clipped(indices: npt.NDArray[np.intp], size: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    return np.clip(indices, 0, size - 1), (indices >= 0) & (indices < size)
