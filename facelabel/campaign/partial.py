"""Labels in part: of a face, people are asked for the landmarks in doubt only; the rest stays the model's.

What is not asked for is never taught as truth and never measured by. Audit faces, faces without a prediction by a model
that has learned from labels, and faces that somebody has begun are asked for whole.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from facelabel.campaign import counting
from facelabel.campaign.expecting import belief, shape_prior, version_blur
from facelabel.campaign.settings import stored
from facelabel.shapes.fusion import Belief
from facelabel.store import faces, predictions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import BatchItem, Draft, Face, LandmarkRow, ModelVersion, Revision


def decide(s: Session, project: Project) -> int:
    """Choose the landmarks that the faces of the newest round are asked for, where nobody has chosen yet; how many
    faces that were. By the settings that the round was drawn under."""
    current = counting.newest_round(s)
    if current is None or current.state == "done":
        return 0
    size = project.scheme.size
    count = math.ceil(stored(current.settings)[0].ask_share * size)
    if count >= size:
        return 0
    rows = s.execute(
        select(BatchItem, Face)
        .join(Face, Face.id == BatchItem.face_id)
        .outerjoin(Draft, Draft.face_id == BatchItem.face_id)
        .where(BatchItem.round_id == current.id, BatchItem.asked.is_(None))
        .where(Face.state == "open", ~Face.holdout, Draft.face_id.is_(None))
    ).all()
    learned = set(s.scalars(select(ModelVersion.id).where(ModelVersion.labels > 0)))
    known = {face.id: predictions.get(s, face.id) for _, face in rows}
    chosen = 0
    prior = shape_prior(s, project.scheme)[0] if any(known.values()) else None
    blurs: dict[int, float] = {}
    for item, face in rows:
        predicted = known[face.id]
        if prior is None or predicted is None or predicted[0] not in learned:
            continue
        version, shape, confidence = predicted
        blurs.setdefault(version, version_blur(s, project, version))
        believed = belief(prior, faces.box_of(face), shape, confidence, blurs[version])
        if believed is not None:
            item.asked = most_doubtful(believed, count)
            chosen += 1
    return chosen


def most_doubtful(believed: Belief, count: int) -> list[int]:
    """``count`` landmarks, each the one whose correction helps the whole face most once those before it are corrected:
    neighbours, which one correction puts right together, are not all asked for."""
    chosen: list[int] = []
    for _ in range(min(count, len(believed.points))):
        gains = believed.expected_gains()
        gains[chosen] = -np.inf
        best = int(gains.argmax())
        chosen.append(best)
        x, y = believed.points[best].tolist()
        believed = believed.corrected({best: (x, y)})
    return chosen


def answered(truth: LabelRecord, predicted: npt.NDArray[np.float64], asked: Collection[int]) -> LabelRecord:
    """The label of somebody who knows ``truth`` and is asked for some landmarks: the others as ``predicted`` (L, 2)."""
    rest = [i for i in range(len(truth.sources)) if i not in asked]
    shape, moved = truth.shape.copy(), truth.moved.copy()
    shape[rest], moved[rest] = predicted[rest], 0.0
    visibility, sources = list(truth.visibility), list(truth.sources)
    for i in rest:
        visibility[i], sources[i] = "visible", "predicted"
    return replace(truth, shape=shape, moved=moved, visibility=tuple(visibility), sources=tuple(sources))


@dataclass(frozen=True)
class InPart:
    """Of ``faces`` labelled by people, ``in_part`` were asked for in part; ``confirmed`` of all their ``landmarks``
    were confirmed by somebody."""

    faces: int
    in_part: int
    confirmed: int
    landmarks: int

    @property
    def text(self) -> str:
        """'25 of 40 faces labelled in part: 960 of 2,720 landmarks confirmed'; empty without such faces."""
        if not self.in_part:
            return ""
        return (
            f"{self.in_part:,} of {self.faces:,} face{'' if self.faces == 1 else 's'} labelled in part: "
            f"{self.confirmed:,} of {self.landmarks:,} landmarks confirmed"
        )

    @property
    def caution(self) -> str:
        """What a learning curve and its forecast count; empty without such faces."""
        if not self.in_part:
            return ""
        return "Curve and forecast count a face labelled in part as one; they hold while faces are asked for alike."


def in_part(s: Session) -> InPart:
    """Of the newest labels that were not imported."""
    later = aliased(Revision)
    newest = ~exists().where(later.face_id == Revision.face_id, later.number > Revision.number)
    known = func.count().filter(LandmarkRow.source != "predicted")
    of_each = (
        select(known.label("known"), func.count().label("size"))
        .select_from(Revision)
        .join(Face, Face.id == Revision.face_id)
        .join(LandmarkRow, LandmarkRow.revision_id == Revision.id)
        .where(newest, Face.state == "labelled", Revision.origin != "import")
        .group_by(Revision.id)
        .subquery()
    )
    row = s.execute(
        select(
            func.count(),
            func.count().filter(of_each.c.known < of_each.c.size),
            func.coalesce(func.sum(of_each.c.known), 0),
            func.coalesce(func.sum(of_each.c.size), 0),
        )
    ).one()
    return InPart(*(int(value) for value in row))
