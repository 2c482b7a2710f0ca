"""What decides a pretraining; a run's folder keeps it and refuses to go on under another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facelabel.errors import FacelabelError
from facelabel.learning import presets
from facelabel.learning.devices import Precision
from facelabel.learning.presets import Augmentation

Objective = Literal["landmarks", "autoencoder", "generator", "encoder", "chain"]
STAGES: Final[tuple[Objective, ...]] = ("generator", "encoder", "landmarks")
"""What ``chain`` goes through, each from what the one before left."""
SHARES: Final = (0.5, 0.2, 0.3)
"""Of the updates of a chain, those of each of its stages."""
_OF_SYSTEM: Final[dict[str, tuple[Objective, ...]]] = {
    "scaf": ("landmarks", "autoencoder"),
    "fase": ("chain", *STAGES),
}
"""What there is for a system, its default first."""


class PretrainSettings(BaseModel):
    """``landmarks``: heatmaps of whatever landmarks each source has (a detector's five points, rendered faces' 98, a
    project's labels) through one shared network, with a reconstruction now and then; docs/results/pretraining.md has
    the comparison that made it the default. ``autoencoder``: the adversarial auto-encoder of 3FabRec and SCAF, which
    needs no landmarks at all. FASE has three that build on each other: ``generator``, a StyleGAN2 that learns to draw
    faces; ``encoder``, the Feature-Style encoder that learns to have it draw a given face; ``landmarks``; and
    ``chain``, all three.

    ``start`` is the folder of the weights that it begins with: those of a generator for ``encoder``; any that fit the
    preset, or none, for ``landmarks``. With ``freeze_generator`` these leave the generator as it is.

    ``rendered`` faces are drawn for the run and make ``rendered_share`` of every batch. ``reconstruction`` weighs the
    picture's mean absolute error (values in [0, 1]) against the heatmap loss, in every ``reconstruct_every``-th step
    (0: never). ``average`` is the decay of the weights' moving average, which is what the run leaves. ``precision``
    is what the networks compute in (weights and losses stay float32); "auto": bfloat16 where the processor has it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str
    objective: Objective = "landmarks"
    start: str | None = None
    rendered: int = Field(default=8000, ge=0)
    rendered_share: float = Field(default=0.375, ge=0, le=1)
    steps: int = Field(default=20_000, ge=1)
    batch: int = Field(default=16, ge=2)
    lr: float = Field(default=4e-3, gt=0)
    seed: int = Field(default=0, ge=0)
    reconstruct_every: int = Field(default=4, ge=0)
    reconstruction: float = Field(default=10.0, ge=0)
    freeze_generator: bool = False
    average: float = Field(default=0.999, ge=0, lt=1)
    precision: Precision = "auto"
    augmentation: Augmentation = Augmentation(
        box_shift=0.04, box_scale=0.08, erasing=0.25, brightness=0.3, contrast=0.3
    )


_AS_THEY_ARE: Final = Augmentation(
    rotation=0,
    translation=0,
    scaling=0,
    box_shift=0,
    box_scale=0,
    erasing=0,
    blur=0,
    brightness=0,
    contrast=0,
)
"""Mirrored at most: a generator draws whatever variation it is shown."""

_OF_OBJECTIVE: Final[dict[str, dict[str, Any]]] = {
    "landmarks": {},
    # The reference's values for its objective (3FabRec's published code; shear left out).
    "autoencoder": {
        "rendered": 0,
        "batch": 50,
        "lr": 2e-5,
        "augmentation": _AS_THEY_ARE.model_copy(update={"rotation": 45, "translation": 0.035, "scaling": 0.045}),
    },
    "generator": {"rendered": 0, "lr": 2e-3, "augmentation": _AS_THEY_ARE},
    "encoder": {
        "rendered": 0,
        "lr": 2e-3,
        "augmentation": _AS_THEY_ARE.model_copy(update={"rotation": 15, "box_shift": 0.03, "box_scale": 0.05}),
    },
    "chain": {},
}


def resolved(given: Mapping[str, Any]) -> PretrainSettings:
    """Settings from what a person named; the rest is the objective's, and that the preset's. Raises FacelabelError
    naming the first fault."""
    values = {name: value for name, value in given.items() if value is not None}
    preset = presets.load(str(values.get("preset")))
    known = _OF_SYSTEM[preset.network.system]
    objective = values.setdefault("objective", known[0])
    if objective in _OF_OBJECTIVE and objective not in known:
        raise FacelabelError(
            f"'{objective}' is no objective for the preset '{preset.name}'", cure=f"choose {' or '.join(known)}"
        )
    if objective == "encoder" and "start" not in values:
        raise FacelabelError(
            "an encoder learns from a generator that was pretrained before", cure="name its run with --start FOLDER"
        )
    if "start" in values and objective not in ("encoder", "landmarks"):
        raise FacelabelError(f"'{objective}' starts from nothing", cure="leave --start out")
    if values.get("freeze_generator") and "start" not in values and objective == "landmarks":
        raise FacelabelError("a generator that was never trained cannot stay as it is", cure="name weights by --start")
    try:
        return PretrainSettings.model_validate(_OF_OBJECTIVE.get(objective, {}) | values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise FacelabelError(
            f"{name} cannot be {first['input']!r}: {first['msg']}", cure="choose another value"
        ) from None


def stage(chain: PretrainSettings, objective: Objective, start: str | None) -> PretrainSettings:
    """The settings of one stage of a ``chain``: what was named for the whole of it holds for each."""
    named = chain.model_dump(exclude_unset=True, exclude={"objective", "start", "steps", "rendered"})
    share = SHARES[STAGES.index(objective)]
    rendered = {"rendered": chain.rendered} if objective == "landmarks" else {}
    own = {"objective": objective, "start": start, "steps": max(1, round(share * chain.steps))}
    return resolved(named | rendered | own)
