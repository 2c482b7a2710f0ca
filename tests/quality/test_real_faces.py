"""Errors planted in real labels: how high do they rank, and how many good labels stand above them?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from facelabel.desk.review import ReviewDesk
from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.store import faces, images, labels, predictions, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from tests.quality.planted import SCHEME, eyes

COUNT, EACH = 400, 4
OFF = 0.03
"""Mean distance of the predictions, of the eyes' distance."""


def planted_in(shapes: np.ndarray, rng: np.random.Generator) -> set[int]:
    """Rows that have an error now: four of each of six kinds."""
    flip, groups = SCHEME.flip_index, list(SCHEME.groups.values())
    rows = iter(rng.permutation(COUNT).tolist())
    wrong = set()
    for _ in range(EACH):
        everything, pair, far, near, whole, part = chosen = [next(rows) for _ in range(6)]
        shapes[everything] = shapes[everything][flip]
        both = np.arange(36, 48)
        shapes[pair, both] = shapes[pair][flip[both]]
        for row, share in ((far, 0.3), (near, 0.15)):
            turn = rng.uniform(0, 2 * np.pi)
            shapes[row, rng.integers(17, 68)] += share * eyes(shapes[row]) * np.array([np.cos(turn), np.sin(turn)])
        shapes[whole] += 0.15 * eyes(shapes[whole]) * np.array([1, 0])
        shapes[part, list(groups[rng.integers(1, len(groups))])] += 0.2 * eyes(shapes[part]) * np.array([0, 1])
        wrong |= set(chosen)
    return wrong


@pytest.mark.real_faces
def test_planted_errors_are_among_the_first(faces_folder: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    paths = sorted((faces_folder / "300w").rglob("*.pts"))
    truths = np.stack([pts.read(paths[i]) for i in rng.permutation(len(paths))[:COUNT]])
    shapes = truths.copy()
    wrong = planted_in(shapes, rng)
    size = np.array([eyes(shape) for shape in truths])[:, None, None] * rng.lognormal(0, 0.5, COUNT)[:, None, None]
    guessed = truths + rng.normal(0, OFF / 1.25, truths.shape) * size
    with Project.create(tmp_path / "project", scheme=SCHEME) as project:
        with project.writing() as s:
            version = versions.add(
                s, preset="scaf-tiny", seed=0, labels=COUNT, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
            )
            ids = []
            for number, shape in enumerate(shapes):
                info = ImageInfo(3000, 3000, hashlib.sha256(str(number).encode()).hexdigest(), 1000, 0, "jpeg")
                image = images.add(s, info, tmp_path / f"{number}.jpg", project)
                ids.append(faces.add(s, image.id, Box.around(truths[number]), source="detector").id)
                record = LabelRecord(shape, ("visible",) * 68, ("imported",) * 68, np.zeros(68))
                labels.add(s, ids[-1], record, author="import", origin="import")
            predictions.save(s, version.id, ids, guessed.astype(np.float32), np.full((COUNT, 68), 0.6, np.float32))
        rows = ReviewDesk(project, "lead").rows()
    first = [ids.index(row.face_id) for row in rows[:30]]
    assert len(wrong & set(first)) >= 20, "of 24"
    assert sum(row.suspicion > 0.5 for row in rows if ids.index(row.face_id) not in wrong) <= 12
