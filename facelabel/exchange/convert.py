"""From one scheme's landmarks to another's, where a subset map exists."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WFLW_TO_300W = (
    *range(0, 33, 2),
    *range(33, 38),
    *range(42, 47),
    *range(51, 60),
    *(60, 61, 63, 64, 65, 67),
    *(68, 69, 71, 72, 73, 75),
    *range(76, 96),
)
"""The landmark of WFLW's 98 that stands for each of 300-W's 68: the map that AdaptiveWingLoss and its descendants use.

The meaning is close, not identical: 300-W's eyelid points sit at thirds of the lid, WFLW's at quarters.
"""


def to_68(shape: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(98, 2) in WFLW's order to (68, 2) in 300-W's."""
    return shape[list(WFLW_TO_300W)]
