"""Who said what of a face, when and from which prediction; and making an older word the one that counts again.

Nothing is ever taken back: what is restored or chosen becomes the next revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store import labels, second_labels
from facelabel.store.labels import LabelRecord
from facelabel.store.tables import ModelVersion, Review, Revision


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that happened to a face.

    ``number`` is that of a revision, None for others; ``version`` the number of the model whose prediction it began
    with; ``moved`` how many landmarks a person moved or placed, ``points`` of how many. ``kind`` "second" is a blind
    second label, "review" a reviewer's word. ``text`` is a note, a verdict, or why a face was refused.
    """

    kind: Literal["revision", "second", "review"]
    id: int
    at: datetime
    author: str
    number: int | None = None
    origin: str = ""
    version: int | None = None
    moved: int = 0
    points: int = 0
    seconds: float | None = None
    text: str = ""
    record: LabelRecord | None = None


def history(s: Session, face_id: int) -> list[Entry]:
    """Everything, the newest first."""
    revisions = labels.history(s, face_id)
    versions = {revision.model_version_id for revision, _ in revisions} - {None}
    numbers = dict(s.execute(select(ModelVersion.id, ModelVersion.number).where(ModelVersion.id.in_(versions))).all())
    entries = [
        Entry(
            "revision",
            revision.id,
            revision.created_at,
            revision.author,
            revision.number,
            revision.origin,
            None if revision.model_version_id is None else numbers.get(revision.model_version_id),
            sum(source in ("moved", "placed") for source in record.sources),
            len(record.sources),
            revision.seconds,
            revision.note or "",
            record,
        )
        for revision, record in revisions
    ]
    for one in second_labels.of_face(s, face_id):
        if one.state == "open" or one.answered_at is None:
            continue
        record_ = second_labels.record_of(one) if one.state == "done" else None
        sources = () if record_ is None else record_.sources
        entries.append(
            Entry(
                "second",
                one.id,
                one.answered_at,
                one.author or "",
                origin=one.kind,
                moved=sum(source in ("moved", "placed") for source in sources),
                points=len(sources),
                seconds=one.seconds,
                text="" if one.state == "done" else f"{one.state}: {one.reason or 'no reason given'}",
                record=record_,
            )
        )
    for word in s.scalars(select(Review).where(Review.face_id == face_id)):
        said = word.verdict + (f": {word.note}" if word.note else "")
        entries.append(Entry("review", word.id, word.at, word.author, seconds=word.seconds, text=said))
    order = {"revision": 0, "second": 1, "review": 2}
    return sorted(entries, key=lambda entry: (entry.at, order[entry.kind], entry.id), reverse=True)


def restore(s: Session, face_id: int, number: int, *, author: str) -> Revision:
    """Make revision ``number`` the label again, as a new revision. Raises StoreError where there is none."""
    chosen = next((one for one in labels.history(s, face_id) if one[0].number == number), None)
    if chosen is None:
        raise StoreError(f"face {face_id} has no revision {number}")
    revision, record = chosen
    return _repeat(s, face_id, record, author, f"restored from revision {number}", revision.model_version_id)


def choose_second(s: Session, second_id: int, *, author: str) -> Revision:
    """A reviewer takes a second label for the one that counts. Raises StoreError for one that nobody answered."""
    second = second_labels.get(s, second_id)
    record = second_labels.record_of(second)
    first = s.get(Revision, second.first_id)
    version_id = None if first is None else first.model_version_id
    return _repeat(s, second.face_id, record, author, f"the second label, by {second.author}", version_id)


def _repeat(s: Session, face_id: int, record: LabelRecord, author: str, note: str, version_id: int | None) -> Revision:
    newest = labels.newest(s, face_id)
    # The newest revision carries the seconds of all before it: choosing one takes none of the annotators' time.
    seconds = None if newest is None else newest[0].seconds
    round_id = None if newest is None else newest[0].round_id
    return labels.add(
        s,
        face_id,
        record,
        author=author,
        origin="desk",
        model_version_id=version_id,
        round_id=round_id,
        seconds=seconds,
        note=note,
    )
