"""A project of rendered faces with good labels, and hands that plant errors in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelabel import schemes
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.rendering.face import render_face
from facelabel.store import faces, images, labels, predictions, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project

SCHEME = schemes.load("300w-68")
COUNT = 40
SIDE = 256


@lru_cache(maxsize=1)
def shapes() -> np.ndarray:
    """(COUNT, 68, 2) in pictures of SIDE pixels; rendered small, for the pictures are not looked at."""
    return np.stack([(render_face(seed, 64).shape68 + 0.5) * (SIDE / 64) - 0.5 for seed in range(COUNT)])


def eyes(shape: np.ndarray) -> float:
    """Distance of the outer eye corners, pixels."""
    return float(np.linalg.norm(shape[36] - shape[45]))


def record(shape: np.ndarray, sources: tuple[str, ...] | None = None) -> LabelRecord:
    size = len(shape)
    return LabelRecord(shape, ("visible",) * size, sources or ("moved",) * size, np.zeros(size))


@dataclass
class Planted:
    """Every face was predicted by version 1, whose predictions the annotators corrected in about 20 seconds; version 2
    has learned from the labels since."""

    project: Project
    ids: list[int]
    first: int
    second: int

    def shape(self, face_id: int) -> np.ndarray:
        with self.project.reading() as s:
            newest = labels.newest(s, face_id)
        assert newest is not None
        return newest[1].shape.copy()

    def relabel(
        self,
        face_id: int,
        change: Callable[[np.ndarray], np.ndarray] = lambda shape: shape,
        *,
        author: str = "ann",
        seconds: float = 20.0,
        sources: tuple[str, ...] | None = None,
    ) -> None:
        given = record(change(self.shape(face_id)), sources)
        with self.project.writing() as s:
            labels.add(s, face_id, given, author=author, origin="desk", seconds=seconds, model_version_id=self.first)


def plant(folder: Path) -> Planted:
    rng = np.random.default_rng(1)
    project = Project.create(folder / "project", scheme=SCHEME)
    truths = shapes()
    size = np.array([eyes(shape) for shape in truths])[:, None, None]
    with project.writing() as s:
        ids = []
        for number, shape in enumerate(truths):
            info = ImageInfo(SIDE, SIDE, hashlib.sha256(str(number).encode()).hexdigest(), 1000, 0, "png")
            image = images.add(s, info, folder / f"{number}.png", project)
            ids.append(faces.add(s, image.id, Box.around(shape), source="detector").id)
        first = _version(s, ids, truths, size, rng, 0)
    planted = Planted(project, ids, first, first)
    with project.writing() as s:
        for face_id, shape in zip(ids, truths + rng.normal(0, 0.008, truths.shape) * size, strict=True):
            labels.add(
                s,
                face_id,
                record(shape),
                author="ann",
                origin="desk",
                seconds=float(rng.lognormal(3, 0.3)),
                model_version_id=first,
            )
        planted.second = _version(s, ids, truths, size, rng, COUNT)
    return planted


def _version(s, ids, truths, size, rng, known: int) -> int:  # type: ignore[no-untyped-def]
    """Predictions that are 2 % off (of the eyes' distance), with confidences that hang together."""
    version = versions.add(
        s, preset="scaf-tiny", seed=0, labels=known, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
    )
    guessed = truths + rng.normal(0, 0.02, truths.shape) * size
    sure = np.clip(0.7 + rng.normal(0, 0.05, truths.shape[:2]) + rng.normal(0, 0.03, (len(ids), 1)), 0, 1)
    predictions.save(s, version.id, ids, guessed.astype(np.float32), sure.astype(np.float32))
    return int(version.id)
