"""Thumbnails and their cache, which may lose entries and never lies."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from facelabel.geometry import Box
from facelabel.images.thumbnails import ThumbnailCache, thumbnail

BOX = Box(10, 20, 30, 40)


def plain(grey: int = 90, size: int = 32) -> np.ndarray:
    return np.full((size, size, 3), grey, np.uint8)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_thumbnail_shows_the_box_with_room_around_it() -> None:
    image = np.zeros((200, 200, 3), np.uint8)
    image[80:120, 80:120] = 255
    picture = thumbnail(image, Box(79.5, 79.5, 40, 40), 60)
    assert picture.shape == (60, 60, 3)
    assert picture[30, 30].tolist() == [255] * 3
    assert picture[2, 2].tolist() == [0] * 3


def test_what_is_put_comes_back(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    assert cache.get("a" * 64, BOX, 32) is None
    cache.put("a" * 64, BOX, 32, plain())
    stored = ThumbnailCache(tmp_path / "thumbnails").get("a" * 64, BOX, 32)
    assert stored is not None
    assert np.abs(stored.astype(int) - 90).max() <= 2


def test_content_box_and_size_are_the_key(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.put("a" * 64, BOX, 32, plain())
    assert cache.get("b" * 64, BOX, 32) is None
    assert cache.get("a" * 64, Box(10, 20, 30, 41), 32) is None
    assert cache.get("a" * 64, BOX, 33) is None


@pytest.mark.parametrize("damage", [b"", b"text", None])
def test_a_damaged_entry_is_a_miss_and_can_be_put_again(tmp_path: Path, damage: bytes | None) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.put("a" * 64, BOX, 32, plain())
    (entry,) = files(tmp_path)
    entry.write_bytes(entry.read_bytes()[:-200] if damage is None else damage)
    assert cache.get("a" * 64, BOX, 32) is None
    cache.put("a" * 64, BOX, 32, plain())
    assert cache.get("a" * 64, BOX, 32) is not None


def test_an_entry_of_another_size_is_a_miss(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.put("a" * 64, BOX, 32, plain(size=16))
    assert cache.get("a" * 64, BOX, 32) is None


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    cache = ThumbnailCache(tmp_path)
    cache.put("0", BOX, 32, noise)
    (first,) = files(tmp_path)
    one = first.stat().st_size
    cache = ThumbnailCache(tmp_path, limit=5 * one)
    for i in range(1, 5):
        cache.put(str(i), BOX, 32, noise)
    for age, path in enumerate(sorted(files(tmp_path), key=lambda p: p.stat().st_mtime_ns)):
        os.utime(path, ns=(age * 10**9, age * 10**9))
    assert cache.get("0", BOX, 32) is not None
    cache.put("5", BOX, 32, noise)
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 5 * one
    kept = [name for name in "012345" if cache.get(name, BOX, 32) is not None]
    assert kept == ["0", "3", "4", "5"]


def test_no_temporary_files_stay(tmp_path: Path) -> None:
    ThumbnailCache(tmp_path).put("a" * 64, BOX, 32, plain())
    assert [path.suffix for path in files(tmp_path)] == [".jpg"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ThumbnailCache(tmp_path / "file")
    cache.put("a" * 64, BOX, 32, plain())
    assert cache.get("a" * 64, BOX, 32) is None
