"""Indexed counts that the rules of the loop rest on. Every one is a single small query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from facelabel.campaign import again
from facelabel.store import reviews
from facelabel.store.tables import BatchItem, Face, LandmarkRow, Revision, Round


def spent(s: Session) -> int:
    """Faces that count to the budget: every labelled face whose label was not imported, those that a reviewer has sent
    back among them, and every one that was labelled once more."""
    imported = exists().where(Revision.face_id == Face.id, Revision.origin == "import")
    counts = or_(Face.state == "labelled", reviews.is_sent_back())
    return (s.scalar(select(func.count()).select_from(Face).where(counts, ~imported)) or 0) + again.answered(s)


def in_state(s: Session, state: str) -> int:
    return s.scalar(select(func.count()).select_from(Face).where(Face.state == state)) or 0


def teaches() -> ColumnElement[bool]:
    """Whether a training may see a ``Face`` and has something to learn from it: a landmark that is present and
    that somebody confirmed."""
    later = aliased(Revision)
    newest = ~exists().where(later.face_id == Revision.face_id, later.number > Revision.number)
    known = (LandmarkRow.x.is_not(None), LandmarkRow.source != "predicted")
    of_newest = and_(Revision.face_id == Face.id, newest, LandmarkRow.revision_id == Revision.id)
    return and_(Face.state == "labelled", ~Face.holdout, exists().where(of_newest, *known))


def trainable(s: Session) -> int:
    """How many faces teach."""
    return s.scalar(select(func.count()).select_from(Face).where(teaches())) or 0


def newest_round(s: Session) -> Round | None:
    return s.scalar(select(Round).order_by(Round.number.desc()).limit(1))


def batch(s: Session, round_id: int) -> tuple[int, int]:
    """Answered faces and all faces of a round's batch: a face is answered when it is no longer open."""
    rows = s.execute(
        select(Face.state == "open", func.count())
        .join(BatchItem, BatchItem.face_id == Face.id)
        .where(BatchItem.round_id == round_id, ~BatchItem.ahead)
        .group_by(Face.state == "open")
    ).all()
    counts = {bool(is_open): int(number) for is_open, number in rows}
    return counts.get(False, 0), sum(counts.values())


def is_complete(s: Session, round_id: int) -> bool:
    answered, size = batch(s, round_id)
    return answered == size


def taught(s: Session, round_id: int) -> int:
    """Faces of a round, ahead faces included, that teach."""
    return (
        s.scalar(
            select(func.count())
            .select_from(BatchItem)
            .join(Face, BatchItem.face_id == Face.id)
            .where(BatchItem.round_id == round_id, teaches())
        )
        or 0
    )


def holdout(s: Session) -> int:
    """Labelled faces that only measure."""
    return s.scalar(select(func.count()).select_from(Face).where(Face.state == "labelled", Face.holdout)) or 0
