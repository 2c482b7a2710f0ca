"""Heatmaps of many faces in one small file: what a model saw, for the eye, not for any computation.

A folder holds ``maps.lz4``, one LZ4 block a face, and ``index.npz``, written last: face ids (N,), offsets (N + 1,) into
the blocks, ``places`` (N, 2, 3) and ``shape``, the (L, ``SIDE``, ``SIDE``) of each face's maps. A face of 68 landmarks
takes some 5 kB.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import lz4.block
import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.geometry import Affine

SIDE = 32
"""Pixels of a kept map's side: one is a twentieth to a thirtieth of the face."""
_FAINT = 6
"""Levels of 255 up to which a map counts as empty: no eye sees them, and without them it packs to a tenth."""

UInt8Array = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class FaceHeatmaps:
    """``maps`` uint8 (L, ``SIDE``, ``SIDE``), 255 for a heatmap's 1, and ``place``: their pixels to the photo's."""

    maps: UInt8Array
    place: Affine


def pack(maps: npt.NDArray[np.float32]) -> list[bytes]:
    """Maps (n, L, ``SIDE``, ``SIDE``) from 0 to 1, one block a face."""
    levels = np.rint(255 * maps.clip(0, 1)).astype(np.uint8)
    levels[levels <= _FAINT] = 0
    return [lz4.block.compress(face.tobytes(), store_size=False) for face in levels]


def write(
    folder: Path,
    face_ids: npt.NDArray[np.int64],
    landmarks: int,
    places: npt.NDArray[np.float64],
    blocks: Sequence[bytes],
) -> None:
    """``places`` (N, 2, 3) take the pixels of the packed maps to the photos'."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "maps.lz4").open("wb") as file:
        file.writelines(blocks)
    offsets = np.concatenate([[0], np.cumsum([len(block) for block in blocks], dtype=np.int64)]).astype(np.int64)
    fresh = folder / "index.new.npz"
    shape = np.array([landmarks, SIDE, SIDE])
    np.savez(fresh, face_ids=face_ids, offsets=offsets, places=places, shape=shape, allow_pickle=False)
    os.replace(fresh, folder / "index.npz")


def read(folder: Path, face_id: int) -> FaceHeatmaps | None:
    """The maps of one face; None where the folder has none of it. Raises FacelabelError for a damaged file."""
    if not (folder / "index.npz").is_file():
        return None
    try:
        with (folder / "index.npz").open("rb") as file, np.load(file) as index:
            rows = np.flatnonzero(index["face_ids"] == face_id)
            if not len(rows):
                return None
            row, shape = int(rows[0]), tuple(int(n) for n in index["shape"])
            start, end = (int(at) for at in index["offsets"][row : row + 2])
            place = Affine.from_matrix(index["places"][row])
        with (folder / "maps.lz4").open("rb") as blocks:
            blocks.seek(start)
            content = lz4.block.decompress(blocks.read(end - start), uncompressed_size=int(np.prod(shape)))
        return FaceHeatmaps(np.frombuffer(content, dtype=np.uint8).reshape(shape), place)
    except (OSError, ValueError, KeyError, BadZipFile, lz4.block.LZ4BlockError) as error:
        raise FacelabelError(
            f"the heatmaps cannot be read: {error}", where=folder, cure="they come back with the next training"
        ) from None
