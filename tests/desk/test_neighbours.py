"""A neighbour's label as a suggestion: where it comes from, and how it behaves in the session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.desk.marks import Start
from facelabel.desk.neighbours import neighbour_of
from facelabel.desk.session import EditSession
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.shapes.prior import ShapePrior
from facelabel.store import faces, images, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image

SCHEME = schemes.load("face-5")
SHAPE = SCHEME.template_shape * 100 + [50, 60]
BOX = Box.around(SHAPE)


def shifted(dx: float, dy: float) -> np.ndarray:
    return np.add(SHAPE, [dx, dy])


def moved(by: float) -> Box:
    return Box(BOX.left + by, BOX.top, BOX.width, BOX.height)


@pytest.fixture
def burst(tmp_path: Path) -> Project:
    """Faces 1 to 4 in images 1 to 4, one burst; image 4 shows somebody else. Face 2 is labelled."""
    project = Project.create(tmp_path / "p", scheme=SCHEME)
    with project.writing() as s:
        for n in range(4):
            info = ImageInfo(400, 400, f"{n:064x}", 1, 1, "jpeg", difference_hash=n)
            image = images.add(s, info, tmp_path / f"{n}.jpg", project)
            image.burst = 1
            faces.add(s, image.id, moved(200) if n == 3 else moved(5 * n), source="detector")
    label(project, 2, shifted(5, 0))
    return project


def label(project: Project, face_id: int, shape: np.ndarray) -> None:
    record = LabelRecord(shape, ("visible",) * 5, ("placed",) * 5, np.zeros(5))
    with project.writing() as s:
        labels.add(s, face_id, record, author="ada", origin="desk")


def test_a_label_moves_along_with_the_box(burst: Project) -> None:
    with burst:
        found = neighbour_of(burst, 1, BOX)
        assert found is not None
        assert (found.face_id, found.photo) == (2, "1.jpg")
        np.testing.assert_allclose(found.shape, SHAPE)
        larger = neighbour_of(burst, 1, BOX.scaled(2))
        assert larger is not None
        np.testing.assert_allclose(Box.around(larger.shape).width, 2 * BOX.width)


def test_five_points_tell_more_than_boxes(burst: Project) -> None:
    with burst:
        with burst.writing() as s:
            turned = (SHAPE - SHAPE.mean(axis=0)) @ np.array([[0.0, 1.0], [-1.0, 0.0]]) + SHAPE.mean(axis=0)
            s.get_one(Face, 1).points = turned.tolist()
            s.get_one(Face, 2).points = shifted(5, 0).tolist()
        found = neighbour_of(burst, 1, BOX)
        assert found is not None
        np.testing.assert_allclose(found.shape, turned)


def test_the_most_similar_neighbour_counts(burst: Project) -> None:
    with burst:
        label(burst, 3, shifted(10, 3))
        with burst.writing() as s:
            s.get_one(Image, 3).difference_hash = 0
        found = neighbour_of(burst, 1, BOX)
        assert found is not None
        assert found.face_id == 3


def test_nobody_else_s_label_is_offered(burst: Project) -> None:
    with burst:
        assert neighbour_of(burst, 4, moved(200)) is None


@pytest.mark.parametrize("audit", [1, 2])
def test_audit_faces_neither_take_nor_give(burst: Project, audit: int) -> None:
    with burst:
        with burst.writing() as s:
            s.get_one(Face, audit).holdout = True
        assert neighbour_of(burst, 1, BOX) is None


def test_taking_over_is_one_step_that_stays_a_suggestion() -> None:
    prior = ShapePrior(SCHEME.template_shape, SCHEME.flip_index, None)
    start = Start.from_shape(SHAPE, "prediction", confidence=np.full(5, 0.5))
    session = EditSession(SCHEME, start, BOX, prior)
    session.move(0, (10.0, 10.0))
    before = session.shape
    session.take_over(shifted(3, 4))
    np.testing.assert_allclose(session.shape[1:], shifted(3, 4)[1:])
    np.testing.assert_array_equal(session.shape[0], [10, 10])
    assert not any(mark.by_hand for mark in session.marks[1:])
    assert all(session.is_suggested(i) for i in range(1, 5))
    taken = session.shape
    session.move(1, (80.0, 70.0))
    np.testing.assert_array_equal(session.shape[2:], taken[2:], err_msg="it stays where it is when others are moved")
    session.undo()
    session.undo()
    np.testing.assert_array_equal(session.shape, before)
    session.move(1, (80.0, 70.0))
    assert not np.array_equal(session.shape[2:], before[2:]), "without it, corrections spread again"
