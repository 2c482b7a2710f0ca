"""k-center greedy against the plain loop, and the rules that turn scores into a batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.acquisition import discard_top, k_center_greedy, random_order, spread_order, take


def plain_k_center(features: np.ndarray, labelled: list[int], k: int) -> list[int]:
    nearest = np.full(len(features), np.inf)
    closed = np.zeros(len(features), dtype=bool)
    for centre in labelled:
        nearest = np.minimum(nearest, ((features - features[centre]) ** 2).sum(axis=1))
    closed[labelled] = True
    picks: list[int] = []
    while len(picks) < k and not closed.all():
        pick = int(np.argmax(np.where(closed, -np.inf, nearest)))
        picks.append(pick)
        closed[pick] = True
        nearest = np.minimum(nearest, ((features - features[pick]) ** 2).sum(axis=1))
    return picks


@pytest.mark.parametrize(("rows", "width", "centres", "k"), [(3000, 16, 10, 150), (5000, 3, 1, 300), (40, 99, 5, 10)])
def test_the_lazy_picks_are_those_of_the_plain_loop(rows: int, width: int, centres: int, k: int) -> None:
    rng = np.random.default_rng(rows)
    features = rng.normal(size=(rows, width)) * rng.gamma(2, size=(rows, 1)) + 5
    labelled = rng.choice(rows, centres, replace=False).tolist()
    assert k_center_greedy(features, labelled, k) == plain_k_center(features, labelled, k)


def test_equal_distances_go_to_the_lowest_index_even_beyond_the_buffer() -> None:
    rng = np.random.default_rng(0)
    features = rng.integers(0, 3, size=(4000, 4)).astype(float)
    assert k_center_greedy(features, [7], 90) == plain_k_center(features, [7], 90)


def test_twins_are_picked_by_index() -> None:
    rng = np.random.default_rng(5)
    features = np.repeat(rng.normal(size=(700, 33)), 3, axis=0)
    picks = k_center_greedy(features, [], 200)
    assert all(pick % 3 == 0 for pick in picks)


@given(st.integers(1, 30), st.integers(0, 8), st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_small_sets(rows: int, centres: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    features = rng.integers(-4, 5, size=(rows, 2)).astype(np.float32)
    labelled = rng.choice(rows, min(centres, rows), replace=False).tolist()
    picks = k_center_greedy(features, labelled, k)
    assert picks == plain_k_center(features.astype(float), labelled, k)
    assert not set(picks) & set(labelled)


def test_no_rows_no_picks() -> None:
    assert k_center_greedy(np.zeros((0, 4)), [], 3) == []


@pytest.mark.parametrize(
    ("n", "share", "dropped"), [(30, 0.1, 3), (31, 0.1, 4), (10, 0.0, 0), (7, 0.3, 3), (1, 0.1, 1)]
)
def test_discard_drops_the_ceiling_of_the_share(n: int, share: float, dropped: int) -> None:
    scores = np.arange(n, dtype=float)
    kept = discard_top(scores, share)
    assert kept.sum() == n - dropped
    assert scores[kept].max(initial=-1) < scores[~kept].min(initial=np.inf)


def test_discard_refuses_a_share_of_everything() -> None:
    with pytest.raises(ValueError, match="share"):
        discard_top(np.zeros(3), 1.0)


def test_take_is_highest_first_with_ties_by_index() -> None:
    assert take(np.array([1.0, 3.0, 2.0, 3.0]), 3).tolist() == [1, 3, 2]
    assert take(np.array([1.0]), 5).tolist() == [0]
    assert take(np.array([1.0]), 0).tolist() == []


def test_random_order_is_a_seeded_permutation() -> None:
    first, again = (random_order(50, np.random.default_rng(4)).tolist() for _ in range(2))
    assert first == again
    assert sorted(first) == list(range(50))
    assert first != list(range(50))


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(0, 1000))
def test_spread_takes_no_image_twice_before_each_came_once(images: list[int], seed: int) -> None:
    order = spread_order(np.array(images, dtype=int), np.random.default_rng(seed)).tolist()
    assert sorted(order) == list(range(len(images)))
    turns = len(set(images))
    assert len({images[i] for i in order[:turns]}) == turns
    assert order == spread_order(np.array(images, dtype=int), np.random.default_rng(seed)).tolist()
