"""The loop of a project: draw a batch, label it, train, score, draw again.

Everything that a restart has to know stands in the store; this object holds only the project and a cache. It starts no
process: ``prepare`` writes the order, a ``Supervisor`` runs it, ``ingest`` or ``abandon`` closes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel import pretrained
from facelabel.campaign import batches, counting, measuring, orders
from facelabel.campaign import ingest as intake
from facelabel.campaign.ingest import Ingested, JobFiles
from facelabel.campaign.measuring import Measured
from facelabel.campaign.orders import JobKind
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import JobSpec
from facelabel.pretrained import SHIPPED
from facelabel.store import jobs as jobs_store
from facelabel.store import rounds, versions
from facelabel.store import settings as settings_store
from facelabel.store.project import Project
from facelabel.store.tables import BatchItem, Face, Job, ModelVersion, Revision, Round

__all__ = ["Campaign", "CampaignStatus", "Ingested", "Measured", "Phase", "QueueItem"]

Phase = Literal["empty", "labelling", "ready-to-train", "training", "finished"]


@dataclass(frozen=True)
class CampaignStatus:
    """Where the loop stands.

    ``empty``: no batch is drawn, ``draw`` gives one. ``labelling``: faces of the batch are open. ``ready-to-train``:
    all are answered (labelled, rejected or skipped). ``training``: the round's job runs. ``finished``: the budget is
    spent or no face is left. ``labels`` counts all labelled faces, ``trained_on`` those the newest version saw;
    ``holdout_faces`` are labelled and only measure; ``seconds_per_face`` is a mean over labels that were timed.
    """

    round: int
    phase: Phase
    batch_done: int
    batch_size: int
    labels: int
    budget: int
    budget_left: int
    open_faces: int
    function: str
    version: int | None
    trained_on: int
    seconds_per_face: float | None
    holdout_faces: int
    measured: list[Measured] = field(default_factory=list)
    notice: str | None = None


@dataclass(frozen=True)
class QueueItem:
    """A face to label now. ``ahead``: handed out while the model trains; ``round`` is the round's number."""

    face_id: int
    image_id: int
    rank: int
    score: float | None
    why: str
    ahead: bool
    state: str
    round: int


