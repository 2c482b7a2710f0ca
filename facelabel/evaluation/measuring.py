"""Predictions against the truth in the figures of the field: NME with its interval, CED, AUC and failure rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from facelabel.campaign.comparing import Size
from facelabel.errors import FacelabelError
from facelabel.evaluation.faces import FaceSet, KnownFace
from facelabel.metrics.ced import auc, bootstrap_interval, failure_rate
from facelabel.metrics.nme import Kind, default_kind, nme, normaliser, per_landmark
from facelabel.schemes import Scheme

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FILES = "files"
"""Instead of boxes: predictions that came from files."""


@dataclass(frozen=True)
class Figures:
    """One row of a table, in per cent but for ``auc``; ``nme`` and its interval are of the faces that were found.

    A face that the detector missed has no landmarks: it counts as a failure in ``failure_rate`` and ``auc``. None where
    nothing was found to measure.
    """

    name: str
    faces: int
    missed: int
    nme: float | None
    interval: tuple[float, float] | None
    median: float | None
    auc: float
    auc_interval: tuple[float, float]
    failure_rate: float
    failure_interval: tuple[float, float]


@dataclass(frozen=True)
class PartError:
    """The error of a group of landmarks, or of one, in per cent of the same distance; ``interval`` for groups."""

    name: str
    faces: int
    nme: float | None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions of ``name`` on N faces, from the boxes that ``boxes`` says in words.

    ``shapes`` (N, L, 2), NaN for missed faces; ``errors`` (N,) NME as a fraction, infinite for missed faces;
    ``landmark_errors`` (N, L), NaN where there is nothing to compare. ``by_norm`` is the NME in per cent by each
    normaliser, None where the scheme or a face has no such distance. ``pace``: seconds a face, where a model predicted
    them here; ``size`` that model's.
    """

    name: str
    boxes: str
    scheme: Scheme
    norm: Kind
    threshold: float
    seed: int
    faces: list[KnownFace]
    shapes: Floats
    errors: Floats
    landmark_errors: Floats
    whole: Figures
    subsets: tuple[Figures, ...]
    groups: tuple[PartError, ...]
    landmarks: tuple[PartError, ...]
    by_norm: dict[str, float | None]
    left_out: list[str]
    pace: float | None = None
    size: Size | None = None

    @property
    def found(self) -> Bools:
        return np.isfinite(self.errors)


def threshold_of(norm: Kind) -> float:
    """What AUC and failure rate are reported at for a normaliser: 10 % of the eyes' distance, 7 % of the box."""
    return 0.10 if norm in ("inter-ocular", "inter-pupil") else 0.07


def measure(
    known: FaceSet,
    shapes: Floats,
    missed: Bools,
    scheme: Scheme,
    *,
    name: str,
    boxes: str,
    norm: Kind | None = None,
    threshold: float | None = None,
    seed: int = 0,
) -> Evaluation:
    """Compare predictions ``shapes`` (N, L, 2) with the faces of ``known``; the seed is that of the bootstrap.

    ``norm`` of None is the scheme's own, ``threshold`` (a fraction) that of the norm. Raises FacelabelError when there
    is no face, or one of them has no such distance.
    """
    faces = known.faces
    if not faces:
        raise FacelabelError(f"no face to measure on: {(known.left_out or ['there is none'])[0]}")
    norm = norm or default_kind(scheme)
    limit = threshold_of(norm) if threshold is None else threshold
    truth = np.stack([face.shape for face in faces])
    sizes = distances(faces, scheme, norm)
    landmark_errors = per_landmark(shapes, truth, sizes)
    errors = np.where(missed, np.inf, nme(shapes, truth, sizes))
    empty = np.isnan(errors)
    if empty.any():
        first = faces[int(np.flatnonzero(empty)[0])]
        raise FacelabelError("no landmark of this face is both labelled and predicted", where=first.title)
    members = {s: np.array([s in face.subsets for face in faces]) for s in known.subsets}
    return Evaluation(
        name=name,
        boxes=boxes,
        scheme=scheme,
        norm=norm,
        threshold=limit,
        seed=seed,
        faces=faces,
        shapes=shapes,
        errors=errors,
        landmark_errors=landmark_errors,
        whole=figures("all", errors, limit, seed),
        subsets=tuple(figures(s, errors[inside], limit, seed) for s, inside in members.items() if inside.any()),
        groups=tuple(_group(g, landmark_errors[:, list(at)], seed) for g, at in scheme.groups.items()),
        landmarks=tuple(_landmark(m.name, landmark_errors[:, i]) for i, m in enumerate(scheme.landmarks)),
        by_norm={kind: _by(kind, scheme, shapes, faces) for kind in get_args(Kind)},
        left_out=known.left_out,
    )


def distances(faces: Sequence[KnownFace], scheme: Scheme, norm: Kind | None = None) -> Floats:
    """What the error of each face (N,) is divided by, in pixels. Raises FacelabelError when a face has no such."""
    boxes = [face.size_box for face in faces if face.size_box is not None]
    truth = np.stack([face.shape for face in faces])
    return normaliser(scheme, truth, norm or default_kind(scheme), boxes if len(boxes) == len(faces) else None)


def figures(name: str, errors: Floats, threshold: float, seed: int) -> Figures:
    """The row of a table for errors (N,) as fractions, infinite for missed faces."""
    found = errors[np.isfinite(errors)]
    credit = np.maximum(0.0, 1.0 - errors / threshold)
    return Figures(
        name=name,
        faces=len(errors),
        missed=len(errors) - len(found),
        nme=100 * float(found.mean()) if len(found) else None,
        interval=_percent(bootstrap_interval(found, seed)) if len(found) else None,
        median=100 * float(np.median(found)) if len(found) else None,
        auc=auc(errors, threshold),
        auc_interval=bootstrap_interval(credit, seed),
        failure_rate=100 * failure_rate(errors, threshold),
        failure_interval=_percent(bootstrap_interval((errors > threshold).astype(np.float64), seed)),
    )


def _group(name: str, errors: Floats, seed: int) -> PartError:
    """Of the faces with any landmark of the group (N, G): the mean of their means."""
    present = ~np.isnan(errors)
    counts = present.sum(axis=1)
    of_face = np.where(present, errors, 0.0).sum(axis=1)[counts > 0] / counts[counts > 0]
    if len(of_face) == 0:
        return PartError(name, 0, None)
    return PartError(name, len(of_face), 100 * float(of_face.mean()), _percent(bootstrap_interval(of_face, seed)))


def _landmark(name: str, errors: Floats) -> PartError:
    present = errors[~np.isnan(errors)]
    return PartError(name, len(present), 100 * float(present.mean()) if len(present) else None)


def _by(kind: Kind, scheme: Scheme, shapes: Floats, faces: Sequence[KnownFace]) -> float | None:
    try:
        errors = nme(shapes, np.stack([face.shape for face in faces]), distances(faces, scheme, kind))
    except FacelabelError:
        return None
    measured = errors[~np.isnan(errors)]
    return 100 * float(measured.mean()) if len(measured) else None


def _percent(interval: tuple[float, float]) -> tuple[float, float]:
    return 100 * interval[0], 100 * interval[1]
