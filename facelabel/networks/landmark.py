"""What training and prediction know of a landmark network, whichever system it is of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from torch import Tensor, nn


class Shape(Protocol):
    """What decides the tensors of a network, apart from the number of landmarks."""

    @property
    def system(self) -> str:
        """The name of the method: "scaf" or "fase"."""

    @property
    def input_size(self) -> int:
        """Side S of the faces, in pixels."""

    @property
    def heatmap_size(self) -> int:
        """Side H of the heatmaps, in pixels."""

    @property
    def embedding(self) -> int:
        """Length D of the vector that stands for a face."""

    def model_dump(self) -> dict[str, Any]:
        """Every value by name."""


def last_stride(kernel: Tensor) -> int:
    """The stride of a last layer with this kernel (C, L, k, k), whose padding is 1: 4 x 4 doubles the side, 3 x 3 keeps
    it."""
    return kernel.shape[-1] - 2


class LandmarkNetwork(nn.Module, ABC):
    """Faces to heatmaps and embeddings; the heatmaps are linear in ``features``, by the one layer ``last``."""

    PARTS: ClassVar[Mapping[str, tuple[str, ...]]]
    """The parts that pretrained weights may hold, each whole, and how the names of their tensors begin."""
    REQUIRED: ClassVar[frozenset[str]]
    """Those of ``PARTS`` without which weights are none."""
    LAST: ClassVar[str]
    """The name of the last layer, in front of ".weight"."""

    shape: Shape
    landmarks: int
    checkpointing = False
    """Whether layers are computed again when gradients are taken, instead of keeping what they made. Small systems
    keep it all the same."""

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) normalised to raw heatmaps (B, L, H, H), 1 = the landmark is here, and embeddings (B, D)."""
        x, embedding = self.features(images)
        return self.last(x), embedding

    @abstractmethod
    def normalise(self, pixels: Tensor) -> Tensor:
        """uint8 RGB (B, S, S, 3) to what the network takes: float32 (B, 3, S, S), channels last in memory."""

    @abstractmethod
    def features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) normalised to what ``last`` makes the heatmaps of, (B, C, h, h), and embeddings (B, D)."""

    @property
    @abstractmethod
    def last(self) -> nn.ConvTranspose2d:
        """The last layer, without a bias: a kernel (C, L, k, k), the stride ``last_stride`` of it, a padding of 1."""

    @property
    @abstractmethod
    def encoder(self) -> nn.Module:
        """What pretraining taught to see faces: trained with a rate of its own."""

    @property
    @abstractmethod
    def generator(self) -> nn.Module:
        """What pretraining taught to draw faces: trained with a rate of its own, or frozen."""
