"""Suggestions at the desk: untouched points follow corrections as one step; what a person put stays."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from facelabel import schemes
from facelabel.desk import picking
from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.geometry import Box
from facelabel.shapes.prior import ShapePrior

SCHEME = schemes.load("300w-68")
BOX = Box(100, 50, 200, 240)
PRIOR = ShapePrior(SCHEME.template_shape * [SCHEME.template_aspect, 1.0], SCHEME.flip_index)
CHIN = 8
JAW = list(SCHEME.groups["jaw"])


def in_box(box: Box = BOX) -> np.ndarray:
    return SCHEME.template_shape * [box.width, box.height] + [box.left, box.top]


def predicted(confidence: float = 0.6, *, prior: ShapePrior | None = PRIOR) -> EditSession:
    sure = np.full(SCHEME.size, 0.95)
    sure[JAW] = confidence
    return EditSession(SCHEME, Start.from_shape(in_box(), "prediction", confidence=sure), BOX, prior)


def state(session: EditSession) -> str:
    return json.dumps(session.to_content()["marks"])


def test_before_the_first_correction_nothing_moves() -> None:
    session = predicted()
    np.testing.assert_array_equal(session.shape, in_box())
    session.set_visibility(CHIN, "occluded")
    session.set_suggesting(False)
    session.set_suggesting(True)
    np.testing.assert_array_equal(session.shape, in_box())


def test_a_drag_takes_untouched_neighbours_along_and_is_one_step() -> None:
    session = predicted()
    before = state(session)
    session.begin_drag([CHIN])
    session.drag_to(0, 40)
    shown = session.shape
    assert shown[CHIN].tolist() == pytest.approx((in_box()[CHIN] + [0, 40]).tolist())
    moved = shown[:, 1] - in_box()[:, 1]
    assert moved[7] > 5
    assert moved[9] > 5
    assert state(session) == before, "a draft keeps nothing of a drag that is on"
    session.drag_to(0, 0)
    np.testing.assert_array_equal(session.shape, in_box())
    session.drag_to(0, 40)
    session.end_drag()
    np.testing.assert_array_equal(session.shape, shown)
    assert session.undo() == "drag"
    assert state(session) == before
    assert not session.can_undo
    session.redo()
    np.testing.assert_array_equal(session.shape, shown)


def test_a_drag_that_is_put_back_leaves_nothing_behind() -> None:
    session = predicted()
    before = state(session)
    session.begin_drag(JAW[4:9])
    session.drag_to(10, 40)
    session.cancel_drag()
    assert state(session) == before
    assert not session.can_undo


def test_what_a_person_put_never_moves_by_itself() -> None:
    session = predicted(0.2)
    rng = np.random.default_rng(0)
    put = {}
    for index in rng.permutation(SCHEME.size)[:30].tolist():
        session.move(index, tuple((in_box()[index] + rng.normal(0, 8, 2)).tolist()))
        put[index] = session.marks[index]
        assert {i: session.marks[i] for i in put} == put
    assert all(not session.marks[i].by_hand for i in range(SCHEME.size) if i not in put)


def test_suggestions_are_no_decisions_and_tell_how_far_they_are_from_the_prediction() -> None:
    session = predicted()
    session.move(CHIN, tuple((in_box()[CHIN] + [0, 30]).tolist()))
    record = session.record()
    assert record.sources[CHIN] == "moved"
    assert record.sources[7] == "accepted"
    assert record.moved[7] == pytest.approx(np.hypot(*(session.shape[7] - in_box()[7])))


def test_turned_off_everything_untouched_goes_back_and_turned_on_it_comes_again() -> None:
    session = predicted()
    session.move(CHIN, tuple((in_box()[CHIN] + [0, 30]).tolist()))
    with_them = session.shape
    session.set_suggesting(False)
    rest = [i for i in range(SCHEME.size) if i != CHIN]
    np.testing.assert_array_equal(session.shape[rest], in_box()[rest])
    np.testing.assert_array_equal(session.shape[CHIN], with_them[CHIN])
    session.move(0, (90.0, 100.0))
    np.testing.assert_array_equal(session.shape[1:8], in_box()[1:8])
    session.undo()
    assert session.undo() == "no suggestions"
    np.testing.assert_array_equal(session.shape, with_them)
    session.redo()
    session.set_suggesting(True)
    np.testing.assert_array_equal(session.shape, with_them)


def test_absent_points_stay_absent_and_tell_nothing() -> None:
    scheme = schemes.load("cofw-29")
    prior = ShapePrior(scheme.template_shape * [scheme.template_aspect, 1.0], scheme.flip_index)
    shape = scheme.template_shape * 100
    shape[3] = np.nan
    start = Start.from_shape(shape, "prediction", confidence=np.full(scheme.size, 0.5))
    session = EditSession(scheme.model_copy(update={"allow_absent": True}), start, Box(0, 0, 100, 100), prior)
    session.clear(5)
    np.testing.assert_array_equal(np.isnan(session.shape[:, 0]).nonzero()[0], [3, 5])
    session.move(0, (0.0, 0.0))
    np.testing.assert_array_equal(np.isnan(session.shape[:, 0]).nonzero()[0], [3, 5])
    assert np.isfinite(session.shape[[1, 2, 28]]).all()


def test_without_a_model_points_that_are_placed_bring_the_template_along() -> None:
    truth = in_box(Box(BOX.left + 35, BOX.top - 20, BOX.width, BOX.height))
    session = EditSession(SCHEME, Start.from_shape(in_box(), "template"), BOX, PRIOR)
    for index in (36, 45, CHIN):
        session.place(index, tuple(truth[index].tolist()))
    assert np.hypot(*(session.shape - truth).T).mean() < 4
    assert {session.marks[i].source for i in (0, 30, 60)} == {"accepted"}


def test_the_template_is_expected_where_the_box_was_drawn_anew() -> None:
    session = EditSession(SCHEME, Start.from_shape(in_box(), "template"), BOX, PRIOR)
    other = Box(900, 700, 200, 240)
    session.set_box(other, in_box(other))
    session.place(CHIN, tuple((in_box(other)[CHIN] + [5, 0]).tolist()))
    assert np.abs(session.shape - in_box(other)).max() < 25
    session.undo()
    session.undo()
    np.testing.assert_array_equal(session.shape, in_box())
    session.place(CHIN, tuple(in_box()[CHIN].tolist()))
    assert np.abs(session.shape - in_box()).max() < 25


def test_a_draft_goes_on_suggesting() -> None:
    session = predicted()
    session.move(CHIN, tuple((in_box()[CHIN] + [0, 30]).tolist()))
    again = EditSession.from_content(SCHEME, json.loads(json.dumps(session.to_content())), prior=PRIOR)
    for each in (session, again):
        each.move(0, (95.0, 120.0))
    np.testing.assert_allclose(again.shape, session.shape)


def test_without_a_prior_nothing_follows() -> None:
    session = predicted(prior=None)
    session.move(CHIN, (0.0, 0.0))
    rest = [i for i in range(SCHEME.size) if i != CHIN]
    np.testing.assert_array_equal(session.shape[rest], in_box()[rest])
    assert session.expectation is None
    assert not session.suggesting


def test_a_prediction_that_is_no_face_gives_no_suggestions() -> None:
    shape = np.full((SCHEME.size, 2), 50.0)
    start = Start.from_shape(shape, "prediction", confidence=np.zeros(SCHEME.size))
    session = EditSession(SCHEME, start, BOX, PRIOR)
    session.move(0, (1.0, 2.0))
    np.testing.assert_array_equal(session.shape[1:], shape[1:])


def test_next_doubtful_asks_where_a_correction_helps_most_and_stops_when_nothing_is_in_doubt() -> None:
    session = predicted(0.65)
    seen: list[int] = []
    while (index := picking.next_doubtful(session, None)) is not None:
        seen.append(index)
        session.place(index, tuple((in_box()[index] + 0.1).tolist()))
    assert set(seen) <= set(JAW)
    assert 2 <= len(seen) < len(JAW), "what follows from the others needs no look"
    assert min(abs(a - b) for a, b in pairwise(seen[:4])) > 1, "neighbours tell the same"
