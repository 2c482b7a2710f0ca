"""Import of what others published for StyleGAN2 and its encoders, as a start for FASE.

A generator comes in the layout of the PyTorch port that most converted weights are in, {"g_ema": its state dict,
"latent_avg": (d,)}, or in that of pSp, {"state_dict": {"decoder.*", "encoder.*"}, "latent_avg": (n, d)}. Its noises and
its mean latent vector may be missing: the noise is then zero, and the mean is computed from the mapping network.

An encoder is a state dict of the Feature-Style encoder (``conv.*``, ``block_<k>.*``, ``content_layer.*``,
``styles.<i>.*``) or of ArcFace's iresnet50 (``conv1``, ``bn1``, ``prelu``, ``layer<k>.*``, ...), which gives the trunk
alone. Only what a network of the preset needs is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

import facelabel
from facelabel.errors import FacelabelError
from facelabel.learning import weights
from facelabel.learning.presets import Preset, fase_shape
from facelabel.learning.torch_files import TorchFile, plain
from facelabel.learning.weights import Pretrained, PretrainedCard
from facelabel.networks import Fase, FaseShape, create
from facelabel.networks.stylegan import Mapping as MappingNetwork
from facelabel.networks.stylegan import side_of

GENERATOR_TERMS: Final = "a generator of StyleGAN2; those trained by NVIDIA are for non-commercial use"
ENCODER_TERMS: Final = "the Feature-Style encoder; its authors' files are for evaluation only"
TRUNK_TERMS: Final = "the iresnet50 of ArcFace; its authors' files are for non-commercial research"
_CURE: Final = "get the file again; docs/weights.md says which layouts are read"
_OF_GENERATOR = ("style.", "input.", "conv1.", "to_rgb1.", "convs.", "to_rgbs.", "noises.")
_OF_ENCODER = ("conv.", "block_", "content_layer.", "styles.")
_OF_ARCFACE = ("conv1.", "bn1.", "prelu.", "layer", "bn2.", "fc.", "features.")


def read(generator: Path, preset: Preset, encoder: Path | None = None, *, command: str = "") -> Pretrained:
    """The weights in the files ``generator`` and ``encoder`` for networks of ``preset``; without an encoder, that part
    starts from chance.

    Nothing in the files is run. Raises FacelabelError for anything but the published layouts, and when tensors are
    missing or of other sizes than the preset's.
    """
    shape = fase_shape(preset)
    opened = TorchFile(generator, "a generator of StyleGAN2", _CURE)
    found = _generator(opened, preset.name, shape)
    data, hashes = [GENERATOR_TERMS], [opened.sha256()]
    if encoder is not None:
        second = TorchFile(encoder, "an encoder of FASE", _CURE)
        tensors, terms = _encoder(second, shape)
        found |= tensors
        data.append(terms)
        hashes.append(second.sha256())
    card = PretrainedCard(
        facelabel=facelabel.__version__,
        preset=preset.name,
        network=shape,
        objective="stylegan2",
        data=data,
        data_hash=hashes[0] if len(hashes) == 1 else hashlib.sha256(" ".join(hashes).encode()).hexdigest(),
        seed=0,
        steps=0,
        batch=0,
        seconds=0.0,
        device="the authors' GPU",
        command=command,
    )
    result = Pretrained({name: plain(tensor) for name, tensor in found.items()}, {}, card)
    weights.check(result, generator)
    return result


def _generator(file: TorchFile, preset: str, shape: FaseShape) -> dict[str, Tensor]:
    held = file.held if isinstance(file.held, Mapping) else {}
    state = file.state("g_ema", "state_dict")
    if "g_ema" not in held:
        state = {n.removeprefix("decoder."): t for n, t in state.items() if n.startswith("decoder.")}
        if not state:
            raise file.refused("its state_dict has no decoder")
    for name in state:
        if not name.startswith(_OF_GENERATOR):
            raise file.refused(f"it has '{name}'")
    last = max((int(name.split(".")[1]) for name in state if re.match(r"convs\.\d+\.", name)), default=-1)
    if last < shape.layers[-1]:
        size = side_of(last) if last >= 0 else 4
        raise FacelabelError(
            f"the generator draws {size} pixels, and preset '{preset}' needs its layers up to {shape.heatmap_size}",
            where=file.path,
            cure=f"use a generator for pictures of {shape.input_size} pixels or more",
        )
    styled = state.get("conv1.conv.modulation.weight")
    if styled is not None and styled.shape[-1] != shape.style:
        raise FacelabelError(
            f"the generator has latent vectors of {styled.shape[-1]} numbers, and preset '{preset}' of {shape.style}",
            where=file.path,
            cure="name the preset of the file's size with --preset; published files are of the size of 'fase'",
        )
    found = {}
    absent = []
    for name, tensor in _expected(shape, "G.").items():
        old = name.removeprefix("G.")
        if old in state:
            # The public files keep modulated kernels with an axis for the batch.
            found[name] = state[old].squeeze(0) if old.endswith("conv.weight") else state[old]
        elif old.startswith("noises."):
            found[name] = torch.zeros(tensor.shape)
        else:
            absent.append(old)
    if absent:
        raise _missing(absent, file)
    found["latent_avg"] = _mean_latent(file, held.get("latent_avg"), state, shape)
    return found


def _mean_latent(file: TorchFile, given: object, state: Mapping[str, Tensor], shape: FaseShape) -> Tensor:
    """For each latent vector that FASE uses, the generator's mean: (6, d)."""
    numbers = [number + 1 for number in shape.layers]
    if isinstance(given, Tensor) and given.ndim == 2 and len(given) > numbers[-1]:
        return given[numbers]
    if isinstance(given, Tensor) and given.numel() == shape.style:
        return given.reshape(1, -1).expand(len(numbers), -1)
    if given is not None:
        size = tuple(given.shape) if isinstance(given, Tensor) else "no tensor"
        raise file.refused(f"its latent_avg is {size}, not ({shape.style},) or (n, {shape.style})")
    mapping = MappingNetwork(shape.style)
    absent = [f"style.{name}" for name in mapping.state_dict() if f"style.{name}" not in state]
    if absent:
        raise FacelabelError(
            f"the generator has no latent_avg, nor the mapping network to compute it from: {weights.listed(absent)}",
            where=file.path,
            cure=_CURE,
        )
    for name, tensor in mapping.state_dict().items():
        given_shape = tuple(state[f"style.{name}"].shape)
        if given_shape != tuple(tensor.shape):
            raise file.refused(f"style.{name} is {given_shape}, not {tuple(tensor.shape)}")
    mapping.load_state_dict({name: plain(state[f"style.{name}"]) for name in mapping.state_dict()})
    return mapping.average().expand(len(numbers), -1)


