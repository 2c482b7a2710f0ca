"""Predicting and scoring faces: pictures in, landmarks in the original pictures' pixels out."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from facelabel import acquisition
from facelabel.geometry import Affine
from facelabel.images.crops import resize_transform
from facelabel.images.heatmaps import SIDE, pack
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.faces import Clock, FaceToPredict, Failure, OnProgress
from facelabel.learning.heatmaps import decode, to_heatmap
from facelabel.learning.looking import heatmaps_of
from facelabel.learning.presets import Preset

ALTERATIONS = tuple(Affine.rotation(turn) @ Affine.scaling(size) for turn, size in ((10, 0.95), (-10, 1.05)))
"""Of the crops that "augmentation" takes a further pass over each: turned by degrees and scaled about their centres."""

_Batch = tuple[list[Crop[FaceToPredict]], list[Failure]]


@dataclass(frozen=True)
class Predictions:
    """What a model says of N faces, row by row in the order they were given.

    ``ids`` (N,); ``shapes`` float32 (N, L, 2), original image pixels; ``confidence`` float32 (N, L), each heatmap's
    maximum in [0, 1] (the reference calls more than .8 good); ``embeddings`` float32 (N, D), the encoder's latent
    vectors; ``scores`` by name, float32 (N,), higher = ask a person first: "nnm", "entropy" and, of a preset with
    ``decoding.flip`` only, "mirror", how far the predictions of the face and of its mirror image lie apart
    (``acquisition.disagreement`` of the two, by centres of mass); on request "augmentation", the same of the prediction
    and those of ``ALTERATIONS``; ``failures`` the faces without a row. ``heatmaps``, on request: each face's packed
    (``images.heatmaps.pack``), and ``heatmap_places`` float64 (N, 2, 3), their pixels to the original image's.
    """

    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.float32]
    confidence: npt.NDArray[np.float32]
    embeddings: npt.NDArray[np.float32]
    scores: dict[str, npt.NDArray[np.float32]]
    failures: tuple[Failure, ...]
    heatmaps: tuple[bytes, ...] = ()
    heatmap_places: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2, 3)))


def predict(
    model: TrainedModel,
    faces: Iterable[FaceToPredict],
    *,
    device: torch.device | None = None,
    batch: int | None = None,
    cache: Path | None = None,
    scores: Collection[str] = acquisition.SCORES,
    keep_heatmaps: bool = False,
    on_progress: OnProgress | None = None,
) -> Predictions:
    """Landmarks, confidence, embedding and scores of every face whose picture can be read, a few batches at a time.

    ``batch`` of None is the preset's; ``cache`` is a folder that keeps crops from run to run; of ``scores`` those are
    given that the model can tell. Raises what ``on_progress`` raises.
    """
    scores = [name for name in acquisition.SCORES + acquisition.COSTLY if name in scores]
    if not model.preset.decoding.flip:
        scores = [name for name in scores if name != "mirror"]
    device = device or torch.device("cpu")
    model.network.to(device).eval()
    given = list(faces)
    # Faces of one picture follow each other, so that each picture is decoded once.
    order = sorted(range(len(given)), key=lambda index: (str(given[index].image), index))
    clock = Clock("score", len(given), on_progress)
    clock.tell(0)
    parts: list[_Part] = []
    failures: list[Failure] = []
    done = 0
    size = _faces_a_batch(model.preset, batch or model.preset.decoding.batch, _threads(device))
    batches = _in_batches(model, [given[index] for index in order], size, cache)
    with (
        closing(batches),
        closing(_one_ahead(batches)) as ready,
        closing(_predicted(model, ready, device, scores, keep_heatmaps)) as found,
    ):
        for rows, failed in found:
            parts += rows
            failures += failed
            done += sum(len(part.ids) for part in rows) + len(failed)
            clock.tell(done)
    return _joined(model, parts, failures, [face.id for face in given], scores)


@dataclass(frozen=True)
class _Part:
    ids: list[int]
    shapes: npt.NDArray[np.float64]
    maxima: npt.NDArray[np.float64]
    embeddings: npt.NDArray[np.float32]
    scores: dict[str, npt.NDArray[np.float64]]
    heatmaps: list[bytes]
    places: list[Affine]


def _predicted(
    model: TrainedModel, batches: Iterable[_Batch], device: torch.device, scores: Collection[str], keep: bool
) -> Generator[tuple[list[_Part], list[Failure]], None, None]:
    """What the model says of each batch, in order.

    On a CPU each of torch's threads takes a batch of its own: networks this small gain little from threads that share
    the work of a layer.
    """
    threads = _threads(device)
    if threads == 1:
        for crops, failed in batches:
            yield _predict(model, crops, device, scores, keep), failed
        return
    pool = ThreadPoolExecutor(threads, "predict", torch.set_num_threads, (1,))
    try:
        running: deque[tuple[Future[list[_Part]], list[Failure]]] = deque()
        for batch in batches:
            running.append((pool.submit(_predict, model, batch[0], device, scores, keep), batch[1]))
            if len(running) > threads:
                first, failed = running.popleft()
                yield first.result(), failed
        for first, failed in running:
            yield first.result(), failed
    finally:
        pool.shutdown(cancel_futures=True)
        # Set in one thread, the number is what later threads begin with.
        torch.set_num_threads(threads)


def _threads(device: torch.device) -> int:
    return torch.get_num_threads() if device.type == "cpu" else 1


def _faces_a_batch(preset: Preset, batch: int, threads: int) -> int:
    """Fewer than ``batch`` where all threads together would fill the memory: a picture of twice the side takes four
    times as much."""
    together = batch * (256 // preset.network.input_size) ** 2
    return min(batch, max(4, together // threads))


def _predict(
    model: TrainedModel, crops: list[Crop[FaceToPredict]], device: torch.device, scores: Collection[str], keep: bool
) -> list[_Part]:
    if not crops:
        return []
    preset = model.preset
    size = preset.network.input_size
    seen = [view(crop, size, preset.margin) for crop in crops]
    images = np.stack([pixels for pixels, _ in seen])
    portions, latent = heatmaps_of(model, images, device, looks="mirror" in scores)
    window = acquisition.window_for(preset.sigma)
    parts = []
    first = 0
    for portion in portions:
        maps = portion.maps
        rows = slice(first, first + len(maps))
        points, maxima = decode(maps, preset.sigma, preset.decoding.method)
        told = {}
        if "nnm" in scores:
            told["nnm"] = acquisition.nnm(maps, points, window)
        if "entropy" in scores:
            told["entropy"] = acquisition.entropy(maps)
        if portion.looks is not None:
            told["mirror"] = _mirror(portion.looks, preset.sigma)
        parts.append(
            _Part(
                [crop.face.id for crop in crops[rows]],
                _in_pictures(preset, [place for _, place in seen[rows]], points),
                maxima,
                latent[rows],
                told,
                pack(_small(maps)) if keep else [],
                [place for _, place in seen[rows]],
            )
        )
        first = rows.stop
    if "augmentation" in scores:
        changes = iter(_augmentation(model, crops, np.concatenate([part.shapes for part in parts]), device))
        for part in parts:
            part.scores["augmentation"] = np.fromiter(changes, np.float64, len(part.ids))
    return parts


def _small(maps: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Maps (n, L, H, H) at the size that is kept: the mean of each cell, so that a point stays where it is."""
    with torch.inference_mode():
        small: npt.NDArray[np.float32] = functional.adaptive_avg_pool2d(torch.from_numpy(maps), SIDE).numpy()
    return small


