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
    patches, _, _ = patches_about(maps, centres, window // 2)
    scores = np.asarray(-patches.sum(axis=(1, 2, 3), dtype=np.float64))
    return scores.reshape(()) if single else scores


def patches_about(
    heatmaps: FloatArray, centres: npt.NDArray[np.intp], reach: int
) -> tuple[FloatArray, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """What of heatmaps (N, L, H, W) lies within ``reach`` rows and columns of the pixels ``centres`` (N, L, 2).

    Returns patches (N, L, h, w) with their columns (N, L, w) and rows (N, L, h), h and w at most 2 ``reach`` + 1. At a
    border a patch is moved to lie inside the map, and 0 where it is farther than ``reach`` from its centre.
    """
    count, landmarks, *size = heatmaps.shape
    height, width = (min(2 * reach + 1, side) for side in size)
    every = np.lib.stride_tricks.sliding_window_view(heatmaps, (height, width), axis=(2, 3))
    top = np.clip(centres[..., 1] - reach, 0, size[0] - height)
    left = np.clip(centres[..., 0] - reach, 0, size[1] - width)
    image, landmark = np.ogrid[:count, :landmarks]
    patches = every[image, landmark, top, left]
    rows, columns = top[..., None] + np.arange(height), left[..., None] + np.arange(width)
    far_rows = np.abs(rows - centres[..., 1, None]) > reach
    far_columns = np.abs(columns - centres[..., 0, None]) > reach
    if far_rows.any() or far_columns.any():
        patches[far_rows[..., :, None] | far_columns[..., None, :]] = 0
    return patches, columns, rows
