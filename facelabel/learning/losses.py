"""The heatmap loss, with its gradient written out."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from facelabel.learning.heatmaps import targets


def heatmap_loss(
    heatmaps: Tensor, points: Tensor, known: Tensor, *, sigma: float, foreground: float = 0.0, scale: float = 1.0
) -> Tensor:
    """``scale`` times the mean over known landmarks and pixels of (1 + ``foreground`` T) (H - T)^2; SCAF section 3.2
    has ``foreground`` 0. A scalar; 0 when no landmark is known.

    ``heatmaps`` H (B, L, H, H) from the network; ``points`` (B, L, 2), finite, heatmap pixels, make the targets T;
    ``known`` bool (B, L) says which maps count.
    """
    loss: Tensor = _HeatmapLoss.apply(heatmaps, points, known, sigma, foreground, scale)  # type: ignore[no-untyped-call]
    return loss


class _HeatmapLoss(torch.autograd.Function):
    """Autograd would keep and walk ten arrays of the heatmaps' size (18 MB each for 16 faces), which takes as long on
    a CPU as the network's own forward pass; the gradient is at hand when the loss is, in two."""

    @staticmethod
    def forward(
        ctx: Any, heatmaps: Tensor, points: Tensor, known: Tensor, sigma: float, foreground: float, scale: float
    ) -> Tensor:
        weighted = targets(points, heatmaps.shape[2], sigma)
        error = heatmaps - weighted
        factor = scale / (known.sum().clamp(min=1) * heatmaps.shape[2] * heatmaps.shape[3])
        weighted.mul_(foreground).add_(1).mul_(known[:, :, None, None] * factor).mul_(error)
        ctx.save_for_backward(weighted)
        return torch.dot(_flat(weighted), _flat(error))

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None, None, None]:
        (weighted,) = ctx.saved_tensors
        return weighted * (2 * gradients[0]), None, None, None, None, None


def _flat(maps: Tensor) -> Tensor:
    """All values in one row, without a copy when the channels are last in memory."""
    return maps.permute(0, 2, 3, 1).reshape(-1)
