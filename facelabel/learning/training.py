"""Training a landmark network on the labelled faces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

import facelabel
from facelabel.errors import FacelabelError
from facelabel.learning import checkpoints, devices, room, weights
from facelabel.learning.checkpoints import ModelCard, TrainedModel
from facelabel.learning.crops import Crop, cut
from facelabel.learning.dataset import Batch, Dataset
from facelabel.learning.faces import Clock, Failure, LabelledFace, OnProgress
from facelabel.learning.losses import LossWeights, head_loss
from facelabel.learning.presets import Preset, Training
from facelabel.learning.weights import Pretrained
from facelabel.networks import LandmarkNetwork, create
from facelabel.schemes import Scheme

_Tensors = tuple[Tensor, ...] | list[Tensor]


class DivergedError(FacelabelError):
    """The loss became infinite or not a number; ``model`` holds the averaged weights of the last sound step."""

    def __init__(self, step: int, model: TrainedModel) -> None:
        super().__init__(
            f"the loss of training is no longer a number at step {step}", cure="train again with another seed"
        )
        self.model = model


def train(
    preset: Preset,
    scheme: Scheme,
    faces: Sequence[LabelledFace],
    *,
    seed: int,
    start_from: Path | None = None,
    pretrained: Path | Literal["shipped"] | None = "shipped",
    steps: int | None = None,
    finish: bool = False,
    batch: int | None = None,
    portions: int = 1,
    device: torch.device | None = None,
    cache: Path | None = None,
    on_progress: OnProgress | None = None,
) -> TrainedModel:
    """A model trained on ``faces`` (original image pixels).

    It goes on from the checkpoint in ``start_from``; without one it begins with the weights in ``pretrained``: a
    folder, or "shipped" for those that come with facelabel for the preset. Where there are none, and for None, every
    part starts from chance.

    ``steps`` and ``batch`` of None are the preset's, for ``finish`` those of its long schedule; a batch never exceeds
    the number of faces. The same seed, faces and number of threads give the same weights on a CPU. Faces whose picture
    cannot be read are left out and listed in the model's ``failures``. ``cache`` is a folder that keeps crops from run
    to run.

    The gradients of as many faces at once as the memory holds are taken, up to the batch, or to a part of it: a batch
    is taken in ``portions`` or more.

    Raises FacelabelError when none can be read, the checkpoint does not fit, or the memory is not enough for one face,
    DivergedError when the loss is no longer
    a number, and whatever ``on_progress`` raises.
    """
    parent, begun = None, None
    if start_from is not None:
        parent = checkpoints.load(start_from)
        checkpoints.check_fits(parent, preset, scheme, start_from)
    elif (folder := weights.shipped(preset) if pretrained == "shipped" else pretrained) is not None:
        begun = weights.load(folder)
        weights.check_fits(begun, preset, folder)
    dataset, failures = _load(preset, scheme, faces, cache, on_progress)
    recipe = preset.training
    steps = steps or recipe.steps.for_labels(len(dataset), warm=parent is not None, finish=finish)
    batch = min(batch or recipe.batch, len(dataset))
    device = device or torch.device("cpu")
    portion = room.portion(preset, batch, device, portions)

    network, fresh = _network(preset, scheme, seed, parent, begun)
    network.to(device)
    network.checkpointing = portion.checkpointing
    pretrained_by = parent.card.pretrained if parent is not None else begun and begun.card.data_hash
    taught = [] if pretrained_by is None else parts_taught(network, fresh)
    average = AveragedModel(network, multi_avg_fn=averaging(recipe.average), use_buffers=True)
    epoch = math.ceil(len(dataset) / batch)
    # The maps of a network that knows nothing are flat, and where their soft-argmax lies is chance.
    knows = parent is not None or begun is not None
    weighing = LossWeights.of(preset) if knows else replace(LossWeights.of(preset), coordinates=0.0)
    optimiser = _optimiser(network, recipe, taught)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(recipe, step, steps, epoch))
    batches = dataset.batches(batch, np.random.default_rng(seed))
    clock = Clock("train", steps, on_progress)
    losses: list[float] = []

    def result() -> TrainedModel:
        card = ModelCard(
            facelabel=facelabel.__version__,
            preset=preset,
            scheme=scheme,
            landmarks=scheme.size,
            data_hash=dataset.digest(),
            seed=seed,
            labels=len(dataset),
            steps=len(losses),
            batch=batch,
            loss=float(np.mean(losses[-max(1, len(losses) // 10) :])) if losses else 0.0,
            seconds=clock.seconds,
            started_from=None if parent is None else parent.card.data_hash,
            pretrained=pretrained_by,
            fresh=fresh,
        )
        return TrainedModel(cast(LandmarkNetwork, average.module.eval()), card, tuple(failures))

    clock.tell(0)
    for step in range(1, steps + 1):
        _training_mode(network, keep_statistics=taught if recipe.frozen_statistics else ())
        optimiser.zero_grad(set_to_none=True)
        value = 0.0
        for part, share in _portions(next(batches), portion.faces):
            loss = share * _loss(network, part, weighing, recipe.precision, device)
            loss.backward()  # type: ignore[no-untyped-call]
            value += float(loss.detach())
        size = nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        if not math.isfinite(value + float(size)):
            raise DivergedError(step, result())
        optimiser.step()
        rates.step()
        average.update_parameters(network)
        losses.append(value)
        clock.tell(step, value)
    return result()


def untrained(preset: Preset, scheme: Scheme, folder: Path, *, seed: int) -> TrainedModel:
    """The pretrained weights in ``folder`` as a model that has seen no label of its scheme.

    Raises FacelabelError when they do not fit the preset, or find no landmarks of this scheme.
    """
    begun = weights.load(folder)
    weights.check_fits(begun, preset, folder)
    network, fresh = _network(preset, scheme, seed, None, begun)
    if fresh:
        raise FacelabelError(
            f"the pretrained weights know nothing of the scheme '{scheme.id}'",
            where=folder,
            cure="label a first batch and train on it",
        )
    card = ModelCard(
        facelabel=facelabel.__version__,
        preset=preset,
        scheme=scheme,
        landmarks=scheme.size,
        data_hash=begun.card.data_hash,
        seed=seed,
        labels=0,
        steps=0,
        batch=0,
        loss=0.0,
        seconds=0.0,
        pretrained=begun.card.data_hash,
    )
    return TrainedModel(network.eval(), card)


def _loss(
    network: LandmarkNetwork, batch: Batch, weighing: LossWeights, precision: devices.Precision, device: torch.device
) -> Tensor:
    with devices.autocast(precision, device):
        features, _ = network.features(network.normalise(torch.from_numpy(batch.images).to(device)))
    features = features.float()
    points, known = torch.from_numpy(batch.points).to(device), torch.from_numpy(batch.known).to(device)
    return head_loss(features, network.last.weight, points, known, weighing)


def _portions(batch: Batch, faces: int) -> Iterator[tuple[Batch, float]]:
    """A batch in parts of so many faces, each with its share of the known landmarks, by which its loss counts."""
    known = max(1, int(batch.known.sum()))
    for first in range(0, len(batch.images), faces):
        rows = slice(first, first + faces)
        part = Batch(batch.images[rows], batch.points[rows], batch.known[rows])
        yield part, int(part.known.sum()) / known


def _load(
    preset: Preset,
    scheme: Scheme,
    faces: Sequence[LabelledFace],
    cache: Path | None,
    on_progress: OnProgress | None,
) -> tuple[Dataset, list[Failure]]:
    for face in faces:
        if face.shape.shape != (scheme.size, 2):
            raise ValueError(
                f"face {face.id} has a label of shape {face.shape.shape}, the scheme {scheme.size} landmarks"
            )
    if faces and all(np.isnan(face.shape).any(axis=1).all() for face in faces):
        raise FacelabelError(
            f"every landmark of all {len(faces)} labels is absent: there is nothing to learn", cure="label more faces"
        )
    crops: list[Crop[LabelledFace]] = []
    failures: list[Failure] = []
    clock = Clock("load", len(faces), on_progress)
    for done, item in enumerate(cut(faces, preset.network.input_size, preset.margin, cache), start=1):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            crops.append(item)
        clock.tell(done)
    if not crops:
        why = f": {failures[0].why}" if failures else ""
        raise FacelabelError(f"none of the {len(faces)} labelled faces can be read{why}", cure="label some faces first")
    return Dataset(crops, preset, scheme), failures


def _network(
    preset: Preset, scheme: Scheme, seed: int, parent: TrainedModel | None, begun: Pretrained | None
) -> tuple[LandmarkNetwork, list[str]]:
    """The network to train and, for one with pretrained weights, its parts that they left to chance."""
    if parent is not None:
        return parent.network, parent.card.fresh
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = create(preset.network, scheme.size)
    return network, [] if begun is None else weights.apply(begun, network, scheme)


def parts_taught(network: LandmarkNetwork, fresh: Sequence[str]) -> list[nn.Module]:
    """The encoder and the generator; of one that pretraining left to chance in part, the modules that it taught."""
    begins = tuple(begin for part, names in network.PARTS.items() if part not in fresh for begin in names)
    taught: list[nn.Module] = []
    for name, part in network.named_children():
        if part not in (network.encoder, network.generator):
            continue
        if all(f"{name}.{parameter}".startswith(begins) for parameter, _ in part.named_parameters()):
            taught.append(part)
        else:
            taught += [module for inner, module in part.named_modules() if f"{name}.{inner}.".startswith(begins)]
    return taught


def _training_mode(network: LandmarkNetwork, *, keep_statistics: Sequence[nn.Module]) -> None:
    network.train()
    for module in keep_statistics:
        module.eval()


def _optimiser(network: LandmarkNetwork, recipe: Training, taught: Sequence[nn.Module]) -> torch.optim.Optimizer:
    """What pretraining has taught learns at rates of its own, or not at all."""
    rates: dict[nn.Parameter, float] = dict.fromkeys(network.parameters(), recipe.lr)
    for part, rate in ((network.encoder, recipe.encoder_lr), (network.generator, recipe.generator_lr)):
        if rate is not None:
            inside = set(part.modules())
            rates |= {one: rate for module in taught if module in inside for one in module.parameters()}
    groups: dict[float, list[nn.Parameter]] = {}
    for parameter, rate in rates.items():
        parameter.requires_grad_(rate > 0)
        if rate > 0:
            groups.setdefault(rate, []).append(parameter)
    named = [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]
    return torch.optim.AdamW(named, betas=recipe.betas, weight_decay=recipe.weight_decay, fused=True)


def _rate(recipe: Training, step: int, steps: int, epoch: int) -> float:
    """The share of the learning rate for 0-based ``step``: a linear rise, at most over a fifth of the run, then the
    schedule. ``epoch`` is the number of steps in which all faces are seen."""
    warm_up = min(recipe.warm_up, steps // 5)
    if step < warm_up:
        return (step + 1) / (warm_up + 1)
    if recipe.schedule == "constant":
        return 1.0
    if recipe.schedule == "epochs":
        return max(recipe.floor, math.pow(recipe.decay, (step - warm_up) / (10 * epoch)))
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def averaging(decay: float) -> Callable[[_Tensors, _Tensors, Tensor | int], None]:
    """An exponential moving average that forgets its first, untrained steps faster: the decay rises from .18 to
    ``decay``."""

    def average(kept: _Tensors, current: _Tensors, count: Tensor | int) -> None:
        if kept[0].is_floating_point():
            share = 1 - min(decay, (1 + float(count)) / (10 + float(count)))
            torch._foreach_lerp_(kept, current, share)
        else:
            torch._foreach_copy_(kept, current)

    return average
