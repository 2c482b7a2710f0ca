"""Where names of landmarks are written over a photo: beside their points, and never over one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

_SIDES: tuple[tuple[float, float], ...] = (
    (1, 0),
    (-1, 0),
    (0, -1),
    (0, 1),
    (1, -1),
    (-1, -1),
    (1, 1),
    (-1, 1),
)
"""Directions in which a plate may lie of its point, the best first: on the right, where one reads on."""
_APART = 2.0
"""Pixels between two plates."""


def placed(points: Sequence[QPointF], sizes: Sequence[QSizeF], area: QRectF, reach: float) -> list[QRectF | None]:
    """A plate for each point, beside the ring of radius ``reach`` around it and inside ``area``; None where there is no
    room left beside those before it. Plates lie on no ring while there is another place for them."""
    rings = [QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach) for at in points]
    taken: list[QRectF] = []
    found: list[QRectF | None] = []
    for at, size in zip(points, sizes, strict=True):
        free = [
            plate
            for plate in (_beside(at, size, reach, side) for side in _SIDES)
            if area.contains(plate) and not any(plate.intersects(other) for other in taken)
        ]
        clear = [plate for plate in free if not any(plate.intersects(ring) for ring in rings)]
        chosen = next(iter([*clear, *free]), None)
        found.append(chosen)
        if chosen is not None:
            taken.append(chosen.adjusted(-_APART, -_APART, _APART, _APART))
    return found


def _beside(at: QPointF, size: QSizeF, reach: float, side: tuple[float, float]) -> QRectF:
    across, down = side
    gap = reach + 3 if not (across and down) else reach * 0.75
    return QRectF(
        at.x() + across * (gap + size.width() / 2) - size.width() / 2,
        at.y() + down * (gap + size.height() / 2) - size.height() / 2,
        size.width(),
        size.height(),
    )
