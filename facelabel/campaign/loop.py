"""The loop of a project: draw a batch, label it, train, score, draw again.

Everything that a restart has to know stands in the store; this object holds only the project and a cache. It starts no
process: ``prepare`` writes the order, a ``Supervisor`` runs it, ``ingest`` or ``abandon`` closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel import pretrained
from facelabel.campaign import (
    batches,
    counting,
    measuring,
    orders,
    outlook,
    partial,
    spending,
    standing,
    targets,
    waiting,
)
from facelabel.campaign import ingest as intake
from facelabel.campaign.ingest import Ingested, JobFiles
from facelabel.campaign.measuring import Measured
from facelabel.campaign.orders import JobKind
from facelabel.campaign.outlook import Outlook, SettingsChange
from facelabel.campaign.picking import Pick
from facelabel.campaign.settings import CampaignSettings
from facelabel.campaign.standing import CampaignStatus, Phase, QueueItem
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import JobSpec
from facelabel.pretrained import SHIPPED
from facelabel.store import jobs as jobs_store
from facelabel.store import rounds, versions
from facelabel.store import settings as settings_store
from facelabel.store.project import Project
from facelabel.store.tables import CampaignSettingsRow, Face, Job, ModelVersion, Revision, Round

__all__ = [
    "Campaign",
    "CampaignStatus",
    "Ingested",
    "Measured",
    "Outlook",
    "Phase",
    "Pick",
    "Preview",
    "QueueItem",
    "SettingsChange",
]


@dataclass(frozen=True)
class Preview:
    """What settings would choose next: by the strategy ``function`` the ``picks``, after ``discarded`` face ids were
    set aside as likely outliers; ``notice`` says what would be chosen otherwise than asked for, or why nothing is.
    ``audit`` faces, drawn at random, come on top."""

    function: str
    picks: list[Pick]
    discarded: list[int]
    notice: str | None
    audit: int = 0


class Campaign:
    """Thread-safe: every call is one transaction of its own."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._measured: tuple[object, list[Measured]] | None = None
        self._stop: tuple[object, str | None] | None = None

    @property
    def settings(self) -> CampaignSettings:
        with self.project.reading() as s:
            return standing.current_settings(s)

    def change(self, settings: CampaignSettings, author: str) -> None:
        """Counts from the next batch on; the budget, and whether stopping is suggested, count at once.

        Raises FacelabelError when newly chosen pretrained weights cannot be read, and when the project's labels cannot
        be exported in the format that the settings name.
        """
        targets.check(settings, self.project.scheme)
        with self.project.writing() as s:
            if settings.pretrained not in (SHIPPED, standing.current_settings(s).pretrained):
                folder = Path(orders.chosen_weights(self.project, settings))
                pretrained.read(folder)
                if folder.is_relative_to(self.project.folder):  # Then a moved project finds them again.
                    inside = folder.relative_to(self.project.folder).as_posix()
                    settings = settings.model_copy(update={"pretrained": inside})
            settings_store.append(s, settings.model_dump(), author)

    def status(self) -> CampaignStatus:
        with self.project.reading() as s:
            return standing.status(s, self.project.scheme, self._measure(s), self._why_stop(s))

    def outlook(self, ahead: int = 100) -> Outlook:
        """What ``ahead`` more labels would bring and cost, whether to stop, what is left of the budget."""
        with self.project.reading() as s:
            return outlook.outlook(s, self.project.scheme, standing.current_settings(s), ahead)

    def preview(self, settings: CampaignSettings) -> Preview:
        """What these settings would choose if the next batch were drawn now; nothing is stored."""
        with self.project.reading() as s:
            chosen, measuring = batches.preview(s, settings)
            notice = chosen.notice
            if not chosen.picks:
                left = spending.left(s, settings)
                notice = "no face is left to choose from" if left else "the budget is spent"
            return Preview(chosen.function, chosen.picks, chosen.discarded, notice, measuring)

    def history(self) -> list[SettingsChange]:
        """Who changed which settings, oldest first."""
        with self.project.reading() as s:
            return outlook.history(s)

    def begins_knowing(self) -> bool:
        """Whether a ``score`` job before any label would predict landmarks, by pretrained weights that know the
        scheme; reads files."""
        return orders.begins_knowing(self.project, self.settings)

    def can_look_first(self) -> bool:
        """Whether a ``score`` job can come before any model: it gives the features by which the first batch is chosen,
        and predictions where ``begins_knowing``; reads files."""
        with self.project.reading() as s:
            fresh = versions.latest(s) is None and counting.in_state(s, "open") > 0
            settings = standing.current_settings(s)
        return fresh and orders.first_scheme(self.project, settings) is not None

    def draw(self) -> Round:
        """The next batch; while one is open, that one.

        Raises FacelabelError when the batch waits for its training, the budget is spent or no face is left.
        """
        with self.project.writing() as s:
            settings = standing.current_settings(s)
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
            drawn = batches.draw(s, settings)
            partial.decide(s, self.project)
            return drawn

    def queue(self, limit: int = 200, author: str | None = None) -> list[QueueItem]:
        """The open faces of the batch in order; once it is complete, the faces next in its ranking, marked ``ahead``.

        For an ``author`` also what waits for them beside the batch: faces that were sent back, before all others, and
        faces to label once more. Ahead faces are stored when first handed out, so that a restart shows the same ones.
        """
        batch = self._batch(limit)
        if author is None:
            return batch
        with self.project.reading() as s:
            return waiting.queue(s, author, batch, limit)

    def _batch(self, limit: int) -> list[QueueItem]:
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
                    batches.hand_out_ahead(s, standing.current_settings(s), current)
                    partial.decide(s, self.project)
        with self.project.reading() as s:
            return standing.queue(s, round_id, limit)

    def prepare(self, kind: JobKind) -> tuple[int, Path, JobSpec]:
        """Note a job as running and say what it has to do: job id, its folder, the spec for a Supervisor.

        ``round`` needs a batch without open faces (or none at all); ``train`` closes such a batch too, but does not
        score, and ``finish`` does as ``train`` with the preset's long schedule, from its pretrained weights. Raises
        FacelabelError where there is nothing to do, or another job runs.
        """
        # The spec of a large pool takes seconds to collect: read beside the writers, labels go on being saved.
        with self.project.reading() as s:
            _to_close(s, kind)
            spec = orders.order(s, self.project, standing.current_settings(s), kind)
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
            taken = intake.ingest(s, self.project, standing.current_settings(s), job, files)
            partial.decide(s, self.project)
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
                what = (
                    f"{taken.faces} face{'' if taken.faces == 1 else 's'}"
                    if taken.version is None
                    else f"model version {taken.version}"
                )
                return f"the {kind} job {job_id} had finished when facelabel ended; its result was taken in: {what}"
        with self.project.writing() as s:
            _close(s, _running(s, job_id), "interrupted", reason)
        return f"the {kind} job {job_id} was interrupted: {reason}"

    def _folder(self, job_id: int) -> Path:
        return self.project.jobs_folder / f"{job_id:04d}"

    def _measure(self, s: Session) -> list[Measured]:
        """Cached until an audit label, a version or a job's end changes it: the window asks after every label."""
        key = _measured_by(s)
        if self._measured is None or self._measured[0] != key:
            self._measured = key, measuring.measure(s, self.project.scheme, versions.all(s))
        return self._measured[1]

    def _why_stop(self, s: Session) -> str | None:
        """The suggestion to stop, None while there is none; cached until what it rests on, or a setting, changes."""
        key = (*_measured_by(s), s.scalar(select(func.max(CampaignSettingsRow.id))))
        if self._stop is None or self._stop[0] != key:
            said = outlook.suggestion(s, self.project.scheme, standing.current_settings(s))
            self._stop = key, said.text if said.stop else None
        return self._stop[1]


def _measured_by(s: Session) -> tuple[object, ...]:
    """What a measurement of the versions depends on."""
    return (
        s.scalar(select(func.max(Revision.id)).join(Face, Face.id == Revision.face_id).where(Face.holdout)),
        s.scalar(select(func.max(ModelVersion.id))),
        s.scalar(select(func.max(Job.finished_at))),
        counting.holdout(s),
    )


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
        rest = size - done
        raise FacelabelError(
            f"{rest} of {size} face{'' if size == 1 else 's'} of the batch {'is' if rest == 1 else 'are'} open",
            cure="label, skip or reject them first",
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
