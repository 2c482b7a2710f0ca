"""How good each model version is on the hold-out: its stored predictions against all hold-out labels of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from facelabel.errors import FacelabelError
from facelabel.metrics.ced import bootstrap_interval
from facelabel.metrics.nme import default_kind, nme, normaliser
from facelabel.quality import agreement
from facelabel.schemes import Scheme
from facelabel.store import labels, predictions
from facelabel.store.tables import Face, LandmarkRow, ModelVersion, Revision, Round, WorkRow

FINISH = "finish"
"""Among a version's metrics: that it was trained by the long schedule."""


@dataclass(frozen=True)
class Measured:
    """A version on the audit faces. ``nme`` with its 95 % bootstrap interval in per cent, None without such labels;
    ``faces`` it was measured on; ``labels`` it was trained on; ``seconds`` that its training took; ``finish``: trained
    by the long schedule, and so on no curve with the others."""

    version: int
    labels: int
    nme: float | None
    low: float | None
    high: float | None
    faces: int
    seconds: float
    finish: bool = False


def holdout_labels(s: Session) -> dict[int, npt.NDArray[np.float64]]:
    """The newest label (L, 2) of every labelled hold-out face."""
    ids = s.scalars(select(Face.id).where(Face.holdout, Face.state == "labelled")).all()
    return {face_id: record.confirmed for face_id, (_, record) in labels.newest_of(s, list(ids)).items()} if ids else {}


def measure(s: Session, scheme: Scheme, every: Sequence[ModelVersion]) -> list[Measured]:
    truth = holdout_labels(s)
    return [_measured(s, scheme, version, truth) for version in every]


def of_version(s: Session, scheme: Scheme, version: ModelVersion) -> dict[str, Any]:
    """What is kept with the version: ``nme`` in per cent, ``nme_kind``, ``nme_faces``; empty without hold-out."""
    errors = _errors(s, scheme, version, holdout_labels(s))
    if len(errors) == 0:
        return {}
    return {"nme": 100 * float(errors.mean()), "nme_kind": default_kind(scheme), "nme_faces": len(errors)}


