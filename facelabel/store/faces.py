"""The faces of a project: where they are and whether they still wait for a label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.geometry import Box, FloatArray
from facelabel.store.among import among
from facelabel.store.tables import Face

STATES = ("open", "labelled", "skipped", "rejected")


def add(
    s: Session,
    image_id: int,
    box: Box,
    *,
    source: str,
    score: float | None = None,
    points: Sequence[Sequence[float]] | FloatArray | None = None,
    origin: str | None = None,
) -> Face:
    """A new open face. ``source``: detector, labels, file or human; ``score`` and ``points`` (5, 2) are the detector's.

    ``origin`` names the label file and line it came from. Raises StoreError for a box that is empty or not finite.
    """
    _check(box)
    listed = None if points is None else np.asarray(points, dtype=np.float64).tolist()
    face = Face(
        image_id=image_id,
        **_columns(box),
        box_source=source,
        box_score=score,
        points=listed,
        state="open",
        source=origin,
    )
    s.add(face)
    s.flush()
    return face


def get(s: Session, face_id: int) -> Face:
    """Raises StoreError when there is none of that id."""
    face = s.get(Face, face_id)
    if face is None:
        raise StoreError(f"there is no face {face_id} in this project")
    return face


def of_image(s: Session, image_id: int) -> list[Face]:
    return list(s.scalars(select(Face).where(Face.image_id == image_id).order_by(Face.id)))


def box_of(face: Face) -> Box:
    return Box(face.left, face.top, face.width, face.height)


def set_box(s: Session, face_id: int, box: Box, source: str = "human") -> None:
    """Raises StoreError for a box that is empty or not finite, or a face that is not there."""
    _check(box)
    _change(s, face_id, {**_columns(box), "box_source": source})


def set_state(s: Session, face_id: int, state: str, reason: str | None = None, *, seconds: float | None = None) -> None:
    """``state``: one of STATES; ``reason`` says why it was skipped or rejected, ``seconds`` how long that took."""
    _change(s, face_id, {"state": state, "reason": reason, "seconds": seconds})


def set_states(
    s: Session, face_ids: Sequence[int], state: str, reason: str | None = None
) -> dict[int, tuple[str, str | None]]:
    """As ``set_state`` for many faces at once; state and reason of those that changed, as they were before.
    Faces that are in ``state`` already stay as they are."""
    chosen = Face.id.in_(among(face_ids))
    rows = s.execute(select(Face.id, Face.state, Face.reason).where(chosen, Face.state != state))
    before = {face_id: (was, why) for face_id, was, why in rows}
    s.execute(update(Face).where(Face.id.in_(among(before))).values(state=state, reason=reason, seconds=None))
    return before


def counts(s: Session) -> dict[str, int]:
    """How many faces are in each of STATES."""
    found = dict(s.execute(select(Face.state, func.count()).group_by(Face.state)).all())
    return {state: found.get(state, 0) for state in STATES}


def open_ids(s: Session) -> list[int]:
    """Ids of the open faces, ascending."""
    return list(s.scalars(select(Face.id).where(Face.state == "open").order_by(Face.id)))


def _change(s: Session, face_id: int, values: dict[str, Any]) -> None:
    changed = s.execute(update(Face).where(Face.id == face_id).values(values).returning(Face.id)).one_or_none()
    if changed is None:
        raise StoreError(f"there is no face {face_id} in this project")


def _columns(box: Box) -> dict[str, float]:
    return {"left": float(box.left), "top": float(box.top), "width": float(box.width), "height": float(box.height)}


def _check(box: Box) -> None:
    if not all(math.isfinite(value) for value in (box.left, box.top, box.width, box.height)):
        raise StoreError(f"a face box needs finite numbers, not {box}")
    if box.width <= 0 or box.height <= 0:
        raise StoreError(f"a face box needs an area, {box.width:g} x {box.height:g} has none")
