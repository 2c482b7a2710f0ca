"""Which faces to ask for next: the rules of a draw as pure functions of arrays.

The campaign and the benchmarks draw by the same functions, so that what is measured is what runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.acquisition import discard_top, k_center_greedy, random_order, take

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Ranking:
    """``order``: pool indices, ask first to ask last. ``kept`` of ``order`` come before those that were set aside as
    likely outliers, which are only asked when nothing else is left."""

    order: list[int]
    kept: int


def by_score(scores: Floats, discard: float) -> Ranking:
    """Scores (N,), higher = ask first: the highest ceil(discard * N) are set aside, the rest in falling order, ties by
    index. The ones set aside follow at the end, the least outlying first."""
    keep = discard_top(scores, discard)
    falling = take(scores, len(scores))
    kept = [int(i) for i in falling if keep[i]]
    return Ranking(kept + [int(i) for i in falling[::-1] if not keep[i]], len(kept))


def by_diversity(embeddings: Floats, centres: Floats, k: int) -> Ranking:
    """k-center greedy: ``embeddings`` (N, D) of the pool, ``centres`` (M, D) of the labelled faces; k picks at most."""
    features = np.concatenate([embeddings, centres]) if len(centres) else embeddings
    labelled = range(len(embeddings), len(features))
    order = k_center_greedy(features, labelled, min(k, len(embeddings)))
    return Ranking([int(i) for i in order], len(order))


def at_random(n: int, rng: np.random.Generator) -> Ranking:
    """A seeded permutation of n faces."""
    return Ranking([int(i) for i in random_order(n, rng)], n)


def spread(images: Sequence[int], rng: np.random.Generator) -> Ranking:
    """A seeded permutation of faces in which no image comes twice while there is one that has not come yet.

    ``images[i]`` is the image of face i.
    """
    seen: dict[int, int] = {}
    turn: dict[int, int] = {}
    order = at_random(len(images), rng).order
    for i in order:
        turn[i] = seen.get(images[i], 0)
        seen[images[i]] = turn[i] + 1
    return Ranking(sorted(order, key=lambda i: turn[i]), len(order))


def holdout_size(share: float, k: int) -> int:
    """How many faces of a batch of k only measure the model: round(share * k), at least 1 from k = 10, never all."""
    wanted = round(share * k)
    if share > 0 and k >= 10:
        wanted = max(1, wanted)
    return min(wanted, k - 1)
