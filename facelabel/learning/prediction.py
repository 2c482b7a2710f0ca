"""Predicting and scoring faces: pictures in, landmarks in the original pictures' pixels out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from facelabel import acquisition
from facelabel.geometry import Affine
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.faces import Clock, FaceToPredict, Failure, OnProgress
from facelabel.learning.heatmaps import decode, to_heatmap
from facelabel.networks import normalise


@dataclass(frozen=True)
class Predictions:
    """What a model says of N faces, row by row in the order they were given.

    ``ids`` (N,); ``shapes`` float32 (N, L, 2), original image pixels; ``confidence`` float32 (N, L), each heatmap's
    maximum in [0, 1] (the reference calls more than .8 good); ``embeddings`` float32 (N, D), the encoder's latent
    vectors; ``scores`` by acquisition function, float32 (N,), higher = ask a person first; ``failures`` the faces
    without a row.
    """

    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.float32]
    confidence: npt.NDArray[np.float32]
    embeddings: npt.NDArray[np.float32]
    scores: dict[str, npt.NDArray[np.float32]]
    failures: tuple[Failure, ...]


def predict(
    model: TrainedModel,
    faces: Iterable[FaceToPredict],
    *,
    device: torch.device | None = None,
    batch: int | None = None,
    on_progress: OnProgress | None = None,
) -> Predictions:
    """Landmarks, confidence, embedding and scores of every face whose picture can be read, a batch in memory at a time.

    ``batch`` of None is the preset's. Raises what ``on_progress`` raises.
    """
    device = device or torch.device("cpu")
    network = model.network.to(device).eval()
    given = list(faces)
    # Faces of one picture follow each other, so that each picture is decoded once.
    order = sorted(range(len(given)), key=lambda index: (str(given[index].image), index))
    clock = Clock("score", len(given), on_progress)
    clock.tell(0)
    parts: list[_Part] = []
    failures: list[Failure] = []
    done = 0
    for crops, failed in _in_batches(model, [given[index] for index in order], batch or model.preset.decoding.batch):
        failures += failed
        if crops:
            parts.append(_predict(network, model, crops, device))
        done += len(crops) + len(failed)
        clock.tell(done)
    return _joined(model, parts, failures, [face.id for face in given])


@dataclass(frozen=True)
class _Part:
    ids: list[int]
    shapes: npt.NDArray[np.float64]
    maxima: npt.NDArray[np.float64]
    embeddings: npt.NDArray[np.float32]
    nnm: npt.NDArray[np.float64]
    entropy: npt.NDArray[np.float64]


def heatmaps_of(
    network: torch.nn.Module, model: TrainedModel, images: npt.NDArray[np.uint8], device: torch.device
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Raw heatmaps (B, L, H, H) and latent vectors (B, D) of uint8 RGB crops (B, S, S, 3).

    With ``decoding.flip`` the maps are the mean of the face's and, mirrored back, those of its mirror image.
    """
    with torch.inference_mode():
        pictures = normalise(torch.from_numpy(images).to(device))
        if not model.preset.decoding.flip:
            maps, latent = network(pictures)
        else:
            both, latents = network(torch.cat([pictures, pictures.flip(3)]))
            maps, mirrored = both.chunk(2)
            back = torch.from_numpy(model.scheme.flip_index).to(device)
            maps = (maps + mirrored.flip(3)[:, back]) / 2
            latent = latents[: len(images)]
        return maps.contiguous().cpu().numpy(), latent.cpu().numpy()


def _predict(
    network: torch.nn.Module, model: TrainedModel, crops: list[Crop[FaceToPredict]], device: torch.device
) -> _Part:
    preset = model.preset
    size = preset.network.input_size
    seen = [view(crop, size, preset.margin) for crop in crops]
    maps, latent = heatmaps_of(network, model, np.stack([pixels for pixels, _ in seen]), device)
    points, maxima = decode(maps, preset.sigma, preset.decoding.method)
    scale = to_heatmap(size, preset.network.heatmap_size)
    shapes = np.stack([_back(scale @ place, at) for (_, place), at in zip(seen, points, strict=True)])
    window = acquisition.window_for(preset.sigma)
    return _Part(
        [crop.face.id for crop in crops],
        shapes,
        maxima,
        latent,
        acquisition.nnm(maps, points, window),
        acquisition.entropy(maps),
    )


def _back(place: Affine, points: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    return place.inverse().apply(points)


def _in_batches(
    model: TrainedModel, faces: list[FaceToPredict], size: int
) -> Iterator[tuple[list[Crop[FaceToPredict]], list[Failure]]]:
    crops: list[Crop[FaceToPredict]] = []
    failures: list[Failure] = []
    for item in cut(faces, model.preset.network.input_size, model.preset.margin):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            crops.append(item)
        if len(crops) == size:
            yield crops, failures
            crops, failures = [], []
    if crops or failures:
        yield crops, failures


def _joined(model: TrainedModel, parts: list[_Part], failures: list[Failure], given: list[int]) -> Predictions:
    landmarks, latent = model.scheme.size, model.preset.network.latent
    ids = np.array([face for part in parts for face in part.ids], dtype=np.int64)
    place = {face: index for index, face in enumerate(given)}
    order = np.argsort([place[face] for face in ids.tolist()], kind="stable").astype(np.intp)

    def rows(name: str, *shape: int) -> npt.NDArray[np.float32]:
        found = [getattr(part, name) for part in parts]
        stacked = np.concatenate([np.zeros((0, *shape)), *found]).astype(np.float32)
        return stacked[order]

    return Predictions(
        ids[order],
        rows("shapes", landmarks, 2),
        rows("maxima", landmarks).clip(0, 1),
        rows("embeddings", latent),
        {"nnm": rows("nnm"), "entropy": rows("entropy")},
        tuple(sorted(failures, key=lambda failure: place[failure.face])),
    )
