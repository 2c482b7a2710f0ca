"""Lists of faces: which, in which order, and what each row says."""

from __future__ import annotations

import numpy as np
import pytest

from facelabel.store import drafts, faces, images, labels, listing, rounds
from facelabel.store.listing import Order, Wanted
from facelabel.store.project import Project
from facelabel.store.rounds import BatchEntry
from facelabel.store.tables import Face, Image
from tests.store.samples import add_faces, record


@pytest.fixture
def faces_of(project: Project) -> Project:
    """Six faces: 1 labelled by ada, 2 by ben and then ada, 3 by ben, 4 rejected, 5 begun, 6 an audit face."""
    add_faces(project, 6)
    with project.writing() as s:
        for face_id, authors in ((1, ["ada"]), (2, ["ben", "ada"]), (3, ["ben"])):
            for author in authors:
                labels.add(s, face_id, record(), author=author, origin="desk")
        faces.set_state(s, 4, "rejected", "not a face")
        drafts.save(s, 5, "ada", {})
        s.get_one(Face, 6).holdout = True
        s.get_one(Image, s.get_one(Face, 5).image_id).burst = s.get_one(Face, 5).image_id
        images.fail(s, s.get_one(Face, 3).image_id, "gone")
        for number in (1, 2):
            entries = [BatchEntry(face_id, face_id, None, "why") for face_id in (number, number + 1)]
            rounds.start(s, function="random", settings={}, ranked_by_id=None, items=entries)
    return project


def ids(project: Project, wanted: Wanted = Wanted(), order: Order = "added", **how: bool) -> list[int]:  # noqa: B008
    with project.reading() as s:
        return listing.face_ids(s, wanted, order, **how).tolist()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), [1, 2, 3, 4, 5, 6]),
        (Wanted(state="labelled"), [1, 2, 3]),
        (Wanted(author="ben"), [3]),
        (Wanted(author="ada", state="labelled"), [1, 2]),
        (Wanted(kind="begun"), [5]),
        (Wanted(kind="audit"), [6]),
        (Wanted(kind="near"), [5]),
        (Wanted(kind="failed"), [3]),
        (Wanted(round=1), [1, 2]),
        (Wanted(text="no such photo"), []),
    ],
)
def test_filters(faces_of: Project, wanted: Wanted, expected: list[int]) -> None:
    assert ids(faces_of, wanted) == expected


def test_a_search_takes_its_text_literally_and_ignores_case(faces_of: Project) -> None:
    with faces_of.writing() as s:
        for face_id, path in ((1, "a/100%_B.jpg"), (2, "a/100xyb.jpg")):
            s.get_one(Image, s.get_one(Face, face_id).image_id).path = path
    assert ids(faces_of, Wanted(text="100%_b")) == [1]
    assert ids(faces_of, Wanted(text="B.JPG")) == [1, 2]


def test_orders(faces_of: Project) -> None:
    assert ids(faces_of, descending=True) == [6, 5, 4, 3, 2, 1]
    assert ids(faces_of, order="labelled", descending=True) == [3, 2, 1, 4, 5, 6]
    assert ids(faces_of, order="author") == [1, 2, 3, 4, 5, 6]
    assert ids(faces_of, order="author", descending=True) == [3, 1, 2, 4, 5, 6]
    assert ids(faces_of, order="round", descending=True) == [2, 3, 1, 4, 5, 6]
    assert ids(faces_of, order="state")[-1] == 4
    with faces_of.writing() as s:
        s.get_one(Face, 4).width = 1000.0
        s.get_one(Image, s.get_one(Face, 6).image_id).path = "~.jpg"
    assert ids(faces_of, order="size", descending=True)[0] == 4
    assert ids(faces_of, order="name")[-1] == 6


def test_rows_come_in_the_order_asked_for_and_say_all(faces_of: Project) -> None:
    with faces_of.reading() as s:
        rows = listing.face_rows(s, np.array([3, 99, 2, 5, 4]))
    assert [row.id for row in rows] == [3, 2, 5, 4]
    third, second, fifth, fourth = rows
    assert (third.failure, third.author, third.round) == ("gone", "ben", 2)
    assert (second.author, second.state, second.round) == ("ada", "labelled", 2)
    assert second.labelled_at is not None
    assert (fifth.begun, fifth.burst is not None, fifth.round) == (True, True, None)
    assert (fourth.state, fourth.reason, fourth.author) == ("rejected", "not a face", None)


def test_images_without_a_face(faces_of: Project) -> None:
    with faces_of.writing() as s:
        first, second = (
            Image(path=f"{n}.jpg", sha256=f"empty{n}", width=9, height=9, bytes_=1, relative=True) for n in range(2)
        )
        s.add_all([first, second])
        s.flush()
        images.search_again(s, [second.id], listing.NOBODY)
        empty, settled = (listing.image_ids_without_faces(s, settled=one).tolist() for one in (False, True))
        assert (empty, settled) == ([first.id], [second.id])
        (row,) = listing.image_rows(s, empty)
        assert (row.path, row.size, row.detected_with) == ("0.jpg", (9, 9), None)


def test_many_faces_change_at_once_and_back(faces_of: Project) -> None:
    with faces_of.writing() as s:
        before = faces.set_states(s, [3, 4, 5], "rejected", "too blurred or small")
        assert before == {3: ("labelled", None), 5: ("open", None)}
        assert {face.id: face.reason for face in s.query(Face).where(Face.state == "rejected")} == {
            3: "too blurred or small",
            4: "not a face",
            5: "too blurred or small",
        }


def test_problems_are_failures_and_refusals(faces_of: Project) -> None:
    with faces_of.writing() as s:
        images.refuse(s, "/elsewhere/a.heic", "an HEIC photo")
        found = listing.problems(s)
    assert sorted((one.image_id is None, one.reason) for one in found) == [(False, "gone"), (True, "an HEIC photo")]
