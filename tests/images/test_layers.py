"""Large pictures in layers: all of it reduced, a part of it as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from facelabel.errors import ImageError
from facelabel.images.decode import read, read_layers, read_part
from facelabel.images.orientation import Bounds, Orientation


def gradient(width: int, height: int) -> np.ndarray:
    """Red tells the column, green the row."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x, y, np.full_like(x, 7)], axis=-1).astype(np.uint8)


def stored(tmp_path: Path, pixels: np.ndarray, orientation: int, name: str = "photo.png", **options: object) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(tmp_path / name, exif=exif, **options)
    return tmp_path / name


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(60, 40), (61, 43), (59, 38)])
def test_every_pixel_of_the_layers_stands_where_it_does_in_the_picture(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    path = stored(tmp_path, gradient(*size), orientation)
    full = read(path).astype(float)
    found = read_layers(path, 60 * 40 // 10, Bounds(11, 5, 31, 22))
    assert found.size == (full.shape[1], full.shape[0])
    whole = found.whole
    assert whole.shrink == 4
    height, width = whole.pixels.shape[:2]
    for row in range(height):
        for column in range(width):
            left, top = whole.left + 4 * column, whole.top + 4 * row
            if left >= 0 and top >= 0 and left + 4 <= full.shape[1] and top + 4 <= full.shape[0]:
                mean = full[top : top + 4, left : left + 4].mean(axis=(0, 1))
                assert np.abs(whole.pixels[row, column] - mean).max() <= 0.5
    assert whole.left <= 0
    assert whole.top <= 0
    assert whole.left + 4 * width >= full.shape[1]
    assert whole.top + 4 * height >= full.shape[0]
    assert found.part is not None
    assert (found.part.left, found.part.top, found.part.shrink) == (11, 5, 1)
    assert np.array_equal(found.part.pixels, full[5:22, 11:31])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_is_cut_at_the_edges(tmp_path: Path, orientation: int) -> None:
    path = stored(tmp_path, gradient(50, 30), orientation)
    full = read(path)
    part = read_part(path, Bounds(-5, 20, 500, 500))
    assert part is not None
    assert np.array_equal(part.pixels, full[20:, :])
    assert read_part(path, Bounds(100, 100, 120, 120)) is None


def test_a_small_picture_is_whole(tmp_path: Path) -> None:
    path = stored(tmp_path, gradient(50, 30), 1)
    found = read_layers(path, 50 * 30, Bounds(0, 0, 9, 9))
    assert (found.whole.shrink, found.part) == (1, None)
    assert np.array_equal(found.whole.pixels, gradient(50, 30))


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate"])
def test_a_tall_tiff_is_read_in_bands(tmp_path: Path, compression: str | None) -> None:
    pixels = gradient(251, 9001)
    path = stored(tmp_path, pixels, 6, "tall.tiff", compression=compression)
    found = read_layers(path, 251 * 9001 // 2, Bounds(100, 10, 400, 60))
    assert found.part is not None
    assert np.array_equal(found.part.pixels, read(path)[10:60, 100:400])
    assert found.whole.pixels.shape == (126, 4501, 3)


def test_sixteen_bits_and_transparency_are_as_in_the_whole_picture(tmp_path: Path) -> None:
    deep = (np.arange(1200 * 900, dtype=np.uint32).reshape(900, 1200) % 65536).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.tiff")
    clear = Image.fromarray(gradient(1200, 900))
    clear.putalpha(Image.fromarray((deep // 257).astype(np.uint8)))
    clear.save(tmp_path / "clear.png")
    for name in ("deep.tiff", "clear.png"):
        full = read(tmp_path / name)
        found = read_layers(tmp_path / name, 1200 * 900 - 1, Bounds(3, 400, 803, 890))
        assert found.part is not None
        assert np.array_equal(found.part.pixels, full[400:890, 3:803])
        means = full.reshape(450, 2, 600, 2, 3).mean(axis=(1, 3))
        assert np.abs(found.whole.pixels - means).max() <= 0.5


def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    path = stored(tmp_path, gradient(300, 200), 1, "cut.tiff", compression="tiff_lzw")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ImageError):
        read_layers(path, 1000, Bounds(0, 0, 10, 10))
    with pytest.raises(ImageError):
        read_part(path, Bounds(0, 0, 10, 10))


@given(
    orientation=st.integers(1, 8),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    corner=st.tuples(st.integers(-50, 50), st.integers(-50, 50)),
    sides=st.tuples(st.integers(0, 50), st.integers(0, 50)),
)
def test_there_and_back(
    orientation: int, size: tuple[int, int], corner: tuple[int, int], sides: tuple[int, int]
) -> None:
    turn = Orientation.of(orientation)
    part = Bounds(*corner, corner[0] + sides[0], corner[1] + sides[1])
    assert turn.to_stored(turn.to_upright(part, size), size) == part
    assert turn.size(turn.size(size)) == size
