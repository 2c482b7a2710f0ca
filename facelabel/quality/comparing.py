"""What a label looks like beside something else: the model's shape, another face's box, the pace of its annotator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.metrics.nme import nme, per_landmark

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]

LEAST_ERROR = 0.01
"""A disagreement that counts as usual at least, of the normaliser: nobody clicks more finely."""
_LEAST_TIMED = 10
"""Faces that an annotator must have labelled before a pace can be called theirs."""


@dataclass(frozen=True, eq=False)
class Disagreement:
    """``whole`` (N,): mean distance of the landmarks over the normaliser, NaN without a prediction; ``each`` (N, L);
    ``usual`` the median of the one, ``usual_each`` (L,) that of the other, over the faces that it was made from."""

    whole: Float64
    each: Float64
    usual: float
    usual_each: Float64


def disagreement(
    predicted: FloatArray, shapes: FloatArray, normaliser: FloatArray, known: Disagreement | None = None
) -> Disagreement:
    """Of predictions and labels (N, L, 2) of the same faces; ``normaliser`` (N,) pixels. What is usual is taken from
    ``known`` where it is given."""
    each = per_landmark(predicted, shapes, normaliser)
    whole = nme(predicted, shapes, normaliser)
    if known is not None:
        return Disagreement(whole, each, known.usual, known.usual_each)
    usual_each = [_median(column) for column in each.T]
    return Disagreement(whole, each, _median(whole), np.array(usual_each))


def _median(values: Float64) -> float:
    seen = values[np.isfinite(values)]
    return max(LEAST_ERROR, float(np.median(seen)) if len(seen) else LEAST_ERROR)


def overlap(one: FloatArray, other: FloatArray) -> Float64:
    """Intersection over union (N, M) of boxes (N, 4) and (M, 4): left, top, width, height."""
    a, b = np.asarray(one, dtype=np.float64)[:, None], np.asarray(other, dtype=np.float64)[None]
    low = np.maximum(a[..., :2], b[..., :2])
    high = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:])
    both = np.maximum(high - low, 0).prod(axis=-1)
    out: Float64 = both / (a[..., 2:].prod(axis=-1) + b[..., 2:].prod(axis=-1) - both)
    return out


def paces(authors: Sequence[str], seconds: FloatArray) -> dict[str, float]:
    """The median seconds a face of every author with at least ten timed ones."""
    timed = np.asarray(seconds, dtype=np.float64)
    out = {}
    names = np.array(authors, dtype=object)
    for author in set(authors):
        own = timed[(names == author) & (timed > 0)]
        if len(own) >= _LEAST_TIMED:
            out[author] = float(np.median(own))
    return out


def doubt(confidence: FloatArray, low: FloatArray) -> Float64:
    """(N,) share of the landmarks whose confidence (N, L) is under ``low`` (L,); NaN without a prediction."""
    given = np.asarray(confidence, dtype=np.float64)
    known = np.isfinite(given)
    under = (given < low) & known
    count = known.sum(axis=1)
    out: Float64 = np.divide(under.sum(axis=1), count, out=np.full(len(given), np.nan), where=count > 0)
    return out


def low_confidence(confidence: FloatArray, share: float) -> Float64:
    """(L,) the confidence that ``share`` of the predictions (N, L) of each landmark lie under; 0 without any."""
    given = np.asarray(confidence, dtype=np.float64)
    given = given[np.isfinite(given).all(axis=1)]
    return np.quantile(given, share, axis=0) if len(given) else np.zeros(np.asarray(confidence).shape[1])
