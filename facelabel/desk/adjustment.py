"""Brightness, contrast and gamma of what is looked at; the file and what a model sees stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Knob = Literal["brightness", "contrast", "gamma"]

KNOBS: tuple[Knob, ...] = ("brightness", "contrast", "gamma")
MOST = 100


@dataclass(frozen=True)
class Adjustment:
    """Each from -``MOST`` to ``MOST``, 0 for the photo as it is.

    ``gamma`` lightens (above 0) or darkens the middle tones and keeps black and white.
    """

    brightness: int = 0
    contrast: int = 0
    gamma: int = 0

    def turned(self, knob: Knob, by: int) -> Adjustment:
        """One of them changed by so much, within its range."""
        return self.put(knob, getattr(self, knob) + by)

    def put(self, knob: Knob, value: int) -> Adjustment:
        return replace(self, **{knob: min(max(value, -MOST), MOST)})

    @property
    def exponent(self) -> float:
        """What middle tones are raised to: 4 at the darkest, a quarter at the lightest."""
        return float(4.0 ** (-self.gamma / MOST))

    def table(self) -> npt.NDArray[np.uint8]:
        """(256,): what each level of a channel becomes. It never falls: lighter stays lighter."""
        level: npt.NDArray[np.float64] = np.linspace(0.0, 1.0, 256) ** self.exponent
        # The slope goes from 0.1 to 10 about middle grey.
        level = (level - 0.5) * 10.0 ** (self.contrast / MOST) + 0.5 + self.brightness / MOST
        table: npt.NDArray[np.uint8] = np.rint(255 * level.clip(0.0, 1.0)).astype(np.uint8)
        return table
