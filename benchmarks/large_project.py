"""A project of 100,000 images and 120,000 faces, for measuring the window and the store at that size.

    python -m benchmarks.large_project FOLDER [--images 100000] [--scheme 300w-68] [--seed 0]

A few hundred rendered photos are linked under distinct names; their rows have hashes of their own, as distinct photos
would. Every face has a prediction and a score of the newest version, some have labels; a batch is drawn.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow
from sqlalchemy import insert
from sqlalchemy.orm import Session

from facelabel import schemes
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings
from facelabel.geometry import Box
from facelabel.rendering.face import render_face
from facelabel.rendering.scene import render_scene
from facelabel.store import images, labels, predictions, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, ImageFailure, now

PORTRAITS, SCENES = 240, 60
"""Distinct photos: of one face each (320 x 320), and of two (640 x 480)."""
PAIRS = 0.22
EMPTY = 0.02
"""Shares of the images that have two faces, and none."""
FRAMES = 12
"""Images of a burst; every second stretch of so many images is one."""
LABELS, BATCH = 3_000, 300
_CHUNK = 20_000


@dataclass(frozen=True)
class Photo:
    """A rendered photo and the shapes (L, 2) in it."""

    data: bytes
    size: tuple[int, int]
    shapes: list[npt.NDArray[np.float64]]


def photos(folder: Path, seed: int, dense: bool) -> tuple[list[Path], list[Photo]]:
    """The distinct photos, written to ``folder``."""
    folder.mkdir(parents=True)
    paths, known = [], []
    for n in range(PORTRAITS + SCENES):
        if n < PORTRAITS:
            face = render_face(seed + n, 320)
            pixels, faces = face.image, [face]
        else:
            pixels, faces = render_scene(seed + n, (640, 480), 2)
        path = folder / f"{n:04d}.jpg"
        Pillow.fromarray(pixels).save(path, quality=88)
        height, width = pixels.shape[:2]
        shapes = [one.shape98 if dense else one.shape68 for one in faces]
        paths.append(path)
        known.append(Photo(path.read_bytes(), (width, height), shapes))
    return paths, known


def build(folder: Path, count: int = 100_000, scheme_id: str = "300w-68", seed: int = 0) -> Project:
    """Make the project and open it; its photos lie beside the database, in ``folder/album``."""
    rng = np.random.default_rng(seed)
    project = Project.create(folder, scheme=schemes.load(scheme_id))
    originals, known = photos(folder / "album" / "originals", seed, scheme_id == "wflw-98")
    chosen = _chosen(rng, count)
    names = _link(folder / "album", originals, chosen)
    campaign = Campaign(project)
    campaign.change(
        CampaignSettings(first_batch=BATCH, batch=BATCH, budget=count, holdout=0.02, discard=0.0, score_at_most=count),
        "benchmark",
    )
    with project.writing() as s:
        _add_images(s, names, known, chosen, rng)
    with project.writing() as s:
        shapes = _add_faces(s, known, chosen, rng)
    ids = list(range(1, len(shapes) + 1))
    with project.writing() as s:
        version = versions.add(
            s,
            preset="scaf-tiny",
            seed=seed,
            labels=LABELS,
            data_hash="0" * 64,
            parent_id=None,
            seconds=60.0,
            metrics={},
        )
        for start in range(0, len(ids), _CHUNK):
            part = slice(start, start + _CHUNK)
            noisy = shapes[part] + rng.normal(0, 1.5, shapes[part].shape).astype(np.float32)
            sure = rng.uniform(0.2, 0.9, noisy.shape[:2]).astype(np.float32)
            predictions.save(s, version.id, ids[part], noisy, sure)
        predictions.save_scores(s, version.id, "nnm", ids, rng.random(len(ids)))
        some = rng.choice(len(ids), min(2_000, len(ids)), replace=False) + 1
        predictions.save_embeddings(s, version.id, some.tolist(), rng.normal(size=(len(some), 99)).astype(np.float32))
    _label(project, shapes, rng)
    campaign.draw()
    return project


def _chosen(rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """Which photo each image shows."""
    one, two = rng.integers(0, PORTRAITS, count), rng.integers(PORTRAITS, PORTRAITS + SCENES, count)
    return np.where(rng.random(count) < PAIRS, two, one)


def _link(album: Path, originals: list[Path], chosen: npt.NDArray[np.int64]) -> list[str]:
    """Names (relative to the project) of the images, a thousand a folder, linked to the photos that they show."""
    names = []
    for n, photo in enumerate(chosen.tolist()):
        folder = album / f"{n // 1000:03d}"
        if n % 1000 == 0:
            folder.mkdir()
        clip = n // FRAMES
        name = f"clip{clip:05d}_{n % FRAMES:03d}.jpg" if clip % 2 else f"photo-{(n * 7919) % 1_000_003:07d}.jpg"
        os.link(originals[photo], folder / name)
        names.append(f"album/{folder.name}/{name}")
    return names


def _add_images(
    s: Session, names: list[str], known: list[Photo], chosen: npt.NDArray[np.int64], rng: np.random.Generator
) -> None:
    hashes = rng.integers(-(2**63), 2**63, len(names), dtype=np.int64)
    clips = np.arange(len(names)) // FRAMES
    first = clips * FRAMES
    rows = []
    for n, name in enumerate(names):
        photo, frame = known[chosen[n]], clips[n] % 2 == 1
        rows.append(
            {
                "path": name,
                "relative": True,
                "sha256": hashlib.sha256(f"{name}".encode()).hexdigest(),
                "width": photo.size[0],
                "height": photo.size[1],
                "bytes_": len(photo.data),
                "detected_with": "benchmark",
                "difference_hash": int(hashes[first[n]] if frame else hashes[n]),
                "burst": int(first[n]) + 1 if frame else None,
            }
        )
    s.execute(insert(Image), rows)
    broken = rng.choice(len(names), max(1, len(names) // 1000), replace=False) + 1
    s.execute(insert(ImageFailure), [{"image_id": int(n), "reason": "the picture is damaged"} for n in broken])
    for n in range(50):
        images.refuse(s, f"/elsewhere/{n:03d}.heic", "this is an HEIC or AVIF photo")


def _add_faces(
    s: Session, known: list[Photo], chosen: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """(N, L, 2): the shape of each face, by id."""
    rows, shapes = [], []
    empty = rng.random(len(chosen)) < EMPTY
    for n, photo in enumerate(chosen.tolist()):
        for shape in [] if empty[n] else known[photo].shapes:
            box = Box.around(shape)
            place = {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
            rows.append({"image_id": n + 1, **place, "box_source": "detector", "box_score": 0.9})
            shapes.append(shape.astype(np.float32))
    s.execute(insert(Face), rows)
    return np.stack(shapes)


def _label(project: Project, shapes: npt.NDArray[np.float32], rng: np.random.Generator) -> None:
    """Labels by three people over some days; as many faces again are rejected or skipped in a tenth of the number."""
    order = rng.permutation(len(shapes))
    size = shapes.shape[1]
    count = min(LABELS, len(shapes) // 4)
    began = now() - timedelta(days=9)
    with project.writing() as s:
        for n, row in enumerate(order[:count].tolist()):
            shape = shapes[row].astype(np.float64)
            record = LabelRecord(shape, ("visible",) * size, ("accepted",) * size, np.zeros(size))
            author = ("Ada", "Ben", "Chi")[n % 3]
            made = labels.add(s, row + 1, record, author=author, origin="desk", model_version_id=1, seconds=20.0)
            made.created_at = began + timedelta(minutes=4 * n)
            if n % 1000 == 999:
                s.flush()
                s.expire_all()
        for row in order[count : count + count // 10].tolist():
            s.get_one(Face, row + 1).state = "skipped"
        for row in order[count + count // 10 : count + count // 5].tolist():
            face = s.get_one(Face, row + 1)
            face.state, face.reason = "rejected", "not a face"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--scheme", default="300w-68", choices=("300w-68", "wflw-98"))
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with build(given.folder, given.images, given.scheme, given.seed) as project, project.reading() as s:
        print(f"{images.count(s):,} images in {project.folder}")


if __name__ == "__main__":
    main()
