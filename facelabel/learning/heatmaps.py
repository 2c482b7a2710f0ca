"""Landmarks to target heatmaps and heatmaps back to landmarks.

Heatmap pixels are 0-based pixel centres like all others. A crop of S pixels and its heatmap of H cover the same square,
so the crop's x lies at (x + 0.5) H / S - 0.5 of the heatmap.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from facelabel.acquisition.nnm import patches_about
from facelabel.geometry import Affine
from facelabel.images.crops import resize_transform

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]
Method = Literal["argmax", "quarter", "com", "softargmax"]


def to_heatmap(input_size: int, heatmap_size: int) -> Affine:
    """Crop pixels to heatmap pixels."""
    return resize_transform((input_size, input_size), (heatmap_size, heatmap_size))


def targets(points: Tensor, size: int, sigma: float) -> Tensor:
    """H[v, u] = exp(-((u - x)^2 + (v - y)^2) / (2 sigma^2)): continuous, untruncated, peak 1 (SCAF section 3.2).

    ``points`` (B, L, 2) in heatmap pixels, finite. Returns float32 (B, L, size, size), channels last in memory, as the
    network's output is: adding the two in different layouts costs more than computing either.
    """
    grid = torch.arange(size, dtype=points.dtype, device=points.device)
    # A Gaussian is separable: L curves along x and L along y, and one product for each pixel.
    curves = torch.exp(-(points[:, None] - grid[:, None, None]).square() / (2 * sigma * sigma))  # (B, size, L, 2)
    across, down = curves.unbind(dim=-1)
    return (down[:, :, None] * across[:, None]).permute(0, 3, 1, 2)


def decode(heatmaps: FloatArray, sigma: float, method: Method = "com") -> tuple[Float64, Float64]:
    """Landmarks (N, L, 2) in heatmap pixels and the maps' maxima (N, L), from raw heatmaps (N, L, H, W).

    All but ``softargmax`` start at the peak of the map smoothed by a box of about 1.3 sigma (the reference's 9 pixels
    for a sigma of 7). ``argmax`` stops there; ``quarter`` goes a quarter of a pixel towards the higher neighbour;
    ``com`` takes the centre of mass of the positive part within 2 sigma of the peak; ``softargmax`` that of the whole
    map.
    """
    n, landmarks = heatmaps.shape[:2]
    maxima = heatmaps.reshape(n, landmarks, -1).max(axis=2).astype(np.float64)
    if method == "softargmax":
        height, width = heatmaps.shape[2:]
        points = _centre_of_mass(heatmaps, np.arange(width)[None, None], np.arange(height)[None, None])
        return np.where(np.isnan(points), [(width - 1) / 2, (height - 1) / 2], points), maxima
    peaks = _peaks(heatmaps, sigma)
    if method == "argmax":
        return peaks.astype(np.float64), maxima
    reach = 1 if method == "quarter" else math.ceil(2 * sigma)
    windows, columns, rows = patches_about(heatmaps, peaks, reach)
    if method == "quarter":
        right, down = columns - peaks[..., 0, None], rows - peaks[..., 1, None]
        slopes = [np.einsum("nlhw,nlh,nlw->nl", windows, *along) for along in ((down == 0, right), (down, right == 0))]
        return peaks + 0.25 * np.sign(np.stack(slopes, axis=-1)), maxima
    points = _centre_of_mass(windows, columns, rows)
    return np.where(np.isnan(points), peaks, points), maxima


def _peaks(heatmaps: FloatArray, sigma: float) -> npt.NDArray[np.intp]:
    """Where each smoothed map is highest: (N, L, 2) pixels."""
    n, landmarks, _, width = heatmaps.shape
    side = max(1, round(9 / 7 * sigma)) | 1
    flat = np.empty((n, landmarks), dtype=np.intp)
    for index in np.ndindex(n, landmarks):
        flat[index] = cv2.blur(heatmaps[index], (side, side), borderType=cv2.BORDER_CONSTANT).argmax()
    return np.stack([flat % width, flat // width], axis=-1)


def _centre_of_mass(maps: FloatArray, columns: npt.NDArray[np.intp], rows: npt.NDArray[np.intp]) -> Float64:
    """Of the positive part of ``maps`` (N, L, h, w): (N, L, 2), NaN where there is none."""
    mass = np.maximum(maps, 0)
    across, down = mass.sum(axis=2, dtype=np.float64), mass.sum(axis=3, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        total = across.sum(axis=2)
        x, y = (across * columns).sum(axis=2) / total, (down * rows).sum(axis=2) / total
    return np.stack([x, y], axis=-1)
