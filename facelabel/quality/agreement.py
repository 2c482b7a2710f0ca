"""How far people agree: between annotators and of one with themselves, per face and per landmark.

Measured on faces that were labelled twice, the second time blindly (``store.second_labels``). Distances are fractions
of the scheme's normalising distance, taken from the first label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from facelabel.metrics import nme
from facelabel.metrics.ced import bootstrap_interval
from facelabel.quality.judging import normalisers
from facelabel.schemes import Scheme
from facelabel.store import labels, second_labels
from facelabel.store.labels import LabelRecord
from facelabel.store.tables import Face

FloatArray = npt.NDArray[np.floating[Any]]
Float64 = npt.NDArray[np.float64]
Who = Literal["between", "within", "gold"]
FEWEST = 5
"""Faces from which on agreement is told."""


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations of single ratings (Shrout and Fleiss 1979): ``agreement`` is ICC(2,1), in which raters
    who differ by a constant do not agree; ``consistency`` is ICC(3,1), in which they do. NaN where nothing varies."""

    agreement: float
    consistency: float


def icc(ratings: FloatArray) -> Icc:
    """Of ``ratings`` (n, k): n subjects that each of k raters rated. Raises ValueError for fewer than two of either.

    With the mean squares between subjects B, between raters J and of the residual E: ICC(2,1) = (B - E) / (B +
    (k - 1) E + k (J - E) / n), ICC(3,1) = (B - E) / (B + (k - 1) E).
    """
    given = np.asarray(ratings, dtype=np.float64)
    if given.ndim != 2 or min(given.shape) < 2:
        raise ValueError(f"an intraclass correlation takes two subjects and two raters at least, not {given.shape}")
    n, k = given.shape
    grand, by_subject, by_rater = given.mean(), given.mean(axis=1), given.mean(axis=0)
    subjects = k * float(((by_subject - grand) ** 2).sum()) / (n - 1)
    raters = n * float(((by_rater - grand) ** 2).sum()) / (k - 1)
    left = given - by_subject[:, None] - by_rater[None] + grand
    residual = float((left**2).sum()) / ((n - 1) * (k - 1))
    gain = subjects - residual
    absolute = subjects + (k - 1) * residual + k * (raters - residual) / n
    relative = subjects + (k - 1) * residual
    nan = float("nan")
    return Icc(gain / absolute if absolute > 0 else nan, gain / relative if relative > 0 else nan)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two labels of one face: ``first`` is the one that counted then, ``second`` the blind one. ``distance`` (L,) and
    ``nme`` are fractions of the normaliser, NaN where a landmark is absent in either; ``assisted``: both began with the
    same prediction."""

    face_id: int
    authors: tuple[str, str]
    who: Who
    first: Float64
    second: Float64
    distance: Float64
    nme: float
    assisted: bool
    box: Float64
    normaliser: float


@dataclass(frozen=True)
class Group:
    """Agreement of some pairs of labels: mean NME with its 95 % bootstrap interval, per cent. ``people`` are the two
    annotators, or the one; for gold faces the one who was asked."""

    who: Who
    people: tuple[str, ...]
    faces: int
    nme: float
    low: float
    high: float


@dataclass(frozen=True)
class PerLandmark:
    """One landmark over all pairs, in per cent of the normaliser: ``mean`` distance; ``bias`` (x, y) second minus first
    and ``spread`` (x, y) 1.96 standard deviations about it, the limits of agreement of Bland and Altman 1986. ``icc``
    of x and of y; None where there are too few faces."""

    index: int
    name: str
    faces: int
    mean: float
    bias: tuple[float, float]
    spread: tuple[float, float]
    icc: tuple[Icc, Icc] | None


@dataclass(frozen=True)
class Agreement:
    """``groups``: one for each pair of annotators, each annotator with themselves, and each with the gold faces;
    ``floor`` is the mean NME (fraction) of what people differ by, None with too few faces; ``assisted`` of ``faces``
    began with the same prediction both times."""

    faces: int
    assisted: int
    groups: tuple[Group, ...]
    landmarks: tuple[PerLandmark, ...]
    floor: float | None
    normaliser: str


def pairs(s: Session, scheme: Scheme) -> list[Pair]:
    """Every second label beside the first, the oldest first."""
    found = []
    answered = second_labels.answered(s)
    firsts = labels.of_revisions(s, {one.first_id for one in answered})
    for one in answered:
        first, record = firsts[one.first_id]
        face = s.get_one(Face, one.face_id)
        who: Who = "gold" if one.kind == "gold" else "within" if one.author == first.author else "between"
        found.append(
            compare(
                scheme,
                one.face_id,
                (first.author, one.author or ""),
                who,
                record,
                second_labels.record_of(one),
                assisted=first.model_version_id is not None,
                box=np.array([face.left, face.top, face.width, face.height]),
            )
        )
    return found


def compare(
    scheme: Scheme,
    face_id: int,
    authors: tuple[str, str],
    who: Who,
    first: LabelRecord,
    second: LabelRecord,
    *,
    assisted: bool,
    box: Float64,
) -> Pair:
    """Two labels of one face; ``box`` (4,) left, top, width, height."""
    one, other = first.confirmed, second.confirmed
    size = normalisers(scheme, one[None], box[None])
    distance = nme.per_landmark(other[None], one[None], size)[0]
    whole = float(nme.nme(other[None], one[None], size)[0])
    return Pair(face_id, authors, who, one, other, distance, whole, assisted, box, float(size[0]))


def measure(s: Session, scheme: Scheme) -> Agreement:
    """Of the whole project."""
    return summarise(scheme, pairs(s, scheme))


def summarise(scheme: Scheme, every: list[Pair]) -> Agreement:
    """Groups, landmarks and floor of the pairs given."""
    own = [pair for pair in every if pair.who != "gold" and np.isfinite(pair.nme)]
    return Agreement(
        faces=len(own),
        assisted=sum(pair.assisted for pair in own),
        groups=tuple(_groups(every)),
        landmarks=tuple(_landmarks(scheme, own)),
        floor=_floor(own),
        normaliser=nme.default_kind(scheme),
    )


def _floor(own: list[Pair]) -> float | None:
    """Between annotators where enough faces say so, else of them with themselves."""
    for who in ("between", "within"):
        apart = [pair.nme for pair in own if pair.who == who]
        if len(apart) >= FEWEST:
            return float(np.mean(apart))
    return None


def _groups(every: list[Pair]) -> list[Group]:
    grouped: dict[tuple[Who, tuple[str, ...]], list[float]] = {}
    for pair in every:
        if not np.isfinite(pair.nme):
            continue
        people = (pair.authors[1],) if pair.who != "between" else tuple(sorted(pair.authors))
        grouped.setdefault((pair.who, people), []).append(pair.nme)
    order = {"between": 0, "within": 1, "gold": 2}
    made = []
    for (who, people), errors in sorted(grouped.items(), key=lambda item: (order[item[0][0]], item[0][1])):
        values = np.array(errors)
        low, high = bootstrap_interval(values, seed=0) if len(values) > 1 else (values[0], values[0])
        made.append(Group(who, people, len(values), 100 * float(values.mean()), 100 * float(low), 100 * float(high)))
    return made


def _landmarks(scheme: Scheme, own: list[Pair]) -> list[PerLandmark]:
    """By the scheme's order; those that no pair has are left out."""
    if not own:
        return []
    size = np.array([pair.normaliser for pair in own])[:, None, None]
    # In the frame of the face: where it lies in its photo would else agree for everybody.
    corner = np.array([pair.box[:2] for pair in own])[:, None]
    first, second = ((np.stack([getattr(pair, name) for pair in own]) - corner) / size for name in ("first", "second"))
    made = []
    for index, landmark in enumerate(scheme.landmarks):
        both = ~np.isnan(first[:, index, 0] + second[:, index, 0])
        count = int(both.sum())
        if count == 0:
            continue
        one, other = first[both, index], second[both, index]
        gap = 100 * (other - one)
        spread = 1.96 * gap.std(axis=0, ddof=1) if count > 1 else np.zeros(2)
        correlated = None
        if count >= FEWEST:
            correlated = tuple(icc(np.stack([one[:, axis], other[:, axis]], axis=1)) for axis in (0, 1))
        made.append(
            PerLandmark(
                index,
                landmark.name,
                count,
                float(np.linalg.norm(gap, axis=1).mean()),
                (float(gap[:, 0].mean()), float(gap[:, 1].mean())),
                (float(spread[0]), float(spread[1])),
                None if correlated is None else (correlated[0], correlated[1]),
            )
        )
    return made
