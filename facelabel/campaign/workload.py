"""What labelling took so far: of a sitting, of today, of this week, by annotator and by landmark group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy.orm import Session

from facelabel.store import work
from facelabel.store.tables import now as right_now
from facelabel.store.work import Decision

FEWEST_FOR_TREND = 9
"""Labelled faces from which on three thirds of them are worth comparing."""


@dataclass(frozen=True)
class GroupLoad:
    """One landmark group ('' is what belongs to none). ``seconds`` and ``corrections`` in all; ``share`` of all active
    seconds; ``moved_share``: mean distance that a labelled face's group was moved by hand, as a fraction of the
    normalising distance (None where no face has one)."""

    group: str
    seconds: float
    corrections: int
    share: float
    moved_share: float | None


@dataclass(frozen=True)
class Load:
    """What some decisions took. ``faces`` labelled, ``rejected``, ``skipped``; active ``seconds`` of all of them.

    ``seconds_a_face`` and ``corrections_a_face``: means over labelled faces, None without any. ``trend``: the median
    seconds of the last third of the faces over those of the first third, less one (-0.2: a fifth faster); None for
    fewer than nine. ``groups``: those that cost most first.
    """

    faces: int
    rejected: int
    skipped: int
    seconds: float
    clicks: int
    drags: int
    keys: int
    corrections: int
    seconds_a_face: float | None
    corrections_a_face: float | None
    trend: float | None
    groups: tuple[GroupLoad, ...]


@dataclass(frozen=True)
class AnnotatorLoad:
    """``week`` begins on Monday, ``today`` at midnight of this machine's clock."""

    author: str
    today: Load
    week: Load
    ever: Load


@dataclass(frozen=True)
class Workload:
    """``sitting``: what was asked for with ``since`` and ``author``; ``annotators`` by name; ``everybody`` together."""

    sitting: Load
    annotators: tuple[AnnotatorLoad, ...]
    everybody: Load


def workload(
    s: Session, *, since: datetime | None = None, author: str | None = None, now: datetime | None = None
) -> Workload:
    """Of all decisions that were measured. ``since`` and ``author`` narrow the sitting alone; ``now`` is aware."""
    every = work.decisions(s)
    moment = (right_now() if now is None else now).astimezone()
    today = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    week = today - timedelta(days=today.weekday())
    people = sorted({decision.author for decision in every})

    def of(name: str | None, start: datetime | None) -> Load:
        wanted = (d for d in every if name in (None, d.author) and (start is None or d.at >= start))
        return load(wanted)

    each = tuple(AnnotatorLoad(name, of(name, today), of(name, week), of(name, None)) for name in people)
    return Workload(of(author, since), each, load(every))


def load(decisions: Iterable[Decision]) -> Load:
    """The sum of some decisions, oldest first. A face that was labelled again counts once, with all that it took."""
    every = list(decisions)
    labelled: dict[int, float] = {d.face_id: 0.0 for d in every if d.outcome == "labelled"}
    corrected = dict.fromkeys(labelled, 0)
    for decision in every:
        if decision.face_id in labelled:
            labelled[decision.face_id] += decision.seconds
            corrected[decision.face_id] += decision.corrections
    groups = [group for decision in every for group in decision.groups]
    faces = len(labelled)
    return Load(
        faces=faces,
        rejected=sum(d.outcome == "rejected" for d in every),
        skipped=sum(d.outcome == "skipped" for d in every),
        seconds=sum(d.seconds for d in every),
        clicks=sum(group.clicks for group in groups),
        drags=sum(group.drags for group in groups),
        keys=sum(group.keys for group in groups),
        corrections=sum(group.corrections for group in groups),
        seconds_a_face=sum(labelled.values()) / faces if faces else None,
        corrections_a_face=sum(corrected.values()) / faces if faces else None,
        trend=_trend(list(labelled.values())),
        groups=_groups(every),
    )


def _trend(seconds: Sequence[float]) -> float | None:
    third = len(seconds) // 3
    if len(seconds) < FEWEST_FOR_TREND or not (first := median(seconds[:third])):
        return None
    return median(seconds[-third:]) / first - 1


def _groups(decisions: Sequence[Decision]) -> tuple[GroupLoad, ...]:
    faces = {d.face_id for d in decisions if d.outcome == "labelled"}
    seconds: dict[str, float] = {}
    corrections: dict[str, int] = {}
    moved: dict[str, list[float]] = {}
    for decision in decisions:
        for group in decision.groups:
            seconds[group.group] = seconds.get(group.group, 0.0) + group.seconds
            corrections[group.group] = corrections.get(group.group, 0) + group.corrections
            if decision.face_id in faces and group.moved_share is not None:
                moved.setdefault(group.group, []).append(group.moved_share)
    whole = sum(seconds.values())
    found = [
        GroupLoad(
            name,
            took,
            corrections[name],
            took / whole if whole else 0.0,
            sum(moved[name]) / len(faces) if name in moved else None,
        )
        for name, took in seconds.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.seconds, one.group)))
