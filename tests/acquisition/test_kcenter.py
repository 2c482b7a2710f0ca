"""k-center greedy beyond the plain loop's picks: what it may choose from, what it reads and what it holds."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.acquisition import k_center_greedy


def plain(features: np.ndarray, labelled: list[int], k: int, among: np.ndarray) -> list[int]:
    free = among.copy()
    free[labelled] = False
    nearest = np.full(len(features), np.inf)
    for centre in labelled:
        nearest = np.minimum(nearest, ((features - features[centre]) ** 2).sum(axis=1))
    picks: list[int] = []
    while len(picks) < k and free.any():
        pick = int(np.argmax(np.where(free, nearest, -np.inf)))
        picks.append(pick)
        free[pick] = False
        nearest = np.minimum(nearest, ((features - features[pick]) ** 2).sum(axis=1))
    return picks


def on_a_curve(rows: int, width: int, seed: int) -> np.ndarray:
    """Few true dimensions and clusters of unequal density, as embeddings have: distances fall fast and unevenly."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(rows, 4)) * rng.gamma(1, size=(rows, 1)) + rng.integers(-3, 4, size=(rows, 1))
    return np.tanh(hidden @ rng.normal(size=(4, width))) + 0.01 * rng.normal(size=(rows, width))


@pytest.mark.parametrize(("rows", "width", "centres", "k"), [(9000, 24, 30, 400), (6000, 7, 0, 900)])
def test_many_layers_have_the_picks_of_the_plain_loop(rows: int, width: int, centres: int, k: int) -> None:
    features = on_a_curve(rows, width, seed=rows)
    labelled = np.random.default_rng(1).choice(rows, centres, replace=False).tolist()
    assert k_center_greedy(features, labelled, k) == plain(features, labelled, k, np.ones(rows, dtype=bool))


@given(st.integers(1, 40), st.integers(0, 5), st.integers(0, 50), st.integers(0, 2**32 - 1))
def test_only_the_rows_among_which_to_choose_are_chosen(rows: int, centres: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    features = rng.integers(-3, 4, size=(rows, 2)).astype(float)
    labelled = rng.choice(rows, min(centres, rows), replace=False).tolist()
    among = rng.random(rows) < 0.6
    assert k_center_greedy(features, labelled, k, among=among) == plain(features, labelled, k, among)


def test_rows_that_do_not_count_may_hold_anything() -> None:
    features = np.random.default_rng(0).normal(size=(30, 3))
    clean = k_center_greedy(features, [0], 5, among=np.arange(30) % 2 == 0)
    features[1::2] = np.nan
    assert k_center_greedy(features, [0], 5, among=np.arange(30) % 2 == 0) == clean


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
@pytest.mark.parametrize("row", [1, 4])
def test_a_value_that_is_not_finite_is_refused(bad: float, row: int) -> None:
    features = np.random.default_rng(0).normal(size=(9, 3))
    features[row] = bad
    with pytest.raises(ValueError, match="not finite"):
        k_center_greedy(features, [1], 3)


def test_a_half_precision_memory_map_is_read_in_blocks(tmp_path: Path) -> None:
    rows, width = 40_000, 128
    values = np.random.default_rng(3).normal(size=(rows, width)).astype(np.float16)
    np.save(tmp_path / "features.npy", values)
    features = np.load(tmp_path / "features.npy", mmap_mode="r")
    tracemalloc.start()
    picks = k_center_greedy(features, [5], 60)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # As float64 the features alone are 39 MiB, and twice as many rows would be 78.
    assert peak < 30 * 2**20
    assert picks == plain(values.astype(np.float64), [5], 60, np.ones(rows, dtype=bool))


def test_far_from_the_origin_the_picks_are_the_same() -> None:
    features = np.random.default_rng(8).normal(size=(2000, 6))
    assert k_center_greedy(features + 1e5, [3], 50) == k_center_greedy(features, [3], 50)


@pytest.mark.parametrize("scale", [1e-30, 1e-18, 1.0, 1e12, 1e19, 1e50])
def test_scales_that_single_precision_cannot_hold_have_the_same_picks(scale: float) -> None:
    features = np.random.default_rng(9).normal(size=(3000, 6))
    assert k_center_greedy(scale * features, [3], 80) == k_center_greedy(features, [3], 80)


def test_distances_that_single_precision_cannot_tell_apart_have_the_picks_of_the_plain_loop() -> None:
    rng = np.random.default_rng(10)
    features = np.repeat(10 * rng.normal(size=(100, 5)), 30, axis=0) + 1e-3 * rng.normal(size=(3000, 5))
    assert k_center_greedy(features, [7], 400) == plain(features, [7], 400, np.ones(3000, dtype=bool))


def test_twins_of_centres_come_by_index_when_nothing_else_is_left() -> None:
    assert k_center_greedy(np.ones((3000, 2)), [1], 4) == [0, 2, 3, 4]
