"""The campaign's settings: append-only, the newest count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.store.tables import CampaignSettingsRow


def latest(s: Session) -> dict[str, Any] | None:
    newest = select(CampaignSettingsRow.settings).order_by(CampaignSettingsRow.id.desc()).limit(1)
    return s.scalars(newest).one_or_none()


def append(s: Session, settings: dict[str, Any], author: str) -> CampaignSettingsRow:
    row = CampaignSettingsRow(settings=settings, author=author)
    s.add(row)
    s.flush()
    return row
