"""The loop with a simulated annotator: what the demo without a display and the end-to-end tests run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from facelabel.campaign import partial
from facelabel.campaign.loop import Campaign
from facelabel.campaign.orders import JobKind
from facelabel.errors import WorkerError
from facelabel.jobs.messages import JobSpec, Message
from facelabel.jobs.supervisor import Outcome, Supervisor
from facelabel.store import faces, labels, predictions, rounds
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project

Truth = Mapping[int, LabelRecord] | Callable[[int], LabelRecord | None]
"""The label of a face id; None where there is no face to label."""

Run = Callable[[Path, JobSpec, Callable[[Message], None]], Outcome]

SECONDS_PER_FACE = 20.0
"""What the simulation says that a label took; of the order that people need with predictions to correct."""


@dataclass(frozen=True)
class OracleRound:
    """A finished round: its number, the model ``version`` that came out and the ``labels`` it was trained on, its
    hold-out ``nme`` in per cent (None without hold-out), and the wall time in ``seconds``, labelling included."""

    round: int
    labels: int
    version: int
    nme: float | None
    seconds: float


def supervise(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
    return Supervisor(folder, spec, on_message).run()


def run_with_oracle(
    project: Project,
    truth: Truth,
    *,
    rounds: int,
    on_round: Callable[[OracleRound], None] = lambda done: None,
    on_message: Callable[[Message], None] = lambda message: None,
    run: Run = supervise,
) -> list[OracleRound]:
    """Draw, label by ``truth``, train, score: ``rounds`` times, or until the budget is spent or no face is left.

    Where there are pretrained weights, they look first, so that the first batch can be chosen; where they know the
    scheme, their own predictions are round 0 with no label. Labels are stored with origin ``simulated``; a face without
    truth is rejected. Raises WorkerError when a job fails; whatever is raised, no job is left running.
    """
    campaign = Campaign(project)
    done: list[OracleRound] = []

    def work(kind: JobKind, number: int, start: float) -> None:
        job_id, folder, spec = campaign.prepare(kind)
        try:
            outcome = run(folder, spec, on_message)
        except BaseException as error:
            campaign.abandon(job_id, "cancelled", str(error) or type(error).__name__)
            raise
        if outcome.state != "done":
            campaign.abandon(job_id, outcome.state, outcome.message)
            raise WorkerError(outcome.message or "the job was stopped", where=folder, cure="see log.txt there")
        campaign.ingest(job_id)
        if kind == "score" and not campaign.begins_knowing():
            return
        measured = campaign.status().measured[-1]
        done.append(OracleRound(number, measured.labels, measured.version, measured.nme, time.monotonic() - start))
        on_round(done[-1])

    if campaign.can_look_first():
        work("score", 0, time.monotonic())
    for _ in range(rounds):
        start = time.monotonic()
        if campaign.status().phase == "finished":
            break
        if campaign.status().phase == "empty":
            campaign.draw()
        label_queue(project, campaign, truth)
        work("round", campaign.status().round, start)
    return done


def label_queue(project: Project, campaign: Campaign, truth: Truth) -> int:
    """Answer every open face of the current batch; the number of labels."""
    look_up = truth if callable(truth) else truth.get
    count = 0
    for item in campaign.queue(limit=1_000_000):
        if item.ahead:
            continue
        record = look_up(item.face_id)
        with project.writing() as s:
            if record is None:
                faces.set_state(s, item.face_id, "rejected", reason="the simulated annotator sees no face")
                continue
            seen = None if item.blind else predictions.get(s, item.face_id)
            if item.asked is not None and seen is not None:
                record = partial.answered(record, seen[1], item.asked)
            current = rounds.current(s)
            labels.add(
                s,
                item.face_id,
                record,
                author="simulated",
                origin="simulated",
                model_version_id=None if seen is None else seen[0],
                round_id=None if current is None else current.id,
                seconds=SECONDS_PER_FACE,
            )
            count += 1
    return count