class Campaign:
    """Thread-safe: every call is one transaction of its own."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._measured: tuple[object, list[Measured]] | None = None

    @property
    def settings(self) -> CampaignSettings:
        with self.project.reading() as s:
            return _settings(s)

    def change(self, settings: CampaignSettings, author: str) -> None:
        """Counts from the next batch on; the budget counts at once.

        Raises FacelabelError when newly chosen pretrained weights cannot be read.
        """
        with self.project.writing() as s:
            if settings.pretrained not in (SHIPPED, _settings(s).pretrained):
                folder = Path(orders.chosen_weights(self.project, settings))
                pretrained.read(folder)
                if folder.is_relative_to(self.project.folder):  # Then a moved project finds them again.
                    inside = folder.relative_to(self.project.folder).as_posix()
                    settings = settings.model_copy(update={"pretrained": inside})
            settings_store.append(s, settings.model_dump(), author)

    def status(self) -> CampaignStatus:
        with self.project.reading() as s:
            settings = _settings(s)
            current = counting.newest_round(s)
            done, size = (0, 0) if current is None else counting.batch(s, current.id)
            latest = versions.latest(s)
            phase = _phase(s, settings, current)
            return CampaignStatus(
                round=0 if current is None else current.number,
                phase=phase,
                batch_done=done,
                batch_size=size,
                labels=counting.in_state(s, "labelled"),
                budget=settings.budget,
                budget_left=counting.budget_left(s, settings),
                open_faces=counting.in_state(s, "open"),
                function=settings.function,
                version=None if latest is None else latest.number,
                trained_on=0 if latest is None else latest.labels,
                seconds_per_face=s.scalar(select(func.avg(Revision.seconds)).where(Revision.origin != "import")),
                holdout_faces=counting.holdout(s),
                measured=self._measure(s),
                notice=_notice(s, phase),
            )

    def begins_knowing(self) -> bool:
        """Whether a ``score`` job before any label would predict landmarks, by pretrained weights that know the
        scheme; reads files."""
        return orders.begins_knowing(self.project, self.settings)

    def draw(self) -> Round:
        """The next batch; while one is open, that one.

        Raises FacelabelError when the batch waits for its training, the budget is spent or no face is left.
        """
        with self.project.writing() as s:
            settings = _settings(s)
            current = rounds.current(s)
            if current is not None:
                if current.state == "training" or not counting.is_complete(s, current.id):
                    return current
                if counting.taught(s, current.id) and counting.trainable(s) >= orders.FEWEST_LABELS:
                    raise FacelabelError(
                        f"the batch of round {current.number} is labelled and waits for its training",
                        cure="train first",
                    )
                rounds.set_state(s, current.id, "done")  # Nothing in it to learn from.
            return batches.draw(s, settings)

    def queue(self, limit: int = 200) -> list[QueueItem]:
        """The open faces of the batch in order; once it is complete, the faces next in its ranking, marked ``ahead``.

        Ahead faces are stored when first handed out, so that a restart shows the same ones.
        """
        with self.project.reading() as s:
            current = rounds.current(s)
            if current is None:
                return []
            complete = counting.is_complete(s, current.id)
            round_id = current.id
        if complete and not self.project.read_only:
            with self.project.writing() as s:
                current = s.get_one(Round, round_id)
                if current.state != "done":
                    batches.hand_out_ahead(s, _settings(s), current)
        with self.project.reading() as s:
            rows = s.execute(
                select(BatchItem, Face, Round.number)
                .join(Face, Face.id == BatchItem.face_id)
                .join(Round, Round.id == BatchItem.round_id)
                .where(BatchItem.round_id == round_id, Round.state != "done", Face.state == "open")
                .order_by(BatchItem.ahead, BatchItem.rank)
                .limit(limit)
            ).all()
            return [
                QueueItem(face.id, face.image_id, item.rank, item.score, item.why, item.ahead, face.state, number)
                for item, face, number in rows
            ]

    def prepare(self, kind: JobKind) -> tuple[int, Path, JobSpec]:
        """Note a job as running and say what it has to do: job id, its folder, the spec for a Supervisor.

        ``round`` needs a batch without open faces (or none at all); ``train`` closes such a batch too, but does not
        score, and ``finish`` does as ``train`` with the preset's long schedule, from its pretrained weights. Raises
        FacelabelError where there is nothing to do, or another job runs.
        """
        # The spec of a large pool takes seconds to collect: read beside the writers, labels go on being saved.
        with self.project.reading() as s:
            _to_close(s, kind)
            spec = orders.order(s, self.project, _settings(s), kind)
        with self.project.writing() as s:
            closes = _to_close(s, kind)
            job = jobs_store.start(s, spec.kind, None if closes is None else closes.id)
            if closes is not None:
                rounds.set_state(s, closes.id, "training")
            return job.id, self._folder(job.id), spec

    def ingest(self, job_id: int) -> Ingested:
        """Take a done job's files into the project in one transaction; a round's job also draws the next batch.

        Ending at any point, by a kill or an error, leaves a project in which it can be called again. Raises
        FacelabelError for a job that is not running or has no complete result.
        """
        folder = self._folder(job_id)
        files = JobFiles.read(folder)
        with self.project.writing() as s:
            job = _running(s, job_id)
            taken = intake.ingest(s, self.project, _settings(s), job, files)
            jobs_store.finish(s, job_id, "done", None)
        intake.sweep(folder)
        return taken

    def abandon(self, job_id: int, state: Literal["failed", "cancelled"], message: str | None) -> None:
        """Close a job without its result: its round waits for training again."""
        with self.project.writing() as s:
            _close(s, _running(s, job_id), state, message)

    def recover(self) -> list[str]:
        """At open: take in what finished while nobody looked, mark what died. One line each for the user."""
        with self.project.reading() as s:
            left = [(job.id, job.kind) for job in jobs_store.running(s)]
            closed = s.scalars(select(Job.id).where(Job.state != "running")).all()
        if self.project.read_only:
            return []
        for job_id in closed:
            intake.sweep(self._folder(job_id))
        said = []
        for job_id, kind in left:
            said.append(self._recover(job_id, kind))
        return said

    def _recover(self, job_id: int, kind: str) -> str:
        reason = "facelabel ended while it ran"
        if intake.is_complete(self._folder(job_id)):
            try:
                taken = self.ingest(job_id)
            except FacelabelError as error:
                reason = str(error)
            else:
                what = f"{taken.faces} faces" if taken.version is None else f"model version {taken.version}"
                return f"the {kind} job {job_id} had finished when facelabel ended; its result was taken in: {what}"
        with self.project.writing() as s:
            _close(s, _running(s, job_id), "interrupted", reason)
        return f"the {kind} job {job_id} was interrupted: {reason}"

    def _folder(self, job_id: int) -> Path:
        return self.project.jobs_folder / f"{job_id:04d}"

    def _measure(self, s: Session) -> list[Measured]:
        """Cached until a hold-out label, a version or a job's end changes it: the window asks after every label."""
        key = (
            s.scalar(select(func.max(Revision.id)).join(Face, Face.id == Revision.face_id).where(Face.holdout)),
            s.scalar(select(func.max(ModelVersion.id))),
            s.scalar(select(func.max(Job.finished_at))),
            counting.holdout(s),
        )
        if self._measured is None or self._measured[0] != key:
            self._measured = key, measuring.measure(s, self.project.scheme, versions.all(s))
        return self._measured[1]


