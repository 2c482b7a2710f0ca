"""What the lab lead sets. Changes count from the next batch on; every round keeps a copy of those that it ran under."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from facelabel import acquisition, assets
from facelabel.acquisition import Strategy
from facelabel.errors import FacelabelError
from facelabel.pretrained import SHIPPED

ExportFormat = Literal["300w", "wflw"]
_BEFORE_A_MODEL = {"embeddings"}
"""What a strategy may need that draws the first batch: pretrained weights give no more."""


class CampaignSettings(BaseModel):
    """Use ``checked`` for values that a person typed: it answers in words, and knows strategies and presets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    function: str = Field(default="typical-k-center", min_length=1)
    """The id of the acquisition strategy (docs/adr/0009 on the default). One that is not installed any more is no
    error: a fallback draws instead."""
    parameters: dict[str, FiniteFloat] = Field(default_factory=dict)
    """The strategy's own numbers, those that differ from its defaults."""
    cold_start: str = Field(default="typiclust", min_length=1)
    """The strategy of the batches that are drawn before any label taught a model; needs no more than embeddings."""
    first_batch: int = Field(default=10, ge=1, le=10_000)
    """Faces of the batch that is drawn before any model exists."""
    batch: int = Field(default=10, ge=1, le=10_000)
    """Faces of every later batch, K."""
    discard: float = Field(default=0.1, ge=0, le=0.3)
    """Share of the highest scores that is left out as likely outliers, by the strategies that know such a share."""
    near_duplicates: Literal["apart", "together"] = "apart"
    """Whether a batch asks for at most one face of a person in near-duplicate images, or for as many as rank high."""
    budget: int | None = Field(default=200, ge=1, le=10_000_000)
    """Faces to end with; imported labels do not count. None: only ``hours`` count."""
    hours: float | None = Field(default=None, gt=0, le=1_000_000)
    """Annotator hours to end with. None: only ``budget`` counts."""
    preset: str = Field(default="scaf-tiny", min_length=1)
    start_from: Literal["last", "pretrained", "scratch"] = "last"
    """Each training starts from the newest version (the first one, and one of another preset, from the pretrained
    weights), from the pretrained weights (as in the papers), or from none."""
    pretrained: str = Field(default=SHIPPED, min_length=1)
    """The folder of the pretrained weights, a relative one inside the project; "shipped" for the preset's own."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    score_at_most: int = Field(default=2000, ge=1, le=10_000_000)
    """Open faces that a round scores at most: a seeded sample where the pool is larger."""
    holdout: float = Field(default=0.15, ge=0, le=0.5)
    """Share of the budget that is audit faces: drawn at random, labelled blind, and only ever measured on. They come
    early: up to twice the share of each batch, until all are drawn."""
    audit_at_most: int = Field(default=50, ge=0, le=10_000)
    """Audit faces of the campaign at most, whatever the share of a large budget would be."""
    repeated: float = Field(default=0.0, ge=0, le=0.5)
    """Share of the labelled faces that is labelled a second time, blindly, by somebody else where there is one: how far
    people agree. The first label keeps counting."""
    gold: float = Field(default=0.0, ge=0, le=0.5)
    """Share of the faces that are gold: those that a lead marked as right, asked for once more, with feedback after."""
    stopping: Literal["suggest", "off"] = "suggest"
    """Whether stopping is suggested when more labels promise too little; it is never done."""
    overlap: int = Field(default=10, ge=0, le=10_000)
    """Faces that are served ahead while a model trains, by the ranking before it; 0: annotators wait."""
    ask_share: float = Field(default=1.0, ge=0.05, le=1)
    """Share of a face's landmarks that people are asked for, those in doubt; the rest stays the model's and is not
    taught. 1: all of them. Audit faces, and faces before the first training, are asked for whole."""
    export_to: ExportFormat | None = None
    """The format that the labels are to leave in, which is checked against the scheme before the first batch. None: the
    one that the scheme is made for."""
    steps: int | None = Field(default=None, ge=1, le=10_000_000)
    """Training steps of a round; None is the preset's own number."""
    slow_training: Literal["refuse", "allow"] = "refuse"
    """What happens to a training that would take days on this machine's processor."""

    @model_validator(mode="before")
    @classmethod
    def _one_discard(cls, values: Any) -> Any:
        """A discard given among the strategy's parameters is the campaign's: it has one place, for every strategy."""
        own = values.get("parameters") if isinstance(values, Mapping) else None
        if not isinstance(own, Mapping) or "discard" not in own:
            return values
        rest = {name: value for name, value in own.items() if name != "discard"}
        return {**values, "discard": own["discard"], "parameters": rest}

    @model_validator(mode="after")
    def _something_ends_it(self) -> Self:
        if self.budget is None and self.hours is None:
            raise ValueError("a budget needs a limit of faces, of hours, or both")
        return self

    def parameters_of(self, strategy: Strategy) -> dict[str, float]:
        """What a strategy is called with: its own parameters, and the campaign's ``discard`` where it has that."""
        own = self.parameters if strategy.id == self.function else {}
        return ({"discard": self.discard} if "discard" in strategy.parameters else {}) | own


