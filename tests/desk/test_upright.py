"""How a face leans and what of the photo an upright view shows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from facelabel import schemes
from facelabel.desk.upright import LEVEL, leaning, tilt, upright
from facelabel.geometry import Affine, Box

SCHEME = schemes.load("300w-68")
FACE = SCHEME.template_shape * [SCHEME.template_aspect, 1.0] * 100
degrees = st.floats(-179, 179)
boxes = st.builds(Box, st.floats(-500, 500), st.floats(-500, 500), st.floats(5, 2000), st.floats(5, 2000))


@given(degrees, st.floats(0.1, 20), st.floats(-500, 500))
def test_a_face_leans_by_what_it_was_turned_by(turn: float, size: float, shift: float) -> None:
    assume(abs(abs(turn) - LEVEL) > 1e-6)
    movement = Affine.translation(shift, -shift) @ Affine.rotation(turn) @ Affine.scaling(size)
    found = tilt(SCHEME, movement.apply(FACE))
    assert found == pytest.approx(turn if abs(turn) > LEVEL else 0.0, abs=1e-6)


def test_absent_landmarks_have_no_say_and_too_few_tell_nothing() -> None:
    shape = Affine.rotation(40).apply(FACE)
    shape[::3] = np.nan
    assert tilt(SCHEME, shape) == pytest.approx(40)
    shape[1:] = np.nan
    assert tilt(SCHEME, shape) == 0.0


@given(boxes, degrees)
def test_framing_a_face_upright_and_back_keeps_its_size(box: Box, turn: float) -> None:
    stood = leaning(box, Affine.rotation(turn))
    back = upright(stood, turn, box.width / box.height)
    assert (back.width, back.height) == pytest.approx((box.width, box.height), rel=1e-6)
    assert back.centre == pytest.approx(stood.centre)


@given(boxes)
def test_a_level_face_keeps_its_box_and_a_lying_one_swaps_the_sides(box: Box) -> None:
    assert leaning(box, Affine()) == Box(*(pytest.approx(v, abs=1e-9) for v in vars(box).values()))
    level, lying = upright(box, 0.0, 0.7), upright(box, 90.0, 0.7)
    assert (level.width, level.height) == pytest.approx((box.width, box.height))
    assert (lying.width, lying.height) == pytest.approx((box.height, box.width))


@given(st.floats(1, 100), st.floats(1, 100), degrees)
def test_the_box_of_a_framed_face_touches_its_ellipse(width: float, height: float, turn: float) -> None:
    around = np.linspace(0, 2 * math.pi, 3601)
    outline = np.stack([width / 2 * np.cos(around), height / 2 * np.sin(around)], axis=1)
    movement = Affine.rotation(turn) @ Affine.scaling(2.5)
    tight = Box.around(movement.apply(outline))
    found = leaning(Box(-width / 2, -height / 2, width, height), movement)
    assert (found.width, found.height) == pytest.approx((tight.width, tight.height), rel=1e-4)
