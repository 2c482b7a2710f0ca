"""Every built-in strategy through the one door: what it prefers, and that no pool is too odd for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facelabel.acquisition import BUILT_IN, Pool, choose, disagreement, mean_rank, ranks, spread_order, strategy

LANDMARKS = 6
IDS = [one.id for one in BUILT_IN]


def pool_of(n: int, labelled: int = 0, queued: int = 0, seed: int = 0, **given: Any) -> Pool:
    rng = np.random.default_rng(seed)
    place = rng.permutation(n)
    known, asked = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    known[place[:labelled]] = True
    asked[place[labelled : labelled + queued]] = True
    mean = 100 + 30 * rng.normal(size=(LANDMARKS, 2))
    shapes = mean + 2 * rng.normal(size=(n, LANDMARKS, 2))
    arrays: dict[str, Any] = {
        "queued": asked,
        "scores": {"nnm": -rng.random(n), "entropy": rng.random(n)},
        "embeddings": rng.normal(size=(n, 5)).astype(np.float32),
        "shapes": shapes,
        "mirrored": shapes + rng.normal(size=shapes.shape),
        "committee": shapes + rng.normal(size=shapes.shape),
        "augmented": shapes[:, None] + rng.normal(size=(n, 3, LANDMARKS, 2)),
        "confidence": rng.random((n, LANDMARKS)),
        "seconds": rng.uniform(20, 90, n),
        "truths": mean + 2 * rng.normal(size=(8, LANDMARKS, 2)),
        "images": np.arange(n) // 2,
    }
    return Pool(known, **(arrays | given))


def constant(n: int, labelled: int) -> Pool:
    one = pool_of(n, labelled)
    same = {name: np.repeat(getattr(one, name)[:1], n, axis=0) for name in ("embeddings", "shapes", "confidence")}
    return replace(
        one,
        **same,
        scores={"nnm": np.full(n, -3.0), "entropy": np.zeros(n)},
        mirrored=same["shapes"],
        committee=same["shapes"],
        augmented=np.stack([same["shapes"]] * 2, axis=1),
        seconds=np.full(n, 40.0),
    )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(IDS), st.integers(0, 40), st.integers(0, 9), st.integers(0, 9), st.integers(0, 60))
def test_as_many_different_open_faces_as_asked_for_and_the_same_again(
    name: str, n: int, labelled: int, queued: int, k: int
) -> None:
    pool = pool_of(n, min(labelled, n), min(queued, n - min(labelled, n)))
    choice = choose(name, pool, k, seed=3)
    assert len(choice.faces) == len(set(choice.faces)) == len(choice.reasons) == min(k, int(pool.open.sum()))
    assert pool.open[list(choice.faces)].all()
    assert choice.notice is None
    assert {reason.rule for reason in choice.reasons} <= {name}
    assert all(1 <= reason.place <= reason.of for reason in choice.reasons)
    assert choose(name, pool, k, seed=3).faces == choice.faces


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("n", [1, 2, 12])
def test_constant_arrays_and_few_faces(name: str, n: int) -> None:
    choice = choose(name, constant(n, 0), 4)
    assert sorted(choice.faces) == sorted(set(choice.faces))
    assert len(choice.faces) == min(n, 4)
    told = n > 4 and set(strategy(name).needs) & set(constant(n, 0).scores)
    assert ("of all faces are equal" in str(choice.notice)) if told else choice.notice is None


@pytest.mark.parametrize("name", IDS)
def test_faces_that_nothing_is_known_of_come_last_by_chance(name: str) -> None:
    pool = pool_of(20, 3)
    holes = np.flatnonzero(pool.open)[:5]
    arrays = {array: np.array(getattr(pool, array), dtype=float) for array in ("embeddings", "shapes", "augmented")}
    scores = {key: value.copy() for key, value in pool.scores.items()}
    for array in [*arrays.values(), *scores.values()]:
        array[holes] = np.nan
    choice = choose(name, replace(pool, scores=scores, **arrays), 17)
    assert choice.notice is None
    assert len(choice.faces) == 17
    if name != "random":
        assert set(choice.faces[-5:]) == set(holes.tolist())
        assert {reason.detail for reason in choice.reasons[-5:]} == {"nothing is known of the face yet"}


@pytest.mark.parametrize("name", [name for name in IDS if "discard" in strategy(name).parameters])
def test_what_was_set_aside_comes_last_and_says_so(name: str) -> None:
    pool = pool_of(30)
    choice = choose(name, pool, 30, parameters={"discard": 0.3})
    aside = [reason.set_aside for reason in choice.reasons]
    assert aside == [False] * 21 + [True] * 9
    assert sorted(choice.faces[21:]) == choice.discarded.tolist()
    assert "outlier" in choice.reasons[-1].sentence("Title")


def test_one_face_left_is_asked_for_though_the_rule_sets_it_aside() -> None:
    choice = choose("nnm", pool_of(6, 5), 10)
    assert len(choice.faces) == 1
    assert choice.reasons[0].set_aside


def test_a_score_orders_the_faces_with_ties_to_the_lowest_row() -> None:
    pool = Pool(np.zeros(6, dtype=bool), scores={"nnm": np.array([1.0, 5, 3, 5, 9, 0])})
    choice = choose("nnm", pool, 4)
    assert choice.faces == (1, 3, 2, 0)
    assert choice.discarded.tolist() == [4]
    first = choice.reasons[0]
    assert (first.rule, first.place, first.of, first.score) == ("nnm", 1, 5, 5.0)
    assert first.sentence("NNM") == "NNM: 1st of 5, after the top 10 % were set aside as likely outliers"


def test_faces_that_are_asked_for_already_keep_their_places() -> None:
    scores = {"nnm": np.arange(10.0)}
    queued = np.arange(10) == 8
    choice = choose("nnm", Pool(np.zeros(10, dtype=bool), queued=queued, scores=scores), 2)
    assert choice.faces == (7, 6)
    assert [reason.place for reason in choice.reasons] == [2, 3]


def blobs(labelled: tuple[int, ...] = ()) -> Pool:
    """Three groups of 30, 80 and 50 faces, far apart, and one face alone."""
    rng = np.random.default_rng(0)
    middle = np.repeat(np.eye(4) * 100, [30, 80, 50, 1], axis=0)
    known = np.zeros(161, dtype=bool)
    known[list(labelled)] = True
    return Pool(known, embeddings=middle + rng.normal(size=middle.shape), scores={"nnm": rng.random(161)})


def group(face: int) -> int:
    return int(np.searchsorted([30, 110, 160], face, side="right"))


def test_typiclust_takes_the_typical_face_of_the_largest_group_first() -> None:
    choice = choose("typiclust", blobs(), 4)
    assert [group(face) for face in choice.faces] == [1, 2, 0, 3]
    assert choice.reasons[0].detail == "the most typical left of 80 like faces, none of them labelled or asked for"


def test_typiclust_leaves_groups_with_labels_for_later() -> None:
    pool = blobs(labelled=(35, 36))
    assert group(choose("typiclust", pool, 1).faces[0]) != 1


def test_k_center_goes_to_the_lonely_face_and_the_filtered_one_does_not() -> None:
    pool = blobs(labelled=(35, 1, 115))
    assert choose("k-center", pool, 1).faces == (160,)
    filtered = choose("typical-k-center", pool, 8, parameters={"neighbours": 3})
    assert 160 not in filtered.faces
    assert 160 in filtered.discarded


def test_coverage_has_one_face_of_each_large_group() -> None:
    assert [group(face) for face in choose("coverage", blobs(), 3, parameters={"bandwidth": 0.2}).faces] == [1, 2, 0]


def test_hybrid_stays_among_the_uncertain_and_takes_each_group() -> None:
    pool = blobs()
    choice = choose("hybrid-typical", pool, 3)
    falling = np.argsort(-pool.scores["nnm"])
    assert set(choice.faces) <= set(falling[17 : 17 + 48].tolist())
    assert sorted(group(face) for face in choice.faces) == [0, 1, 2]
    assert choice.discarded.tolist() == sorted(falling[:17].tolist())


@pytest.mark.parametrize(("name", "array"), [("mirror", "mirrored"), ("committee", "committee")])
def test_the_face_that_is_predicted_otherwise_comes_first_with_the_landmark(name: str, array: str) -> None:
    pool = pool_of(40, 4)
    other = getattr(pool, array).copy()
    face = int(np.flatnonzero(pool.open)[7])
    other[face, 2] += 400
    choice = choose(name, replace(pool, **{array: other}), 1, parameters={"discard": 0})
    assert choice.faces == (face,)
    assert choice.reasons[0].landmarks[0] == 2
    names = ["a", "b", "chin", "d", "e", "f"]
    assert "; in doubt: chin" in choice.reasons[0].sentence("Mirror", names)


def test_the_augmentation_score_stands_for_the_predictions_it_is_made_of() -> None:
    full = pool_of(40, 4)
    assert full.augmented is not None
    told = replace(full, augmented=None, scores={"augmentation": disagreement(full.augmented)})
    assert choose("augmentation", told, 10).faces == choose("augmentation", full, 10).faces


@pytest.mark.parametrize("name", ["mirror", "three-ranks", "per-second"])
def test_the_mirror_score_stands_for_the_predictions_it_is_made_of(name: str) -> None:
    full = pool_of(40, 4)
    assert full.shapes is not None
    assert full.mirrored is not None
    score = disagreement(np.stack([full.shapes, full.mirrored], axis=1))
    told = replace(full, mirrored=None, scores={**full.scores, "mirror": score})
    choice = choose(name, told, 10)
    assert choice.notice is None
    assert choice.faces == choose(name, full, 10).faces


def test_unlikely_shapes_come_first() -> None:
    pool = pool_of(40, 4)
    assert pool.shapes is not None
    shapes = pool.shapes.copy()
    face = int(np.flatnonzero(pool.open)[9])
    shapes[face, 4] += 300
    choice = choose("shape-prior", replace(pool, shapes=shapes), 1, parameters={"discard": 0})
    assert choice.faces == (face,)


def test_doubts_are_told_by_confidence_where_the_rule_has_none_of_its_own() -> None:
    pool = pool_of(200)
    confidence = np.random.default_rng(0).normal(0.9, 0.01, size=(200, LANDMARKS))
    confidence[:, 3] = 0.1
    first = choose("nnm", replace(pool, confidence=confidence), 1).faces[0]
    confidence[first, 5] = 0.2
    assert choose("nnm", replace(pool, confidence=confidence), 1).reasons[0].landmarks == (5,)


def test_of_two_equal_faces_the_quicker_comes_first() -> None:
    scores = {"nnm": np.array([1.0, 2, 2, 3])}
    pool = Pool(np.zeros(4, dtype=bool), scores=scores, seconds=np.array([30.0, 60, 20, 60]))
    choice = choose("per-second", pool, 4, parameters={"discard": 0})
    assert choice.faces == (2, 3, 1, 0)
    assert choice.reasons[0].score == pytest.approx(2.5 / 4 / 20)


def test_three_ranks_is_the_mean_rank() -> None:
    pool = pool_of(25)
    alone = {}
    for name in ("nnm", "mirror", "shape-prior"):
        choice = choose(name, pool, 25, parameters={"discard": 0})
        alone[name] = np.array([reason.score for reason in choice.reasons])[np.argsort(choice.faces)]
    expected = np.argsort(-mean_rank(*alone.values()), kind="stable")
    assert choose("three-ranks", pool, 25, parameters={"discard": 0}).faces == tuple(expected.tolist())


def test_ranks_share_ties_and_ignore_scale() -> None:
    assert ranks(np.array([3.0, 1, 3, 9])).tolist() == [2.5 / 4, 1 / 4, 2.5 / 4, 1]
    assert mean_rank(np.array([1.0, 2]), np.array([1e9, -1e9])).tolist() == [0.75, 0.75]


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(0, 99))
def test_no_photo_comes_twice_while_one_has_not_come(images: list[int], seed: int) -> None:
    order = spread_order(np.array(images, dtype=np.int64), np.random.default_rng(seed))
    assert sorted(order.tolist()) == list(range(len(images)))
    turns = [[images[i] for i in order[: at + 1]].count(images[face]) for at, face in enumerate(order)]
    assert turns == sorted(turns)
