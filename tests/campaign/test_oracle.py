from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from facelabel.campaign.oracle import OracleRound, run_with_oracle
from facelabel.errors import WorkerError
from facelabel.jobs.messages import JobSpec, Message
from facelabel.jobs.supervisor import Outcome
from facelabel.store import labels
from facelabel.store.labels import LabelRecord
from tests.campaign.bench import Bench, fake_result, truth_of


def run(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
    fake_result(folder, spec, shift=10.0 / len(spec.labels))
    return Outcome("done")


def test_rounds_until_the_budget_is_spent(bench: Bench) -> None:
    bench.add_faces(60)
    bench.change(budget=25, holdout=0.2, start_from="scratch")
    heard: list[OracleRound] = []
    done = run_with_oracle(bench.project, truth_of, rounds=9, on_round=heard.append, run=run)
    assert done == heard
    assert [(r.round, r.labels, r.version) for r in done] == [(1, 6, 1), (2, 15, 2), (3, 20, 3)]
    curve = [r.nme for r in done]
    assert None not in curve
    assert curve == sorted(curve, reverse=True)
    with bench.project.reading() as s:
        revision, record = next(iter(labels.newest_of(s, None).values()))
    assert (revision.origin, revision.author) == ("simulated", "simulated")
    assert revision.seconds is not None
    assert record.shape.tolist() == truth_of(revision.face_id).shape.tolist()


def test_a_face_without_truth_is_rejected(bench: Bench) -> None:
    bench.add_faces(30)
    bench.change(start_from="scratch")
    bench.campaign.draw()
    strange = bench.batch()[0]
    truth: dict[int, LabelRecord] = {i: truth_of(i) for i in range(1, 31) if i != strange}
    run_with_oracle(bench.project, truth, rounds=1, run=run)
    assert bench.states([strange]) == ["rejected"]


def test_a_failed_job_and_an_interrupt_leave_no_job_running(bench: Bench) -> None:
    bench.add_faces(30)
    bench.change(start_from="scratch")

    def fail(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
        return Outcome("failed", "no memory")

    def interrupt(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(WorkerError, match="no memory"):
        run_with_oracle(bench.project, truth_of, rounds=1, run=fail)
    with pytest.raises(KeyboardInterrupt):
        run_with_oracle(bench.project, truth_of, rounds=1, run=interrupt)
    assert [r.version for r in run_with_oracle(bench.project, truth_of, rounds=1, run=run)] == [1]
