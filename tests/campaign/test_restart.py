"""Kills: whatever point the program died at, the next start finds a project that goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facelabel.campaign import batches, counting, ingest, measuring, orders
from facelabel.store import jobs, predictions, rounds, versions
from tests.campaign.bench import Bench, fake_result


class Killed(BaseException):
    """Stands for SIGKILL: nothing in facelabel may catch it."""


def dying(original: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def die(*args: Any, **kwargs: Any) -> Any:
        if after:
            original(*args, **kwargs)
        raise Killed

    return die


POINTS = [
    (versions, "add"),
    (ingest, "_link_or_copy"),
    (shutil, "copytree"),
    (os, "replace"),
    (ingest, "_sync"),
    (predictions, "save"),
    (predictions, "save_embeddings"),
    (predictions, "save_scores"),
    (measuring, "of_version"),
    (rounds, "set_state"),
    (batches, "draw"),
    (jobs, "finish"),
    (ingest, "sweep"),
]


@pytest.mark.parametrize(
    ("where", "what", "after"),
    [(versions, "add", False), *((where, what, True) for where, what in POINTS)],
    ids=["start", *(what for _, what in POINTS)],
)
def test_ingest_is_right_after_a_kill_anywhere(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, where: Any, what: str, after: bool
) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    job_id, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    with monkeypatch.context() as patch:
        patch.setattr(where, what, dying(getattr(where, what), after=after))
        with pytest.raises(Killed):
            bench.campaign.ingest(job_id)

    again = bench.reopened()
    again.campaign.recover()
    status = again.campaign.status()
    assert (status.version, status.round, status.phase) == (1, 2, "labelling")
    assert len(again.batch()) == 10
    assert status.measured[0].faces == 3
    assert sorted(path.name for path in again.project.models_folder.iterdir()) == ["v0001"]
    assert sorted(path.name for path in (again.project.models_folder / "v0001").iterdir()) == [
        "model.json",
        "weights.safetensors",
    ]
    assert not (folder / "model").exists()
    with again.project.reading() as s:
        assert jobs.running(s) == []
        assert len(predictions.scores(s, 1, "nnm")) == 40
    again.label_batch()
    assert again.work().version == 2


def test_a_finished_job_is_taken_in_at_the_next_start(bench: Bench) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    _, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    again = bench.reopened()
    assert again.campaign.status().phase == "training"
    assert again.campaign.recover() == [
        "the round job 1 had finished when facelabel ended; its result was taken in: model version 1"
    ]
    assert again.campaign.recover() == []
    assert again.campaign.status().round == 2


@pytest.mark.parametrize("left", ["nothing", "half", "broken"])
def test_a_dead_job_is_marked_and_its_round_waits_again(bench: Bench, left: str) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    labelled = bench.label_batch()
    ahead = bench.ahead()
    _, folder, spec = bench.campaign.prepare("round")
    if left != "nothing":
        fake_result(folder, spec)
        (folder / "result.json").unlink()
    if left == "broken":
        (folder / "result.json").write_text('{"kind": "ro')
    again = bench.reopened()
    (said,) = again.campaign.recover()
    assert "interrupted" in said
    status = again.campaign.status()
    assert status.phase == "ready-to-train"
    assert status.notice is not None
    assert again.ahead() == ahead
    assert again.states(labelled) == ["labelled"] * 10
    assert again.work().version == 1


@pytest.mark.parametrize("what", ["pick", "_places"])
def test_a_kill_while_drawing_draws_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    bench.add_faces(40)
    with monkeypatch.context() as patch:
        patch.setattr(batches, what, dying(getattr(batches, what), after=True))
        with pytest.raises(Killed):
            bench.campaign.draw()
    again = bench.reopened()
    assert again.campaign.status().phase == "empty"
    assert again.campaign.status().holdout_faces == 0
    with again.project.reading() as s:
        assert counting.newest_round(s) is None
    again.campaign.draw()
    assert len(again.batch()) == 10


def test_a_kill_while_preparing_leaves_the_batch_waiting(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    with monkeypatch.context() as patch:
        patch.setattr(orders, "order", dying(orders.order, after=True))
        with pytest.raises(Killed):
            bench.campaign.prepare("round")
    again = bench.reopened()
    assert again.campaign.recover() == []
    assert again.campaign.status().phase == "ready-to-train"


def test_weights_are_copied_where_links_are_not_possible(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    bench.work()
    assert (bench.project.models_folder / "v0001" / "weights.safetensors").read_bytes() == b"weights" * 100


def test_a_moved_project_goes_on(bench: Bench, tmp_path: Path) -> None:
    bench.add_faces(40)
    bench.campaign.draw()
    bench.label_batch()
    _, folder, spec = bench.campaign.prepare("round")
    fake_result(folder, spec)
    bench.project.close()
    bench.project.folder.rename(tmp_path / "moved")
    from facelabel.campaign.loop import Campaign
    from facelabel.store.project import Project

    bench.project = Project.open(tmp_path / "moved")
    bench.campaign = Campaign(bench.project)
    bench.campaign.recover()
    assert (tmp_path / "moved" / "models" / "v0001").is_dir()
    bench.label_batch()
    _, _, spec = bench.campaign.prepare("round")
    assert spec.train is not None
    assert spec.train.start_from == str(tmp_path / "moved" / "models" / "v0001")
