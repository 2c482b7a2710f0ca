"""What the readers of public data sets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from facelabel.errors import FacelabelError
from facelabel.evaluation.faces import FaceSet, KnownFace
from facelabel.geometry import Box
from facelabel.metrics.nme import Kind
from facelabel.schemes import Scheme

BoxKind = Literal["ground-truth", "detector"]
"""Which of the boxes that come with a data set the papers' crops are made from."""


@dataclass(frozen=True)
class PublicSet:
    """``train`` faces in the order of the files; ``test`` with its subsets; how its tables divide errors, and where
    AUC and failure rate stand (a fraction)."""

    title: str
    scheme: Scheme
    train: list[KnownFace]
    test: FaceSet
    norm: Kind
    threshold: float


def grown(box: Box, top: float, bottom: float) -> Box:
    """The box with its top moved up and its bottom down by shares of its height."""
    return Box(box.left, box.top - top * box.height, box.width, box.height * (1 + top + bottom))


def first_there(folder: Path, candidates: Sequence[str], what: str) -> Path:
    """The first of the paths below ``folder`` that exists. Raises FacelabelError in one line when none does."""
    for candidate in candidates:
        if (folder / candidate).exists():
            return folder / candidate
    others = f" (nor as {' or '.join(candidates[1:])})" if len(candidates) > 1 else ""
    raise FacelabelError(
        f"{what}: {candidates[0]} is not there{others}", where=folder, cure="docs/evaluation.md shows the layout"
    )
