"""Models on disk: ``weights.safetensors`` and ``model.json``, which says everything needed to use and to trust them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from facelabel.errors import FacelabelError
from facelabel.learning.faces import Failure
from facelabel.learning.presets import Preset
from facelabel.networks import LandmarkNetwork, create
from facelabel.schemes import Scheme

WEIGHTS, CARD = "weights.safetensors", "model.json"
_CURE = "train the model again, or choose another version"


class ModelCard(BaseModel):
    """Where a model comes from. ``data_hash`` stands for the faces and labels it saw, ``loss`` is the mean of the
    last tenth of the steps, ``started_from`` the ``data_hash`` of the model whose weights it began with, if any.
    ``pretrained`` is the ``data_hash`` of the pretrained weights that it or its first ancestor began with, None from
    scratch; ``fresh`` are the parts that these weights left to chance."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())

    facelabel: str
    preset: Preset
    scheme: Scheme
    landmarks: int
    data_hash: str
    seed: int
    labels: int
    steps: int
    batch: int
    loss: float
    seconds: float
    started_from: str | None = None
    pretrained: str | None = None
    fresh: list[str] = []


@dataclass(frozen=True)
class TrainedModel:
    """A network with its averaged weights, in evaluation mode, its card, and the faces that could not be trained on."""

    network: LandmarkNetwork
    card: ModelCard
    failures: tuple[Failure, ...] = ()

    @property
    def preset(self) -> Preset:
        return self.card.preset

    @property
    def scheme(self) -> Scheme:
        return self.card.scheme


def save(folder: Path, model: TrainedModel) -> None:
    """Write a model into ``folder``, made if absent; the card comes last, so a folder with one is complete.

    Raises FacelabelError when the disk is full or the folder cannot be written; a model that was there stays.
    """
    tensors = {name: value.detach().cpu().contiguous() for name, value in model.network.state_dict().items()}
    card = model.card.model_dump_json(indent=2).encode()
    fresh = {folder / WEIGHTS: save_tensors(tensors), folder / CARD: card}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            # All is on the disk before anything takes its place: what fails leaves the model that was there.
            for path, data in fresh.items():
                path.with_suffix(".tmp").write_bytes(data)
            for path in fresh:
                path.with_suffix(".tmp").replace(path)
        finally:
            for path in fresh:
                path.with_suffix(".tmp").unlink(missing_ok=True)
    except OSError as error:
        raise FacelabelError(
            f"the model cannot be written: {error.strerror}", where=folder, cure="check space and permissions"
        ) from None


def load(folder: Path) -> TrainedModel:
    """The model in ``folder``, on the CPU, in evaluation mode.

    Raises FacelabelError when a file is missing, cut short, or does not fit what the card says.
    """
    try:
        card = ModelCard.model_validate_json((folder / CARD).read_bytes())
        tensors = load_tensors((folder / WEIGHTS).read_bytes())
    except OSError as error:
        raise FacelabelError(f"the model cannot be read: {error.strerror}", where=error.filename, cure=_CURE) from None
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
        raise FacelabelError(f"not a model card: {what}", where=folder / CARD, cure=_CURE) from None
    except SafetensorError:
        raise FacelabelError("the weights are damaged or cut short", where=folder / WEIGHTS, cure=_CURE) from None
    if card.landmarks != card.scheme.size:
        raise FacelabelError(
            f"the card counts {card.landmarks} landmarks, its scheme {card.scheme.size}",
            where=folder / CARD,
            cure=_CURE,
        )
    network = create(card.preset.network, card.landmarks)
    expected = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    found = {name: tuple(value.shape) for name, value in tensors.items()}
    if expected != found:
        name = next(name for name in sorted(expected | found) if expected.get(name) != found.get(name))
        raise FacelabelError(
            f"the weights do not fit preset '{card.preset.name}' with {card.landmarks} landmarks: {name} is "
            f"{found.get(name, 'absent')}, not {expected.get(name, 'known')}",
            where=folder / WEIGHTS,
            cure=_CURE,
        )
    network.load_state_dict(tensors)
    return TrainedModel(network.eval(), card)


def check_fits(model: TrainedModel, preset: Preset, scheme: Scheme, where: Path) -> None:
    """Raises FacelabelError unless training can go on from ``model`` with this preset and scheme."""
    cure = "train from scratch"
    if model.preset.network != preset.network:
        raise FacelabelError(
            f"the model is of preset '{model.preset.name}', not of '{preset.name}'", where=where, cure=cure
        )
    if model.card.landmarks != scheme.size:
        raise FacelabelError(
            f"the model has {model.card.landmarks} landmarks, the scheme '{scheme.id}' has {scheme.size}",
            where=where,
            cure=cure,
        )
