"""The rounds of the loop and the faces that each asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store.tables import BatchItem, Round, now


@dataclass(frozen=True)
class BatchEntry:
    """A face that a round asks for: its rank, its score, one line that says why, whether it was handed out ahead, while
    the model trained, the landmarks in doubt, the worst first, and those that are asked for (None: all)."""

    face_id: int
    rank: int
    score: float | None
    why: str
    ahead: bool = False
    doubts: tuple[int, ...] = ()
    asked: tuple[int, ...] | None = None


def start(
    s: Session,
    *,
    function: str,
    settings: dict[str, Any],
    ranked_by_id: int | None,
    items: Sequence[BatchEntry],
    notice: str | None = None,
) -> Round:
    """The next round, labelling; numbers run from 1. ``ranked_by_id``: the version that drew it, None at cold start;
    ``notice``: what had to be chosen otherwise than the settings ask."""
    number = (s.scalars(select(func.max(Round.number))).one() or 0) + 1
    made = Round(
        number=number,
        function=function,
        settings=settings,
        ranked_by_id=ranked_by_id,
        state="labelling",
        notice=notice,
    )
    s.add(made)
    s.flush()
    add_items(s, made.id, items)
    return made


def current(s: Session) -> Round | None:
    """The newest round that is not done."""
    return s.scalars(select(Round).where(Round.state != "done").order_by(Round.number.desc()).limit(1)).one_or_none()


def items(s: Session, round_id: int) -> list[BatchItem]:
    """By rank."""
    ranked = select(BatchItem).where(BatchItem.round_id == round_id).order_by(BatchItem.rank, BatchItem.face_id)
    return list(s.scalars(ranked))


def add_items(s: Session, round_id: int, items: Sequence[BatchEntry]) -> None:
    if items:
        rows = [{"round_id": round_id, **asdict(entry), "doubts": list(entry.doubts) or None} for entry in items]
        s.execute(insert(BatchItem), rows)


def set_state(s: Session, round_id: int, state: str, trained_id: int | None = None) -> None:
    """``state``: labelling, training or done; ``trained_id``: the model version that came out. Raises StoreError."""
    found = s.get(Round, round_id)
    if found is None:
        raise StoreError(f"there is no round of id {round_id} in this project")
    found.state = state
    found.finished_at = now() if state == "done" else None
    if trained_id is not None:
        found.trained_id = trained_id
    s.flush()


def all(s: Session) -> list[Round]:
    """Oldest first."""
    return list(s.scalars(select(Round).order_by(Round.number)))
