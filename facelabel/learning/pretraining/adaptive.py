"""Adaptive discriminator augmentation (Karras et al. 2020, "Training generative adversarial networks with limited
data"): the critic sees real and drawn pictures alike only varied, the more of them the surer it is of the real ones.

Each kind of change is made with the same probability, so that at less than 1 the generator cannot mistake a variation
for how faces are. The changes are the paper's "geometry" and "colour" groups.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from facelabel.geometry import Affine

TARGET, EVERY = 0.6, 4
"""The wanted share of real pictures that the critic is sure of beyond those that it doubts (the paper's r_t), and the
steps between two looks at it."""
PICTURES = 100_000
"""From no to full augmentation in so many pictures; the paper has 500,000 in runs of many millions."""
_GREY = np.ones(3) / math.sqrt(3)

Matrix = npt.NDArray[np.float64]


class Adaptive:
    """``probability`` of each change, moved by what the critic says of real pictures."""

    def __init__(self) -> None:
        self.probability = 0.0
        self._signs: list[float] = []

    def hear(self, logits: Tensor) -> None:
        """What the critic says of one step's real pictures, (B,)."""
        self._signs.append(float(logits.detach().sign().mean()))
        if len(self._signs) == EVERY:
            sure = float(np.mean(self._signs))
            moved = self.probability + math.copysign(EVERY * len(logits) / PICTURES, sure - TARGET)
            self.probability, self._signs = min(1.0, max(0.0, moved)), []

    def state_dict(self) -> dict[str, Any]:
        return {"probability": self.probability, "signs": self._signs}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.probability, self._signs = float(state["probability"]), list(state["signs"])


def varied(pictures: Tensor, probability: float, rng: np.random.Generator) -> Tensor:
    """(B, 3, H, H) about -1 to 1, each varied by itself; gradients pass through."""
    if probability <= 0:
        return pictures
    faces = len(pictures)
    places = torch.from_numpy(np.stack([geometry(probability, rng).matrix[:2] for _ in range(faces)])).to(pictures)
    grid = functional.affine_grid(places, list(pictures.shape), align_corners=False)
    moved = functional.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)
    matrices = torch.from_numpy(np.stack([colours(probability, rng) for _ in range(faces)])).to(pictures)
    return torch.einsum("bij,bjhw->bihw", matrices[:, :3, :3], moved) + matrices[:, :3, 3, None, None]


def geometry(probability: float, rng: np.random.Generator) -> Affine:
    """From places in the varied picture to places in the given one, both in squares from -1 to 1."""

    def chosen() -> bool:
        return bool(rng.random() < probability)

    place = Affine.translation(0, 0)
    if chosen() and rng.random() < 0.5:
        place = place @ Affine.scaling(-1, 1)
    if chosen():
        place = place @ Affine.rotation(90 * int(rng.integers(4)))
    if chosen():
        place = place @ Affine.translation(*rng.uniform(-0.25, 0.25, 2))
    if chosen():
        place = place @ Affine.scaling(2 ** rng.normal(0, 0.2))
    # Half of the turns before the uneven scaling and half after it; together as probable as any other change.
    turns = 1 - math.sqrt(1 - probability)
    if rng.random() < turns:
        place = place @ Affine.rotation(rng.uniform(-180, 180))
    if chosen():
        factor = 2 ** rng.normal(0, 0.2)
        place = place @ Affine.scaling(factor, 1 / factor)
    if rng.random() < turns:
        place = place @ Affine.rotation(rng.uniform(-180, 180))
    if chosen():
        place = place @ Affine.translation(*rng.normal(0, 0.25, 2))
    return place


def colours(probability: float, rng: np.random.Generator) -> Matrix:
    """A change of brightness, contrast, luma, hue and saturation as one matrix (4, 4) for (r, g, b, 1)."""

    def chosen() -> bool:
        return bool(rng.random() < probability)

    def linear(three: Matrix) -> Matrix:
        whole = np.eye(4)
        whole[:3, :3] = three
        return whole

    along = np.outer(_GREY, _GREY)
    change = np.eye(4)
    if chosen():
        shift = np.eye(4)
        shift[:3, 3] = rng.normal(0, 0.2)
        change = shift @ change
    if chosen():
        change = linear(np.eye(3) * 2 ** rng.normal(0, 0.5)) @ change
    if chosen() and rng.random() < 0.5:
        change = linear(np.eye(3) - 2 * along) @ change
    if chosen():
        change = linear(_about_grey(rng.uniform(-math.pi, math.pi))) @ change
    if chosen():
        change = linear(along + (np.eye(3) - along) * 2 ** rng.normal(0, 1)) @ change
    return change


def _about_grey(angle: float) -> Matrix:
    """The rotation by ``angle`` about the axis of greys (Rodrigues)."""
    x, y, z = _GREY
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    out: Matrix = np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    return out
