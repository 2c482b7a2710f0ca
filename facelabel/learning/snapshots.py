"""Import of the snapshots that the authors of 3FabRec published: ``saae.mdl``, with ``meta.json`` beside it.

A snapshot is what ``torch.save`` makes of {"arch", "z_dim", "input_size", "state_dict"}; older ones have only the last.
The names in the state dict begin with Q and P (the auto-encoder), LMH (the landmark head), D and D_z (the
discriminators, which nothing needs any more).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, Field, ValidationError
from torch import Tensor

import facelabel
from facelabel.errors import FacelabelError
from facelabel.learning import weights
from facelabel.learning.presets import Preset, scaf_shape
from facelabel.learning.torch_files import TorchFile, plain
from facelabel.learning.weights import Pretrained, PretrainedCard
from facelabel.schemes import Scheme

FILE: Final = "saae.mdl"
TERMS: Final = "VGGFace2 and AffectNet photos, as the authors of 3FabRec say; for research only"
_KNOWN = ("Q.", "P.", "LMH.", "D.", "D_z.")
_UNUSED = "LMH.t5.weight"  # a layer of the code of spring 2020 that nothing ran
_CURE = "download the snapshot again; facelabel reads the layout that 3FabRec's authors published"


class _Meta(BaseModel):
    """What ``meta.json`` tells; ``total_time`` in seconds."""

    total_iter: int = Field(default=0, ge=0)
    total_time: float = Field(default=0, ge=0)


def read(path: Path, preset: Preset, scheme: Scheme | None = None, *, command: str = "") -> Pretrained:
    """The weights of the snapshot in ``path``, its file or the folder around it, for networks of ``preset``.

    The auto-encoder alone by default: SCAF learns its own transfer layers. With ``scheme`` also the transfer layers and
    the last layer, which then has to be one for this scheme. Nothing in the file is run. Raises FacelabelError for
    anything but the published layout, other sizes than the preset's, or a head of another number of landmarks.
    """
    file = _file(path)
    opened = TorchFile(file, "a snapshot of 3FabRec", _CURE)
    state = opened.state("state_dict")
    for name in state:
        if not name.startswith(_KNOWN):
            raise opened.refused(f"it has '{name}'")
    parts = ("Q.", "P.") if scheme is None else ("Q.", "P.", "LMH.t")
    heads = {} if scheme is None else {scheme.id: _head(state, scheme, file)}
    meta = _meta(file.with_name("meta.json"))
    card = PretrainedCard(
        facelabel=facelabel.__version__,
        preset=preset.name,
        network=scaf_shape(preset),
        objective="3fabrec",
        data=[TERMS, *(f"the labels behind the landmark head for {scheme}" for scheme in heads)],
        data_hash=opened.sha256(),
        seed=0,
        steps=meta.total_iter,
        batch=0,
        seconds=meta.total_time,
        device="the authors' GPU",
        command=command,
        heads=list(heads),
    )
    kept = {name: plain(tensor) for name, tensor in state.items() if name.startswith(parts) and name != _UNUSED}
    found = Pretrained(kept, {name: plain(head) for name, head in heads.items()}, card)
    weights.check(found, file)
    return found


def _file(path: Path) -> Path:
    """The snapshot itself: in a folder it is called ``saae.mdl``, possibly one folder deeper."""
    if not path.is_dir():
        return path
    found = [path / FILE] if (path / FILE).is_file() else sorted(path.glob(f"*/{FILE}"))
    if len(found) != 1:
        what = f"there is no {FILE} here" if not found else f"there are {len(found)} snapshots here"
        raise FacelabelError(what, where=path, cure="name the file of the snapshot")
    return found[0]


def _head(state: Mapping[str, Tensor], scheme: Scheme, file: Path) -> Tensor:
    head = state.get("LMH.lin.weight")
    if head is None:
        raise FacelabelError(
            "the snapshot is an auto-encoder without a landmark head", where=file, cure="import it without a scheme"
        )
    if head.ndim != 4 or head.shape[1] != scheme.size:
        raise FacelabelError(
            f"the landmark head is {tuple(head.shape)}, but scheme '{scheme.id}' has {scheme.size} landmarks",
            where=file,
            cure="name the scheme of the head, or import without one",
        )
    return head


def _meta(path: Path) -> _Meta:
    """A snapshot without its ``meta.json``, or with a broken one, is none the worse."""
    try:
        return _Meta.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return _Meta()
