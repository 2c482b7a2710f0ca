"""Where the loop stands: its phase, its counts, and the lines that a person should read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facelabel.campaign import counting, orders, spending, targets
from facelabel.campaign.measuring import Measured
from facelabel.campaign.settings import CampaignSettings, stored
from facelabel.schemes import Scheme
from facelabel.store import settings as settings_store
from facelabel.store import versions
from facelabel.store.tables import BatchItem, Face, Job, Revision, Round

Phase = Literal["empty", "labelling", "ready-to-train", "training", "finished"]


@dataclass(frozen=True)
class CampaignStatus:
    """Where the loop stands.

    ``empty``: no batch is drawn, ``draw`` gives one. ``labelling``: faces of the batch are open. ``ready-to-train``:
    all are answered (labelled, rejected or skipped). ``training``: the round's job runs. ``finished``: the budget is
    spent or no face is left. ``labels`` counts all labelled faces, ``trained_on`` those the newest version saw;
    ``function`` drew the round, or is to draw the first; ``budget`` is in faces, at the present pace where hours limit
    it; ``holdout_faces`` are labelled and only measure; ``seconds_per_face`` is a mean over labels that were timed.
    ``notice`` is what the lead should read, ``stop`` why stopping is suggested, None while it is not.
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
    stop: str | None = None


@dataclass(frozen=True)
class QueueItem:
    """A face to label now. ``ahead``: handed out while the model trains; ``round`` is the round's number; ``blind``: an
    audit face, to be labelled without any prediction in sight; ``doubts``: indices of landmarks, the worst first;
    ``asked``: indices of those that are asked for, None for all; ``second``: id of the second label that it is asked
    for, which never replaces the face's own; ``note``: what a reviewer who sent it back wants put right."""

    face_id: int
    image_id: int
    rank: int
    score: float | None
    why: str
    ahead: bool
    state: str
    round: int
    blind: bool = False
    doubts: tuple[int, ...] = ()
    asked: tuple[int, ...] | None = None
    second: int | None = None
    note: str = ""


def current_settings(s: Session) -> CampaignSettings:
    return stored(settings_store.latest(s) or {})[0]


def status(s: Session, scheme: Scheme, measured: list[Measured], stop: str | None) -> CampaignStatus:
    """``measured`` and ``stop`` cost more than all the rest; the caller keeps them."""
    settings, odd = stored(settings_store.latest(s) or {})
    current = counting.newest_round(s)
    done, size = (0, 0) if current is None else counting.batch(s, current.id)
    latest = versions.latest(s)
    if latest is not None and latest.metrics.get(orders.FEATURES):
        latest = None
    left = spending.left(s, settings)
    by_faces = settings.budget if settings.hours is None else None
    stands = phase(s, current, left)
    labels = counting.in_state(s, "labelled")
    lines = [*_trouble(s, stands, current), *odd, *([] if labels else targets.warnings(settings, scheme))]
    return CampaignStatus(
        round=0 if current is None else current.number,
        phase=stands,
        batch_done=done,
        batch_size=size,
        labels=labels,
        budget=counting.spent(s) + left if by_faces is None else by_faces,
        budget_left=left,
        open_faces=counting.in_state(s, "open"),
        function=settings.function if current is None else current.function,
        version=None if latest is None else latest.number,
        trained_on=0 if latest is None else latest.labels,
        seconds_per_face=s.scalar(select(func.avg(Revision.seconds)).where(Revision.origin != "import")),
        holdout_faces=counting.holdout(s),
        measured=measured,
        notice="\n".join(f"{line[:1].upper()}{line[1:]}" for line in lines) or None,
        stop=stop,
    )


def phase(s: Session, current: Round | None, left: int) -> Phase:
    """``current`` is the newest round, ``left`` what is left of the budget."""
    if current is not None and current.state == "training":
        return "training"
    if current is not None and current.state == "labelling":
        return "ready-to-train" if counting.is_complete(s, current.id) else "labelling"
    if s.scalar(select(Job.id).where(Job.state == "running", Job.kind == "round")) is not None:
        return "training"
    if current is None:
        return "empty"
    waiting = counting.in_state(s, "open") + counting.in_state(s, "skipped")
    return "empty" if waiting and left else "finished"


def _trouble(s: Session, stands: Phase, current: Round | None) -> list[str]:
    """The last training's failure, until one succeeds; that there is too little to train on; what was chosen
    otherwise than asked for."""
    said = []
    last = s.scalar(select(Job).where(Job.kind.in_(["round", "train"])).order_by(Job.id.desc()).limit(1))
    if last is not None and last.state in ("failed", "interrupted"):
        said.append(f"The last training {'failed' if last.state == 'failed' else 'was interrupted'}: {last.message}")
    if stands == "ready-to-train" and (n := counting.trainable(s)) < orders.FEWEST_LABELS:
        said.append(
            f"{n} labelled face{' is' if n == 1 else 's are'} too few to train on: the next batch can be drawn."
        )
    if current is not None and current.state != "done" and current.notice is not None:
        said.append(current.notice)
    return said


def queue(s: Session, round_id: int, limit: int) -> list[QueueItem]:
    """The open faces of a round that is not done, those handed out ahead last."""
    rows = s.execute(
        select(BatchItem, Face, Round.number)
        .join(Face, Face.id == BatchItem.face_id)
        .join(Round, Round.id == BatchItem.round_id)
        .where(BatchItem.round_id == round_id, Round.state != "done", Face.state == "open")
        .order_by(BatchItem.ahead, BatchItem.rank)
        .limit(limit)
    ).all()
    return [
        QueueItem(
            face_id=face.id,
            image_id=face.image_id,
            rank=item.rank,
            score=item.score,
            why=item.why,
            ahead=item.ahead,
            state=face.state,
            round=number,
            blind=face.holdout,
            doubts=tuple(item.doubts or ()),
            asked=None if item.asked is None else tuple(item.asked),
        )
        for item, face, number in rows
    ]
