"""Pretrained weights: what a network starts from before it has seen a label of the project."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor

from facelabel import pretrained
from facelabel.errors import FacelabelError
from facelabel.learning.presets import Preset
from facelabel.networks import LandmarkNetwork, NetworkShape, Shape, create
from facelabel.pretrained import CURE, DAMAGED, PretrainedInfo
from facelabel.schemes import Scheme

_HEAD = "heads."
_LISTED = 6
"""How many missing tensors are named."""


class PretrainedCard(PretrainedInfo):
    """The card with the shape of the network, which decides what the weights fit."""

    network: NetworkShape


@dataclass(frozen=True)
class Pretrained:
    """``tensors`` are float32 (counters int64) under the names of the network's ``state_dict()``, without its last
    layer; whole parts of its ``PARTS`` may be absent. ``heads`` has that last layer (C, L, k, k) by scheme id."""

    tensors: dict[str, Tensor]
    heads: dict[str, Tensor]
    card: PretrainedCard


def shipped(preset: Preset) -> Path | None:
    """The folder of the weights that ship with facelabel for a preset, None where there are none."""
    return pretrained.shipped(preset.name)


def save(folder: Path, weights: Pretrained, *, half: bool = False, shard_bytes: int = 14_000_000) -> None:
    """Write weights into ``folder``, made if absent; what other weights it held goes when the new ones are complete.

    ``half`` stores kernels and matrices in half precision; vectors (batch norm, biases) stay as they are. No file is
    larger than ``shard_bytes``, unless a single tensor is. Raises FacelabelError when the weights are not sound, the
    disk is full or the folder cannot be written; the folder is then as it was.
    """
    check(weights, folder)
    named = weights.tensors | {_HEAD + scheme: head for scheme, head in weights.heads.items()}
    stored = {name: _to_store(tensor, half) for name, tensor in sorted(named.items())}
    shards = list(_shards(stored, shard_bytes))
    names = pretrained.file_names(len(shards))
    contents = dict(zip(names, map(save_tensors, shards), strict=True))
    contents[pretrained.CARD] = weights.card.model_dump_json(indent=2).encode() + b"\n"
    fresh = {name: folder / f"{name}.new" for name in contents}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            _write(fresh[name], data)
        (folder / pretrained.CARD).unlink(missing_ok=True)
        for old in folder.glob("weights*.safetensors"):
            old.unlink()
        for name, path in fresh.items():
            os.replace(path, folder / name)
    except OSError as error:
        if folder.is_dir():
            for path in fresh.values():
                path.unlink(missing_ok=True)
        raise FacelabelError(
            f"the weights cannot be written: {error.strerror}", where=folder, cure="check space and permissions"
        ) from None


def load(folder: Path) -> Pretrained:
    """The weights in ``folder``, float32, on the CPU.

    Raises FacelabelError when a file is missing or cut short, or holds something else than the card says.
    """
    card = pretrained.parse(PretrainedCard, folder)
    found: dict[str, Tensor] = {}
    for path in pretrained.weight_files(folder):
        try:
            found |= load_tensors(path.read_bytes())
        except OSError as error:
            raise FacelabelError(f"the weights cannot be read: {error.strerror}", where=path, cure=CURE) from None
        except SafetensorError:
            raise FacelabelError(DAMAGED, where=path, cure=CURE) from None
    full = {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in found.items()}
    heads = {name.removeprefix(_HEAD): tensor for name, tensor in full.items() if name.startswith(_HEAD)}
    weights = Pretrained({name: t for name, t in full.items() if not name.startswith(_HEAD)}, heads, card)
    check(weights, folder)
    return weights


def apply(weights: Pretrained, network: LandmarkNetwork, scheme: Scheme) -> list[str]:
    """Put the weights into ``network``, the last layer too where there is one for this scheme.

    Answers which parts keep their initialisation: of its ``PARTS``, and the last layer. Raises FacelabelError when the
    weights are of another shape of network.
    """
    _check_shape(weights, network.shape, None)
    tensors = dict(weights.tensors)
    head = weights.heads.get(scheme.id)
    if head is not None and head.shape[1] == network.landmarks:
        tensors[f"{network.LAST}.weight"] = head
    fresh = network.load_state_dict(tensors, strict=False).missing_keys
    parts = {**network.PARTS, network.LAST: (f"{network.LAST}.",)}
    counted = [name for name in fresh if not name.endswith("num_batches_tracked")]
    return [part for part, begins in parts.items() if any(name.startswith(begins) for name in counted)]


def check_fits(weights: Pretrained, preset: Preset, where: Path) -> None:
    """Raises FacelabelError unless networks of ``preset`` can start from ``weights``, which came from ``where``."""
    _check_shape(weights, preset.network, where)


def _check_shape(weights: Pretrained, shape: Shape, where: Path | None) -> None:
    asked, given = shape.model_dump(), weights.card.network.model_dump()
    if asked != given:
        names = ["system"] if asked["system"] != given["system"] else [n for n in asked if given[n] != asked[n]]
        unlike = ", ".join(f"{name} {given[name]}, not {asked[name]}" for name in names)
        raise FacelabelError(
            f"the pretrained weights of preset '{weights.card.preset}' do not fit the network: {unlike}",
            where=where,
            cure="choose weights of the preset that is trained",
        )


def check(weights: Pretrained, where: Path) -> None:
    """Raises FacelabelError unless the tensors are whole parts of the network that the card names, and numbers."""
    card = weights.card
    with torch.device("meta"):
        network = create(card.network, 1)
    expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    channels, _, *kernel = expected.pop(f"{network.LAST}.weight")

    def refuse(what: str) -> FacelabelError:
        return FacelabelError(f"not weights of preset '{card.preset}': {what}", where=where, cure=CURE)

    for name, tensor in weights.tensors.items():
        if expected.get(name) != tuple(tensor.shape):
            raise refuse(f"{name} is {tuple(tensor.shape)}, not {expected.get(name, 'known')}")
    for part, begins in network.PARTS.items():
        needed = [n for n in expected if n.startswith(begins) and not n.endswith("num_batches_tracked")]
        missing = [name for name in needed if name not in weights.tensors]
        if missing and (part in network.REQUIRED or len(missing) < len(needed)):
            raise refuse(f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} absent")
    if sorted(card.heads) != sorted(weights.heads):
        raise refuse(f"the card lists heads for {sorted(card.heads)}, the weights have {sorted(weights.heads)}")
    for scheme, head in weights.heads.items():
        if head.ndim != 4 or (head.shape[0], *head.shape[2:]) != (channels, *kernel):
            size = ", ".join(map(str, kernel))
            raise refuse(f"the head for '{scheme}' is {tuple(head.shape)}, not ({channels}, landmarks, {size})")
    for name, tensor in (weights.tensors | weights.heads).items():
        # Neither of the two is a number when one of all is none; nothing as large as the tensor is made to find out.
        if not all(torch.isfinite(end) for end in torch.aminmax(tensor)):
            raise refuse(f"{name} has values that are no number")


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _to_store(tensor: Tensor, half: bool) -> Tensor:
    tensor = tensor.detach().cpu()
    if half and tensor.is_floating_point() and tensor.ndim > 1:
        tensor = tensor.half()
    return tensor.contiguous()


def _shards(tensors: Mapping[str, Tensor], most: int) -> Iterator[dict[str, Tensor]]:
    shard: dict[str, Tensor] = {}
    size = 0
    room = most - 64 * 1024  # for the header of a file
    for name, tensor in tensors.items():
        if shard and size + tensor.nbytes > room:
            yield shard
            shard, size = {}, 0
        shard[name] = tensor
        size += tensor.nbytes
    yield shard


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
