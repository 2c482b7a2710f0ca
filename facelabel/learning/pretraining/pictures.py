"""What a person looks at while a pretraining runs: its curves, and some faces as the network draws and marks them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import cv2
import numpy as np
import torch

from facelabel.learning.heatmaps import decode, to_heatmap
from facelabel.learning.presets import Preset
from facelabel.learning.pretraining.objective import Pictures
from facelabel.networks import LandmarkNetwork, Scaf
from facelabel.networks.scaf import MEAN


def sheet(path: Path, rows: Sequence[Pictures]) -> None:
    """Rows of pictures uint8 RGB (B, S, S, 3), one below the other, as a PNG."""
    whole = np.concatenate([np.concatenate(list(row), axis=1) for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), whole[..., ::-1])


def reconstructed(network: Scaf, images: Pictures, device: torch.device) -> Pictures:
    """``images`` uint8 RGB (B, S, S, 3) as drawn from their latent vectors.

    The batch is drawn by its own statistics, as in training: the running ones are of the path to the heatmaps.
    """
    given = network.normalise(torch.from_numpy(images).to(device))
    with torch.inference_mode():
        drawn = deepcopy(network).train().reconstruct(given)[0].permute(0, 2, 3, 1).cpu().numpy()
    out: Pictures = ((drawn + np.array(MEAN, np.float32)) * 255).clip(0, 255).astype(np.uint8)
    return out


def marked(network: LandmarkNetwork, preset: Preset, images: Pictures, device: torch.device) -> Pictures:
    """``images`` uint8 RGB (B, S, S, 3) with the landmarks that were found in them."""
    given = network.normalise(torch.from_numpy(images).to(device))
    with torch.inference_mode():
        maps = deepcopy(network).eval()(given)[0].contiguous().float().cpu().numpy()
    points, maxima = decode(maps, preset.sigma)
    to_picture = to_heatmap(preset.network.input_size, preset.network.heatmap_size).inverse()
    points = to_picture.apply(points.reshape(-1, 2)).reshape(points.shape)
    out = images.copy()
    for picture, shape, sure in zip(out, points, maxima, strict=True):
        for (x, y), much in zip(shape, sure, strict=True):
            if much > 0.2:
                cv2.circle(picture, (round(float(x)), round(float(y))), 1, (80, 255, 80), -1, cv2.LINE_AA)
    return out


def curves(log: Path, path: Path) -> None:
    """The losses of ``log`` over the steps, one panel each, as a PNG."""
    from matplotlib.figure import Figure

    with log.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return
    names = [name for name in rows[0] if name not in ("step", "seconds")]
    figure = Figure(figsize=(4 * len(names), 3), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        known = [(int(row["step"]), float(row[name])) for row in rows if row[name]]
        axes.plot(*zip(*known, strict=True) if known else ([], []))
        positive = all(value > 0 for _, value in known)
        axes.set(title=name, xlabel="step", yscale="log" if positive else "linear")
        axes.grid(alpha=0.3)
    figure.savefig(path, dpi=110)
