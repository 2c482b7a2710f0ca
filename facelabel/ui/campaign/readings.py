"""Everything the campaign screen shows, read off the GUI thread: a page at a time, in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from sqlalchemy import func, select

from facelabel.acquisition import COSTLY, SCORES, Strategy, problems, strategies
from facelabel.campaign import comparing
from facelabel.campaign.calibration import Calibration
from facelabel.campaign.comparing import Versions
from facelabel.campaign.forecast import Band
from facelabel.campaign.loop import Campaign, CampaignStatus, Outlook, SettingsChange
from facelabel.campaign.overview import Costs, Overview
from facelabel.campaign.settings import CampaignSettings
from facelabel.desk.desk import Desk
from facelabel.quality import agreement
from facelabel.quality.agreement import Agreement
from facelabel.store.tables import ModelVersion, Revision, Round
from facelabel.ui.campaign.pool_page import WORST, PoolReadings
from facelabel.ui.campaign.settings_page import Previewed
from facelabel.ui.i18n.said import said

NEWEST = 500
"""Timed labels that the plot of seconds per face goes back."""
_CURVE = 24
"""Places at which the forecast's band is drawn."""


@dataclass(frozen=True)
class RoundLine:
    """One round; None where nothing is known yet. ``function`` is the title of the strategy that chose it; ``nme`` in
    per cent, ``low`` to ``high`` its interval."""

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
    """Of the page about the progress, and what the form says of costs."""

    status: CampaignStatus
    settings: CampaignSettings
    outlook: Outlook
    band: Band | None
    costs: Costs
    rounds: list[RoundLine]
    seconds: list[float]
    """Seconds of the newest timed labels, oldest first."""
    calibration: Calibration
    agreement: Agreement
    versions: Versions


@dataclass(frozen=True)
class SettingsReadings:
    settings: CampaignSettings
    history: list[SettingsChange]
    strategies: list[Strategy]
    broken: list[str] = field(default_factory=list)
    """A line for each installed strategy that cannot be used."""


def read(campaign: Campaign, overview: Overview, ahead: int) -> Readings:
    """``ahead``: labels that the forecast looks ahead."""
    status, settings, outlook = campaign.status(), campaign.settings, campaign.outlook(ahead)
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
        titles = {one.id: one.title for one in strategies().values()}
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
                    function=said(titles.get(one.function, one.function)),
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
        timed = s.scalars(
            select(Revision.seconds).where(Revision.seconds.is_not(None)).order_by(Revision.id.desc()).limit(NEWEST)
        ).all()
        agreed = agreement.measure(s, campaign.project.scheme)
    seconds_of = [value for value in reversed(timed) if value is not None]
    band, calibration = _band(outlook), overview.calibration()
    costs, sides = overview.costs(), comparing.read(campaign.project)
    return Readings(status, settings, outlook, band, costs, rounds, seconds_of, calibration, agreed, sides)


class Aside:
    """The faces that the settings set aside, chosen anew only when something has changed: of a large pool that takes a
    second or more."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._known: tuple[object, list[int]] | None = None

    def faces(self) -> list[int]:
        now = self._campaign.status()
        key = (self._campaign.settings, now.round, now.version, now.labels, now.open_faces)
        if self._known is None or self._known[0] != key:
            self._known = key, self._campaign.preview(key[0]).discarded
        return self._known[1]


def read_pool(campaign: Campaign, overview: Overview, aside: Aside, author: str, number: int | None) -> PoolReadings:
    """``number``: the round whose batch is shown, None for the newest."""
    from scipy.spatial import cKDTree  # slow to import, and the window opens without it

    settings = campaign.settings
    shown = overview.embedding_map(aside.faces())
    batch, audit = overview.composition(number), overview.audit()
    wanted = [] if batch is None else [face.face_id for face in batch.faces]
    wanted += [face_id for face_id, _ in audit.errors[:WORST]]
    score, discard, in_order = how_scores_are_drawn(settings)
    return PoolReadings(
        shown,
        None if shown is None or not len(shown.ids) else cKDTree(shown.xy),
        overview.score_histogram(score, discard),
        batch,
        audit,
        Desk(campaign.project, author).pictures(wanted),
        in_order,
    )


def how_scores_are_drawn(settings: CampaignSettings) -> tuple[str, float, bool]:
    """The score to draw, the share of it that is set aside, and whether faces are asked for in its order: NNM, for
    information, under a strategy that goes by no score or by several."""
    known = strategies().get(settings.function)
    needs = () if known is None else known.needs
    own = [need for need in needs if need != "embeddings"]
    if known is None or len(own) != 1 or own[0] not in (*SCORES, *COSTLY):
        return "nnm", 0.0, False
    share = settings.parameters_of(known).get("discard", 0.0)
    return own[0], share if 0 <= share < 1 else 0.0, len(needs) == 1


def read_settings(campaign: Campaign) -> SettingsReadings:
    return SettingsReadings(campaign.settings, campaign.history(), list(strategies().values()), list(problems()))


def preview(campaign: Campaign, author: str, proposal: CampaignSettings) -> Previewed:
    """What a proposal would choose, and how much of that the settings that hold would choose too."""
    holds = campaign.settings
    chosen = campaign.preview(proposal)
    same = None
    if proposal != holds:
        now = {pick.face_id for pick in campaign.preview(holds).picks}
        same = sum(pick.face_id in now for pick in chosen.picks)
    pictures = Desk(campaign.project, author).pictures([pick.face_id for pick in chosen.picks])
    return Previewed(chosen, pictures, same)


def _band(outlook: Outlook) -> Band | None:
    """The whole curve, from the first version's labels to those that the forecast looks ahead."""
    said = outlook.forecast
    if said.curve is None:
        return None
    first = max(1.0, said.labels / 8)
    return said.curve.at(np.geomspace(first, said.labels + said.ahead, _CURVE), said.level)
