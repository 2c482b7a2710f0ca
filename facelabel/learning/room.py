"""Whether a training fits the machine, looked at before it begins: its memory, and its time on a processor."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from facelabel import costs
from facelabel.errors import FacelabelError
from facelabel.learning import presets
from facelabel.learning.presets import Preset

_SPARE = 0.9
"""The share of the free memory that a training may count on."""


@dataclass(frozen=True)
class Portion:
    """``faces`` of a batch whose gradients are taken at once; ``checkpointing``: layers are computed again for the
    gradient instead of being kept."""

    faces: int
    checkpointing: bool = False


def portion(preset: Preset, batch: int, device: torch.device, portions: int = 1) -> Portion:
    """What of a batch fits the memory of the device, in ``portions`` or more. Raises FacelabelError when not even
    one face does."""
    cost, room, most = costs.of(preset.name), _free(device), math.ceil(batch / portions)
    if preset.training.portion is not None:
        return Portion(min(most, preset.training.portion), preset.training.checkpointing)
    if cost is None or room is None:
        return Portion(most, preset.training.checkpointing)
    faces, checkpointing = cost.portion(most, _SPARE * room)
    if faces == 0:
        least = cost.training_bytes(1, checkpointing=True)
        where = "this GPU" if device.type == "cuda" else "this machine"
        raise FacelabelError(
            f"training '{preset.name}' needs {costs.gigabytes(least)} of memory at least; {where} has "
            f"{costs.gigabytes(room)} free",
            cure=f"use {smaller(preset)}, or close other programs",
        )
    return Portion(faces, checkpointing or preset.training.checkpointing)


def check_time(preset: Preset, steps: int, batch: int, device: torch.device, *, pretraining: bool = False) -> None:
    """Raises FacelabelError when a training, or a ``pretraining``, would take more than a day on a processor."""
    cost = costs.of(preset.name)
    if device.type != "cpu" or cost is None:
        return
    seconds = cost.training_seconds(steps, batch, torch.get_num_threads())
    if seconds > costs.PATIENCE:
        size = cost.pretraining_bytes(batch) if pretraining else cost.training_bytes(batch)
        cure = f"use {smaller(preset)}, or say --allow-slow (in a campaign: slow_training=allow)"
        if pretraining:
            cure = "name a smaller --preset, fewer --steps, or --minutes; or say --allow-slow"
        raise FacelabelError(
            f"{'pre' if pretraining else ''}training '{preset.name}' needs a GPU with about "
            f"{costs.gigabytes(size)}; this machine has 0, and its processor would take about "
            f"{costs.duration(seconds)}",
            cure=cure,
        )


def check_memory(preset: Preset, batch: int, device: torch.device) -> None:
    """Raises FacelabelError when a pretraining in batches of so many faces has no room."""
    cost, room = costs.of(preset.name), _free(device)
    if cost is None or room is None or cost.pretraining_bytes(batch) <= room:
        return
    fits = batch - 1
    while fits > 1 and cost.pretraining_bytes(fits) > room:
        fits -= 1
    where = "this GPU" if device.type == "cuda" else "this machine"
    raise FacelabelError(
        f"pretraining '{preset.name}' in batches of {batch} needs about "
        f"{costs.gigabytes(cost.pretraining_bytes(batch))} of memory; {where} has {costs.gigabytes(room)} free",
        cure=f"name --batch {fits}" if fits > 1 else "name a smaller --preset, or close other programs",
    )


def smaller(preset: Preset) -> str:
    """The tiny preset of the same system where it is offered, else SCAF's."""
    tiny = f"{preset.network.system}-tiny"
    return tiny if tiny in presets.names() else "scaf-tiny"


def _free(device: torch.device) -> float | None:
    if device.type == "cuda":
        return float(torch.cuda.mem_get_info(device)[0])
    return costs.free_memory() if device.type == "cpu" else None
