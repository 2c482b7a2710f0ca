"""Labels: append-only revisions, of which a face's newest counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import case, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from facelabel.errors import StoreError
from facelabel.store import drafts, faces
from facelabel.store.among import among
from facelabel.store.tables import Face, LandmarkRow, ProjectRow, Revision

VISIBILITIES = ("visible", "occluded", "absent")
SOURCES = ("accepted", "moved", "placed", "imported", "predicted")


@dataclass(frozen=True, eq=False)
class LabelRecord:
    """A confirmed shape: what a person said of the L landmarks of a face.

    ``shape`` (L, 2) float64, image pixels, NaN where absent; ``visibility`` and ``sources``: L of VISIBILITIES and of
    SOURCES; ``moved`` (L,) pixels between the prediction and the confirmed place; ``attributes`` those that were set.
    A landmark whose source is "predicted" stands where the model put it, and nobody was asked about it.
    """

    shape: npt.NDArray[np.float64]
    visibility: tuple[str, ...]
    sources: tuple[str, ...]
    moved: npt.NDArray[np.float64]
    attributes: dict[str, bool] = field(default_factory=dict)

    @property
    def predicted(self) -> tuple[int, ...]:
        """The landmarks that nobody confirmed."""
        return tuple(i for i, source in enumerate(self.sources) if source == "predicted")

    @property
    def confirmed(self) -> npt.NDArray[np.float64]:
        """(L, 2) ``shape`` without the landmarks that nobody confirmed (NaN): what may be taught and measured by."""
        shape = self.shape.copy()
        shape[list(self.predicted)] = np.nan
        return shape


def add(
    s: Session,
    face_id: int,
    record: LabelRecord,
    *,
    author: str,
    origin: str,
    model_version_id: int | None = None,
    round_id: int | None = None,
    seconds: float | None = None,
    note: str | None = None,
) -> Revision:
    """The face's next revision; the face becomes labelled and its draft goes. ``origin``: desk, import or simulated.

    Raises StoreError for a face that is not there and a record that contradicts itself or the scheme's landmark count.
    """
    rows = _rows(face_id, record, s.scalars(select(func.json_array_length(ProjectRow.scheme, "$.landmarks"))).one())
    faces.set_state(s, face_id, "labelled")
    number = s.scalars(select(func.max(Revision.number)).where(Revision.face_id == face_id)).one() or 0
    revision = Revision(
        face_id=face_id,
        number=number + 1,
        author=author,
        origin=origin,
        model_version_id=model_version_id,
        round_id=round_id,
        attributes=dict(record.attributes),
        seconds=seconds,
        note=note,
    )
    s.add(revision)
    s.flush()
    s.connection().execute(insert(LandmarkRow), [{"revision_id": revision.id, **row} for row in rows])
    drafts.drop(s, face_id)
    return revision


def newest(s: Session, face_id: int) -> tuple[Revision, LabelRecord] | None:
    """The label that counts, None for a face that never had one."""
    return newest_of(s, [face_id]).get(face_id)


def last_given(s: Session, author: str, round_id: int) -> int | None:
    """The face that somebody labelled last at the desk for a round, among those whose label is still the one."""
    later = aliased(Revision)
    replaced = exists().where(later.face_id == Revision.face_id, later.number > Revision.number)
    given = select(Revision.face_id).join(Face, Face.id == Revision.face_id).where(Face.state == "labelled", ~replaced)
    # A revision with a note is an older one that was made to count again.
    own = given.where(Revision.author == author, Revision.origin == "desk", Revision.note.is_(None))
    return s.scalar(own.where(Revision.round_id == round_id).order_by(Revision.id.desc()).limit(1))


def newest_of(s: Session, face_ids: Iterable[int] | None) -> dict[int, tuple[Revision, LabelRecord]]:
    """The newest label of each of the faces that has one; None: of all that are labelled now (not rejected since)."""
    wanted = select(Face.id).where(Face.state == "labelled") if face_ids is None else among(face_ids)
    last = (
        select(Revision.face_id, func.max(Revision.number).label("number"))
        .where(Revision.face_id.in_(wanted))
        .group_by(Revision.face_id)
        .subquery()
    )
    chosen = select(Revision).join(last, (Revision.face_id == last.c.face_id) & (Revision.number == last.c.number))
    revisions = list(s.scalars(chosen.order_by(Revision.face_id)))
    return {revision.face_id: (revision, record) for revision, record in _read(s, revisions)}


def newest_shapes(s: Session, limit: int) -> npt.NDArray[np.float64]:
    """Shapes (N, L, 2), NaN where absent or confirmed by nobody, of the ``limit`` faces that were labelled last;
    without audit faces, which nothing that helps to label may know. (0, 0, 2) when there are none."""
    last = func.max(Revision.id)
    labelled = select(Face.id).where(Face.state == "labelled", Face.holdout.is_(False))
    chosen = select(last).where(Revision.face_id.in_(labelled)).group_by(Revision.face_id)
    ids = s.scalars(chosen.order_by(last.desc()).limit(limit)).all()
    known = LandmarkRow.source != "predicted"
    columns = (LandmarkRow.revision_id, case((known, LandmarkRow.x)), case((known, LandmarkRow.y)))
    of_these = select(*columns).where(LandmarkRow.revision_id.in_(ids))
    # Through the connection: rows of three numbers each need nothing of the unit of work, which takes most of the time.
    rows = s.connection().execute(of_these.order_by(LandmarkRow.revision_id, LandmarkRow.index)).all()
    places = np.array([(x, y) for _, x, y in rows], dtype=np.float64)  # None becomes NaN
    return places.reshape(len(ids), -1, 2) if ids else np.zeros((0, 0, 2))


def history(s: Session, face_id: int) -> list[tuple[Revision, LabelRecord]]:
    """Every revision of a face, oldest first."""
    of_face = select(Revision).where(Revision.face_id == face_id)
    return _read(s, list(s.scalars(of_face.order_by(Revision.number))))


def of_revisions(s: Session, revision_ids: Iterable[int]) -> dict[int, tuple[Revision, LabelRecord]]:
    """Revisions by their ids, whichever counts now."""
    wanted = select(Revision).where(Revision.id.in_(among(revision_ids))).order_by(Revision.id)
    return {revision.id: (revision, record) for revision, record in _read(s, list(s.scalars(wanted)))}


def count(s: Session) -> int:
    """How many faces are labelled."""
    return faces.counts(s)["labelled"]


def _read(s: Session, revisions: list[Revision]) -> list[tuple[Revision, LabelRecord]]:
    columns = (
        LandmarkRow.revision_id,
        LandmarkRow.x,
        LandmarkRow.y,
        LandmarkRow.visibility,
        LandmarkRow.source,
        LandmarkRow.moved,
    )
    of_these = select(*columns).where(LandmarkRow.revision_id.in_(among(revision.id for revision in revisions)))
    rows: dict[int, list[Sequence[Any]]] = {revision.id: [] for revision in revisions}
    for row in s.connection().execute(of_these.order_by(LandmarkRow.revision_id, LandmarkRow.index)):
        rows[row[0]].append(row)
    return [(revision, _record(rows[revision.id], revision.attributes)) for revision in revisions]


def _record(rows: list[Sequence[Any]], attributes: dict[str, Any]) -> LabelRecord:
    return LabelRecord(
        shape=np.array([row[1:3] for row in rows], dtype=np.float64).reshape(-1, 2),
        visibility=tuple(row[3] for row in rows),
        sources=tuple(row[4] for row in rows),
        moved=np.array([row[5] for row in rows], dtype=np.float64),
        attributes=dict(attributes),
    )


def _rows(face_id: int, record: LabelRecord, size: int) -> list[dict[str, Any]]:
    """The landmark rows of a record that was found consistent."""
    shape, moved = np.asarray(record.shape, dtype=np.float64), np.asarray(record.moved, dtype=np.float64)
    lengths = (len(shape), len(record.visibility), len(record.sources), len(moved))
    if shape.shape != (size, 2) or moved.shape != (size,) or set(lengths) != {size}:
        raise _refused(face_id, f"the scheme has {size} landmarks, the label {len(shape)}")
    absent = np.array([visibility == "absent" for visibility in record.visibility])
    placed_right = np.where(absent, np.isnan(shape).all(axis=1), np.isfinite(shape).all(axis=1))
    moved_right = np.isfinite(moved) & (moved >= 0)
    for index, (visibility, source) in enumerate(zip(record.visibility, record.sources, strict=True)):
        if visibility not in VISIBILITIES or source not in SOURCES:
            raise _refused(face_id, f"landmark {index} is {visibility!r} from {source!r}, which is no such thing")
        if not placed_right[index]:
            raise _refused(face_id, f"landmark {index} is {visibility} at {shape[index].tolist()}")
        if not moved_right[index]:
            raise _refused(face_id, f"landmark {index} was moved by {moved[index]} pixels")
    points = [(None, None) if gone else (x, y) for (x, y), gone in zip(shape.tolist(), absent, strict=True)]
    marks = zip(points, record.visibility, record.sources, moved.tolist(), strict=True)
    return [
        {"index": index, "x": x, "y": y, "visibility": visibility, "source": source, "moved": distance}
        for index, ((x, y), visibility, source, distance) in enumerate(marks)
    ]


def _refused(face_id: int, why: str) -> StoreError:
    return StoreError(
        f"a label cannot be saved: {why}", where=f"face {face_id}", cure="this should not happen: report it"
    )
