"""What reviewers decided about labels, which faces are gold, and which were sent back to be labelled again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from facelabel.errors import StoreError
from facelabel.store import drafts, faces
from facelabel.store.among import among
from facelabel.store.tables import Face, GoldFace, Review, Revision

Verdict = Literal["accepted", "sent back", "taken back"]


@dataclass(frozen=True)
class SentBack:
    """A face whose label ``annotator`` gave and ``reviewer`` sent back, with the ``note`` on what is wrong."""

    face_id: int
    image_id: int
    annotator: str
    reviewer: str
    note: str


def decide(
    s: Session, face_id: int, verdict: Verdict, *, author: str, seconds: float, note: str | None = None
) -> Review:
    """A reviewer's word on the newest label of a face; ``seconds`` is the active time that it took.

    A face that is sent back waits for its label again, which begins with the one that it has; one that is accepted
    after all waits no more. Whoever takes their own
    newest word back leaves the label unreviewed; one that was sent back counts again, as long as nobody has labelled it
    since. Raises StoreError for a face without a label, for one that is sent back without a note, and where there is
    nothing to take back.
    """
    newest = s.scalar(select(func.max(Revision.id)).where(Revision.face_id == face_id))
    if newest is None:
        raise StoreError(f"face {face_id} has no label to review")
    if verdict == "taken back":
        _take_back(s, face_id, author)
    elif verdict == "sent back":
        if not (note or "").strip():
            raise StoreError("a face is sent back with a note", cure="say in a few words what is to be put right")
        faces.set_state(s, face_id, "open")
        drafts.drop(s, face_id)
    elif sent_back(s, face_id):
        faces.set_state(s, face_id, "labelled")
    made = Review(face_id=face_id, revision_id=newest, author=author, verdict=verdict, note=note, seconds=seconds)
    s.add(made)
    s.flush()
    return made


def _take_back(s: Session, face_id: int, author: str) -> None:
    word = newest_of(s, [face_id]).get(face_id)
    if word is None or word.author != author or word.verdict == "taken back":
        raise StoreError("there is no verdict of yours to take back")
    if word.verdict == "sent back":
        if not sent_back(s, face_id):
            raise StoreError("the face was labelled again since", cure="review the new label")
        faces.set_state(s, face_id, "labelled")


def newest_of(s: Session, face_ids: Iterable[int] | None = None) -> dict[int, Review]:
    """The last word on each face that was reviewed, of all or of those named. It may be about an older revision."""
    last = select(func.max(Review.id)).group_by(Review.face_id)
    if face_ids is not None:
        last = last.where(Review.face_id.in_(among(face_ids)))
    return {review.face_id: review for review in s.scalars(select(Review).where(Review.id.in_(last)))}


def is_sent_back() -> ColumnElement[bool]:
    """Whether a ``Face`` was sent back and has not been labelled since."""
    word, later, newer = aliased(Review), aliased(Review), aliased(Revision)
    newest_word = ~exists().where(later.face_id == word.face_id, later.id > word.id)
    not_since = ~exists().where(newer.face_id == word.face_id, newer.id > word.revision_id)
    back = select(word.face_id).where(word.verdict == "sent back", newest_word, not_since)
    return and_(Face.state == "open", Face.id.in_(back))


def sent_back(s: Session, face_id: int | None = None) -> list[SentBack]:
    """Faces that wait to be labelled again (of them, the one named), the first sent back first."""
    last = select(func.max(Review.id)).group_by(Review.face_id)
    if face_id is not None:
        # Most faces were never reviewed, and every face that is opened asks.
        if s.scalar(select(Review.id).where(Review.face_id == face_id).limit(1)) is None:
            return []
        last = last.where(Review.face_id == face_id)
    rows = (
        select(Face.id, Face.image_id, Revision.author, Review.author, Review.note)
        .join(Review, Review.face_id == Face.id)
        .join(Revision, Revision.id == Review.revision_id)
        .where(Review.id.in_(last), is_sent_back())
        .order_by(Review.id)
    )
    if face_id is not None:
        rows = rows.where(Face.id == face_id)
    return [SentBack(*row[:4], note=row[4] or "") for row in s.execute(rows)]


def seconds(s: Session) -> float:
    """Active time of all reviews."""
    return float(s.scalar(select(func.coalesce(func.sum(Review.seconds), 0.0))) or 0.0)


def mark_gold(s: Session, face_id: int, author: str) -> None:
    """From now on the newest label of the face is a right answer. Raises StoreError for a face without a label."""
    newest = s.scalar(select(func.max(Revision.id)).where(Revision.face_id == face_id))
    if newest is None or faces.get(s, face_id).state != "labelled":
        raise StoreError(f"face {face_id} has no label that could be gold")
    s.merge(GoldFace(face_id=face_id, revision_id=newest, author=author))
    s.flush()


def unmark_gold(s: Session, face_id: int) -> None:
    """It is an ordinary face again; answers that were given keep counting."""
    found = s.get(GoldFace, face_id)
    if found is not None:
        s.delete(found)
        s.flush()


def gold(s: Session) -> dict[int, int]:
    """Face id to the id of the revision that is its right answer."""
    return dict(s.execute(select(GoldFace.face_id, GoldFace.revision_id)).all())
