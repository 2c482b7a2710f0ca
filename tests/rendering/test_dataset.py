"""Rendered data sets read back through the formats' own readers."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from facelabel.errors import FacelabelError
from facelabel.formats import pts, wflw
from facelabel.rendering import render_face, write_dataset


def test_300w_folder_reads_back(tmp_path: Path) -> None:
    faces = write_dataset(tmp_path / "new", 3, seed=20, size=96)
    images = sorted((tmp_path / "new").glob("*.png"))
    assert len(images) == len(faces) == 3
    for path, face in zip(images, faces, strict=True):
        assert np.array_equal(cv2.imread(str(path))[..., ::-1], face.image)
        assert np.abs(pts.read(path.with_suffix(".pts"), points=68) - face.shape68).max() < 6e-4
    assert np.array_equal(faces[1].image, render_face(21, 96).image)


def test_wflw_folder_reads_back(tmp_path: Path) -> None:
    faces = write_dataset(tmp_path, 2, seed=5, size=96, scheme_id="wflw-98")
    lines = wflw.read(next(tmp_path.glob("*.txt")))
    for line, face in zip(lines, faces, strict=True):
        assert (tmp_path / line.image).is_file()
        assert np.abs(line.shape - face.shape98).max() < 1e-6
        assert line.attributes == face.attributes
        assert line.rectangle is not None
        left, top, right, bottom = line.rectangle
        assert (face.shape98 >= [left, top]).all()
        assert (face.shape98 <= [right, bottom]).all()


def test_without_labels_there_are_only_pictures(tmp_path: Path) -> None:
    write_dataset(tmp_path, 2, seed=1, size=64, labels=False)
    assert {path.suffix for path in tmp_path.iterdir()} == {".png"}


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FacelabelError, match="not empty"):
        write_dataset(tmp_path, 1, seed=0, size=64)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
