"""What a campaign has spent of its budget, by what was logged, and how many faces it still allows."""

from __future__ import annotations

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from facelabel.campaign import counting, measuring
from facelabel.campaign.forecast import Budget, Effort, Work, budget, effort
from facelabel.campaign.forecast.budgeting import Kind
from facelabel.campaign.settings import CampaignSettings
from facelabel.store.tables import Face, Revision


def work(s: Session) -> dict[Kind, Work]:
    """Faces and seconds by kind of work.

    Of a label its first revision's seconds are labelling, what later ones add to them is review; of a face that came
    with an imported label all are. A rejected face takes the seconds of whoever rejected it. Gold and repeated faces
    are not asked for by a campaign, and so have no entry.
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
    return {
        "labelled": Work(faces(Face.state == "labelled", ~imported, ~Face.holdout), first - audit),
        "audit": Work(faces(Face.state == "labelled", ~imported, Face.holdout), audit),
        "rejected": Work(faces(Face.state == "rejected"), float(refused)),
        # A label carries the seconds of those before it, so that the newest tell the whole.
        "review": Work(0, max(0.0, seconds(is_newest) - first)),
    }


def pace(s: Session) -> Effort:
    """How long labelling takes, from every label that was timed."""
    log = measuring.logged(s)
    return effort(log.seconds, corrections=log.corrections, authors=log.authors)


def spent(s: Session, settings: CampaignSettings, known: Effort | None = None) -> Budget:
    """The budget as it stands; ``known`` is the pace, where the caller has it."""
    known = pace(s) if known is None and settings.hours is not None else known
    each = None if known is None or known.seconds_a_face is None else known.seconds_a_face.value
    return budget(work(s), face_limit=settings.budget, hour_limit=settings.hours, seconds_a_face=each)


def left(s: Session, settings: CampaignSettings) -> int:
    """Faces that may still be asked for: what both limits allow at the present pace, or all there are where there is no
    pace yet to turn hours into faces."""
    if settings.hours is None and settings.budget is not None:
        return max(0, settings.budget - counting.spent(s))
    now = spent(s, settings)
    if now.spent:
        return 0
    waiting = counting.in_state(s, "open") + counting.in_state(s, "skipped")
    return waiting if now.faces_left is None else now.faces_left


def faces_in_all(s: Session, settings: CampaignSettings) -> int:
    """Faces that the campaign ends with."""
    return counting.spent(s) + left(s, settings)
