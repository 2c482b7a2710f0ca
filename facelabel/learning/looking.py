"""A network's look at crops: the heatmaps, of the face and of its mirror image, and the latent vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.losses import FACES_AT_ONCE
from facelabel.networks import last_stride


@dataclass(frozen=True)
class Heatmaps:
    """Of n faces: ``maps`` (n, L, H, H), raw, and ``looks`` (2, n, L, H / 2, H / 2), every second pixel of the two that
    they are the mean of: the face's own maps and, mirrored back, those of its mirror image; None where nobody asked."""

    maps: npt.NDArray[np.float32]
    looks: npt.NDArray[np.float32] | None


def heatmaps_of(
    model: TrainedModel, images: npt.NDArray[np.uint8], device: torch.device, *, looks: bool = False
) -> tuple[Iterator[Heatmaps], npt.NDArray[np.float32]]:
    """Heatmaps of uint8 RGB crops (B, S, S, 3), a few faces at a time, and latent vectors (B, D).

    With ``decoding.flip`` the maps are the mean of the face's and, mirrored back, those of its mirror image; then
    ``looks`` asks for both as well. ``model`` is on ``device``.
    """
    network = model.network
    with torch.inference_mode():
        pictures = network.normalise(torch.from_numpy(images).to(device))
        weight = network.last.weight
        if not model.preset.decoding.flip:
            features, latent = network.features(pictures)
            return _last_layer(features, weight, None), latent.cpu().numpy()
        both, latent = network.features(torch.cat([pictures, pictures.flip(3)]))
        # The last layer is linear: what it would make of both faces, mirrored back and averaged, it makes of both
        # faces' features at once, by a kernel that is mirrored and halved itself.
        features = torch.cat([both[: len(images)], both[len(images) :].flip(3)], dim=1)
        features = features.contiguous(memory_format=torch.channels_last)
        back = torch.from_numpy(model.scheme.flip_index).to(device)
        mirrored = weight[:, back].flip(3)
        kernel = torch.cat([weight, mirrored]) / 2
        return _last_layer(features, kernel, mirrored if looks else None), latent[: len(images)].cpu().numpy()


def _last_layer(features: Tensor, kernel: Tensor, mirrored: Tensor | None) -> Iterator[Heatmaps]:
    """The heatmaps in portions that are still in the processor's cache when they are looked at.

    ``mirrored`` is the kernel that alone makes the mirror image's maps, of the second half of the channels.
    """
    stride = last_stride(kernel)
    at_once = FACES_AT_ONCE if features.device.type == "cpu" else len(features)
    for first in range(0, len(features), at_once):
        rows = slice(first, first + at_once)
        with torch.inference_mode():
            maps = functional.conv_transpose2d(features[rows], kernel, stride=stride, padding=1).contiguous()
            looks = None
            if mirrored is not None:
                other = _even_pixels(features[rows, -len(mirrored) :], mirrored)
                looks = torch.stack([2 * maps[:, :, ::2, ::2] - other, other]).cpu().numpy()
            yield Heatmaps(maps.cpu().numpy(), looks)


def _even_pixels(features: Tensor, kernel: Tensor) -> Tensor:
    """Every second pixel of the maps that a last layer with this kernel makes: a plain convolution, of a kernel that
    doubles the side by its odd taps."""
    turned = kernel.flip(2, 3).transpose(0, 1)
    if last_stride(kernel) == 1:
        return functional.conv2d(features, turned, stride=2, padding=1)
    return functional.conv2d(features, turned[:, :, ::2, ::2], padding=1)[:, :, :-1, :-1]
