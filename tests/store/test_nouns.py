"""Images, faces, predictions, versions, rounds, jobs and settings: what is put in comes out, in the order promised."""

from __future__ import annotations

from sqlite3 import Cursor

import numpy as np
import pytest
from sqlalchemy import Connection, event

from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.store import faces, images, jobs, listing, predictions, rounds, settings, versions
from facelabel.store.project import Project
from facelabel.store.rounds import BatchEntry
from facelabel.store.tables import ModelVersion
from tests.store.samples import SIZE, add_faces, info_of, record


def version(project: Project, **more: object) -> ModelVersion:
    given = {"preset": "p", "seed": 0, "labels": 3, "data_hash": "h", "parent_id": None, "seconds": 1.0, "metrics": {}}
    with project.writing() as s:
        return versions.add(s, **(given | more))  # type: ignore[arg-type]


def test_images_and_refusals(project: Project) -> None:
    add_faces(project, 2)
    alone = project.folder.parent / "alone.jpg"
    with project.writing() as s:
        images.refuse(s, alone, "cut short")
        images.refuse(s, "other.jpg", "no picture")
        images.refuse(s, "other.jpg", "still no picture")
    with project.reading() as s:
        assert [(r.path, r.reason) for r in listing.problems(s)] == [
            (str(alone), "cut short"),
            ("other.jpg", "still no picture"),
        ]
    with project.writing() as s:
        third = images.add(s, info_of(50), alone, project)
        images.mark_searched(s, 1, "mtcnn")
    with project.reading() as s:
        assert images.count(s) == 3
        assert listing.image_ids_without_faces(s).tolist() == [third.id]
        assert [image.id for image in images.not_searched(s)] == [2, third.id]
        assert images.get(s, 1).detected_with == "mtcnn"
        assert images.by_hash(s, info_of(99).sha256) is None
        found = images.by_hash(s, info_of(50).sha256)
        assert [r.path for r in listing.problems(s)] == ["other.jpg"]
    assert found is not None
    assert (found.width, found.height, found.bytes_, project.path_of(found)) == (640, 480, 1234, alone)
    for get in (images.get, faces.get, versions.get):
        with project.reading() as s, pytest.raises(StoreError, match=r"there is no .*77"):
            get(s, 77)


def test_faces(project: Project) -> None:
    with project.writing() as s:
        image = images.add(s, info_of(1), project.folder / "a.jpg", project)
        points = np.arange(10.0).reshape(5, 2)
        one = faces.add(s, image.id, Box(1, 2, 3, 4), source="detector", score=0.9, points=points)
        two = faces.add(s, image.id, Box(5, 6, 7, 8), source="labels", origin="a.pts")
    with project.writing() as s:
        faces.set_box(s, one.id, Box(1.5, 2.5, 3.5, 4.5))
        faces.set_state(s, two.id, "rejected", "not a face")
    with project.reading() as s:
        first, second = faces.of_image(s, image.id)
        assert faces.counts(s) == {"open": 1, "labelled": 0, "skipped": 0, "rejected": 1}
        assert faces.open_ids(s) == [one.id]
    assert (faces.box_of(first), first.box_source, first.box_score) == (Box(1.5, 2.5, 3.5, 4.5), "human", 0.9)
    assert first.points == points.tolist()
    assert (second.source, second.box_source, second.points, second.reason) == ("a.pts", "labels", None, "not a face")


@pytest.mark.parametrize(
    "box", [Box(0, 0, 0, 5), Box(0, 0, 5, -1), Box(float("nan"), 0, 1, 1), Box(0, 0, float("inf"), 1)]
)
def test_a_box_without_an_area_is_refused(project: Project, box: Box) -> None:
    (face_id,) = add_faces(project, 1)
    with pytest.raises(StoreError, match="face box"), project.writing() as s:
        faces.add(s, 1, box, source="human")
    with pytest.raises(StoreError, match="face box"), project.writing() as s:
        faces.set_box(s, face_id, box)
    with pytest.raises(StoreError, match="no face 44"), project.writing() as s:
        faces.set_box(s, 44, Box(0, 0, 1, 1))


