"""What the lab lead's screen shows of a project: the map of its faces, scores, batches, costs and the audit.

Read-only. Nothing here knows a window; every call is one short transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.acquisition import discard_top
from facelabel.campaign import measuring
from facelabel.campaign.calibration import Calibration, basis, calibrate
from facelabel.costs import relative
from facelabel.store import predictions, versions
from facelabel.store.project import Project
from facelabel.store.tables import (
    BatchItem,
    Embedding,
    Face,
    Job,
    ModelVersion,
    Prediction,
    Round,
    Score,
)

State = Literal["open", "discarded", "labelled", "audit", "chosen"]
STATES: tuple[State, ...] = get_args(State)
"""Of a face on the map. ``chosen``: the batch that is being labelled asks for it; ``discarded``: set aside as a likely
outlier; ``audit``: only measures, labelled or to be labelled."""

_BLOCK = 8192
_FITTED_ON = 20_000
_BINS = 40


@dataclass(frozen=True, eq=False)
class EmbeddingMap:
    """The faces that model ``version`` has seen and nobody rejected, in the plane in which its embeddings differ most.

    ``ids`` (N,); ``xy`` (N, 2) float32, in units of the embedding; ``state`` (N,) indices into STATES; ``explained``
    (2,) the share of the variance that each direction holds.
    """

    version: int
    ids: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float32]
    state: npt.NDArray[np.uint8]
    explained: tuple[float, float]

    def count(self, state: State) -> int:
        return int((self.state == STATES.index(state)).sum())


@dataclass(frozen=True, eq=False)
class ScoreHistogram:
    """The scores of the open faces under model ``version``: ``counts`` (B,) between ``edges`` (B + 1,).

    Scores above ``line`` are set aside as likely outliers, ``discarded`` of them; None where none are.
    """

    version: int
    function: str
    edges: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    line: float | None
    discarded: int


@dataclass(frozen=True)
class ChosenFace:
    """A face that a round asked for, and why."""

    face_id: int
    rank: int
    score: float | None
    why: str
    state: str
    ahead: bool
    audit: bool


@dataclass(frozen=True)
class Composition:
    """What a round asked for, in order. ``rounds`` are the numbers of all rounds, newest first."""

    round: int
    function: str
    faces: list[ChosenFace]
    rounds: list[int]

    @property
    def parts(self) -> dict[str, int]:
        """How many faces the rule chose, measure only, and were handed out ahead while the model trained."""
        kinds = Counter("audit" if face.audit else "ahead" if face.ahead else "chosen" for face in self.faces)
        return dict(kinds)


@dataclass(frozen=True)
class Costs:
    """The newest finished round: seconds of its training, seconds of the rest of its job (reading, scoring, saving),
    how many faces were scored, and the preset. None where nothing is known."""

    training: float | None = None
    scoring: float | None = None
    scored: int | None = None
    preset: str | None = None

    @property
    def each(self) -> float | None:
        """Seconds that scoring a face took."""
        return self.scoring / self.scored if self.scored and self.scoring is not None else None

    def under(self, preset: str) -> Costs:
        """What the round would have taken with another preset, by the arithmetic of both."""
        if self.preset is None or preset == self.preset or self.training is None or self.scoring is None:
            return self
        ratios = relative(preset, self.preset)
        if ratios is None:
            return Costs()
        return Costs(ratios[0] * self.training, ratios[1] * self.scoring, self.scored, preset)


@dataclass(frozen=True)
class AuditAgreement:
    """How far the newest model ``version`` is from the annotators on the audit faces; ``errors``: (face id, NME in per
    cent), the worst first."""

    version: int | None
    errors: list[tuple[int, float]]


class Overview:
    """Thread-safe; keeps the map's places for the model version that they belong to."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._placed: tuple[object, _Placed] | None = None
        self._calibrated: tuple[object, Calibration] | None = None

    def embedding_map(self, discarded: Collection[int] = ()) -> EmbeddingMap | None:
        """None before any face was scored. ``discarded`` are ids of faces that a rule sets aside."""
        with self._project.reading() as s:
            version = s.scalar(select(func.max(Embedding.model_version_id)))
            if version is None:
                return None
            of_version = select(func.count()).where(Embedding.model_version_id == version)
            key = (version, s.scalar(of_version), s.scalar(select(func.max(Job.finished_at))))
            placed = self._places(s, version, key)
            rejected = s.scalars(select(Face.id).where(Face.state == "rejected")).all()
            kept = ~np.isin(placed.ids, _ids(rejected))
            ids = placed.ids[kept]
            number = versions.get(s, version).number
            return EmbeddingMap(number, ids, placed.xy[kept], _states(s, ids, discarded), placed.explained)

    def _places(self, s: Session, version: int, key: object) -> _Placed:
        with self._lock:
            if self._placed is None or self._placed[0] != key:
                self._placed = key, _principal(*predictions.embeddings(s, version))
            return self._placed[1]

    def score_histogram(self, function: str, discard: float) -> ScoreHistogram | None:
        """Of the newest version that was scored by ``function`` ("nnm", "entropy"); ``discard`` is the share that is
        set aside. None where there are no scores of open faces."""
        with self._project.reading() as s:
            version = s.scalar(
                select(ModelVersion)
                .where(
                    select(Score.face_id)
                    .where(Score.model_version_id == ModelVersion.id, Score.function == function)
                    .exists()
                )
                .order_by(ModelVersion.number.desc())
                .limit(1)
            )
            if version is None:
                return None
            number = version.number
            of_version = (Score.model_version_id == version.id, Score.function == function)
            wanted = select(Score.value).join(Face, Face.id == Score.face_id)
            wanted = wanted.where(*of_version, Face.state == "open", ~Face.holdout)
            # Past the unit of work, which has nothing to add to a hundred thousand numbers but time.
            values = np.array(s.connection().execute(wanted).scalars().all(), dtype=np.float64)
        values = values[np.isfinite(values)]
        if not len(values):
            return None
        kept = discard_top(values, discard)
        counts, edges = np.histogram(values, bins=min(_BINS, max(5, len(values) // 5)))
        line = float(values[~kept].min()) if not kept.all() else None
        return ScoreHistogram(number, function, edges, counts.astype(np.int64), line, int((~kept).sum()))

    def composition(self, number: int | None = None) -> Composition | None:
        """Of the round of this number, or of the newest; None where there is no such round."""
        with self._project.reading() as s:
            numbers = list(s.scalars(select(Round.number).order_by(Round.number.desc())))
            wanted = numbers[0] if number is None and numbers else number
            found = s.scalar(select(Round).where(Round.number == wanted))
            if found is None:
                return None
            rows = s.execute(
                select(BatchItem, Face.state, Face.holdout)
                .join(Face, Face.id == BatchItem.face_id)
                .where(BatchItem.round_id == found.id)
                .order_by(BatchItem.ahead, BatchItem.rank)
            )
            faces = [
                ChosenFace(item.face_id, item.rank, item.score, item.why, state, item.ahead, audit)
                for item, state, audit in rows
            ]
            return Composition(found.number, found.function, faces, numbers)

    def costs(self) -> Costs:
        with self._project.reading() as s:
            found = s.execute(
                select(Job, ModelVersion)
                .join(Round, Round.id == Job.round_id)
                .join(ModelVersion, ModelVersion.id == Round.trained_id)
                .where(Job.kind == "round", Job.state == "done", Job.finished_at.is_not(None))
                .order_by(Job.id.desc())
                .limit(1)
            ).one_or_none()
            if found is None:
                return Costs()
            job, version = found
            ended = job.started_at if job.finished_at is None else job.finished_at
            whole = (ended - job.started_at).total_seconds()
            scored = s.scalar(
                select(func.count()).select_from(Prediction).where(Prediction.model_version_id == version.id)
            )
            return Costs(version.seconds, max(0.0, whole - version.seconds), scored, version.preset)

    def calibration(self) -> Calibration:
        """How expected errors of landmarks agree with those found on the audit faces."""
        with self._project.reading() as s:
            key = basis(s)
            if self._calibrated is None or self._calibrated[0] != key:
                self._calibrated = key, calibrate(s, self._project)
            return self._calibrated[1]

    def audit(self) -> AuditAgreement:
        scheme = self._project.scheme
        with self._project.reading() as s:
            ids = list(measuring.holdout_labels(s))
            on_curve = [one for one in versions.all(s) if one.labels and not one.metrics.get(measuring.FINISH)]
            errors: list[tuple[int, float]] = []
            if on_curve and ids:
                _, found = measuring.per_face(s, scheme, on_curve[-1:])
                errors = [(i, 100 * float(one)) for i, one in zip(ids, found[0], strict=True) if np.isfinite(one)]
        worst_first = sorted(errors, key=lambda one: -one[1])
        number = on_curve[-1].number if on_curve else None
        return AuditAgreement(number, worst_first)


@dataclass(frozen=True, eq=False)
class _Placed:
    ids: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float32]
    explained: tuple[float, float]


def _principal(ids: npt.NDArray[np.int64], vectors: npt.NDArray[np.float32]) -> _Placed:
    """Principal component analysis of vectors (N, D) that are finite: the directions from a sample of a large pool,
    by the eigenvectors of its covariance, the places of all faces block by block."""
    finite = np.isfinite(vectors).all(axis=1)
    ids, vectors = ids[finite], vectors[finite]
    if not len(ids):
        return _Placed(ids, np.zeros((0, 2), np.float32), (0.0, 0.0))
    sample = vectors[:: -(-len(vectors) // _FITTED_ON)].astype(np.float64)
    mean = sample.mean(axis=0)
    variances, directions = np.linalg.eigh(np.atleast_2d(np.cov(sample, rowvar=False, bias=True)))
    axes = directions[:, ::-1][:, :2]
    # An eigenvector has no sign of its own: with this one the same pool gives the same map.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0)
    xy = np.zeros((len(vectors), 2), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        block = slice(start, start + _BLOCK)
        xy[block, : axes.shape[1]] = (vectors[block] - mean) @ axes
    shares = np.maximum(variances[::-1][:2], 0) / max(float(np.maximum(variances, 0).sum()), 1e-12)
    first, second = (*shares.tolist(), 0.0)[:2]
    return _Placed(ids, xy, (first, second))


def _states(s: Session, ids: npt.NDArray[np.int64], discarded: Collection[int]) -> npt.NDArray[np.uint8]:
    """(N,) indices into STATES; what stands later in STATES is told of a face to which both apply."""
    state = np.full(len(ids), STATES.index("open"), dtype=np.uint8)
    labelled = list(s.scalars(select(Face.id).where(Face.state == "labelled")))
    audit = list(s.scalars(select(Face.id).where(Face.holdout)))
    asked = select(BatchItem.face_id).join(Round).join(Face, Face.id == BatchItem.face_id)
    chosen = list(s.scalars(asked.where(Round.state != "done", Face.state == "open", ~Face.holdout)))
    told: dict[State, Collection[int]] = {
        "discarded": discarded,
        "labelled": labelled,
        "audit": audit,
        "chosen": chosen,
    }
    for name, members in told.items():
        state[np.isin(ids, _ids(members))] = STATES.index(name)
    return state


def _ids(faces: Collection[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(faces, dtype=np.int64, count=len(faces))
