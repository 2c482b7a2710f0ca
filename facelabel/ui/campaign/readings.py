"""Everything the campaign screen shows, read in one go off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from facelabel.campaign.loop import Campaign, CampaignStatus
from facelabel.campaign.settings import CampaignSettings
from facelabel.store.tables import ModelVersion, Revision, Round

NEWEST = 500
"""Timed labels that the plot of seconds per face goes back."""


@dataclass(frozen=True)
class RoundLine:
    """One round; None where nothing is known yet. ``nme`` in per cent, ``low`` to ``high`` its interval."""

    number: int
    function: str
    state: str
    labels: int
    nme: float | None
    low: float | None
    high: float | None
    seconds_per_face: float | None
    version: int | None
    when: datetime


@dataclass(frozen=True)
class Readings:
    status: CampaignStatus
    settings: CampaignSettings
    rounds: list[RoundLine]
    seconds: list[float]
    """Seconds of the newest timed labels, oldest first."""


def read(campaign: Campaign) -> Readings:
    status = campaign.status()
    measured = {one.version: one for one in status.measured}
    with campaign.project.reading() as s:
        pace = {
            round_id: (labels, seconds)
            for round_id, labels, seconds in s.execute(
                select(Revision.round_id, func.count(Revision.face_id.distinct()), func.avg(Revision.seconds))
                .where(Revision.round_id.is_not(None))
                .group_by(Revision.round_id)
            )
        }
        rounds = []
        for one, number in s.execute(
            select(Round, ModelVersion.number)
            .outerjoin(ModelVersion, ModelVersion.id == Round.trained_id)
            .order_by(Round.number.desc())
        ):
            result = measured.get(number)
            labels, seconds = pace.get(one.id, (0, None))
            rounds.append(
                RoundLine(
                    number=one.number,
                    function=one.function,
                    state=one.state,
                    labels=labels,
                    nme=result.nme if result else None,
                    low=result.low if result else None,
                    high=result.high if result else None,
                    seconds_per_face=seconds,
                    version=number,
                    when=one.started_at,
                )
            )
        seconds = list(
            s.scalars(
                select(Revision.seconds).where(Revision.seconds.is_not(None)).order_by(Revision.id.desc()).limit(NEWEST)
            )
        )
    return Readings(status, campaign.settings, rounds, [value for value in reversed(seconds) if value is not None])
