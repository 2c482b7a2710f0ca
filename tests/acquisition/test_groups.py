"""k-means, typicality, sparseness and coverage against closed forms and plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.acquisition import k_means, max_herding, sparseness, typicality


def blobs(sizes: list[int], apart: float = 50.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    middles = apart * np.eye(len(sizes), 5)
    group = np.repeat(np.arange(len(sizes)), sizes)
    return middles[group] + rng.normal(size=(len(group), 5)), group


def test_typicality_is_one_over_the_mean_distance_to_the_nearest() -> None:
    line = np.array([[0.0], [1.0], [3.0], [7.0]])
    np.testing.assert_allclose(typicality(line, 2), [1 / 2, 1 / 1.5, 1 / 2.5, 1 / 5], rtol=1e-5)
    np.testing.assert_allclose(typicality(line, 99), [3 / 11, 3 / 9, 3 / 9, 3 / 17], rtol=1e-5)


def test_typicality_of_one_point_and_of_twins() -> None:
    assert typicality(np.array([[4.0, 2.0]])).tolist() == [0]
    assert len(set(typicality(np.ones((6, 3))).tolist())) == 1


def test_the_densest_point_of_a_cloud_is_near_its_middle() -> None:
    cloud = np.random.default_rng(2).normal(size=(600, 2))
    assert np.linalg.norm(cloud[np.argmax(typicality(cloud))]) < 0.7


def test_sparseness_is_the_distance_to_the_kth_neighbour() -> None:
    line = np.array([[0.0], [1.0], [3.0], [7.0]])
    np.testing.assert_allclose(sparseness(line, line, 2), [3, 2, 3, 6], rtol=1e-5)


def test_k_means_finds_blobs_and_is_seeded() -> None:
    points, group = blobs([40, 25, 60])
    found = k_means(points, 3, np.random.default_rng(1))
    assert all(len(set(found[group == g])) == 1 for g in range(3))
    assert len(set(found)) == 3
    assert found.tolist() == k_means(points, 3, np.random.default_rng(1)).tolist()


@given(st.integers(1, 25), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_groups_are_numbered_from_nought_and_no_more_than_distinct_points(n: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 3, size=(n, 2)).astype(float)
    found = k_means(points, k, rng)
    distinct = len(np.unique(points, axis=0))
    assert set(found) == set(range(int(found.max()) + 1))
    assert found.max() + 1 <= min(k, distinct)


def test_every_point_is_nearest_to_the_middle_of_its_group() -> None:
    points = np.random.default_rng(4).normal(size=(300, 3))
    found = k_means(points, 7, np.random.default_rng(4))
    middles = np.stack([points[found == g].mean(axis=0) for g in range(7)])
    nearest = np.linalg.norm(points[:, None] - middles, axis=2).argmin(axis=1)
    assert (nearest == found).mean() > 0.95


def plain_herding(points: np.ndarray, centres: np.ndarray, k: int, width: float) -> list[int]:
    def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.exp(-((a[:, None] - b[None]) ** 2).sum(axis=2) / width)

    covered = kernel(points, centres).max(axis=1) if len(centres) else np.zeros(len(points))
    both = kernel(points, points)
    picks: list[int] = []
    for _ in range(k):
        gains = np.maximum(both - covered, 0).sum(axis=1).round(4)
        gains[picks] = -1
        picks.append(int(gains.argmax()))
        covered = np.maximum(covered, both[picks[-1]])
    return picks


@pytest.mark.parametrize("labelled", [0, 6])
def test_lazy_herding_has_the_picks_of_the_plain_greedy_rule(labelled: int) -> None:
    rng = np.random.default_rng(labelled)
    points, centres = rng.normal(size=(120, 4)), rng.normal(size=(labelled, 4))
    gaps = ((points[:, None] - points[None]) ** 2).sum(axis=2)[~np.eye(120, dtype=bool)]
    picks, gains = max_herding(points, centres, 15, 0.7)
    assert picks == plain_herding(points, centres, 15, float(0.7**2 * np.median(gaps)))
    assert (np.diff(gains) <= 1e-9).all()


def test_coverage_visits_every_blob_the_largest_first() -> None:
    points, group = blobs([30, 80, 50])
    picks, _ = max_herding(points, points[:0], 3, 0.2)
    assert group[picks].tolist() == [1, 2, 0]


def test_coverage_goes_where_no_centre_is() -> None:
    points, group = blobs([30, 80, 50])
    picks, _ = max_herding(points, points[group == 1][:1], 2, 0.2)
    assert group[picks].tolist() == [2, 0]


def test_coverage_of_nothing_and_of_twins() -> None:
    assert max_herding(np.zeros((0, 3)), np.zeros((0, 3)), 4, 0.7)[0] == []
    assert max_herding(np.ones((5, 3)), np.zeros((0, 3)), 3, 0.7)[0] == [0, 1, 2]
