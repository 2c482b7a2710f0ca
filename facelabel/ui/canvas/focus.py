"""What the canvas is looked at for: one landmark group or all, and which landmarks are in doubt or not asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from facelabel.desk import picking
from facelabel.desk.session import EditSession
from facelabel.desk.upright import tilt
from facelabel.geometry import Box
from facelabel.ui.canvas.markers import Look

if TYPE_CHECKING:
    from facelabel.ui.canvas.widget import Canvas

_SHARE = 0.5
"""Share of the canvas that a landmark group fills: what lies about it tells where it belongs."""
_LEAST = 6
"""A group is shown no larger than a face of so many times its size would be."""
_MOST = 2 / 3
"""A group that is nearly the face is shown as large as the face is: its box fills three quarters of the canvas."""


class Focus:
    """The landmarks that are worked on; the others are faint, and the pointer passes them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._only: frozenset[int] = frozenset()

    def set_only(self, landmarks: Collection[int] = ()) -> None:
        """None named: all of them."""
        self._only = frozenset(landmarks)
        self._canvas.refresh()

    def order(self, size: int) -> list[int]:
        """The landmarks that keys step through."""
        return sorted(self._only) or list(range(size))

    def after(self, index: int, size: int) -> int | None:
        """The landmark that is placed after ``index``; None after the last."""
        return next((i for i in self.order(size) if i > index), None)

    def seen(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """``points`` (L, 2) without those that the pointer passes (NaN)."""
        if not self._only:
            return points
        inside = np.isin(np.arange(len(points)), list(self._only))
        return np.where(inside[:, None], points, np.nan)

    def told(self, session: EditSession, look: Look) -> dict[str, Any]:
        """What ``markers.paint_face`` is to show of doubts, and of what is nobody's business now."""
        faint = {i for i, mark in enumerate(session.marks) if mark.source == "predicted"}
        if self._only:
            faint |= set(range(session.scheme.size)) - self._only
        return {
            "doubtful": () if session.confidence is None else picking.doubtful(session),
            "faint": faint,
            "errors": session.expected_errors if look.errors else None,
        }

    def fit(self) -> None:
        """Show the landmarks that are worked on, with room about them; the whole face where all are."""
        canvas, session = self._canvas, self._canvas.session
        shape = None if session is None else session.shape[sorted(self._only)]
        if session is None or shape is None or not np.isfinite(shape).any():
            canvas.fit_face()
            return
        (low, high), box = (np.nanmin(shape, axis=0), np.nanmax(shape, axis=0)), session.box
        face = max(box.width, box.height)
        side = float(min(max(*(high - low), face / _LEAST), _MOST * face))
        x, y = (low + high) / 2
        leans = tilt(session.scheme, session.shape) if canvas.upright else 0.0
        canvas.fit(Box(float(x) - side / 2, float(y) - side / 2, side, side), _SHARE, -leans)
