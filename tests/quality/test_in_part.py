"""Labels in part are judged by what somebody confirmed, and are no more suspicious than whole ones for being parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facelabel.metrics import nme
from facelabel.quality.findings import Finding, suspicion
from facelabel.quality.judging import normalisers
from facelabel.quality.shapes import UsualShapes
from facelabel.quality.suspicions import Suspicions
from tests.quality.planted import COUNT, SCHEME, Planted, eyes, plant, shapes

ASKED = 17
WHOLE = 12
"""The faces that are labelled as a whole, the first of them."""


def sources(number: int) -> tuple[str, ...]:
    asked = np.random.default_rng(number).choice(SCHEME.size, ASKED, replace=False)
    return tuple("moved" if i in asked else "predicted" for i in range(SCHEME.size))


def confirmed(number: int) -> list[int]:
    return [i for i, source in enumerate(sources(number)) if source == "moved"]


@pytest.fixture
def partly(tmp_path: Path) -> Iterator[Planted]:
    """Most faces are labelled in part, in a quarter of the time, and the model's share of them is far off."""
    made = plant(tmp_path)
    for number, face_id in enumerate(made.ids[WHOLE:], start=WHOLE):
        asked = confirmed(number)

        def guess(shape: np.ndarray, asked: list[int] = asked) -> np.ndarray:
            wild = shape + np.random.default_rng(0).normal(0, 0.3, shape.shape) * eyes(shape)
            wild[asked] = shape[asked]
            return wild

        made.relabel(face_id, guess, seconds=5.0, sources=sources(number))
    yield made
    made.project.close()


def found(planted: Planted) -> dict[int, tuple[Finding, ...]]:
    return Suspicions(planted.project).refresh()


def test_what_nobody_confirmed_raises_no_suspicion(partly: Planted) -> None:
    told = found(partly)
    assert sorted(told) == partly.ids
    assert max(suspicion(one) for one in told.values()) < 0.6
    assert sum(bool(one) for one in told.values()) <= COUNT // 5
    kinds = {one.kind for findings in told.values() for one in findings}
    assert kinds.isdisjoint({"fast", "flipped", "crossed", "outside"}), "a part takes less time than a whole face"


def test_an_error_among_what_was_confirmed_is_found(partly: Planted) -> None:
    number = WHOLE + 8
    victim, wrong = partly.ids[number], confirmed(number)[4]

    def change(shape: np.ndarray) -> np.ndarray:
        shape[wrong] += 0.4 * eyes(shape)
        return shape

    partly.relabel(victim, change, seconds=5.0, sources=sources(number))
    told = found(partly)
    assert max(told, key=lambda face_id: suspicion(told[face_id])) == victim
    assert any(wrong in one.landmarks for one in told[victim])


def test_haste_in_part_is_held_against_the_pace_in_part(partly: Planted) -> None:
    number = WHOLE + 8
    partly.relabel(partly.ids[number], seconds=1.0, sources=sources(number))
    assert any(one.kind == "fast" and "usually takes 5 s" in one.text for one in found(partly)[partly.ids[number]])


def test_a_part_lacks_its_eyes_and_is_measured_by_the_box_all_the_same() -> None:
    whole = shapes()[:20]
    boxes = np.concatenate([whole.min(axis=1), np.ptp(whole, axis=1)], axis=1)
    right = nme.normaliser(SCHEME, whole, "inter-ocular")
    part = whole.copy()
    part[:, 36] = np.nan
    np.testing.assert_allclose(normalisers(SCHEME, whole, boxes), right)
    np.testing.assert_allclose(normalisers(SCHEME, part, boxes), right, rtol=0.25)


def test_parts_of_usual_shapes_are_as_seldom_unusual_as_whole_ones() -> None:
    known = shapes()
    usual = UsualShapes(SCHEME, known)
    rng = np.random.default_rng(1)
    few = np.full_like(known, np.nan)
    for part, shape in zip(few, known, strict=True):
        kept = rng.choice(SCHEME.size, 6, replace=False)
        part[kept] = shape[kept]
    whole, _ = usual.unusual(known)
    partly, _ = usual.unusual(few)
    assert np.quantile(partly, 0.9) < 1.3 * np.quantile(whole, 0.9)
    plain, _ = usual.distances(known)
    np.testing.assert_allclose(whole / whole[0], plain / plain[0])
