"""How a batch is chosen from what a project knows, and what happens when it knows too little."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from facelabel import schemes
from facelabel.acquisition import ByBatch, Choice, Pool, Reason, in_order, registry, strategies
from facelabel.campaign import pool
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import JobSpec
from facelabel.store import arrays, drafts, rounds, versions
from facelabel.store.project import Project
from facelabel.store.tables import Prediction
from tests.campaign.bench import SCHEME, Bench, fake_result


def groups(face_id: int) -> list[float]:
    """Four groups of like faces."""
    return [float(face_id % 4) * 10, 0.01 * face_id]


def trained(bench: Bench, faces: int = 60, **settings: object) -> list[int]:
    """A project whose first batch of 10 is labelled and trained on; those ten."""
    bench.add_faces(faces)
    bench.change(**{"first_batch": 10, "holdout": 0.0, "batch": 5} | settings)
    bench.campaign.draw()
    done = bench.label_batch()
    bench.work(score=lambda i: float(i * 37 % 101), embedding=groups)
    return done


def install(monkeypatch: pytest.MonkeyPatch, pick: Any, needs: tuple[str, ...] = ()) -> None:
    """A strategy ``ours``, as a package of the lab's own would bring it."""
    ours = ByBatch("ours", "Our own", "", needs, pick)
    known = {**strategies(), "ours": ours}
    monkeypatch.setattr(registry, "installed", lambda: (known, ()))


@pytest.mark.parametrize(
    "function", ["hybrid-typical", "typical-k-center", "coverage", "typiclust", "mirror", "augmentation"]
)
def test_every_strategy_draws_from_the_store(bench: Bench, function: str) -> None:
    done = trained(bench, function=function)
    queue = bench.campaign.queue()
    assert len({item.face_id for item in queue} - set(done)) == 5
    assert all(item.why.startswith(strategies()[function].title) for item in queue)
    assert bench.campaign.status().notice is None
    with bench.project.reading() as s:
        assert rounds.all(s)[-1].function == function


def test_shapes_labels_and_the_version_before_are_at_hand(bench: Bench) -> None:
    trained(bench, function="committee")
    bench.label_batch()
    bench.work(shift=3.0)
    assert "two models" in bench.campaign.queue()[0].why
    for function in ("shape-prior", "three-ranks"):
        preview = bench.campaign.preview(bench.campaign.settings.model_copy(update={"function": function}))
        assert (preview.function, preview.notice) == (function, None), function


def test_a_hard_face_is_predicted_to_take_longer(bench: Bench) -> None:
    ids = bench.add_faces(60)
    bench.change(function="nnm", first_batch=10, holdout=0.0, batch=20)
    bench.campaign.draw()
    bench.label_batch()
    bench.work(score=float)
    with bench.project.reading() as s:
        version = versions.latest(s)
    assert version is not None
    for face_id in bench.batch():
        bench.label(face_id, seconds=5.0 + face_id, version=version.id)
    with bench.project.reading() as s:
        found = pool.read(s, ["nnm", "seconds"])
    assert found.pool.seconds is not None
    seconds = dict(zip(found.ids.tolist(), found.pool.seconds.tolist(), strict=True))
    assert seconds[ids[50]] > 1.3 * seconds[ids[20]]
    assert 5 < min(seconds.values()) < max(seconds.values()) < 5 + 60
    preview = bench.campaign.preview(bench.campaign.settings.model_copy(update={"function": "per-second"}))
    assert (preview.function, preview.notice) == ("per-second", None)


def test_the_pool_leaves_out_who_must_not_teach(bench: Bench) -> None:
    trained(bench, holdout=0.2)
    bench.set_state(bench.batch()[0], "rejected")
    with bench.project.reading() as s:
        found = pool.read(s, ["nnm", "embeddings", "shapes", "confidence", "truths"])
        blind = {item.face_id for item in bench.campaign.queue() if item.blind}
    assert blind.isdisjoint(found.ids.tolist())
    n = len(found.ids)
    assert (np.diff(found.ids) > 0).all()
    assert found.pool.shapes is not None
    assert found.pool.confidence is not None
    assert found.pool.embeddings is not None
    assert found.pool.shapes.shape == (n, SCHEME.size, 2)
    assert found.pool.confidence.shape == (n, SCHEME.size)
    assert found.pool.embeddings.shape == (n, 2)
    np.testing.assert_allclose(found.pool.embeddings, [groups(i) for i in found.ids.tolist()], rtol=1e-6)
    assert found.pool.labelled.sum() == 6


def test_a_large_array_lies_on_disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    trained(bench)
    with bench.project.reading() as s:
        ids = np.array([2, 5, 1000], dtype=np.int64)
        small = arrays.embeddings(s, 1, ids)
        monkeypatch.setattr(arrays, "IN_MEMORY", 0)
        large = arrays.embeddings(s, 1, ids)
        assert arrays.embeddings(s, 99, ids) is None
    assert small is not None
    assert isinstance(large, np.memmap)
    assert large.dtype == np.float16
    np.testing.assert_allclose(small[:2], large[:2], rtol=1e-3)
    assert np.isnan(small[2]).all()
    assert np.isnan(large[2]).all()


