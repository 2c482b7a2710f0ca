"""What happens to faces on the desk: opening them and writing what the person decided.

Every method reads or writes the project in one short transaction, and the only state of a desk is what it knows of
shapes, so that the window can call it from the thread that owns its reads and writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.campaign.calibration import Calibration
from facelabel.desk import asking
from facelabel.desk.doubt import Knowledge
from facelabel.desk.marks import Mark, Start
from facelabel.desk.second import Asked, open_session
from facelabel.desk.session import EditSession
from facelabel.desk.work import WorkMeter
from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.images.heatmaps import FaceHeatmaps
from facelabel.quality import history
from facelabel.shapes import place
from facelabel.store import drafts, faces, heatmaps, labels, predictions, reviews, rounds, second_labels, versions, work
from facelabel.store import images as image_rows
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import BatchItem, Face, Image, Revision
from facelabel.store.work import GroupWork


@dataclass(frozen=True)
class FacePicture:
    """What it takes to show a face: the picture, its content's hash, its size (width, height), and the box in it."""

    path: Path
    sha256: str
    size: tuple[int, int]
    box: Box


@dataclass(frozen=True)
class OtherFace:
    """Another face of the same picture."""

    id: int
    box: Box
    state: str


@dataclass(frozen=True)
class OpenFace:
    """A face with everything that the window shows of it. ``version`` is the number of the model that predicted it;
    ``seconds`` is the active time that was spent on it before, ``meter`` goes on counting what it takes; ``blind``: an
    audit face, whose session knows nothing of any prediction; ``second``: it has a label, and is labelled once more
    beside it (``SecondDesk``); ``note``: what a reviewer who sent it back wants put right."""

    id: int
    image_id: int
    picture: FacePicture
    state: str
    others: tuple[OtherFace, ...]
    session: EditSession
    version: int | None
    version_id: int | None
    seconds: float
    from_draft: bool
    meter: WorkMeter
    blind: bool = False
    second: Asked | None = None
    note: str = ""


