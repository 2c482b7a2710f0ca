"""A snapshot in the layout that 3FabRec's authors published, made up here: 288 entries of random numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

Sizes = Iterator[tuple[str, tuple[int, ...]]]


def norm(name: str, c: int) -> Sizes:
    for part in ("weight", "bias", "running_mean", "running_var"):
        yield f"{name}.{part}", (c,)
    yield f"{name}.num_batches_tracked", ()


def layout(landmarks: int) -> Sizes:
    """The names and shapes of a snapshot's state dict (models.md, section 1.9)."""
    yield "Q.conv1.weight", (64, 3, 7, 7)
    yield from norm("Q.bn1", 64)
    for level, (i, o) in enumerate([(64, 64), (64, 64), (64, 128), (128, 256), (256, 512)]):
        for block in (0, 1):
            name = f"Q.layer{level}.{block}"
            yield f"{name}.conv1.weight", (o, o if block else i, 3, 3)
            yield f"{name}.conv2.weight", (o, o, 3, 3)
            yield from norm(f"{name}.bn1", o)
            yield from norm(f"{name}.bn2", o)
        if level:
            yield f"Q.layer{level}.0.downsample.0.weight", (o, i, 1, 1)
            yield from norm(f"Q.layer{level}.0.downsample.1", o)
    yield from [("Q.fc.weight", (99, 512)), ("Q.fc.bias", (99,)), ("P.fc.weight", (512, 99)), ("P.fc.bias", (512,))]
    yield "P.conv1.weight", (512, 512, 4, 4)
    yield from norm("P.bn1", 512)
    for level, (i, o) in enumerate([(512, 256), (256, 128), (128, 64), (64, 64), (64, 64)], start=1):
        name = f"P.layer{level}.0"
        yield f"{name}.conv1.weight", (i, o, 4, 4)
        yield f"{name}.conv2.weight", (o, o, 3, 3)
        yield f"{name}.upsample.0.weight", (i, o, 4, 4)
        for part in ("bn1", "bn2", "upsample.1"):
            yield from norm(f"{name}.{part}", o)
    yield "P.lin.weight", (64, 3, 4, 4)
    for number, size in enumerate([(1000, 99), (1000, 1000), (1, 1000)], start=1):
        yield f"D_z.lin{number}.weight", size
        yield f"D_z.lin{number}.bias", size[:1]
    for number, (i, o) in zip((0, 2, 5, 8, 11), [(3, 32), (32, 64), (64, 128), (128, 256), (256, 256)], strict=True):
        yield f"D.main.{number}.weight", (o, i, 4, 4)
        if number:
            yield from norm(f"D.main.{number + 1}", o)
    yield "D.main.14.weight", (1, 256, 4, 4)
    yield "LMH.lin.weight", (64, landmarks, 4, 4)
    for number, c in enumerate((256, 128, 64, 64), start=1):
        yield f"LMH.t{number}.weight", (c, c, 3, 3)


def random_state(landmarks: int = 98) -> dict[str, Tensor]:
    """Numbers that keep the activations of a network in bounds."""
    chance = torch.Generator().manual_seed(5)

    def numbers(name: str, shape: tuple[int, ...]) -> Tensor:
        if not shape:
            return torch.tensor(7)
        drawn = torch.randn(shape, generator=chance)
        if len(shape) > 1:
            return drawn / math.sqrt(drawn[0].numel())
        return 1 + drawn.abs() / 4 if name.endswith(("weight", "running_var")) else drawn / 10

    return {name: numbers(name, shape) for name, shape in layout(landmarks)}


def published(state: Mapping[str, Tensor], **changes: object) -> dict[str, Any]:
    """What the authors saved around a state dict."""
    return {"arch": "Fabrec", "z_dim": 99, "input_size": 256, "state_dict": dict(state)} | changes
