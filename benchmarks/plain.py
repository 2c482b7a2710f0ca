"""facelabel's training step and scoring in PyTorch as one writes it first: the yardstick of speed.

``benchmarks/speed.py`` races the two and ``tests/learning/test_plain.py`` holds their numbers together. What is plain
here: every epoch decodes, crops and varies every picture again, one picture at a time in a ``Dataset`` behind a
``DataLoader`` that works in the process itself; a target is drawn landmark by landmark; the loss is left to autograd;
convolutions and optimiser have PyTorch's defaults; a mirrored face is a forward pass of its own, and the maps are gone
through again for their peaks, their centres of mass, NNM and entropy. Network, recipe and random variation are
facelabel's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader

from facelabel.geometry import Affine, crop_transform
from facelabel.learning import augment
from facelabel.learning.faces import FaceToPredict, LabelledFace
from facelabel.learning.losses import SHARPNESS
from facelabel.learning.presets import Augmentation, Preset
from facelabel.networks import Scaf
from facelabel.networks.scaf import MEAN
from facelabel.schemes import Scheme

Float32 = npt.NDArray[np.float32]
Sample = tuple[Tensor, Tensor, Tensor, Tensor]


def draw_targets(points: npt.NDArray[Any], size: int, sigma: float) -> Float32:
    """(L, 2) heatmap pixels to (L, size, size), one Gaussian after the other."""
    rows, columns = np.mgrid[:size, :size].astype(np.float32)
    maps = np.zeros((len(points), size, size), dtype=np.float32)
    for index, (x, y) in enumerate(points):
        maps[index] = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * sigma**2))
    return maps


def to_tensor(image: npt.NDArray[np.uint8]) -> Tensor:
    """uint8 RGB (S, S, 3) to (3, S, S), normalised."""
    picture = torch.from_numpy(image).permute(2, 0, 1).float() / 255
    return picture - torch.tensor(MEAN)[:, None, None]


def photometry(image: npt.NDArray[np.uint8], settings: Augmentation, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """The changes of ``facelabel.learning.augment.photometry``, in floating point."""
    if rng.random() < settings.brightness:
        image = np.clip(image.astype(np.float32) * rng.uniform(0.2, 1.8), 0, 255).astype(np.uint8)
    if rng.random() < settings.contrast:
        mean, factor = image.mean(), rng.uniform(0.3, 2.0)
        image = np.clip((image.astype(np.float32) - mean) * factor + mean, 0, 255).astype(np.uint8)
    if rng.random() < settings.blur:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.1, 2.0) * len(image) / 128)
    if rng.random() < settings.erasing:
        size = len(image)
        area, aspect = rng.uniform(0.02, 0.33) * size * size, math.exp(rng.uniform(math.log(0.3), math.log(3.3)))
        height, width = min(size, round(math.sqrt(area * aspect))), min(size, round(math.sqrt(area / aspect)))
        top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
        image = image.copy()
        image[top : top + height, left : left + width] = rng.integers(0, 256, 3)
    return image


class TrainingFaces(torch.utils.data.Dataset[Sample]):
    """Picture (3, S, S), target heatmaps (L, H, H), known (L,), points (L, 2) in heatmap pixels."""

    def __init__(self, faces: Sequence[LabelledFace], preset: Preset, scheme: Scheme, seed: int) -> None:
        self.faces, self.preset, self.scheme = faces, preset, scheme
        self.rng = np.random.default_rng(seed)

    def __len__(self) -> int:
        return len(self.faces)

    def __getitem__(self, index: int) -> Sample:
        face, preset = self.faces[index], self.preset
        size, heatmap_size = preset.network.input_size, preset.network.heatmap_size
        image = np.array(Image.open(face.image).convert("RGB"))
        varied, mirrored = augment.geometry(preset.augmentation, self.rng)
        place = crop_transform(face.box.scaled(preset.margin), size, varied, flip=mirrored)
        crop = cv2.warpAffine(image, place.matrix, (size, size), flags=cv2.INTER_LINEAR)
        crop = photometry(crop, preset.augmentation, self.rng)
        shape = face.shape[self.scheme.flip_index] if mirrored else face.shape
        points = place.apply(shape)
        known = np.array([bool(np.all((point >= -0.5) & (point <= size - 0.5))) for point in points])
        points = np.nan_to_num((points + 0.5) * heatmap_size / size - 0.5)
        targets = draw_targets(points, heatmap_size, preset.sigma)
        return to_tensor(crop), torch.from_numpy(targets), torch.from_numpy(known), torch.from_numpy(points).float()


def heatmap_loss(heatmaps: Tensor, targets: Tensor, known: Tensor, foreground: float, scale: float) -> Tensor:
    """The weighted squared error over the maps of known landmarks."""
    weights = (1 + foreground * targets) * known[:, :, None, None]
    error = weights * (heatmaps - targets) ** 2
    return scale * error.sum() / (known.sum().clamp(min=1) * heatmaps.shape[2] * heatmaps.shape[3])


def coordinate_loss(heatmaps: Tensor, points: Tensor, known: Tensor) -> Tensor:
    """The smooth L1 distance of the soft-argmax, over known landmarks."""
    size = heatmaps.shape[2]
    mass = F.softmax(SHARPNESS * heatmaps.flatten(2), dim=2).unflatten(2, (size, size))  # type: ignore[no-untyped-call]
    rows, columns = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    found = torch.stack([(mass * columns).sum(dim=(2, 3)), (mass * rows).sum(dim=(2, 3))], dim=2)
    apart = F.smooth_l1_loss(found, points, reduction="none") * known[:, :, None]
    return apart.sum() / known.sum().clamp(min=1)


class Trainer:
    """One training of a network that stays as it was created: channels first."""

    def __init__(self, network: Scaf, preset: Preset) -> None:
        recipe = preset.training
        self.network, self.recipe = network, recipe
        self.optimiser = torch.optim.AdamW(
            network.parameters(), lr=recipe.lr, betas=recipe.betas, weight_decay=recipe.weight_decay
        )
        averaging = get_ema_multi_avg_fn(recipe.average)  # type: ignore[no-untyped-call]
        self.average = AveragedModel(network, multi_avg_fn=averaging, use_buffers=True)

    def step(self, images: Tensor, targets: Tensor, known: Tensor, points: Tensor) -> float:
        """The loss before the step."""
        self.network.train()
        heatmaps, _ = self.network(images)
        loss = heatmap_loss(heatmaps, targets, known, self.recipe.foreground, self.recipe.loss_scale)
        if self.recipe.coordinates:
            loss = loss + self.recipe.coordinates * coordinate_loss(heatmaps, points, known)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimiser.step()
        self.average.update_parameters(self.network)
        return loss.item()


def endless(faces: TrainingFaces, batch: int, seed: int) -> Iterator[list[Tensor]]:
    """Shuffled batches, epoch after epoch."""
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(faces, batch, shuffle=True, drop_last=True, generator=generator)
    while True:
        yield from loader


class ScoringFaces(torch.utils.data.Dataset[tuple[Tensor, Tensor]]):
    """Picture (3, S, S) and the matrix (2, 3) from its pixels back to the photo's."""

    def __init__(self, faces: Sequence[FaceToPredict], preset: Preset) -> None:
        self.faces, self.preset = faces, preset

    def __len__(self) -> int:
        return len(self.faces)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        face, size = self.faces[index], self.preset.network.input_size
        image = np.array(Image.open(face.image).convert("RGB"))
        place = crop_transform(face.box.scaled(self.preset.margin), size)
        crop = cv2.warpAffine(image, place.matrix, (size, size), flags=cv2.INTER_LINEAR)
        return to_tensor(crop), torch.from_numpy(place.inverse().matrix)


