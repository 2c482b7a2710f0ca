"""The small file that keeps what a model saw of many faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel.errors import FacelabelError
from facelabel.geometry import Affine
from facelabel.images import heatmaps
from facelabel.images.heatmaps import SIDE


def blobs(n: int, landmarks: int, seed: int = 0) -> np.ndarray:
    """Maps (n, L, SIDE, SIDE) with a spot each, on the faint noise of a real network."""
    rng = np.random.default_rng(seed)
    v, u = np.mgrid[:SIDE, :SIDE]
    at = rng.uniform(4, SIDE - 4, (n, landmarks, 2, 1, 1))
    spots = np.exp(-((u - at[:, :, 0]) ** 2 + (v - at[:, :, 1]) ** 2) / 2)
    return (spots + rng.normal(0, 0.006, spots.shape)).astype(np.float32)


def write(folder: Path, maps: np.ndarray, ids: list[int]) -> np.ndarray:
    places = np.stack([(Affine.translation(10.0 * i, 5) @ Affine.scaling(3)).matrix for i in ids])
    heatmaps.write(folder, np.array(ids), maps.shape[1], places, heatmaps.pack(maps))
    return places


def test_every_face_comes_back_as_it_was_to_the_eye(tmp_path: Path) -> None:
    maps = blobs(4, 68)
    places = write(tmp_path / "heatmaps", maps, [7, 3, 900, 2**40])
    for row, face_id in enumerate([7, 3, 900, 2**40]):
        found = heatmaps.read(tmp_path / "heatmaps", face_id)
        assert found is not None
        assert np.abs(found.maps / 255 - maps[row].clip(0, 1)).max() < 0.03
        np.testing.assert_array_equal(found.place.matrix, places[row])
    assert heatmaps.read(tmp_path / "heatmaps", 8) is None
    assert heatmaps.read(tmp_path / "nothing", 7) is None


def test_a_face_takes_little_room(tmp_path: Path) -> None:
    write(tmp_path, blobs(20, 68), list(range(20)))
    assert (tmp_path / "maps.lz4").stat().st_size / 20 < 12_000


@pytest.mark.parametrize("name", ["maps.lz4", "index.npz"])
def test_a_damaged_file_is_an_error_with_a_cure(tmp_path: Path, name: str) -> None:
    write(tmp_path, blobs(2, 5), [1, 2])
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(FacelabelError, match="cannot be read"):
        heatmaps.read(tmp_path, 2)


def test_no_faces_make_an_empty_file(tmp_path: Path) -> None:
    heatmaps.write(tmp_path, np.zeros(0, np.int64), 5, np.zeros((0, 2, 3)), [])
    assert heatmaps.read(tmp_path, 1) is None
