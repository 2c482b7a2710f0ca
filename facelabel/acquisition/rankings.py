"""Strategies that order all faces by one score: the outlier rule, the cut, and the scores that are made of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from facelabel.acquisition.disagreement import disagreement, spread
from facelabel.acquisition.plausibility import PrincipalShapes, implausibility
from facelabel.acquisition.pool import Choice, Floats, Parameter, Pool, Reason, Rows
from facelabel.acquisition.selection import discard_top, take

Float64 = npt.NDArray[np.float64]

DISCARD = Parameter(0.1, 0, 0.3, "share of the highest scores that is left out as likely outliers")


@dataclass(frozen=True)
class ByScore:
    """A ``Strategy`` of one score: the highest ceil(discard * N) are set aside, the rest come in falling order.

    ``score`` answers for rows of the pool with float (n,), higher = ask first; a row whose score is not finite is not
    ranked. ``doubts`` answers with (n, L), higher = more in doubt, for the reasons, or None where the pool cannot tell.
    Ties go to the lowest row. What was set aside comes last, the least outlying first.
    """

    id: str
    title: str
    text: str
    needs: tuple[str, ...]
    score: Callable[[Pool, Rows], Floats]
    doubts: Callable[[Pool, Rows], Floats | None] | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: {"discard": DISCARD})

    def choose(self, pool: Pool, k: int, rng: np.random.Generator, **parameters: float) -> Choice:
        rows = pool.ranked
        scores = np.asarray(self.score(pool, rows), dtype=np.float64)
        if scores.shape != rows.shape:
            raise ValueError(f"{len(rows)} faces have {scores.shape} scores")
        known = np.isfinite(scores)
        return by_score(self.id, pool, k, rows[known], scores[known], parameters.get("discard", 0.0))


def by_score(rule: str, pool: Pool, k: int, rows: Rows, scores: Float64, discard: float) -> Choice:
    """The ``k`` first candidates of ``rows`` by falling ``scores``, without the top share while there are others."""
    order, kept = ordered(scores, discard)
    free = pool.open[rows[order]]
    note = f"after the top {100 * discard:g} % were set aside as likely outliers" if kept < len(order) else ""
    faces, reasons = [], []
    for place in np.flatnonzero(free)[: max(k, 0)]:
        last = bool(place >= kept)
        of = len(order) if last else kept
        faces.append(int(rows[order[place]]))
        reasons.append(
            Reason(rule, int(place) + 1, of, float(scores[order[place]]), "" if last else note, set_aside=last)
        )
    return Choice(tuple(faces), tuple(reasons), np.sort(rows[order[kept:]]))


def ordered(scores: Float64, discard: float) -> tuple[Rows, int]:
    """All indices: first the kept ones by falling score, how many these are, then the others by rising score."""
    keep = discard_top(scores, discard)
    falling = take(scores, len(scores))
    kept = falling[keep[falling]]
    return np.concatenate([kept, falling[::-1][~keep[falling[::-1]]]]), len(kept)


def ranks(scores: Floats) -> Float64:
    """Average ranks (N,) in (0, 1], 1 the highest; equal scores share the mean of their ranks."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: Float64 = ((last - (counts - 1) / 2) / max(len(scores), 1))[inverse]
    return mean


def mean_rank(*scores: Floats) -> Float64:
    """Mean of the average ranks of several scores (N,): Borda's count, which no score's scale can sway."""
    mean: Float64 = np.mean([ranks(one) for one in scores], axis=0)
    return mean


def scored(name: str) -> Callable[[Pool, Rows], Floats]:
    """The score of this name, as the model handed it over."""
    return lambda pool, rows: pool.given(name)[rows]


def apart(name: str) -> Callable[[Pool, Rows], Floats]:
    """Disagreement of the prediction with the array of this name."""
    return lambda pool, rows: disagreement(_versions(pool, rows, name))


def apart_by_landmark(name: str) -> Callable[[Pool, Rows], Floats | None]:
    return lambda pool, rows: None if pool.array(name) is None else spread(_versions(pool, rows, name))


def scored_or_apart(name: str, versions: str) -> Callable[[Pool, Rows], Floats]:
    """The score of this name where there is one, else the disagreement with the array ``versions``."""
    return lambda pool, rows: (scored(name) if name in pool.scores else apart(versions))(pool, rows)


mirror = scored_or_apart("mirror", "mirrored")


def _versions(pool: Pool, rows: Rows, name: str) -> Floats:
    other = pool.given(name)[rows]
    if other.ndim == 4:
        return other
    return np.stack([pool.given("shapes")[rows], other], axis=1)


def unlikely(pool: Pool, rows: Rows) -> Floats:
    """Implausibility of the predicted shapes under the prior of the labelled ones."""
    return implausibility(pool.given("shapes")[rows], pool.given("truths"))


def unlikely_by_landmark(pool: Pool, rows: Rows) -> Floats:
    return PrincipalShapes(pool.given("truths")).shares(pool.given("shapes")[rows])


def three_ranks(pool: Pool, rows: Rows) -> Floats:
    """Mean of the ranks by NNM, mirror disagreement and implausibility."""
    return mean_rank(scored("nnm")(pool, rows), mirror(pool, rows), unlikely(pool, rows))


def per_second(pool: Pool, rows: Rows) -> Floats:
    """Expected gain for each second of the annotator's (Settles, Craven and Friedland 2008: utility over cost).

    The gain is the mean of the ranks by those of NNM, mirror disagreement and implausibility that the pool has, the
    cost the predicted seconds, at least 1.
    """
    gains = [scored("nnm")(pool, rows)]
    if not pool.missing(("mirror",)):
        gains.append(mirror(pool, rows))
    if not pool.missing(("shapes", "truths")):
        gains.append(unlikely(pool, rows))
    known = [np.where(np.isfinite(gain), gain, -np.inf) for gain in gains]
    return mean_rank(*known) / np.maximum(pool.given("seconds")[rows], 1.0)
