"""NNM and entropy against their closed forms (SCAF, equation 1 and section 3.3)."""

from __future__ import annotations

import numpy as np
import pytest

from facelabel.acquisition import entropy, nnm, window_for


def gaussian(x: float, y: float, sigma: float, size: int = 128) -> np.ndarray:
    grid = np.arange(size)
    return np.exp(-((grid[None, :] - x) ** 2 + (grid[:, None] - y) ** 2) / (2 * sigma**2))


@pytest.mark.parametrize(("window", "mass"), [(7, 45), (15, 158), (21, 231), (35, 300), (127, 308)])
def test_nnm_of_an_ideal_map_is_the_mass_of_its_window(window: int, mass: int) -> None:
    score = nnm(gaussian(64, 64, 7)[None], np.array([[64.0, 64.0]]), window)
    assert round(-float(score)) == mass


def test_nnm_sums_over_landmarks_and_prefers_the_spread_map() -> None:
    sharp, wide = gaussian(40, 30, 3), gaussian(40, 30, 9) / 9
    at = np.array([[40.0, 30.0], [40.0, 30.0]])
    both = nnm(np.stack([np.stack([sharp, sharp]), np.stack([wide, sharp])]), np.stack([at, at]), 7)
    assert both.shape == (2,)
    assert both[1] > both[0]
    assert both[0] == pytest.approx(2 * float(nnm(sharp[None], at[:1], 7)))


def test_nnm_counts_nothing_outside_the_map() -> None:
    ones = np.ones((3, 16, 20), dtype=np.float32)
    assert float(nnm(ones, np.array([[0, 0], [19, 15], [-9, 8]]), 5)) == -(9 + 9 + 0)


def test_nnm_looks_where_the_landmark_is_x_then_y() -> None:
    maps = np.zeros((1, 20, 30))
    maps[0, 4, 25] = 1
    assert float(nnm(maps, np.array([[25.4, 3.6]]), 1)) == -1
    assert float(nnm(maps, np.array([[4.0, 25.0]]), 1)) == 0


def test_nnm_takes_negative_values_as_they_are() -> None:
    assert float(nnm(-np.ones((1, 9, 9)), np.array([[4.0, 4.0]]), 3)) == 9


def test_nnm_refuses_a_window_without_a_centre() -> None:
    with pytest.raises(ValueError, match="odd"):
        nnm(np.zeros((1, 9, 9)), np.zeros((1, 2)), 4)


def test_the_window_covers_one_sigma_to_each_side() -> None:
    assert [window_for(sigma) for sigma in (7, 3.5, 2, 0.3)] == [15, 9, 5, 3]


def test_entropy_of_an_ideal_map() -> None:
    value = float(entropy(gaussian(64, 64, 7)[None]))
    assert value == pytest.approx(np.log(2 * np.pi * np.e * 49), abs=1e-3)
    assert round(value, 3) == 6.730


def test_entropy_of_an_empty_map_is_that_of_the_uniform_one() -> None:
    for flat in (np.zeros((2, 128, 128)), -np.ones((2, 128, 128)), np.full((2, 128, 128), 0.3)):
        assert round(float(entropy(flat)), 3) == 9.704


def test_entropy_is_the_mean_over_landmarks_and_ignores_scale_and_negatives() -> None:
    one, two = gaussian(20, 30, 2), gaussian(70, 60, 7)
    pair = np.stack([one * 5, np.where(two > 1e-30, two, -3)])
    expected = (float(entropy(one[None])) + float(entropy(two[None]))) / 2
    batch = entropy(np.stack([pair, pair]).astype(np.float32))
    assert batch.shape == (2,)
    np.testing.assert_allclose(batch, expected, rtol=1e-4)


def test_entropy_of_a_single_pixel_is_zero() -> None:
    maps = np.zeros((1, 16, 16), dtype=np.float32)
    maps[0, 3, 3] = 0.2
    assert float(entropy(maps)) == pytest.approx(0, abs=1e-5)
