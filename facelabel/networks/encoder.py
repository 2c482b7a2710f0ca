"""The Feature-Style encoder (Yao et al. 2022): faces to a feature map f and latent vectors for StyleGAN2.

Its trunk is ArcFace's iresnet50 without the last pooling. Written from a description; parameter names are those of the
public files (``conv.*``, ``block_<k>.*``, ``content_layer.*``, ``styles.<i>.*``). Shapes in comments: 256 pixel faces
at full width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from facelabel.networks.blocks import initialise

POOLED = 3
"""Side of the grid that each stage's features are averaged into for the styles."""


class Pointwise(nn.Conv2d):
    """A 1x1 convolution of every ``stride``-th pixel, without a bias."""

    def __init__(self, i: int, o: int, stride: int) -> None:
        super().__init__(i, o, 1, bias=False)
        self._every = stride

    def forward(self, x: Tensor) -> Tensor:
        # Not as a stride: of less than 16 channels in the layout of this network, torch 2.13's gradient of a strided
        # 1x1 convolution writes outside of its memory and ends the process (CPU, 64 pixels and more).
        return super().forward(x[:, :, :: self._every, :: self._every])


class IBlock(nn.Module):
    """iresnet's block: (i, H, W) -> (o, H / stride, W / stride), nothing after the sum."""

    def __init__(self, i: int, o: int, stride: int = 1) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(i)
        self.conv1 = nn.Conv2d(i, o, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(o)
        self.prelu = nn.PReLU(o)
        self.conv2 = nn.Conv2d(o, o, 3, stride, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(o)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or i != o:
            self.downsample = nn.Sequential(Pointwise(i, o, stride), nn.BatchNorm2d(o))

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        x = self.prelu(self.bn2(self.conv1(self.bn1(x))))
        out: Tensor = self.bn3(self.conv2(x)) + shortcut
        return out


class FeatureStyleEncoder(nn.Module):
    """``widths`` and ``blocks`` are those of the four stages; ``numbers`` says which latent vectors are made."""

    def __init__(self, widths: Sequence[int], blocks: Sequence[int], style: int, numbers: Iterable[int]) -> None:
        super().__init__()
        first, _, third, fourth = widths
        self.conv = nn.Sequential(
            nn.Conv2d(3, first, 3, 1, 1, bias=False), nn.BatchNorm2d(first), nn.PReLU(first)
        )  # 64x256x256
        self.block_1 = _stage(first, first, blocks[0])  # 64x128x128
        self.block_2 = _stage(first, widths[1], blocks[1])  # 128x64x64
        self.block_3 = _stage(widths[1], third, blocks[2])  # 256x32x32
        self.block_4 = _stage(third, fourth, blocks[3])  # 512x16x16
        self.content_layer = nn.Sequential(
            nn.BatchNorm2d(third),
            nn.Conv2d(third, fourth, 3, 1, 1, bias=False),
            nn.BatchNorm2d(fourth),
            nn.PReLU(fourth),
            nn.Conv2d(fourth, fourth, 3, 2, 1, bias=False),
            nn.BatchNorm2d(fourth),
        )  # 512x16x16
        pooled = POOLED * POOLED * sum(widths)
        self.styles = nn.ModuleDict({str(number): nn.Linear(pooled, style) for number in numbers})
        initialise(self)

    def forward(self, images: Tensor, *, keep: bool = True) -> tuple[Tensor, Tensor, Tensor]:
        """(B, 3, S, S) normalised to f (B, 512, S / 16, S / 16), the latent vectors (B, n, d) as differences from the
        generator's mean, and the last stage's features averaged over the picture, (B, 512). Without ``keep`` a stage is
        computed again for its gradient."""
        x = images
        stages = []
        for block in (nn.Sequential(self.conv, self.block_1), self.block_2, self.block_3, self.block_4):
            x = block(x) if keep else checkpoint(block, x, use_reentrant=False)
            stages.append(x)
        pooled = torch.cat([functional.adaptive_avg_pool2d(stage, POOLED) for stage in stages], dim=1).flatten(1)
        latents = torch.stack([style(pooled) for style in self.styles.values()], dim=1)
        return self.content_layer(stages[2]), latents, x.mean(dim=(2, 3))


def _stage(i: int, o: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(IBlock(i, o, 2), *(IBlock(o, o) for _ in range(blocks - 1)))
