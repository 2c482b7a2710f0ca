"""Faces that are asked for once more: who gets them, what they cost, and that nothing gives them away."""

from __future__ import annotations

import numpy as np
import pytest

from facelabel.campaign import spending
from facelabel.campaign.loop import QueueItem
from facelabel.campaign.settings import CampaignSettings, checked
from facelabel.desk.desk import Desk, draft_content
from facelabel.desk.second import SecondDesk
from facelabel.errors import FacelabelError
from facelabel.store import faces, labels, reviews, second_labels
from facelabel.store.labels import LabelRecord
from tests.campaign.bench import SCHEME, Bench, truth_of

QUIET = {"holdout": 0.0, "discard": 0.0, "overlap": 0, "first_batch": 10, "batch": 10, "budget": 200}


def begin(bench: Bench, faces_: int = 80, **values: object) -> list[int]:
    """A first round that ``tester`` labelled, and the second batch drawn; the faces of the first."""
    bench.add_faces(faces_)
    bench.change(**(QUIET | values))
    bench.work("score")
    bench.campaign.draw()
    done = bench.label_batch()
    bench.work(shift=3.0)
    return done


def once_more(bench: Bench, author: str) -> list[QueueItem]:
    return [item for item in bench.campaign.queue(author=author) if item.second is not None]


def off(record: LabelRecord, by: float) -> LabelRecord:
    return LabelRecord(record.shape + by, record.visibility, record.sources, record.moved)


def give(bench: Bench, item: QueueItem, author: str, by: float = 0.0, seconds: float = 7.0) -> object:
    desk = Desk(bench.project, author)
    face = desk.open(item.face_id, item.second)
    assert face.second is not None
    writes = SecondDesk(bench.project, author, face.second)
    return writes.accept(face.id, off(truth_of(face.id), by), version_id=face.version_id, seconds=seconds)


