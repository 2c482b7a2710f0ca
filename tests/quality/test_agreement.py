"""Agreement against published values, and by distances that are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from typer.testing import CliRunner

from facelabel.cli.app import app
from facelabel.quality import agreement
from facelabel.quality.agreement import icc
from facelabel.store import labels, second_labels
from tests.quality.planted import SCHEME, Planted, eyes, plant, record

SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
"""Table 2 of Shrout and Fleiss 1979: six targets, four judges."""


def test_icc_of_the_published_example() -> None:
    found = icc(SHROUT_FLEISS)
    assert round(found.agreement, 2) == 0.29
    assert round(found.consistency, 2) == 0.71


def test_judges_who_differ_by_a_constant_are_consistent_without_agreeing() -> None:
    one = np.arange(10.0)
    found = icc(np.stack([one, one + 5], axis=1))
    assert found.consistency == pytest.approx(1)
    assert found.agreement < 0.5


@given(arrays(np.float64, (7, 2), elements=st.floats(-100, 100)), st.floats(0.1, 10), st.floats(-50, 50))
def test_icc_knows_no_unit_and_no_origin(ratings: np.ndarray, scale: float, shift: float) -> None:
    one, other = icc(ratings), icc(scale * ratings + shift)
    if ratings.std() > 1e-3:
        np.testing.assert_allclose([one.agreement, one.consistency], [other.agreement, other.consistency], atol=1e-3)
    assert not one.agreement > 1 + 1e-9
    assert not one.consistency > 1 + 1e-9


@pytest.mark.parametrize("shape", [(1, 2), (5, 1), (5,)])
def test_icc_refuses_what_has_no_variance(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="two subjects and two raters"):
        icc(np.zeros(shape))


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    made = plant(tmp_path)
    yield made
    made.project.close()


def answer(planted: Planted, face_id: int, off: float, author: str, kind: str = "repeated") -> None:
    """A second label whose points lie ``off`` of the eyes' distance to the right of the first."""
    with planted.project.writing() as s:
        newest = labels.newest(s, face_id)
        assert newest is not None
        asked = second_labels.ask(s, face_id, kind, first_id=newest[0].id, round_id=None, rank=1)  # type: ignore[arg-type]
        shape = newest[1].shape + np.array([off * eyes(newest[1].shape), 0])
        second_labels.answer(s, asked.id, record(shape), author=author, seconds=9.0)


def test_people_are_told_apart_from_one_who_labels_again_and_from_gold(planted: Planted) -> None:
    for n, face_id in enumerate(planted.ids[:12]):
        who = ("ben", "ann")[n % 2]
        answer(planted, face_id, 0.03 if who == "ben" else 0.01, who)
    answer(planted, planted.ids[20], 0.05, "ben", "gold")
    with planted.project.reading() as s:
        found = agreement.measure(s, SCHEME)
    groups = {(one.who, one.people): one for one in found.groups}
    assert set(groups) == {("between", ("ann", "ben")), ("within", ("ann",)), ("gold", ("ben",))}
    assert groups["between", ("ann", "ben")].nme == pytest.approx(3)
    assert groups["within", ("ann",)].nme == pytest.approx(1)
    assert groups["gold", ("ben",)].nme == pytest.approx(5)
    assert (found.faces, found.assisted) == (12, 12)
    assert found.floor == pytest.approx(0.03), "people say how far labels differ, where there are enough"
    assert len(found.landmarks) == SCHEME.size
    nose = found.landmarks[30]
    assert nose.mean == pytest.approx(2)
    assert nose.bias == pytest.approx((2, 0))
    assert nose.spread[0] > nose.spread[1] == pytest.approx(0, abs=1e-9)
    assert nose.icc is not None
    assert nose.icc[1].agreement == pytest.approx(1)


def test_too_few_faces_have_no_floor_and_one_person_alone_has_their_own(planted: Planted) -> None:
    for face_id in planted.ids[:4]:
        answer(planted, face_id, 0.02, "ann")
    with planted.project.reading() as s:
        assert agreement.measure(s, SCHEME).floor is None
    answer(planted, planted.ids[4], 0.02, "ann")
    with planted.project.reading() as s:
        assert agreement.measure(s, SCHEME).floor == pytest.approx(0.02)


def test_an_absent_landmark_says_nothing(planted: Planted) -> None:
    face_id = planted.ids[0]
    with planted.project.writing() as s:
        newest = labels.newest(s, face_id)
        assert newest is not None
        asked = second_labels.ask(s, face_id, "repeated", first_id=newest[0].id, round_id=None, rank=1)
        gone = newest[1].shape.copy()
        gone[30] = np.nan
        visibility = tuple("absent" if i == 30 else "visible" for i in range(SCHEME.size))
        given_ = labels.LabelRecord(gone, visibility, ("placed",) * SCHEME.size, np.zeros(SCHEME.size))
        second_labels.answer(s, asked.id, given_, author="ben", seconds=None)
    with planted.project.reading() as s:
        found = agreement.measure(s, SCHEME)
    assert [one.index for one in found.landmarks if one.faces] == [i for i in range(SCHEME.size) if i != 30]


def test_the_command_prints_it_and_gives_json(planted: Planted) -> None:
    for face_id in planted.ids[:6]:
        answer(planted, face_id, 0.03, "ben")
    folder = str(planted.project.folder)
    said = CliRunner().invoke(app, ["agreement", folder])
    assert said.exit_code == 0
    assert "ann and ben" in said.stdout
    assert "floor: 3.00 %" in said.stdout
    data = json.loads(CliRunner().invoke(app, ["agreement", folder, "--json"]).stdout)
    assert data["groups"][0]["faces"] == 6
    assert data["floor"] == pytest.approx(0.03)


def test_without_second_labels_the_command_says_how_to_get_them(planted: Planted) -> None:
    said = CliRunner().invoke(app, ["agreement", str(planted.project.folder)])
    assert "repeated=0.05" in said.stdout
