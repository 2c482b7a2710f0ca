"""The landmark networks as plain modules: tensors in, tensors out."""

from facelabel.networks.scaf import Scaf, ScafShape, normalise

__all__ = ["Scaf", "ScafShape", "create", "normalise"]


def create(shape: ScafShape, landmarks: int) -> Scaf:
    """A fresh network for any number of landmarks, initialised from torch's global generator."""
    return Scaf(shape, landmarks)
