"""The honest test of the suspicion list: errors planted in rendered faces come first, and say what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from facelabel.geometry import Box
from facelabel.quality.findings import KINDS, Finding, suspicion
from facelabel.quality.suspicions import Suspicions
from facelabel.store import faces, labels, predictions, second_labels
from facelabel.store.tables import Image
from tests.quality.planted import COUNT, SCHEME, SIDE, Planted, eyes, plant, record

VICTIM = 17
"""The place of the face that errors are planted in."""


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    made = plant(tmp_path)
    yield made
    made.project.close()


def ranked(planted: Planted) -> tuple[list[int], dict[int, tuple[Finding, ...]]]:
    found = Suspicions(planted.project).refresh()
    return sorted(found, key=lambda face_id: -suspicion(found[face_id])), found


def moved(landmarks: list[int], share: float, direction: tuple[float, float]) -> Callable[[np.ndarray], np.ndarray]:
    def change(shape: np.ndarray) -> np.ndarray:
        shape[landmarks] += share * eyes(shape) * np.array(direction)
        return shape

    return change


def swapped(landmarks: list[int]) -> Callable[[np.ndarray], np.ndarray]:
    def change(shape: np.ndarray) -> np.ndarray:
        shape[landmarks] = shape[SCHEME.flip_index[landmarks]]
        return shape

    return change


def test_good_labels_raise_no_suspicion_to_speak_of(planted: Planted) -> None:
    order, found = ranked(planted)
    assert sorted(found) == planted.ids
    assert suspicion(found[order[0]]) < 0.6
    assert sum(bool(one) for one in found.values()) <= COUNT // 5


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("flipped", swapped(list(range(68))), "left and right exchanged"),
        ("flipped", swapped(list(range(36, 48))), "Left and right look swapped"),
        ("disagrees", moved([30], 0.35, (0, 1)), "nose-tip"),
        ("disagrees", moved(list(range(68)), 0.15, (1, 0)), "elsewhere"),
        ("outlier", moved([51], 0.3, (0.3, -1)), "outer-lip-upper-centre"),
        ("outside", moved([0], 1.6, (-1, 0)), "jaw-left-1"),
        ("crossed", moved([39], 0.5, (1, 0)), "crosses"),
    ],
)
def test_a_wrong_shape_comes_first(
    planted: Planted, kind: str, change: Callable[[np.ndarray], np.ndarray], said: str
) -> None:
    victim = planted.ids[VICTIM]
    planted.relabel(victim, change)
    order, found = ranked(planted)
    assert order[0] == victim
    finding = next(one for one in found[victim] if one.kind == kind)
    assert said in finding.text
    assert finding.size > 1
    assert suspicion(found[victim]) > 0.6


def test_the_same_face_twice_is_told_of_both(planted: Planted) -> None:
    with planted.project.writing() as s:
        one = faces.get(s, planted.ids[VICTIM])
        again = faces.add(s, one.image_id, Box(one.left + 2, one.top, one.width, one.height), source="human").id
        labels.add(s, again, record(planted.shape(one.id)), author="ann", origin="desk")
        ids = {one.id, again}
    order, found = ranked(planted)
    assert set(order[:2]) == ids
    assert {one.kind for face_id in ids for one in found[face_id]} >= {"duplicate"}


def test_two_faces_side_by_side_are_no_duplicates(planted: Planted) -> None:
    with planted.project.writing() as s:
        one = faces.get(s, planted.ids[VICTIM])
        again = faces.add(s, one.image_id, Box(one.left + one.width, one.top, one.width, one.height), source="human").id
        shifted = planted.shape(one.id) + np.array([one.width, 0])
        labels.add(s, again, record(np.clip(shifted, 0, SIDE)), author="ann", origin="desk")
    _, found = ranked(planted)
    assert not any(one.kind == "duplicate" for own in found.values() for one in own)


def test_a_label_of_a_near_identical_photo_is_named(planted: Planted) -> None:
    one, other = planted.ids[3], planted.ids[4]
    with planted.project.writing() as s:
        twin = faces.get(s, other)
        box = faces.box_of(faces.get(s, one))
        faces.set_box(s, other, box)
        for face in (faces.get(s, one), twin):
            s.get_one(Image, face.image_id).burst = 1
    _, found = ranked(planted)
    assert any(f.kind == "similar" and str(other) in f.text for f in found[one])


def test_haste_is_held_against_the_annotators_own_pace(planted: Planted) -> None:
    hasty, other = planted.ids[VICTIM], planted.ids[5]
    planted.relabel(hasty, seconds=2.0)
    planted.relabel(other, author="quick", seconds=2.0)
    _, found = ranked(planted)
    finding = next(one for one in found[hasty] if one.kind == "fast")
    assert "2.0 s" in finding.text
    assert not any(one.kind == "fast" for one in found[other]), "one face is no pace"


def test_an_untouched_acceptance_is_told_where_the_model_was_in_doubt(planted: Planted) -> None:
    sure, unsure = planted.ids[5], planted.ids[VICTIM]
    accepted = ("accepted",) * SCHEME.size
    with planted.project.writing() as s:
        _, shape, confidence = predictions.get(s, unsure, planted.first) or (0, np.empty(0), np.empty(0))
        predictions.save(s, planted.first, [unsure], shape[None].astype(np.float32), confidence[None] * 0.5)
    for face_id in (sure, unsure):
        planted.relabel(face_id, sources=accepted)
    _, found = ranked(planted)
    assert any(one.kind == "untouched" and "100 %" in one.text for one in found[unsure])
    assert not any(one.kind == "untouched" for one in found[sure])


def test_second_opinions_speak(planted: Planted) -> None:
    differs, agrees, refused = planted.ids[1], planted.ids[2], planted.ids[3]
    with planted.project.writing() as s:
        for face_id, off in ((differs, 0.1), (agrees, 0.005), (refused, 0.0)):
            newest = labels.newest(s, face_id)
            assert newest is not None
            asked = second_labels.ask(s, face_id, "repeated", first_id=newest[0].id, round_id=None, rank=1)
            if face_id == refused:
                second_labels.decline(s, asked.id, "rejected", author="ben", reason="not a face")
            else:
                shape = newest[1].shape + off * eyes(newest[1].shape)
                second_labels.answer(s, asked.id, record(shape), author="ben", seconds=9.0)
    order, found = ranked(planted)
    assert set(order[:2]) == {differs, refused}
    assert any("ben labelled it again, 14.1 %" in one.text for one in found[differs])
    assert any("not a face" in one.text for one in found[refused])
    assert not any(one.kind == "differs" for one in found[agrees])


def test_only_what_changed_is_looked_at_again(planted: Planted) -> None:
    suspicions, looks = Suspicions(planted.project), []

    def progress(done: int, total: int) -> None:
        looks.append(total)

    before = suspicions.refresh(progress)
    suspicions.refresh(progress)
    planted.relabel(planted.ids[VICTIM], moved([30], 0.35, (0, 1)))
    after = suspicions.refresh(progress)
    assert sorted(set(looks)) == [0, 1, COUNT]
    assert looks[-1] == 1
    assert suspicion(after[planted.ids[VICTIM]]) > 0.6 > suspicion(before[planted.ids[VICTIM]])
    assert {k: v for k, v in after.items() if k != planted.ids[VICTIM]} == {
        k: v for k, v in before.items() if k != planted.ids[VICTIM]
    }
    with planted.project.writing() as s:
        faces.set_state(s, planted.ids[VICTIM], "open")
    assert planted.ids[VICTIM] not in suspicions.refresh()


def test_a_project_without_labels_has_nothing_to_suspect(planted: Planted) -> None:
    with planted.project.writing() as s:
        for face_id in planted.ids:
            faces.set_state(s, face_id, "open")
    assert Suspicions(planted.project).refresh() == {}


def test_suspicions_add_up_and_stay_below_certainty() -> None:
    weak, strong = Finding("fast", 3.0, ""), Finding("flipped", 10.0, "")
    assert suspicion([]) == 0
    assert 0 < weak.weight < strong.weight < suspicion([weak, strong]) < 1
    assert Finding("outlier", 1.0, "").weight == 0
    assert all(0 < kind.limit < 1 for kind in KINDS.values())
