"""The real faces that benchmarks train and measure on: 300-W photos with their 68 landmarks."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from facelabel import schemes
from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.learning.faces import LabelledFace

SCHEME = schemes.load("300w-68")
FACES = Path(os.environ.get("FACELABEL_FACES") or Path(__file__).resolve().parents[2] / "shared" / "faces")
"""The folder of the public data sets: ``FACELABEL_FACES``, or ``shared/faces`` beside the checkout."""


def load_faces(folder: Path, split: str) -> list[LabelledFace]:
    """Faces of ``300w`` in the order of its table; the box is the tight one of the true landmarks."""
    with (folder / "300w" / "faces.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["split"] == split]
    found = []
    for number, row in enumerate(rows):
        shape = pts.read(folder / "300w" / row["points"], points=SCHEME.size)
        found.append(LabelledFace(number, folder / "300w" / row["image"], Box.around(shape), shape))
    return found
