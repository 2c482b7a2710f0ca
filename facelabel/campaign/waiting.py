"""What waits for one annotator beside the faces of the batch: those sent back to them, and those to label once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.campaign import again
from facelabel.campaign.standing import QueueItem
from facelabel.store import reviews
from facelabel.store.among import among
from facelabel.store.reviews import SentBack
from facelabel.store.tables import BatchItem, Face, Round


def queue(s: Session, author: str, batch: Sequence[QueueItem], limit: int) -> list[QueueItem]:
    """The ``batch`` with what waits for ``author``: faces sent back to them first (of rank 0), faces to label once more
    among the others, and after them those that were sent back to somebody else."""
    back = reviews.sent_back(s)
    named = {one.face_id for one in back}
    rest = [*(item for item in batch if item.face_id not in named), *_once_more(s, author)]
    last = max((item.rank for item in rest if not item.ahead), default=0) + 1
    own = [_sent_back(s, one, rank=0) for one in back if one.annotator == author]
    others = [_sent_back(s, one, rank=last) for one in back if one.annotator != author]
    return sorted([*own, *rest, *others], key=lambda item: (item.ahead, item.rank))[:limit]


def _sent_back(s: Session, one: SentBack, rank: int) -> QueueItem:
    item = _item(s, one.face_id, _last_asked(s, one.face_id))
    why = f"sent back by {one.reviewer}: {one.note}"
    return replace(item, why=why, note=f"{one.reviewer}: {one.note}", score=None, rank=rank)


def _once_more(s: Session, author: str) -> list[QueueItem]:
    """They look like any other face of the batch: with the rank that they were given, and the reason and the score that
    they were first asked for with."""
    asks = again.for_author(s, author)
    items = []
    for one in asks:
        item = _item(s, one.face_id, _last_asked(s, one.face_id))
        items.append(replace(item, rank=one.rank, second=one.id))
    return items


def _last_asked(s: Session, face_id: int) -> BatchItem | None:
    newest = select(BatchItem).where(BatchItem.face_id.in_(among([face_id]))).order_by(BatchItem.round_id.desc())
    return s.scalars(newest.limit(1)).one_or_none()


def _item(s: Session, face_id: int, asked: BatchItem | None) -> QueueItem:
    face = s.get_one(Face, face_id)
    return QueueItem(
        face_id=face_id,
        image_id=face.image_id,
        rank=0 if asked is None else asked.rank,
        score=None if asked is None else asked.score,
        why="drawn at random" if asked is None else asked.why,
        ahead=False,
        state="open",
        round=s.scalar(select(func.max(Round.number))) or 0,
        blind=face.holdout,
        doubts=() if asked is None else tuple(asked.doubts or ()),
    )
