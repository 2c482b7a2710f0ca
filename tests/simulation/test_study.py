"""Campaigns as they are played: paired, each model trained once, taken up where they stopped, honest when they fail."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from facelabel.acquisition import BUILT_IN, ByBatch, ByScore, registry
from facelabel.errors import CancelledError, FacelabelError
from facelabel.jobs.messages import JobSpec
from facelabel.jobs.supervisor import Outcome
from facelabel.simulation import report
from facelabel.simulation.annotator import Annotator
from facelabel.simulation.curves import Curve
from facelabel.simulation.plan import Effort
from facelabel.simulation.study import Step, Study
from facelabel.simulation.trainings import RECORD, Trainings, without_labels
from tests.simulation.conftest import Learner, planned, read

Make = Callable[..., Study]


def by_arm(curves: list[Curve]) -> dict[tuple[str, int], Curve]:
    return {(curve.campaign.arm.name, curve.campaign.seed): curve for curve in curves}


def chosen(curve: Curve) -> list[tuple[int, ...]]:
    return [point.chosen for point in curve.points]


def told(curves: list[Curve]) -> list[Any]:
    """All that must not depend on how and when it was run."""
    return [[(p.labels, p.nme, p.corrections, p.hours, p.chosen, p.notice) for p in curve.points] for curve in curves]


def test_arms_are_paired_and_share_what_they_can(study: Make, learner: Learner) -> None:
    curves = by_arm(study("random", "nnm", "entropy").run())
    for seed in (0, 1):
        first = {chosen(curves[name, seed])[0] for name in ("random", "nnm", "entropy")}
        assert len(first) == 1
    assert chosen(curves["random", 0])[0] != chosen(curves["random", 1])[0]
    assert chosen(curves["random", 0])[1] != chosen(curves["nnm", 0])[1]
    for curve in curves.values():
        asked = [face for batch in chosen(curve) for face in batch]
        assert len(set(asked)) == len(asked) == 10
        assert [point.labels for point in curve.points] == [4, 7, 10]
        assert all(point.notice is None for point in curve.points)
        assert all(a.nme > b.nme for a, b in zip(curve.points, curve.points[1:], strict=False))
        assert all(a.hours < b.hours for a, b in zip(curve.points, curve.points[1:], strict=False))
    # The look before any label, two first models, and two more models of each arm and seed.
    assert len(learner.jobs) == 1 + 2 + 3 * 2 * 2
    assert learner.jobs[0].kind == "score"


def test_random_arms_spare_the_scoring(study: Make, learner: Learner) -> None:
    study("random", seeds=1).run()
    look, first, later, last = learner.jobs
    faces = len(read(Path(look.pool[0].image).parent).pool)
    test = len(look.pool) - faces
    assert (len(first.pool), len(later.pool), len(last.pool)) == (faces + test, 3 + test, test)


def test_the_same_command_does_nothing_twice(study: Make, learner: Learner, tmp_path: Path) -> None:
    before = told(study().run())
    count = len(learner.jobs)
    again = study()
    assert told(again.run()) == before
    assert (len(learner.jobs), again.trained) == (count, 0)
    assert not list((tmp_path / "out" / "models").glob("*/spec.json.part"))
    more = study("random", "nnm", "entropy", seeds=3)
    kept = by_arm(more.run())
    assert [told([kept[name, seed]]) for seed in (0, 1) for name in ("random", "nnm")] == [[one] for one in before]
    assert len(learner.jobs) == count + 2 * 2 + (1 + 3 * 2)


def test_later_models_are_not_kept(study: Make, tmp_path: Path) -> None:
    study(seeds=1).run()
    kept = [folder for folder in (tmp_path / "out" / "models").iterdir() if (folder / "model").is_dir()]
    labels = sorted(json.loads((folder / RECORD).read_text())["labels"] for folder in kept)
    assert labels == [0, 4]


@pytest.mark.parametrize("start_from", ["last", "pretrained", "scratch"])
def test_stopped_anywhere_it_comes_to_the_same_end(
    study: Make, learner: Learner, tmp_path: Path, start_from: str
) -> None:
    whole = told(study("random", "nnm", "committee", seeds=1, start_from=start_from, out="whole").run())
    jobs = len(learner.jobs)

    class StopError(Exception):
        pass

    for stop in range(jobs):
        left, learner.jobs = stop, []

        def fails(spec: JobSpec) -> bool:
            nonlocal left
            left -= 1
            if left < 0:
                raise StopError
            return False

        learner.fails = fails
        with pytest.raises(StopError):
            study("random", "nnm", "committee", seeds=1, start_from=start_from).run()
        learner.fails = lambda spec: False
        assert told(study("random", "nnm", "committee", seeds=1, start_from=start_from).run()) == whole
        assert len(learner.jobs) == jobs
        shutil.rmtree(tmp_path / "out")


def test_what_was_lost_is_trained_again_parents_too(study: Make, learner: Learner, tmp_path: Path) -> None:
    before = told(study(seeds=1).run())
    models, choices = tmp_path / "out" / "models", tmp_path / "out" / "choices"
    last = next(f for f in models.iterdir() if json.loads((f / RECORD).read_text())["labels"] == 10)
    shutil.rmtree(last)
    learner.jobs.clear()
    assert told(study(seeds=1).run()) == before
    assert [len(job.labels) for job in learner.jobs] == [7, 10]
    shutil.rmtree(choices)
    for torn in sorted(models.glob("*/scores.npz")):
        torn.write_bytes(b"torn")
        assert told(study(seeds=1).run()) == before
        shutil.rmtree(choices)


def test_several_at_a_time_find_the_same(study: Make, learner: Learner) -> None:
    alone = told(study("random", "nnm", budgets=("10", "7"), out="alone").run())
    count = len(learner.jobs)
    steps: list[Step] = []
    together = study("random", "nnm", budgets=("10", "7"), jobs=4, on_step=steps.append)
    assert told(together.run()) == alone
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total
    assert steps[-1].eta_s == 0
    # Two campaigns of one seed may both be at a model whose scores one of them has let go of already.
    assert len(learner.jobs) - count <= count + 4


def test_budgets_share_their_beginning(study: Make, learner: Learner) -> None:
    study("nnm", budgets=("10",), seeds=1).run()
    learner.jobs.clear()
    curves = study("nnm", budgets=("7", "10", "9:5"), seeds=1).run()
    assert [[p.labels for p in curve.points] for curve in curves] == [[4, 7], [4, 7, 10], [4, 9]]
    assert [len(job.labels) for job in learner.jobs] == [9]


def test_every_strategy_can_be_played(study: Make) -> None:
    names = [one.id for one in BUILT_IN]
    curves = study(*names, seeds=1).run()
    assert [curve.campaign.arm.name for curve in curves] == names
    notices = {curve.campaign.arm.name: [p.notice for p in curve.points if p.notice] for curve in curves}
    # Before the second model there is no other one to disagree with.
    (committee,) = notices.pop("committee")
    assert "a second model" in committee
    assert not any(notices.values())


def test_scores_on_request_are_asked_of_the_models_that_are_there(study: Make, learner: Learner) -> None:
    before = told(study("random", "nnm", seeds=1).run())
    learner.jobs.clear()
    curves = study("random", "nnm", "augmentation", seeds=1).run()
    assert told(curves)[:2] == before
    assert not any(p.notice for p in curves[2].points)
    assert [(job.kind, len(job.labels), job.weights is None) for job in learner.jobs] == [
        ("score", 0, False),
        ("round", 7, True),
        ("round", 10, True),
    ]
    assert ["augmentation" in job.functions for job in learner.jobs] == [True, True, False]


def test_a_start_of_its_own(study: Make, learner: Learner) -> None:
    curves = by_arm(study("random", "typiclust+nnm", "nnm:discard=0", seeds=1).run())
    start = {name: chosen(curve)[0] for (name, _), curve in curves.items()}
    assert start["random"] == start["nnm:discard=0"] != start["typiclust+nnm"]
    assert all(p.notice is None for curve in curves.values() for p in curve.points)
    same = study("nnm", "k-center", cold_start="typiclust", seeds=1, out="same").run()
    assert {chosen(curve)[0] for curve in same} == {start["typiclust+nnm"]}


def test_weights_that_do_not_know_the_faces_begin_by_chance(study: Make, learner: Learner) -> None:
    (curve,) = study("nnm", cold_start="typiclust", start_from="scratch", seeds=1).run()
    assert "typiclust" in str(curve.points[0].notice)
    assert len(curve.points) == 3
    assert all(job.kind == "round" and job.train and job.train.pretrained is None for job in learner.jobs)


def test_weights_that_know_other_landmarks_give_features_to_begin_with(
    study: Make, learner: Learner, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = read(photos)
    own = faces.scheme.model_copy(update={"id": "our-own"})
    begun = study("nnm", "random", cold_start="typiclust", seeds=1, faces=replace(faces, scheme=own))
    curves = begun.run()
    assert all(p.notice is None for curve in curves for p in curve.points)
    assert (learner.jobs[0].kind, learner.jobs[0].scheme["id"]) == ("score", "300w-68")
    assert {job.scheme["id"] for job in learner.jobs[1:]} == {"our-own"}
    assert begun.before_labels() == {}
    # The window shows the template before there is a model that knows the landmarks.
    exact = Annotator(faces, Effort(), 0.0, 0)
    first = curves[0].points[0]
    assert first.corrections == sum(exact.corrections(face, None) for face in first.chosen)


def test_a_round_may_score_a_part_of_the_pool(study: Make, learner: Learner) -> None:
    (curve,) = study("nnm", seeds=1, score_at_most=5).run()
    test = len(read(Path(learner.jobs[0].pool[0].image).parent).test)
    assert [len(job.pool) - test for job in learner.jobs[2:]] == [5 + 7, 0]
    assert len({face for batch in chosen(curve) for face in batch}) == 10


def test_down_to_the_last_face(study: Make, photos: Path) -> None:
    faces = read(photos)
    size = len(faces.pool)
    for curve in study("nnm", "k-center", "hybrid-typical", budgets=(str(size),), seeds=1).run():
        assert curve.points[-1].labels == size
        assert len(curve.points[-1].chosen) == (size - 4) % 3 or 3
        assert not any(p.notice for p in curve.points)
    with pytest.raises(FacelabelError, match=f"a budget of {size + 1} labels is more than the {size} faces"):
        study("nnm", budgets=(str(size + 1),))


class _Moody:
    def __call__(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("no idea\nat all")


@pytest.fixture
def plug_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {one.id: one for one in BUILT_IN}
    found["moody"] = ByScore("moody", "Moody", "Raises.", ("nnm",), _Moody())
    found["twice"] = ByBatch(
        "twice", "Twice", "Duplicates.", (), lambda pool, k, rng: registry.strategies()["random"].choose(pool, 1, rng)
    )
    monkeypatch.setattr(registry, "installed", lambda: (found, ()))


@pytest.mark.usefixtures("plug_ins")
def test_a_strategy_that_raises_is_told_and_the_study_goes_on(study: Make, photos: Path) -> None:
    asked = planned("random", "moody", "twice", seeds=1)
    curves = study(plan=asked).run()
    assert [len(curve.points) for curve in curves] == [3, 3, 3]
    assert all(curve.problem is None for curve in curves)
    found = report.Findings(asked, read(photos), curves, "t", "c")
    moody, twice = found.notices
    assert moody.startswith("moody, 2 batches: the strategy 'moody' failed: RuntimeError: no idea")
    assert "1 usable of 3 faces" in twice
    assert moody in report.markdown(found)


def test_a_training_that_fails_costs_its_own_campaign(study: Make, learner: Learner, photos: Path) -> None:
    learner.fails = lambda spec: len(spec.labels) == 10 and spec.train is not None and spec.train.seed > 50_000
    asked = planned()
    curves = study(plan=asked).run()
    assert [curve.problem is None for curve in curves] == [True, True, False, False]
    assert "not in the mood" in str(curves[2].problem)
    assert [point.labels for point in curves[2].points] == [4, 7]
    found = report.Findings(asked, read(photos), curves, "t", "c")
    assert len(found.problems) == 2
    assert found.differences[0].pairs == 1
    learner.fails = lambda spec: False
    assert all(curve.problem is None for curve in study(plan=asked).run())


def test_cancelled_it_ends_at_once_and_goes_on_later(study: Make, learner: Learner, tmp_path: Path) -> None:
    begun = threading.Event()
    playing = study(jobs=2)

    def fails(spec: JobSpec) -> bool:
        if len(spec.labels) == 7:
            begun.set()
            playing.cancel()
        return False

    learner.fails = fails
    with pytest.raises(CancelledError):
        playing.run()
    assert begun.is_set()
    count = len(list((tmp_path / "out" / "models").glob(f"*/{RECORD}")))
    learner.fails = lambda spec: False
    learner.jobs.clear()
    study().run()
    assert len(learner.jobs) == 1 + 2 + 2 * 2 * 2 - count


def test_cancelling_reaches_the_workers(tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running, ended = threading.Event(), threading.Event()

    class Endless:
        def __init__(self, *_: Any) -> None:
            pass

        def run(self) -> Outcome:
            running.set()
            assert ended.wait(20)
            return Outcome("cancelled", "cancelled")

        def cancel(self) -> None:
            ended.set()

    monkeypatch.setattr("facelabel.simulation.trainings.Supervisor", Endless)
    playing = Study(tmp_path / "out", read(photos), planned(), jobs=2)
    threading.Thread(target=lambda: (running.wait(20), playing.cancel()), daemon=True).start()
    with pytest.raises(CancelledError):
        playing.run()
    assert ended.is_set()


def test_one_command_a_folder(study: Make) -> None:
    first = study(seeds=1)
    with first._alone(), pytest.raises(FacelabelError, match="another command simulates"):
        study(seeds=1).run()


def test_photos_that_cannot_be_read_are_nobodys_fault(copied: Path, study: Make) -> None:
    for number in (3, 29):
        for suffix in (".png", ".pts"):
            (copied / f"{number}{suffix}").rename(copied / f"broken{number}{suffix}")
    faces = read(copied, 0.5)
    size = len(faces.pool)
    curves = study("nnm", "random", faces=faces, budgets=(str(size),), seeds=1).run()
    assert all(np.isfinite(p.nme) for curve in curves for p in curve.points)
    assert all(curve.points[-1].labels == size for curve in curves)


def test_other_faces_never_share_results(study: Make, learner: Learner, photos: Path) -> None:
    study(seeds=1).run()
    count = len(learner.jobs)
    study(seeds=1, faces=read(photos, 0.5)).run()
    assert len(learner.jobs) == 2 * count


def test_the_annotator(photos: Path) -> None:
    faces = read(photos)
    exact = Annotator(faces, Effort(tolerance=0.05, face=5, correction=2), 0.0, 1)
    truth, size = faces.pool[0].shape, faces.pool_sizes[0]
    np.testing.assert_array_equal(exact.label(0), truth)
    shown = truth.copy()
    shown[:3, 0] += 0.051 * size
    shown[3:9, 1] += 0.049 * size
    assert exact.corrections(0, shown) == 3
    assert exact.corrections(0, np.full_like(truth, np.nan)) == exact.corrections(0, None) < 68
    assert exact.seconds([3, 0]) == 2 * 5 + 3 * 2
    noisy = Annotator(faces, Effort(), 0.02, 1)
    np.testing.assert_array_equal(noisy.label(0), Annotator(faces, Effort(), 0.02, 1).label(0))
    assert not np.array_equal(noisy.label(0), Annotator(faces, Effort(), 0.02, 2).label(0))
    off = np.concatenate([(noisy.label(i) - faces.pool[i].shape) / faces.pool_sizes[i] for i in range(15)])
    assert off.std() == pytest.approx(0.02, rel=0.1)
    assert abs(off.mean()) < 0.003
    ranks = np.linspace(0, 1, 10)
    expected = exact.expected_seconds(ranks, ranks, [2 * i for i in range(10)])
    np.testing.assert_allclose(expected, 5 + 2 * np.clip(18 * ranks, 0, 68))
    np.testing.assert_allclose(exact.expected_seconds(ranks, [0.1], [4]), 5 + 2 * 4)


def test_noise_is_in_the_labels_that_are_trained_on(study: Make, learner: Learner) -> None:
    study("random", seeds=1, noise=0.03).run()
    shapes = {face.id: face.to_shape() for face in learner.jobs[1].labels}
    (again,) = ({face.id: face.to_shape() for face in learner.jobs[-1].labels},)
    for face, shape in shapes.items():
        np.testing.assert_array_equal(shape, again[face])
        assert 0 < np.abs(shape - learner._truth(next(f for f in learner.jobs[1].labels if f.id == face))).max() < 5


def test_a_record_that_is_none_counts_as_absent(tmp_path: Path, photos: Path, learner: Learner) -> None:
    faces, asked = read(photos), planned()
    trainings = Trainings(tmp_path, faces, asked, run=learner)
    order = without_labels("scaf-tiny")
    found, said = trainings.train(order, (0, 1))
    assert np.isfinite(said.embeddings[[0, 1]]).all()
    assert np.isnan(said.embeddings[2:]).all()
    (tmp_path / "models" / trainings.key(order) / RECORD).write_text("{}")
    assert trainings.measured(order) is None
    assert trainings.train(order, ())[0].errors == found.errors
