"""Audit faces: drawn at random, labelled blind, never trained on. They alone say how good a model version is."""

from __future__ import annotations

import numpy as np
from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from facelabel.acquisition import random_order
from facelabel.campaign import spending
from facelabel.campaign.settings import CampaignSettings
from facelabel.store.among import among
from facelabel.store.tables import Draft, Face, Revision

WHY = "audit face, drawn at random: labelled without the model's guess, to measure the model"
_EARLY = 2.0
"""How many times its share of the budget the audit may take of a batch until all its faces are drawn."""
_MOST_OF_A_BATCH = 0.5


def wanted(s: Session, settings: CampaignSettings) -> int:
    """Audit faces that the whole campaign is to have."""
    return min(settings.audit_at_most, round(settings.holdout * spending.faces_in_all(s, settings)))


def drawn(s: Session) -> int:
    """Faces that are marked, labelled or not; one that was rejected measures nothing."""
    marked = select(func.count()).select_from(Face).where(Face.holdout, Face.state != "rejected")
    return s.scalar(marked) or 0


def waiting(s: Session, taken: set[int]) -> list[int]:
    """Marked faces that are still to be labelled, without those that are ``taken``."""
    marked = s.scalars(select(Face.id).where(Face.state == "open", Face.holdout).order_by(Face.id))
    return [face_id for face_id in marked if face_id not in taken]


def share_of(s: Session, settings: CampaignSettings, k: int) -> int:
    """How many faces of a batch of k are to be audit faces: never all."""
    share = min(_MOST_OF_A_BATCH, _EARLY * settings.holdout)
    most = min(max(1, round(share * k)) if share else 0, k - 1)
    return max(0, min(most, len(waiting(s, set())) + max(0, wanted(s, settings) - drawn(s))))


def draw(s: Session, settings: CampaignSettings, number: int, k: int, room: int, taken: set[int]) -> list[int]:
    """The audit faces of the batch ``number`` of ``k`` faces, ``room`` at most: marked ones that wait to be labelled
    first, then fresh ones at random, which are marked.

    Fresh ones are open faces that nobody has begun: a label that began with a prediction would lean towards it.
    """
    most = min(share_of(s, settings, k), room)
    found = waiting(s, taken)[:most]
    fresh = min(most - len(found), wanted(s, settings) - drawn(s))
    if fresh <= 0:
        return found
    begun = exists().where(Draft.face_id == Face.id) | exists().where(Revision.face_id == Face.id)
    untouched = select(Face.id).where(Face.state == "open", ~Face.holdout, ~begun).order_by(Face.id)
    rest = [face_id for face_id in s.scalars(untouched) if face_id not in taken]
    order = random_order(len(rest), np.random.default_rng([settings.seed, number, 1]))
    chosen = [rest[i] for i in order[:fresh]]
    s.execute(update(Face).where(Face.id.in_(among(chosen))).values(holdout=True))
    return found + chosen
