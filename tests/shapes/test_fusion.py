"""The shape prior and its fusion with predictions and corrections: exact, equivariant, and never surer than it can be.

Schemes of 5 to 98 landmarks; "moved" means by any similarity.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facelabel import schemes
from facelabel.geometry import Affine
from facelabel.schemes import Scheme
from facelabel.shapes import fusion
from facelabel.shapes.align import similarity
from facelabel.shapes.fusion import Belief
from facelabel.shapes.prior import ShapePrior

SCHEMES = sorted(schemes.shipped())
movements = st.builds(
    lambda size, turn, x, y: Affine.translation(x, y) @ Affine.rotation(turn) @ Affine.scaling(size),
    st.floats(0.05, 20),
    st.floats(-180, 180),
    st.floats(-500, 500),
    st.floats(-500, 500),
)
names = st.sampled_from(SCHEMES)
seeds = st.integers(0, 999)


BLUR = 0.12
"""Spread of a target heatmap, in sizes of the face."""


def size_of(shape: np.ndarray) -> float:
    there = shape[~np.isnan(shape).any(axis=1)]
    return float(np.sqrt(((there - there.mean(axis=0)) ** 2).sum(axis=1).mean())) if len(there) else np.nan


def predicted(shapes: ShapePrior, seen: np.ndarray, confidence: np.ndarray) -> Belief:
    return fusion.predicted(shapes, seen, confidence, BLUR * size_of(seen))


def template(scheme: Scheme) -> np.ndarray:
    return scheme.template_shape * [scheme.template_aspect, 1.0]


def faces(scheme: Scheme, count: int, seed: int) -> np.ndarray:
    """Templates that are stretched, bent and jittered, anywhere in a picture."""
    rng = np.random.default_rng(seed)
    shapes = []
    for _ in range(count):
        shape = template(scheme) - 0.5
        shape = shape * (1 + 0.1 * rng.normal(size=2)) + 0.1 * rng.normal() * shape[:, 1:] ** 2
        shape += 0.01 * rng.normal(size=shape.shape)
        move = Affine.translation(*rng.uniform(0, 500, 2)) @ Affine.rotation(rng.uniform(-30, 30))
        shapes.append((move @ Affine.scaling(rng.uniform(50, 300))).apply(shape))
    return np.array(shapes).reshape(count, scheme.size, 2)


def prior(scheme: Scheme, labels: np.ndarray | None = None) -> ShapePrior:
    return ShapePrior(template(scheme), scheme.flip_index, labels)


def case(name: str, seed: int, labels: int = 6) -> tuple[Scheme, ShapePrior, np.ndarray, np.ndarray, np.ndarray]:
    """A scheme, its prior, and a face: truth, prediction and confidence."""
    scheme = schemes.load(name)
    shapes = faces(scheme, labels + 1, seed)
    rng = np.random.default_rng([seed, 1])
    confidence = rng.uniform(0.05, 1, scheme.size)
    noise = fusion.deviations(confidence, BLUR)[:, None] * size_of(shapes[0]) * rng.normal(size=(scheme.size, 2))
    return scheme, prior(scheme, shapes[1:]), shapes[0], shapes[0] + noise, confidence


def some(count: int, seed: int) -> list[int]:
    rng = np.random.default_rng([seed, 2])
    return rng.permutation(count)[: rng.integers(1, count)].tolist()


def places(shape: np.ndarray, which: list[int]) -> dict[int, tuple[float, float]]:
    return {i: (float(shape[i, 0]), float(shape[i, 1])) for i in which}


def same(one: Belief, other: Belief, tolerance: float = 1e-6) -> None:
    scale = np.sqrt(np.diagonal(other.covariance).max()) + np.ptp(other.points)
    np.testing.assert_allclose(one.points, other.points, atol=tolerance * scale)
    np.testing.assert_allclose(one.covariance, other.covariance, atol=tolerance * scale**2)


@given(names, seeds, movements)
@settings(max_examples=15)
def test_a_moved_face_is_believed_where_it_was_moved_to(name: str, seed: int, move: Affine) -> None:
    scheme, shapes, truth, seen, confidence = case(name, seed)
    which = some(scheme.size, seed)
    plain = predicted(shapes, seen, confidence).corrected(places(truth, which))
    moved = predicted(shapes, move.apply(seen), confidence).corrected(places(move.apply(truth), which))
    turn = np.kron(np.eye(scheme.size), move.matrix[:, :2])
    same(moved, Belief(move.apply(plain.points), turn @ plain.covariance @ turn.T), 1e-5)
    gains = plain.expected_gains() * move.scale**2
    np.testing.assert_allclose(moved.expected_gains(), gains, rtol=1e-3, atol=1e-6 * gains.max() + 1e-9)


@given(names, seeds, movements)
@settings(max_examples=15)
def test_labels_in_any_pose_make_the_same_prior(name: str, seed: int, move: Affine) -> None:
    scheme = schemes.load(name)
    labels = faces(scheme, 4, seed)
    plain, moved = prior(scheme, labels), prior(scheme, np.stack([move.apply(shape) for shape in labels]))
    np.testing.assert_allclose(moved.mean, plain.mean, atol=1e-6)
    np.testing.assert_allclose(moved.covariance, plain.covariance, atol=1e-6)


@given(names, seeds)
@settings(max_examples=15)
def test_a_mirrored_face_is_believed_in_the_mirror(name: str, seed: int) -> None:
    scheme, shapes, truth, seen, confidence = case(name, seed)
    flip = scheme.flip_index
    which = some(scheme.size, seed)
    plain = predicted(shapes, seen, confidence).corrected(places(truth, which))
    back = [int(np.flatnonzero(flip == i)[0]) for i in which]
    mirrored = predicted(shapes, (seen * [-1, 1])[flip], confidence[flip])
    mirrored = mirrored.corrected(places((truth * [-1, 1])[flip], back))
    scale = np.ptp(truth)
    np.testing.assert_allclose(mirrored.points, (plain.points * [-1, 1])[flip], atol=1e-5 * scale)
    np.testing.assert_allclose(mirrored.expected_errors, plain.expected_errors[flip], atol=1e-5 * scale)


@given(names, seeds, st.booleans())
@settings(max_examples=15)
def test_touched_points_are_exact_and_nobody_doubts_them(name: str, seed: int, model: bool) -> None:
    scheme, shapes, truth, seen, confidence = case(name, seed)
    belief = predicted(shapes, seen, confidence) if model else fusion.expected(shapes, seen)
    which = some(scheme.size, seed)
    touched = places(truth + 30, which)
    after = belief.corrected(touched)
    assert {i: tuple(after.points[i].tolist()) for i in which} == touched
    assert after.expected_errors[which].tolist() == [0.0] * len(which)
    assert after.expected_gains()[which].tolist() == [0.0] * len(which)


@given(names, seeds, st.booleans())
@settings(max_examples=15)
def test_covariances_are_positive_semi_definite_and_corrections_add_no_doubt(name: str, seed: int, model: bool) -> None:
    scheme, shapes, truth, seen, confidence = case(name, seed)
    belief = predicted(shapes, seen, confidence) if model else fusion.expected(shapes, seen)
    after = belief.corrected(places(truth, some(scheme.size, seed)))
    least = 1e-9 * np.diagonal(belief.covariance).max()
    for covariance in (shapes.covariance, belief.covariance, after.covariance):
        assert np.array_equal(covariance, covariance.T)
        assert np.linalg.eigvalsh(covariance).min() > -least
    assert (after.expected_errors <= belief.expected_errors + 1e-4).all()
    assert (after.expected_gains() >= 0).all()


@given(names, seeds)
@settings(max_examples=15)
def test_one_by_one_or_all_at_once_in_any_order_is_the_same(name: str, seed: int) -> None:
    scheme, shapes, truth, seen, confidence = case(name, seed)
    belief = predicted(shapes, seen, confidence)
    which = some(scheme.size, seed)
    at_once = belief.corrected(places(truth, which))
    one_by_one = belief
    for i in which:
        one_by_one = one_by_one.corrected(places(truth, [i]))
    same(one_by_one, at_once, 1e-4)


@given(names, seeds, movements)
@settings(max_examples=15)
def test_without_an_observation_it_is_the_mean(name: str, seed: int, move: Affine) -> None:
    scheme = schemes.load(name)
    shapes = prior(scheme, faces(scheme, seed % 4, seed))
    start = move.apply(shapes.mean)
    belief = fusion.expected(shapes, start)
    np.testing.assert_allclose(belief.points, start, rtol=1e-9, atol=1e-6)
    assert belief.corrected({}) is belief


@pytest.mark.parametrize("name", SCHEMES)
def test_without_labels_the_mean_is_the_template(name: str) -> None:
    scheme = schemes.load(name)
    shape = template(scheme)
    mean = prior(scheme).mean
    placed = similarity(mean, shape).apply(mean)
    # The drawn template is symmetric to the eye; the mean is so exactly.
    np.testing.assert_allclose(placed, shape, atol=0.02)
    assert np.abs(placed - shape).max() < 0.02
    both = similarity((mean * [-1, 1])[scheme.flip_index], mean).apply((mean * [-1, 1])[scheme.flip_index])
    np.testing.assert_allclose(both, mean, atol=1e-9)


@given(seeds)
@settings(max_examples=20)
def test_a_prediction_that_is_right_and_sure_stays(seed: int) -> None:
    scheme, shapes, truth, _, _ = case("300w-68", seed)
    belief = predicted(shapes, truth, np.ones(scheme.size))
    size = size_of(truth)
    assert np.abs(belief.points - truth).max() < 0.1 * size
    assert belief.corrected(places(truth, [0, 30])).points == pytest.approx(truth, abs=0.1 * size)


def test_one_correction_helps_its_neighbours_and_corrections_win_over_the_model() -> None:
    scheme, shapes, truth, _, _ = case("300w-68", 3, labels=40)
    seen = truth.copy()
    jaw = list(scheme.groups["jaw"])
    seen[jaw[10:]] += 0.08 * np.ptp(truth)
    confidence = np.full(scheme.size, 0.9)
    confidence[jaw[10:]] = 0.3
    belief = predicted(shapes, seen, confidence)
    after = belief.corrected(places(truth, [jaw[13]]))

    def wrong(found: Belief) -> float:
        return float(np.hypot(*(found.points - truth).T)[jaw[10:]].mean())

    assert wrong(after) < 0.7 * wrong(belief)
    assert int(belief.expected_gains().argmax()) in jaw[10:]


def test_labels_teach_which_landmarks_go_together() -> None:
    scheme = schemes.load("300w-68")
    rng = np.random.default_rng(0)
    chin, brow = scheme.groups["jaw"][8], scheme.groups["left-brow"][2]

    def people(count: int) -> np.ndarray:
        """Faces whose brows rise when their chins drop."""
        shapes = np.repeat(template(scheme)[None], count, axis=0)
        drop = 0.08 * rng.normal(size=count)
        for group, way in (("jaw", 1.0), ("left-brow", -1.0), ("right-brow", -1.0)):
            shapes[:, scheme.groups[group], 1] += way * drop[:, None]
        return shapes

    labels, fresh = people(60), people(20)

    def wrong(shapes: ShapePrior) -> float:
        start = template(scheme)
        gaps = [fusion.expected(shapes, start).corrected(places(face, [chin, 30, 36, 45])).points for face in fresh]
        return float(np.abs((np.stack(gaps) - fresh)[:, brow, 1]).mean())

    assert wrong(prior(scheme, labels)) < 0.4 * wrong(prior(scheme))


def test_absent_landmarks_are_no_evidence_and_are_guessed_from_the_others() -> None:
    _, shapes, _, seen, confidence = case("wflw-98", 5)
    whole = predicted(shapes, seen, confidence)
    half = seen.copy()
    half[40:] = np.nan
    belief = predicted(shapes, half, confidence)
    assert np.isfinite(belief.points).all()
    assert (belief.expected_errors[40:] > whole.expected_errors[40:]).all()
    assert np.median(belief.expected_errors[40:]) > np.median(predicted(shapes, seen, confidence).expected_errors)
    with pytest.raises(ValueError):
        predicted(shapes, np.full_like(seen, np.nan), confidence)


def test_labels_with_absent_landmarks_teach_what_they_show() -> None:
    scheme = schemes.load("300w-68")
    labels = faces(scheme, 200, 4)
    complete = prior(scheme, labels)
    rng = np.random.default_rng(0)
    gaps = labels.copy()
    gaps[rng.random(gaps.shape[:2]) < 0.3] = np.nan
    gaps[0] = np.nan
    found = prior(scheme, gaps)
    np.testing.assert_allclose(found.mean, complete.mean, atol=0.02)
    deviation = np.sqrt(np.diagonal(found.covariance) / np.diagonal(complete.covariance))
    assert 0.8 < deviation.min() <= deviation.max() < 1.25


def test_sizes_that_do_not_fit_and_templates_without_extent_are_refused() -> None:
    scheme = schemes.load("face-5")
    with pytest.raises(ValueError, match="5 landmarks"):
        ShapePrior(template(scheme), scheme.flip_index, np.zeros((2, 68, 2)))
    with pytest.raises(ValueError, match="coincide"):
        ShapePrior(np.zeros((5, 2)), scheme.flip_index)
