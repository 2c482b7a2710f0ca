"""The two critics of the adversarial auto-encoder (3FabRec, section 3.1). Both give logits: above 0 means real."""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

from facelabel.networks.blocks import initialise
from facelabel.networks.scaf import ScafShape


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