class Desk:
    """The faces of a project as one annotator works on them."""

    def __init__(self, project: Project, author: str) -> None:
        self.project = project
        self.author = author
        self._knowledge = Knowledge(project)

    # Reading

    def open(self, face_id: int, second_id: int | None = None) -> OpenFace:
        """The face with its draft, else its newest label, else the newest prediction, else the scheme's template.

        An audit face never shows a prediction: who corrects one leans towards it, and could not measure it. The
        template is fitted to the detector's five points, or to the box where there are none. Predictions and templates
        come with suggestions for what is left when a point is corrected; audit faces never, nor a label, whose points
        somebody has confirmed. Where the batch asks for some landmarks only, the others stay the model's. With
        ``second_id`` the face opens for that second label, as if it had no other. Raises StoreError when the face is
        not there.
        """
        with self.project.reading() as s:
            face = faces.get(s, face_id)
            image = image_rows.get(s, face.image_id)
            box = faces.box_of(face)
            others = tuple(
                OtherFace(other.id, faces.box_of(other), other.state)
                for other in faces.of_image(s, face.image_id)
                if other.id != face_id and other.state != "rejected"
            )
            asked = None if second_id is None else second_labels.get(s, second_id)
            if asked is None:
                session, version_id, seconds, from_draft = self._session(s, face, box)
                draft = drafts.get(s, face_id) or {}
            else:
                begins = s.get_one(Revision, asked.first_id).model_version_id
                session, version_id, seconds = open_session(s, self, face, box, asked, self._known(s, begins))
                draft, from_draft = asked.draft or {}, asked.draft is not None
            _ = session.expectation  # Worked out here: the thread that shows the face has no time for it.
            meter = self._meter(face_id, session, 0.0 if from_draft else seconds, draft.get("work"))
            number = None if version_id is None else versions.get(s, version_id).number
            return OpenFace(
                face_id,
                image.id,
                self._picture(image, box),
                face.state if asked is None else "open",
                others,
                session,
                number,
                version_id,
                seconds,
                from_draft,
                meter,
                face.holdout,
                None if asked is None else Asked(asked.id, asked.kind),  # type: ignore[arg-type]
                "; ".join(f"{back.reviewer}: {back.note}" for back in reviews.sent_back(s, face_id)),
            )

    def heatmaps(self, face_id: int) -> tuple[int, FaceHeatmaps] | None:
        """What the newest model saw of a face, with the model's number; None where nothing is kept, and always of an
        audit face and of one that waits for a second label. Raises FacelabelError for a damaged file."""
        with self.project.reading() as s:
            if faces.get(s, face_id).holdout or second_labels.waiting(s, face_id) is not None:
                return None
        return heatmaps.newest(self.project, face_id)

    def calibration(self) -> Calibration:
        """How far off predicted landmarks really are, by the audit faces. It may take a second, and is never read where
        somebody waits for a face: ``EditSession.calibrate`` takes it later."""
        with self.project.reading() as s:
            return self._knowledge.calibration(s)

    def unconfirmed(self, asked: Mapping[int, Sequence[int] | None]) -> dict[int, frozenset[str]]:
        """By face, the landmark groups that nobody has confirmed; ``asked``: the landmarks asked for, None for all."""
        with self.project.reading() as s:
            return {
                face_id: asking.waiting(self.project.scheme, drafts.get(s, face_id), wanted)
                for face_id, wanted in asked.items()
            }

    def pictures(self, face_ids: Sequence[int]) -> dict[int, FacePicture]:
        """What the thumbnails of some faces need, in one query."""
        with self.project.reading() as s:
            rows = s.execute(select(Face, Image).join(Image, Face.image_id == Image.id).where(Face.id.in_(face_ids)))
            return {face.id: self._picture(image, faces.box_of(face)) for face, image in rows}

    def last_accepted(self) -> int | None:
        """The face of the current round that this person accepted last, as long as its label counts."""
        with self.project.reading() as s:
            current = rounds.current(s)
            return None if current is None else labels.last_given(s, self.author, current.id)

    def _picture(self, image: Image, box: Box) -> FacePicture:
        return FacePicture(self.project.path_of(image), image.sha256, (image.width, image.height), box)

    def _session(self, s: Session, face: Face, box: Box) -> tuple[EditSession, int | None, float, bool]:
        """The session, the id of the version it started from, the seconds spent, and whether it is a draft."""
        scheme = self.project.scheme
        if (draft := drafts.get(s, face.id)) is not None:
            try:
                start, version_id = Start.from_content(draft["session"]["start"]), draft["version_id"]
                known: dict[str, Any] = {}
                if not face.holdout and start.origin != "label":
                    known = self._known(s, version_id)
                return EditSession.from_content(scheme, draft["session"], **known), version_id, draft["seconds"], True
            except (KeyError, TypeError, ValueError, IndexError) as error:
                raise _unreadable(face.id, error) from error
        predicted = None if face.holdout else predictions.get(s, face.id)
        version_id = None if predicted is None else predicted[0]
        if (labelled := labels.newest(s, face.id)) is not None:
            revision, record = labelled
            start = start_from_label(record, None if predicted is None else predicted[1])
            return EditSession(scheme, start, box), revision.model_version_id, revision.seconds or 0.0, False
        if predicted is not None:
            start = Start.from_shape(predicted[1], "prediction", confidence=predicted[2], asked=_asked(s, face.id))
            return EditSession(scheme, start, box, **self._known(s, version_id)), version_id, 0.0, False
        start = Start.from_shape(self.template(box, face.points), "template")
        return EditSession(scheme, start, box, None if face.holdout else self._knowledge.prior(s)), None, 0.0, False

    def _known(self, s: Session, version_id: int | None) -> dict[str, Any]:
        """What a session is told to suggest by."""
        known = self._knowledge
        return {"prior": known.prior(s), "blur": known.blur(s, version_id)}

    def _meter(self, face_id: int, session: EditSession, begun: float, kept: Any) -> WorkMeter:
        """Goes on from what an interrupted face took before; steps that it was opened with are not counted again."""
        try:
            meter = WorkMeter(self.project.scheme, begun, kept)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _unreadable(face_id, error) from error
        meter.skip(session.last_step)
        return meter

    def template(self, box: Box, points: Sequence[Any] | None = None) -> npt.NDArray[np.float64]:
        """(L, 2): the scheme's template where a face is expected: by the detector's five points, else by the box."""
        five = None if points is None else np.array(points, dtype=np.float64)
        return place.cold_start(self.project.scheme, box, five)

    # Writing, one transaction each

    def save_draft(self, face_id: int, content: Mapping[str, Any]) -> None:
        """Keep an unfinished session (see ``draft_content``)."""
        with self.project.writing() as s:
            drafts.save(s, face_id, self.author, dict(content))

    def accept(
        self,
        face_id: int,
        record: LabelRecord,
        *,
        version_id: int | None,
        seconds: float,
        spent: Sequence[GroupWork] = (),
    ) -> None:
        """Store a label and what it took; the face counts as labelled, for the last round that asked for it, and its
        draft is gone."""
        with self.project.writing() as s:
            asked = select(func.max(BatchItem.round_id)).where(BatchItem.face_id == face_id)
            revision = labels.add(
                s,
                face_id,
                record,
                author=self.author,
                origin="desk",
                model_version_id=version_id,
                round_id=s.scalar(asked),
                seconds=seconds,
            )
            work.add(s, face_id, spent, author=self.author, outcome="labelled", revision_id=revision.id)
        self._knowledge.label_added()

    def skip(
        self,
        face_id: int,
        reason: str | None = None,
        *,
        spent: Sequence[GroupWork] = (),
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask later: out of the queue for now. ``content``: the draft to go on from, where something was edited."""
        with self.project.writing() as s:
            faces.set_state(s, face_id, "skipped", reason)
            self._left(s, face_id, "skipped", spent, content)

    def reject(
        self,
        face_id: int,
        reason: str,
        *,
        seconds: float | None = None,
        spent: Sequence[GroupWork] = (),
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Never ask: this is no face, or one that cannot be labelled. ``seconds``: the active time it took to see;
        ``content``: the draft to go on from should somebody reopen it."""
        with self.project.writing() as s:
            faces.set_state(s, face_id, "rejected", reason, seconds=seconds)
            self._left(s, face_id, "rejected", spent, content)

    def _left(
        self, s: Session, face_id: int, outcome: str, spent: Sequence[GroupWork], content: Mapping[str, Any] | None
    ) -> None:
        """Keep what it took. A draft that stays must not tell it once more: ``content`` takes its place."""
        work.add(s, face_id, spent, author=self.author, outcome=outcome)
        if content is not None:
            drafts.save(s, face_id, self.author, dict(content))

    def reopen(self, face_id: int, content: Mapping[str, Any] | None = None) -> None:
        """Back to open, with the session that it had when it left the desk. Its label stays in the history."""
        with self.project.writing() as s:
            faces.set_state(s, face_id, "open")
            if content is not None:
                drafts.save(s, face_id, self.author, dict(content))

    def restore(self, face_id: int, number: int) -> None:
        """Make an earlier revision the label again, as a new one; an unfinished session of the face is dropped."""
        with self.project.writing() as s:
            history.restore(s, face_id, number, author=self.author)

    def add_face(self, image_id: int, box: Box) -> int:
        """A face that somebody drew; its id."""
        with self.project.writing() as s:
            return faces.add(s, image_id, box, source="human").id

    def change_box(self, face_id: int, box: Box, content: Mapping[str, Any]) -> None:
        """A new box and the session that it belongs to, in one."""
        with self.project.writing() as s:
            faces.set_box(s, face_id, box)
            drafts.save(s, face_id, self.author, dict(content))


def _asked(s: Session, face_id: int) -> list[int] | None:
    """The landmarks that the last round asked for of a face; None: all."""
    newest = select(BatchItem.asked).where(BatchItem.face_id == face_id).order_by(BatchItem.round_id.desc()).limit(1)
    return s.scalar(newest)


def _unreadable(face_id: int, error: Exception) -> StoreError:
    return StoreError(f"the draft of face {face_id} cannot be read: {error}", cure="restore a backup of the project")


def draft_content(
    session: EditSession, version_id: int | None, seconds: float, spent: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A session as ``Desk.save_draft`` keeps it: JSON data, history and what it took (``WorkMeter``) included."""
    return {"session": session.to_content(), "version_id": version_id, "seconds": seconds, "work": spent}


def start_from_label(record: LabelRecord, reference: Any | None) -> Start:
    """A label as the start of more edits; ``reference`` (L, 2) is the newest prediction, if there is one."""
    rows = zip(record.shape.tolist(), record.visibility, record.sources, record.moved, strict=True)
    marks = tuple(Mark(x, y, visibility, source, float(moved)) for (x, y), visibility, source, moved in rows)  # type: ignore[arg-type]
    return Start(marks, "label", reference, None, dict(record.attributes))
