from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel import schemes
from facelabel.desk import picking
from facelabel.desk.actions import ACTIONS, DIRECTIONS, NUDGES
from facelabel.desk.activity import ActivityClock
from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.geometry import Box

finite = st.floats(-1e3, 1e3)
SCHEME = schemes.load("300w-68")


def test_nearest_leaves_out_absent_landmarks_and_far_ones() -> None:
    shape = np.array([[0.0, 0.0], [np.nan, np.nan], [10.0, 0.0]])
    assert picking.nearest(shape, (4, 0)) == 0
    assert picking.nearest(shape, (5, 0)) == 0, "equally near: the lowest index"
    assert picking.nearest(shape, (6, 0)) == 2
    assert picking.nearest(shape, (5, 3), radius=5) is None
    assert picking.nearest(shape[1:2], (0, 0)) is None
    assert picking.nearest(np.empty((0, 2)), (0, 0)) is None


def test_stepping_goes_round() -> None:
    assert [picking.step(3, i, 1) for i in (None, 0, 1, 2)] == [0, 1, 2, 0]
    assert [picking.step(3, i, -1) for i in (None, 0, 1, 2)] == [2, 2, 0, 1]


def test_doubtful_landmarks_come_least_sure_first_and_leave_once_touched() -> None:
    confidence = np.linspace(0.9, 0.1, SCHEME.size)
    shape = SCHEME.template_shape * 100
    session = EditSession(SCHEME, Start.from_shape(shape, "prediction", confidence=confidence), Box(0, 0, 100, 100))
    assert picking.doubtful(session) == list(range(67, 55, -1))
    assert picking.next_doubtful(session, None) == 67
    assert picking.next_doubtful(session, 66) == 65
    session.move(65, (0.0, 0.0))
    assert picking.next_doubtful(session, 66) == 64
    session.put("move face", dict(enumerate(session.shape + 1)))
    assert picking.next_doubtful(session, 66) is None


@pytest.mark.parametrize(
    ("point", "handle"),
    [((0, 0), "top-left"), ((50, 1), "top"), ((101, 49), "right"), ((99, 101), "bottom-right"), ((50, 50), "inside")],
)
def test_box_handles(point: tuple[float, float], handle: str) -> None:
    assert picking.box_handle(Box(0, 0, 100, 100), point, 3) == handle
    assert picking.box_handle(Box(0, 0, 100, 100), (110, 50), 3) is None


@given(dx=finite, dy=finite, handle=st.sampled_from(["top-left", "top", "right", "bottom", "left", "bottom-right"]))
def test_sides_never_cross(dx: float, dy: float, handle: picking.Handle) -> None:
    box = picking.dragged_box(Box(10, 20, 100, 50), handle, dx, dy, 5)
    assert box.width > 4.999
    assert box.height > 4.999
    if "left" not in handle:
        assert box.left == 10
    if "bottom" not in handle:
        assert box.bottom == pytest.approx(70)


@given(first=st.tuples(finite, finite), second=st.tuples(finite, finite))
def test_a_drawn_box_stays_in_the_image_whichever_way_it_is_drawn(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    box = picking.box_between(first, second, 200, 100)
    assert box == picking.box_between(second, first, 200, 100)
    if box is not None:
        assert box.left >= -0.5
        assert box.top >= -0.5
        assert box.right <= 199.5 + 1e-9
        assert box.bottom <= 99.5 + 1e-9


def test_idle_time_is_no_work() -> None:
    now = [100.0]
    clock = ActivityClock(5.0, clock=lambda: now[0])
    for gap in (10, 29, 300, 1):
        now[0] += gap
        clock.touch()
    assert clock.seconds == pytest.approx(5 + 10 + 29 + 1)
    now[0] += 20
    assert clock.seconds == pytest.approx(65)
    now[0] += 20
    assert clock.seconds == pytest.approx(45)


def test_no_two_actions_share_a_key_and_nudges_fit_their_directions() -> None:
    keys = [(action.screen, key) for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    by_id = {action.id: action for action in ACTIONS}
    for nudge in NUDGES:
        assert len(by_id[nudge].keys) == len(DIRECTIONS)
        assert [key.split("+")[-1] for key in by_id[nudge].keys] == ["Left", "Right", "Up", "Down"]
    assert all(action.keys or action.mouse for action in ACTIONS)
