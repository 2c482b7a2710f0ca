"""Batches of a pretraining: each is drawn from the seed and its step alone, so a run goes on exactly where it ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Box, crop_transform
from facelabel.images.crops import warp
from facelabel.learning import augment
from facelabel.learning.dataset import Batch
from facelabel.learning.heatmaps import to_heatmap
from facelabel.learning.presets import Augmentation, Preset
from facelabel.learning.pretraining.store import Source

Row = tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], npt.NDArray[np.bool_]]


class Batches:
    """``counts`` faces of each source a step."""

    def __init__(
        self, sources: Sequence[Source], counts: Sequence[int], preset: Preset, varied: Augmentation, seed: int
    ) -> None:
        self._sources = sources
        self._counts = counts
        self._size = preset.network.input_size
        self._augmentation = varied
        self._seed = seed
        self._to_heatmap = to_heatmap(self._size, preset.network.heatmap_size)

    def at(self, step: int) -> list[Batch]:
        """One batch a source, in their order."""
        rng = np.random.default_rng([self._seed, step])
        return [
            _stack([self._row(source, int(index), rng) for index in rng.integers(0, len(source), count)])
            for source, count in zip(self._sources, self._counts, strict=True)
        ]

    def ahead(self, first: int, last: int, workers: int) -> Iterator[list[Batch]]:
        """The batches of steps ``first`` to ``last``, prepared by ``workers`` threads; 0: in the caller's own."""
        if workers == 0:
            yield from map(self.at, range(first, last + 1))
            return
        with ThreadPoolExecutor(workers, thread_name_prefix="batches") as pool:
            waiting: deque[Future[list[Batch]]] = deque()
            try:
                for step in range(first, last + 1):
                    waiting.append(pool.submit(self.at, step))
                    if len(waiting) > 2 * workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def _row(self, source: Source, index: int, rng: np.random.Generator) -> Row:
        stored = source.pixels[index]
        middle = (stored.shape[0] - self._size) / 2 - 0.5
        varied, mirrored = augment.geometry(self._augmentation, rng)
        place = crop_transform(Box(middle, middle, self._size, self._size), self._size, varied, flip=mirrored)
        pixels = augment.photometry(warp(np.ascontiguousarray(stored), place, self._size), self._augmentation, rng)
        points = source.points[index]
        points = place.apply(points[source.scheme.flip_index] if mirrored else points)
        with np.errstate(invalid="ignore"):
            known = np.all((points >= -0.5) & (points <= self._size - 0.5), axis=1)
        return pixels, np.where(known[:, None], self._to_heatmap.apply(points), 0.0).astype(np.float32), known


def _stack(rows: list[Row]) -> Batch:
    images, points, known = zip(*rows, strict=True)
    return Batch(np.stack(images), np.stack(points), np.stack(known))
