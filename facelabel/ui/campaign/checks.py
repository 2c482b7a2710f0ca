"""What is wrong with campaign settings that a person typed, by field, in words."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from facelabel.campaign.settings import CampaignSettings
from facelabel.ui.campaign.captions import SHARES
from facelabel.ui.words import tr


def problems(values: dict[str, Any]) -> dict[str, str]:
    """One line for every field at fault; empty when the settings can be saved."""
    wrong: dict[str, str] = {}
    try:
        CampaignSettings.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0]) if one["loc"] else ""
            wrong[name] = _said(name, one["type"], one.get("ctx", {}), one["msg"])
    if values.get("budget") is None and values.get("hours") is None:
        wrong["budget"] = tr("A limit of faces, of hours, or both is needed.")
        wrong.pop("", None)
    batch, budget = values.get("batch"), values.get("budget")
    if isinstance(batch, int) and isinstance(budget, int) and batch > budget and not {"batch", "budget"} & set(wrong):
        wrong["batch"] = tr("A batch of {} is more than the whole budget of {}.").format(batch, budget)
    return wrong


def _said(name: str, kind: str, context: dict[str, Any], message: str) -> str:
    if kind == "greater_than_equal":
        return tr("At least {}.").format(_shown(name, context["ge"]))
    if kind == "less_than_equal":
        return tr("At most {}.").format(_shown(name, context["le"]))
    return message


def _shown(name: str, value: float) -> str:
    return f"{100 * value:.0f} %" if name in SHARES else f"{value:,.0f}"
