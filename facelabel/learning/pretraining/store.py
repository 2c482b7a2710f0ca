"""Cropped faces on disk, mapped into memory: a pretraining sees each hundreds of times and holds none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.learning.faces import Failure
from facelabel.learning.pretraining.sources import Cropped
from facelabel.schemes import Scheme

_BLOCK = 256
"""Faces written at once."""


@dataclass(frozen=True)
class Source:
    """``pixels`` uint8 RGB (N, S, S, 3); ``points`` float32 (N, L, 2) in them, absent = NaN; ``digest`` of both."""

    scheme: Scheme
    pixels: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float32]
    digest: str

    def __len__(self) -> int:
        return len(self.points)


def opened(folder: Path, name: str, scheme: Scheme, side: int) -> Source | None:
    """What ``written`` left under ``name``; None when it did not come to its end."""
    try:
        points = np.load(folder / f"{name}.points.npy")
        digest = (folder / f"{name}.sha256").read_text(encoding="ascii")
        pixels = np.memmap(folder / f"{name}.pixels", np.uint8, "r", shape=(len(points), side, side, 3))
    except (OSError, ValueError):
        return None
    return Source(scheme, pixels, points, digest)


def written(
    folder: Path, name: str, scheme: Scheme, side: int, faces: Iterable[Cropped | Failure]
) -> tuple[Source, list[Failure]]:
    """Write all faces and open them. Raises FacelabelError when there is none, or no room for them."""
    failures: list[Failure] = []
    points: list[npt.NDArray[np.float32]] = []
    digest = hashlib.sha256()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{name}.pixels").open("wb") as file:
            for block in _blocks(_sound(faces, failures)):
                data = b"".join(face.pixels.tobytes() for face in block)
                digest.update(data)
                file.write(data)
                points += [face.points for face in block]
        if not points:
            why = f": {failures[0].why}" if failures else ""
            raise FacelabelError(f"none of the faces can be read{why}", cure="name other photos")
        stacked = np.stack(points)
        digest.update(np.round(stacked, 2).tobytes())
        np.save(folder / f"{name}.points.npy", stacked)
        fresh = folder / f"{name}.sha256.new"
        fresh.write_text(digest.hexdigest(), encoding="ascii")
        os.replace(fresh, folder / f"{name}.sha256")
    except OSError as error:
        raise FacelabelError(
            f"the faces cannot be kept: {error.strerror}", where=folder, cure="check space and permissions"
        ) from None
    source = opened(folder, name, scheme, side)
    assert source is not None
    return source, failures


def _sound(faces: Iterable[Cropped | Failure], failures: list[Failure]) -> Iterator[Cropped]:
    for face in faces:
        if isinstance(face, Failure):
            failures.append(face)
        else:
            yield face


def _blocks(faces: Iterable[Cropped]) -> Iterator[list[Cropped]]:
    block: list[Cropped] = []
    for face in faces:
        block.append(face)
        if len(block) == _BLOCK:
            yield block
            block = []
    if block:
        yield block
