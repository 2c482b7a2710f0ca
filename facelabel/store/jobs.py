"""Runs of the worker process. Their files lie in ``project.jobs_folder / f"{id:04d}"``."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from facelabel.store.tables import Job, now


def start(s: Session, kind: str, round_id: int | None = None) -> Job:
    job = Job(kind=kind, round_id=round_id, state="running")
    s.add(job)
    s.flush()
    return job


def finish(s: Session, job_id: int, state: str, message: str | None = None) -> None:
    """``state``: done, failed, cancelled or interrupted."""
    s.execute(update(Job).where(Job.id == job_id).values(state=state, message=message, finished_at=now()))


def running(s: Session) -> list[Job]:
    """Jobs that nobody has finished, oldest first: after a crash, also those that died with the window."""
    return list(s.scalars(select(Job).where(Job.state == "running").order_by(Job.id)))


def recent(s: Session, n: int) -> list[Job]:
    """The last ``n``, newest first."""
    return list(s.scalars(select(Job).order_by(Job.id.desc()).limit(n)))
