"""Targets and decodings undo each other, in pixel centres, and the loss is the formula that its gradient belongs to."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from facelabel.learning.heatmaps import decode, targets, to_heatmap
from facelabel.learning.losses import SHARPNESS, LossWeights, head_loss, heatmap_loss

inside = st.tuples(st.floats(12, 51), st.floats(12, 51))


def maps_of(points: list[tuple[float, float]], sigma: float = 2.0, size: int = 64) -> np.ndarray:
    return targets(torch.tensor([points], dtype=torch.float32), size, sigma).numpy()


def test_a_target_is_a_gaussian_of_peak_one_at_x_then_y() -> None:
    [[heatmap]] = maps_of([(20.0, 31.0)], sigma=3.5)
    assert heatmap[31, 20] == 1
    assert heatmap[31 + 7, 20] == pytest.approx(np.exp(-49 / (2 * 3.5**2)))
    assert heatmap[0, 63] == pytest.approx(np.exp(-(31**2 + 43**2) / (2 * 3.5**2)), abs=1e-12)


def test_targets_lie_in_memory_as_the_networks_output_does() -> None:
    assert targets(torch.zeros(2, 5, 2), 32, 2.0).is_contiguous(memory_format=torch.channels_last)


@given(st.lists(inside, min_size=1, max_size=4))
def test_com_finds_the_point_again(points: list[tuple[float, float]]) -> None:
    decoded, maxima = decode(maps_of(points), 2.0, "com")
    np.testing.assert_allclose(decoded[0], points, atol=0.12)
    assert (maxima > 0.9).all()


@given(inside)
def test_every_method_comes_as_close_as_it_can(point: tuple[float, float]) -> None:
    heatmap = maps_of([point])
    for method, bound in (("argmax", 0.51), ("quarter", 0.3), ("softargmax", 0.01)):
        decoded, _ = decode(heatmap, 2.0, method)
        assert np.abs(decoded[0, 0] - point).max() <= bound, method


def test_decoding_a_paper_sized_map_at_its_edge() -> None:
    decoded, _ = decode(maps_of([(1.0, 126.0)], sigma=7.0, size=128), 7.0, "com")
    # Half of the mass lies outside: the centre moves inwards, but stays finite and on the map.
    assert 0 <= decoded[0, 0, 0] < 14
    assert 113 < decoded[0, 0, 1] <= 127


def test_a_lone_spike_does_not_beat_a_blob() -> None:
    heatmap = maps_of([(40.0, 40.0)]) * 0.8
    heatmap[0, 0, 10, 10] = 1.0
    decoded, maxima = decode(heatmap, 2.0, "com")
    np.testing.assert_allclose(decoded[0, 0], [40, 40], atol=0.05)
    assert maxima[0, 0] == 1.0


@pytest.mark.parametrize("method", ["argmax", "quarter", "com", "softargmax"])
def test_empty_maps_decode_to_finite_points(method: str) -> None:
    for value in (0.0, -1.0):
        points, maxima = decode(np.full((2, 3, 16, 16), value, dtype=np.float32), 2.0, method)
        assert np.isfinite(points).all()
        assert (maxima == value).all()


def test_crop_and_heatmap_cover_the_same_square() -> None:
    scale = to_heatmap(128, 64)
    np.testing.assert_allclose(scale.apply(np.array([[-0.5, 127.5], [0.5, 63.5]])), [[-0.5, 63.5], [0, 31.5]])


WEIGHTS = LossWeights(sigma=2.0, foreground=5.0, scale=300.0, coordinates=0.3)


def test_the_loss_is_its_formula_and_so_is_its_gradient() -> None:
    torch.manual_seed(1)
    heatmaps = torch.rand(3, 4, 16, 16, dtype=torch.float64, requires_grad=True)
    points = torch.rand(3, 4, 2, dtype=torch.float64) * 16
    known = torch.rand(3, 4) < 0.6
    wanted = targets(points, 16, 2.0)
    error = ((1 + 5 * wanted) * (heatmaps - wanted) ** 2).mean(dim=(2, 3))
    mass = (SHARPNESS * heatmaps).flatten(2).softmax(dim=2).unflatten(2, (16, 16))
    rows, columns = torch.meshgrid(torch.arange(16.0), torch.arange(16.0), indexing="ij")
    found = torch.stack([(mass * columns).sum(dim=(2, 3)), (mass * rows).sum(dim=(2, 3))], dim=2)
    apart = torch.nn.functional.smooth_l1_loss(found, points, reduction="none").sum(dim=2)
    plain = 300 * error[known].mean() + 0.3 * apart[known].mean()
    loss = heatmap_loss(heatmaps, points, known, WEIGHTS)
    torch.testing.assert_close(loss, plain)
    (ours,) = torch.autograd.grad(loss, heatmaps)
    (theirs,) = torch.autograd.grad(plain, heatmaps)
    torch.testing.assert_close(ours, theirs)


def test_the_loss_of_the_last_layer_is_that_of_its_maps() -> None:
    torch.manual_seed(2)
    features = torch.rand(5, 6, 8, 8, dtype=torch.float64, requires_grad=True)
    kernel = torch.rand(6, 4, 4, 4, dtype=torch.float64, requires_grad=True)
    points = torch.rand(5, 4, 2, dtype=torch.float64) * 16
    known = torch.rand(5, 4) < 0.6
    maps = torch.nn.functional.conv_transpose2d(features, kernel, stride=2, padding=1)
    plain = heatmap_loss(maps, points, known, WEIGHTS)
    loss = head_loss(features, kernel, points, known, WEIGHTS)
    torch.testing.assert_close(loss, plain)
    theirs = torch.autograd.grad(3 * plain, (features, kernel))
    for ours, wanted in zip(torch.autograd.grad(3 * loss, (features, kernel)), theirs, strict=True):
        torch.testing.assert_close(ours, wanted)
    frozen = head_loss(features.detach(), kernel, points, known, WEIGHTS)
    torch.testing.assert_close(torch.autograd.grad(frozen, kernel)[0], theirs[1] / 3)
    assert not head_loss(features.detach(), kernel.detach(), points, known, WEIGHTS).requires_grad


def test_coordinates_are_compared_where_the_soft_argmax_lies() -> None:
    points = torch.tensor([[[20.3, 30.8], [40.0, 11.5]]])
    maps = targets(points, 64, 2.0)

    def loss(apart: list[list[float]], known: list[bool]) -> float:
        alone = LossWeights(sigma=2.0, scale=0.0, coordinates=1.0)
        return float(heatmap_loss(maps, points + torch.tensor([apart]), torch.tensor([known]), alone))

    assert loss([[0, 0], [0, 0]], [True, True]) < 0.01
    apart = [[3.0, 0.0], [0.0, 0.5]]
    assert loss(apart, [True, True]) == pytest.approx((2.5 + 0.125) / 2, abs=0.05)  # smooth L1: linear from a pixel on
    assert loss(apart, [False, True]) == pytest.approx(0.125, abs=0.03)


def test_nothing_known_nothing_lost() -> None:
    heatmaps = torch.rand(2, 3, 8, 8, requires_grad=True)
    loss = heatmap_loss(heatmaps, torch.zeros(2, 3, 2), torch.zeros(2, 3, dtype=torch.bool), WEIGHTS)
    loss.backward()
    assert float(loss.detach()) == 0
    assert heatmaps.grad is not None
    assert not heatmaps.grad.any()