def checked(values: Mapping[str, Any], before: CampaignSettings | None = None) -> CampaignSettings:
    """Settings from untrusted values. Raises FacelabelError naming the first field at fault and its range.

    ``before``: those that hold. What they name and has gone since, such as a strategy that is not installed here, is no
    fault of a change to something else.
    """
    try:
        settings = CampaignSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        said = first["msg"].removeprefix("Value error, ")
        if not name:
            raise FacelabelError(said, cure="give budget, hours, or both") from None
        if name not in CampaignSettings.model_fields:
            known = ", ".join(CampaignSettings.model_fields)
            raise FacelabelError(f"there is no campaign setting '{name}'", cure=f"one of {known}") from None
        raise FacelabelError(
            f"{name} cannot be {first['input']!r}: {said[:1].lower()}{said[1:]}", cure=f"allowed: {allowed(name)}"
        ) from None
    new = {name for name, value in settings if before is None or value != getattr(before, name)}
    if new & {"function", "parameters"}:
        acquisition.checked(_strategy("function", settings.function), settings.parameters)
    needs = _strategy("cold_start", settings.cold_start).needs if "cold_start" in new else ()
    if too_much := [need for need in needs if need not in _BEFORE_A_MODEL]:
        raise FacelabelError(
            f"cold_start cannot be '{settings.cold_start}': it needs {' and '.join(too_much)}, which only a model that "
            "has learned from labels gives",
            cure=f"allowed: {allowed('cold_start')}",
        )
    if "preset" in new and not has_preset(settings.preset):
        raise FacelabelError(f"there is no model preset '{settings.preset}'", cure=f"allowed: {allowed('preset')}")
    return settings


def _strategy(name: str, chosen: str) -> Strategy:
    """A built-in one is found without importing what other packages bring."""
    found = next((one for one in acquisition.BUILT_IN if one.id == chosen), None)
    if found is not None:
        return found
    try:
        return acquisition.strategy(chosen)
    except FacelabelError as error:
        raise FacelabelError(f"{name} cannot be '{chosen}': {error.what}", cure=f"allowed: {allowed(name)}") from None


def stored(values: Mapping[str, Any]) -> tuple[CampaignSettings, list[str]]:
    """Settings as a project kept them, by whichever facelabel: what this one does not know or allow is left at its
    default. One line for each such setting."""
    kept = {name: value for name, value in values.items() if name in CampaignSettings.model_fields}
    said = [f"the stored setting {name} is not known here and is left out" for name in values if name not in kept]
    while True:
        try:
            return CampaignSettings.model_validate(kept), said
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "budget"
            default = CampaignSettings().model_dump()[name]
            said.append(f"the stored setting {name} cannot be {kept.get(name)!r}, {default} is used")
            kept.pop(name)


def allowed(name: str) -> str:
    """The range or the choices of a setting, in words."""
    if name == "parameters":
        return "numbers by the names of the strategy's own parameters"
    if name in ("preset", "function", "cold_start"):
        known = acquisition.strategies().values()
        early = [one.id for one in known if set(one.needs) <= _BEFORE_A_MODEL]
        presets_ = [preset.id for preset in presets()]
        return ", ".join({"preset": presets_, "function": [one.id for one in known], "cold_start": early}[name])
    schema = CampaignSettings.model_json_schema()["properties"][name]
    parts = schema.get("anyOf", [schema])
    none = " or none" if any(part["type"] == "null" for part in parts) else ""
    schema = next(part for part in parts if part["type"] != "null")
    if "enum" in schema:
        return ", ".join(schema["enum"]) + none
    if "maximum" in schema:
        low = f"{schema['minimum']:,}" if "minimum" in schema else f"above {schema['exclusiveMinimum']:,}"
        return f"{low} to {schema['maximum']:,}{none}"
    return f"any text{none}"


@dataclass(frozen=True)
class Template:
    """Settings to begin with, with what they are for."""

    id: str
    title: str
    text: str
    settings: CampaignSettings


def templates() -> dict[str, Template]:
    """By id: the protocols of the papers, and two of everyday."""
    as_in_the_paper: dict[str, Any] = {
        "function": "nnm",
        "discard": 0.1,
        "cold_start": "random",
        "first_batch": 10,
        "preset": "scaf",
        "start_from": "pretrained",
        "score_at_most": 100_000,
        "holdout": 0.0,
        "stopping": "off",
        "near_duplicates": "together",
        "overlap": 0,
    }
    made = (
        Template(
            "paper-scaf-300w",
            "Paper: SCAF on 300-W",
            "10 random faces, then 60 by NNM a round up to 315, trained anew from the pretrained weights each time. "
            "The paper's smaller budgets go with smaller batches: 30 for 158, 10 for 50. It measures on its own test "
            "set: no audit faces.",
            CampaignSettings(**as_in_the_paper, batch=60, budget=315),
        ),
        Template(
            "paper-wflw",
            "Paper: SCAF on WFLW",
            "10 random faces, then 100 by NNM a round up to 750, trained anew from the pretrained weights each time. "
            "The paper's smaller budgets go with smaller batches: 75 for 375, 40 for 200, 20 for 100, 10 for 50. It "
            "measures on its own test set: no audit faces.",
            CampaignSettings(**as_in_the_paper, batch=100, budget=750),
        ),
        Template(
            "quick",
            "Quick",
            "A first useful model by an afternoon: 100 faces in batches of 10, the smallest model, a part of the pool "
            "scored each round.",
            CampaignSettings(budget=100, batch=10, holdout=0.2, score_at_most=1000, overlap=10),
        ),
        Template(
            "thorough",
            "Thorough",
            "A model to rely on: 1,000 faces in batches of 50, more of the pool scored each round, 50 audit faces so "
            "that rounds can be told apart, every twentieth face labelled twice, every round trained anew.",
            CampaignSettings(
                first_batch=30,
                batch=50,
                budget=1000,
                start_from="pretrained",
                score_at_most=10_000,
                overlap=25,
                repeated=0.05,
            ),
        ),
    )
    return {one.id: one for one in made}


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


def has_preset(name: str) -> bool:
    """Whether there is a preset of this name."""
    return any(preset.id == name for preset in presets())
