"""Faces that are labelled once more, blindly: to see how far people agree, or how near one comes to a known answer.

They stand beside the labels, never among them: what counts for a face stays its newest revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store.among import among
from facelabel.store.labels import LabelRecord
from facelabel.store.tables import SecondLabel, now

SecondKind = Literal["repeated", "gold"]


def ask(s: Session, face_id: int, kind: SecondKind, *, first_id: int, round_id: int | None, rank: int) -> SecondLabel:
    """Ask for the face once more, beside the batch item of that ``rank``; ``first_id`` is the revision that the answer
    is compared with. Raises StoreError when the face is asked for already."""
    if waiting(s, face_id) is not None:
        raise StoreError(f"face {face_id} waits for a second label already")
    made = SecondLabel(face_id=face_id, kind=kind, first_id=first_id, round_id=round_id, rank=rank)
    s.add(made)
    s.flush()
    return made


def get(s: Session, second_id: int) -> SecondLabel:
    """Raises StoreError when there is none of that id."""
    found = s.get(SecondLabel, second_id)
    if found is None:
        raise StoreError(f"there is no second label {second_id} in this project")
    return found


def waiting(s: Session, face_id: int) -> SecondLabel | None:
    """What the face is asked for once more, while nobody has answered."""
    open_ones = select(SecondLabel).where(SecondLabel.face_id == face_id, SecondLabel.state == "open")
    return s.scalars(open_ones.order_by(SecondLabel.id).limit(1)).one_or_none()


def answered(s: Session, kind: SecondKind | None = None, face_ids: Iterable[int] | None = None) -> list[SecondLabel]:
    """Those that somebody labelled, oldest first."""
    done = select(SecondLabel).where(SecondLabel.state == "done")
    if kind is not None:
        done = done.where(SecondLabel.kind == kind)
    if face_ids is not None:
        done = done.where(SecondLabel.face_id.in_(among(face_ids)))
    return list(s.scalars(done.order_by(SecondLabel.answered_at, SecondLabel.id)))


def of_face(s: Session, face_id: int) -> list[SecondLabel]:
    """Oldest first, whatever became of them."""
    return list(s.scalars(select(SecondLabel).where(SecondLabel.face_id == face_id).order_by(SecondLabel.id)))


def answer(s: Session, second_id: int, record: LabelRecord, *, author: str, seconds: float | None) -> SecondLabel:
    """Somebody has labelled it; its draft is gone. The face and its label stay as they are."""
    found = get(s, second_id)
    found.record = to_content(record)
    return _close(s, found, "done", author, seconds, None)


def decline(
    s: Session,
    second_id: int,
    state: Literal["skipped", "rejected"],
    *,
    author: str,
    reason: str | None = None,
    seconds: float | None = None,
) -> SecondLabel:
    """Nobody is asked again; of a rejected one ``reason`` says why, as a second opinion."""
    return _close(s, get(s, second_id), state, author, seconds, reason)


def reopen(s: Session, second_id: int, draft: Mapping[str, Any] | None) -> None:
    """Back to be answered, with the session that it had."""
    found = get(s, second_id)
    found.state, found.record, found.author, found.answered_at = "open", None, None, None
    found.seconds = found.reason = None
    found.draft = None if draft is None else dict(draft)
    s.flush()


def save_draft(s: Session, second_id: int, draft: Mapping[str, Any]) -> None:
    """Keep its unfinished session."""
    get(s, second_id).draft = dict(draft)
    s.flush()


def record_of(row: SecondLabel) -> LabelRecord:
    """What was labelled. Raises StoreError for one that nobody has answered."""
    if row.record is None:
        raise StoreError(f"nobody has given the second label {row.id} yet")
    return from_content(row.record)


def to_content(record: LabelRecord) -> dict[str, Any]:
    """A label as JSON data; absent = null."""
    points = np.asarray(record.shape, dtype=np.float64)
    return {
        "shape": [None if np.isnan(x) else [x, y] for x, y in points.tolist()],
        "visibility": list(record.visibility),
        "sources": list(record.sources),
        "moved": np.asarray(record.moved, dtype=np.float64).tolist(),
        "attributes": dict(record.attributes),
    }


def from_content(content: Mapping[str, Any]) -> LabelRecord:
    """The inverse of ``to_content``."""
    points = [(np.nan, np.nan) if point is None else tuple(point) for point in content["shape"]]
    return LabelRecord(
        shape=np.array(points, dtype=np.float64).reshape(-1, 2),
        visibility=tuple(content["visibility"]),
        sources=tuple(content["sources"]),
        moved=np.array(content["moved"], dtype=np.float64),
        attributes=dict(content["attributes"]),
    )


def _close(
    s: Session, found: SecondLabel, state: str, author: str, seconds: float | None, reason: str | None
) -> SecondLabel:
    found.state, found.author, found.seconds, found.reason = state, author, seconds, reason
    found.answered_at, found.draft = now(), None
    s.flush()
    return found
