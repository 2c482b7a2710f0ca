"""What a run knows of an objective, whichever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from facelabel.learning.dataset import Batch
from facelabel.learning.presets import Preset

Pictures = npt.NDArray[np.uint8]


class Objective(ABC):
    """Learns from one step's batches after the other; all that it leaves is of averaged weights."""

    columns: Sequence[str]
    """The losses and measures that it tells of, some of them only now and then."""

    @abstractmethod
    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        """One update at ``rate`` times the learning rate, ``step`` from 1; the losses by name."""

    def measured(self, batches: Callable[[int], list[Batch]]) -> dict[str, float]:
        """What is worth measuring every thousand steps, by name; ``batches`` gives those of a step."""
        del batches
        return {}

    @abstractmethod
    def sheet(self, images: Pictures) -> list[Pictures]:
        """Rows of pictures (B, S, S, 3) for a person to look at; ``images`` are some faces, of that shape."""

    def settle(self, batches: Iterable[list[Batch]]) -> None:
        """Measure anew, after the last step, what the averaged weights alone do not say."""
        del batches

    @abstractmethod
    def tensors(self) -> dict[str, Tensor]:
        """The averaged weights by the names of the preset's network: whole parts of it, without the last layer."""

    def heads(self) -> dict[str, Tensor]:
        """The averaged last layer for each scheme, (C, L, k, k)."""
        return {}

    def leave(self, folder: Path) -> None:
        """Write what a later objective needs besides the weights, into their folder."""
        del folder

    @abstractmethod
    def _parts(self) -> dict[str, Any]:
        """All that has a state, by name."""

    def state(self) -> dict[str, Any]:
        return {name: part.state_dict() for name, part in self._parts().items()}

    def restore(self, state: dict[str, Any]) -> None:
        for name, part in self._parts().items():
            part.load_state_dict(state[name])


def shrunk(pictures: Tensor, side: int) -> Tensor:
    """(B, 3, S, S) to (B, 3, side, side), each pixel a mean."""
    return torch.nn.functional.avg_pool2d(pictures, pictures.shape[-1] // side)


def enlarged(pictures: Tensor, side: int) -> Tensor:
    """(B, 3, h, h) to (B, 3, side, side)."""
    return torch.nn.functional.interpolate(pictures, size=(side, side), mode="bilinear", antialias=True)


def shown(pictures: Tensor, preset: Preset) -> Pictures:
    """Pictures (B, 3, h, h) from -1 to 1 as uint8 (B, S, S, 3), S the preset's."""
    large = enlarged(pictures.detach().float().contiguous(), preset.network.input_size)
    out: Pictures = ((large + 1) * 127.5).clamp(0, 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    return out
