"""What the lead of a campaign asks: what more labels would bring, when to stop, what is spent, who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.campaign import audit, counting, measuring, partial, spending
from facelabel.campaign.forecast import Budget, Effort, Forecast, StopSuggestion, forecast, suggest_stop
from facelabel.campaign.partial import InPart
from facelabel.campaign.settings import CampaignSettings, stored
from facelabel.schemes import Scheme
from facelabel.store import versions
from facelabel.store.tables import CampaignSettingsRow, Round


@dataclass(frozen=True)
class Outlook:
    """``forecast`` of the labels ahead, ``effort`` that they take, whether to ``stop``, the ``budget`` as it stands;
    ``audit_faces`` are labelled of the ``audit_wanted`` that the campaign is to have, ``in_part`` says how much of the
    labels people have confirmed."""

    forecast: Forecast
    effort: Effort
    stop: StopSuggestion
    budget: Budget
    audit_faces: int
    audit_wanted: int
    in_part: InPart

    @property
    def text(self) -> str:
        """'another 100 labels: 4.9 → 4.6 (4.4–4.8), about 2 h 10 of annotation (1 h 50–2 h 35)'."""
        if self.forecast.reason is not None or self.effort.reason is not None:
            return self.forecast.text
        return f"{self.forecast.text}, {self.effort.text(self.forecast.ahead)}"


def outlook(s: Session, scheme: Scheme, settings: CampaignSettings, ahead: int) -> Outlook:
    """Of what is stored; only audit faces and versions of the newest preset count. Raises ValueError for ``ahead``
    under 1."""
    pace = spending.pace(s, settings)
    return Outlook(
        forecast(*measuring.per_face(s, scheme, versions.all(s)), ahead=ahead),
        pace,
        suggestion(s, scheme, settings),
        spending.spent(s, settings, pace),
        counting.holdout(s),
        audit.wanted(s, settings),
        partial.in_part(s),
    )


def suggestion(s: Session, scheme: Scheme, settings: CampaignSettings) -> StopSuggestion:
    """Whether to stop, unless the settings do not want to hear it."""
    if settings.stopping == "off":
        return StopSuggestion(False, None, None, None, "Nothing is suggested: the settings switch it off.")
    labels, errors = measuring.per_face(s, scheme, versions.all(s))
    last = counting.newest_round(s)
    corrected: npt.NDArray[np.float64] = np.empty(0)
    if last is not None:
        corrected = measuring.corrections(s, scheme, last)
    return suggest_stop(
        labels,
        errors,
        batch=settings.batch,
        budget_left=spending.left(s, settings),
        corrections=corrected,
        disagreement=measuring.disagreement(s, scheme),
    )


@dataclass(frozen=True)
class SettingsChange:
    """``author`` changed settings: name to (old, new). They count from round ``from_round`` on, the budget at once."""

    at: datetime
    author: str
    changed: dict[str, tuple[Any, Any]]
    from_round: int


def history(s: Session) -> list[SettingsChange]:
    """Every change, oldest first; the first is against the defaults. Saving what was there before is none."""
    starts = s.execute(select(Round.number, Round.started_at).order_by(Round.number)).all()
    before = CampaignSettings().model_dump()
    changes = []
    for row in s.scalars(select(CampaignSettingsRow).order_by(CampaignSettingsRow.id)):
        after = stored(row.settings)[0].model_dump()
        changed = {name: (before[name], value) for name, value in after.items() if before[name] != value}
        if changed:
            following = next((number for number, start in starts if start > row.created_at), len(starts) + 1)
            changes.append(SettingsChange(row.created_at, row.author, changed, following))
        before = after
    return changes