def test_predictions_of_several_versions(project: Project) -> None:
    face_ids, rng = add_faces(project, 4), np.random.default_rng(0)
    first, second = version(project), version(project)
    shapes, sure = rng.normal(size=(4, SIZE, 2)).astype(np.float32), rng.random((4, SIZE)).astype(np.float32)
    with project.writing() as s:
        predictions.save(s, first.id, np.array(face_ids), shapes, sure)  # type: ignore[arg-type]
        predictions.save(s, second.id, face_ids[:2], shapes[:2] + 1, sure[:2])
        predictions.save(s, second.id, face_ids[1:2], shapes[1:2] + 2, sure[1:2])
        predictions.save(s, second.id, [], shapes[:0], sure[:0])
    with project.reading() as s:
        newest = [predictions.get(s, face_id) for face_id in face_ids]
        old = predictions.get(s, face_ids[1], first.id)
        of_second = predictions.of_version(s, second.id, face_ids)
        assert predictions.get(s, 999) is None
        assert predictions.get(s, face_ids[3], second.id) is None
    assert [found and found[0] for found in newest] == [second.id, second.id, first.id, first.id]
    assert old is not None
    assert newest[1] is not None
    assert old[1].dtype == old[2].dtype == np.float64
    np.testing.assert_array_equal(old[1], shapes[1])
    np.testing.assert_array_equal(newest[1][1], shapes[1] + np.float32(2))
    np.testing.assert_array_equal(newest[1][2], sure[1])
    assert sorted(of_second) == face_ids[:2]
    np.testing.assert_array_equal(of_second[face_ids[0]][0], shapes[0] + np.float32(1))


def test_scores_of_a_version(project: Project) -> None:
    face_ids = add_faces(project, 4)
    made, other = version(project), version(project)
    with project.writing() as s:
        predictions.save_scores(s, made.id, "nnm", face_ids, np.zeros(4))
        predictions.save_scores(s, made.id, "nnm", face_ids, np.array([0.5, 0.9, 0.1, 1 / 3]))
        predictions.save_scores(s, made.id, "entropy", face_ids, np.arange(4.0))
        predictions.save_scores(s, other.id, "nnm", face_ids[:1], np.array([9.0]))
    a, b, c, d = face_ids
    with project.reading() as s:
        assert predictions.scores(s, made.id, "nnm") == {a: 0.5, b: 0.9, c: 0.1, d: 1 / 3}
        assert predictions.scores(s, other.id, "entropy") == {}
        assert predictions.scores(s, other.id, "nnm") == {a: 9.0}
        assert predictions.scores(s, made.id, "nnm", [a, b, 99]) == {a: 0.5, b: 0.9}