def per_face(
    s: Session, scheme: Scheme, every: Sequence[ModelVersion]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """What ``forecast`` takes: labels (V,) and errors (V, F), fractions, of the versions that learned from labels under
    the preset of the newest and the schedule of a round; NaN where a version did not predict a face, or the face has no
    normaliser."""
    learned = [version for version in every if version.labels > 0 and not version.metrics.get(FINISH)]
    chosen = [version for version in learned if version.preset == learned[-1].preset]
    return np.array([version.labels for version in chosen], dtype=np.float64), each(s, scheme, chosen)


def each(s: Session, scheme: Scheme, every: Sequence[ModelVersion]) -> npt.NDArray[np.float64]:
    """Errors (V, F) of versions on the hold-out faces, fractions; NaN where a version did not predict a face, or the
    face has no normaliser."""
    truth = holdout_labels(s)
    errors = np.full((len(every), len(truth)), np.nan)
    for row, version in enumerate(every):
        predicted = predictions.of_version(s, version.id, list(truth)) if truth else {}
        for column, (face_id, shape) in enumerate(truth.items()):
            if face_id in predicted:
                errors[row, column] = _error(scheme, predicted[face_id][0], shape)
    return errors


@dataclass(frozen=True)
class Logged:
    """What ``effort`` takes, of N faces in the order of labelling: ``seconds`` and ``corrections`` (N,) as measured at
    the desk (elsewhere: landmarks that were moved or placed), N ``authors``, and whether each was asked for ``in_part``
    (N,)."""

    seconds: npt.NDArray[np.float64]
    corrections: npt.NDArray[np.float64]
    authors: list[str]
    in_part: npt.NDArray[np.bool_]


def logged(s: Session) -> Logged:
    """Of the newest label of every face that was timed; it carries the seconds of those before it."""
    later = aliased(Revision)
    newest = ~exists().where(later.face_id == Revision.face_id, later.number > Revision.number)
    by_landmark = func.count().filter(LandmarkRow.source.in_(["moved", "placed"]))
    # One drag may move a whole group: what was measured tells more than how many landmarks are not where they were.
    # What a second label took, which is no revision, is not the first one's.
    of_label = WorkRow.revision_id.is_not(None) | (WorkRow.outcome != "labelled")
    measured = select(func.sum(WorkRow.corrections)).where(WorkRow.face_id == Revision.face_id, of_label)
    corrected = func.coalesce(measured.scalar_subquery(), by_landmark)
    rows = s.execute(
        select(Revision.seconds, corrected, Revision.author, func.max(LandmarkRow.source == "predicted"))
        .join(LandmarkRow, LandmarkRow.revision_id == Revision.id)
        .where(newest, Revision.origin != "import", Revision.seconds > 0)
        .group_by(Revision.id)
        .order_by(Revision.id)
    ).all()
    seconds, corrections = (np.array([row[i] for row in rows], dtype=np.float64) for i in (0, 1))
    return Logged(seconds, corrections, [row[2] for row in rows], np.array([bool(row[3]) for row in rows], dtype=bool))


def corrections(s: Session, scheme: Scheme, round_: Round) -> npt.NDArray[np.float64]:
    """(N,) how far a person moved the prediction of each of the round's faces, mean over the landmarks as a fraction of
    the normaliser. Audit faces, which begin without one, are not among them."""
    newest = labels.newest_of(s, s.scalars(select(Revision.face_id).where(Revision.round_id == round_.id)).all())
    moved = []
    for revision, record in newest.values():
        distance = _normaliser(scheme, record.shape)
        if revision.model_version_id is not None and revision.origin == "desk" and distance is not None:
            seen = np.delete(record.moved, record.predicted)
            moved.append(float(seen.mean() / distance[0]) if len(seen) else 0.0)
    return np.array(moved, dtype=np.float64)


def disagreement(s: Session, scheme: Scheme) -> float | None:
    """Mean distance between the labels of two people on the same face, or of one with themselves, as a fraction of the
    normaliser; None where too few faces were labelled twice."""
    return agreement.measure(s, scheme).floor


def _measured(s: Session, scheme: Scheme, version: ModelVersion, truth: dict[int, npt.NDArray[np.float64]]) -> Measured:
    errors = _errors(s, scheme, version, truth)
    value = low = high = None
    if len(errors):
        value = 100 * float(errors.mean())
        low, high = (100 * end for end in bootstrap_interval(errors, seed=0))
    finish = bool(version.metrics.get(FINISH))
    return Measured(version.number, version.labels, value, low, high, len(errors), version.seconds, finish)


def _errors(
    s: Session, scheme: Scheme, version: ModelVersion, truth: dict[int, npt.NDArray[np.float64]]
) -> npt.NDArray[np.float64]:
    """(N,) NME, as fractions, of the hold-out faces that the version predicted and that have a normaliser."""
    predicted = predictions.of_version(s, version.id, list(truth)) if truth else {}
    errors = [_error(scheme, shape, truth[face_id]) for face_id, (shape, _) in predicted.items()]
    return np.array([error for error in errors if np.isfinite(error)])


def _error(scheme: Scheme, predicted: npt.NDArray[np.float64], truth: npt.NDArray[np.float64]) -> float:
    """NaN for a face that has no normaliser, such as one without a landmark at an eye's corner."""
    distance = _normaliser(scheme, truth)
    return float("nan") if distance is None else float(nme(predicted[None], truth[None], distance)[0])


def _normaliser(scheme: Scheme, truth: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    """(1,) pixels; None for a face that has none."""
    try:
        return normaliser(scheme, truth, default_kind(scheme))
    except FacelabelError:
        return None
