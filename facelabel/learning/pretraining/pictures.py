"""What a person looks at while a pretraining runs: its curves, and some faces as the network draws and marks them."""

from __future__ import annotations

import csv
from copy import deepcopy
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch

from facelabel.learning.heatmaps import decode, to_heatmap
from facelabel.learning.presets import Preset
from facelabel.networks import Scaf, normalise
from facelabel.networks.scaf import MEAN


def samples(path: Path, network: Scaf, preset: Preset, images: npt.NDArray[np.uint8], device: torch.device) -> None:
    """A sheet of ``images`` uint8 RGB (B, S, S, 3) in three rows: as given, as drawn, and with the landmarks found.

    The batch is drawn by its own statistics, as in training: the running ones are of the path to the heatmaps.
    """
    pictures = normalise(torch.from_numpy(images).to(device))
    with torch.inference_mode():
        drawn = deepcopy(network).train().reconstruct(pictures)[0].permute(0, 2, 3, 1).cpu().numpy()
        drawn += np.array(MEAN, np.float32)
        maps = deepcopy(network).eval()(pictures)[0].contiguous().float().cpu().numpy()
    size = preset.network.input_size
    points, maxima = decode(maps, preset.sigma)
    points = to_heatmap(size, preset.network.heatmap_size).inverse().apply(points.reshape(-1, 2)).reshape(points.shape)
    marked = images.copy()
    for picture, shape, sure in zip(marked, points, maxima, strict=True):
        for (x, y), much in zip(shape, sure, strict=True):
            if much > 0.2:
                cv2.circle(picture, (round(float(x)), round(float(y))), 1, (80, 255, 80), -1, cv2.LINE_AA)
    rows = [images, (drawn * 255).clip(0, 255).astype(np.uint8), marked]
    sheet = np.concatenate([np.concatenate(list(row), axis=1) for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), sheet[..., ::-1])


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
        axes.set(title=name, xlabel="step", yscale="log")
        axes.grid(alpha=0.3)
    figure.savefig(path, dpi=110)
