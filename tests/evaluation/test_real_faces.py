"""The detector's boxes on real faces: which are found, and that each serves its own label."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from facelabel import schemes
from facelabel.evaluation import faces, predicting


@pytest.mark.real_faces
def test_real_faces_are_found_where_their_labels_are(faces_folder: Path, tmp_path: Path, quick_worker: None) -> None:
    with (faces_folder / "300w" / "faces.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "devtest"][::15]
    for row in rows:
        for name in (row["image"], row["points"]):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(faces_folder / "300w" / name, tmp_path / name)
    scheme = schemes.load("300w-68")
    known = faces.from_folder(tmp_path, "pts", scheme)
    placed = predicting.at_detected(known.faces, scheme, lambda message: None)
    assert len(placed.faces) == len(rows) == 20
    assert placed.missed.sum() <= 2
    labels = {face.name: face.box for face in known.faces}
    for face, missed in zip(placed.faces, placed.missed, strict=True):
        own = labels[face.name]
        assert own is not None
        assert (face.box is None) == missed
        assert face.box is None or face.box.overlap(own) >= predicting.FOUND
