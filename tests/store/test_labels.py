"""Labels: exact, append-only, consistent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facelabel.errors import StoreError
from facelabel.store import drafts, faces, labels, rounds, versions
from facelabel.store.labels import SOURCES, LabelRecord
from facelabel.store.project import Project
from tests.store.samples import SIZE, add_faces, record

finite = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def records(draw: st.DrawFn) -> LabelRecord:
    visibility = tuple(draw(st.lists(st.sampled_from(labels.VISIBILITIES), min_size=SIZE, max_size=SIZE)))
    points = [(np.nan, np.nan) if seen == "absent" else (draw(finite), draw(finite)) for seen in visibility]
    return LabelRecord(
        np.array(points),
        visibility,
        tuple(draw(st.lists(st.sampled_from(SOURCES), min_size=SIZE, max_size=SIZE))),
        np.array(draw(st.lists(st.floats(0, 1e300), min_size=SIZE, max_size=SIZE))),
        draw(st.dictionaries(st.text(max_size=5), st.booleans(), max_size=3)),
    )


def same(a: LabelRecord, b: LabelRecord) -> bool:
    return (
        a.shape.dtype == b.shape.dtype == np.float64
        and np.array_equal(a.shape, b.shape, equal_nan=True)
        and np.array_equal(a.moved, b.moved)
        and (a.visibility, a.sources, a.attributes) == (b.visibility, b.sources, b.attributes)
    )


@given(given_records=st.lists(records(), min_size=1, max_size=3))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_saved_is_what_is_read_to_the_last_bit(project: Project, given_records: list[LabelRecord]) -> None:
    with project.writing() as s:
        number = faces.counts(s)["labelled"] + faces.counts(s)["open"] + 1
    (face_id,) = add_faces(project, 1, first=number)
    for n, one in enumerate(given_records, start=1):
        with project.writing() as s:
            assert labels.add(s, face_id, one, author="me", origin="desk").number == n
    with project.reading() as s:
        history = labels.history(s, face_id)
        newest = labels.newest(s, face_id)
    assert [revision.number for revision, _ in history] == list(range(1, len(given_records) + 1))
    assert all(same(a, b) for a, (_, b) in zip(given_records, history, strict=True))
    assert newest is not None
    assert same(newest[1], given_records[-1])


def test_accepting_is_one_step(project: Project) -> None:
    (face_id,) = add_faces(project, 1)
    with project.writing() as s:
        drafts.save(s, face_id, "me", {"undo": [1]})
        drafts.save(s, face_id, "me", {"undo": [1, 2]})
        faces.set_state(s, face_id, "skipped", "later")
        version = versions.add(s, preset="p", seed=1, labels=0, data_hash="", parent_id=None, seconds=1, metrics={})
        turn = rounds.start(s, function="nnm", settings={}, ranked_by_id=None, items=[])
    with project.reading() as s:
        assert drafts.get(s, face_id) == {"undo": [1, 2]}
    with project.writing() as s:
        labels.add(
            s,
            face_id,
            record(),
            author="me",
            origin="desk",
            model_version_id=version.id,
            round_id=turn.id,
            seconds=4.5,
            note="hard",
        )
    with project.reading() as s:
        face = faces.get(s, face_id)
        found = labels.newest(s, face_id)
        assert drafts.get(s, face_id) is None
    assert (face.state, face.reason) == ("labelled", None)
    assert found is not None
    told = found[0]
    assert (told.author, told.origin, told.model_version_id, told.round_id) == ("me", "desk", version.id, turn.id)
    assert (told.seconds, told.note, told.created_at.tzinfo is not None) == (4.5, "hard", True)


def test_the_newest_of_many(project: Project) -> None:
    face_ids = add_faces(project, 6)
    with project.writing() as s:
        for n, face_id in enumerate(face_ids[:5]):
            for revision in range(n + 1):
                labels.add(s, face_id, record(10 * n + revision), author="me", origin="desk")
        faces.set_state(s, face_ids[0], "rejected")
    with project.reading() as s:
        every = labels.newest_of(s, None)
        asked = labels.newest_of(s, [face_ids[0], face_ids[4], face_ids[5], 999])
        assert labels.count(s) == 4
        assert labels.newest_of(s, []) == {}
    assert list(every) == face_ids[1:5]
    assert list(asked) == [face_ids[0], face_ids[4]]
    assert all(label.shape[0, 0] == 11 * n for n, (_, label) in zip(range(1, 5), every.values(), strict=True))


def bad_records() -> Iterator[LabelRecord]:
    good = record()
    yield replace(good, shape=good.shape[:4])
    yield replace(good, shape=good.shape[:, :1])
    yield replace(good, moved=good.moved[:4])
    yield replace(good, visibility=good.visibility[:4])
    yield replace(good, visibility=("seen", *good.visibility[1:]))
    yield replace(good, visibility=("absent", *good.visibility[1:]))
    yield replace(good, sources=("guessed", *good.sources[1:]))
    yield replace(good, moved=good.moved - 1)
    yield replace(good, moved=good.moved * np.nan)
    for value in (np.nan, np.inf, -np.inf):
        shape = good.shape.copy()
        shape[2, 1] = value
        yield replace(good, shape=shape)
    yield replace(good, shape=np.array([[np.nan, 1.0], *good.shape[1:]]), visibility=("absent", *good.visibility[1:]))


@pytest.mark.parametrize("bad", list(bad_records()))
def test_a_label_that_contradicts_itself_is_refused_whole(project: Project, bad: LabelRecord) -> None:
    (face_id,) = add_faces(project, 1)
    with pytest.raises(StoreError, match=f"face {face_id}"), project.writing() as s:
        labels.add(s, face_id, bad, author="me", origin="desk")
    with project.reading() as s:
        assert labels.history(s, face_id) == []
        assert faces.get(s, face_id).state == "open"


def test_a_label_of_no_face(project: Project) -> None:
    with pytest.raises(StoreError, match="no face 12"), project.writing() as s:
        labels.add(s, 12, record(), author="me", origin="desk")


def test_a_label_larger_than_the_picture_stays_exact(project: Project) -> None:
    (face_id,) = add_faces(project, 1)
    shape = np.array([[-1e-310, 2**53 + 0.0], [0.1 + 0.2, -7.0], [1e308, -1e308], [3.0, 4.0], [1 / 3, 5e-324]])
    with project.writing() as s:
        labels.add(s, face_id, replace(record(), shape=shape), author="me", origin="desk")
    with project.reading() as s:
        found = labels.newest(s, face_id)
    assert found is not None
    assert found[1].shape.tobytes() == shape.tobytes()


def test_the_shapes_labelled_last_are_those_of_the_newest_revisions_without_audit_faces(project: Project) -> None:
    face_ids = add_faces(project, 5)
    with project.writing() as s:
        for n, face_id in enumerate(face_ids):
            labels.add(s, face_id, record(float(n)), author="me", origin="desk")
        labels.add(s, face_ids[0], record(10.0), author="me", origin="desk")
        faces.set_state(s, face_ids[3], "rejected")
        faces.get(s, face_ids[4]).holdout = True
    with project.reading() as s:
        assert sorted(labels.newest_shapes(s, 9)[:, 0, 0]) == [1, 2, 10]
        assert sorted(labels.newest_shapes(s, 2)[:, 0, 0]) == [2, 10]
        assert labels.newest_shapes(s, 2).shape == (2, 5, 2)
        assert labels.newest_shapes(s, 0).shape == (0, 0, 2)