def _encoder(file: TorchFile, shape: FaseShape) -> tuple[dict[str, Tensor], str]:
    """Tensors under the names of our networks, and what they are."""
    state = file.state()
    arcface = "conv1.weight" in state
    for name in state:
        if not name.startswith(_OF_ARCFACE if arcface else _OF_ENCODER):
            raise file.refused(f"it has '{name}'")
    if arcface:
        state = {_as_trunk(n): t for n, t in state.items() if n.startswith(("conv1.", "bn1.", "prelu.", "layer"))}
    expected = _expected(shape, *(Fase.PARTS["E.trunk"] if arcface else ("E.",)))
    unused = [f"E.styles.{number}." for number in _styles(state) if number - 1 not in shape.layers]
    found = {f"E.{name}": tensor for name, tensor in state.items()}
    found = {name: tensor for name, tensor in found.items() if not name.startswith(tuple(unused))}
    absent = [n for n in expected if n not in found and not n.endswith("num_batches_tracked")]
    if absent:
        raise _missing([_as_published(name, arcface) for name in absent], file)
    return found, TRUNK_TERMS if arcface else ENCODER_TERMS


def _styles(state: Iterable[str]) -> set[int]:
    return {int(name.split(".")[1]) for name in state if re.match(r"styles\.\d+\.", name)}


_TRUNK = {"conv.0.": "conv1.", "conv.1.": "bn1.", "conv.2.": "prelu.", "block_": "layer"}
"""What ArcFace calls the parts of the Feature-Style encoder's trunk."""


def _as_trunk(name: str) -> str:
    """An ArcFace name as the Feature-Style encoder has it."""
    ours, theirs = next((ours, theirs) for ours, theirs in _TRUNK.items() if name.startswith(theirs))
    return ours + name.removeprefix(theirs)


def _as_published(name: str, arcface: bool) -> str:
    name = name.removeprefix("E.")
    if not arcface:
        return name
    ours, theirs = next((ours, theirs) for ours, theirs in _TRUNK.items() if name.startswith(ours))
    return theirs + name.removeprefix(ours)


def _expected(shape: FaseShape, *begins: str) -> dict[str, Tensor]:
    """Tensors of a network whose names begin so, without their contents."""
    with torch.device("meta"):
        state = create(shape, 1).state_dict()
    return {name: tensor for name, tensor in state.items() if name.startswith(begins)}


def _missing(names: list[str], file: TorchFile) -> FacelabelError:
    verb = "is" if len(names) == 1 else "are"
    return file.refused(f"of its tensors {len(names)} {verb} missing: {weights.listed(names)}")
