"""How far off predicted landmarks really are: what is expected of them, held against the blind labels of audit faces.

The shape prior and the heatmaps together expect an error of every landmark (``Belief.expected_errors``). Audit faces
were labelled without sight of any prediction, so that the distance to their labels is the real error. A curve that only
rises leads from the one to the other (isotonic regression: Barlow et al., Statistical Inference under Order
Restrictions, 1972), drawn towards the uncorrected expectation while few audit faces are there to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.campaign.expecting import belief, shape_prior, size_of, version_blur
from facelabel.errors import FacelabelError
from facelabel.metrics.nme import default_kind, normaliser
from facelabel.schemes import Scheme
from facelabel.store import faces, labels, predictions
from facelabel.store.project import Project
from facelabel.store.tables import Face, Job, ModelVersion, Prediction, Revision

Float64 = npt.NDArray[np.float64]

FEWEST = 8
"""Audit faces from which on expected errors are told in pixels."""
_TRUSTED = 10.0
"""Audit faces that count as much as what is supposed without any."""
_UNCORRECTED = np.sqrt(np.pi) / 2
"""Mean over root mean square of the length of a Gaussian error with two equal coordinates: what is supposed."""
_KNOTS = 12
_VERSIONS = 4
_FADING = 0.5
"""Versions that tell, the newest first, and what each counts of the one after it: an expectation means much the same
whichever version it is of."""
_FOLDS = 5
_BINS = 8
_DRAWS = 400
_WIDE = 0.25
"""Mean relative deviation of the bins from which on expected errors are called rough."""
_SAME = 1.5
"""How many times as far off the last bin has to be as the first for the expectation to tell anything."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """P landmarks of audit faces, each as one version predicted it: ``face`` ids, ``version`` ids, ``expected`` and
    ``real`` errors, in sizes of the predicted face, ``unit``: that size over the normalising distance of the label."""

    face: npt.NDArray[np.int64]
    version: npt.NDArray[np.int64]
    expected: Float64
    real: Float64
    unit: Float64

    @property
    def faces(self) -> int:
        return len(np.unique(self.face))

    @cached_property
    def weights(self) -> Float64:
        """(P,) 1 for the newest version, less for those before it."""
        age = np.unique(-self.version, return_inverse=True)[1]
        return np.power(_FADING, age.astype(np.float64))

    def only(self, chosen: npt.NDArray[np.bool_]) -> Pairs:
        parts = (self.expected[chosen], self.real[chosen], self.unit[chosen])
        return Pairs(self.face[chosen], self.version[chosen], *parts)


@dataclass(frozen=True)
class Bin:
    """Landmarks of about the same expected error, per cent of the normalising distance: what was expected and what was
    found on average, ``low`` to ``high`` the 95 % interval of that over faces, and how many landmarks."""

    expected: float
    real: float
    low: float
    high: float
    landmarks: int


@dataclass(frozen=True)
class Reliability:
    """How expected and real errors of model ``version`` agree, each face told by a curve that has not seen it."""

    version: int
    faces: int
    bins: tuple[Bin, ...]

    @property
    def deviation(self) -> float:
        """Mean relative distance of the bins from what was expected."""
        return float(np.mean([abs(one.real - one.expected) / max(one.expected, 1e-9) for one in self.bins]))

    @property
    def text(self) -> str:
        """One sentence for the lead."""
        first, last = self.bins[0], self.bins[-1]
        times = last.real / max(first.real, 1e-9)
        apart = f"{100 * self.deviation:.0f} %"
        if times < _SAME:
            return (
                "Expected errors hardly tell sure points from doubtful ones; "
                f"real errors differ from them by {apart} on average."
            )
        if self.deviation < _WIDE:
            return (
                f"Expected errors can be relied on: real errors differ from them by {apart} on average; "
                f"the points most in doubt are {times:.1f} times as far off as the surest."
            )
        return (
            f"Expected errors are rough yet: real errors differ from them by {apart} on average; "
            f"the points most in doubt are {times:.1f} times as far off as the surest."
        )


@dataclass(frozen=True, eq=False)
class Calibration:
    """From expected to real errors, by the labels of ``faces`` audit faces; ``knots`` are places of the curve, in sizes
    of a face, and none while there are fewer than ``wanted`` faces. ``reliability`` is of the newest version."""

    faces: int
    knots: tuple[tuple[float, float], ...] = ()
    reliability: Reliability | None = None
    wanted: int = FEWEST

    @property
    def ready(self) -> bool:
        return bool(self.knots)

    @property
    def text(self) -> str:
        """'not calibrated yet: 3 of 8 audit faces', or how well it is."""
        if not self.ready:
            return f"not calibrated yet: {self.faces} of {self.wanted} audit face{'' if self.wanted == 1 else 's'}"
        return f"calibrated on {self.faces} audit face{'' if self.faces == 1 else 's'}"

    def errors(self, expected: Float64, size: float) -> Float64:
        """(L,) mean errors in pixels for expected ones in pixels, of a face of ``size`` pixels (``size_of``). As they
        are where nothing is calibrated; never in another order."""
        if not self.ready or not size:
            return expected
        return size * _read(self._curve, expected / size)

    @cached_property
    def _curve(self) -> Float64:
        return np.array(self.knots, dtype=np.float64)


def calibrate(s: Session, project: Project) -> Calibration:
    """By all that the project knows now. Reads files; for a background thread."""
    pairs = observed(s, project)
    if pairs.faces < FEWEST:
        return Calibration(pairs.faces)
    newest = int(pairs.version.max())
    number = s.scalars(select(ModelVersion.number).where(ModelVersion.id == newest)).one()
    knots = tuple((float(x), float(y)) for x, y in curve(pairs))
    return Calibration(pairs.faces, knots, reliability(pairs, number))


def basis(s: Session) -> tuple[object, ...]:
    """What a calibration rests on: while it is the same, so is the calibration."""
    audited = select(func.max(Revision.id)).join(Face, Face.id == Revision.face_id).where(Face.holdout)
    labelled = select(func.count()).select_from(Face).where(Face.holdout, Face.state == "labelled")
    return s.scalar(audited), s.scalar(labelled), s.scalar(select(func.max(Job.finished_at)))


def observed(s: Session, project: Project) -> Pairs:
    """Every labelled audit face under the newest versions that predicted it."""
    truth = {face.id: face for face in s.scalars(select(Face).where(Face.holdout, Face.state == "labelled"))}
    known = labels.newest_of(s, list(truth)) if truth else {}
    prior, _ = shape_prior(s, project.scheme)
    rows: list[tuple[int, int, Float64, Float64, float]] = []
    for version in _versions(s, list(known)):
        if prior is None:
            break
        blur = version_blur(s, project, version)
        for face_id, (shape, confidence) in predictions.of_version(s, version, list(known)).items():
            label = known[face_id][1].confirmed
            distance, size = _distance(project.scheme, label), size_of(shape)
            believed = belief(prior, faces.box_of(truth[face_id]), shape, confidence, blur)
            if believed is None or distance is None or not size:
                continue
            real = np.hypot(*(shape - label).T) / size
            rows.append((face_id, version, believed.expected_errors / size, real, size / distance))
    count = project.scheme.size
    expected, real = (np.array([row[i] for row in rows], dtype=np.float64).reshape(-1) for i in (2, 3))
    every = [np.repeat([row[i] for row in rows], count) for i in (0, 1, 4)]
    there = np.isfinite(real)
    return Pairs(
        every[0][there].astype(np.int64),
        every[1][there].astype(np.int64),
        expected[there],
        real[there],
        every[2][there].astype(np.float64),
    )


def _distance(scheme: Scheme, label: Float64) -> float | None:
    """The normalising distance in pixels; None for a face that has none."""
    try:
        distance = float(normaliser(scheme, label, default_kind(scheme))[0])
    except FacelabelError:
        return None
    return distance if np.isfinite(distance) and distance > 0 else None


def _versions(s: Session, audited: list[int]) -> list[int]:
    """The newest versions that predicted audit faces."""
    seen = select(Prediction.model_version_id).where(Prediction.face_id.in_(audited)).distinct()
    return list(s.scalars(seen.order_by(Prediction.model_version_id.desc()).limit(_VERSIONS)))


def curve(pairs: Pairs) -> Float64:
    """(K, 2) expected and real errors in sizes of a face: both rise, the second never falls.

    Means over bins of about as many landmarks, made monotone by weight, and shrunk towards a line through 0.
    """
    from scipy.optimize import isotonic_regression  # slow to import, and only a calibrated project needs it

    expected, real, weights = pairs.expected, pairs.real, pairs.weights
    trust = pairs.faces / (pairs.faces + _TRUSTED)
    ratio = trust * float(weights @ real) / max(float(weights @ expected), 1e-12) + (1 - trust) * float(_UNCORRECTED)
    order = np.argsort(expected, kind="stable")
    parts = [part for part in np.array_split(order, min(_KNOTS, max(1, len(order) // 20))) if len(part)]
    mass, x, y = (
        np.array([float(np.dot(values[part], weights[part])) for part in parts])
        for values in (np.ones(len(order)), expected, real)
    )
    x, y = x / mass, y / mass
    rising = isotonic_regression(y, weights=mass).x
    knots = np.stack([x, trust * rising + (1 - trust) * ratio * x], axis=1)
    distinct: Float64 = knots[np.concatenate([[True], np.diff(x) > 0])]
    return distinct


def _read(knots: Float64, expected: Float64) -> Float64:
    """Between knots straight, beyond the first and the last in proportion."""
    x, y = knots.T
    inside = np.interp(expected, x, y)
    below, above = expected * (y[0] / x[0]), expected * (y[-1] / x[-1])
    read: Float64 = np.where(expected < x[0], below, np.where(expected > x[-1], above, inside))
    return read


def reliability(pairs: Pairs, number: int) -> Reliability:
    """Of the newest version among ``pairs``, whose number is ``number``; a face is told by the other folds' faces."""
    ids = np.unique(pairs.face)
    fold = np.searchsorted(ids, pairs.face) % min(_FOLDS, len(ids))
    told = np.empty(len(pairs.expected))
    for one in range(int(fold.max()) + 1):
        away = fold == one
        told[away] = _read(curve(pairs.only(~away)), pairs.expected[away])
    newest = pairs.version == pairs.version.max()
    expected, real = (100 * (part * pairs.unit)[newest] for part in (told, pairs.real))
    face = pairs.face[newest]
    order = np.argsort(expected, kind="stable")
    rng = np.random.default_rng(0)
    bins = []
    for part in np.array_split(order, min(_BINS, max(1, len(order) // 20))):
        low, high = _interval(real[part], face[part], rng)
        bins.append(Bin(float(expected[part].mean()), float(real[part].mean()), low, high, len(part)))
    return Reliability(number, len(np.unique(face)), tuple(bins))


def _interval(real: Float64, face: npt.NDArray[np.int64], rng: np.random.Generator) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean over faces, whose landmarks err together."""
    ids, which = np.unique(face, return_inverse=True)
    sums, counts = np.bincount(which, weights=real), np.bincount(which)
    drawn = rng.integers(0, len(ids), size=(_DRAWS, len(ids)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
