"""Faces that are asked for once more: repeated ones tell how far people agree, gold ones how near somebody comes to a
known answer. Both come among the others, and look like them.

Everything here runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from facelabel.campaign.settings import CampaignSettings
from facelabel.store import reviews, second_labels
from facelabel.store.second_labels import SecondKind
from facelabel.store.tables import BatchItem, Face, Revision, Round, SecondLabel

WAITS = 3
"""Rounds that a repeated face waits for somebody other than its annotator; then anybody may label it."""
_MOST = 0.5
"""Of a batch: so much may be faces that were labelled before."""


def waiting(s: Session) -> int:
    """Faces that are asked for once more and not answered: they are promised of the budget."""
    return s.scalar(select(func.count()).select_from(SecondLabel).where(SecondLabel.state == "open")) or 0


def answered(s: Session, kind: SecondKind | None = None) -> int:
    """Second labels that were given; each counts to the budget as a face."""
    done = select(func.count()).select_from(SecondLabel).where(SecondLabel.state == "done")
    return s.scalar(done if kind is None else done.where(SecondLabel.kind == kind)) or 0


def seconds(s: Session, kind: SecondKind) -> float:
    """Active time on them, refused ones included."""
    return float(
        s.scalar(select(func.coalesce(func.sum(SecondLabel.seconds), 0.0)).where(SecondLabel.kind == kind)) or 0.0
    )


def wanted(s: Session, settings: CampaignSettings, number: int, k: int) -> list[tuple[int, SecondKind]]:
    """The faces to ask for once more beside the batch ``number`` of ``k`` faces, with what for.

    The shares are of all labelled faces, so that small batches add up to them. Repeated faces come from earlier rounds,
    or at once where there is another annotator; gold ones by how seldom they were asked for. Chance decides the rest.
    """
    if not settings.repeated and not settings.gold:
        return []
    rng = np.random.default_rng([settings.seed, number, 4])
    by_hand = select(func.count()).select_from(Face).where(Face.state == "labelled", ~_imported())
    labelled = s.scalar(by_hand) or 0
    asked = dict(
        s.execute(
            select(SecondLabel.kind, func.count()).where(SecondLabel.state != "skipped").group_by(SecondLabel.kind)
        ).all()
    )
    most = int(_MOST * k)
    lacking = round(settings.gold * (labelled + k)) - asked.get("gold", 0)
    room = max(0, min(most, lacking))
    chosen: list[tuple[int, SecondKind]] = [(face_id, "gold") for face_id in _gold(s, rng)[:room]]
    lacking = round(settings.repeated * labelled) - asked.get("repeated", 0)
    room = max(0, min(most - len(chosen), lacking))
    return chosen + [(face_id, "repeated") for face_id in _repeatable(s, rng)[:room]]


def places(settings: CampaignSettings, number: int, k: int, m: int) -> list[int]:
    """The ranks of ``m`` faces to label once more among ``k`` others, by chance: each rank is one face's, so that
    nothing tells them apart."""
    rng = np.random.default_rng([settings.seed, number, 5])
    return sorted((rng.permutation(k + m)[:m] + 1).tolist())


def ask(s: Session, round_: Round, chosen: Sequence[tuple[int, SecondKind]], ranks: Sequence[int]) -> None:
    """Put the faces chosen among those of the round."""
    right = reviews.gold(s)
    for (face_id, kind), rank in zip(chosen, ranks, strict=True):
        newest = s.scalars(select(func.max(Revision.id)).where(Revision.face_id == face_id)).one()
        first_id = right[face_id] if kind == "gold" else newest
        second_labels.ask(s, face_id, kind, first_id=first_id, round_id=round_.id, rank=rank)


def for_author(s: Session, author: str) -> list[SecondLabel]:
    """What ``author`` may answer: gold faces, and repeated ones that somebody else labelled first. Who is the only
    annotator repeats their own, and so does everybody once a face has waited for long."""
    rows = s.execute(
        select(SecondLabel, Revision.author, Round.number)
        .join(Revision, Revision.id == SecondLabel.first_id)
        .outerjoin(Round, Round.id == SecondLabel.round_id)
        .where(SecondLabel.state == "open")
        .order_by(SecondLabel.id)
    ).all()
    if not rows:
        return []
    alone = _annotators(s) <= {author}
    newest = s.scalar(select(func.max(Round.number))) or 0
    return [
        one
        for one, first, number in rows
        if one.kind == "gold" or first != author or alone or newest - (number or 0) >= WAITS
    ]


def _annotators(s: Session) -> set[str]:
    return set(s.scalars(select(Revision.author).where(Revision.origin == "desk").distinct()))


def _imported() -> ColumnElement[bool]:
    return exists().where(Revision.face_id == Face.id, Revision.origin == "import")


def _gold(s: Session, rng: np.random.Generator) -> list[int]:
    """Gold faces that nobody is asked for now, those that were asked for least often first."""
    times = dict(
        s.execute(
            select(SecondLabel.face_id, func.count()).where(SecondLabel.kind == "gold").group_by(SecondLabel.face_id)
        ).all()
    )
    busy = set(s.scalars(select(SecondLabel.face_id).where(SecondLabel.state == "open")))
    labelled = set(s.scalars(select(Face.id).where(Face.state == "labelled", Face.id.in_(list(reviews.gold(s))))))
    free = [face_id for face_id in sorted(labelled) if face_id not in busy]
    order = rng.permutation(len(free))
    return sorted((free[i] for i in order), key=lambda face_id: times.get(face_id, 0))


def _repeatable(s: Session, rng: np.random.Generator) -> list[int]:
    """Labelled faces that were never asked for twice, in random order."""
    asked = exists().where(SecondLabel.face_id == Face.id, SecondLabel.state != "skipped")
    found = select(Face.id).where(Face.state == "labelled", ~_imported(), ~asked)
    found = found.where(Face.id.not_in(list(reviews.gold(s))))
    if len(_annotators(s)) < 2:
        last = select(func.max(Round.id)).scalar_subquery()
        found = found.where(~exists().where(BatchItem.face_id == Face.id, BatchItem.round_id == last))
    free = s.scalars(found.order_by(Face.id)).all()
    return [free[i] for i in rng.permutation(len(free))]
