"""What labelling costs: for every decision about a face, time and edits by landmark group. Never leaves the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from facelabel.store.tables import WorkRow, now

WHOLE = ""
"""The group of what belongs to none: looking, the box, moves of the whole face, attributes."""


@dataclass(frozen=True)
class GroupWork:
    """What one landmark group of one face took.

    ``seconds`` of active time; edits made by ``clicks``, ``drags`` and ``keys``; ``corrections``: those edits, a run of
    key edits of one landmark taken as one; ``moved`` image pixels by hand, ``moved_share`` the same as a fraction of
    the scheme's normalising distance (None where the face has none).
    """

    group: str
    seconds: float = 0.0
    clicks: int = 0
    drags: int = 0
    keys: int = 0
    corrections: int = 0
    moved: float = 0.0
    moved_share: float | None = None


@dataclass(frozen=True)
class Decision:
    """One answer of one person about one face: 'labelled' (as revision ``revision_id``), 'rejected' or 'skipped'."""

    face_id: int
    revision_id: int | None
    author: str
    at: datetime
    outcome: str
    groups: tuple[GroupWork, ...]

    @property
    def seconds(self) -> float:
        return sum(group.seconds for group in self.groups)

    @property
    def corrections(self) -> int:
        return sum(group.corrections for group in self.groups)


def add(
    s: Session, face_id: int, groups: Iterable[GroupWork], *, author: str, outcome: str, revision_id: int | None = None
) -> None:
    """Keep what one decision cost; ``outcome``: labelled, rejected or skipped."""
    common = {"face_id": face_id, "revision_id": revision_id, "author": author, "outcome": outcome, "at": now()}
    if rows := [common | vars(group) for group in groups]:
        s.connection().execute(insert(WorkRow), rows)


def decisions(s: Session, *, since: datetime | None = None, author: str | None = None) -> list[Decision]:
    """Oldest first, those of ``author`` alone where one is given."""
    # Row ids only grow, so that those of a decision, written in one insert, follow one another.
    found: list[tuple[Decision, list[GroupWork]]] = []
    names = tuple(GroupWork.__dataclass_fields__)
    columns = ("face_id", "revision_id", "author", "at", "outcome", *names)
    wanted = select(*(getattr(WorkRow, name) for name in columns)).where(*_wanted(since, author))
    for row in s.execute(wanted.order_by(WorkRow.id)):
        last = found[-1][0] if found else None
        decision = Decision(row.face_id, row.revision_id, row.author, row.at, row.outcome, ())
        if last != decision:
            found.append((decision, []))
        found[-1][1].append(GroupWork(*row[-len(names) :]))
    return [Decision(**(vars(decision) | {"groups": tuple(groups)})) for decision, groups in found]


def forget(s: Session, author: str | None = None) -> int:
    """Delete all that is kept here (of ``author`` alone where one is given); how many decisions that was."""
    wanted = _wanted(None, author)
    keys = select(WorkRow.face_id, WorkRow.at).where(*wanted).distinct().subquery()
    count = s.scalar(select(func.count()).select_from(keys)) or 0
    s.execute(delete(WorkRow).where(*wanted))
    return count


def _wanted(since: datetime | None, author: str | None) -> list[ColumnElement[bool]]:
    wanted = []
    if since is not None:
        wanted.append(WorkRow.at >= since)
    if author is not None:
        wanted.append(WorkRow.author == author)
    return wanted
