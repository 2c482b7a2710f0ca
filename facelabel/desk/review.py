"""What a reviewer sees of labels and does to them: the suspicion list, a face with all that is said of it, verdicts.

As ``Desk``: every method is one short transaction, so that the window can call it from the thread that owns its reads
and writes. Only ``rows`` may take seconds, the first time, in a large project.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from facelabel.desk.desk import FacePicture
from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.quality import agreement, history
from facelabel.quality.agreement import Pair
from facelabel.quality.findings import Finding, suspicion
from facelabel.quality.history import Entry
from facelabel.quality.suspicions import Progress, Suspicions
from facelabel.store import faces, labels, predictions, reviews, second_labels, versions
from facelabel.store import images as image_rows
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, Revision, SecondLabel

Verdict = Literal["to review", "accepted", "sent back"]


@dataclass(frozen=True)
class ReviewRow:
    """A label in the list. ``verdict`` is about its newest revision; ``second``: how many second labels it has."""

    face_id: int
    picture: FacePicture
    author: str
    at: datetime
    suspicion: float
    findings: tuple[Finding, ...]
    verdict: Verdict
    second: int = 0
    gold: bool = False
    audit: bool = False


@dataclass(frozen=True, eq=False)
class SecondShape:
    """A second label of the face, and how far it is from the one that it was asked against."""

    id: int
    author: str
    pair: Pair


@dataclass(frozen=True, eq=False)
class ReviewedFace:
    """A face with everything that the reviewer may compare. ``predicted`` (L, 2) is the shape of the newest model
    ``version`` that saw it, None where none did; ``learned``: that model may have been trained on this label."""

    face_id: int
    picture: FacePicture
    record: LabelRecord
    revision: int
    predicted: npt.NDArray[np.float64] | None
    version: int | None
    learned: bool
    second: tuple[SecondShape, ...]
    history: tuple[Entry, ...]
    verdict: Verdict
    gold: bool


class ReviewDesk:
    """The labels of a project as one reviewer works on them."""

    def __init__(self, project: Project, author: str) -> None:
        self.project = project
        self.author = author
        self._suspicions = Suspicions(project)

    # Reading

    def rows(self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> list[ReviewRow]:
        """Every label, the most suspicious first; those that were sent back and wait for their annotator too."""
        found = self._suspicions.refresh(progress, cancelled)
        with self.project.reading() as s:
            return sorted(self._rows(s, found), key=lambda row: (-row.suspicion, row.face_id))

    def _rows(self, s: Session, found: Mapping[int, tuple[Finding, ...]]) -> list[ReviewRow]:
        newest = select(Revision.face_id, func.max(Revision.id).label("id")).group_by(Revision.face_id).subquery()
        rows = s.execute(
            select(Face, Image, Revision.id, Revision.author, Revision.created_at)
            .join(Image, Image.id == Face.image_id)
            .join(newest, newest.c.face_id == Face.id)
            .join(Revision, Revision.id == newest.c.id)
            .where(or_(Face.state == "labelled", reviews.is_sent_back()))
        ).all()
        words = {face_id: (word.revision_id, word.verdict) for face_id, word in reviews.newest_of(s).items()}
        given = select(SecondLabel.face_id, func.count()).where(SecondLabel.state == "done")
        second = dict(s.execute(given.group_by(SecondLabel.face_id)).all())
        gold = set(reviews.gold(s))
        return [
            ReviewRow(
                face.id,
                self._picture(face, image),
                author,
                at,
                suspicion(found.get(face.id, ())),
                found.get(face.id, ()),
                _verdict(words.get(face.id), revision_id),
                second.get(face.id, 0),
                face.id in gold,
                face.holdout,
            )
            for face, image, revision_id, author, at in rows
        ]

    def open(self, face_id: int) -> ReviewedFace:
        """Raises StoreError for a face that is not there or has no label."""
        with self.project.reading() as s:
            face = faces.get(s, face_id)
            newest = labels.newest(s, face_id)
            if newest is None:
                raise StoreError(f"face {face_id} has no label to review")
            revision, record = newest
            predicted = predictions.get(s, face_id)
            version = None if predicted is None else versions.get(s, predicted[0])
            first = s.scalar(select(func.min(Revision.created_at)).where(Revision.face_id == face_id))
            learned = version is not None and version.labels > 0 and not face.holdout
            word = reviews.newest_of(s, [face_id]).get(face_id)
            return ReviewedFace(
                face_id,
                self._picture(face, image_rows.get(s, face.image_id)),
                record,
                revision.number,
                None if predicted is None else predicted[1],
                None if version is None else version.number,
                learned and version is not None and first is not None and first < version.created_at,
                self._second(s, face, revision.author, record),
                tuple(history.history(s, face_id)),
                _verdict(None if word is None else (word.revision_id, word.verdict), revision.id),
                face_id in reviews.gold(s),
            )

    def _second(self, s: Session, face: Face, author: str, record: LabelRecord) -> tuple[SecondShape, ...]:
        """Beside the label that counts now."""
        box = np.array([face.left, face.top, face.width, face.height])
        return tuple(
            SecondShape(
                one.id,
                one.author or "",
                agreement.compare(
                    self.project.scheme,
                    face.id,
                    (author, one.author or ""),
                    "within" if one.author == author else "between",
                    record,
                    second_labels.record_of(one),
                    assisted=False,
                    box=box,
                ),
            )
            for one in second_labels.answered(s, face_ids=[face.id])
        )

    def _picture(self, face: Face, image: Image) -> FacePicture:
        box = Box(face.left, face.top, face.width, face.height)
        return FacePicture(self.project.path_of(image), image.sha256, (image.width, image.height), box)

    # Writing

    def accept(self, face_id: int, seconds: float) -> None:
        """The label is right as it stands."""
        with self.project.writing() as s:
            reviews.decide(s, face_id, "accepted", author=self.author, seconds=seconds)

    def send_back(self, face_id: int, note: str, seconds: float) -> None:
        """It waits for its annotator again, first in their queue, with the ``note`` on what to put right."""
        with self.project.writing() as s:
            reviews.decide(s, face_id, "sent back", author=self.author, seconds=seconds, note=note.strip())

    def take_back(self, face_id: int) -> None:
        """Take this reviewer's newest verdict back: a label that was sent back counts again, as long as nobody has
        given another. The time that the verdict took stays counted."""
        with self.project.writing() as s:
            reviews.decide(s, face_id, "taken back", author=self.author, seconds=0.0)

    def set_gold(self, face_id: int, gold: bool) -> None:
        """Whether the label is a right answer that others are measured by."""
        with self.project.writing() as s:
            if gold:
                reviews.mark_gold(s, face_id, self.author)
            else:
                reviews.unmark_gold(s, face_id)

    def restore(self, face_id: int, number: int) -> None:
        """Make revision ``number`` the label again, as a new one."""
        with self.project.writing() as s:
            history.restore(s, face_id, number, author=self.author)

    def choose_second(self, second_id: int) -> None:
        """Make a second label the one that counts, as a new revision."""
        with self.project.writing() as s:
            history.choose_second(s, second_id, author=self.author)


def _verdict(word: tuple[int, str] | None, revision_id: int) -> Verdict:
    """A word about an older revision is none about this one."""
    if word is None or word[0] != revision_id:
        return "to review"
    return {"accepted": "accepted", "sent back": "sent back"}.get(word[1], "to review")  # type: ignore[return-value]
