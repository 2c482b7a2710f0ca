"""The loss on heatmaps, with its gradient written out.

Autograd would keep and walk ten arrays of the heatmaps' size (18 MB each for 16 faces), which takes as long on a CPU as
the network's own forward pass. The gradient is at hand when the loss is, and of a few faces at a time both fit into the
processor's cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from facelabel.learning.heatmaps import targets
from facelabel.learning.presets import Preset
from facelabel.networks import last_stride

FACES_AT_ONCE = 2
"""Whose heatmaps are made and used together on a CPU; a GPU takes them all."""
SHARPNESS = 16.0
"""Of the soft-argmax: a peak of height 1 outweighs 64 x 64 pixels of background about a thousandfold."""


@dataclass(frozen=True)
class LossWeights:
    """``scale`` times the mean over known landmarks and pixels of (1 + ``foreground`` T) (H - T)^2, T a Gaussian of
    ``sigma`` pixels (SCAF section 3.2 has ``foreground`` 0), and ``coordinates`` times the mean over known landmarks of
    the smooth L1 distance, in heatmap pixels, of H's soft-argmax: the mean place under softmax(``SHARPNESS`` H)."""

    sigma: float
    foreground: float = 0.0
    scale: float = 1.0
    coordinates: float = 0.0

    @classmethod
    def of(cls, preset: Preset) -> LossWeights:
        recipe = preset.training
        return cls(preset.sigma, recipe.foreground, recipe.loss_scale, recipe.coordinates)


def heatmap_loss(heatmaps: Tensor, points: Tensor, known: Tensor, weights: LossWeights) -> Tensor:
    """A scalar; 0 when no landmark is known.

    ``heatmaps`` H (B, L, H, H) from the network; ``points`` (B, L, 2), finite, heatmap pixels, make the targets T;
    ``known`` bool (B, L) says which maps count.
    """
    loss: Tensor = _HeatmapLoss.apply(heatmaps, points, known, weights)  # type: ignore[no-untyped-call]
    return loss


def head_loss(features: Tensor, kernel: Tensor, points: Tensor, known: Tensor, weights: LossWeights) -> Tensor:
    """``heatmap_loss`` of the maps that the last layer makes of ``features``, without ever holding them all.

    ``features`` (B, C, h, h) and ``kernel`` (C, L, k, k) are those of ``LandmarkNetwork.features`` and ``.last``.
    """
    loss: Tensor = _HeadLoss.apply(features, kernel, points, known, weights)  # type: ignore[no-untyped-call]
    return loss


class _HeatmapLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, heatmaps: Tensor, points: Tensor, known: Tensor, weights: LossWeights) -> Tensor:
        loss, gradient = _compared(heatmaps.clone(), points, _shares(known), weights)
        ctx.save_for_backward(gradient)
        return loss

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * gradients[0], None, None, None


class _HeadLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, features: Tensor, kernel: Tensor, points: Tensor, known: Tensor, weights: LossWeights
    ) -> Tensor:
        stride = last_stride(kernel)
        shares = _shares(known)
        wanted = [bool(wants) for wants in ctx.needs_input_grad[:2]] + [False]
        losses, to_features, to_kernel = [], [], torch.zeros_like(kernel)
        at_once = FACES_AT_ONCE if features.device.type == "cpu" else len(features)
        for first in range(0, len(features), at_once):
            x, at, share = (part[first : first + at_once] for part in (features, points, shares))
            maps = functional.conv_transpose2d(x, kernel, stride=stride, padding=1)
            loss, gradient = _compared(maps, at, share, weights)
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
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None, None, None]:
        to_features, to_kernel = ctx.saved_tensors
        return (
            to_features * gradients[0] if ctx.needs_input_grad[0] else None,
            to_kernel * gradients[0] if ctx.needs_input_grad[1] else None,
            None,
            None,
            None,
        )


def _shares(known: Tensor) -> Tensor:
    """What each map counts in the mean over known landmarks: (B, L)."""
    return known / known.sum().clamp(min=1)


def _compared(heatmaps: Tensor, points: Tensor, shares: Tensor, weights: LossWeights) -> tuple[Tensor, Tensor]:
    """The loss and its gradient by ``heatmaps``, which are overwritten."""
    size = heatmaps.shape[2]
    located = _located(heatmaps, points, weights.coordinates * shares) if weights.coordinates else None
    weighted = targets(points, size, weights.sigma)
    error = heatmaps.sub_(weighted)
    each = shares * (weights.scale / (size * size))
    weighted.mul_(weights.foreground).add_(1).mul_(each[:, :, None, None]).mul_(error)
    loss = torch.dot(_flat(weighted), _flat(error))
    gradient = weighted.mul_(2)
    return (loss, gradient) if located is None else (loss + located[0], gradient.add_(located[1]))


def _located(heatmaps: Tensor, points: Tensor, shares: Tensor) -> tuple[Tensor, Tensor]:
    """The loss of the soft-argmax, a sum with ``shares`` (B, L), and its gradient by ``heatmaps``."""
    maps = heatmaps.permute(0, 2, 3, 1)  # as they lie in memory
    mass = (SHARPNESS * maps).flatten(1, 2).softmax(dim=1).view(maps.shape)
    grid = torch.arange(maps.shape[1], dtype=maps.dtype, device=maps.device)
    across, down = (torch.einsum("bpl,p->bl", mass.sum(dim=axis), grid) for axis in (1, 2))
    apart = torch.stack([across, down], dim=2) - points
    loss = (functional.smooth_l1_loss(apart, torch.zeros_like(apart), reduction="none").sum(dim=2) * shares).sum()
    # d softmax: a pixel's mass changes the mean place by how far the pixel lies from it.
    pull_x, pull_y = (SHARPNESS * shares[:, :, None] * apart.clamp(-1, 1)).unbind(dim=2)
    slope_x = pull_x[:, None] * (grid[:, None] - across[:, None])  # (B, W, L)
    slope_y = pull_y[:, None] * (grid[:, None] - down[:, None])  # (B, H, L)
    return loss, mass.mul_(slope_x[:, None] + slope_y[:, :, None]).permute(0, 3, 1, 2)


def _flat(maps: Tensor) -> Tensor:
    """All values in one row, without a copy when the channels are last in memory."""
    return maps.permute(0, 2, 3, 1).reshape(-1)
