"""Every word on a face is kept, and an older one can count again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facelabel.desk.review import ReviewDesk
from facelabel.errors import StoreError
from facelabel.quality import history
from facelabel.store import faces, labels, reviews, second_labels
from tests.quality.planted import Planted, plant, record


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    made = plant(tmp_path)
    yield made
    made.project.close()


def state(planted: Planted, face_id: int) -> str:
    with planted.project.reading() as s:
        return faces.get(s, face_id).state


def test_a_history_says_who_when_and_from_which_prediction(planted: Planted) -> None:
    face_id = planted.ids[0]
    planted.relabel(face_id, lambda shape: shape + 1, author="ben", seconds=31.0)
    desk = ReviewDesk(planted.project, "lead")
    desk.accept(face_id, 4.0)
    told = desk.open(face_id).history
    assert [one.kind for one in told] == ["review", "revision", "revision"]
    assert told[0].text == "accepted"
    assert (told[1].author, told[1].number, told[1].version, told[1].moved, told[1].seconds) == ("ben", 2, 1, 68, 31.0)
    assert told[2].author == "ann"
    assert told[0].at >= told[1].at >= told[2].at


def test_restoring_makes_a_new_revision_and_loses_none(planted: Planted) -> None:
    face_id = planted.ids[0]
    first = planted.shape(face_id)
    planted.relabel(face_id, lambda shape: shape + 9, seconds=40.0)
    ReviewDesk(planted.project, "lead").restore(face_id, 1)
    np.testing.assert_array_equal(planted.shape(face_id), first)
    with planted.project.reading() as s:
        every = labels.history(s, face_id)
    assert [revision.number for revision, _ in every] == [1, 2, 3]
    newest = every[-1][0]
    assert (newest.author, newest.note) == ("lead", "restored from revision 1")
    assert newest.seconds == 40.0, "choosing took none of the annotators' time"
    with planted.project.writing() as s, pytest.raises(StoreError, match="no revision 9"):
        history.restore(s, face_id, 9, author="lead")


def test_a_second_label_counts_once_a_reviewer_chooses_it(planted: Planted) -> None:
    face_id = planted.ids[0]
    before = planted.shape(face_id)
    with planted.project.writing() as s:
        newest = labels.newest(s, face_id)
        assert newest is not None
        asked = second_labels.ask(s, face_id, "repeated", first_id=newest[0].id, round_id=None, rank=1)
        second_labels.answer(s, asked.id, record(before + 5), author="ben", seconds=9.0)
    np.testing.assert_array_equal(planted.shape(face_id), before)
    desk = ReviewDesk(planted.project, "lead")
    assert desk.open(face_id).second[0].author == "ben"
    desk.choose_second(asked.id)
    np.testing.assert_array_equal(planted.shape(face_id), before + 5)
    assert "by ben" in desk.open(face_id).history[0].text


def test_a_verdict_is_about_one_revision(planted: Planted) -> None:
    face_id = planted.ids[0]
    desk = ReviewDesk(planted.project, "lead")
    desk.accept(face_id, 3.0)
    assert desk.open(face_id).verdict == "accepted"
    planted.relabel(face_id)
    assert desk.open(face_id).verdict == "to review"


def test_what_is_sent_back_waits_with_its_note(planted: Planted) -> None:
    face_id = planted.ids[0]
    desk = ReviewDesk(planted.project, "lead")
    with pytest.raises(StoreError, match="with a note"):
        desk.send_back(face_id, "  ", 1.0)
    assert state(planted, face_id) == "labelled"
    desk.send_back(face_id, "left brow is too high", 5.0)
    assert state(planted, face_id) == "open"
    with planted.project.reading() as s:
        back = reviews.sent_back(s)
    assert [(one.face_id, one.annotator, one.reviewer, one.note) for one in back] == [
        (face_id, "ann", "lead", "left brow is too high")
    ]
    assert next(row for row in desk.rows() if row.face_id == face_id).verdict == "sent back"
    planted.relabel(face_id)
    with planted.project.reading() as s:
        assert reviews.sent_back(s) == []


def test_verdicts_can_be_taken_back_as_long_as_nobody_went_on(planted: Planted) -> None:
    face_id = planted.ids[0]
    desk = ReviewDesk(planted.project, "lead")
    desk.send_back(face_id, "look again", 5.0)
    desk.take_back(face_id)
    assert (state(planted, face_id), desk.open(face_id).verdict) == ("labelled", "to review")
    with pytest.raises(StoreError, match="no verdict of yours"):
        desk.take_back(face_id)
    desk.send_back(face_id, "look again", 5.0)
    planted.relabel(face_id)
    with pytest.raises(StoreError, match="labelled again"):
        desk.take_back(face_id)


def test_a_face_that_was_sent_back_can_be_accepted_after_all(planted: Planted) -> None:
    face_id = planted.ids[0]
    desk = ReviewDesk(planted.project, "lead")
    desk.send_back(face_id, "look again", 5.0)
    desk.accept(face_id, 1.0)
    assert (state(planted, face_id), desk.open(face_id).verdict) == ("labelled", "accepted")


def test_gold_belongs_to_a_label(planted: Planted) -> None:
    face_id = planted.ids[0]
    desk = ReviewDesk(planted.project, "lead")
    desk.set_gold(face_id, True)
    assert desk.open(face_id).gold
    desk.set_gold(face_id, False)
    assert not desk.open(face_id).gold
    with planted.project.writing() as s:
        faces.set_state(s, face_id, "open")
    with pytest.raises(StoreError, match="no label that could be gold"):
        desk.set_gold(face_id, True)
