"""Labels as arrays, with what the model versions said of the same faces: read in few queries for any number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.store.among import among
from facelabel.store.tables import Face, Image, LandmarkRow, ModelVersion, Prediction, Revision

Float64 = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
_BLOCK = 20_000


@dataclass(frozen=True, eq=False)
class Predicted:
    """What versions said of N faces: ``version`` (N,) ids, 0 for none; ``shapes`` (N, L, 2) image pixels and
    ``confidence`` (N, L), NaN where there is none."""

    version: Ids
    shapes: Float64
    confidence: Float64


@dataclass(frozen=True, eq=False)
class Labels:
    """N labelled faces by ascending id, each with its newest revision.

    ``shapes`` (N, L, 2) image pixels, NaN where absent or where nobody confirmed the landmark: those have such that are
    labelled ``in_part`` (N,); ``boxes`` (N, 4) left, top, width, height; ``sizes`` (N, 2) of their photos; ``by_hand``
    (N,) landmarks that a person moved or placed; ``seconds`` (N,) active time, NaN where unknown. ``began`` is the
    prediction that the label began with, ``newest`` the last one of the face, and ``learned`` (N,) whether its version
    may have been trained on the face's label.
    """

    ids: Ids
    revisions: Ids
    shapes: Float64
    in_part: npt.NDArray[np.bool_]
    boxes: Float64
    sizes: Float64
    by_hand: npt.NDArray[np.int64]
    seconds: Float64
    authors: list[str]
    at_desk: npt.NDArray[np.bool_]
    began: Predicted
    newest: Predicted
    learned: npt.NDArray[np.bool_]


def newest_revisions(s: Session) -> dict[int, tuple[int, int]]:
    """Face id to the ids of its newest revision and of the newest version that predicted it (0: none), of all labelled
    faces: what tells that a finding is out of date."""
    labelled = select(Face.id).where(Face.state == "labelled")
    revision = select(Revision.face_id, func.max(Revision.id)).where(Revision.face_id.in_(labelled))
    version = select(Prediction.face_id, func.max(Prediction.model_version_id)).where(Prediction.face_id.in_(labelled))
    predicted = dict(s.execute(version.group_by(Prediction.face_id)).all())
    rows = s.execute(revision.group_by(Revision.face_id)).all()
    return {face_id: (revision_id, predicted.get(face_id, 0)) for face_id, revision_id in rows}


def read(s: Session, face_ids: Sequence[int], size: int) -> Labels:
    """The faces named, which have labels; ``size`` is the scheme's number of landmarks."""
    wanted = among(face_ids)
    newest = select(func.max(Revision.id)).where(Revision.face_id.in_(wanted)).group_by(Revision.face_id)
    columns = (
        Face.id,
        Revision.id,
        Face.left,
        Face.top,
        Face.width,
        Face.height,
        Image.width,
        Image.height,
        Revision.seconds,
        Revision.author,
        Revision.origin,
        Revision.model_version_id,
        Face.holdout,
    )
    found = (
        select(*columns)
        .join(Image, Image.id == Face.image_id)
        .join(Revision, Revision.face_id == Face.id)
        .where(Revision.id.in_(newest))
        .order_by(Face.id)
    )
    rows = s.execute(found).all()
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    revisions = np.array([row[1] for row in rows], dtype=np.int64)
    shapes, by_hand, in_part = _landmarks(s, revisions, size)
    last = select(Prediction.face_id, func.max(Prediction.model_version_id)).where(Prediction.face_id.in_(wanted))
    newest_versions = dict(s.execute(last.group_by(Prediction.face_id)).all())
    seen = np.array([newest_versions.get(int(i), 0) for i in ids], dtype=np.int64)
    held_out = np.array([row[12] for row in rows], dtype=bool)
    return Labels(
        ids=ids,
        revisions=revisions,
        shapes=shapes,
        in_part=in_part,
        boxes=np.array([row[2:6] for row in rows], dtype=np.float64).reshape(-1, 4),
        sizes=np.array([row[6:8] for row in rows], dtype=np.float64).reshape(-1, 2),
        by_hand=by_hand,
        seconds=np.array([row[8] for row in rows], dtype=np.float64),
        authors=[row[9] for row in rows],
        at_desk=np.array([row[10] == "desk" for row in rows], dtype=bool),
        began=_predicted(s, ids, np.array([row[11] or 0 for row in rows], dtype=np.int64), size),
        newest=_predicted(s, ids, seen, size),
        learned=~held_out & _labelled_before(s, ids, seen),
    )


def _landmarks(s: Session, revisions: Ids, size: int) -> tuple[Float64, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Shapes (N, L, 2), how many landmarks a person moved or placed (N,), and whether any is the model's alone (N,)."""
    shapes = np.full((len(revisions), size, 2), np.nan)
    by_hand = np.zeros(len(revisions), dtype=np.int64)
    place = {int(revision): row for row, revision in enumerate(revisions)}
    moved = LandmarkRow.source.in_(["moved", "placed"])
    columns = select(LandmarkRow.revision_id, LandmarkRow.index, LandmarkRow.x, LandmarkRow.y, moved)
    guessed = LandmarkRow.source == "predicted"
    of_these = LandmarkRow.revision_id.in_(among(revisions))
    found = columns.where(of_these, LandmarkRow.x.is_not(None), ~guessed)
    # Through the connection: of a million rows nobody wants objects.
    for block in s.connection().execute(found).partitions(_BLOCK):
        owner, index, x, y, touched = zip(*block, strict=True)
        at = np.array([place[revision] for revision in owner])
        shapes[at, np.array(index)] = np.stack([x, y], axis=1)
        by_hand += np.bincount(at, weights=touched, minlength=len(revisions)).astype(np.int64)
    partly = s.scalars(select(LandmarkRow.revision_id).where(of_these, guessed).distinct()).all()
    return shapes, by_hand, np.isin(revisions, partly)


def _predicted(s: Session, ids: Ids, versions: Ids, size: int) -> Predicted:
    shapes, confidence = np.full((len(ids), size, 2), np.nan), np.full((len(ids), size), np.nan)
    known = np.zeros(len(ids), dtype=np.int64)
    for version in np.unique(versions[versions > 0]):
        rows = np.flatnonzero(versions == version)
        columns = select(Prediction.face_id, Prediction.shape, Prediction.confidence)
        of_version = columns.where(Prediction.model_version_id == int(version))
        for block in s.execute(of_version.where(Prediction.face_id.in_(among(ids[rows])))).partitions(_BLOCK):
            faces, given, sure = zip(*block, strict=True)
            at = rows[np.searchsorted(ids[rows], np.array(faces))]
            shapes[at] = np.frombuffer(b"".join(given), dtype="<f4").reshape(len(faces), -1, 2)
            confidence[at] = np.frombuffer(b"".join(sure), dtype="<f4").reshape(len(faces), -1)
            known[at] = version
    return Predicted(known, shapes, confidence)


def _labelled_before(s: Session, ids: Ids, versions: Ids) -> npt.NDArray[np.bool_]:
    """(N,) whether the face had a label when its version was made, and the version learned from any."""
    first = select(Revision.face_id, func.min(Revision.created_at)).where(Revision.face_id.in_(among(ids)))
    labelled = dict(s.execute(first.group_by(Revision.face_id)).all())
    taught = select(ModelVersion.id, ModelVersion.created_at).where(ModelVersion.labels > 0)
    made = dict(s.execute(taught).all())
    return np.array(
        [int(v) in made and labelled[int(i)] < made[int(v)] for i, v in zip(ids, versions, strict=True)], dtype=bool
    )
