"""Labels in the making: one a face, gone when the label is accepted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from facelabel.store.tables import Draft, now


def save(s: Session, face_id: int, author: str, content: dict[str, Any]) -> None:
    """In place of the face's earlier draft. ``content`` has to be JSON."""
    values = {"author": author, "content": content, "updated_at": now()}
    row = insert(Draft).values(face_id=face_id, **values)
    s.execute(row.on_conflict_do_update(index_elements=["face_id"], set_=values))


def get(s: Session, face_id: int) -> dict[str, Any] | None:
    return s.scalars(select(Draft.content).where(Draft.face_id == face_id)).one_or_none()


def drop(s: Session, face_id: int) -> None:
    s.execute(delete(Draft).where(Draft.face_id == face_id))
