"""Pretrained weights as both wings see them: where they lie and what their card says. Nothing here needs torch.

A folder of weights holds ``pretrained.json``, the card, and ``weights.safetensors`` or its shards
``weights-00001-of-00003.safetensors`` and so on. The card is written last: a folder without one is no weights.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError, safe_open

from facelabel import assets
from facelabel.errors import FacelabelError

CARD: Final = "pretrained.json"
SHIPPED: Final = "shipped"
"""Instead of a folder: the weights that come with facelabel for a preset, if there are any."""
CURE: Final = "pretrain or import the weights again, or choose others"
Card = TypeVar("Card", bound=BaseModel)
DAMAGED: Final = "the weights are damaged or cut short"
_OBJECTIVES = {
    "landmarks": "pretrained on landmarks",
    "autoencoder": "pretrained as an auto-encoder",
    "generator": "a generator pretrained to draw faces",
    "encoder": "generator and encoder pretrained to draw faces",
    "3fabrec": "the auto-encoder of 3FabRec",
    "stylegan2": "StyleGAN2 from elsewhere",
}
_FILE = re.compile(r"weights(?:-(\d{5})-of-(\d{5}))?\.safetensors")


class PretrainedInfo(BaseModel):
    """Where weights come from. ``objective`` is what they were trained for ("landmarks", "autoencoder", "generator",
    "encoder", "3fabrec", "stylegan2"), ``data`` says of each source what was seen, how much and under which terms,
    ``data_hash`` stands for all of it; ``heads`` are the ids of the schemes whose last layer is included."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    facelabel: str
    preset: str = Field(min_length=1)
    objective: str = Field(min_length=1)
    data: list[str]
    data_hash: str
    seed: int
    steps: int
    batch: int
    seconds: float
    device: str
    command: str
    heads: list[str] = []


def shipped(preset: str) -> Path | None:
    """The folder of the weights that ship for a preset (``models/<system>/<preset>/``), None where there are none."""
    cards = sorted(assets.folder("models").glob(f"*/{preset}/{CARD}"))
    return cards[0].parent if cards else None


def read(folder: Path) -> PretrainedInfo:
    """What the card in ``folder`` says. Raises FacelabelError when there is none or it is none, and when a file of the
    weights is missing or cut short."""
    info = parse(PretrainedInfo, folder)
    for path in weight_files(folder):
        try:
            with safe_open(path, framework="np"):
                pass
        except (OSError, SafetensorError):
            raise FacelabelError(DAMAGED, where=path, cure=CURE) from None
    return info


def parse(model: type[Card], folder: Path) -> Card:
    """The card in ``folder`` as ``model``. Raises FacelabelError when there is none or it is none."""
    try:
        return model.model_validate_json((folder / CARD).read_bytes())
    except OSError as error:
        raise FacelabelError(
            f"there are no pretrained weights here: {CARD}: {error.strerror}", where=folder, cure=CURE
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
        raise FacelabelError(f"not a card of pretrained weights: {what}", where=folder / CARD, cure=CURE) from None


@dataclass(frozen=True)
class Start:
    """What training of a preset starts from, in one line; ``problem`` says what is wrong with weights that ship."""

    text: str
    info: PretrainedInfo | None = None
    problem: FacelabelError | None = None


def start_of(preset: str) -> Start:
    """The weights that ship for a preset, or that there are none."""
    folder = shipped(preset)
    if folder is None:
        return Start("no weights of ours: trains from scratch")
    try:
        info = read(folder)
    except FacelabelError as error:
        return Start(str(error), problem=error)
    return Start(describe(info), info)


def choose(preset: str, chosen: str | None) -> Path | None:
    """The folder that training starts from: ``chosen`` is one, or ``SHIPPED``, or None for none."""
    if chosen is None:
        return None
    return shipped(preset) if chosen == SHIPPED else Path(chosen)


def knows(preset: str, chosen: str | None, scheme: str) -> bool:
    """Whether these weights find a scheme's landmarks before any label: they have a last layer for it."""
    folder = choose(preset, chosen)
    try:
        return folder is not None and scheme in read(folder).heads
    except FacelabelError:
        return False


def describe(info: PretrainedInfo) -> str:
    """What weights are, in one line: what for, what they saw, their version."""
    return f"{_objective(info)}: {'; '.join(info.data)} (facelabel {info.facelabel}, {info.data_hash[:8]})"


def named(info: PretrainedInfo) -> str:
    """Which weights these are, in a few words, for the log of a training."""
    return f"{info.preset} {info.data_hash[:8]}, {_objective(info)}"


def _objective(info: PretrainedInfo) -> str:
    return _OBJECTIVES.get(info.objective, info.objective)


def file_names(count: int) -> list[str]:
    """What weights in ``count`` files are called."""
    if count == 1:
        return ["weights.safetensors"]
    return [f"weights-{number:05d}-of-{count:05d}.safetensors" for number in range(1, count + 1)]


def weight_files(folder: Path) -> list[Path]:
    """Every file of the weights in ``folder``, in order. Raises FacelabelError when one is missing, or when the files
    are of more than one set."""
    matches = [match for path in sorted(folder.glob("weights*.safetensors")) if (match := _FILE.fullmatch(path.name))]
    counts = {int(match[2] or 1) for match in matches}
    if len(counts) > 1:
        raise FacelabelError("the weights are in pieces of more than one set", where=folder, cure=CURE)
    names = file_names(counts.pop() if counts else 1)
    for name in names:
        if not (folder / name).is_file():
            raise FacelabelError(f"of the weights, {name} is missing", where=folder, cure=CURE)
    return [folder / name for name in names]
