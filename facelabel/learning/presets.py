"""Presets: a network's size and how it is trained, as data (``models/<system>/<name>.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facelabel import assets
from facelabel.errors import FacelabelError
from facelabel.learning.devices import Precision
from facelabel.networks import FaseShape, NetworkShape, ScafShape

Share = Annotated[float, Field(ge=0, le=1)]
Size = Annotated[float, Field(ge=0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Augmentation(_Frozen):
    """How training faces are varied; the defaults are the list of FASE (section 4.2), which SCAF's lineage shares.

    ``rotation`` degrees either way; ``translation`` and ``scaling`` shares of the crop's side, either way, each axis
    alone; ``box_shift`` and ``box_scale`` standard deviations of a face box's centre (share of its side) and log-size:
    boxes come from detectors, so a network must not learn to trust them. The rest are probabilities.
    """

    rotation: Size = 30
    translation: Size = 0.04
    scaling: Size = 0.05
    box_shift: Size = 0.03
    box_scale: Size = 0.05
    flip: Share = 0.5
    erasing: Share = 0.5
    blur: Share = 0.2
    brightness: Share = 0.45
    contrast: Share = 0.45


class Steps(_Frozen):
    """How long to train: ``fewest`` steps and ``per_label`` more for each face, up to ``most``; ``warm_share`` of that
    when the weights come from an earlier round. Pretrained weights are none such: they take all of it. The model
    to end with takes ``finish`` times as many, anew."""

    fewest: int = Field(ge=1)
    per_label: Size
    most: int = Field(ge=1)
    finish: float = Field(default=4.0, ge=1)
    warm_share: float = Field(gt=0, le=1)

    def for_labels(self, labels: int, *, warm: bool, finish: bool = False) -> int:
        steps = min(self.most, self.fewest + round(self.per_label * labels))
        if finish:
            return round(steps * self.finish)
        return max(1, round(steps * self.warm_share)) if warm else steps


class Training(_Frozen):
    """AdamW with a warm-up and a cosine to zero, a squared error on heatmaps and averaged weights.

    Instead of the cosine, the rate can be constant or (``epochs``) fall to ``decay`` of itself every ten times that
    all faces were seen, a little each step, down to ``floor`` of what it was (FASE, section 4.3).
    The loss is ``loss_scale`` times the mean of (1 + ``foreground`` * target) * (map - target)^2, and
    ``coordinates`` times the distance in heatmap pixels of the maps' soft-argmax from the landmark. ``encoder_lr`` and
    ``generator_lr`` are rates of their own for those parts (0 freezes) and ``frozen_statistics`` keeps their batch norm
    as it is. These four build on what pretraining or an earlier round put there: from scratch they are not applied.
    ``average`` is the decay of the exponential moving average of the weights (0: the last weights are the model).
    ``precision`` is what the network computes in up to its last layer; weights, last layer and loss stay float32.
    ``portion`` is how many faces of a batch have their gradients taken at once (None: as many as the memory holds),
    and ``checkpointing`` computes layers again for the gradient instead of keeping what they made: both save memory
    for time. Batch norm that learns sees portions, not batches.
    """

    steps: Steps
    batch: int = Field(ge=1)
    lr: float = Field(gt=0)
    encoder_lr: Size | None = None
    generator_lr: Size | None = None
    frozen_statistics: bool = False
    weight_decay: Size = 0.001
    betas: tuple[Share, Share] = (0.9, 0.99)
    schedule: Literal["cosine", "constant", "epochs"] = "cosine"
    decay: float = Field(default=0.995, gt=0, le=1)
    floor: Share = 0.01
    warm_up: int = Field(default=50, ge=0)
    clip: float = Field(default=5.0, gt=0)
    average: float = Field(default=0.99, ge=0, lt=1)
    loss_scale: float = Field(default=300.0, gt=0)
    foreground: Size = 5.0
    coordinates: Size = 0.0
    precision: Precision = "float32"
    portion: int | None = Field(default=None, ge=1)
    checkpointing: bool = False


class Decoding(_Frozen):
    """From heatmaps to points; ``flip`` also averages the maps with those of the mirrored face."""

    method: Literal["argmax", "quarter", "com", "softargmax"] = "com"
    flip: bool = True
    batch: int = Field(default=16, ge=1)


class Cost(_Frozen):
    """What a network of 68 landmarks comes to: millions of ``parameters``, billions of multiply-accumulates (``macs``)
    of a face, forward, and millions of numbers that a face leaves for the gradient (``kept``)."""

    parameters: float = Field(gt=0)
    macs: float = Field(gt=0)
    kept: float = Field(gt=0)


class Preset(_Frozen):
    """Everything that decides what a model is. ``margin`` is the side of the crop in sides of the face box; ``sigma``
    the spread of a target heatmap, in heatmap pixels. ``cost`` is for whoever has no torch at hand
    (``facelabel.costs``)."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    text: str = Field(min_length=1)
    network: NetworkShape
    margin: float = Field(gt=0.5, le=4)
    sigma: float = Field(gt=0)
    augmentation: Augmentation = Augmentation()
    training: Training
    decoding: Decoding = Decoding()
    cost: Cost | None = None


def names() -> list[str]:
    """The presets that users choose from."""
    return sorted(_shipped())


def load(name: str, changes: Mapping[str, Any] | None = None) -> Preset:
    """A preset by name, with ``changes`` to its values, tables within tables, as its file has them.

    Raises FacelabelError when there is none of that name or it has no such value.
    """
    shipped = _shipped()
    if name not in shipped:
        raise FacelabelError(f"there is no model preset '{name}'", cure=f"use one of {', '.join(names())}")
    if not changes:
        return shipped[name]
    try:
        return Preset.model_validate(_merged(shipped[name].model_dump(), changes))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise FacelabelError(f"the preset '{name}' cannot be changed: {place}: {first['msg']}") from None


def scaf_shape(preset: Preset) -> ScafShape:
    """The shape of a SCAF. Raises FacelabelError when the preset is of another system."""
    if not isinstance(preset.network, ScafShape):
        raise FacelabelError(f"this is for SCAF, and the preset '{preset.name}' is not", cure="choose a preset of SCAF")
    return preset.network


def fase_shape(preset: Preset) -> FaseShape:
    """The shape of a FASE. Raises FacelabelError when the preset is of another system."""
    if not isinstance(preset.network, FaseShape):
        raise FacelabelError(f"this is for FASE, and the preset '{preset.name}' is not", cure="choose a preset of FASE")
    return preset.network


def _merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(values)
    for key, value in changes.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return merged


@lru_cache
def _shipped() -> dict[str, Preset]:
    presets = [_read(path) for path in sorted(assets.folder("models").glob("*/*.toml"))]
    return {preset.name: preset for preset in presets}


def _read(path: Path) -> Preset:
    try:
        return Preset.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        what = " ".join(str(error).split())
        raise FacelabelError(f"the preset cannot be read: {what}", where=path, cure="install facelabel again") from None