def test_the_scores_of_a_version_are_read_off_an_index(project: Project) -> None:
    add_faces(project, 1)
    plans: list[str] = []

    def explain(
        connection: Connection, cursor: Cursor, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        plans.extend(row[3] for row in cursor.connection.execute(f"explain query plan {statement}", parameters))

    with project.reading() as s:
        s.connection()
        event.listen(s.connection(), "before_cursor_execute", explain)
        predictions.scores(s, 1, "nnm")
    assert any("COVERING INDEX score_by_rank" in step for step in plans), plans


def test_only_the_last_embedding_of_a_face_is_kept(project: Project) -> None:
    face_ids, vectors = add_faces(project, 3), np.random.default_rng(0).normal(size=(3, 8)).astype(np.float32)
    first, second = version(project), version(project)
    with project.writing() as s:
        predictions.save_embeddings(s, first.id, face_ids[::-1], vectors[::-1])
        predictions.save_embeddings(s, second.id, face_ids[:1], vectors[:1] + 1)
    with project.reading() as s:
        ids, kept = predictions.embeddings(s, first.id)
        newer, moved = predictions.embeddings(s, second.id)
        none, nothing = predictions.embeddings(s, 99)
    assert ids.tolist() == face_ids[1:]
    np.testing.assert_array_equal(kept, vectors[1:])
    assert newer.tolist() == face_ids[:1]
    np.testing.assert_array_equal(moved, vectors[:1] + np.float32(1))
    assert (none.shape, nothing.shape) == ((0,), (0, 0))


def test_more_ids_than_a_statement_takes_parameters(project: Project) -> None:
    add_faces(project, 1)
    made = version(project)
    with project.writing() as s:
        predictions.save_scores(s, made.id, "nnm", [1], np.ones(1))
    with project.reading() as s:
        assert predictions.scores(s, made.id, "nnm", range(100_000)) == {1: 1.0}


def test_model_versions_are_numbered(project: Project) -> None:
    with project.reading() as s:
        assert versions.latest(s) is None
    first = version(project)
    second = version(project, parent_id=first.id, metrics={"nme": 7.5}, seed=3)
    with project.reading() as s:
        latest = versions.latest(s)
        assert [(v.number, v.parent_id) for v in versions.all(s)] == [(1, None), (2, first.id)]
    assert latest is not None
    assert (latest.id, latest.metrics, latest.seed) == (second.id, {"nme": 7.5}, 3)


def test_rounds(project: Project) -> None:
    a, b, c = add_faces(project, 3)
    made = version(project)
    with project.writing() as s:
        assert rounds.current(s) is None
        first = rounds.start(
            s,
            function="random",
            settings={"batch": 2},
            ranked_by_id=None,
            items=[BatchEntry(b, 1, None, "at random"), BatchEntry(a, 0, 0.5, "at random")],
        )
        rounds.add_items(s, first.id, [BatchEntry(c, 2, 0.25, "next in line", ahead=True)])
    with project.reading() as s:
        batch = [(i.face_id, i.rank, i.score, i.why, i.ahead) for i in rounds.items(s, first.id)]
        now = rounds.current(s)
    assert batch == [
        (a, 0, 0.5, "at random", False),
        (b, 1, None, "at random", False),
        (c, 2, 0.25, "next in line", True),
    ]
    assert now is not None
    assert (now.id, now.number, now.state, now.settings) == (first.id, 1, "labelling", {"batch": 2})
    with project.writing() as s:
        rounds.set_state(s, first.id, "training")
        rounds.set_state(s, first.id, "done", trained_id=made.id)
        assert rounds.current(s) is None
        second = rounds.start(s, function="nnm", settings={}, ranked_by_id=made.id, items=[])
    with project.reading() as s:
        first_again, second_again = rounds.all(s)
        assert rounds.items(s, second.id) == []
    assert (first_again.state, first_again.trained_id, second_again.number) == ("done", made.id, 2)
    assert first_again.finished_at is not None
    assert first_again.finished_at >= first_again.started_at
    with pytest.raises(StoreError, match="no round"), project.writing() as s:
        rounds.set_state(s, 99, "done")


def test_jobs(project: Project) -> None:
    with project.writing() as s:
        first, second = jobs.start(s, "round", None), jobs.start(s, "detect")
        jobs.finish(s, first.id, "failed", "out of memory")
    with project.reading() as s:
        assert [job.id for job in jobs.running(s)] == [second.id]
        assert [job.id for job in jobs.recent(s, 1)] == [second.id]
        done = jobs.recent(s, 5)[1]
    assert (done.state, done.message, done.finished_at is not None) == ("failed", "out of memory", True)


def test_settings_are_appended(project: Project) -> None:
    with project.writing() as s:
        assert settings.latest(s) is None
        settings.append(s, {"batch": 10}, "me")
        settings.append(s, {"batch": 20}, "you")
        assert settings.latest(s) == {"batch": 20}


def test_a_label_survives_what_happens_to_models(project: Project) -> None:
    from facelabel.store import labels

    (face_id,) = add_faces(project, 1)
    with project.writing() as s:
        labels.add(s, face_id, record(2.0), author="me", origin="import")
        faces.set_state(s, face_id, "open")
    with project.reading() as s:
        assert labels.newest(s, face_id) is not None
        assert labels.newest_of(s, None) == {}
