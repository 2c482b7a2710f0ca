"""How far drawn faces are from real ones: a Fréchet distance between the latent vectors that the encoder of
``scaf-tiny``, which ships with facelabel, has of both.

It falls as drawn faces come to look like real ones to that network, and compares runs made here. It is not the FID of
the literature, whose features are of another network, trained on ImageNet: the numbers have nothing in common.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from facelabel import schemes
from facelabel.learning import presets, weights
from facelabel.learning.pretraining.objective import enlarged
from facelabel.networks import Scaf, create
from facelabel.networks.scaf import MEAN

PRESET, COLUMN = "scaf-tiny", "feature distance"
FACES = 1024
"""How many of each kind are compared, if a run sees as many."""
_AT_ONCE = 64


def watcher(device: torch.device) -> Scaf | None:
    """The network whose features are compared; None where it came without its weights."""
    preset = presets.load(PRESET)
    folder = weights.shipped(preset)
    if folder is None:
        return None
    scheme = schemes.load("300w-68")
    network = create(presets.scaf_shape(preset), scheme.size)
    weights.apply(weights.load(folder), network, scheme)
    return network.to(device).eval()


@torch.inference_mode()
def features(network: Scaf, pictures: Tensor) -> npt.NDArray[np.float64]:
    """The latent vectors (B, D) of pictures (B, 3, h, h) from -1 to 1."""
    mean = torch.tensor(MEAN, device=pictures.device)[:, None, None]
    found = []
    for part in torch.split(pictures, _AT_ONCE):
        large = enlarged(part.float().contiguous(), network.shape.input_size).clamp(-1, 1)
        found.append(network.Q((large + 1) / 2 - mean)[0].double().cpu().numpy())
    return np.concatenate(found)


def distance(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """The Fréchet distance of two normal distributions with the means and covariances of (N, D) and (M, D):
    |m - m'|^2 + tr(C + C' - 2 sqrt(C C'))."""
    covariances = [np.cov(rows, rowvar=False) for rows in (one, other)]
    # The trace of the root: the product of two covariances has real eigenvalues, none below 0 but for rounding.
    root = np.sqrt(np.linalg.eigvals(covariances[0] @ covariances[1]).real.clip(0)).sum()
    apart = one.mean(axis=0) - other.mean(axis=0)
    return float(apart @ apart + np.trace(covariances[0]) + np.trace(covariances[1]) - 2 * root)
