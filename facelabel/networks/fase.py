"""FASE: face alignment using StyleGAN embeddings (Dornier et al. 2022).

The Feature-Style encoder E turns a face into a feature map f and latent vectors; f takes the place of what goes into
the generator's layer at a sixteenth of the face's side, and the latent vectors modulate the six layers from there to
half the side. Interleaved transfer layers (ITL) after the last of them turn their features into one heatmap a landmark.
Only what reaches the heatmaps is here: no other latent vectors, no other layers of the generator. Shapes in comments:
256 pixel faces, width 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from facelabel.networks.encoder import FeatureStyleEncoder
from facelabel.networks.landmark import LandmarkNetwork
from facelabel.networks.stylegan import Synthesis, side_of

LAYERS = 6
"""Layers of the generator between f and the heatmaps: two for each doubling of the side."""


class FaseShape(BaseModel):
    """What decides the tensors of a FASE. ``width`` multiplies every channel count of the paper, the latent vectors'
    length too; ``blocks`` are the encoder's, by stage; ``transfer_layers`` counts the ITLs, the last one makes the
    heatmaps (section 4.5: 5)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: Literal["fase"] = "fase"
    input_size: Literal[128, 256] = 256
    width: float = Field(default=1.0, ge=1 / 16, le=2)
    blocks: tuple[int, int, int, int] = (3, 4, 14, 3)
    transfer_layers: int = Field(default=5, ge=1, le=LAYERS)

    @property
    def heatmap_size(self) -> int:
        return self.input_size // 2

    @property
    def embedding(self) -> int:
        return self.style

    @property
    def style(self) -> int:
        """Length of a latent vector."""
        return round(512 * self.width)

    @property
    def widths(self) -> tuple[int, int, int, int]:
        """The encoder's channels, by stage."""
        a, b, c, d = (round(paper * self.width) for paper in (64, 128, 256, 512))
        return a, b, c, d

    def channels(self, side: int) -> int:
        """The generator's, where its features have that side: 512 up to a quarter of the face, then half as many for
        each doubling."""
        return round(min(512, 128 * self.input_size // side) * self.width)

    @property
    def layers(self) -> range:
        """The numbers of the generator's layers ``convs.<i>`` that heatmaps come from: 4 to 9 at 256 pixels."""
        first = 2 * int(math.log2(self.input_size // 64))
        return range(first, first + LAYERS)


class TransferLayers(nn.Module):
    """The ITLs, 3x3, by the number of the layer they follow, and ``lin``, the last. All linear."""

    def __init__(self, shape: FaseShape, landmarks: int) -> None:
        super().__init__()
        *before, last = shape.layers[-shape.transfer_layers :]
        for number in before:
            c = shape.channels(side_of(number))
            self.add_module(str(number), nn.Conv2d(c, c, 3, 1, 1))
        # A convolution with its kernel turned round: the form of last layer that all networks share.
        self.lin = nn.ConvTranspose2d(shape.channels(side_of(last)), landmarks, 3, 1, 1, bias=False)
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.normal_(layer.weight, 0.0, 1 / math.sqrt(9 * layer.in_channels))
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        # Heatmaps are nearly zero everywhere: features of spread 1 shall not start the loss far above.
        nn.init.normal_(self.lin.weight, 0.0, 0.1 / math.sqrt(9 * self.lin.in_channels))


class Fase(LandmarkNetwork):
    """The whole system. The embedding is the encoder's last stage averaged over the face."""

    PARTS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "E.trunk": ("E.conv.", "E.block_"),
        "E.content_layer": ("E.content_layer.",),
        "E.styles": ("E.styles.",),
        "G": ("G.", "latent_avg"),
        "ITL": tuple(f"ITL.{number}." for number in range(10)),
    }
    REQUIRED = frozenset({"G"})
    LAST = "ITL.lin"

    def __init__(self, shape: FaseShape, landmarks: int) -> None:
        super().__init__()
        self.shape: FaseShape = shape
        self.landmarks = landmarks
        numbers = [number + 1 for number in shape.layers]
        self.E = FeatureStyleEncoder(shape.widths, shape.blocks, shape.style, numbers)
        self.G = Synthesis(shape.layers, shape.style, shape.channels)
        self.ITL = TransferLayers(shape, landmarks)
        self.register_buffer("latent_avg", torch.zeros(LAYERS, shape.style))

    def normalise(self, pixels: Tensor) -> Tensor:
        """uint8 RGB (B, S, S, 3) to float32 (B, 3, S, S) from -1 to 1, channels last in memory."""
        return (pixels.float() / 127.5 - 1).permute(0, 3, 1, 2)

    def features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) normalised to what the last ITL makes the heatmaps of, (B, 256, S / 2, S / 2), and the
        embedding (B, 512)."""
        keep = not (self.checkpointing and torch.is_grad_enabled())
        # Batch norm that learns would count what is computed twice: such an encoder is kept whole.
        x, latents, embedding = self.E(images, keep=keep or self.E.training)
        latents = latents + self.get_buffer("latent_avg")
        for index, number in enumerate(self.shape.layers):
            step = partial(self._layer, number)
            x = step(x, latents[:, index]) if keep else checkpoint(step, x, latents[:, index], use_reentrant=False)
        return x, embedding

    def _layer(self, number: int, x: Tensor, latent: Tensor) -> Tensor:
        """A layer of the generator and the transfer layer after it, if any."""
        x = self.G.layer(number, x, latent)
        transfer = dict(self.ITL.named_children()).get(str(number))
        return x if transfer is None else transfer(x)

    @property
    def last(self) -> nn.ConvTranspose2d:
        return self.ITL.lin

    @property
    def encoder(self) -> nn.Module:
        return self.E

    @property
    def generator(self) -> nn.Module:
        return self.G
