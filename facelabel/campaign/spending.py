"""What a campaign has spent of its budget, by what was logged, and how many faces it still allows."""

from __future__ import annotations

import numpy as np
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from facelabel.campaign import again, counting, measuring
from facelabel.campaign.forecast import Budget, Effort, Work, budget, effort
from facelabel.campaign.forecast.budgeting import Kind
from facelabel.campaign.forecast.pacing import FEWEST_TIMED
from facelabel.campaign.settings import CampaignSettings
from facelabel.store import reviews
from facelabel.store.tables import Face, Revision


def work(s: Session) -> dict[Kind, Work]:
    """Faces and seconds by kind of work.

    Of a label its first revision's seconds are labelling, what later ones add to them is review; of a face that came
    with an imported label all are; to both come the seconds that reviewers took. A rejected face takes the seconds of
    whoever rejected it. A face that was sent back stays labelled here: it is not asked for a second time.
    """
    earlier, later, any_ = aliased(Revision), aliased(Revision), aliased(Revision)
    imported = exists().where(any_.face_id == Face.id, any_.origin == "import")
    theirs = and_(earlier.face_id == Revision.face_id, earlier.number < Revision.number)
    is_first = ~exists().where(theirs, earlier.origin != "import")
    is_newest = ~exists().where(later.face_id == Revision.face_id, later.number > Revision.number)
    by_hand = select(func.coalesce(func.sum(Revision.seconds), 0.0)).join(Face, Face.id == Revision.face_id)
    by_hand = by_hand.where(Revision.origin != "import")

    def seconds(*conditions: object) -> float:
        return float(s.scalar(by_hand.where(*conditions)) or 0.0)  # type: ignore[arg-type]

    def faces(*conditions: object) -> int:
        return s.scalar(select(func.count()).select_from(Face).where(*conditions)) or 0  # type: ignore[arg-type]

    first = seconds(is_first, ~imported)
    audit = seconds(is_first, ~imported, Face.holdout)
    refused = s.scalar(select(func.coalesce(func.sum(Face.seconds), 0.0)).where(Face.state == "rejected")) or 0.0
    labelled = or_(Face.state == "labelled", reviews.is_sent_back())
    return {
        "labelled": Work(faces(labelled, ~imported, ~Face.holdout), first - audit),
        "audit": Work(faces(labelled, ~imported, Face.holdout), audit),
        "gold": Work(again.answered(s, "gold"), again.seconds(s, "gold")),
        "repeated": Work(again.answered(s, "repeated"), again.seconds(s, "repeated")),
        "rejected": Work(faces(Face.state == "rejected"), float(refused)),
        # A label carries the seconds of those before it, so that the newest tell the whole.
        "review": Work(0, max(0.0, seconds(is_newest) - first) + reviews.seconds(s)),
    }


def pace(s: Session, settings: CampaignSettings | None = None) -> Effort:
    """How long labelling takes, from every label that was timed; with ``settings`` by faces that were asked for as
    those ask, whole or in part, once there are enough of them."""
    log = measuring.logged(s)
    like = np.ones(len(log.seconds), dtype=bool) if settings is None else log.in_part == (settings.ask_share < 1)
    if like.sum() < FEWEST_TIMED:
        like[:] = True
    authors = [author for author, one in zip(log.authors, like, strict=True) if one]
    return effort(log.seconds[like], corrections=log.corrections[like], authors=authors)


def spent(s: Session, settings: CampaignSettings, known: Effort | None = None) -> Budget:
    """The budget as it stands; ``known`` is the pace, where the caller has it."""
    known = pace(s, settings) if known is None and settings.hours is not None else known
    each = None if known is None or known.seconds_a_face is None else known.seconds_a_face.value
    return budget(work(s), face_limit=settings.budget, hour_limit=settings.hours, seconds_a_face=each)


def left(s: Session, settings: CampaignSettings) -> int:
    """Faces that may still be asked for: what both limits allow at the present pace, or all there are where there is no
    pace yet to turn hours into faces; without those that wait to be labelled once more."""
    if settings.hours is None and settings.budget is not None:
        return max(0, settings.budget - counting.spent(s) - again.waiting(s))
    now = spent(s, settings)
    if now.spent:
        return 0
    waiting = counting.in_state(s, "open") + counting.in_state(s, "skipped")
    return waiting if now.faces_left is None else max(0, now.faces_left - again.waiting(s))


def faces_in_all(s: Session, settings: CampaignSettings) -> int:
    """Faces that the campaign ends with."""
    return counting.spent(s) + again.waiting(s) + left(s, settings)
