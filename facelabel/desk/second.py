"""A face that is labelled once more, blindly: it opens as it did the first time, and its label stays untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from sqlalchemy.orm import Session

from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.quality import agreement
from facelabel.quality.agreement import Pair
from facelabel.store import labels, predictions, second_labels, work
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Revision, SecondLabel
from facelabel.store.work import GroupWork

if TYPE_CHECKING:
    from facelabel.desk.desk import Desk


@dataclass(frozen=True)
class Asked:
    """The second label that a face on the desk is asked for. Of a gold one the annotator is told afterwards how far
    off they were; until then it looks like any other."""

    id: int
    kind: Literal["repeated", "gold"]


@dataclass(frozen=True, eq=False)
class GoldFeedback:
    """How near an answer came to a gold face's label: ``pair.first`` is the right one, ``pair.second`` the answer."""

    pair: Pair
    names: tuple[str, ...]

    @property
    def farthest(self) -> list[tuple[int, str, float]]:
        """(index, name, image pixels) of the landmarks that were off, the farthest first; absent ones left out."""
        pixels = self.pair.distance * self.pair.normaliser
        order = np.argsort(-np.nan_to_num(pixels, nan=-1.0), kind="stable")
        return [(int(i), self.names[i], float(pixels[i])) for i in order if np.isfinite(pixels[i])]


def open_session(
    s: Session, desk: Desk, face: Face, box: Box, asked: SecondLabel, known: Mapping[str, Any]
) -> tuple[EditSession, int | None, float]:
    """The session, the version that it begins from, and the seconds spent: the draft of the second label, or the very
    start that the first label had, which is the same version's prediction or the template.

    ``known`` is what a session with a prediction suggests and doubts by. Raises StoreError for a draft that cannot be
    read.
    """
    scheme = desk.project.scheme
    known = {} if face.holdout else known
    if (draft := asked.draft) is not None:
        try:
            return EditSession.from_content(scheme, draft["session"], **known), draft["version_id"], draft["seconds"]
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise StoreError(
                f"the draft of face {face.id} cannot be read: {error}", cure="restore a backup of the project"
            ) from error
    version_id = s.get_one(Revision, asked.first_id).model_version_id
    predicted = None if face.holdout or version_id is None else predictions.get(s, face.id, version_id)
    if predicted is None:
        start = Start.from_shape(desk.template(box, face.points), "template")
        prior = {"prior": known["prior"]} if "prior" in known else {}
        return EditSession(scheme, start, box, **prior), None, 0.0
    start = Start.from_shape(predicted[1], "prediction", confidence=predicted[2])
    return EditSession(scheme, start, box, **known), version_id, 0.0


class SecondDesk:
    """Takes the place of a ``Desk`` for what is decided about such a face; one transaction each."""

    def __init__(self, project: Project, author: str, asked: Asked) -> None:
        self._project = project
        self._author = author
        self._asked = asked

    def save_draft(self, face_id: int, content: Mapping[str, Any]) -> None:
        with self._project.writing() as s:
            second_labels.save_draft(s, self._asked.id, content)

    def change_box(self, face_id: int, box: Box, content: Mapping[str, Any]) -> None:
        """The box of the face is its label's: a second one changes only what this session sees."""
        self.save_draft(face_id, content)

    def accept(
        self,
        face_id: int,
        record: LabelRecord,
        *,
        version_id: int | None,
        seconds: float,
        spent: Sequence[GroupWork] = (),
    ) -> GoldFeedback | None:
        """Store the second label; of a gold face, how near it came."""
        scheme = self._project.scheme
        with self._project.writing() as s:
            second = second_labels.answer(s, self._asked.id, record, author=self._author, seconds=seconds)
            work.add(s, face_id, spent, author=self._author, outcome="labelled")
            if self._asked.kind != "gold":
                return None
            revision, right = labels.of_revisions(s, [second.first_id])[second.first_id]
            face = s.get_one(Face, face_id)
            pair = agreement.compare(
                scheme,
                face_id,
                (revision.author, self._author),
                "gold",
                right,
                record,
                assisted=version_id is not None,
                box=np.array([face.left, face.top, face.width, face.height]),
            )
        return GoldFeedback(pair, tuple(landmark.name for landmark in scheme.landmarks))

    def skip(
        self,
        face_id: int,
        reason: str | None = None,
        *,
        spent: Sequence[GroupWork] = (),
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Nobody is asked for it again."""
        with self._project.writing() as s:
            second_labels.decline(s, self._asked.id, "skipped", author=self._author, reason=reason)
            work.add(s, face_id, spent, author=self._author, outcome="skipped")

    def reject(
        self,
        face_id: int,
        reason: str,
        *,
        seconds: float | None = None,
        spent: Sequence[GroupWork] = (),
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """A second opinion for the reviewer; the label stays."""
        with self._project.writing() as s:
            second_labels.decline(s, self._asked.id, "rejected", author=self._author, reason=reason, seconds=seconds)
            work.add(s, face_id, spent, author=self._author, outcome="rejected")

    def reopen(self, face_id: int, content: Mapping[str, Any] | None = None) -> None:
        with self._project.writing() as s:
            second_labels.reopen(s, self._asked.id, content)