def _settings(s: Session) -> CampaignSettings:
    return CampaignSettings.model_validate(settings_store.latest(s) or {})


def _phase(s: Session, settings: CampaignSettings, current: Round | None) -> Phase:
    if current is not None and current.state == "training":
        return "training"
    if current is not None and current.state == "labelling":
        return "ready-to-train" if counting.is_complete(s, current.id) else "labelling"
    if s.scalar(select(Job.id).where(Job.state == "running", Job.kind == "round")) is not None:
        return "training"
    if current is None:
        return "empty"
    left = counting.in_state(s, "open") + counting.in_state(s, "skipped")
    return "empty" if left and counting.budget_left(s, settings) else "finished"


def _notice(s: Session, phase: Phase) -> str | None:
    """The last training's failure, until one succeeds; or that there is too little to train on."""
    last = s.scalar(select(Job).where(Job.kind.in_(["round", "train"])).order_by(Job.id.desc()).limit(1))
    if last is not None and last.state in ("failed", "interrupted"):
        return f"The last training {'failed' if last.state == 'failed' else 'was interrupted'}: {last.message}"
    if phase == "ready-to-train" and (n := counting.trainable(s)) < orders.FEWEST_LABELS:
        return f"{n} labelled faces are too few to train on: the next batch can be drawn."
    return None


def _to_close(s: Session, kind: str) -> Round | None:
    """The round that a job of this kind will close. Raises FacelabelError when the job cannot start now."""
    if running := jobs_store.running(s):
        raise FacelabelError(
            f"job {running[0].id} ({running[0].kind}) is running", cure="wait for its end, or cancel it"
        )
    current = rounds.current(s)
    if current is None or kind not in ("round", "train", "finish"):
        return None
    done, size = counting.batch(s, current.id)
    if done < size and kind == "round":
        raise FacelabelError(
            f"{size - done} of {size} faces of the batch are open", cure="label, skip or reject them first"
        )
    return current if done == size else None


def _running(s: Session, job_id: int) -> Job:
    job = s.get(Job, job_id)
    if job is None or job.state != "running":
        state = "unknown" if job is None else f"already {job.state}"
        raise FacelabelError(f"job {job_id} is {state}", cure="start a new one")
    return job


def _close(s: Session, job: Job, state: Literal["failed", "cancelled", "interrupted"], message: str | None) -> None:
    if job.round_id is not None:
        rounds.set_state(s, job.round_id, "labelling")
    jobs_store.finish(s, job.id, state, message)
