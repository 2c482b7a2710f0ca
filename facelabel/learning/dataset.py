"""Training batches from faces held in memory: every picture is decoded once, every variation is one warp."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from facelabel.geometry import crop_transform
from facelabel.images.crops import warp
from facelabel.learning import augment
from facelabel.learning.crops import Crop
from facelabel.learning.faces import LabelledFace
from facelabel.learning.heatmaps import to_heatmap
from facelabel.learning.presets import Preset
from facelabel.schemes import Scheme


@dataclass(frozen=True)
class Batch:
    """``images`` uint8 RGB (B, S, S, 3); ``points`` float32 (B, L, 2) in heatmap pixels, finite; ``known`` (B, L): the
    landmark is labelled and inside the crop, so its heatmap may be compared."""

    images: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float32]
    known: npt.NDArray[np.bool_]


class Dataset:
    """Labelled crops and the seeded stream of batches of them."""

    def __init__(self, crops: Sequence[Crop[LabelledFace]], preset: Preset, scheme: Scheme) -> None:
        self._crops = crops
        self._preset = preset
        self._flip = scheme.flip_index
        self._to_heatmap = to_heatmap(preset.network.input_size, preset.network.heatmap_size)

    def __len__(self) -> int:
        return len(self._crops)

    def digest(self) -> str:
        """SHA-256 (hex) of the pixels and labels, whatever their order and wherever the files lie."""
        parts = [
            hashlib.sha256(crop.pixels.tobytes() + np.round(crop.place.apply(crop.face.shape), 3).tobytes()).digest()
            for crop in self._crops
        ]
        return hashlib.sha256(b"".join(sorted(parts))).hexdigest()

    def batches(self, size: int, rng: np.random.Generator) -> Iterator[Batch]:
        """Endless: pass after pass over all faces, each in a chance order; passes run on into each other."""
        waiting: list[int] = []
        while True:
            while len(waiting) < size:
                waiting += rng.permutation(len(self._crops)).tolist()
            chosen, waiting = waiting[:size], waiting[size:]
            yield self._stack([self.sample(index, rng) for index in chosen])

    def sample(
        self, index: int, rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """One face, varied: its row of a ``Batch``."""
        crop, preset = self._crops[index], self._preset
        size = preset.network.input_size
        varied, mirrored = augment.geometry(preset.augmentation, rng)
        place = crop_transform(crop.face.box.scaled(preset.margin), size, varied, flip=mirrored)
        pixels = augment.photometry(warp(crop.pixels, place @ crop.place.inverse(), size), preset.augmentation, rng)
        shape = crop.face.shape[self._flip] if mirrored else crop.face.shape
        points = place.apply(shape)
        with np.errstate(invalid="ignore"):
            known = np.all((points >= -0.5) & (points <= size - 0.5), axis=1)
        return pixels, np.where(known[:, None], self._to_heatmap.apply(points), 0.0).astype(np.float32), known

    @staticmethod
    def _stack(
        samples: list[tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], npt.NDArray[np.bool_]]],
    ) -> Batch:
        images, points, known = zip(*samples, strict=True)
        return Batch(np.stack(images), np.stack(points), np.stack(known))
