from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.campaign import selection


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60), st.sampled_from([0.0, 0.1, 0.25, 0.3]))
def test_by_score_sets_the_top_aside_and_asks_the_rest_in_falling_order(values: list[int], discard: float) -> None:
    scores = np.array(values, dtype=float)
    ranking = selection.by_score(scores, discard)
    assert sorted(ranking.order) == list(range(len(values)))
    assert ranking.kept == len(values) - math.ceil(round(discard * len(values), 9))
    kept, aside = ranking.order[: ranking.kept], ranking.order[ranking.kept :]
    assert [scores[i] for i in kept] == sorted((scores[i] for i in kept), reverse=True)
    assert [scores[i] for i in aside] == sorted(scores[i] for i in aside)
    if kept and aside:
        assert scores[kept].max() <= scores[aside].min()
    for a, b in itertools.pairwise(kept):
        assert scores[a] > scores[b] or a < b


def test_by_diversity_goes_away_from_the_labelled() -> None:
    pool = np.array([[0.0], [1.0], [5.0], [9.0]])
    assert selection.by_diversity(pool, np.array([[0.0]]), 2).order == [3, 2]
    assert selection.by_diversity(pool, np.array([[9.0]]), 10).order[0] == 0
    assert sorted(selection.by_diversity(pool, np.empty((0, 1)), 10).order) == [0, 1, 2, 3]


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(0, 1000))
def test_spread_takes_no_image_twice_before_each_came_once(images: list[int], seed: int) -> None:
    order = selection.spread(images, np.random.default_rng(seed)).order
    assert sorted(order) == list(range(len(images)))
    first = [images[i] for i in order[: len(set(images))]]
    assert len(set(first)) == len(first)
    assert order == selection.spread(images, np.random.default_rng(seed)).order


@pytest.mark.parametrize(
    ("share", "k", "expected"),
    [(0.1, 10, 1), (0.1, 5, 0), (0.1, 30, 3), (0.01, 10, 1), (0.0, 100, 0), (0.5, 1, 0), (0.5, 2, 1), (0.02, 9, 0)],
)
def test_holdout_size(share: float, k: int, expected: int) -> None:
    assert selection.holdout_size(share, k) == expected
