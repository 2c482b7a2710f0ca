"""What the settings are called in the window, and their values in words: for the form, its changes and the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facelabel import acquisition
from facelabel.campaign.settings import presets
from facelabel.ui.i18n.said import said
from facelabel.ui.words import tr

SHARES = {"discard", "holdout", "ask_share", "repeated", "gold"}
"""Settings that are shares, shown in per cent."""


def caption(name: str) -> str:
    return {
        "function": tr("Choose faces by"),
        "parameters": tr("Its own numbers"),
        "cold_start": tr("First faces by"),
        "first_batch": tr("First batch"),
        "batch": tr("Batch (K)"),
        "discard": tr("Set aside as outliers"),
        "near_duplicates": tr("Near-duplicates"),
        "budget": tr("Budget in faces"),
        "hours": tr("Budget in hours"),
        "preset": tr("Model"),
        "start_from": tr("Train from"),
        "pretrained": tr("Weights"),
        "seed": tr("Seed of chance"),
        "score_at_most": tr("Score at most"),
        "holdout": tr("Audit share"),
        "audit_at_most": tr("Audit faces at most"),
        "ask_share": tr("Landmarks asked for"),
        "repeated": tr("Repeated faces"),
        "gold": tr("Gold faces"),
        "stopping": tr("Stopping"),
        "overlap": tr("Served ahead"),
        "steps": tr("Training steps"),
        "slow_training": tr("A training of days"),
        "export_to": tr("Labels go to"),
    }.get(name, name)


def value(name: str, given: Any) -> str:
    """A value as the form shows it."""
    if given is None:
        return {"steps": tr("as the model has it"), "export_to": tr("what the scheme is for")}.get(name, tr("no limit"))
    if name in SHARES:
        return f"{100 * given:g} %"
    if name == "hours":
        return f"{given:g} h"
    if name == "parameters":
        return ", ".join(f"{key} {number:g}" for key, number in given.items()) or tr("as usual")
    return said(_titles(name).get(given, given)) if isinstance(given, str) else f"{given:,}"


def _titles(name: str) -> Mapping[str, str]:
    if name in ("function", "cold_start"):
        return {one.id: one.title for one in acquisition.strategies().values()}
    if name == "preset":
        return {preset.id: preset.title for preset in presets()}
    choices = {
        "start_from": starts(),
        "stopping": stopping(),
        "export_to": exports(),
        "near_duplicates": bursts(),
        "slow_training": slow(),
    }
    return choices.get(name, {})


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """'Batch (K): 10 → 20', one for each setting that differs."""
    return [change(name, old.get(name), new[name]) for name in new if new[name] != old.get(name)]


def change(name: str, old: Any, new: Any) -> str:
    return f"{caption(name)}: {value(name, old)} → {value(name, new)}"


def bursts() -> dict[str, str]:
    return {"apart": tr("one face of a burst in a batch"), "together": tr("as many as the strategy wants")}


def exports() -> dict[str, str]:
    return {"300w": tr("300-W .pts files"), "wflw": tr("a WFLW list")}


def slow() -> dict[str, str]:
    return {"refuse": tr("is refused on this machine"), "allow": tr("may take days")}


def starts() -> dict[str, str]:
    return {
        "last": tr("the last model"),
        "pretrained": tr("the pretrained weights"),
        "scratch": tr("scratch"),
    }


def stopping() -> dict[str, str]:
    return {"suggest": tr("suggest it when more labels bring little"), "off": tr("never suggest it")}
