"""Strategies that choose a batch as a whole, so that its faces differ: by chance, distance, groups or coverage."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.acquisition.coverage import max_herding
from facelabel.acquisition.kcenter import k_center_greedy
from facelabel.acquisition.pool import Choice, Parameter, Pool, Reason, Rows
from facelabel.acquisition.rankings import ordered
from facelabel.acquisition.selection import random_order, take
from facelabel.acquisition.typicality import k_means, sparseness, typicality

Float64 = npt.NDArray[np.float64]
Floats = npt.NDArray[np.floating[Any]]
Picker = Callable[..., Choice]

AT_MOST = 10_000
"""Faces that are grouped at most, a seeded sample of a larger pool: what takes quadratic time stays under a second."""
COVERED = 4096
"""Faces that coverage is measured on at most, a seeded sample of a larger pool."""
MOST_GROUPS = 500
PAIRS = 2**25
"""Distances that are computed at most to find the lonely faces of a pool of up to 100,000."""
FEWEST_REFERENCES = 256


@dataclass(frozen=True)
class ByBatch:
    """A ``Strategy`` that is one function ``pick(pool, k, rng, **parameters) -> Choice``."""

    id: str
    title: str
    text: str
    needs: tuple[str, ...]
    pick: Picker
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def choose(self, pool: Pool, k: int, rng: np.random.Generator, **parameters: float) -> Choice:
        return self.pick(pool, k, rng, **parameters)


def at_random(pool: Pool, k: int, rng: np.random.Generator) -> Choice:
    """A seeded permutation of the candidates."""
    rows = pool.candidates
    return in_order("random", rows[random_order(len(rows), rng)][:k], len(rows))


def by_distance(pool: Pool, k: int, rng: np.random.Generator) -> Choice:
    """k-center greedy about the labelled faces and those that are asked for already."""
    rows = pool.candidates
    picks = k_center_greedy(pool.given("embeddings"), pool.centres.tolist(), k, among=_mask(pool, rows))
    return in_order("k-center", picks, len(rows), detail="the face least like any labelled one")


def by_distance_without_outliers(
    pool: Pool, k: int, rng: np.random.Generator, *, discard: float, neighbours: float
) -> Choice:
    """k-center greedy among all but the ``discard`` sparsest faces, by the distance to the k-th neighbour.

    Neighbours are looked for among all faces of a pool of up to 5,800, and among fewer the larger it is: a seeded
    sample, 335 of 100,000. The k-th neighbour there is farther than the pool's, but orders the faces much alike.
    """
    rows, features = pool.candidates, pool.given("embeddings")
    if not len(rows):
        return Choice((), ())
    references = _sample(rows, max(FEWEST_REFERENCES, PAIRS // len(rows)), rng)
    sparse = sparseness(features, features[references], min(int(neighbours), len(references) - 1), rows=rows)
    order, kept = ordered(sparse, discard)
    keep, last = rows[np.sort(order[:kept])], rows[order[kept:]]
    picks = k_center_greedy(features, pool.centres.tolist(), k, among=_mask(pool, keep))
    detail = "the face least like any labelled one"
    if discard:
        detail = f"the face least like any labelled one, after the {100 * discard:g} % loneliest were set aside"
    chosen = replace(in_order("typical-k-center", picks, len(keep), detail=detail), discarded=np.sort(last))
    return _then(chosen, "typical-k-center", last, k, set_aside=True)


def typical_of_groups(pool: Pool, k: int, rng: np.random.Generator, *, neighbours: float) -> Choice:
    """TypiClust (Hacohen, Dekel and Weinshall 2022, algorithm 1): the densest face of each group that has no label yet.

    Labelled faces and candidates fall into |labelled| + k groups (500 at most); each pick goes to the group with the
    fewest labelled and picked faces, the largest of these, and takes its most typical candidate.
    """
    features = pool.given("embeddings")
    free = _sample(pool.candidates, max(AT_MOST, 4 * k), rng)
    known = _sample(pool.centres, AT_MOST, rng)
    if not len(free):
        return Choice((), ())
    rows = np.concatenate([free, known])
    points = features[rows]
    groups = k_means(points, min(len(known) + k, MOST_GROUPS, len(rows)), rng)
    counts = np.bincount(groups[len(free) :], minlength=int(groups.max()) + 1)
    inside = [np.flatnonzero(groups == group) for group in range(len(counts))]
    scores = np.zeros(len(rows))
    for members in inside:
        scores[members] = typicality(points[members], int(neighbours))
    queues = [[i for i in members[take(scores[members], len(members))] if i < len(free)] for members in inside]
    picks: list[int] = []
    reasons: list[Reason] = []
    while len(picks) < k and any(queues):
        group = min((g for g, queue in enumerate(queues) if queue), key=lambda g: (counts[g], -len(inside[g]), g))
        chosen = queues[group].pop(0)
        size, state = len(inside[group]), _labelled(int(counts[group]))
        detail = f"the most typical left of {size:,} like face{'' if size == 1 else 's'}, {state}"
        counts[group] += 1
        picks.append(int(rows[chosen]))
        reasons.append(Reason("typiclust", len(picks), len(free), float(scores[chosen]), detail))
    return Choice(tuple(picks), tuple(reasons))


def hybrid_typical(
    pool: Pool, k: int, rng: np.random.Generator, *, discard: float, share: float, neighbours: float
) -> Choice:
    """The typical among the uncertain: the top ``discard`` by NNM is set aside, the highest ``share`` of the rest falls
    into k groups (500 at most), and the most typical face of each is asked for, the largest group first.

    Where the uncertain run out, the rest follows by falling NNM, and last what was set aside.
    """
    ranked, features = pool.ranked, pool.given("embeddings")
    scores = pool.given("nnm")[ranked].astype(np.float64)
    order, kept = ordered(scores, discard)
    falling, last = ranked[order[:kept]], ranked[order[kept:]]
    uncertain = _open(pool, falling[: math.ceil(round(share * kept, 9))])
    rows = np.sort(_sample(uncertain, max(AT_MOST, 4 * k), rng))
    faces: list[int] = []
    reasons: list[Reason] = []
    if len(rows):
        points = features[rows]
        groups = k_means(points, min(k, MOST_GROUPS, len(rows)), rng)
        members = sorted((np.flatnonzero(groups == g) for g in range(int(groups.max()) + 1)), key=lambda m: -len(m))
        typical = [m[take(typicality(points[m], int(neighbours)), len(m))] for m in members]
        turns = [(turn, g) for g, m in enumerate(typical) for turn in range(len(m))]
        value = dict(zip(ranked.tolist(), scores.tolist(), strict=True))
        for place, (turn, g) in enumerate(sorted(turns)[:k], start=1):
            face = int(rows[typical[g][turn]])
            which = "the most typical" if turn == 0 else "another typical one"
            size = len(members[g])
            detail = (
                f"{which} of {size:,} like face{'' if size == 1 else 's'} among the {100 * share:.0f} % most uncertain"
            )
            faces.append(face)
            reasons.append(Reason("hybrid-typical", place, len(rows), value[face], detail))
    chosen = Choice(tuple(faces), tuple(reasons), np.sort(last))
    note = "by falling uncertainty, after the typical ones"
    chosen = _then(chosen, "hybrid-typical", _open(pool, falling), k, detail=note)
    return _then(chosen, "hybrid-typical", _open(pool, last), k, set_aside=True)


def by_coverage(pool: Pool, k: int, rng: np.random.Generator, *, bandwidth: float) -> Choice:
    """MaxHerding over the candidates and what is labelled or asked for."""
    features = pool.given("embeddings")
    rows = np.sort(_sample(pool.candidates, max(COVERED, k), rng))
    picks, gains = max_herding(features[rows], features[_sample(pool.centres, AT_MOST, rng)], k, bandwidth)
    note = "the face that stands for most faces that no other one stands for"
    return in_order("coverage", rows[picks], len(rows), scores=gains, detail=note)


def in_order(
    rule: str, rows: Sequence[int] | Rows, of: int, *, scores: Floats | None = None, detail: str = ""
) -> Choice:
    """A choice of ``rows`` in this order, out of ``of`` faces, with the plain reason for each."""
    values = [None] * len(rows) if scores is None else [float(score) for score in scores]
    reasons = (Reason(rule, place, of, score, detail) for place, score in enumerate(values, start=1))
    return Choice(tuple(int(row) for row in rows), tuple(reasons))


def _then(choice: Choice, rule: str, rows: Rows, k: int, *, detail: str = "", set_aside: bool = False) -> Choice:
    """The same with ``rows`` after it, up to ``k`` faces."""
    there = set(choice.faces)
    more = [int(row) for row in rows if int(row) not in there][: max(k - len(there), 0)]
    of = len(there) + len(more)
    reasons = (Reason(rule, place, of, None, detail, set_aside=set_aside) for place in range(len(there) + 1, of + 1))
    return Choice(choice.faces + tuple(more), choice.reasons + tuple(reasons), choice.discarded)


def _open(pool: Pool, rows: Rows) -> Rows:
    return rows[pool.open[rows]]


def _sample(rows: Rows, size: int, rng: np.random.Generator) -> Rows:
    return rows if len(rows) <= size else np.sort(rng.choice(rows, size, replace=False))


def _mask(pool: Pool, rows: Rows) -> npt.NDArray[np.bool_]:
    mask = np.zeros(len(pool), dtype=bool)
    mask[rows] = True
    return mask


def _labelled(count: int) -> str:
    return "none of them labelled or asked for" if count == 0 else f"{count:,} of them labelled or asked for"
