"""Curves drawn anew or bent: points lie on them, keep their order and spacing, and turn and scale with the face."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from facelabel import schemes
from facelabel.desk import contour, lines
from facelabel.desk.contour import Contour, bent, contours, drawn, meant, through
from facelabel.geometry import Affine

SCHEME = schemes.load("300w-68")
FACE = SCHEME.template_shape * [SCHEME.template_aspect, 1.0] * 100
JAW, BROW = range(17), range(17, 22)
BY_GROUP = {found.group: found for found in contours(SCHEME)}

movements = st.builds(
    lambda size, turn, x, y: Affine.translation(x, y) @ Affine.rotation(turn) @ Affine.scaling(size),
    st.floats(0.1, 20),
    st.floats(-180, 180),
    st.floats(-500, 500),
    st.floats(-500, 500),
)
open_ones = st.sampled_from([found for found in contours(SCHEME) if not found.closed])
closed_ones = st.sampled_from([found for found in contours(SCHEME) if found.closed])
pulls = st.tuples(st.integers(-90, 90), st.integers(-90, 90)).map(lambda by: (by[0] / 10, by[1] / 10)).filter(any)
wobbles = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=12, max_size=12)


def stroke_near(found: Contour, wobble: list[tuple[float, float]]) -> np.ndarray:
    """What a hand might draw along a curve of the face."""
    fine = contour.curve(found, FACE)
    return lines.at(fine, np.linspace(0, 1, 12)) + np.array(wobble)


def lies_on(line: np.ndarray, places: dict[int, tuple[float, float]]) -> bool:
    away = lines.project(line, np.array(list(places.values())))[1]
    return bool((away < 1e-6).all())


def array(places: dict[int, tuple[float, float]]) -> np.ndarray:
    return np.array([places[index] for index in sorted(places)])


@pytest.mark.parametrize("scheme", schemes.shipped().values(), ids=lambda scheme: scheme.id)
def test_every_curve_is_a_group_and_closed_ones_begin_at_a_corner(scheme: schemes.Scheme) -> None:
    for found in contours(scheme):
        assert len(found.indices) >= 3
        assert set(found.indices) <= set(scheme.groups[found.group])
        assert through(scheme, found.indices[1]) == found
        if "eye" in found.group and found.closed:
            names = [scheme.landmarks[found.indices[at]].name for at in found.anchors]
            assert all(name.endswith("corner") for name in names)


def test_the_curves_of_the_68_points() -> None:
    assert {found.group for found in contours(SCHEME) if found.closed} == {
        "left-eye",
        "right-eye",
        "outer-lip",
        "inner-lip",
    }
    assert BY_GROUP["jaw"].indices == tuple(JAW)
    assert through(SCHEME, None) is None
    assert contours(schemes.load("face-5")) == ()


@given(open_ones, wobbles, st.booleans())
def test_a_stroke_along_the_whole_takes_its_ends_and_keeps_the_spacing(found, wobble, backwards) -> None:
    stroke = stroke_near(found, wobble)
    assume(np.linalg.norm(stroke[[0, -1]] - FACE[list(found.indices)][[0, -1]], axis=1).sum() < 20)
    places = drawn(found, FACE, FACE, stroke[::-1] if backwards else stroke, whole=True)
    assert set(places) == set(found.indices)
    assert lies_on(stroke, places)
    assume(np.linalg.norm(stroke[0] - stroke[-1]) > 10)
    if np.linalg.norm(stroke[0] - FACE[found.indices[0]]) + 5 < np.linalg.norm(stroke[-1] - FACE[found.indices[0]]):
        ends = places[found.indices[0]], places[found.indices[-1]]
        np.testing.assert_allclose(ends, stroke[[0, -1]], atol=1e-6)


def test_the_spacing_is_the_references() -> None:
    reference = FACE.copy()
    reference[BROW] = [[0, 0], [1, 0], [3, 0], [4, 0], [10, 0]]
    places = drawn(BY_GROUP["left-brow"], FACE, reference, np.array([[0.0, 50], [100, 50]]), whole=True)
    np.testing.assert_allclose(array(places), [[0, 50], [10, 50], [30, 50], [40, 50], [100, 50]])


@given(open_ones, wobbles, movements)
def test_drawing_turns_scales_and_shifts_with_the_face(found, wobble, movement) -> None:
    stroke = stroke_near(found, wobble)
    here = drawn(found, FACE, FACE, stroke, whole=True)
    there = drawn(found, movement.apply(FACE), movement.apply(FACE), movement.apply(stroke), whole=True)
    np.testing.assert_allclose(array(there), movement.apply(array(here)), rtol=1e-6, atol=1e-6)


def test_a_stroke_along_a_part_moves_that_part() -> None:
    stroke = FACE[4:9] + np.array([0, 2.0])
    places = drawn(BY_GROUP["jaw"], FACE, FACE, stroke)
    assert set(places) <= set(range(4, 9))
    assert len(places) >= 4
    assert lies_on(stroke, places)


def test_a_stroke_from_the_ear_to_the_chin_moves_half_the_jaw_in_order() -> None:
    stroke = FACE[0:9] + np.array([-1.5, 1.0])
    for drawn_as in (stroke, stroke[::-1]):
        places = drawn(BY_GROUP["jaw"], FACE, FACE, drawn_as)
        assert set(places) >= set(range(8))
        assert max(places) <= 8
        np.testing.assert_allclose(places[0], stroke[0])
        along = lines.project(stroke, array(places))[0]
        assert (np.diff(along) > 0).all()


def test_a_stroke_far_from_the_curve_is_the_whole_of_it() -> None:
    stroke = FACE[JAW] * 1.4 + [60, 40]
    places = drawn(BY_GROUP["jaw"], FACE, FACE, stroke)
    np.testing.assert_allclose(array(places), stroke, atol=1e-6)


@given(closed_ones, st.floats(0.9, 1.2), st.integers(0, 59), st.booleans())
def test_a_loop_replaces_a_closed_curve_wherever_it_begins(found, size, begin, backwards) -> None:
    points = FACE[list(found.indices)]
    loop = contour.curve(found, FACE)[:-1]
    loop = (loop - loop.mean(axis=0)) * size + loop.mean(axis=0)
    stroke = np.roll(loop, -begin, axis=0)
    places = drawn(found, FACE, FACE, stroke[::-1] if backwards else stroke)
    assert set(places) == set(found.indices)
    assert lies_on(lines.ring(stroke), places)
    wanted = (points - loop.mean(axis=0)) * size + loop.mean(axis=0)
    placed = np.array([places[index] for index in found.indices])
    assert np.abs(placed - wanted).max() < 0.12 * np.ptp(points, axis=0).max(), "every point stays where it belongs"
    corners = [0, found.second]
    np.testing.assert_allclose(placed[corners], wanted[corners], atol=0.02 * np.ptp(points[:, 0]))


@pytest.mark.parametrize("backwards", [False, True])
def test_a_stroke_over_an_eye_moves_the_lid_that_it_follows(backwards: bool) -> None:
    upper, lower = [36, 37, 38, 39], [36, 41, 40, 39]
    for lid, lift in ((upper, -1.5), (lower, 1.5)):
        stroke = FACE[lid].copy()
        stroke[1:3, 1] += lift
        places = drawn(BY_GROUP["left-eye"], FACE, FACE, stroke[::-1] if backwards else stroke)
        assert sorted(places) == sorted(lid)
        assert lies_on(stroke, places)
        np.testing.assert_allclose([places[36], places[39]], stroke[[0, -1]])


def test_both_sides_of_a_closed_mouth_follow_its_line() -> None:
    shut = FACE.copy()
    shut[60:68, 1] = FACE[60, 1]
    stroke = np.array([shut[60], (shut[60] + shut[64]) / 2 + [0, 3.0], shut[64]])
    places = drawn(BY_GROUP["inner-lip"], shut, FACE, stroke)
    assert set(places) == set(range(60, 68))
    assert lies_on(stroke, places)


def test_absent_points_stay_absent_and_a_mere_dot_moves_nothing() -> None:
    shape = FACE.copy()
    shape[[0, 5]] = np.nan
    places = drawn(BY_GROUP["jaw"], shape, FACE, FACE[JAW] + [0, 30], whole=True)
    assert set(places) == set(JAW) - {0, 5}
    assert drawn(BY_GROUP["jaw"], FACE, FACE, np.array([[1.0, 1], [1, 1]])) == {}
    assert drawn(BY_GROUP["left-eye"], FACE, FACE, FACE[[36]] + [[0, 0], [0.1, 0]]) == {}
    shape[17:22] = np.nan
    assert drawn(BY_GROUP["left-brow"], shape, FACE, FACE[BROW]) == {}
    assert bent(BY_GROUP["left-brow"], shape, (0, 0), (5, 5)) == {}


@given(st.sampled_from(contours(SCHEME)), st.floats(0, 1), pulls, movements)
def test_bending(found, where, by, movement) -> None:
    line = contour.curve(found, FACE)
    grabbed = lines.at(line, np.array([where]))[0]
    assert bent(found, FACE, tuple(grabbed), (0.0, 0.0)) == {}
    here = bent(found, FACE, tuple(grabbed), by)
    pull = movement.apply(np.array(by)) - movement.apply(np.zeros(2))
    there = bent(found, movement.apply(FACE), tuple(movement.apply(grabbed)), tuple(pull))
    for index in set(here) & set(there):  # taken half-way between two pieces of the curve, rounding chooses
        away = np.linalg.norm(movement.inverse().apply(np.array(there[index])) - here[index])
        assert away < 1e-6 + np.linalg.norm(by)
    for index, place in here.items():
        assert np.linalg.norm(np.array(place) - FACE[index]) <= np.linalg.norm(by) + np.ptp(FACE[list(found.indices)])


@given(st.integers(1, 15), pulls, movements)
def test_a_bend_taken_at_a_point_turns_scales_and_shifts_with_the_face(at, by, movement) -> None:
    jaw = BY_GROUP["jaw"]
    here = bent(jaw, FACE, tuple(FACE[at]), by)
    pull = movement.apply(np.array(by)) - movement.apply(np.zeros(2))
    moved = movement.apply(FACE)
    there = bent(jaw, moved, tuple(moved[at]), tuple(pull))
    along = FACE[at + 1] - FACE[at - 1]
    across = abs(along[0] * by[1] - along[1] * by[0]) / (np.hypot(*along) * np.hypot(*by))
    assert at in here or across < 0.7  # A curve that is pulled along itself stays where it is.
    for index in set(here) & set(there):  # one that is moved by just the least share may round either way
        np.testing.assert_allclose(there[index], movement.apply(np.array(here[index])), rtol=1e-6, atol=1e-6)
    assert len(set(here) ^ set(there)) <= 1


def test_a_bend_fades_out_and_holds_the_ends() -> None:
    places = bent(BY_GROUP["jaw"], FACE, tuple(FACE[8]), (0.0, 6.0))
    assert min(places) >= 3
    assert max(places) <= 13
    assert 5 < places[8][1] - FACE[8, 1] <= 6
    gain = [places[i][1] - FACE[i, 1] for i in range(4, 9)]
    assert (np.diff(gain) > 0).all()
    eye = bent(BY_GROUP["left-eye"], FACE, tuple(FACE[37:39].mean(axis=0)), (0.0, -3.0))
    assert set(eye) == {37, 38}
    end = bent(BY_GROUP["left-brow"], FACE, tuple(FACE[17]), (-4.0, 1.0))
    np.testing.assert_allclose(end[17], FACE[17] + [-4, 1])


def test_a_stroke_is_meant_for_the_curve_it_is_closest_to_and_rather_for_the_chosen_one() -> None:
    lip = contour.curve(BY_GROUP["outer-lip"], FACE)
    assert meant(SCHEME, FACE, lip, None) == BY_GROUP["outer-lip"]
    assert meant(SCHEME, FACE, FACE[JAW] + [0, 4], BY_GROUP["left-eye"]) == BY_GROUP["jaw"]
    between = (FACE[[48, 50, 52, 54]] + FACE[[60, 61, 63, 64]]) / 2
    for chosen in ("outer-lip", "inner-lip"):
        assert meant(SCHEME, FACE, between, BY_GROUP[chosen]) == BY_GROUP[chosen]


@given(st.integers(2, 14), st.booleans(), st.floats(-25, 25), movements)
def test_a_way_along_a_line_follows_it_and_one_across_does_not(at, back, off, movement) -> None:
    line = movement.apply(contour.curve(BY_GROUP["jaw"], FACE))
    start = line[at * lines.FINE]
    reach = 2.0 * movement.scale
    share = lines.project(line, start[None])[0] + (-1 if back else 1) * reach / lines.lengths(line)[-1]
    way = lines.at(line, share)[0] - start
    along, across = Affine.rotation(off).apply(way), Affine.rotation(90 + off).apply(way)
    assert lines.follows(line, tuple(start), tuple(along), reach)
    assert not lines.follows(line, tuple(start), tuple(across), reach)


def test_beyond_an_end_there_is_no_line_to_follow_and_a_ring_goes_on() -> None:
    brow = contour.curve(BY_GROUP["left-brow"], FACE)
    assert not lines.follows(brow, tuple(brow[0]), tuple(brow[0] - brow[5]), 2.0)
    assert lines.follows(brow, tuple(brow[0]), tuple(brow[5] - brow[0]), 2.0)
    eye = contour.curve(BY_GROUP["left-eye"], FACE)
    for neighbour in (6, -7):
        assert lines.follows(eye, tuple(eye[0]), tuple(eye[neighbour] - eye[0]), 2.0)
    assert not lines.follows(eye, tuple(eye[0]), (-1.0, 0.0), 2.0), "a corner is pulled outwards"