@dataclass(frozen=True)
class Scores:
    """Of N faces: ``shapes`` (N, L, 2) in heatmap pixels, ``maxima`` (N, L), ``nnm`` and ``entropy`` (N,)."""

    shapes: npt.NDArray[np.float64]
    maxima: Float32
    nnm: npt.NDArray[np.float64]
    entropy: npt.NDArray[np.float64]


def heatmaps_of(network: nn.Module, images: Tensor, scheme: Scheme) -> tuple[Tensor, Tensor]:
    """The mean of the maps (B, L, H, H) of the faces and of their mirror images; latent vectors (B, D)."""
    with torch.no_grad():
        maps, latent = network(images)
        mirrored, _ = network(images.flip(3))
        return (maps + mirrored.flip(3)[:, torch.from_numpy(scheme.flip_index)]) / 2, latent


def score_maps(maps: Tensor, sigma: float) -> Scores:
    """Centre of mass about the smoothed peak, NNM (SCAF, equation 1) and entropy, a pass over the maps for each."""
    side = max(1, round(9 / 7 * sigma)) | 1
    peaks = F.avg_pool2d(maps, side, stride=1, padding=side // 2).flatten(2).argmax(dim=2)
    maxima = maps.flatten(2).max(dim=2).values
    reach, window = math.ceil(2 * sigma), max(1, round(sigma))
    count, landmarks, height, width = maps.shape
    shapes, nnm = np.zeros((count, landmarks, 2)), np.zeros(count)
    for face in range(count):
        for landmark in range(landmarks):
            heatmap = maps[face, landmark].numpy()
            v, u = divmod(int(peaks[face, landmark]), width)
            top, left = max(0, v - reach), max(0, u - reach)
            mass = np.maximum(heatmap[top : v + reach + 1, left : u + reach + 1], 0)
            total = mass.sum()
            if total > 0:
                x = (mass.sum(axis=0) * (left + np.arange(mass.shape[1]))).sum() / total
                y = (mass.sum(axis=1) * (top + np.arange(mass.shape[0]))).sum() / total
            else:
                x, y = u, v
            shapes[face, landmark] = x, y
            column, row = math.floor(x + 0.5), math.floor(y + 0.5)
            near = heatmap[max(0, row - window) : row + window + 1, max(0, column - window) : column + window + 1]
            nnm[face] -= near.sum()
    mass_of_all = maps.clamp(min=0).flatten(2)
    total_of_all = mass_of_all.sum(dim=2, keepdim=True)
    p = mass_of_all / total_of_all.clamp(min=1e-12)
    entropy = -(p * torch.log(p + 1e-12)).sum(dim=2)
    entropy = torch.where(total_of_all[..., 0] > 1e-12, entropy, math.log(height * width)).mean(dim=1)
    return Scores(shapes, maxima.numpy(), nnm, entropy.numpy().astype(np.float64))


def score(network: Scaf, faces: Sequence[FaceToPredict], preset: Preset, scheme: Scheme) -> list[Scores]:
    """Batch by batch, with shapes in the pixels of the photos."""
    network.eval()
    found = []
    for images, back in DataLoader(ScoringFaces(faces, preset), preset.decoding.batch):
        maps, _ = heatmaps_of(network, images, scheme)
        scores = score_maps(maps, preset.sigma)
        scale = preset.network.input_size / preset.network.heatmap_size
        in_crop = (scores.shapes + 0.5) * scale - 0.5
        shapes = np.stack([Affine.from_matrix(m.numpy()).apply(p) for m, p in zip(back, in_crop, strict=True)])
        found.append(Scores(shapes, scores.maxima, scores.nnm, scores.entropy))
    return found
