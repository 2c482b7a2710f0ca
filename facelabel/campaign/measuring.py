"""How good each model version is on the hold-out: its stored predictions against all hold-out labels of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.errors import FacelabelError
from facelabel.metrics.ced import bootstrap_interval
from facelabel.metrics.nme import default_kind, nme, normaliser
from facelabel.schemes import Scheme
from facelabel.store import labels, predictions
from facelabel.store.tables import Face, ModelVersion


@dataclass(frozen=True)
class Measured:
    """A version on the hold-out. ``nme`` with its 95 % bootstrap interval in per cent, None without hold-out labels;
    ``faces`` it was measured on; ``labels`` it was trained on; ``seconds`` that its training took."""

    version: int
    labels: int
    nme: float | None
    low: float | None
    high: float | None
    faces: int
    seconds: float


def holdout_labels(s: Session) -> dict[int, npt.NDArray[np.float64]]:
    """The newest label (L, 2) of every labelled hold-out face."""
    ids = s.scalars(select(Face.id).where(Face.holdout, Face.state == "labelled")).all()
    return {face_id: record.shape for face_id, (_, record) in labels.newest_of(s, list(ids)).items()} if ids else {}


def measure(s: Session, scheme: Scheme, every: Sequence[ModelVersion]) -> list[Measured]:
    truth = holdout_labels(s)
    return [_measured(s, scheme, version, truth) for version in every]


def of_version(s: Session, scheme: Scheme, version: ModelVersion) -> dict[str, Any]:
    """What is kept with the version: ``nme`` in per cent, ``nme_kind``, ``nme_faces``; empty without hold-out."""
    errors = _errors(s, scheme, version, holdout_labels(s))
    if len(errors) == 0:
        return {}
    return {"nme": 100 * float(errors.mean()), "nme_kind": default_kind(scheme), "nme_faces": len(errors)}


def _measured(s: Session, scheme: Scheme, version: ModelVersion, truth: dict[int, npt.NDArray[np.float64]]) -> Measured:
    errors = _errors(s, scheme, version, truth)
    value = low = high = None
    if len(errors):
        value = 100 * float(errors.mean())
        low, high = (100 * end for end in bootstrap_interval(errors, seed=0))
    return Measured(version.number, version.labels, value, low, high, len(errors), version.seconds)


def _errors(
    s: Session, scheme: Scheme, version: ModelVersion, truth: dict[int, npt.NDArray[np.float64]]
) -> npt.NDArray[np.float64]:
    """(N,) NME, as fractions, of the hold-out faces that the version predicted and that have a normaliser."""
    predicted = predictions.of_version(s, version.id, list(truth)) if truth else {}
    errors = [_error(scheme, shape, truth[face_id]) for face_id, (shape, _) in predicted.items()]
    return np.array([error for error in errors if np.isfinite(error)])


def _error(scheme: Scheme, predicted: npt.NDArray[np.float64], truth: npt.NDArray[np.float64]) -> float:
    """NaN for a face that has no normaliser, such as one without a landmark at an eye's corner."""
    try:
        distance = normaliser(scheme, truth, default_kind(scheme))
    except FacelabelError:
        return float("nan")
    return float(nme(predicted[None], truth[None], distance)[0])
