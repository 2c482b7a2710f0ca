"""What the store knows of the faces, as the arrays that a strategy chooses from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from facelabel.acquisition import Pool
from facelabel.campaign import counting
from facelabel.store import arrays, labels
from facelabel.store.among import among
from facelabel.store.tables import Face, Prediction, Revision, Score

MOST_TRUTHS = 2000
"""Labelled shapes that a shape prior is made of at most, the newest."""
FEWEST_TIMED = 8
_MOST_TIMED = 500
_ROW = np.dtype([("id", np.int64), ("image", np.int64), ("labelled", np.bool_)])
_PREDICTED = {"shapes", "mirrored", "committee", "augmented"}


@dataclass(frozen=True)
class StoredPool:
    """``pool`` with the face ``ids`` (N,) of its rows, ascending, and whose scores it has, None at first."""

    ids: npt.NDArray[np.int64]
    pool: Pool
    version_id: int | None

    def rows(self, face_ids: Iterable[int]) -> npt.NDArray[np.intp]:
        return np.flatnonzero(np.isin(self.ids, list(face_ids)))


def read(
    s: Session, needs: Collection[str], *, asked: Collection[int] = (), version_id: int | None = None
) -> StoredPool:
    """The open and the labelled faces, without those that only measure, and the arrays that ``needs`` names.

    ``asked`` are faces of the present batch: they are queued, whatever became of them since, so that they keep their
    places in the ranking. Scores are those of ``version_id``, or of the newest version that has scored.
    """
    rows = (
        select(Face.id, Face.image_id, Face.state == "labelled")
        .where(~Face.holdout, or_(Face.state.in_(["open", "labelled"]), Face.id.in_(among(asked))))
        .order_by(Face.id)
    )
    table = np.fromiter((tuple(row) for row in s.execute(rows)), dtype=_ROW)
    ids = np.ascontiguousarray(table["id"])
    queued = np.isin(ids, np.array(sorted(asked), dtype=np.int64))
    version_id = arrays.scored_by(s) if version_id is None else version_id
    pool = Pool(labelled=table["labelled"] & ~queued, queued=queued, images=np.ascontiguousarray(table["image"]))
    wanted = set(needs)
    if "seconds" in wanted:
        wanted |= {"mirror", "shapes", "truths"}  # Gains that a choice by the second weighs too, where there are any.
    return StoredPool(ids, pool if version_id is None else _filled(s, pool, ids, version_id, wanted), version_id)


def _filled(s: Session, pool: Pool, ids: npt.NDArray[np.int64], version_id: int, wanted: set[str]) -> Pool:
    if wanted:
        pool = replace(pool, scores=arrays.scores(s, version_id, ids, wanted))
    if "embeddings" in wanted:
        # Of each face only the newest vector is kept: the version that ranked may have none left.
        found = arrays.embeddings(s, version_id, ids)
        newest = arrays.embedded_by(s)
        if found is None and newest is not None:
            found = arrays.embeddings(s, newest, ids)
        pool = replace(pool, embeddings=found)
    if "confidence" in wanted:
        pool = replace(pool, confidence=arrays.confidence(s, version_id, ids))
    if wanted & _PREDICTED:
        pool = replace(pool, shapes=arrays.shapes(s, version_id, ids))
    if "committee" in wanted and (earlier := _before(s, version_id)) is not None:
        pool = replace(pool, committee=arrays.shapes(s, earlier, ids))
    if "truths" in wanted:
        pool = replace(pool, truths=_truths(s))
    if "seconds" in wanted and "nnm" in pool.scores:
        pool = replace(pool, seconds=predicted_seconds(s, pool.scores["nnm"]))
    return pool


def _before(s: Session, version_id: int) -> int | None:
    """The newest earlier version that has predicted faces."""
    return s.scalar(select(func.max(Prediction.model_version_id)).where(Prediction.model_version_id < version_id))


def _truths(s: Session) -> npt.NDArray[np.float64] | None:
    """(M, L, 2) labelled shapes, NaN where absent or confirmed by nobody."""
    newest = select(Face.id).where(counting.teaches()).order_by(Face.id.desc()).limit(MOST_TRUTHS)
    found = labels.newest_of(s, s.scalars(newest).all())
    return np.stack([record.confirmed for _, record in found.values()]) if found else None


def predicted_seconds(s: Session, nnm: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64] | None:
    """Seconds (N,) that an annotator is predicted to need, from the faces' NNM (N,): log seconds of the newest timed
    labels against the standing of the face among all that its version scored, by the line of Theil and Sen. None where
    fewer than eight labels tell."""
    first = aliased(Revision)
    began = ~exists().where(first.face_id == Revision.face_id, first.number < Revision.number)
    of_version = (
        select(
            Score.model_version_id.label("version"),
            func.avg(Score.value).label("mean"),
            (func.avg(Score.value * Score.value) - func.avg(Score.value) * func.avg(Score.value)).label("variance"),
        )
        .where(Score.function == "nnm")
        .group_by(Score.model_version_id)
        .subquery()
    )
    rows = s.execute(
        select(Revision.seconds, Score.value, of_version.c.mean, of_version.c.variance)
        .join(Score, (Score.face_id == Revision.face_id) & (Score.model_version_id == Revision.model_version_id))
        .join(of_version, of_version.c.version == Score.model_version_id)
        .where(began, Score.function == "nnm", Revision.origin != "import", Revision.seconds > 0)
        .order_by(Revision.id.desc())
        .limit(_MOST_TIMED)
    ).all()
    from scipy.stats import theilslopes  # slow to import, and the window opens without it

    timed = [(seconds, (value - mean) / variance**0.5) for seconds, value, mean, variance in rows if variance > 0]
    known = nnm[np.isfinite(nnm)]
    if len(timed) < FEWEST_TIMED or not len(known) or not known.std():
        return None
    seconds, standing = np.array(timed).T
    slope = intercept = 0.0
    if np.ptp(standing) > 0:
        slope, intercept = theilslopes(np.log(seconds), standing)[:2]
    else:
        intercept = float(np.median(np.log(seconds)))
    # No farther than what was seen: the line says nothing of harder faces than any that somebody labelled.
    where = np.clip((nnm - known.mean()) / known.std(), standing.min(), standing.max())
    predicted: npt.NDArray[np.float64] = np.exp(intercept + slope * where)
    return predicted
