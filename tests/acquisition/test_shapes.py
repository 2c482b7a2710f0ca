"""Scores that come from shapes: disagreement, the shape prior, and the landmarks in doubt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.acquisition import PrincipalShapes, disagreement, implausibility, in_doubt, spread
from facelabel.geometry import Affine
from facelabel.shapes.align import aligned_to


def faces(n: int, seed: int = 0, landmarks: int = 9) -> np.ndarray:
    """A ring with two modes of variation and a little noise, anywhere in a picture."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, landmarks, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    modes = np.stack([ring * [0.3, 0], ring * np.cos(2 * angle)[:, None] * 0.2])
    shapes = ring + np.einsum("nm,mlc->nlc", rng.normal(size=(n, 2)), modes)
    shapes += 0.01 * rng.normal(size=shapes.shape)
    return np.stack([posed(shape, rng) for shape in shapes])


def posed(shape: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    turn, scale = rng.uniform(-0.5, 0.5), rng.uniform(20, 90)
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    x, y = rng.uniform(0, 500, size=2)
    return Affine(c, -s, x, s, c, y).apply(shape)


def test_two_predictions_are_half_their_distance_from_their_mean() -> None:
    one = np.array([[-10.0, 0.0], [10.0, 0.0]])
    other = one + np.array([[0.0, 0.0], [0.0, 6.0]])
    apart = spread(np.stack([one, other])[None])[0]
    size = np.sqrt(np.mean([100 + 1.5**2, 100 + 1.5**2, 100 + 1.5**2, 100 + 4.5**2]))
    np.testing.assert_allclose(apart, [0, 3 / size])
    np.testing.assert_allclose(disagreement(np.stack([one, other])[None]), apart.mean())


@given(st.floats(0.1, 30), st.floats(-100, 100), st.integers(2, 5))
def test_disagreement_does_not_depend_on_where_and_how_large_the_face_is(size: float, at: float, n: int) -> None:
    predictions = np.random.default_rng(n).normal(size=(3, n, 6, 2))
    np.testing.assert_allclose(disagreement(size * predictions + at), disagreement(predictions), rtol=1e-6)


def test_predictions_that_agree_or_coincide_disagree_by_nothing() -> None:
    shape = faces(1)[0]
    assert disagreement(np.stack([shape, shape])[None]).tolist() == [0]
    assert disagreement(np.zeros((2, 3, 5, 2))).tolist() == [0, 0]


def test_the_prior_does_not_mind_pose_but_minds_shape() -> None:
    truths = faces(40)
    fresh = faces(30, seed=1)
    plain = implausibility(fresh, truths)
    turned = np.stack([posed(shape, np.random.default_rng(i)) for i, shape in enumerate(fresh)])
    np.testing.assert_allclose(implausibility(turned, truths), plain, rtol=1e-6)
    broken = fresh.copy()
    broken[:, 2] += 0.3 * (broken[:, 6] - broken[:, 2])
    assert (implausibility(broken, truths) > plain).all()


def test_the_distance_is_that_of_the_full_covariance_where_no_variance_is_left_out() -> None:
    # Noise that is alike everywhere: the mean variance of the modes left out is the variance of each.
    rng = np.random.default_rng(0)
    truths = faces(1) / 50 + 0.02 * rng.normal(size=(800, 9, 2))
    prior = PrincipalShapes(truths)
    shape = truths[:1] + 0.05 * rng.normal(size=(1, 9, 2))
    gap = aligned_to(prior.mean, shape) - prior.mean
    covariance = np.cov(aligned_to(prior.mean, truths).reshape(800, -1).T)
    full = np.sqrt(gap.ravel() @ np.linalg.pinv(covariance, rcond=0.05) @ gap.ravel())
    assert implausibility(shape, truths)[0] == pytest.approx(full, rel=0.05)


def test_shares_add_up_and_point_at_the_landmark_that_is_off() -> None:
    truths, face = faces(60), faces(1, seed=9)
    face[0, 5] += 0.4 * np.ptp(face[0], axis=0)
    shares = PrincipalShapes(truths).shares(face)
    assert shares[0].argmax() == 5
    np.testing.assert_allclose(np.sqrt(shares.sum(axis=1)), implausibility(face, truths))


def test_three_labelled_shapes_and_absent_landmarks_are_enough_for_a_prior() -> None:
    truths = faces(4)
    truths[1, 2] = np.nan
    assert np.isfinite(implausibility(faces(5, seed=2), truths)).all()


def test_labels_in_part_teach_the_prior_what_they_hold_and_no_more() -> None:
    """Of 8 whole labels and 150 with five landmarks of nine, the ranking is nearly that of 158 whole ones: better than
    what the 8 alone tell, and than with the rest taken for confirmed."""
    whole, fresh = faces(158), faces(60, seed=1)
    rng = np.random.default_rng(2)
    fresh += rng.normal(size=fresh.shape) * rng.uniform(0, 6, size=(60, 1, 1))
    partly, trusted = whole.copy(), whole.copy()
    for shape, guess in zip(partly[8:], trusted[8:], strict=True):
        rest = rng.choice(9, 4, replace=False)
        shape[rest] = np.nan
        guess[rest] += rng.normal(size=(4, 2)) * 15
    right = implausibility(fresh, whole)

    def agrees(truths: np.ndarray) -> float:
        ranks = (np.argsort(np.argsort(scores)) for scores in (implausibility(fresh, truths), right))
        return float(np.corrcoef(*ranks)[0, 1])

    assert agrees(partly) > 0.95
    assert agrees(partly) > max(agrees(whole[:8]), agrees(trusted))


def test_labels_with_two_landmarks_have_no_say() -> None:
    whole, fresh = faces(20), faces(5, seed=2)
    hardly = np.full((3, 9, 2), np.nan)
    hardly[:, :2] = whole[:3, :2]
    np.testing.assert_allclose(
        implausibility(fresh, np.concatenate([whole, hardly])), implausibility(fresh, whole), rtol=1e-9
    )


def test_twins_of_one_shape_make_no_division_by_nought() -> None:
    truths = np.repeat(faces(1), 5, axis=0)
    assert np.isfinite(implausibility(faces(5, seed=2), truths)).all()


def test_no_faces_no_scores() -> None:
    assert implausibility(faces(1)[:0], faces(5)).shape == (0,)


def test_a_landmark_is_in_doubt_where_it_is_unlike_itself_elsewhere() -> None:
    rng = np.random.default_rng(0)
    usual = rng.normal(size=(500, 4)) * [1, 1, 0.1, 1] + [0, 50, 0, 0]
    doubts = np.array([[0, 50, 0, 0], [9, 50, 2, 0], [0, 50, np.nan, np.inf]], dtype=float)
    assert in_doubt(doubts, usual) == [(), (2, 0), ()]


def test_constant_or_empty_doubts_tell_nothing() -> None:
    assert in_doubt(np.ones((2, 3)), np.ones((9, 3))) == [(), ()]
    assert in_doubt(np.ones((2, 3)), np.full((9, 3), np.nan)) == [(), ()]
    assert in_doubt(np.ones((2, 3)), np.ones((0, 3))) == [(), ()]


def test_at_most_five_landmarks_are_in_doubt() -> None:
    usual = np.random.default_rng(0).normal(size=(100, 9))
    assert in_doubt(10.0 ** np.arange(1, 10)[None], usual) == [(8, 7, 6, 5, 4)]
