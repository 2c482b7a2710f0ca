"""The critics: two of the adversarial auto-encoder (3FabRec, section 3.1), and StyleGAN2's. All give logits: above 0
means real."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from facelabel.networks.blocks import initialise
from facelabel.networks.scaf import ScafShape
from facelabel.networks.stylegan import Channels, EqualLinear, activate

_GROUP = 4
"""Pictures of a batch that are looked at together for how much they differ."""


class LatentDiscriminator(nn.Module):
    """D_z: does a vector come from the unit normal distribution, or from the encoder?"""

    def __init__(self, latent: int, hidden: int = 1000) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *(nn.Linear(latent, hidden), nn.Dropout(0.2), nn.ReLU()),
            *(nn.Linear(hidden, hidden), nn.Dropout(0.2), nn.ReLU()),
            nn.Linear(hidden, 1),
        )

    def forward(self, z: Tensor) -> Tensor:
        """(B, latent) to (B,)."""
        out: Tensor = self.layers(z)
        return out[:, 0]


class PictureDiscriminator(nn.Module):
    """D: is a picture a photo, or drawn by the generator?"""

    def __init__(self, shape: ScafShape) -> None:
        super().__init__()
        c = shape.channels
        widths = [3, c(32), c(64), c(128), c(256), c(256)]
        layers: list[nn.Module] = []
        for number, (i, o) in enumerate(pairwise(widths)):
            layers += [
                nn.Conv2d(i, o, 4, 2, 1, bias=False),
                *([nn.BatchNorm2d(o)] if number else []),
                nn.LeakyReLU(0.2),
            ]
        self.layers = nn.Sequential(*layers, nn.Conv2d(widths[-1], 1, 4, 1, 0, bias=False))
        initialise(self)

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, 3, S, S), normalised, to (B,)."""
        out: Tensor = self.layers(pictures)
        return out.mean(dim=(1, 2, 3))


class StyleDiscriminator(nn.Module):
    """StyleGAN2's critic (Karras et al. 2020, section 4.1): residual blocks from ``size`` pixels down to 4, each
    halving the side, with ``channels`` at each; then how much the pictures of a batch differ, as one more channel."""

    def __init__(self, size: int, channels: Channels) -> None:
        super().__init__()
        sides = [size >> number for number in range(int(math.log2(size)) - 1)]
        self.begin = EqualConv(3, channels(size), 1)
        self.blocks = nn.ModuleList(_Shrinking(channels(side), channels(half)) for side, half in pairwise(sides))
        width = channels(4)
        self.conv = EqualConv(width + 1, width, 3)
        self.linear = nn.Sequential(EqualLinear(16 * width, width), _Activation(), EqualLinear(width, 1))

    def features(self, pictures: Tensor) -> list[Tensor]:
        """(B, 3, size, size), about -1 to 1, to what each block makes of them, from half the side down to 4."""
        x, found = activate(self.begin(pictures)), []
        for block in self.blocks:
            x = block(x)
            found.append(x)
        return found

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, 3, size, size), about -1 to 1, to (B,)."""
        x = self.features(pictures)[-1]
        x = activate(self.conv(torch.cat([x, _spread(x)], dim=1)))
        out: Tensor = self.linear(x.flatten(1))
        return out[:, 0]


class EqualConv(nn.Module):
    """A convolution whose kernel is stored larger than it works, as ``EqualLinear``'s; it keeps the side."""

    def __init__(self, i: int, o: int, side: int, *, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(o, i, side, side))
        self.bias = nn.Parameter(torch.zeros(o)) if bias else None
        self._gain = 1 / math.sqrt(i * side * side)

    def forward(self, x: Tensor) -> Tensor:
        return functional.conv2d(x, self.weight * self._gain, self.bias, padding=self.weight.shape[-1] // 2)


class _Shrinking(nn.Module):
    """A residual block that halves the side: (i, H, W) -> (o, H / 2, W / 2)."""

    def __init__(self, i: int, o: int) -> None:
        super().__init__()
        self.conv1 = EqualConv(i, i, 3)
        self.conv2 = EqualConv(i, o, 3)
        self.skip = EqualConv(i, o, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        # Halved before the second convolution, not by its stride after a blur: a quarter of the work, and no side
        # that aliases.
        y = functional.avg_pool2d(activate(self.conv1(x)), 2)
        out: Tensor = (activate(self.conv2(y)) + self.skip(functional.avg_pool2d(x, 2))) / math.sqrt(2)
        return out


class _Activation(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return activate(x)


def _spread(x: Tensor) -> Tensor:
    """The standard deviation over the pictures of a group, averaged over all features: (B, 1, H, W). A generator that
    always draws the same is given away by it."""
    faces, _, height, width = x.shape
    group = next(size for size in range(min(_GROUP, faces), 0, -1) if faces % size == 0)
    parts = x.float().view(group, -1, *x.shape[1:])
    spread = (parts.var(dim=0, correction=0) + 1e-8).sqrt().mean(dim=(1, 2, 3))
    return spread.repeat(group)[:, None, None, None].expand(-1, 1, height, width).to(x)
