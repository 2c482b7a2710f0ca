"""How a face leans, and how large it is once it stands upright: what the working view turns the picture by."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Affine, Box
from facelabel.schemes import Scheme
from facelabel.shapes.align import similarity

LEVEL = 5.0
"""Degrees up to which a face counts as upright: turning it would cost sharpness and gain nothing."""


def tilt(scheme: Scheme, shape: npt.NDArray[np.float64]) -> float:
    """Degrees, clockwise as seen, by which a shape (L, 2; absent = NaN) leans against the scheme's template; 0 within
    ``LEVEL``, or where two landmarks do not stand apart."""
    try:
        placed = similarity(scheme.template_shape * [scheme.template_aspect, 1.0], shape)
    except ValueError:
        return 0.0
    leans = math.degrees(math.atan2(placed.d, placed.a))
    return leans if abs(leans) > LEVEL else 0.0


def upright(box: Box, degrees: float, aspect: float) -> Box:
    """The box of a face about the same centre, once it leans no longer by ``degrees``.

    ``aspect`` is the width of such faces by their height. A face is taken for an ellipse that touches all sides of its
    box, so that it is as large on the screen however it leans in the photo; level or at a right angle, the box's own
    sides say it all.
    """
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    by_height, by_width = cos * cos, sin * sin
    return _about(
        box.centre,
        by_height * box.width / math.hypot(cos, sin / aspect) + by_width * box.height / math.hypot(cos / aspect, sin),
        by_height * box.height / math.hypot(cos, aspect * sin) + by_width * box.width / math.hypot(aspect * cos, sin),
    )


def leaning(upright_box: Box, turn: Affine) -> Box:
    """The image's box of a face that was framed in a turned view.

    ``upright_box`` is in the view's pixels, ``turn`` the similarity from there to the image. The face is again the
    ellipse in the frame, so that a view that is not turned, or by a right angle, gives the frame itself.
    """
    x, y = turn.apply(np.array(upright_box.centre))
    width = math.hypot(turn.a * upright_box.width, turn.b * upright_box.height)
    height = math.hypot(turn.d * upright_box.width, turn.e * upright_box.height)
    return _about((float(x), float(y)), width, height)


def _about(centre: tuple[float, float], width: float, height: float) -> Box:
    return Box(centre[0] - width / 2, centre[1] - height / 2, width, height)
