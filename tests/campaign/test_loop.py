"""The loop through its public door, with a worker that is only files."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from facelabel.campaign import audit
from facelabel.errors import FacelabelError
from facelabel.store import drafts, rounds
from facelabel.store.tables import Face
from tests.campaign.bench import Bench


def holdout(bench: Bench) -> set[int]:
    with bench.project.reading() as s:
        return set(s.scalars(select(Face.id).where(Face.holdout)))


def test_an_empty_project_says_so(bench: Bench) -> None:
    status = bench.campaign.status()
    assert (status.phase, status.round, status.open_faces, status.version) == ("empty", 0, 0, None)
    assert bench.campaign.queue() == []
    with pytest.raises(FacelabelError, match="no face is left"):
        bench.campaign.draw()
    with pytest.raises(FacelabelError, match="too few to train on"):
        bench.campaign.prepare("round")
    with pytest.raises(FacelabelError, match="no face to score"):
        bench.campaign.prepare("score")
    with pytest.raises(FacelabelError, match="no photo left"):
        bench.campaign.prepare("detect")


def test_a_whole_turn(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(first_batch=10, batch=8, holdout=0.1)
    bench.campaign.draw()
    assert bench.campaign.status().phase == "labelling"
    first = bench.label_batch()
    assert len(first) == 10
    status = bench.campaign.status()
    assert (status.phase, status.batch_done, status.batch_size) == ("ready-to-train", 10, 10)
    assert (status.labels, status.budget_left, status.seconds_per_face) == (10, 190, 8.0)

    job_id, folder, spec = bench.campaign.prepare("round")
    assert bench.campaign.status().phase == "training"
    assert folder == bench.project.jobs_folder / f"{job_id:04d}"
    assert {label.id for label in spec.labels} == set(first) - holdout(bench)
    assert {face.id for face in spec.pool} == set(range(1, 61))
    assert spec.cache == str(bench.campaign.project.crops_folder)
    bench.campaign.abandon(job_id, "cancelled", None)
    assert bench.campaign.status().phase == "ready-to-train"

    taken = bench.work()
    assert (taken.version, taken.faces, taken.drawn) == (1, 60, 8)
    status = bench.campaign.status()
    assert (status.phase, status.round, status.batch_size, status.version, status.trained_on) == (
        "labelling",
        2,
        8,
        1,
        8,
    )
    assert (bench.project.models_folder / "v0001" / "weights.safetensors").is_file()
    assert not (folder.parent / "0002" / "model").exists()
    with pytest.raises(FacelabelError, match="already done"):
        bench.campaign.ingest(2)


def test_the_queue_follows_the_scores_after_the_discard(bench: Bench) -> None:
    ids = bench.add_faces(60)
    bench.change(function="nnm", first_batch=10, batch=5, holdout=0.0, discard=0.1)
    bench.campaign.draw()
    done = bench.label_batch()
    bench.work(score=lambda i: 1000.0 - i)
    open_ids = [i for i in ids if i not in done]
    queue = bench.campaign.queue()
    assert [item.face_id for item in queue] == open_ids[5:10]  # ceil(0.1 * 50) highest are set aside
    assert [item.rank for item in queue] == [1, 2, 3, 4, 5]
    assert queue[2].why == "NNM: 3rd of 45, after the top 10 % were set aside as likely outliers"
    assert queue[2].score == 1000.0 - queue[2].face_id


def test_entropy_without_discard_takes_the_very_highest(bench: Bench) -> None:
    bench.add_faces(30)
    bench.change(function="entropy", discard=0.0, holdout=0.0, batch=3)
    bench.campaign.draw()
    done = bench.label_batch()
    bench.work()
    expected = sorted(set(range(1, 31)) - set(done), reverse=True)[:3]
    assert [item.face_id for item in bench.campaign.queue()] == expected
    assert bench.campaign.queue()[0].why == "Heatmap entropy: 1st of 20"


def test_k_center_measures_from_the_labelled_faces(bench: Bench) -> None:
    ids = bench.add_faces(30)
    bench.change(function="k-center", holdout=0.0, batch=2, first_batch=10)
    bench.campaign.draw()
    done = bench.label_batch()
    far, farther = [i for i in ids if i not in done][3:5]
    bench.work(embedding=lambda i: [{far: 50.0, farther: 90.0}.get(i, 0.01 * i), 0.0])
    assert bench.batch() == [farther, far]
    assert "k-center" in bench.campaign.queue()[0].why


def test_random_is_seeded(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(function="random", holdout=0.0, batch=5, seed=3)
    bench.campaign.draw()
    bench.label_batch()
    bench.work()
    drawn = bench.batch()
    assert drawn != sorted(drawn)
    with bench.project.reading() as s:
        assert rounds.all(s)[-1].function == "random"
        assert rounds.all(s)[-1].ranked_by_id is None


def test_a_cold_start_spreads_over_the_photos(bench: Bench) -> None:
    bench.add_faces(40, per_image=4)
    bench.change(first_batch=10, holdout=0.0)
    bench.campaign.draw()
    queue = bench.campaign.queue()
    assert len({item.image_id for item in queue}) == 10
    assert all("spread over the photos" in item.why for item in queue)
    assert all(item.score is None for item in queue)


def test_audit_faces_come_early_and_are_never_trained_on(bench: Bench) -> None:
    bench.add_faces(100)
    bench.change(holdout=0.2, budget=50)
    bench.campaign.draw()
    marked = [item for item in bench.campaign.queue() if item.blind]
    assert len(marked) == 4  # twice the share, until there are 0.2 * 50
    assert {item.face_id for item in marked} == holdout(bench)
    assert {item.why for item in marked} == {audit.WHY}
    counts = []
    for _ in range(3):
        bench.label_batch()
        bench.work()
        counts.append(len(holdout(bench)))
    assert counts == [8, 10, 10]
    bench.label_batch()
    _, _, spec = bench.campaign.prepare("round")
    assert holdout(bench).isdisjoint(label.id for label in spec.labels)
    assert holdout(bench) <= {face.id for face in spec.pool}
    assert len(spec.labels) == 30


def test_the_last_batch_is_cut_to_the_budget_and_the_campaign_finishes(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(budget=23)
    bench.campaign.draw()
    sizes = []
    while bench.campaign.status().phase != "finished":
        sizes.append(len(bench.label_batch()))
        bench.work()
    assert sizes == [10, 10, 3]
    status = bench.campaign.status()
    assert (status.labels, status.budget_left, status.version) == (23, 0, 3)
    assert bench.campaign.queue() == []
    with pytest.raises(FacelabelError, match="budget of 23 faces is spent"):
        bench.campaign.draw()
    bench.change(budget=25)
    assert bench.campaign.status().phase == "empty"
    bench.campaign.draw()
    assert len(bench.batch()) == 2


def test_imported_labels_train_but_cost_no_budget(bench: Bench) -> None:
    ids = bench.add_faces(30)
    for face_id in ids[:12]:
        bench.label(face_id, origin="import", seconds=None)
    assert bench.campaign.status().budget_left == 200
    assert bench.campaign.status().phase == "empty"
    taken = bench.work("round")
    assert (taken.version, taken.drawn) == (1, 10)
    assert bench.campaign.status().trained_on == 12
    bench.label(ids[0])
    assert bench.campaign.status().budget_left == 200


def test_train_score_next_one_by_one(bench: Bench) -> None:
    ids = bench.add_faces(40)
    for face_id in ids[:10]:
        bench.label(face_id, origin="import")
    assert bench.work("train").version == 1
    taken = bench.work("score", score=lambda i: -i)
    assert (taken.version, taken.faces, taken.drawn) == (1, 40, 0)
    bench.change(function="nnm", holdout=0.0)
    bench.campaign.draw()
    assert bench.batch() == ids[13:23]
    bench.label_batch()
    with pytest.raises(FacelabelError, match="waits for its training"):
        bench.campaign.draw()
    bench.work("train")
    bench.work("score")
    bench.campaign.draw()
    assert bench.campaign.status().round == 2


def test_rejected_faces_leave_and_skipped_ones_come_back_at_the_end(bench: Bench) -> None:
    bench.add_faces(16)
    bench.change(first_batch=10, batch=10, holdout=0.0)
    bench.campaign.draw()
    batch = bench.batch()
    bench.set_state(batch[0], "rejected")
    bench.set_state(batch[1], "skipped")
    assert bench.campaign.status().batch_done == 2
    bench.label_batch()
    bench.work()
    second = bench.batch()
    assert len(second) == 7
    assert batch[1] in second
    assert batch[0] not in second
    bench.label_batch()
    bench.work()
    assert bench.campaign.status().phase == "finished"
    with pytest.raises(FacelabelError, match="no face is left"):
        bench.campaign.draw()


def test_a_batch_without_a_label_is_followed_by_the_next_one(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(holdout=0.0)
    bench.campaign.draw()
    for face_id in bench.batch():
        bench.set_state(face_id, "rejected")
    notice = bench.campaign.status().notice
    assert notice is not None
    assert "too few" in notice
    with pytest.raises(FacelabelError, match="too few to train on"):
        bench.campaign.prepare("round")
    bench.campaign.draw()
    assert bench.campaign.status().round == 2
    assert len(bench.batch()) == 10


def test_draw_is_the_current_batch_while_one_is_open(bench: Bench) -> None:
    bench.add_faces(40)
    first = bench.campaign.draw()
    assert bench.campaign.draw().id == first.id
    with pytest.raises(FacelabelError, match="10 of 10 faces of the batch are open"):
        bench.campaign.prepare("round")


def test_while_the_model_trains_the_ranking_goes_on(bench: Bench) -> None:
    ids = bench.add_faces(80)
    bench.change(function="nnm", holdout=0.0, batch=5, overlap=5, discard=0.1)
    bench.campaign.draw()
    done = bench.label_batch()
    bench.work(score=lambda i: 1000.0 - i)
    ranking = [i for i in ids if i not in done][7:]  # ceil(0.1 * 70) are set aside
    assert bench.batch() == ranking[:5]
    assert bench.ahead() == []
    bench.label_batch()
    assert bench.ahead() == ranking[5:10]
    job_id, _, spec = bench.campaign.prepare("round")
    for face_id in bench.ahead()[:2]:
        bench.label(face_id)
    assert bench.ahead() == ranking[7:12]
    assert all(item.ahead and "NNM" in item.why for item in bench.campaign.queue())
    with bench.project.writing() as s:
        drafts.save(s, ranking[9], "tester", {"begun": True})
    again = bench.reopened()
    assert again.ahead() == ranking[7:12]
    assert job_id == 2

    assert again.campaign.recover() == ["the round job 2 was interrupted: facelabel ended while it ran"]
    assert again.ahead() == ranking[7:12]
    again.work(score=lambda i: 1000.0 + i)
    queue = again.campaign.queue()
    assert queue[0].face_id == ranking[9]  # begun: it opens the next batch
    assert not any(item.ahead for item in queue)
    assert len(queue) == 5
    assert set(again.batch()).isdisjoint({*ranking[7:9], *ranking[10:12]})
    assert again.campaign.status().labels == 17
    again.label_batch()
    _, _, spec = again.campaign.prepare("round")
    assert len(spec.labels) == 22


def test_never_more_ahead_than_the_budget_allows(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(budget=13, holdout=0.0)
    bench.campaign.draw()
    bench.label_batch()
    assert len(bench.ahead()) == 3
    for face_id in bench.ahead():
        bench.label(face_id)
    assert bench.ahead() == []
    assert bench.campaign.status().budget_left == 0
    bench.work()
    assert bench.campaign.status().phase == "finished"


def test_a_large_pool_is_scored_in_a_seeded_part(bench: Bench) -> None:
    bench.add_faces(120)
    bench.change(score_at_most=30, holdout=0.1)
    bench.campaign.draw()
    batch = bench.label_batch()
    ahead = bench.ahead()
    _, _, spec = bench.campaign.prepare("round")
    pool = {face.id for face in spec.pool}
    assert {*batch, *ahead} <= pool
    assert 30 <= len(pool) <= 50
    job = bench.project.jobs_folder / "0001"
    assert not job.exists()


def test_the_unscored_rest_follows_at_random(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(function="nnm", score_at_most=4, holdout=0.0, batch=20, discard=0.0)
    bench.campaign.draw()
    bench.label_batch()
    bench.work()
    why = [item.why for item in bench.campaign.queue()]
    assert len(why) == 20
    assert why[0].startswith("NNM: 1st of")
    assert why[-1] == "Random: 16th of 46, nothing is known of the face yet"
