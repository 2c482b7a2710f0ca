"""Finding pictures in folders as people keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from facelabel.errors import ImageError
from facelabel.images.find import find_images


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_recursive_sorted_and_by_suffix(tmp_path: Path) -> None:
    wanted = [tmp_path / "a" / "x.PNG", tmp_path / "a" / "y.jpeg", tmp_path / "b.jpg", tmp_path / "ü.webp"]
    touch(*wanted, tmp_path / "a" / "x.pts", tmp_path / "notes.txt", tmp_path / "list.csv")
    assert find_images(tmp_path) == sorted(wanted)


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path / ".cache" / "a.jpg", tmp_path / "._b.jpg", tmp_path / "c.jpg")
    assert find_images(tmp_path) == [tmp_path / "c.jpg"]


def test_loops_end_and_nothing_is_listed_twice(tmp_path: Path) -> None:
    root = tmp_path / "root"
    touch(root / "real" / "a.jpg", tmp_path / "elsewhere" / "b.jpg", tmp_path / "elsewhere" / "deep" / "c.jpg")
    (root / "real" / "up").symlink_to(root)
    (root / "again").symlink_to(root / "real")
    (root / "other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(root)
    assert find_images(root) == [root / "other" / "b.jpg", root / "other" / "deep" / "c.jpg", root / "real" / "a.jpg"]


def test_broken_links_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert find_images(tmp_path) == []


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="cannot be read"):
        find_images(tmp_path / "gone")