def _mirror(looks: npt.NDArray[np.float32], sigma: float) -> npt.NDArray[np.float64]:
    """Disagreement (n,) of the two looks (2, n, L, h, h)."""
    points, _ = decode(looks.reshape(-1, *looks.shape[2:]), sigma / 2)
    return acquisition.disagreement(points.reshape(*looks.shape[:3], 2).swapaxes(0, 1))


def _augmentation(
    model: TrainedModel, crops: list[Crop[FaceToPredict]], shapes: npt.NDArray[np.float64], device: torch.device
) -> npt.NDArray[np.float64]:
    """Disagreement (n,) of the predicted ``shapes`` (n, L, 2) and those of altered crops."""
    preset = model.preset
    versions = [shapes]
    for alteration in ALTERATIONS:
        seen = [view(crop, preset.network.input_size, preset.margin, alteration) for crop in crops]
        portions, _ = heatmaps_of(model, np.stack([pixels for pixels, _ in seen]), device)
        points = [decode(portion.maps, preset.sigma, preset.decoding.method)[0] for portion in portions]
        versions.append(_in_pictures(preset, [place for _, place in seen], np.concatenate(points)))
    return acquisition.disagreement(np.stack(versions, axis=1))


def _in_pictures(preset: Preset, places: list[Affine], points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Points (n, L, 2) of the heatmaps in the pixels of the pictures that ``places`` take to the crops."""
    scale = to_heatmap(preset.network.input_size, preset.network.heatmap_size)
    return np.stack([(scale @ place).inverse().apply(at) for place, at in zip(places, points, strict=True)])


def _one_ahead(batches: Iterator[_Batch]) -> Generator[_Batch, None, None]:
    """The same, each prepared in a thread of its own while the one before is worked on."""
    with ThreadPoolExecutor(1, thread_name_prefix="crops") as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


def _in_batches(
    model: TrainedModel, faces: list[FaceToPredict], size: int, cache: Path | None
) -> Generator[_Batch, None, None]:
    crops: list[Crop[FaceToPredict]] = []
    failures: list[Failure] = []
    for item in cut(faces, model.preset.network.input_size, model.preset.margin, cache):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            crops.append(item)
        if len(crops) == size:
            yield crops, failures
            crops, failures = [], []
    if crops or failures:
        yield crops, failures


def _joined(
    model: TrainedModel, parts: list[_Part], failures: list[Failure], given: list[int], scores: Collection[str]
) -> Predictions:
    landmarks, latent = model.scheme.size, model.preset.network.embedding
    ids = np.array([face for part in parts for face in part.ids], dtype=np.int64)
    place = {face: index for index, face in enumerate(given)}
    order = np.argsort([place[face] for face in ids.tolist()], kind="stable").astype(np.intp)

    def rows(found: Iterable[npt.NDArray[np.floating[Any]]], *shape: int) -> npt.NDArray[np.float32]:
        stacked = np.concatenate([np.zeros((0, *shape)), *found]).astype(np.float32)
        return stacked[order]

    # What the kept maps' pixels are of the crop's, whatever the size of the maps that they were made of.
    size = model.preset.network.input_size
    to_kept = resize_transform((size, size), (SIDE, SIDE))
    packed = [block for part in parts for block in part.heatmaps]
    placed = [(to_kept @ at).inverse().matrix for part in parts for at in part.places] if packed else []
    return Predictions(
        ids[order],
        rows((part.shapes for part in parts), landmarks, 2),
        rows((part.maxima for part in parts), landmarks).clip(0, 1),
        rows((part.embeddings for part in parts), latent),
        {name: rows(part.scores[name] for part in parts) for name in scores},
        tuple(sorted(failures, key=lambda failure: place[failure.face])),
        tuple(packed[row] for row in order) if packed else (),
        np.array(placed).reshape(-1, 2, 3)[order] if packed else np.zeros((0, 2, 3)),
    )
