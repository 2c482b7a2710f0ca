"""The heatmap loss, with its gradient written out.

Autograd would keep and walk ten arrays of the heatmaps' size (18 MB each for 16 faces), which takes as long on a CPU as
the network's own forward pass. The gradient is at hand when the loss is, and of a few faces at a time both fit into the
processor's cache.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from facelabel.learning.heatmaps import targets
from facelabel.networks import last_stride

FACES_AT_ONCE = 2
"""Whose heatmaps are made and used together on a CPU; a GPU takes them all."""
SHARPNESS = 16.0
"""Of the soft-argmax: a peak of height 1 outweighs 64 x 64 pixels of background about a thousandfold."""


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


def head_loss(
    features: Tensor,
    kernel: Tensor,
    points: Tensor,
    known: Tensor,
    *,
    sigma: float,
    foreground: float = 0.0,
    scale: float = 1.0,
) -> Tensor:
    """``heatmap_loss`` of the maps that the last layer makes of ``features``, without ever holding them all.

    ``features`` (B, C, h, h) and ``kernel`` (C, L, k, k) are those of ``LandmarkNetwork.features`` and ``.last``.
    """
    loss: Tensor = _HeadLoss.apply(features, kernel, points, known, sigma, foreground, scale)  # type: ignore[no-untyped-call]
    return loss


def coordinate_loss(heatmaps: Tensor, points: Tensor, known: Tensor) -> Tensor:
    """Mean over known landmarks of the smooth L1 distance, in heatmap pixels, of the maps' soft-argmax: the mean place
    under softmax(``SHARPNESS`` H). Arguments as of ``heatmap_loss``."""
    size = heatmaps.shape[2]
    mass = (SHARPNESS * heatmaps.flatten(2)).softmax(dim=2).view(*heatmaps.shape)
    grid = torch.arange(size, dtype=heatmaps.dtype, device=heatmaps.device)
    found = torch.stack([mass.sum(dim=2) @ grid, mass.sum(dim=3) @ grid], dim=2)
    apart = functional.smooth_l1_loss(found, points, reduction="none").sum(dim=2)
    return (apart * known).sum() / known.sum().clamp(min=1)


class _HeatmapLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, heatmaps: Tensor, points: Tensor, known: Tensor, sigma: float, foreground: float, scale: float
    ) -> Tensor:
        weights = _weights(known, heatmaps.shape[2], scale)
        loss, gradient = _compared(heatmaps.clone(), points, weights, sigma, foreground)
        ctx.save_for_backward(gradient)
        return loss

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * gradients[0], None, None, None, None, None


class _HeadLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        features: Tensor,
        kernel: Tensor,
        points: Tensor,
        known: Tensor,
        sigma: float,
        foreground: float,
        scale: float,
    ) -> Tensor:
        stride = last_stride(kernel)
        weights = _weights(known, stride * features.shape[2], scale)
        wanted = [bool(wants) for wants in ctx.needs_input_grad[:2]] + [False]
        losses, to_features, to_kernel = [], [], torch.zeros_like(kernel)
        at_once = FACES_AT_ONCE if features.device.type == "cpu" else len(features)
        for first in range(0, len(features), at_once):
            x, at, weight = (part[first : first + at_once] for part in (features, points, weights))
            maps = functional.conv_transpose2d(x, kernel, stride=stride, padding=1)
            loss, gradient = _compared(maps, at, weight, sigma, foreground)
            losses.append(loss)
            to_x, to_k, _ = torch.ops.aten.convolution_backward(
                gradient, x, kernel, None, (stride, stride), (1, 1), (1, 1), True, (0, 0), 1, wanted
            )
            if wanted[0]:
                to_features.append(to_x)
            if wanted[1]:
                to_kernel += to_k
        ctx.save_for_backward(torch.cat(to_features) if wanted[0] else None, to_kernel)
        return torch.stack(losses).sum()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None, None, None, None, None]:
        to_features, to_kernel = ctx.saved_tensors
        return (
            to_features * gradients[0] if ctx.needs_input_grad[0] else None,
            to_kernel * gradients[0] if ctx.needs_input_grad[1] else None,
            *(None,) * 5,
        )


def _weights(known: Tensor, size: int, scale: float) -> Tensor:
    """What each map's sum of squares counts: (B, L)."""
    return known * (scale / (known.sum().clamp(min=1) * size * size))


def _compared(
    heatmaps: Tensor, points: Tensor, weights: Tensor, sigma: float, foreground: float
) -> tuple[Tensor, Tensor]:
    """The loss and its gradient by ``heatmaps``, which are overwritten."""
    weighted = targets(points, heatmaps.shape[2], sigma)
    error = heatmaps.sub_(weighted)
    weighted.mul_(foreground).add_(1).mul_(weights[:, :, None, None]).mul_(error)
    loss = torch.dot(_flat(weighted), _flat(error))
    return loss, weighted.mul_(2)


def _flat(maps: Tensor) -> Tensor:
    """All values in one row, without a copy when the channels are last in memory."""
    return maps.permute(0, 2, 3, 1).reshape(-1)