def test_a_share_of_the_labelled_faces_is_repeated_from_earlier_rounds(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    assert once_more(bench, "tester") == [], "the last round is too fresh for whoever labelled it"
    second = bench.label_batch()
    bench.work()
    asked = once_more(bench, "tester")
    assert len(asked) == 4
    assert not {item.face_id for item in asked} & set(second)
    assert {item.state for item in asked} == {"open"}


def test_somebody_else_gets_them_where_there_is_somebody(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.label(bench.add_faces(1)[0], author="ben")
    bench.work()
    assert len(once_more(bench, "ben")) == 4
    assert len(once_more(bench, "carla")) == 4
    assert once_more(bench, "tester") == []
    for _ in range(3):
        bench.label_batch()
        bench.work()
    assert once_more(bench, "tester"), "who waited in vain for long enough repeats their own"


def test_the_queue_does_not_give_them_away(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.work()
    queue = bench.campaign.queue(author="tester")
    item = next(item for item in queue if item.second is not None)
    ranks = [item.rank for item in queue]
    assert ranks == list(range(1, 15)), "every rank is one face's"
    assert item.why
    assert "again" not in item.why
    face = Desk(bench.project, "tester").open(item.face_id, item.second)
    assert (face.state, face.session.start.origin) == ("open", "template"), "it begins as the first label did"
    assert not face.session.can_undo


def test_it_begins_with_the_prediction_that_the_first_label_began_with(bench: Bench) -> None:
    begin(bench)
    face_id = bench.batch()[0]
    opened = Desk(bench.project, "tester").open(face_id)
    assert opened.version_id is not None
    bench.label(face_id, version=opened.version_id, record=off(truth_of(face_id), 4.0))
    with bench.project.writing() as s:
        newest = labels.newest(s, face_id)
        assert newest is not None
        asked = second_labels.ask(s, face_id, "repeated", first_id=newest[0].id, round_id=None, rank=1)
    bench.label_batch()
    bench.work(shift=9.0)  # A newer version, which has seen the label.
    again = Desk(bench.project, "tester").open(face_id, asked.id)
    assert again.version_id == opened.version_id
    np.testing.assert_allclose(again.session.shape, opened.session.shape)


def test_a_second_label_never_becomes_the_label(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.work()
    item = once_more(bench, "tester")[0]
    give(bench, item, "tester", by=50.0)
    with bench.project.reading() as s:
        newest = labels.newest(s, item.face_id)
        assert newest is not None
        np.testing.assert_array_equal(newest[1].shape, truth_of(item.face_id).shape)
        assert newest[0].number == 1
    bench.label_batch()
    _, _, spec = bench.campaign.prepare("round")
    taught = {example.id: example.shape for example in spec.labels}
    np.testing.assert_allclose(np.array(taught[item.face_id]), truth_of(item.face_id).shape)
    assert item.face_id not in {one.face_id for one in once_more(bench, "tester")}


def test_a_draft_of_a_second_label_survives_and_is_no_draft_of_the_face(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.work()
    item = once_more(bench, "tester")[0]
    desk = Desk(bench.project, "tester")
    face = desk.open(item.face_id, item.second)
    assert face.second is not None
    face.session.place(0, (3.0, 4.0))
    SecondDesk(bench.project, "tester", face.second).save_draft(
        face.id, draft_content(face.session, face.version_id, 5.0, face.meter.to_content())
    )
    again = desk.open(item.face_id, item.second)
    assert again.from_draft
    np.testing.assert_array_equal(again.session.shape[0], [3, 4])
    assert not desk.open(item.face_id).from_draft


def test_gold_faces_come_back_and_tell_how_near_the_answer_was(bench: Bench) -> None:
    bench.add_faces(80)
    bench.change(**(QUIET | {"gold": 0.1}))
    bench.campaign.draw()
    done = bench.label_batch()
    with bench.project.writing() as s:
        for face_id in done[:2]:
            reviews.mark_gold(s, face_id, "lead")
    bench.work()
    asked = once_more(bench, "tester")
    assert {item.face_id for item in asked} == set(done[:2])
    feedback = give(bench, asked[0], "tester", by=3.0)
    assert feedback is not None
    index, name, pixels = feedback.farthest[0]  # type: ignore[attr-defined]
    assert name == SCHEME.landmarks[index].name
    assert pixels == pytest.approx(np.hypot(3, 3))
    size = np.linalg.norm(truth_of(1).shape[0] - truth_of(1).shape[1])
    assert feedback.pair.nme == pytest.approx(np.hypot(3, 3) / size, rel=0.2)  # type: ignore[attr-defined]


def test_both_count_to_the_budget_as_faces_and_in_seconds(bench: Bench) -> None:
    begin(bench, repeated=0.2, budget=40)
    bench.label_batch()
    bench.work()
    status = bench.campaign.status()
    assert status.budget_left == 40 - 20 - 4, "what is asked for once more is promised"
    for item in once_more(bench, "tester"):
        give(bench, item, "tester")
    assert bench.campaign.status().budget_left == status.budget_left
    bench.label_batch()
    with bench.project.reading() as s:
        work = spending.work(s)
        spent = spending.spent(s, bench.campaign.settings)
    assert (work["repeated"].faces, work["repeated"].seconds) == (4, 28.0)
    assert (work["labelled"].faces, work["labelled"].seconds) == (30, 240.0)
    assert spent.faces == 34
    assert "4 repeated" in spent.counts


def test_reviews_cost_hours_and_what_is_sent_back_is_not_asked_for_twice(bench: Bench) -> None:
    done = begin(bench)
    before = bench.campaign.status().budget_left
    with bench.project.writing() as s:
        reviews.decide(s, done[0], "sent back", author="lead", seconds=60.0, note="brow")
        reviews.decide(s, done[1], "accepted", author="lead", seconds=30.0)
    assert bench.campaign.status().budget_left == before
    with bench.project.reading() as s:
        work = spending.work(s)
    assert work["review"].seconds == 90
    assert work["labelled"].faces == 10


def test_what_is_sent_back_comes_first_and_says_why(bench: Bench) -> None:
    done = begin(bench)
    bench.label(bench.batch()[0], author="ben")
    mine = bench.batch()
    with bench.project.writing() as s:
        reviews.decide(s, done[0], "sent back", author="lead", seconds=1.0, note="left brow too high")
    queue = bench.campaign.queue(author="tester")
    assert queue[0].face_id == done[0]
    assert queue[0].note == "lead: left brow too high"
    assert [item.face_id for item in queue[1:]] == mine
    assert bench.campaign.queue(author="ben")[-1].face_id == done[0], "somebody else's comes last"
    face = Desk(bench.project, "tester").open(done[0])
    assert face.note == "lead: left brow too high"
    assert face.session.start.origin == "label"
    bench.label(done[0])
    assert done[0] not in {item.face_id for item in bench.campaign.queue(author="tester")}
    assert Desk(bench.project, "tester").open(done[0]).note == ""


def test_a_face_that_is_sent_back_does_not_teach_until_it_is_put_right(bench: Bench) -> None:
    done = begin(bench)
    bench.label_batch()
    with bench.project.writing() as s:
        reviews.decide(s, done[0], "sent back", author="lead", seconds=1.0, note="brow")
    _, _, spec = bench.campaign.prepare("train")
    assert done[0] not in {example.id for example in spec.labels}


def test_who_refuses_a_second_label_gives_an_opinion_and_leaves_the_label(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.work()
    skipped, refused = once_more(bench, "tester")[:2]
    desk = Desk(bench.project, "tester")
    for item in (skipped, refused):
        face = desk.open(item.face_id, item.second)
        assert face.second is not None
        writes = SecondDesk(bench.project, "tester", face.second)
        if item is skipped:
            writes.skip(face.id)
        else:
            writes.reject(face.id, "not a face", seconds=3.0)
    assert len(once_more(bench, "tester")) == 2
    with bench.project.reading() as s:
        assert faces.get(s, refused.face_id).state == "labelled"
        assert spending.work(s)["repeated"].seconds == 3.0


def test_the_programs_that_ask_for_no_author_see_the_batch_alone(bench: Bench) -> None:
    begin(bench, repeated=0.2)
    bench.label_batch()
    bench.work()
    assert all(item.second is None for item in bench.campaign.queue())


def test_shares_are_checked_and_off_unless_asked_for() -> None:
    assert (CampaignSettings().repeated, CampaignSettings().gold) == (0, 0)
    with pytest.raises(FacelabelError, match=r"allowed: 0 to 0\.5"):
        checked({"repeated": 0.8})