def test_landmarks_in_doubt_are_named_and_kept(bench: Bench) -> None:
    done = trained(bench, function="nnm")
    done += bench.label_batch()
    job_id, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    with np.load(folder / "scores.npz") as kept:
        data = dict(kept)
    rng = np.random.default_rng(0)
    data["confidence"] = (0.9 + 0.01 * rng.standard_normal(data["confidence"].shape)).astype(np.float32)
    odd = next(row for row, face_id in enumerate(data["face_ids"].tolist()) if face_id not in done)
    data["confidence"][odd, 3] = 0.1
    np.savez(folder / "scores.npz", **data)
    bench.change(discard=0.0, batch=45)
    bench.campaign.ingest(job_id)
    doubtful = {item.face_id: item for item in bench.campaign.queue()}[int(data["face_ids"][odd])]
    assert doubtful.doubts == (3,)
    assert doubtful.why.endswith(f"in doubt: {SCHEME.landmarks[3].name}")
    assert doubtful in bench.reopened().campaign.queue()
    assert sum(bool(item.doubts) for item in bench.campaign.queue()) < 10


def test_the_first_batch_is_chosen_from_the_features_of_the_weights(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(first_batch=4, holdout=0.0)
    bench.work("score", embedding=groups)
    bench.campaign.draw()
    assert {face_id % 4 for face_id in bench.batch()} == {0, 1, 2, 3}
    assert "Typical of each group: 1st of 60" in bench.campaign.queue()[0].why


def test_a_first_batch_that_chance_drew_is_drawn_again_from_the_features(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(first_batch=8, holdout=0.25, budget=60)
    bench.campaign.draw()
    assert bench.campaign.status().notice is None
    before = bench.campaign.queue()
    audit_before = [item.face_id for item in before if item.blind]
    others = [item.face_id for item in before if not item.blind]
    bench.label(others[0])
    with bench.project.writing() as s:
        drafts.save(s, others[1], "tester", {"begun": True})
    taken = bench.work("score", embedding=groups)
    assert taken.drawn > 0
    after = bench.campaign.queue()
    assert [item.face_id for item in after if item.blind] == audit_before
    assert others[1] in {item.face_id for item in after}
    assert len(after) == 7
    assert len({item.rank for item in after}) == 7
    fresh = [item for item in after if not item.blind and item.face_id != others[1]]
    assert all("Typical of each group" in item.why for item in fresh)
    with bench.project.reading() as s:
        assert rounds.all(s)[-1].function == "typiclust"
    again = bench.work("score", embedding=groups)
    assert again.drawn == 0
    assert bench.campaign.queue() == after


def test_weights_that_do_not_know_the_scheme_still_give_features(tmp_path: Any) -> None:
    with Project.create(tmp_path / "p", scheme=schemes.load("cofw-29")) as project:
        bench = Bench(project, Campaign(project))
        bench.add_faces(40)
        bench.change(first_batch=4, holdout=0.0)
        assert not bench.campaign.begins_knowing()
        assert bench.campaign.can_look_first()
        _, _, spec = bench.campaign.prepare("score")
        assert spec.scheme["id"] != "cofw-29"
        bench.campaign.abandon(1, "cancelled", None)
        bench.work("score", embedding=groups)
        status = bench.campaign.status()
        assert (status.version, bench.campaign.can_look_first()) == (None, False)
        with project.reading() as s:
            assert s.query(Prediction).count() == 0
        bench.campaign.draw()
        assert {face_id % 4 for face_id in bench.batch()} == {0, 1, 2, 3}
        with pytest.raises(FacelabelError, match="no model knows the project's scheme yet"):
            bench.campaign.prepare("score")


# What can go wrong: a clear line, nothing lost, and the queue goes on.


def notice(bench: Bench) -> str:
    return bench.campaign.status().notice or ""


def test_a_strategy_that_raises(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(pool: Pool, k: int, rng: np.random.Generator) -> Choice:
        raise ZeroDivisionError("no luck")

    install(monkeypatch, fails)
    trained(bench, function="ours")
    assert len(bench.batch()) == 5
    assert "strategy 'ours' failed: ZeroDivisionError: no luck" in notice(bench)
    assert "5 of 5 faces chosen otherwise" in notice(bench)
    assert len(notice(bench).splitlines()) == 1
    assert "5 of 5" in (bench.reopened().campaign.status().notice or "")


def test_landmarks_beyond_the_scheme_are_not_in_doubt(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def strange(pool: Pool, k: int, rng: np.random.Generator) -> Choice:
        rows = [int(row) for row in pool.candidates[:k]]
        return Choice(tuple(rows), tuple(Reason("ours", 1, k, None, "", (0, 999, -1)) for _ in rows))

    install(monkeypatch, strange)
    trained(bench, function="ours")
    assert {item.doubts for item in bench.campaign.queue()} == {(0,)}


def test_a_strategy_that_returns_duplicates(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def repeats(pool: Pool, k: int, rng: np.random.Generator) -> Choice:
        return in_order("ours", [int(pool.candidates[0])] * k, k)

    install(monkeypatch, repeats)
    trained(bench, function="ours")
    assert len(set(bench.batch())) == 5
    assert "returned 4 faces twice" in notice(bench)
    assert bench.campaign.queue()[0].why.startswith("Our own")


def test_a_strategy_that_is_not_installed_any_more(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        install(patch, lambda pool, k, rng: in_order("ours", pool.candidates[:k], k))
        trained(bench, function="ours")
        assert notice(bench) == ""
        bench.label_batch()
    bench.work(embedding=groups)
    assert len(bench.batch()) == 5
    assert notice(bench).startswith("There is no acquisition strategy 'ours'")
    assert bench.campaign.queue()[0].why.startswith("Typical of each group")
    assert bench.campaign.settings.function == "ours"


def test_nan_embeddings(bench: Bench) -> None:
    trained(bench, function="k-center")
    bench.label_batch()
    bench.work(embedding=lambda i: [float("nan"), 0.0])
    assert len(bench.batch()) == 5
    assert "no open face has them as finite numbers" in notice(bench)


def test_nan_scores_count_as_none(bench: Bench) -> None:
    trained(bench, function="nnm", discard=0.0)
    bench.label_batch()
    bench.work(score=lambda i: float("nan") if i % 2 else float(i))
    assert all(face_id % 2 == 0 for face_id in bench.batch())


def test_constant_scores(bench: Bench) -> None:
    trained(bench, function="nnm", discard=0.0)
    bench.label_batch()
    bench.work(score=lambda i: 1.0)
    batch = bench.batch()
    assert batch == sorted(batch)  # Ties go to the lowest.
    assert len(batch) == 5
    assert notice(bench) == "The NNM scores of all faces are equal, and order none before another"


def test_every_face_discarded(bench: Bench) -> None:
    bench.add_faces(13)
    bench.change(first_batch=10, holdout=0.0, batch=5, discard=0.3)
    bench.campaign.draw()
    bench.label_batch()
    bench.work()
    queue = bench.campaign.queue()
    assert len(queue) == 3
    assert "set aside as a likely outlier, asked because nothing else is left" in queue[-1].why


def test_k_beyond_the_pool_and_one_face_left(bench: Bench) -> None:
    trained(bench, 16, function="hybrid-typical", batch=100)
    batch = bench.batch()
    assert len(batch) == 6
    assert notice(bench).startswith("Of the 100 that a batch asks for, only 6 can be had")
    for face_id in batch[:-1]:
        bench.set_state(face_id, "rejected")
    bench.label(batch[-1])
    bench.add_faces(1)
    bench.work(embedding=groups)
    assert len(bench.batch()) == 1
    assert bench.campaign.preview(CampaignSettings()).notice == "no face is left to choose from"


def test_a_preview_of_a_spent_budget(bench: Bench) -> None:
    trained(bench, budget=10)
    preview = bench.campaign.preview(bench.campaign.settings)
    assert (preview.picks, preview.notice) == ([], "the budget is spent")


def test_parameters_of_another_version(bench: Bench) -> None:
    trained(bench)
    bench.label_batch()
    bench.change(function="hybrid-typical", parameters={"share": 7.0})
    bench.work(embedding=groups)
    assert len(bench.batch()) == 5
    assert "cannot be 7.0, its defaults are used" in notice(bench)
    assert bench.campaign.queue()[0].why.startswith("Typical among the uncertain")


def test_nothing_is_stored_by_a_preview(bench: Bench) -> None:
    trained(bench, function="nnm")
    before = bench.campaign.queue()
    wanted = CampaignSettings(function="random", batch=7, holdout=0.0)
    preview = bench.campaign.preview(wanted)
    assert preview == bench.campaign.preview(wanted)
    assert (preview.function, len(preview.picks), preview.discarded) == ("random", 7, [])
    assert {one.face_id for one in preview.picks}.isdisjoint(item.face_id for item in before)
    assert bench.campaign.queue() == before
    assert bench.campaign.settings.function == "nnm"
    by_score = bench.campaign.preview(CampaignSettings(function="nnm", discard=0.2, holdout=0.0))
    assert len(by_score.discarded) == 10


@pytest.mark.parametrize(("function", "more"), [("nnm", set()), ("augmentation", {"augmentation"})])
def test_the_spec_asks_for_every_score_and_the_costly_where_needed(bench: Bench, function: str, more: set[str]) -> None:
    trained(bench, function=function)
    bench.label_batch()
    spec: JobSpec = bench.campaign.prepare("round")[2]
    assert set(spec.functions) == {"nnm", "entropy", "mirror"} | more
