"""What the lab lead sets. Changes count from the next batch on; every round keeps a copy of those that it ran under."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facelabel import assets
from facelabel.errors import FacelabelError
from facelabel.pretrained import SHIPPED

FunctionId = Literal["nnm", "entropy", "k-center", "random"]


class CampaignSettings(BaseModel):
    """Use ``checked`` for values that a person typed: it answers in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    function: FunctionId = "nnm"
    first_batch: int = Field(default=10, ge=1, le=10_000)
    """Faces of the batch that is drawn before any model exists."""
    batch: int = Field(default=10, ge=1, le=10_000)
    """Faces of every later batch, K."""
    discard: float = Field(default=0.1, ge=0, le=0.3)
    """Share of the highest scores that is left out as likely outliers (NNM and entropy only)."""
    budget: int = Field(default=200, ge=1, le=10_000_000)
    """Labelled faces to end with; imported labels do not count."""
    preset: str = Field(default="scaf-tiny", min_length=1)
    start_from: Literal["last", "pretrained", "scratch"] = "last"
    """Each training starts from the newest version (the first one, and one of another preset, from the pretrained
    weights), from the pretrained weights (as in the papers), or from none."""
    pretrained: str = Field(default=SHIPPED, min_length=1)
    """The folder of the pretrained weights, a relative one inside the project; "shipped" for the preset's own."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    score_at_most: int = Field(default=2000, ge=1, le=10_000_000)
    """Open faces that a round scores at most: a seeded sample where the pool is larger."""
    holdout: float = Field(default=0.1, ge=0, le=0.5)
    """Share of each batch that is drawn at random, labelled, and only ever measured on."""
    steps: int | None = Field(default=None, ge=1, le=10_000_000)
    """Training steps of a round; None is the preset's own number."""


def checked(values: dict[str, Any]) -> CampaignSettings:
    """Settings from untrusted values. Raises FacelabelError naming the first field at fault and its range."""
    try:
        settings = CampaignSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        field = CampaignSettings.model_fields.get(name)
        if field is None:
            known = ", ".join(CampaignSettings.model_fields)
            raise FacelabelError(f"there is no campaign setting '{name}'", cure=f"one of {known}") from None
        said = f"{name} cannot be {first['input']!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise FacelabelError(said, cure=f"allowed: {allowed(name)}") from None
    if settings.preset not in {preset.id for preset in presets()}:
        raise FacelabelError(f"there is no model preset '{settings.preset}'", cure=f"allowed: {allowed('preset')}")
    return settings


def allowed(name: str) -> str:
    """The range or the choices of a setting, in words."""
    if name == "preset":
        return ", ".join(preset.id for preset in presets())
    schema = CampaignSettings.model_json_schema()["properties"][name]
    schema = next((part for part in schema.get("anyOf", []) if part["type"] != "null"), schema)
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']:,} to {schema['maximum']:,}"
    return "any text"


@dataclass(frozen=True)
class PresetInfo:
    """A model that a campaign can train, as its file describes it."""

    id: str
    title: str
    text: str


@lru_cache(maxsize=1)
def presets() -> tuple[PresetInfo, ...]:
    """The presets that ship with facelabel (``models/<system>/<name>.toml``), by id."""
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in assets.folder("models").glob("*/*.toml"))
    return tuple(sorted((PresetInfo(p["name"], p["title"], p["text"]) for p in read), key=lambda preset: preset.id))
