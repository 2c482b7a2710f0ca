"""Which landmark is meant: hit tests and the order in which landmarks are visited. Pure functions of arrays."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from facelabel.desk.session import EditSession
from facelabel.geometry import Box

Handle = Literal["top-left", "top", "top-right", "right", "bottom-right", "bottom", "bottom-left", "left", "inside"]


def nearest(shape: npt.NDArray[np.float64], point: tuple[float, float], radius: float = np.inf) -> int | None:
    """The landmark of ``shape`` (L, 2) nearest to ``point`` and at most ``radius`` away, same frame; absent ones
    never.

    Equally near ones go to the lowest index.
    """
    if len(shape) == 0:
        return None
    distance = np.hypot(shape[:, 0] - point[0], shape[:, 1] - point[1])
    distance = np.where(np.isnan(distance), np.inf, distance)
    best = int(distance.argmin())
    return best if distance[best] <= radius and np.isfinite(distance[best]) else None


def step(size: int, current: int | None, by: int) -> int:
    """The next (``by`` = 1) or previous (-1) landmark of ``size``, round and round; from none, the first or last."""
    if current is None:
        return 0 if by > 0 else size - 1
    return (current + by) % size


def doubtful(session: EditSession) -> list[int]:
    """Untouched landmarks that may well be wrong, at most a sixth of all; the largest expected gain first.

    Where nothing is expected of them: those among the sixth that the model is least sure of, the least sure first;
    without a prediction, every untouched landmark in order. Of a face that is asked for in part, all untouched ones
    that are asked for.
    """
    marks = session.marks
    expected = session.expectation if session.start.origin == "prediction" else None
    if any(mark.source == "predicted" for mark in marks):
        order = range(len(marks)) if expected is None else expected.by_gain
        return [i for i in order if marks[i].source == "accepted"]
    if expected is not None:
        present = [i for i in expected.worth_a_look if marks[i].present]
        return present[: -(-len(marks) // 6)]
    if session.confidence is None:
        return [i for i, mark in enumerate(marks) if not mark.by_hand]
    least = np.argsort(session.confidence, kind="stable")[: -(-len(marks) // 6)]
    return [int(i) for i in least if not marks[i].by_hand]


def next_doubtful(session: EditSession, current: int | None) -> int | None:
    """The doubtful landmark that follows ``current``, round and round; None when there is none."""
    order = doubtful(session)
    if not order:
        return None
    return order[(order.index(current) + 1) % len(order)] if current in order else order[0]


def box_handle(box: Box, point: tuple[float, float], reach: float) -> Handle | None:
    """The corner or side of ``box`` within ``reach`` of ``point``, else its inside, else None; corners first."""
    x, y = point
    if not (box.left - reach <= x <= box.right + reach and box.top - reach <= y <= box.bottom + reach):
        return None
    vertical = "top" if abs(y - box.top) <= reach else "bottom" if abs(y - box.bottom) <= reach else ""
    horizontal = "left" if abs(x - box.left) <= reach else "right" if abs(x - box.right) <= reach else ""
    return "-".join(part for part in (vertical, horizontal) if part) or "inside"  # type: ignore[return-value]


def dragged_box(box: Box, handle: Handle, dx: float, dy: float, smallest: float) -> Box:
    """``box`` with one corner, one side or the whole of it dragged by (dx, dy); sides never cross, nor come closer
    than ``smallest``."""
    if handle == "inside":
        return Box(box.left + dx, box.top + dy, box.width, box.height)
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if "left" in handle:
        left = min(left + dx, right - smallest)
    if "right" in handle:
        right = max(right + dx, left + smallest)
    if "top" in handle:
        top = min(top + dy, bottom - smallest)
    if "bottom" in handle:
        bottom = max(bottom + dy, top + smallest)
    return Box(left, top, right - left, bottom - top)


def box_between(first: tuple[float, float], second: tuple[float, float], width: int, height: int) -> Box | None:
    """The box between two opposite corners, cut to an image of ``width`` x ``height`` pixels; None if it is empty."""
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    left, top = max(left, -0.5), max(top, -0.5)
    right, bottom = min(right, width - 0.5), min(bottom, height - 0.5)
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None
