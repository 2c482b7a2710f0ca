"""Crops on disk: they may get lost and never lie."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from facelabel.geometry import Affine
from facelabel.learning import crop_cache, crops
from facelabel.learning.crop_cache import CropCache
from facelabel.learning.crops import Crop, cut
from facelabel.learning.faces import Failure, LabelledFace

MakeFaces = Callable[..., list[LabelledFace]]
SIZE = 8
PLACE = Affine.translation(1, 2)
RECORD = SIZE * SIZE * 3


def picture(value: int) -> np.ndarray:
    return np.full((SIZE, SIZE, 3), value, np.uint8)


def fill(folder: Path, values: range, **options: int) -> list[bytes]:
    with CropCache(folder, SIZE, **options) as cache:
        keys = [cache.key(bytes([value]), PLACE) for value in values]
        for key, value in zip(keys, values, strict=True):
            if cache.get(key) is None:
                cache.put(key, picture(value))
    return keys


def held(folder: Path, keys: list[bytes]) -> list[bool]:
    cache = CropCache(folder, SIZE)
    return [cache.get(key) is not None for key in keys]


def test_what_is_put_comes_back_read_only(tmp_path: Path) -> None:
    keys = fill(tmp_path / "crops", range(5))
    cache = CropCache(tmp_path / "crops", SIZE)
    for value, key in enumerate(keys):
        pixels = cache.get(key)
        assert pixels is not None
        np.testing.assert_array_equal(pixels, picture(value))
        assert not pixels.flags.writeable


def test_picture_place_and_size_are_the_key(tmp_path: Path) -> None:
    cache = CropCache(tmp_path, SIZE)
    keys = {
        cache.key(b"1", PLACE),
        cache.key(b"2", PLACE),
        cache.key(b"1", Affine.translation(1, 2.0000001)),
        CropCache(tmp_path, SIZE + 1).key(b"1", PLACE),
    }
    assert len(keys) == 4


def test_later_processes_append_to_the_same_segment(tmp_path: Path) -> None:
    keys = [*fill(tmp_path, range(3)), *fill(tmp_path, range(3, 6))]
    assert held(tmp_path, keys) == [True] * 6
    assert len(list(tmp_path.glob("*.pixels"))) == 1


def test_two_at_once_write_segments_of_their_own(tmp_path: Path) -> None:
    fill(tmp_path, range(1))
    with CropCache(tmp_path, SIZE) as one, CropCache(tmp_path, SIZE) as two:
        keys = []
        for value in range(10, 20):
            for cache, first in (one, 0), (two, 100):
                keys.append(cache.key(bytes([first + value]), PLACE))
                cache.put(keys[-1], picture(first + value))
    assert held(tmp_path, keys) == [True] * 20
    assert len(list(tmp_path.glob("*.pixels"))) == 2


@pytest.mark.parametrize("suffix", ["pixels", "keys"])
@pytest.mark.parametrize("left", [0, 1, RECORD + 40, 3 * RECORD])
def test_a_truncated_file_loses_only_what_is_gone_and_that_is_put_again(tmp_path: Path, suffix: str, left: int) -> None:
    keys = fill(tmp_path, range(5))
    (path,) = tmp_path.glob(f"*.{suffix}")
    path.write_bytes(path.read_bytes()[:left])
    whole = left // (RECORD if suffix == "pixels" else 36)
    assert held(tmp_path, keys) == [value < whole for value in range(5)]
    fill(tmp_path, range(5))
    assert held(tmp_path, keys) == [True] * 5


def test_altered_pixels_are_a_miss(tmp_path: Path) -> None:
    keys = fill(tmp_path, range(3))
    (path,) = tmp_path.glob("*.pixels")
    data = bytearray(path.read_bytes())
    data[RECORD + 7] ^= 1
    path.write_bytes(data)
    assert held(tmp_path, keys) == [True, False, True]


def test_a_kill_leaves_what_was_written(tmp_path: Path) -> None:
    script = (
        "import sys, numpy as np; from pathlib import Path; from facelabel.geometry import Affine\n"
        "from facelabel.learning.crop_cache import CropCache\n"
        f"cache = CropCache(Path(sys.argv[1]), {SIZE})\n"
        "for i in range(10**9):\n"
        "    cache.put(cache.key(str(i).encode(), Affine()), np.full((8, 8, 3), i % 256, np.uint8))\n"
        "    if i == 50: print('on', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
    cache = CropCache(tmp_path, SIZE)
    for i in range(51):
        pixels = cache.get(cache.key(str(i).encode(), Affine()))
        assert pixels is not None
        assert (pixels == i % 256).all()
    keys = fill(tmp_path, range(3))
    assert held(tmp_path, keys) == [True] * 3


def test_those_not_used_for_longest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crop_cache, "_SEGMENT_BYTES", 2 * RECORD)
    keys = fill(tmp_path, range(8))
    for value, key in enumerate(keys):
        path = CropCache(tmp_path, SIZE)._rows[key][0]
        os.utime(path, (value, value))
    CropCache(tmp_path, SIZE).get(keys[0])
    keys += fill(tmp_path, range(8, 12), limit=8 * RECORD)
    assert held(tmp_path, keys) == [True] * 2 + [False] * 4 + [True] * 6
    assert sum(path.stat().st_size for path in tmp_path.glob("*.pixels")) <= 8 * RECORD


def test_faces_beyond_the_limit_do_not_drive_out_those_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crop_cache, "_SEGMENT_BYTES", 2 * RECORD)
    for _ in range(3):
        keys = fill(tmp_path, range(10), limit=6 * RECORD)
        assert held(tmp_path, keys) == [True] * 6 + [False] * 4


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert held(tmp_path / "file", fill(tmp_path / "file", range(3))) == [False] * 3


class FullDisk(io.RawIOBase):
    """Takes half of what is given; as a disk without room does before it fails."""

    def write(self, data: object) -> int:
        return len(bytes(data)) // 2  # type: ignore[call-overload, no-any-return]

    def tell(self) -> int:
        return 0


def test_a_full_disk_ends_writing_and_nothing_else(
    tmp_path: Path, make_faces: MakeFaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = make_faces(3)
    monkeypatch.setattr(CropCache, "_segment", lambda _: (tmp_path / "x.pixels", FullDisk(), FullDisk()))
    items = list(cut(faces, 32, 1.4, tmp_path))
    assert all(isinstance(item, Crop) for item in items)


def test_cut_decodes_each_face_once_and_shows_the_same(
    tmp_path: Path, make_faces: MakeFaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = make_faces(3)
    plain = [item for item in cut(faces, 32, 1.4) if isinstance(item, Crop)]
    first = [item for item in cut(faces, 32, 1.4, tmp_path) if isinstance(item, Crop)]
    read = crops.read
    decoded: list[Path] = []
    monkeypatch.setattr(crops, "read", lambda path: [decoded.append(path), read(path)][1])
    again = [item for item in cut(faces, 32, 1.4, tmp_path) if isinstance(item, Crop)]
    assert not decoded
    for one, two, three in zip(plain, first, again, strict=True):
        np.testing.assert_array_equal(one.pixels, two.pixels)
        np.testing.assert_array_equal(one.pixels, three.pixels)
        assert one.place == three.place
    # Another picture in the same file is another picture.
    faces[0].image.write_bytes(faces[1].image.read_bytes())
    changed = next(iter(cut([replace(faces[0], box=faces[1].box)], 32, 1.4, tmp_path)))
    assert isinstance(changed, Crop)
    np.testing.assert_array_equal(changed.pixels, plain[1].pixels)
    faces[0].image.unlink()
    assert isinstance(next(iter(cut(faces[:1], 32, 1.4, tmp_path))), Failure)
