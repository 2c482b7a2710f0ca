"""Labels in part: what nobody confirmed is kept apart from what somebody did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from facelabel.store import labels, rounds
from facelabel.store.project import Project
from facelabel.store.rounds import BatchEntry
from tests.store.samples import SIZE, add_faces, record


def test_points_that_nobody_confirmed_are_stored_and_told_apart(project: Project) -> None:
    sources = ("predicted", *["moved"] * (SIZE - 2), "predicted")
    (face_id,) = add_faces(project, 1)
    with project.writing() as s:
        labels.add(s, face_id, replace(record(), sources=sources), author="me", origin="desk")
    with project.reading() as s:
        found = labels.newest(s, face_id)
        known = labels.newest_shapes(s, 10)
    assert found is not None
    kept = found[1]
    assert kept.sources == sources
    assert kept.predicted == (0, SIZE - 1)
    assert np.isfinite(kept.shape).all()
    for shape in (kept.confirmed, known[0]):
        assert np.isnan(shape[[0, -1]]).all()
        np.testing.assert_array_equal(shape[1:-1], kept.shape[1:-1])


def test_a_batch_keeps_which_points_it_asks_for(project: Project) -> None:
    first, second = add_faces(project, 2)
    with project.writing() as s:
        entries = [BatchEntry(first, 1, None, "why", asked=(2, 0)), BatchEntry(second, 2, None, "why")]
        made = rounds.start(s, function="nnm", settings={}, ranked_by_id=None, items=entries).id
    with project.reading() as s:
        assert [item.asked for item in rounds.items(s, made)] == [[2, 0], None]
