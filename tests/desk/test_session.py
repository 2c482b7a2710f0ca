"""Edits and their undo: whatever was done, undo and redo restore exactly, and a draft carries its history."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from facelabel import schemes
from facelabel.desk.history import HISTORY
from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.shapes.prior import ShapePrior

COFW = schemes.load("cofw-29")
WFLW = schemes.load("wflw-98")
W300 = schemes.load("300w-68")
BOX = Box(10, 20, 100, 120)


def shape_in(scheme: schemes.Scheme, box: Box = BOX) -> np.ndarray:
    return scheme.template_shape * [box.width, box.height] + [box.left, box.top]


def predicted(scheme: schemes.Scheme = COFW) -> EditSession:
    shape = shape_in(scheme)
    start = Start.from_shape(shape, "prediction", confidence=np.linspace(0.1, 0.9, scheme.size))
    return EditSession(scheme, start, BOX)


def snapshot(session: EditSession) -> str:
    content = session.to_content()
    return json.dumps([content["marks"], content["attributes"], content["box"]], sort_keys=True)


coordinates = st.floats(-1e4, 1e4, allow_nan=False)
SMALL = schemes.load("face-5").model_copy(update={"allow_absent": True, "attributes": WFLW.attributes})
PRIOR = ShapePrior(SMALL.template_shape * [SMALL.template_aspect, 1.0], SMALL.flip_index)
landmarks = st.integers(0, SMALL.size - 1)


class Editing(RuleBasedStateMachine):
    """A model of the history: the list of all states, and where in it we are."""

    @initialize(absent=st.sets(landmarks, max_size=5), suggesting=st.booleans())
    def begin(self, absent: set[int], suggesting: bool) -> None:
        shape = shape_in(SMALL)
        shape[sorted(absent)] = np.nan
        confidence = np.linspace(0, 1, SMALL.size)
        self.prior = PRIOR if suggesting else None
        start = Start.from_shape(shape, "prediction", confidence=confidence)
        self.session = EditSession(SMALL, start, BOX, self.prior)
        self.states = [snapshot(self.session)]
        self.at = 0

    def note(self) -> None:
        state = snapshot(self.session)
        if state != self.states[self.at]:
            self.states = [*self.states[: self.at + 1], state]
            self.at += 1

    @rule(index=landmarks, x=coordinates, y=coordinates, placing=st.booleans())
    def put(self, index: int, x: float, y: float, placing: bool) -> None:
        (self.session.place if placing else self.session.move)(index, (x, y))
        self.note()

    @rule(on=st.booleans())
    def suggest(self, on: bool) -> None:
        put = [mark for mark in self.session.marks if mark.by_hand]
        self.session.set_suggesting(on)
        assert [mark.to_content() for mark in self.session.marks if mark.by_hand] == [m.to_content() for m in put]
        self.note()

    @rule(index=landmarks, dx=coordinates, dy=coordinates)
    def nudge(self, index: int, dx: float, dy: float) -> None:
        self.session.nudge(index, dx, dy)
        self.note()

    @rule(group=st.sampled_from(list(SMALL.groups)), dx=coordinates, dy=coordinates, whole=st.booleans())
    def shift(self, group: str, dx: float, dy: float, whole: bool) -> None:
        moved = range(SMALL.size) if whole else SMALL.groups[group]
        self.session.put("move", {i: tuple(self.session.shape[i] + np.array([dx, dy])) for i in moved})
        self.note()

    @rule(index=landmarks, visibility=st.sampled_from(["visible", "occluded", "absent"]))
    def see(self, index: int, visibility: str) -> None:
        self.session.set_visibility(index, visibility)
        self.note()

    @rule(index=landmarks)
    def cycle(self, index: int) -> None:
        self.session.cycle_visibility(index)
        self.note()

    @rule(attribute=st.sampled_from([a.id for a in SMALL.attributes]), value=st.sampled_from([None, True, False]))
    def attribute(self, attribute: str, value: bool | None) -> None:
        self.session.set_attribute(attribute, value)
        self.note()

    @rule(left=coordinates, top=coordinates, size=st.floats(1, 500), along=st.booleans())
    def box(self, left: float, top: float, size: float, along: bool) -> None:
        box = Box(left, top, size, size)
        self.session.set_box(box, shape_in(SMALL, box) if along else None)
        self.note()

    @rule(
        indices=st.sets(landmarks), path=st.lists(st.tuples(coordinates, coordinates), max_size=6), keep=st.booleans()
    )
    def drag(self, indices: set[int], path: list[tuple[float, float]], keep: bool) -> None:
        before = snapshot(self.session)
        self.session.begin_drag(indices)
        for dx, dy in path:
            self.session.drag_to(dx, dy)
            assert snapshot(self.session) == before, "what a draft keeps does not change in mid-drag"
        if keep:
            self.session.end_drag()
        else:
            self.session.cancel_drag()
            assert snapshot(self.session) == before
        self.note()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        assert self.session.undo() is not None
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        assert self.session.redo() is not None
        self.at += 1

    @rule()
    def restart(self) -> None:
        content = json.loads(json.dumps(self.session.to_content(), allow_nan=False))
        self.session = EditSession.from_content(SMALL, content, prior=self.prior)
        assert self.session.to_content() == content

    @invariant()
    def is_where_the_history_says(self) -> None:
        assert snapshot(self.session) == self.states[self.at]
        assert self.session.can_undo == (self.at > 0)
        assert self.session.can_redo == (self.at < len(self.states) - 1)

    @invariant()
    def absent_has_no_place_and_the_rest_has_one(self) -> None:
        record = self.session.record()
        for xy, visibility in zip(record.shape, record.visibility, strict=True):
            assert np.isnan(xy).all() == (visibility == "absent")
            assert np.isnan(xy).any() == (visibility == "absent")


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=40, stateful_step_count=20)


def test_a_drag_is_one_step() -> None:
    session = predicted()
    before = session.shape
    session.begin_drag([3])
    for step in range(1, 30):
        session.drag_to(step, -step)
    session.end_drag()
    assert session.shape[3] == pytest.approx(before[3] + [29, -29])
    assert session.undo() == "drag"
    assert not session.can_undo
    np.testing.assert_array_equal(session.shape, before)


def test_a_drag_that_comes_back_is_no_step() -> None:
    session = predicted()
    session.begin_drag([3, 4])
    session.drag_to(5, 5)
    session.drag_to(0, 0)
    session.end_drag()
    assert not session.can_undo


def test_commands_wait_for_the_end_of_a_drag() -> None:
    session = predicted()
    session.begin_drag([0])
    with pytest.raises(RuntimeError):
        session.move(1, (0, 0))
    with pytest.raises(RuntimeError):
        session.begin_drag([1])
    assert session.undo() is None
    session.cancel_drag()
    with pytest.raises(RuntimeError):
        session.drag_to(1, 1)


def test_sources_and_distances_are_told_against_the_prediction() -> None:
    session = predicted()
    x, y = session.shape[0]
    session.move(0, (x + 3, y + 4))
    session.place(1, (0.0, 0.0))
    session.nudge(1, 1, 0)
    record = session.record()
    assert record.sources[:3] == ("moved", "placed", "accepted")
    assert record.moved[0] == pytest.approx(5)
    assert record.moved[1] == pytest.approx(math.hypot(*(shape_in(COFW)[1] - [1, 0])))
    assert record.moved[2] == 0


def test_without_a_prediction_a_moved_landmark_is_placed() -> None:
    session = EditSession(COFW, Start.from_shape(shape_in(COFW), "template"), BOX)
    session.move(0, (1, 2))
    assert session.record().sources[:2] == ("placed", "accepted")
    assert session.record().moved[0] == 0


def test_back_from_absent_a_landmark_returns_to_its_place_or_to_the_cursor() -> None:
    scheme = WFLW.model_copy(update={"allow_absent": True})
    session = predicted(scheme)
    session.move(5, (33.5, 44.25))
    session.clear(5)
    assert np.isnan(session.shape[5]).all()
    session.set_visibility(5, "visible")
    assert tuple(session.shape[5]) == (33.5, 44.25)
    session.clear(5)
    session.set_visibility(5, "occluded", at=(1.0, 2.0))
    assert tuple(session.shape[5]) == (1.0, 2.0)
    assert session.marks[5].visibility == "occluded"


def test_a_scheme_without_absent_landmarks_has_none() -> None:
    session = predicted(W300)
    with pytest.raises(FacelabelError, match=r"no absent landmarks.*occluded"):
        session.clear(0)
    session.cycle_visibility(0)
    assert session.marks[0].visibility == "occluded"
    session.cycle_visibility(0)
    assert session.marks[0].visibility == "visible"


def test_attributes_have_three_states_and_only_those_of_the_scheme() -> None:
    session = predicted(WFLW)
    seen = []
    for _ in range(3):
        session.cycle_attribute("blur")
        seen.append(session.attributes.get("blur"))
    assert seen == [True, False, None]
    assert session.record().attributes == {}
    with pytest.raises(KeyError):
        session.set_attribute("hat", True)


def test_the_history_has_an_end() -> None:
    session = predicted()
    for _ in range(HISTORY + 20):
        session.nudge(0, 1, 0)
    assert sum(1 for _ in iter(session.undo, None)) == HISTORY


def test_a_draft_of_another_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="29 landmarks, the scheme has 68"):
        EditSession.from_content(W300, predicted(COFW).to_content())
