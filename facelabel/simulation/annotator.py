"""The simulated annotator: labels from the truth with a hand's noise, and what each of them costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.shapes.place import place_template
from facelabel.simulation.plan import Effort
from facelabel.simulation.sets import Sets

Floats = npt.NDArray[np.float64]
_NOISE = 7
"""Keeps the draws of the hand apart from those of faces."""


class Annotator:
    """Knows the pool's truth. The same seed gives a face the same label, whoever asks for it and when."""

    def __init__(self, sets: Sets, effort: Effort, noise: float, seed: int) -> None:
        self._sets, self._effort, self._noise, self._seed = sets, effort, noise, seed

    def label(self, face: int) -> Floats:
        """(L, 2) in image pixels, absent = NaN: the truth, each coordinate off by the noise times the face's size."""
        truth = self._sets.pool[face].shape
        if self._noise == 0:
            return truth
        rng = np.random.default_rng([self._seed, _NOISE, face])
        return truth + rng.normal(0.0, self._noise * self._sets.pool_sizes[face], truth.shape)

    def corrections(self, face: int, shown: npt.NDArray[np.floating[Any]] | None) -> int:
        """Landmarks of the prediction ``shown`` (L, 2) that lie farther from the label than the tolerance.

        Without one, or without a finite point in it, the window shows the scheme's template in the face's box.
        """
        if shown is None or not np.isfinite(shown).any():
            box = self._sets.pool[face].box
            assert box is not None
            shown = place_template(self._sets.scheme, box)
        off = np.linalg.norm(self.label(face) - shown, axis=1)
        present = ~np.isnan(off)
        return int((off[present] > self._effort.tolerance * self._sets.pool_sizes[face]).sum())

    def seconds(self, corrections: Sequence[int]) -> float:
        """Of faces with so many corrections each, together."""
        return self._effort.face * len(corrections) + self._effort.correction * sum(corrections)

    def expected_seconds(self, ranks: Floats, known_ranks: Sequence[float], known: Sequence[int]) -> Floats:
        """What faces at these ``ranks`` (N,) of uncertainty, 0 to 1, will take: a line through the ``known``
        corrections of labelled faces at ``known_ranks``, or their mean where they are few."""
        x, y = np.asarray(known_ranks, dtype=np.float64), np.asarray(known, dtype=np.float64)
        slope, level = 0.0, float(y.mean()) if len(y) else 0.0
        if len(y) >= _FEWEST and np.ptp(x) > 0:
            slope, level = np.polyfit(x, y, 1)
        expected = np.clip(level + slope * ranks, 0, self._sets.scheme.size)
        return self._effort.face + self._effort.correction * expected


_FEWEST = 8
