"""SCAF: skip-connected and transferred auto-encoder features for landmark heatmaps.

An auto-encoder (encoder Q, generator P) learns faces from pictures alone; interleaved transfer layers (ITL) turn the
generator's features into heatmaps (3FabRec, Browatzki and Wallraven 2020), and bottlenecks feed each of them what the
encoder saw at the same scale (SCAF, figure 2). Parameter names (``Q.*``, ``P.*``, ``LMH.*``) are those of the public
3FabRec snapshots; the bottlenecks are ``B.*``. Shapes in comments: width 1, input 256, then input 128 where it
differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from facelabel.networks.blocks import BasicBlock, Bottleneck, InvertedBlock, initialise
from facelabel.networks.landmark import LandmarkNetwork

MEAN = (0.518, 0.418, 0.361)
"""What is subtracted from RGB in [0, 1]; nothing is divided (the reference's standard deviation is 1)."""


class ScafShape(BaseModel):
    """What decides the tensors of a SCAF. ``width`` multiplies every channel count of the paper; ``head`` widens the
    last transfer layer, which all heatmaps share, to that many channels (None: as in the paper)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: Literal["scaf"] = "scaf"
    input_size: Literal[128, 256] = 256
    width: float = Field(default=1.0, gt=0, le=2)
    latent: int = Field(default=99, ge=1)
    head: int | None = Field(default=None, ge=1)

    @property
    def heatmap_size(self) -> int:
        return self.input_size // 2

    @property
    def embedding(self) -> int:
        return self.latent

    def channels(self, paper: int) -> int:
        return max(4, round(paper * self.width))


class Encoder(nn.Module):
    """Q, a ResNet-18 with one stage more (none more at 128): pictures to latent vectors."""

    def __init__(self, shape: ScafShape) -> None:
        super().__init__()
        c = shape.channels
        self.conv1 = nn.Conv2d(3, c(64), 7, 2, 3, bias=False)  # 64x128x128, 64x64x64
        self.bn1 = nn.BatchNorm2d(c(64))
        self.maxpool = nn.MaxPool2d(3, 2, 1)  # 64x64x64, 64x32x32
        self.layer0: nn.Module | None = None
        if shape.input_size == 256:
            self.layer0 = _stage(c(64), c(64), 1)  # 64x64x64
        self.layer1 = _stage(c(64), c(64), 2 if self.layer0 is not None else 1)  # 64x32x32
        self.layer2 = _stage(c(64), c(128), 2)  # 128x16x16
        self.layer3 = _stage(c(128), c(256), 2)  # 256x8x8
        self.layer4 = _stage(c(256), c(512), 2)  # 512x4x4
        self.fc = nn.Linear(c(512), shape.latent)

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(B, 3, S, S) to the latent (B, latent) and the features of layers 3, 2, 1 (and 0), coarse to fine."""
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        features = []
        for layer in (self.layer0, self.layer1, self.layer2, self.layer3):
            if layer is not None:
                x = layer(x)
                features.append(x)
        x = self.layer4(x)
        return self.fc(x.mean(dim=(2, 3))), features[::-1]


class Generator(nn.Module):
    """P, the inverted ResNet-18: latent vectors to pictures."""

    def __init__(self, shape: ScafShape) -> None:
        super().__init__()
        c = shape.channels
        self.fc = nn.Linear(shape.latent, c(512))
        self.conv1 = nn.ConvTranspose2d(c(512), c(512), 4, 1, 0, bias=False)  # 512x4x4
        self.bn1 = nn.BatchNorm2d(c(512))
        self.layer1 = nn.Sequential(InvertedBlock(c(512), c(256)))  # 256x8x8
        self.layer2 = nn.Sequential(InvertedBlock(c(256), c(128)))  # 128x16x16
        self.layer3 = nn.Sequential(InvertedBlock(c(128), c(64)))  # 64x32x32
        self.layer4 = nn.Sequential(InvertedBlock(c(64), c(64)))  # 64x64x64
        self.layer5: nn.Module | None = None
        if shape.input_size == 256:
            self.layer5 = nn.Sequential(InvertedBlock(c(64), c(64)))  # 64x128x128
        self.lin = nn.ConvTranspose2d(c(64), 3, 4, 2, 1, bias=False)  # 3x256x256, 3x128x128

    def begin(self, z: Tensor) -> Tensor:
        """The latent (B, latent) to the output of layer1, (B, 256, 8, 8): all that heatmaps need of the first pass."""
        x = self.fc(z)[:, :, None, None]
        out: Tensor = self.layer1(torch.relu(self.bn1(self.conv1(x))))
        return out

    def forward(self, z: Tensor) -> Tensor:
        """The latent (B, latent) to a normalised picture (B, 3, S, S): RGB in [0, 1] minus ``MEAN``, by tanh."""
        x = self.begin(z)
        for layer in (self.layer2, self.layer3, self.layer4, self.layer5):
            if layer is not None:
                x = layer(x)
        return torch.tanh(self.lin(x))


class LandmarkHead(nn.Module):
    """The interleaved transfer layers t1, t2, ... and ``lin``, which ends in one heatmap a landmark. All linear."""

    def __init__(self, shape: ScafShape, landmarks: int) -> None:
        super().__init__()
        widths = head_widths(shape)
        last = shape.head or widths[-1]
        for number, width in enumerate(widths, start=1):
            out = last if number == len(widths) else width
            self.add_module(f"t{number}", nn.Conv2d(width, out, 3, 1, 1, bias=False))
        self.lin = nn.ConvTranspose2d(last, landmarks, 4, 2, 1, bias=False)


class Scaf(LandmarkNetwork):
    """The whole system. The embedding is the latent vector."""

    PARTS: ClassVar[Mapping[str, tuple[str, ...]]] = {"Q": ("Q.",), "P": ("P.",), "B": ("B.",), "LMH.t": ("LMH.t",)}
    REQUIRED = frozenset({"Q", "P"})
    LAST = "LMH.lin"

    def __init__(self, shape: ScafShape, landmarks: int) -> None:
        super().__init__()
        self.shape: ScafShape = shape
        self.landmarks = landmarks
        self.Q = Encoder(shape)
        self.P = Generator(shape)
        self.B = nn.ModuleList(Bottleneck(width) for width in head_widths(shape))
        self.LMH = LandmarkHead(shape, landmarks)
        initialise(self)
        # Heatmaps are nearly zero everywhere: He's spread in the last layer starts the loss at hundreds.
        nn.init.normal_(self.LMH.lin.weight, 0.0, 0.01)

    def normalise(self, pixels: Tensor) -> Tensor:
        return normalise(pixels)

    @property
    def last(self) -> nn.ConvTranspose2d:
        return self.LMH.lin

    @property
    def encoder(self) -> nn.Module:
        return self.Q

    @property
    def generator(self) -> nn.Module:
        return self.P

    def features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """What ``LMH.lin`` makes the heatmaps of, (B, head, S / 4, S / 4), and the latent (B, latent).

        The generator is run to the end of layer1 only; its stages 2, 3 (and 4) then work on the transferred features.
        """
        z, features = self.Q(images)
        x = self.P.begin(z)
        for number, (bottleneck, feature) in enumerate(zip(self.B, features, strict=True), start=1):
            if number > 1:
                x = self.P.get_submodule(f"layer{number}")(x)
            x = self.LMH.get_submodule(f"t{number}")(x + bottleneck(feature))
        return x, z

    def reconstruct(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) normalised to the auto-encoder's picture of them, same shape, and the latent (B, latent)."""
        z, _ = self.Q(images)
        return self.P(z), z


def head_widths(shape: ScafShape) -> list[int]:
    """Channels of the features that the transfer layers work on, coarse to fine: four of them at 256, three at 128."""
    paper = [256, 128, 64, 64] if shape.input_size == 256 else [256, 128, 64]
    return [shape.channels(width) for width in paper]


def normalise(pixels: Tensor) -> Tensor:
    """uint8 RGB (B, S, S, 3) to what the network takes: float32 (B, 3, S, S), channels last in memory."""
    mean = torch.tensor(MEAN, device=pixels.device)
    return (pixels.float() / 255 - mean).permute(0, 3, 1, 2)


def _stage(i: int, o: int, stride: int) -> nn.Module:
    return nn.Sequential(BasicBlock(i, o, stride), BasicBlock(o, o))
