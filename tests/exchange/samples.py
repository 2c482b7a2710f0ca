"""Shapes to label with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from facelabel import schemes

Shape = npt.NDArray[np.float64]


def shape_in(scheme_id: str, left: float, top: float, side: float) -> Shape:
    """The scheme's template, put into a square."""
    template = schemes.load(scheme_id).template_shape
    low, high = template.min(axis=0), template.max(axis=0)
    unit = (template - low) / (high - low)
    return unit * side + (left, top)
