"""The suspicion list of a project: what is found about every label, kept up to date face by face."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from threading import Lock

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.metrics.nme import nme
from facelabel.quality import comparing, judging, reading
from facelabel.quality.findings import Finding
from facelabel.quality.judging import Found, Usual
from facelabel.schemes import Scheme
from facelabel.store import labels as label_rows
from facelabel.store import second_labels
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, SecondLabel

Progress = Callable[[int, int], None]
"""(faces done, faces in all)."""

_AT_ONCE = 1000
_USUAL_FROM = 2000
"""Labels, a random part of larger projects, that tell what is usual."""
_ANEW = 0.2
"""Share of the labels that may change before what is usual is learned again."""
SAME_FACE, SAME_PLACE = 0.65, 0.5
"""Overlap (intersection over union) of boxes in one photo, and in near-identical ones."""
SECOND_APART = 0.025
"""Of the normaliser: how far apart two labels of a face may be."""


class Suspicions:
    """Thread-safe. The first ``refresh`` looks at every label, later ones at those that changed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._usual: Usual | None = None
        self._learned_from = 0
        self._changed_since = 0
        self._known: dict[int, tuple[int, int]] = {}
        self._found: Found = {}

    def refresh(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> dict[int, tuple[Finding, ...]]:
        """The findings of every labelled face by its id, the heaviest first; a face without any has none.

        Stops early, with what is known by then, once ``cancelled`` says so.
        """
        with self._lock:
            self._look(progress or _tell_nobody, cancelled or _never)
            with self._project.reading() as s:
                beside = _beside(s, self._project.scheme, set(self._found))
            every = {face_id: [*own, *beside.get(face_id, [])] for face_id, own in self._found.items()}
            return {face_id: tuple(sorted(own, key=lambda one: -one.weight)) for face_id, own in sorted(every.items())}

    def _look(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        with self._project.reading() as s:
            current = reading.newest_revisions(s)
        self._found = {face_id: own for face_id, own in self._found.items() if face_id in current}
        changed = [face_id for face_id, key in current.items() if self._known.get(face_id) != key]
        self._changed_since += len(changed)
        if self._usual is None or self._changed_since > max(_ANEW * self._learned_from, 5):
            self._learn(sorted(current))
            changed = sorted(current)
        assert self._usual is not None
        for start in range(0, len(changed), _AT_ONCE):
            if cancelled():
                return
            progress(start, len(changed))
            block = changed[start : start + _AT_ONCE]
            self._found |= judging.judge(self._read(block), self._project.scheme, self._usual)
            self._known |= {face_id: current[face_id] for face_id in block}
        progress(len(changed), len(changed))

    def _learn(self, every: list[int]) -> None:
        chosen = every
        if len(every) > _USUAL_FROM:
            rng = np.random.default_rng(0)
            chosen = sorted(int(i) for i in rng.choice(np.array(every), _USUAL_FROM, replace=False))
        self._usual = Usual.of(self._read(chosen), self._project.scheme)
        self._learned_from, self._changed_since = len(every), 0
        self._known = {}

    def _read(self, face_ids: list[int]) -> reading.Labels:
        with self._project.reading() as s:
            return reading.read(s, face_ids, self._project.scheme.size)


def _beside(s: Session, scheme: Scheme, labelled: set[int]) -> Found:
    """What other faces and other people say of a label."""
    found: Found = defaultdict(list)
    columns = select(Face.id, Face.image_id, Image.burst, Face.left, Face.top, Face.width, Face.height)
    rows = s.execute(columns.join(Image, Image.id == Face.image_id).where(Face.state == "labelled")).all()
    boxes = {}
    photos, bursts = defaultdict(list), defaultdict(list)
    for face_id, image_id, burst, *box in rows:
        if face_id in labelled:
            boxes[face_id] = box
            photos[image_id].append((face_id, image_id, box))
            if burst is not None:
                bursts[burst].append((face_id, image_id, box))
    for group in photos.values():
        for one, other, much in _pairs(group, SAME_FACE):
            text = f"Face {other} of the same photo has nearly the same box."
            found[one].append(Finding("duplicate", 4 * much / SAME_FACE, text))
    for group in bursts.values():
        seen = set()
        for one, other, much in _pairs(group, SAME_PLACE, across=True):
            if one not in seen:
                seen.add(one)
                text = f"A near-identical photo has a label at the same place: face {other}."
                found[one].append(Finding("similar", 2 * much / SAME_PLACE, text))
    _second_opinions(s, scheme, boxes, found)
    return found


def _pairs(
    group: list[tuple[int, int, list[float]]], least: float, *, across: bool = False
) -> list[tuple[int, int, float]]:
    """(face, other face, overlap) of all that overlap so much; of different photos only, on request."""
    if len(group) < 2:
        return []
    boxes = np.array([box for _, _, box in group])
    much = comparing.overlap(boxes, boxes)
    return [
        (group[i][0], group[j][0], float(much[i, j]))
        for i, j in np.argwhere(much >= least)
        if i != j and (not across or group[i][1] != group[j][1])
    ]


def _second_opinions(s: Session, scheme: Scheme, boxes: dict[int, list[float]], found: Found) -> None:
    refused = select(SecondLabel).where(SecondLabel.state == "rejected")
    for one in s.scalars(refused):
        if one.face_id in boxes:
            text = f"{one.author}, who was asked for a second label, refused the face: {one.reason}."
            found[one.face_id].append(Finding("refused", 5.0, text))
    seconds = [one for one in second_labels.answered(s) if one.face_id in boxes]
    newest = label_rows.newest_of(s, {one.face_id for one in seconds}) if seconds else {}
    for one in seconds:
        shape, again = newest[one.face_id][1].confirmed[None], second_labels.record_of(one).shape[None]
        apart = float(nme(again, shape, judging.normalisers(scheme, shape, np.array([boxes[one.face_id]])))[0])
        if apart > SECOND_APART:
            text = f"{one.author} labelled it again, {100 * apart:.1f} % {judging.measured_by(scheme)} apart."
            found[one.face_id].append(Finding("differs", apart / SECOND_APART, text))


def _tell_nobody(done: int, total: int) -> None:
    pass


def _never() -> bool:
    return False
