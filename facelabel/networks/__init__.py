"""The landmark networks as plain modules: tensors in, tensors out."""

import torch

from facelabel.networks.discriminators import LatentDiscriminator, PictureDiscriminator
from facelabel.networks.scaf import Scaf, ScafShape, normalise

__all__ = ["LatentDiscriminator", "PictureDiscriminator", "Scaf", "ScafShape", "create", "normalise"]


def create(shape: ScafShape, landmarks: int) -> Scaf:
    """A fresh network for any number of landmarks, initialised from torch's global generator; channels last in
    memory."""
    network = Scaf(shape, landmarks)
    # The layout that convolutions are fastest in, on a CPU without exception; torch's type stubs forget the keyword.
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
