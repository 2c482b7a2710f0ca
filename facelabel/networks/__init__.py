"""The landmark networks as plain modules: tensors in, tensors out."""

from typing import Annotated, Any, overload

import torch
from pydantic import Discriminator, Tag

from facelabel.networks.discriminators import LatentDiscriminator, PictureDiscriminator, StyleDiscriminator
from facelabel.networks.encoder import FeatureStyleEncoder
from facelabel.networks.fase import Fase, FaseShape
from facelabel.networks.landmark import LandmarkNetwork, Shape, last_stride
from facelabel.networks.scaf import Scaf, ScafShape, normalise
from facelabel.networks.stylegan import Generator

__all__ = [
    "Fase",
    "FaseShape",
    "FeatureStyleEncoder",
    "Generator",
    "LandmarkNetwork",
    "LatentDiscriminator",
    "NetworkShape",
    "PictureDiscriminator",
    "Scaf",
    "ScafShape",
    "Shape",
    "StyleDiscriminator",
    "create",
    "last_stride",
    "normalise",
]


def _system(shape: Any) -> Any:
    """Presets, cards and checkpoints of the time when there was one system do not name it."""
    return shape.get("system", "scaf") if isinstance(shape, dict) else getattr(shape, "system", None)


NetworkShape = Annotated[
    Annotated[ScafShape, Tag("scaf")] | Annotated[FaseShape, Tag("fase")],
    Discriminator(_system, custom_error_type="system", custom_error_message="system has to be 'scaf' or 'fase'"),
]
"""What decides the tensors of a network, of whichever system."""


@overload
def create(shape: ScafShape, landmarks: int) -> Scaf: ...


@overload
def create(shape: FaseShape, landmarks: int) -> Fase: ...


@overload
def create(shape: ScafShape | FaseShape, landmarks: int) -> LandmarkNetwork: ...


def create(shape: ScafShape | FaseShape, landmarks: int) -> LandmarkNetwork:
    """A fresh network for any number of landmarks, initialised from torch's global generator; channels last in
    memory."""
    network = Scaf(shape, landmarks) if isinstance(shape, ScafShape) else Fase(shape, landmarks)
    # The layout that convolutions are fastest in, on a CPU without exception; torch's type stubs forget the keyword.
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
