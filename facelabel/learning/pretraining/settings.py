"""What decides a pretraining; a run's folder keeps it and refuses to go on under another."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facelabel.errors import FacelabelError
from facelabel.learning.devices import Precision
from facelabel.learning.presets import Augmentation

Objective = Literal["landmarks", "autoencoder"]


class PretrainSettings(BaseModel):
    """``landmarks``: heatmaps of whatever landmarks each source has (a detector's five points, rendered faces' 98, a
    project's labels) through one shared network, with a reconstruction now and then; docs/results/pretraining.md has
    the comparison that made it the default. ``autoencoder``: the adversarial auto-encoder of 3FabRec and SCAF, which
    needs no landmarks at all.

    ``rendered`` faces are drawn for the run and make ``rendered_share`` of every batch. ``reconstruction`` weighs the
    picture's mean absolute error (values in [0, 1]) against the heatmap loss, in every ``reconstruct_every``-th step
    (0: never). ``average`` is the decay of the weights' moving average, which is what the run leaves. ``precision``
    is what the networks compute in (weights and losses stay float32); "auto": bfloat16 where the processor has it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str
    objective: Objective = "landmarks"
    rendered: int = Field(default=8000, ge=0)
    rendered_share: float = Field(default=0.375, ge=0, le=1)
    steps: int = Field(default=20_000, ge=1)
    batch: int = Field(default=16, ge=2)
    lr: float = Field(default=4e-3, gt=0)
    seed: int = Field(default=0, ge=0)
    reconstruct_every: int = Field(default=4, ge=0)
    reconstruction: float = Field(default=10.0, ge=0)
    average: float = Field(default=0.999, ge=0, lt=1)
    precision: Precision = "auto"
    augmentation: Augmentation = Augmentation(
        box_shift=0.04, box_scale=0.08, erasing=0.25, brightness=0.3, contrast=0.3
    )


AUTOENCODER: dict[str, Any] = {
    "rendered": 0,
    "batch": 50,
    "lr": 2e-5,
    "augmentation": Augmentation(
        rotation=45,
        translation=0.035,
        scaling=0.045,
        box_shift=0,
        box_scale=0,
        erasing=0,
        blur=0,
        brightness=0,
        contrast=0,
    ),
}
"""The reference's values for its objective (3FabRec's published code; shear left out)."""


def resolved(given: dict[str, Any]) -> PretrainSettings:
    """Settings from what a person named; the rest is the objective's. Raises FacelabelError naming the first fault."""
    values = {name: value for name, value in given.items() if value is not None}
    try:
        return PretrainSettings.model_validate(
            (AUTOENCODER if values.get("objective") == "autoencoder" else {}) | values
        )
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise FacelabelError(
            f"{name} cannot be {first['input']!r}: {first['msg']}", cure="choose another value"
        ) from None
