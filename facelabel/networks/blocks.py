"""The building blocks of the auto-encoder networks. Names follow the public 3FabRec code, so that its snapshots load
as is.

Shapes in comments are (channels, height, width); a batch comes first everywhere.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn


class BasicBlock(nn.Module):
    """ResNet's basic block: (i, H, W) -> (o, H / stride, W / stride)."""

    def __init__(self, i: int, o: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(i, o, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(o)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or i != o:
            self.downsample = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        x = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(x)) + shortcut)


class InvertedBlock(nn.Module):
    """The basic block turned round: (i, H, W) -> (o, 2 H, 2 W)."""

    def __init__(self, i: int, o: int) -> None:
        super().__init__()
        self.conv1 = nn.ConvTranspose2d(i, o, 4, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(o)
        self.upsample = nn.Sequential(nn.ConvTranspose2d(i, o, 4, 2, 1, bias=False), nn.BatchNorm2d(o))

    def forward(self, x: Tensor) -> Tensor:
        shortcut = self.upsample(x)
        x = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(x)) + shortcut)


class Bottleneck(nn.Module):
    """The hierarchical, parallel and multi-scale block (Bulat and Tzimiropoulos 2017), c -> c channels, same size.

    Pre-activation; three 3x3 convolutions in a row whose outputs (c/2, c/4, c/4) are stacked and added to the input.
    """

    def __init__(self, c: int) -> None:
        super().__init__()
        half, quarter = c // 2, c // 4
        self.bn1 = nn.BatchNorm2d(c)
        self.conv1 = nn.Conv2d(c, half, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(half)
        self.conv2 = nn.Conv2d(half, quarter, 3, 1, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(quarter)
        self.conv3 = nn.Conv2d(quarter, c - half - quarter, 3, 1, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        a = self.conv1(torch.relu(self.bn1(x)))
        b = self.conv2(torch.relu(self.bn2(a)))
        c = self.conv3(torch.relu(self.bn3(b)))
        return torch.cat([a, b, c], dim=1) + x


def initialise(module: nn.Module) -> None:
    """He-normal convolutions with fan = kernel area x output channels, as in the reference code; batch norm to 1 and
    0."""
    for part in module.modules():
        if isinstance(part, nn.Conv2d | nn.ConvTranspose2d):
            fan = part.kernel_size[0] * part.kernel_size[1] * part.out_channels
            nn.init.normal_(part.weight, 0.0, math.sqrt(2.0 / fan))
